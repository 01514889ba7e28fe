// Selects below messages and in modals: one choice in a list, several behind a button of their own.

import { element } from "./nodes.js";

const STRING_SELECT = 3;
const CHANNEL_SELECT = 8;
const NO_HINT = "Make a selection";

/** Draw a select below a message; what is chosen is sent as soon as it is. */
export function renderSelect(select, context) {
  const send = (values) => {
    const about = { message: context.message, custom_id: select.custom_id, kind: select.type };
    context.act({ do: "select", ...about, values });
  };
  const offered = offeredIn(select, context.state);
  return select.max_values > 1 ? drawSeveral(select, offered, send) : drawOne(select, offered, send);
}

/** The choices of a select: its own, or everyone, or every channel; with those chosen before. */
export function offeredIn(select, state) {
  if (select.type === STRING_SELECT) return select.options;
  const chosen = new Set((select.default_values ?? []).map(({ id }) => id));
  return placesOrPeople(select, state).map((each) => ({ ...each, default: chosen.has(each.value) }));
}

/** Draw one choice of a select, also for modals. */
export function selectOption(option) {
  return element("option", { value: option.value, textContent: wordsOf(option), selected: Boolean(option.default) });
}

function placesOrPeople(select, state) {
  if (select.type === CHANNEL_SELECT) {
    const isTaken = ({ type }) => !select.channel_types?.length || select.channel_types.includes(type);
    return state.channels.filter(isTaken).map((channel) => ({ label: `#${channel.name}`, value: channel.id }));
  }
  return [...state.people, state.bot].map((person) => ({ label: person.name, value: person.id }));
}

function drawOne(select, offered, send) {
  const hint = select.placeholder ?? NO_HINT;
  const isChosen = offered.some((option) => option.default);
  const mayBeNone = select.min_values === 0;
  const none = element("option", { value: "", disabled: !mayBeNone, selected: !isChosen, textContent: hint });
  const made = element(
    "select",
    { disabled: Boolean(select.disabled), "aria-label": hint, "data-key": select.custom_id },
    none,
    ...offered.map(selectOption),
  );
  made.addEventListener("change", () => send(made.value ? [made.value] : []));
  return made;
}

/** Several are ticked one by one, and sent when the list is closed, as Discord does. */
function drawSeveral(select, offered, send) {
  const boxes = offered.map((option) => element("input", { type: "checkbox", value: option.value, checked: Boolean(option.default) }));
  const shown = element("summary", { "data-key": select.custom_id });
  const made = element("details", { className: "several" }, shown, ...boxes.map((box, place) => element("label", {}, box, wordsOf(offered[place]))));
  const before = JSON.stringify(ticked());
  made.addEventListener("change", tell);
  made.addEventListener("toggle", () => {
    const values = ticked();
    const isEnough = values.length >= (select.min_values ?? 1);
    if (!made.open && isEnough && JSON.stringify(values) !== before) send(values);
  });
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !made.open) return;
    made.open = false;
    shown.focus();
  });
  tell();
  return made;

  function ticked() {
    return boxes.filter((box) => box.checked).map((box) => box.value);
  }

  function tell() {
    const names = offered.filter((_, place) => boxes[place].checked).map(({ label }) => label);
    shown.textContent = names.join(", ") || (select.placeholder ?? NO_HINT);
    const isFull = names.length >= select.max_values;
    boxes.forEach((box) => (box.disabled = Boolean(select.disabled) || (isFull && !box.checked)));
  }
}

function wordsOf({ label, description }) {
  return description ? `${label} – ${description}` : label;
}
