// Where a person writes: a message, or a command with its options.

import { byId, element } from "./nodes.js";
import { leaves, Options } from "./options.js";
import { closeSuggestions, handleKey, suggest } from "./suggestions.js";

const MOST_SUGGESTIONS = 50;

/** The composer; `act` sends an order and returns its answer, `state` is asked for when needed. */
export class Composer {
  constructor(act, state) {
    this.act = act;
    this.state = state;
    this.command = null;
    this.options = null;
    this.replyTo = null;
    this.place = this.known = "";
    byId("composer").addEventListener("submit", (event) => this.submit(event));
    byId("composer").addEventListener("keydown", (event) => this.key(event));
    byId("replying").querySelector("button").addEventListener("click", () => this.reply(null));
    this.showMessage();
    this.field().focus();
  }

  /** Say where a message would go. */
  showPlace(place) {
    if (place === this.place) return;
    this.place = place;
    if (!this.command) this.field().placeholder = this.hint();
  }

  /** Offer other commands where those have changed while one is being named. */
  showCommands(commands) {
    const known = JSON.stringify(commands);
    if (known === this.known) return;
    this.known = known;
    const input = this.field();
    if (!this.command && input === document.activeElement && input.value.startsWith("/")) this.suggestFor(input);
  }

  /** Write a message in reply to another; null to stop. */
  reply(message) {
    this.replyTo = message?.id ?? null;
    byId("replying").hidden = !message;
    byId("replying").querySelector("span").textContent = message
      ? `Replying to ${this.state().names[message.author.id]} `
      : "";
    if (this.command) this.showMessage();
    if (message) this.field().focus();
  }

  /** Write a person's name into the message. */
  mention(name) {
    if (this.command) this.showMessage();
    const input = this.field();
    input.value = `${input.value}${/\S$/.test(input.value) ? " " : ""}@${name} `;
    input.focus();
  }

  /** The command of a name, where it is offered. */
  leaf(name) {
    const known = this.state().commands.flatMap((command) => leaves(command));
    return known.find((leaf) => leaf.name === name);
  }

  /** Begin a command, with its first field filled in. */
  begin(name, begun) {
    const leaf = this.leaf(name);
    if (leaf) this.showCommand(leaf, begun);
  }

  showMessage() {
    this.command = this.options = null;
    closeSuggestions();
    const about = { name: "text", maxLength: 2000, placeholder: this.hint(), role: "combobox", "aria-expanded": "false" };
    const input = element("input", { ...about, "aria-label": "Message; / for commands, @ for people", "aria-controls": "suggestions" });
    input.addEventListener("input", () => this.suggestFor(input));
    byId("fields").replaceChildren(input);
  }

  hint() {
    return `Message ${this.place}; / for commands`;
  }

  field() {
    return byId("fields").querySelector("input");
  }

  suggestFor(input) {
    const text = input.value;
    const { commands, names } = this.state();
    if (text.startsWith("/")) {
      const start = text.slice(1).toLowerCase();
      const known = commands.flatMap((command) => leaves(command));
      const named = known.find((leaf) => start.startsWith(`${leaf.label} `));
      if (named) {
        closeSuggestions();
        this.showCommand(named, text.slice(named.label.length + 2));
        return;
      }
      const fitting = known.filter(({ name, label }) => label.startsWith(start) || name.startsWith(start));
      const offered = fitting.map((leaf) => ({ label: `/${leaf.label}`, detail: leaf.description, value: leaf }));
      suggest(input, offered.slice(0, MOST_SUGGESTIONS), (item) => this.showCommand(item.value));
      return;
    }
    const at = /@(\w*)$/.exec(text);
    const people = at ? Object.values(names).filter((name) => isStart(name, at[1]) && name !== at[1]) : [];
    suggest(input, people.map((name) => ({ label: `@${name}` })), (item) => {
      input.value = `${text.slice(0, at.index)}${item.label} `;
    });
  }

  showCommand(leaf, begun = "") {
    this.command = leaf;
    this.options = new Options(leaf.options, this.state(), (focused, options) =>
      this.act({ do: "autocomplete", name: leaf.name, focused, options }),
    );
    const leave = element("button", { type: "button", className: "command", textContent: `/${leaf.label}` });
    leave.setAttribute("aria-label", `/${leaf.label}, press to write a message instead`);
    leave.addEventListener("click", () => this.leaveCommand());
    byId("fields").replaceChildren(leave, ...this.options.draw());
    const first = byId("fields").querySelector("label > *");
    if (first?.tagName === "INPUT") first.value = begun;
    (first ?? byId("composer").querySelector("[type=submit]")).focus();
  }

  leaveCommand() {
    this.showMessage();
    this.field().focus();
  }

  async submit(event) {
    event.preventDefault();
    closeSuggestions();
    if (this.command) {
      const order = { do: "slash", name: this.command.name, options: this.options.filled() };
      this.leaveCommand();
      await this.act(order);
      return;
    }
    const input = this.field();
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    const answer = await this.act({ do: "say", text, reply_to: this.replyTo });
    if (answer.error) input.value = text;
    else this.reply(null);
  }

  key(event) {
    if (handleKey(event) || event.key !== "Escape") return;
    this.reply(null);
    if (this.command) this.leaveCommand();
  }
}

function isStart(name, start) {
  return name.toLowerCase().startsWith(start.toLowerCase());
}
