// Light or dark: as the device wants it, until the person chooses; the choice is remembered here.

import { byId } from "./nodes.js";

const KEY = "theme";

/** Apply what was chosen before, and let the person choose. */
export function startTheme() {
  const choice = byId("theme");
  choice.value = remembered();
  document.documentElement.dataset.theme = choice.value;
  choice.addEventListener("change", () => {
    document.documentElement.dataset.theme = choice.value;
    remember(choice.value);
  });
}

// A browser that may keep nothing throws.

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // then it holds until the page is left
  }
}
