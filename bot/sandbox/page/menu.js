// A menu over the page: arrow keys move, Enter takes, Escape closes and gives the focus back.

import { byId, element } from "./nodes.js";

let opener = null;

/** Open a menu of items [{label, take}] near a point; `from` has the focus when it closes. */
export function openMenu(items, { x, y }, from) {
  opener = from;
  const menu = byId("menu");
  menu.replaceChildren(...items.map(drawItem));
  menu.hidden = false;
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, innerHeight - height - 8))}px`;
  menu.firstElementChild.focus();
}

/** Let the menu hear keys, and close when something else is pressed. */
export function startMenu() {
  const menu = byId("menu");
  menu.addEventListener("keydown", handleKey);
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target)) close();
  });
}

function drawItem({ label, take }) {
  const made = element("button", { type: "button", role: "menuitem", tabIndex: -1, textContent: label });
  made.addEventListener("click", () => {
    close();
    take();
  });
  return made;
}

function handleKey(event) {
  const items = [...byId("menu").children];
  const place = items.indexOf(document.activeElement);
  const places = { ArrowDown: (place + 1) % items.length, ArrowUp: (place || items.length) - 1, Home: 0, End: items.length - 1 };
  if (event.key in places) items[places[event.key]].focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
}

function close() {
  const hadFocus = byId("menu").contains(document.activeElement);
  byId("menu").hidden = true;
  if (hadFocus) (opener?.isConnected ? opener : byId("log")).focus();
}
