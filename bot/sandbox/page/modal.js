// Shows a modal and sends what was filled in.

import { byId, element } from "./nodes.js";
import { offeredIn, selectOption } from "./selects.js";

const TEXT_INPUT = 4;
const PARAGRAPH = 2;

/** Open the modal that an interaction was answered with. */
export function openModal({ modal, interaction }, act, state) {
  const dialog = byId("modal");
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "modal-title", textContent: modal.title }),
    ...modal.components.map((part) => drawPart(part, state)),
    element(
      "div",
      { className: "row" },
      element("button", { type: "submit", className: "button primary", textContent: "Submit" }),
      cancelButton(dialog),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    act({ do: "submit", interaction, values: valuesOf(form) });
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

function drawPart(part, state) {
  const held = part.component ?? part.components?.[0];
  if (!held) return element("p", {}, part.content ?? "");
  const label = part.label ?? held.label ?? "";
  const isRequired = held.required !== false;
  return element(
    "label",
    {},
    isRequired ? `${label} *` : label,
    part.description ? element("small", { className: "subtext" }, part.description) : null,
    drawInput(held, isRequired, state),
  );
}

function drawInput(held, isRequired, state) {
  if (held.type !== TEXT_INPUT) {
    const isMultiple = (held.max_values ?? 1) > 1;
    const about = { name: held.custom_id, multiple: isMultiple, required: isRequired, "data-kind": held.type };
    return element("select", about, ...offeredIn(held, state).map(selectOption));
  }
  const made = element(held.style === PARAGRAPH ? "textarea" : "input", {
    name: held.custom_id,
    required: isRequired,
    value: held.value ?? "",
    placeholder: held.placeholder ?? "",
    maxLength: held.max_length ?? 4000,
  });
  if (held.min_length) made.minLength = held.min_length;
  return made;
}

function valuesOf(form) {
  const values = {};
  for (const input of form.querySelectorAll("[name]")) {
    if (input.tagName === "SELECT") {
      const chosen = [...input.selectedOptions].map((option) => option.value);
      values[input.name] = { kind: Number(input.dataset.kind), values: chosen };
    } else {
      values[input.name] = input.value;
    }
  }
  return values;
}

function cancelButton(dialog) {
  const made = element("button", { type: "button", className: "button secondary", textContent: "Cancel" });
  made.addEventListener("click", () => dialog.close());
  return made;
}
