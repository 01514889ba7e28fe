// Asks what there is to see, draws it, and sends what the person does.

import { Composer } from "./composer.js";
import { showMessages } from "./messages.js";
import { openModal } from "./modal.js";
import { byId, element } from "./nodes.js";

const RETRY_MILLISECONDS = 1000;

let state = { names: {}, commands: [], people: [], channels: [], bot: {} };
let looking = { as: null, channel: null };
let asking = new AbortController();

const composer = new Composer(act, () => state);

/** Send an order as the person, in the channel; show what went wrong. */
async function act(order) {
  const body = JSON.stringify({ ...order, as: state.me, channel: state.channel.id });
  let answer;
  try {
    const response = await fetch("act", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    answer = response.ok ? await response.json() : { error: await response.text() };
  } catch {
    answer = { error: "The local Discord does not answer; is it still running?" };
  }
  byId("problem").textContent = answer.error ?? "";
  if (answer.modal) openModal(answer, act, state);
  return answer;
}

function look(where) {
  looking = { ...looking, ...where };
  composer.reply(null);
  composer.showMessage();
  asking.abort();
}

function draw() {
  const { channel, channels, people, violations } = state;
  const here = channel.is_dm ? `@${state.bot.name}` : `#${channel.name}`;
  document.title = `${here} – local Discord`;
  byId("title").textContent = here;
  byId("guild").textContent = channels[0]?.guild ?? "Local Discord";
  byId("status").textContent = state.is_online ? `${state.bot.name} is online` : `${state.bot.name} is offline`;
  byId("status").className = state.is_online ? "online" : "offline";
  byId("channels").replaceChildren(
    ...channels.map((each) => switchItem(`# ${each.name}`, each.id === channel.id, () => look({ channel: each.id }))),
    switchItem(`@ ${state.bot.name} (direct)`, channel.is_dm, () => look({ channel: "dm" })),
  );
  byId("people").replaceChildren(
    ...people.map((person) => {
      const label = `${person.name} (${person.is_admin ? "admin" : "reader"})`;
      return switchItem(label, person.id === state.me, () => look({ as: person.id, channel: channel.is_dm ? "dm" : channel.id }));
    }),
  );
  byId("violations").hidden = !violations.length;
  byId("violations").textContent = violations.join("\n");
  showMessages(state, { act, reply: (message) => composer.reply(message) });
}

function switchItem(label, isCurrent, onTake) {
  const made = element("button", { type: "button", textContent: label, "aria-current": isCurrent ? "true" : null });
  made.addEventListener("click", onTake);
  return element("li", {}, made);
}

async function follow() {
  let since = null;
  for (;;) {
    asking = new AbortController();
    const query = new URLSearchParams(Object.entries({ ...looking, since }).filter(([, value]) => value !== null));
    try {
      const response = await fetch(`state?${query}`, { signal: asking.signal });
      if (!response.ok) throw new Error(await response.text());
      state = await response.json();
      since = state.revision;
      draw();
    } catch (error) {
      since = null;
      if (error.name !== "AbortError") await new Promise((resume) => setTimeout(resume, RETRY_MILLISECONDS));
    }
  }
}

follow();
