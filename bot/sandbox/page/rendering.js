// Draws markdown's tree as nodes.

import { blocks, inlines } from "./markdown.js";
import { element, link } from "./nodes.js";
import { stamped } from "./times.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", struck: "s" };

/** Draw a whole text. `names` has users by id, `channels` the channels' names. */
export function renderText(text, names, channels) {
  return element("div", { className: "text" }, ...blocks(text).map(draw));

  function draw(block) {
    const children = (block.children ?? []).map((child) => drawChild(child));
    switch (block.kind) {
      case "pre":
        return element("pre", {}, element("code", { textContent: block.text }));
      case "quote":
        return element("blockquote", {}, ...block.children.map(draw));
      case "heading":
        return element(`h${block.level + 2}`, {}, ...children);
      case "subtext":
        return element("small", { className: "subtext" }, ...children);
      case "bullets":
        return element("ul", {}, ...block.items.map(drawItem));
      case "numbers":
        return element("ol", {}, ...block.items.map(drawItem));
      default:
        return element("p", {}, ...(children.length ? children : [element("br")]));
    }
  }

  function drawItem(item) {
    return element("li", {}, ...item.map(drawChild));
  }

  function drawChild(inline) {
    return renderInline(inline, names, channels);
  }
}

/** Draw a text of one line, such as a title. */
export function renderLine(text, names, channels) {
  const drawn = inlines(text).map((inline) => renderInline(inline, names, channels));
  return element("span", {}, ...drawn);
}

function renderInline(inline, names, channels) {
  if (typeof inline === "string") return document.createTextNode(inline);
  const children = (inline.children ?? []).map((child) => renderInline(child, names, channels));
  switch (inline.kind) {
    case "code":
      return element("code", { textContent: inline.text });
    case "link":
      return link(inline.address, ...children);
    case "time":
      return renderTime(inline);
    case "user":
      return element("span", { className: "mention" }, `@${names[inline.id] ?? "unknown"}`);
    case "channel":
      return element("span", { className: "mention" }, `#${channels[inline.id] ?? "unknown"}`);
    case "message":
      return element("span", { className: "mention" }, `#${channels[inline.channel] ?? "unknown"} › message`);
    case "command":
      return element("span", { className: "mention" }, `/${inline.name}`);
    case "everyone":
      return element("span", { className: "mention" }, inline.text);
    case "spoiler":
      return renderSpoiler(children);
    default:
      return element(TAGS[inline.kind], {}, ...children);
  }
}

function renderTime({ seconds, style }) {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.getTime())) return document.createTextNode("Invalid date");
  return element("time", { dateTime: moment.toISOString(), title: moment.toString() }, stamped(moment, style));
}

function renderSpoiler(children) {
  const about = { className: "spoiler", type: "button", "aria-label": "Spoiler, press to show" };
  const hidden = element("button", about, ...children);
  hidden.addEventListener("click", () => {
    hidden.classList.add("shown");
    hidden.removeAttribute("aria-label");
  });
  return hidden;
}
