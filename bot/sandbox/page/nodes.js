// Builds nodes. Text becomes text, never markup.

/** Make an element; `about` sets properties, `aria-*`, `data-*` and `role` attributes. */
export function element(name, about = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (value === null || value === undefined) continue;
    if (key === "role" || key.startsWith("aria-") || key.startsWith("data-")) {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make a link that tells the other site nothing; anything but http(s) stays text. */
export function link(address, ...children) {
  if (!/^https?:\/\//i.test(address)) return element("span", {}, ...children);
  const about = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return element("a", about, ...children);
}

export function byId(id) {
  return document.getElementById(id);
}
