// Where a person writes: a message, or a command with its options.

import { byId, element } from "./nodes.js";
import { closeSuggestions, handleKey, suggest } from "./suggestions.js";

const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const NUMBER = 10;
const MOST_SUGGESTIONS = 8;

/** The composer; `act` sends an order and returns its answer, `state` is asked for when needed. */
export class Composer {
  constructor(act, state) {
    this.act = act;
    this.state = state;
    this.command = null;
    this.replyTo = null;
    byId("composer").addEventListener("submit", (event) => this.submit(event));
    byId("composer").addEventListener("keydown", (event) => this.key(event));
    byId("replying").querySelector("button").addEventListener("click", () => this.reply(null));
    this.showMessage();
  }

  /** Write a message in reply to another; null to stop. */
  reply(message) {
    this.replyTo = message?.id ?? null;
    byId("replying").hidden = !message;
    byId("replying").querySelector("span").textContent = message
      ? `Replying to ${this.state().names[message.author.id]} `
      : "";
    if (this.command) this.showMessage();
    byId("fields").querySelector("input")?.focus();
  }

  showMessage() {
    this.command = null;
    closeSuggestions();
    const input = element("input", { name: "text", maxLength: 2000, role: "combobox" });
    input.setAttribute("aria-label", "Message; / for commands, @ for people");
    input.placeholder = "Message; / for commands, @ for people";
    input.addEventListener("input", () => this.suggestFor(input));
    byId("fields").replaceChildren(input);
  }

  suggestFor(input) {
    const typed = input.value;
    const { commands, names } = this.state();
    if (typed.startsWith("/")) {
      const start = typed.slice(1).toLowerCase();
      const fitting = commands.flatMap((command) => leaves(command)).filter((leaf) => leaf.name.startsWith(start));
      const offered = fitting.map((leaf) => ({ label: `/${leaf.name}`, detail: leaf.description, value: leaf }));
      suggest(input, offered.slice(0, MOST_SUGGESTIONS), (item) => this.showCommand(item.value));
      return;
    }
    const at = /@(\w*)$/.exec(typed);
    const people = at ? Object.values(names).filter((name) => isStart(name, at[1]) && name !== at[1]) : [];
    suggest(input, people.map((name) => ({ label: `@${name}` })), (item) => {
      input.value = `${typed.slice(0, at.index)}${item.label} `;
    });
  }

  showCommand(leaf) {
    this.command = leaf;
    const leave = element("button", { type: "button", className: "command", textContent: `/${leaf.name}` });
    leave.setAttribute("aria-label", `/${leaf.name}, press to write a message instead`);
    leave.addEventListener("click", () => {
      this.showMessage();
      byId("fields").querySelector("input").focus();
    });
    const fields = leaf.options.map((option) => this.optionField(option));
    byId("fields").replaceChildren(leave, ...fields);
    const first = byId("fields").querySelector("[name]");
    (first ?? byId("composer").querySelector("[type=submit]")).focus();
  }

  optionField(option) {
    const input = this.optionInput(option);
    input.name = option.name;
    input.required = Boolean(option.required) && option.type !== BOOLEAN;
    input.title = option.description;
    return element("label", {}, `${option.name}${option.required ? "" : " (optional)"}`, input);
  }

  optionInput(option) {
    const { people, channels, bot } = this.state();
    if (option.type === BOOLEAN) return choice([["true", "yes"], ["false", "no"]]);
    if (option.choices?.length) return choice(option.choices.map((each) => [String(each.value), each.name]));
    if (option.type === USER) return choice([...people, bot].map((each) => [each.id, each.name]));
    if (option.type === CHANNEL) return choice(channels.map((each) => [each.id, `#${each.name}`]));
    const input = element("input", { placeholder: option.description });
    if (option.type === INTEGER || option.type === NUMBER) {
      Object.assign(input, { type: "number", step: option.type === INTEGER ? "1" : "any" });
      input.min = option.min_value ?? "";
      input.max = option.max_value ?? "";
    } else {
      if (option.max_length) input.maxLength = option.max_length;
    }
    if (option.autocomplete) this.complete(input, option);
    return input;
  }

  complete(input, option) {
    input.setAttribute("role", "combobox");
    const ask = async () => {
      const asked = input.value;
      const options = this.filledOptions(option.name);
      const answer = await this.act({ do: "autocomplete", name: this.command.name, focused: option.name, options });
      if (input.value !== asked || !answer.choices || document.activeElement !== input) return;
      const offered = answer.choices.map((each) => ({ label: each.name, value: each.value }));
      suggest(input, offered, (item) => {
        input.value = item.label;
        input.chosen = item;
      });
    };
    input.addEventListener("input", ask);
    input.addEventListener("focus", ask);
    input.addEventListener("blur", closeSuggestions);
  }

  filledOptions(focused = null) {
    const filled = [];
    for (const option of this.command.options) {
      const input = byId("fields").querySelector(`[name="${CSS.escape(option.name)}"]`);
      if (input.value === "" && option.name !== focused) continue;
      const value = input.chosen?.label === input.value ? input.chosen.value : input.value;
      filled.push({ name: option.name, type: option.type, value: typed(option, value) });
    }
    return filled;
  }

  async submit(event) {
    event.preventDefault();
    closeSuggestions();
    if (this.command) {
      const order = { do: "slash", name: this.command.name, options: this.filledOptions() };
      this.showMessage();
      byId("fields").querySelector("input").focus();
      await this.act(order);
      return;
    }
    const input = byId("fields").querySelector("input");
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    const answer = await this.act({ do: "say", text, reply_to: this.replyTo });
    if (answer.error) input.value = text;
    else this.reply(null);
  }

  key(event) {
    if (handleKey(event)) return;
    if (event.key === "Escape") this.reply(null);
    if (event.key === "Escape" && this.command) this.showMessage();
  }
}

/** The commands that can be sent: a command itself, or its subcommands. */
function leaves(command, prefix = "") {
  const name = prefix + command.name;
  const inner = (command.options ?? []).filter((option) => [SUBCOMMAND, SUBCOMMAND_GROUP].includes(option.type));
  if (inner.length) return inner.flatMap((option) => leaves(option, `${name} `));
  return [{ name, description: command.description, options: command.options ?? [] }];
}

function choice(pairs) {
  const options = pairs.map(([value, textContent]) => element("option", { value, textContent }));
  return element("select", {}, element("option", { value: "", textContent: "–" }), ...options);
}

function typed(option, value) {
  if (option.type === BOOLEAN) return value === "true";
  return [INTEGER, NUMBER].includes(option.type) ? Number(value) : value;
}

function isStart(name, start) {
  return name.toLowerCase().startsWith(start.toLowerCase());
}
