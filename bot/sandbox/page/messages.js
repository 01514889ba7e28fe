// The list of messages: what belongs together, what a day begins with, and how it is walked through.

import { showList } from "./lists.js";
import { drawMessage } from "./message.js";
import { byId } from "./nodes.js";
import { dayOf } from "./times.js";

const NEAR_THE_END = 60;
const TOGETHER_MILLISECONDS = 7 * 60_000;
const dismissed = new Set();
let latest = [];
let viewpoint = "";
let newest = 0n;

/** Bring the list up to date; what a person has focused stays focused, and where they read in view. */
export function showMessages(state, { act, reply }) {
  latest = [state, { act, reply }];
  const log = byId("log");
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
  const goesToEnd = hasReason(state) || wasAtEnd;
  const messages = state.messages.filter((message) => !dismissed.has(message.id));
  showList(
    byId("messages"),
    messages.map((message, place) => {
      const among = { day: dayBegun(message, messages[place - 1]), isContinued: isContinued(message, messages[place - 1]) };
      const signature = JSON.stringify([message, among, state.menu, state.names, state.me]);
      return { key: message.id, signature, draw: () => drawMessage(message, among, state, { act, reply, dismiss }) };
    }),
  );
  if (goesToEnd) log.scrollTop = log.scrollHeight;
}

/** Whoever goes elsewhere, writes or is answered wants to see the end, as far up as they have read. */
function hasReason({ me, channel, messages }) {
  const here = `${me} ${channel.id}`;
  const isElsewhere = here !== viewpoint;
  const added = messages.filter(({ id }) => BigInt(id) > newest);
  viewpoint = here;
  newest = BigInt(messages.at(-1)?.id ?? 0);
  return isElsewhere || added.some((message) => isOf(message, me));
}

function isOf({ author, interaction_metadata: about }, person) {
  return author.id === person || about?.user.id === person;
}

function dismiss(message) {
  dismissed.add(message.id);
  byId("log").focus();
  showMessages(...latest);
}

/** Let arrow keys walk through the messages, from the list as a whole or from one of them. */
export function startWalking() {
  byId("log").addEventListener("keydown", (event) => {
    const items = [...byId("messages").children];
    const place = items.indexOf(event.target);
    if (!items.length || (place < 0 && event.target !== byId("log"))) return;
    const last = items.length - 1;
    const steps = {
      ArrowUp: place < 0 ? last : Math.max(0, place - 1),
      ArrowDown: place < 0 ? last : Math.min(last, place + 1),
      Home: 0,
      End: last,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    items[steps[event.key]].focus();
  });
}

function dayBegun(message, before) {
  const day = dayOf(new Date(message.timestamp));
  return before && dayOf(new Date(before.timestamp)) === day ? null : day;
}

function isContinued(message, before) {
  if (!before || message.type !== 0 || before.author.id !== message.author.id) return false;
  if (message.flags || message.interaction_metadata) return false;
  return new Date(message.timestamp) - new Date(before.timestamp) < TOGETHER_MILLISECONDS;
}
