// The fields of a command: those that it needs, and the others once they are asked for.

import { element } from "./nodes.js";
import { closeSuggestions, narrowSuggestions, suggest } from "./suggestions.js";

const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const NUMBER = 10;

/** The commands that can be sent: a command itself, or its subcommands. */
export function leaves(command, before = { name: "", label: "" }) {
  const name = before.name + command.name;
  const label = before.label + command.label;
  const inner = (command.options ?? []).filter((option) => [SUBCOMMAND, SUBCOMMAND_GROUP].includes(option.type));
  if (inner.length) return inner.flatMap((option) => leaves(option, { name: `${name} `, label: `${label} ` }));
  return [{ name, label, description: command.description, options: command.options ?? [] }];
}

/** The fields of one command; `complete` is asked what could stand in a field that is being typed. */
export class Options {
  constructor(options, state, complete) {
    this.options = options;
    this.state = state;
    this.complete = complete;
    this.inputs = new Map();
  }

  /** Nodes for what is needed, and a button for each option that may be left out. */
  draw() {
    return this.options.map((option) => (option.required ? this.field(option) : this.offer(option)));
  }

  /** What is filled in, as an order names it; the `focused` option even where it is empty. */
  filled(focused = null) {
    const named = this.options.filter(({ name }) => name === focused || this.inputs.get(name)?.value);
    return named.map((option) => {
      const input = this.inputs.get(option.name);
      const value = input.chosen?.label === input.value ? input.chosen.value : input.value;
      return { name: option.name, type: option.type, value: typed(option, value) };
    });
  }

  offer(option) {
    const made = element("button", { type: "button", className: "offer", title: option.description, textContent: `+ ${option.label}` });
    made.addEventListener("click", () => {
      made.replaceWith(this.field(option));
      this.inputs.get(option.name).focus();
    });
    return made;
  }

  field(option) {
    const input = this.input(option);
    input.required = Boolean(option.required) && option.type !== BOOLEAN;
    input.title = option.description;
    this.inputs.set(option.name, input);
    return element("label", {}, option.label, input);
  }

  input(option) {
    const { people, channels, bot } = this.state;
    if (option.type === BOOLEAN) return choice([["true", "yes"], ["false", "no"]]);
    if (option.choices?.length) return choice(option.choices.map((each) => [String(each.value), each.label]));
    if (option.type === USER) return choice([...people, bot].map((each) => [each.id, each.name]));
    if (option.type === CHANNEL) return choice(channels.map((each) => [each.id, `#${each.name}`]));
    const input = element("input", { placeholder: option.description });
    // what is offered for a number has a name, which a field for numbers would not hold
    if (isNumber(option) && !option.autocomplete) {
      Object.assign(input, { type: "number", step: option.type === INTEGER ? "1" : "any" });
      input.min = option.min_value ?? "";
      input.max = option.max_value ?? "";
    } else if (option.max_length) {
      input.maxLength = option.max_length;
    }
    if (option.autocomplete) this.offerWhileTyping(input, option);
    return input;
  }

  offerWhileTyping(input, option) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    const ask = async () => {
      const asked = input.value;
      narrowSuggestions(asked);
      const answer = await this.complete(option.name, this.filled(option.name));
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
}

function choice(pairs) {
  const options = pairs.map(([value, textContent]) => element("option", { value, textContent }));
  return element("select", {}, element("option", { value: "", textContent: "–" }), ...options);
}

function isNumber(option) {
  return [INTEGER, NUMBER].includes(option.type);
}

function typed(option, value) {
  if (option.type === BOOLEAN) return value === "true";
  // while one is being looked for by its name, it is no number yet
  return isNumber(option) && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}
