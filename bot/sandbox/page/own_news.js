// A person's own news: a dialog that hands in a folder, a file or an address, and what came of it.

import { byId, element } from "./nodes.js";

const REFUSED = "The demo does not answer; is it still running?";

/** The dialog, and the line in the conversation that stands in for it; `begin` starts a command. */
export class OwnNews {
  constructor({ open, begin, knows }) {
    this.begin = begin;
    this.knows = knows;
    this.reading = null;
    this.seen = null;
    this.told = "";
    this.dialog = byId("own-news");
    this.field = this.dialog.querySelector("input");
    byId("open-own-news").addEventListener("click", () => {
      open();
      this.show();
    });
    this.line = byId("news-line");
    this.line.querySelector('[data-key="show"]').addEventListener("click", () => this.show());
    this.line.querySelector('[data-key="dismiss"]').addEventListener("click", () => this.dismiss());
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.add(event));
    this.dialog.addEventListener("close", () => this.drawLine());
    this.button("stop").addEventListener("click", () => this.send({ do: "stop" }));
    this.button("close").addEventListener("click", () => this.dialog.close());
  }

  /** Draw what the demo says of the news; null where it takes none. */
  draw(news) {
    byId("open-own-news").hidden = !news;
    if (!news) return;
    // what had ended before this page was opened is no news
    if (this.seen === null) this.seen = news.reading?.outcome ? news.reading.number : 0;
    // one that was started anew counts from 1
    if ((news.reading?.number ?? 0) < this.seen) this.seen = 0;
    const isNew = news.reading?.number !== this.reading?.number;
    this.reading = news.reading;
    if (!isNew || this.reading.number <= this.seen) return;
    this.drawReading();
    this.drawLine();
  }

  show() {
    this.dialog.showModal();
    this.field.select();
    this.drawLine();
  }

  async add(event) {
    event.preventDefault();
    const named = this.field.value.trim();
    if (this.isBusy()) return;
    if (!named) return this.complain("Name a folder, a file or an address first.");
    this.complain("");
    this.tell("");
    this.suggest([], []);
    await this.send({ do: "add", named });
  }

  async send(order) {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${location.hash.slice(1)}` };
    try {
      const response = await fetch("news", { method: "POST", headers, body: JSON.stringify(order) });
      const error = response.ok ? (await response.json()).error : await response.text();
      if (error) this.complain(error);
    } catch {
      this.complain(REFUSED);
    }
  }

  isBusy() {
    return Boolean(this.reading) && !this.reading.outcome;
  }

  drawReading() {
    const { named, progress, done, outcome } = this.reading;
    const isBusy = this.isBusy();
    const bar = this.dialog.querySelector("progress");
    byId("own-news-at").hidden = !isBusy;
    byId("own-news-at").querySelector("span").textContent = progress;
    if (done === null) bar.removeAttribute("value");
    else bar.value = done;
    this.field.readOnly = isBusy;
    // a button that is disabled would lose the focus
    this.button("add").setAttribute("aria-disabled", String(isBusy));
    const stop = this.button("stop");
    if (!isBusy && stop === document.activeElement) this.field.focus();
    stop.hidden = !isBusy;
    this.complain(outcome?.is_error ? outcome.text : "");
    this.tell(isBusy ? `Reading ${named} …` : outcome.is_error ? "" : outcome.text);
    this.suggest(outcome?.left_out ?? [], outcome?.suggestions ?? []);
    if (outcome && !outcome.is_error) this.field.value = "";
  }

  /** Say in the conversation how it goes, while the dialog does not. */
  drawLine() {
    const { line, reading } = this;
    if (this.dialog.open && reading?.outcome) this.seen = reading.number;
    const isShown = !this.dialog.open && Boolean(reading) && reading.number > this.seen;
    const { named, progress, outcome } = isShown ? reading : {};
    line.querySelector('[data-key="show"]').hidden = !isShown;
    line.querySelector('[data-key="dismiss"]').hidden = !outcome;
    say(line.querySelector("[role=status]"), isShown ? (outcome?.text ?? `Reading ${named} …`) : "");
    line.querySelector("small").textContent = isShown ? progress : "";
  }

  dismiss() {
    this.seen = this.reading.number;
    this.drawLine();
    byId("log").focus();
  }

  suggest(leftOut, suggestions) {
    const made = suggestions
      .filter(({ command }) => this.knows(command))
      .map(({ label, command, begun }) => {
        const button = element("button", { type: "button", className: "secondary", textContent: label });
        button.addEventListener("click", () => {
          this.dialog.close();
          this.begin(command, begun);
        });
        return button;
      });
    byId("own-news-next").replaceChildren(...made);
    byId("own-news-left-out").replaceChildren(...leftOut.map((line) => element("li", {}, line)));
  }

  complain(text) {
    say(byId("own-news-problem"), text);
    this.field.setAttribute("aria-invalid", String(Boolean(text)));
    if (text && this.dialog.open) this.field.focus();
  }

  tell(text) {
    say(byId("own-news-told"), text);
  }

  button(name) {
    return this.dialog.querySelector(`[data-key="${name}"]`);
  }
}

/** What is the same is not said again. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
