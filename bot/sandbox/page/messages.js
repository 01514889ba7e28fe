// Draws the list of messages, and redraws only those that changed.

import { renderComponent, renderEmbed } from "./components.js";
import { byId, element, link } from "./nodes.js";
import { renderLine, renderText } from "./rendering.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const NEAR_THE_END = 60;
const LONGEST_QUOTATION = 80;

/** Bring the list up to date; what a person has focused stays focused. */
export function showMessages(state, { act, reply }) {
  const list = byId("messages");
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END;
  const focused = focusedKey();
  const known = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const items = state.messages.map((message) => {
    const signature = JSON.stringify([message, state.menu, state.names]);
    const item = known.get(message.id);
    return item?.signature === signature ? item : draw(message, signature, state, { act, reply });
  });
  if (items.length !== list.children.length || items.some((item, place) => list.children[place] !== item)) {
    list.replaceChildren(...items);
    restoreFocus(focused);
  }
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

function draw(message, signature, state, { act, reply }) {
  const item = element("li", { className: "message", "data-id": message.id });
  item.signature = signature;
  const context = { state, names: state.names, channels: channelNames(state), message: message.id, act };
  item.append(avatar(message.author, state), drawBody(message, context, state, reply));
  return item;
}

function drawBody(message, context, state, reply) {
  const { names, channels } = context;
  return element(
    "div",
    {},
    drawOrigin(message, context),
    drawHead(message, state),
    message.content ? renderText(message.content, names, channels) : null,
    message.flags & LOADING ? element("p", { className: "subtext" }, "thinking…") : null,
    ...message.embeds.map((embed) => renderEmbed(embed, context)),
    ...message.components.map((component) => renderComponent(component, context)),
    ...message.attachments.map((file) => element("p", {}, "📎 ", link(file.url, `${file.filename} (${file.size} bytes)`))),
    message.flags & EPHEMERAL ? element("p", { className: "subtext" }, "Only you can see this") : null,
    drawMenu(message, context, state, reply),
  );
}

function drawOrigin(message, { names, channels }) {
  if (message.command && message.interaction_metadata) {
    const who = names[message.interaction_metadata.user.id];
    return element("p", { className: "origin" }, `${who} used /${message.command}`);
  }
  if (message.type !== 19) return null;
  const target = message.referenced_message;
  if (!target) return element("p", { className: "origin" }, "↱ a deleted message");
  const start = target.content.split("\n")[0].slice(0, LONGEST_QUOTATION);
  const about = { className: "origin" };
  return element("p", about, `↱ ${nameOf(target.author, names)}: `, renderLine(start, names, channels));
}

function drawHead(message, state) {
  const moment = new Date(message.timestamp);
  return element(
    "p",
    { className: "head" },
    element("strong", {}, nameOf(message.author, state.names)),
    message.author.bot ? element("span", { className: "tag" }, "APP") : null,
    element("time", { dateTime: message.timestamp }, moment.toLocaleTimeString([], { timeStyle: "short" })),
    message.edited_timestamp ? element("span", { className: "subtext" }, "(edited)") : null,
  );
}

function drawMenu(message, context, state, reply) {
  if (message.flags & EPHEMERAL) return null;
  const about = { type: "button", className: "quiet", "data-key": "reply" };
  const answer = element("button", { ...about, textContent: "Reply" });
  answer.addEventListener("click", () => reply(message));
  const commands = state.menu.map((name) => {
    const made = element("button", { ...about, textContent: `Apps ▸ ${name}`, "data-key": name });
    made.addEventListener("click", () => context.act({ do: "menu", message: message.id, name }));
    return made;
  });
  return element("div", { className: "menu" }, answer, ...commands);
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

function focusedKey() {
  const focused = document.activeElement;
  const message = focused?.closest?.("li.message");
  return message ? [message.dataset.id, focused.dataset.key] : null;
}

function restoreFocus(key) {
  if (!key || document.activeElement !== document.body) return;
  const [id, name] = key;
  const message = document.querySelector(`li.message[data-id="${CSS.escape(id)}"]`);
  const again = message?.querySelector(`[data-key="${CSS.escape(name ?? "")}"]:not(:disabled)`);
  (again ?? byId("messages")).focus();
}
