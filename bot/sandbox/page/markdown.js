// Reads Discord's markdown into a tree of plain objects. Knows nothing of the document.
//
// A block is {kind, children | text}; an inline is a string or {kind, children | ...}.

const BLOCKS = [
  { pattern: /^```(?:[\w+-]*\n)?([\s\S]+?)```\n?/, read: (found) => ({ kind: "pre", text: found[1] }) },
  { pattern: /^>>> ?([\s\S]+)/, read: (found) => ({ kind: "quote", children: blocks(found[1]) }) },
  { pattern: /^((?:> ?[^\n]*(?:\n|$))+)/, read: readQuote },
  { pattern: /^(#{1,3}) +([^\n]+)(?:\n|$)/, read: readHeading },
  { pattern: /^-# +([^\n]+)(?:\n|$)/, read: (found) => ({ kind: "subtext", children: inlines(found[1]) }) },
  { pattern: /^((?: *[-*] +[^\n]+(?:\n|$))+)/, read: (found) => readList("bullets", found[1], /^ *[-*] +/) },
  { pattern: /^((?: *\d+\. +[^\n]+(?:\n|$))+)/, read: (found) => readList("numbers", found[1], /^ *\d+\. +/) },
  { pattern: /^([^\n]*)(?:\n|$)/, read: (found) => ({ kind: "line", children: inlines(found[1]) }) },
];

const INLINES = [
  { pattern: /^\\([\\*_`~|>#\-[\]()<:.+!/@])/, read: (found) => found[1] },
  { pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/, read: (found) => ({ kind: "code", text: found[2] }) },
  { pattern: /^\*\*([\s\S]+?)\*\*(?!\*)/, read: (found) => nested("bold", found[1]) },
  { pattern: /^__([\s\S]+?)__(?!_)/, read: (found) => nested("underline", found[1]) },
  { pattern: /^~~([\s\S]+?)~~/, read: (found) => nested("struck", found[1]) },
  { pattern: /^\|\|([\s\S]+?)\|\|/, read: (found) => nested("spoiler", found[1]) },
  { pattern: /^\*(?![\s*])((?:\\.|\*\*[\s\S]+?\*\*|[^*\\])+?)\*(?!\*)/, read: (found) => nested("italic", found[1]) },
  { pattern: /^_((?:\\.|__[\s\S]+?__|[^_\\])+?)_(?!\w)/, atWordStart: true, read: (found) => nested("italic", found[1]) },
  { pattern: /^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?: +"[^"]*")?\)/, read: readMaskedLink },
  { pattern: /^<?https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)\/\d+>?/, read: (found) => ({ kind: "message", channel: found[1] }) },
  { pattern: /^<(https?:\/\/[^\s>]+)>/, read: (found) => readLink(found[1]) },
  { pattern: /^https?:\/\/[^\s<]*[^\s<.,:;"')\]*_|]/, read: (found) => readLink(found[0]) },
  { pattern: /^<t:(-?\d+)(?::([tTdDfFR]))?>/, read: (found) => ({ kind: "time", seconds: Number(found[1]), style: found[2] ?? "f" }) },
  { pattern: /^<@!?(\d+)>/, read: (found) => ({ kind: "user", id: found[1] }) },
  { pattern: /^<#(\d+)>/, read: (found) => ({ kind: "channel", id: found[1] }) },
  { pattern: /^<\/([^:>]+):\d+>/, read: (found) => ({ kind: "command", name: found[1] }) },
  { pattern: /^<a?:(\w+):\d+>/, read: (found) => `:${found[1]}:` },
  { pattern: /^@(?:everyone|here)\b/, read: (found) => ({ kind: "everyone", text: found[0] }) },
];

/** Read a whole message into blocks. */
export function blocks(text) {
  const found = [];
  let rest = text;
  while (rest) {
    for (const block of BLOCKS) {
      const match = block.pattern.exec(rest);
      if (!match) continue;
      found.push(block.read(match));
      rest = rest.slice(match[0].length);
      break;
    }
  }
  return found;
}

/** Read one line into text and marks. */
export function inlines(text) {
  const found = [];
  let position = 0;
  while (position < text.length) {
    const [read, length] = inlineAt(text, position);
    if (typeof read === "string" && typeof found.at(-1) === "string") {
      found[found.length - 1] += read;
    } else {
      found.push(read);
    }
    position += length;
  }
  return found;
}

function inlineAt(text, position) {
  const rest = text.slice(position);
  const isWordStart = !/\w/.test(text[position - 1] ?? " ");
  for (const inline of INLINES) {
    if (inline.atWordStart && !isWordStart) continue;
    const match = inline.pattern.exec(rest);
    if (match) return [inline.read(match), match[0].length];
  }
  return [rest[0], 1];
}

function nested(kind, text) {
  return { kind, children: inlines(text) };
}

function readQuote(found) {
  return { kind: "quote", children: blocks(found[1].replace(/^> ?/gm, "").replace(/\n$/, "")) };
}

function readHeading(found) {
  return { kind: "heading", level: found[1].length, children: inlines(found[2]) };
}

function readList(kind, text, mark) {
  const lines = text.replace(/\n$/, "").split("\n");
  return { kind, items: lines.map((line) => inlines(line.replace(mark, ""))) };
}

function readLink(address) {
  return { kind: "link", address, children: [address] };
}

function readMaskedLink(found) {
  return { kind: "link", address: found[2], children: inlines(found[1]) };
}
