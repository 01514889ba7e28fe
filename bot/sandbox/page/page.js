// Asks what there is to see, draws it, and sends what the person does.

import { Composer } from "./composer.js";
import { closeDrawers, startDrawers } from "./drawers.js";
import { showLanguages, startLanguages } from "./languages.js";
import { startMenu } from "./menu.js";
import { showMessages, startWalking } from "./messages.js";
import { openModal } from "./modal.js";
import { byId } from "./nodes.js";
import { OwnNews } from "./own_news.js";
import { showPlaces } from "./places.js";
import { startTheme } from "./theme.js";

const RETRY_MILLISECONDS = 1000;

let state = { names: {}, commands: [], people: [], channels: [], channel: {}, bot: {} };
let looking = { as: null, channel: null };
let asking = new AbortController();

const composer = new Composer(act, () => state);
const ownNews = new OwnNews({
  open: closeDrawers,
  begin: (name, begun) => composer.begin(name, begun),
  knows: (name) => Boolean(composer.leaf(name)),
});

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
  byId("problem").textContent = "";
  composer.reply(null);
  composer.showMessage();
  closeDrawers();
  asking.abort();
}

function mention(name) {
  closeDrawers();
  composer.mention(name);
}

function draw() {
  const { channel, names, typing, violations } = state;
  const here = channel.is_dm ? `@${state.bot.name}` : `#${channel.name}`;
  document.title = `${here} – local Discord`;
  byId("title").textContent = here;
  byId("typing").textContent = typing.length ? `${typing.map((id) => names[id]).join(", ")} is typing…` : "";
  byId("violations").hidden = !violations.length;
  byId("violations").textContent = violations.join("\n");
  composer.showPlace(here);
  composer.showCommands(state.commands);
  ownNews.draw(state.news);
  showLanguages(state);
  showPlaces(state, { look, mention });
  showMessages(state, { act, reply: (message) => composer.reply(message) });
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

startTheme();
startDrawers();
startLanguages(act);
startMenu();
startWalking();
follow();
