// The language of the person's client: of names of commands, and of what they alone are told.

import { showList } from "./lists.js";
import { byId, element } from "./nodes.js";

/** Let the person choose. */
export function startLanguages(act) {
  const choice = byId("language");
  choice.addEventListener("change", () => act({ do: "speak", language: choice.value }));
}

/** Offer the languages that the commands are known in, each by its own name. */
export function showLanguages({ language, languages }) {
  showList(byId("language"), languages.map((each) => ({ key: each, signature: each, draw: () => drawLanguage(each) })));
  byId("language").value = language;
}

function drawLanguage(language) {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language);
  return element("option", { value: language, textContent: name });
}
