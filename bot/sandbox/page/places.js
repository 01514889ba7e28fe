// The columns beside the conversation: where one can be, who one can be, and who is there.

import { showList } from "./lists.js";
import { byId, element } from "./nodes.js";

const seen = new Map();

/** Draw both columns; `look` goes somewhere else or becomes somebody else, `mention` writes a name. */
export function showPlaces(state, { look, mention }) {
  const { bot, channel, channels, direct, people } = state;
  markSeen(state);
  byId("guild").textContent = channels[0]?.guild ?? "Local Discord";
  byId("status").textContent = state.is_online ? `${bot.name} is online` : `${bot.name} is offline`;
  byId("status").className = state.is_online ? "online" : "offline";
  const places = channels.map((each) =>
    entry(`# ${each.name}`, each.id, each.id === channel.id, isUnread(state, each), () => look({ channel: each.id })),
  );
  showList(byId("channels"), places);
  const isNew = !channel.is_dm && isUnread(state, direct);
  showList(byId("direct"), [entry(`@ ${bot.name}`, "dm", channel.is_dm, isNew, () => look({ channel: "dm" }))]);
  showList(
    byId("people"),
    people.map((person) => {
      const label = `${person.name} (${person.is_admin ? "admin" : "reader"})`;
      return entry(label, person.id, person.id === state.me, false, () => look({ as: person.id }));
    }),
  );
  showMembers(state, mention);
}

function entry(label, key, isCurrent, isUnread, take) {
  const draw = () => {
    const about = { type: "button", textContent: label, "aria-current": isCurrent ? "true" : null, "data-key": "go" };
    const made = element("button", about);
    if (isUnread) made.append(element("span", { className: "unread" }, " new"));
    made.addEventListener("click", take);
    return element("li", {}, made);
  };
  return { key, signature: JSON.stringify([label, isCurrent, isUnread]), draw };
}

function showMembers(state, mention) {
  const groups = [
    ["Admin", state.people.filter((person) => person.is_admin), () => true],
    ["Readers", state.people.filter((person) => !person.is_admin), () => true],
    ["Apps", [state.bot], () => state.is_online],
  ];
  const entries = groups.map(([title, members, isOnline]) => ({
    key: title,
    signature: JSON.stringify([members, members.map(isOnline)]),
    draw: () => drawGroup(title, members, isOnline, mention),
  }));
  showList(byId("members"), entries);
}

function drawGroup(title, members, isOnline, mention) {
  const id = `members-${title}`;
  const items = members.map((member) => {
    const about = { className: isOnline(member) ? "dot online" : "dot offline", "aria-hidden": "true" };
    const made = element("button", { type: "button", title: `Mention ${member.name}`, "data-key": member.id }, element("span", about), member.name);
    made.addEventListener("click", () => mention(member.name));
    return element("li", {}, made);
  });
  const list = element("ul", { "aria-labelledby": id }, ...items);
  return element("section", {}, element("h2", { id, textContent: `${title} – ${members.length}` }), list);
}

/** What is in view is read; whoever looks for the first time has missed nothing. */
function markSeen({ me, channel, channels, direct }) {
  for (const each of [...channels, direct]) {
    const key = `${me} ${each === direct ? "dm" : each.id}`;
    const isInView = each === direct ? channel.is_dm : each.id === channel.id;
    if (isInView || !seen.has(key)) seen.set(key, each.newest);
  }
}

function isUnread({ me, direct }, place) {
  return seen.get(`${me} ${place === direct ? "dm" : place.id}`) !== place.newest;
}
