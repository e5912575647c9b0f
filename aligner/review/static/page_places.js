// Where the cursor goes: by keys, to a link or a sentence, to what is asked; search and filters.
import { call } from "./api.js";
import { byId } from "./dom.js";
import { number, t } from "./messages.js";
import { PageBars } from "./page_bars.js";

const MOST_SKIPPED = 90; // links in one address; older ones may come again

export class PagePlaces extends PageBars {
  redraw() {
    this.grid.setTotal(this.view.total);
    this.drawBars();
    this.grid.draw();
  }

  // Ask for the rows anew, with what is seen left where it is.
  async renew() {
    const top = this.grid.at(byId("scroller").scrollTop);
    const anchor = this.view.rows.get(top)?.id;
    const off = byId("scroller").scrollTop - (this.grid.offsets[top] || 0);
    if (!await this.view.renew(top)) return;
    this.grid.setTotal(this.view.total);
    for (const [index, row] of this.view.rows) {
      if (row.id !== anchor || index === top) continue;
      byId("scroller").scrollTop = this.grid.offsets[index] + off;
    }
    this.redraw();
  }

  async goToLink(link, words = []) {
    this.extra = words.filter(Boolean);
    const found = await call(`${this.view.path}/link/${link}`);
    await this.goTo(found.place, link);
  }

  async goToSentence(sentence) {
    const found = await call(`${this.view.path}/sentence/${sentence}`);
    const { row } = found;
    await this.goTo(found.place);
    const side = row.src.some((one) => one.id === sentence) ? "src" : "tgt";
    this.view.place(this.view.cursor.index, side, sentence);
    this.mark();
  }

  async goTo(place) {
    let index = await this.view.indexOf(place);
    if (index < 0) {
      await this.clearFilters();
      index = place;
    }
    this.view.anchor = null;
    await this.grid.reveal(index, true);
    this.view.place(index, this.view.cursor.side);
    if (!this.view.sentence) this.view.place(index, this.view.cursor.side === "src" ? "tgt" : "src");
    this.mark();
    this.focus();
    this.remember();
  }

  async ask() {
    const { view } = this;
    if (view.asked) view.skipped.add(view.asked); // the server knows whether it was answered
    const next = await call(`${view.path}/ask?skip=${[...view.skipped].slice(-MOST_SKIPPED).join(",")}`);
    if (next.again) view.skipped.clear();
    view.waiting = next.skipped;
    if (next.place === null) {
      view.asked = 0;
      this.mark();
      return this.say(next.wrong < 1 ? "ask_none" : "ask_wait", { wrong: number(next.wrong, 1) });
    }
    view.asked = next.row.id;
    await this.goTo(next.place, next.row.id);
    if (next.again) this.say("skipped_again");
    else byId("message").textContent = ""; // the question stands beside it
    return this.hear(byId("question").textContent);
  }

  async filter() {
    const { view } = this;
    const at = view.row;
    view.words = byId("search").value;
    view.anchor = null;
    view.rows.clear();
    await view.renew(0);
    const index = at ? await view.indexOf(at.place) : -1;
    this.grid.heights.fill(0);
    this.redraw();
    if (index > 0) {
      await this.grid.reveal(index, true);
      view.place(index);
    } else {
      byId("scroller").scrollTop = 0;
      view.place(0);
      this.grid.draw();
    }
    this.hear(byId("count").textContent);
  }

  toggleFilter(name) {
    const { filters } = this.view;
    if (!filters.delete(name)) filters.add(name);
    return this.filter();
  }

  async clearFilters() {
    this.view.filters.clear();
    byId("search").value = "";
    await this.filter();
  }

  search() { this.showFinding(true); byId("search").select(); }

  panel(name) { return this.panelOf.toggle(name); }

  async back() {
    this.view.anchor = null;
    this.extra = [];
    const isSearching = document.activeElement === byId("search");
    if (!this.view.total || (this.view.words && isSearching)) await this.clearFilters();
    this.grid.draw();
    this.mark();
    this.focus();
    this.showFinding(false);
  }

  nextRow(by) {
    const { view } = this;
    view.place(Math.min(Math.max(0, view.cursor.index + by), Math.max(0, view.total - 1)));
  }

  // Move the cursor, choosing what lies on the way if wanted.
  async move(work, isChoosing = false) {
    const { view } = this;
    if (isChoosing) view.anchor ??= view.cursor.index;
    else view.anchor = null;
    work();
    await this.grid.reveal(view.cursor.index);
    if (!view.cursor.link) view.place(view.cursor.index); // it was not there before
    this.mark();
    this.focus();
    this.remember();
  }

  // The ids of a link and of the next one in the text.
  async neighbours(row) {
    const found = await call(`${this.view.path}/rows?from=${row.place}&count=2`);
    return found.rows.map((one) => one.id);
  }
}
