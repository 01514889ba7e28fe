// Brings a list up to date and touches only what changed, so that focus and reading place stay.

/** Show entries [{key, signature, draw}] as the children of `list`; `draw` makes the node. */
export function showList(list, entries) {
  const focused = focusedIn(list);
  const known = new Map([...list.children].map((node) => [node.dataset.entry, node]));
  const nodes = entries.map(({ key, signature, draw }) => {
    const node = known.get(key);
    if (node?.signature === signature) return node;
    return Object.assign(draw(), { signature });
  });
  nodes.forEach((node, place) => (node.dataset.entry = entries[place].key));
  const kept = new Set(nodes);
  for (const node of known.values()) {
    if (!kept.has(node)) node.remove();
  }
  nodes.forEach((node, place) => {
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
  });
  if (focused) focusAgain(list, focused);
}

function focusedIn(list) {
  const focused = document.activeElement;
  if (!focused || !list.contains(focused) || focused === list) return null;
  const node = [...list.children].find((child) => child.contains(focused));
  return { entry: node.dataset.entry, key: node === focused ? null : (focused.dataset.key ?? "") };
}

function focusAgain(list, { entry, key }) {
  if (document.activeElement !== document.body) return;
  const node = [...list.children].find((child) => child.dataset.entry === entry);
  const inner = key === null ? node : node?.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  (inner ?? node ?? list.closest("[tabindex]"))?.focus();
}
