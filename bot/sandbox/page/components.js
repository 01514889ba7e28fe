// Draws buttons, selects, Components V2 and embeds.

import { element, link } from "./nodes.js";
import { renderLine, renderText } from "./rendering.js";
import { renderSelect } from "./selects.js";

const LINK_STYLE = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };

/** Draw one component and what is nested in it. `context` has state, names, channels, message, act. */
export function renderComponent(component, context) {
  const draw = DRAWERS[component.type];
  return draw ? draw(component, context) : element("p", { className: "subtext" }, "[component]");
}

/** Draw an embed. */
export function renderEmbed(embed, { names, channels }) {
  const title = embed.title ? renderLine(embed.title, names, channels) : null;
  const box = element(
    "article",
    { className: "embed" },
    embed.author ? element("p", { className: "author" }, embed.author.name) : null,
    title ? element("h3", {}, embed.url ? link(embed.url, title) : title) : null,
    embed.description ? renderText(embed.description, names, channels) : null,
    ...(embed.fields ?? []).map((field) => renderField(field, names, channels)),
    embed.footer ? element("p", { className: "subtext" }, embed.footer.text) : null,
  );
  colour(box, embed.color);
  return box;
}

const DRAWERS = {
  1: (row, context) => element("div", { className: "row" }, ...nested(row, context)),
  2: renderButton,
  3: renderSelect,
  5: renderSelect,
  7: renderSelect,
  8: renderSelect,
  9: renderSection,
  10: (shown, { names, channels }) => renderText(shown.content, names, channels),
  11: (shown) => picture(shown.media, shown.description),
  12: (gallery) => element("div", { className: "row" }, ...gallery.items.map((item) => picture(item.media, item.description))),
  13: (shown) => element("p", {}, shown.name ?? "file"),
  14: (shown) => element(shown.divider ? "hr" : "div", { className: shown.spacing === 2 ? "wide" : "" }),
  17: renderContainer,
};

function nested(holder, context) {
  return holder.components.map((component) => renderComponent(component, context));
}

function renderButton(button, context) {
  const label = [button.emoji?.name, button.label].filter(Boolean).join(" ");
  if (button.style === LINK_STYLE) {
    const made = link(button.url, label, element("span", { "aria-hidden": "true" }, " ↗"));
    made.className = "button secondary";
    return made;
  }
  const made = element("button", {
    type: "button",
    className: `button ${STYLES[button.style]}`,
    disabled: Boolean(button.disabled),
    textContent: label,
    "data-key": button.custom_id,
  });
  made.addEventListener("click", () => context.act({ do: "click", message: context.message, custom_id: button.custom_id }));
  return made;
}

function renderSection(section, context) {
  const words = element("div", {}, ...nested(section, context));
  return element("div", { className: "section" }, words, renderComponent(section.accessory, context));
}

function renderContainer(container, context) {
  const box = element("section", { className: "container" }, ...nested(container, context));
  colour(box, container.accent_color);
  return box;
}

function renderField(field, names, channels) {
  const name = element("h4", {}, renderLine(field.name, names, channels));
  return element("div", { className: "field" }, name, renderText(field.value, names, channels));
}

function picture(media, description) {
  // Pictures from elsewhere would be fetched from elsewhere; they are named instead.
  return link(media.url, `🖼 ${description ?? "picture"}`);
}

function colour(box, number) {
  if (number === null || number === undefined) return;
  box.style.setProperty("--accent", `#${number.toString(16).padStart(6, "0")}`);
}
