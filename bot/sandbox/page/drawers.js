// The columns on both sides: always there on a wide screen, opened by a button on a narrow one.

import { byId } from "./nodes.js";

const DRAWERS = [
  { column: "places", button: "open-places", roomy: matchMedia("(min-width: 701px)") },
  { column: "members", button: "open-members", roomy: matchMedia("(min-width: 1000px)") },
];

/** Wire the buttons, and follow the width of the window. */
export function startDrawers() {
  for (const drawer of DRAWERS) {
    const setUp = () => open(drawer, drawer.roomy.matches);
    setUp();
    drawer.roomy.addEventListener("change", setUp);
    byId(drawer.button).addEventListener("click", () => open(drawer, byId(drawer.column).hidden));
    byId(drawer.column).addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !drawer.roomy.matches) close(drawer);
    });
  }
}

/** Make way for the conversation, where a column covers it. */
export function closeDrawers() {
  DRAWERS.filter(({ roomy }) => !roomy.matches).forEach(close);
}

function open({ column, button, roomy }, isOpen) {
  byId(column).hidden = !isOpen;
  byId(button).setAttribute("aria-expanded", String(isOpen));
  if (isOpen && !roomy.matches) byId(column).querySelector("button")?.focus();
}

function close(drawer) {
  if (byId(drawer.column).hidden) return;
  const hadFocus = byId(drawer.column).contains(document.activeElement);
  open(drawer, false);
  if (hadFocus) byId(drawer.button).focus();
}
