// Draws one message, and offers what can be done with it.

import { renderComponent, renderEmbed } from "./components.js";
import { openMenu } from "./menu.js";
import { element, link } from "./nodes.js";
import { renderLine, renderText } from "./rendering.js";
import { told } from "./times.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const REPLY = 19;
const LONGEST_QUOTATION = 80;

/** Draw a message; `among` says whether it begins a day, or continues the one before. */
export function drawMessage(message, among, state, { act, reply, dismiss }) {
  const context = { state, names: state.names, channels: channelNames(state), message: message.id, act };
  const item = element("li", { className: classesOf(message, among, state), tabIndex: -1 });
  const items = menuItems(message, state, { act, reply });
  item.addEventListener("contextmenu", (event) => {
    if (!items.length || event.target.closest("a")) return;
    event.preventDefault();
    const { left, top } = item.getBoundingClientRect();
    const isPointed = event.clientX || event.clientY;
    openMenu(items, isPointed ? { x: event.clientX, y: event.clientY } : { x: left + 72, y: top + 24 }, item);
  });
  item.append(
    ...[
      among.day ? element("p", { className: "day" }, element("span", {}, among.day)) : null,
      drawOrigin(message, context),
      among.isContinued ? element("span", {}) : avatar(message.author, state),
      drawBody(message, among, context, dismiss),
      items.length ? drawTools(message, items, reply) : null,
    ].filter(Boolean),
  );
  return item;
}

function classesOf(message, among, state) {
  const isToMe = message.mentions?.some((user) => user.id === state.me);
  const classes = { message: true, continued: among.isContinued, ephemeral: message.flags & EPHEMERAL, "to-me": isToMe };
  return Object.keys(classes).filter((name) => classes[name]).join(" ");
}

function drawBody(message, among, context, dismiss) {
  const { names, channels } = context;
  return element(
    "div",
    { className: "body" },
    among.isContinued ? null : drawHead(message, context.state),
    message.content ? renderText(message.content, names, channels) : null,
    message.flags & LOADING ? element("p", { className: "subtext thinking" }, "thinking…") : null,
    ...message.embeds.map((embed) => renderEmbed(embed, context)),
    ...message.components.map((component) => renderComponent(component, context)),
    ...message.attachments.map((file) => element("p", {}, "Attached: ", link(file.url, `${file.filename} (${file.size} bytes)`))),
    message.edited_timestamp ? drawEdited(message) : null,
    message.flags & EPHEMERAL ? drawDismissal(message, dismiss) : null,
  );
}

function drawOrigin(message, { names, channels }) {
  if (message.command && message.interaction_metadata) {
    const who = names[message.interaction_metadata.user.id];
    return element("p", { className: "origin" }, element("strong", {}, who), ` used /${message.command}`);
  }
  if (message.type !== REPLY) return null;
  const target = message.referenced_message;
  if (!target) return element("p", { className: "origin" }, "a deleted message");
  const start = target.content.split("\n")[0].slice(0, LONGEST_QUOTATION);
  const who = element("strong", {}, `${nameOf(target.author, names)} `);
  return element("p", { className: "origin" }, who, renderLine(start, names, channels));
}

function drawHead(message, state) {
  const moment = new Date(message.timestamp);
  return element(
    "p",
    { className: "head" },
    element("strong", {}, nameOf(message.author, state.names)),
    message.author.bot ? element("span", { className: "tag" }, "APP") : null,
    element("time", { dateTime: message.timestamp, title: moment.toString() }, told(moment)),
  );
}

function drawEdited(message) {
  const moment = new Date(message.edited_timestamp);
  const shown = element("time", { dateTime: message.edited_timestamp, title: moment.toString() }, "(edited)");
  return element("p", { className: "subtext" }, shown);
}

function drawDismissal(message, dismiss) {
  const away = element("button", { type: "button", className: "plain", textContent: "Dismiss message", "data-key": "dismiss" });
  away.addEventListener("click", () => dismiss(message));
  return element("p", { className: "subtext" }, "Only you can see this · ", away);
}

/** What a message's menu has; nothing can be done with what only one person sees. */
function menuItems(message, state, { act, reply }) {
  if (message.flags & EPHEMERAL) return [];
  const ofApps = state.menu.map(({ name, label }) => ({
    label: `Apps ▸ ${label}`,
    take: () => act({ do: "menu", message: message.id, name }),
  }));
  return [{ label: "Reply", take: () => reply(message) }, ...ofApps];
}

function drawTools(message, items, reply) {
  const answer = element("button", { type: "button", className: "quiet", textContent: "Reply", "data-key": "reply" });
  answer.addEventListener("click", () => reply(message));
  const more = element("button", { type: "button", className: "quiet", textContent: "⋯", "data-key": "more", "aria-haspopup": "menu", "aria-label": "Message menu" });
  more.addEventListener("click", () => {
    const { left, bottom } = more.getBoundingClientRect();
    openMenu(items, { x: left, y: bottom + 4 }, more);
  });
  return element("div", { className: "tools" }, answer, more);
}

function avatar(author, state) {
  const name = nameOf(author, state.names);
  const className = author.bot ? "avatar app" : "avatar";
  return element("span", { className, "aria-hidden": "true" }, name[0].toUpperCase());
}

function nameOf(author, names) {
  return names[author.id] ?? author.username;
}

function channelNames(state) {
  return Object.fromEntries(state.channels.map((channel) => [channel.id, channel.name]));
}
