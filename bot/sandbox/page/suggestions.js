// The list above the composer: arrow keys move, Enter or Tab takes, Escape closes.

import { byId, element } from "./nodes.js";

let items = [];
let chosen = 0;
let take = () => {};
let field = null;

/** Offer items [{label, detail, value}] for a field; `onTake` gets the chosen one. */
export function suggest(input, offered, onTake) {
  field = input;
  items = offered;
  take = onTake;
  chosen = 0;
  draw();
}

/** Keep only what still fits, until there is something newer to offer. */
export function narrowSuggestions(typed) {
  const fitting = items.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  if (fitting.length === items.length) return;
  items = fitting;
  chosen = 0;
  draw();
}

export function closeSuggestions() {
  items = [];
  draw();
}

/** Handle a key; true where the list used it. */
export function handleKey(event) {
  if (!items.length) return false;
  const steps = { ArrowDown: 1, ArrowUp: items.length - 1 };
  if (event.key in steps) {
    chosen = (chosen + steps[event.key]) % items.length;
    draw();
  } else if (event.key === "Enter" || event.key === "Tab") {
    pick(items[chosen]);
  } else if (event.key === "Escape") {
    closeSuggestions();
  } else {
    return false;
  }
  event.preventDefault();
  return true;
}

function pick(item) {
  closeSuggestions();
  take(item);
}

function draw() {
  const list = byId("suggestions");
  list.hidden = !items.length;
  list.replaceChildren(...items.map(drawItem));
  if (!field) return;
  field.setAttribute("aria-controls", "suggestions");
  field.setAttribute("aria-expanded", String(items.length > 0));
  if (items.length) {
    field.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function drawItem(item, place) {
  const made = element(
    "li",
    { id: `suggestion-${place}`, role: "option", "aria-selected": String(place === chosen) },
    element("strong", {}, item.label),
    item.detail ? element("span", { className: "subtext" }, item.detail) : null,
  );
  // A press would take the focus away from the field before the click arrives.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => pick(item));
  return made;
}
