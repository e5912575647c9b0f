// The page of one document: the grid with its cursor, the bars round it, what actions do to it.
import { call, file } from "./api.js";
import { actionsOf, keyOf, shownKey } from "./actions.js";
import { showExport, showKeys } from "./dialogs.js";
import { button, byId, el, keepFile } from "./dom.js";
import { Grid } from "./grid.js";
import { currentLanguage, number, t } from "./messages.js";
import { emptyRow, rowElement } from "./row.js";
import { SidePanel } from "./side_panel.js";
import { View } from "./view.js";

const FILTERS = ["doubtful", "one-sided", "n-m", "findings", "unconfirmed", "bookmarked", "noted"];
const FOLLOW = 2000; // ms between two looks at what other pages did
const FLASH = 2500; // ms for which moved links are shown as such
const TYPING = 200; // ms after the last letter of a search

export class DocumentPage {
  constructor(doc, settings) {
    this.settings = settings;
    this.view = new View(doc);
    this.queue = Promise.resolve();
    this.extra = []; // words of a finding that was opened
    this.panelOf = new SidePanel(this);
    this.actions = actionsOf(this);
    this.byKey = new Map(this.actions.flatMap((one) => one.keys.map((key) => [key, one])));
    this.stops = new AbortController();
    this.build();
  }

  listen(target, kind, listener) {
    target.addEventListener(kind, listener, { signal: this.stops.signal });
  }

  build() {
    byId("scroller").replaceChildren(byId("head"));
    this.grid = new Grid(byId("scroller"), byId("head"), {
      row: (n) => this.makeRow(n),
      sign: (n) => (this.view.rows.has(n)
        ? JSON.stringify([this.view.rows.get(n), this.words, currentLanguage()]) : ""),
      load: (first, last) => this.view.load(first, last),
      drawn: () => this.mark(),
    });
    this.bars();
    this.listen(document, "keydown", (event) => this.pressed(event));
    this.listen(byId("scroller"), "mousedown", (event) => this.clicked(event));
    this.listen(byId("scroller"), "dblclick", (event) => {
      if (event.target.closest(".sentence")) this.run("correct");
    });
    this.timer = setInterval(() => { // not again while one waits behind an open question
      this.following ||= this.guard(() => this.follow(), true).then(() => { this.following = null; });
    }, FOLLOW);
  }

  end() {
    this.stops.abort();
    clearInterval(this.timer);
    this.grid.seen.disconnect();
    this.panelOf.open = "";
    byId("panel").hidden = true;
  }

  get words() { return [this.view.words, ...this.extra].filter(Boolean); }
  get screen() { return Math.max(1, Math.floor(this.grid.height / this.grid.guess) - 1); }

  makeRow(index) {
    const row = this.view.rows.get(index);
    if (!row) {
      const empty = emptyRow(index);
      empty.style.height = `${this.grid.guess}px`;
      return empty;
    }
    return rowElement(row, {
      langs: this.view.state.sides.map((side) => side.lang),
      words: this.words,
      listeners: {
        readOnly: () => this.view.state.read_only,
        toggle: (one) => this.guard(() => this.act({ action: "confirm", links: [one.id],
          on: one.status !== "confirmed" }, one.status === "confirmed" ? "done_unconfirm"
          : "done_confirm")),
        findings: (one) => this.guard(() => this.panelOf.openAt(one)),
      },
    });
  }

  // --- bars ---

  bars() {
    const search = byId("search");
    search.value = "";
    this.listen(search, "input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.guard(() => this.filter()), TYPING);
    });
    byId("filters").replaceChildren(...FILTERS.map((name) => button(t(`filter_${name}`),
      () => this.guard(() => this.toggleFilter(name)), { "aria-pressed": "false", "data-filter": name })));
    for (const id of ["undo", "redo", "realign", "ask", "findings", "contents", "export", "help"]) {
      const one = this.actions.find((action) => action.id === id);
      byId(id).onclick = () => this.run(id);
      byId(id).title = shownKey(one.keys[0]);
      byId(id).setAttribute("aria-keyshortcuts", one.keys.join(" "));
    }
    byId("dock-actions").replaceChildren(...this.actions.filter((one) => one.label).map((one) =>
      button("", () => this.run(one.id), { "data-action": one.id, title: t(one.key),
        "aria-keyshortcuts": one.keys.join(" ") })));
    for (const made of byId("dock-actions").children) {
      const one = this.actions.find((action) => action.id === made.dataset.action);
      made.append(el("span", { className: "label" }, t(one.label)), " ",
        el("kbd", { "aria-hidden": "true" }, shownKey(one.keys[0])));
    }
  }

  drawBars() {
    const { state, total, filters } = this.view;
    document.title = t("title", { name: state.id });
    byId("name").textContent = state.id;
    byId("name").title = t("source", {
      src: state.sides[0].source || state.sides[0].id, tgt: state.sides[1].source || state.sides[1].id,
    });
    byId("left").textContent = t("left", { wrong: number(state.wrong, state.wrong < 10 ? 1 : 0),
      links: state.links });
    byId("answers").textContent = [
      state.answers ? t("left_answers", { answers: state.answers }) : t("left_done"),
      t("left_confirmed", { confirmed: state.confirmed })].join(" · ");
    byId("done").max = Math.max(1, state.links);
    byId("done").value = state.confirmed;
    byId("done").setAttribute("aria-label", t("left_confirmed", { confirmed: state.confirmed }));
    byId("undo").disabled = !state.undo || state.read_only;
    byId("redo").disabled = !state.redo || state.read_only;
    byId("realign").disabled = !state.realigns || state.read_only;
    byId("banner").textContent = state.read_only ? t("read_only") : "";
    byId("banner").hidden = !state.read_only;
    byId("count").textContent = this.view.filtered
      ? t("shown_some", { n: total, all: state.links }) : t("shown_all", { n: total });
    byId("none").hidden = total > 0;
    byId("grid").setAttribute("aria-rowcount", String(state.links + 1));
    for (const made of byId("filters").children) {
      made.setAttribute("aria-pressed", String(filters.has(made.dataset.filter)));
    }
  }

  // Show cursor, chosen, asked and moved links on the rows that are drawn.
  mark() {
    const { view } = this;
    const [first, last] = view.chosen;
    const { row } = view;
    for (const [index, element] of this.grid.made) {
      const data = view.rows.get(index);
      const isHere = index === view.cursor.index;
      element.classList.toggle("here", isHere);
      element.classList.toggle("chosen", first !== last && index >= first && index <= last);
      element.classList.toggle("asked", Boolean(data) && data.id === view.asked);
      element.classList.toggle("moved", Boolean(data) && view.moved.has(data.id));
      element.setAttribute("aria-selected", String(index >= first && index <= last));
      for (const line of element.querySelectorAll(".sentence")) {
        const isCursor = isHere && line.dataset.side === view.cursor.side
          && Number(line.dataset.sentence) === view.cursor.sentence;
        line.tabIndex = isCursor ? 0 : -1;
        line.classList.toggle("cursor", isCursor);
      }
    }
    const many = last - first + 1;
    byId("dock-title").textContent = !row ? "" : many > 1 ? t("selected_many", { n: many })
      : t("selected", { n: row.place + 1 });
    const isAsked = Boolean(row) && view.asked === row.id && row.status === "auto";
    byId("question").textContent = isAsked ? t("asked") : "";
    byId("dock").classList.toggle("asking", isAsked);
    for (const made of byId("dock-actions").children) {
      made.disabled = !row || view.state.read_only;
      const label = { confirm: isAsked ? "act_right" : "act_confirm",
        join: many > 1 ? "act_join_many" : "act_join" }[made.dataset.action];
      if (label) made.querySelector(".label").textContent = t(label);
    }
    if (this.holdsFocus) this.focus();
  }

  say(key, values = {}, more = "") {
    byId("message").classList.remove("trouble");
    byId("message").textContent = [t(key, values), more].filter(Boolean).join(". ");
  }

  // Tell those who listen what others see anyway.
  hear(text) { byId("heard").textContent = text; }

  complain(error) {
    byId("message").classList.add("trouble");
    byId("message").textContent = error.message;
  }

  // --- work ---

  // Do things in the order in which they were asked for; an error is told.
  guard(work, isQuiet = false) {
    this.busy = (this.busy ?? 0) + 1;
    byId("grid").setAttribute("aria-busy", "true");
    const next = this.queue.then(async () => {
      try {
        return await work();
      } catch (error) {
        if (!isQuiet) this.complain(error);
        return false;
      } finally {
        this.busy -= 1;
        byId("grid")?.setAttribute("aria-busy", String(this.busy > 0));
      }
    });
    this.queue = next;
    return next;
  }

  async start(link, sentence) {
    await this.view.refreshState();
    this.drawBars();
    await this.view.renew(0);
    this.redraw();
    this.view.place(0, "src");
    if (sentence) await this.goToSentence(sentence).catch((error) => this.complain(error));
    else if (link) await this.goToLink(link).catch(() => {});
    this.mark();
    this.focus();
    if (!this.view.state.realigns && !this.view.state.read_only) this.say("realign_wait");
    else byId("message").textContent = "";
  }

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

  async follow() {
    const before = this.view.state.realigns;
    const isOther = await this.view.refreshState();
    if (isOther) {
      await this.renew();
      this.say("followed");
    } else this.drawBars();
    if (!before && this.view.state.realigns) byId("message").textContent = "";
  }

  // Do an action of the API and show what it did; false if it was refused.
  async act(args, done) {
    if (this.view.state.read_only) {
      this.say("read_only");
      return false;
    }
    let found;
    try {
      found = await call(`${this.view.path}/act`, args);
    } catch (error) {
      this.complain(error);
      await this.view.refreshState().catch(() => {});
      await this.renew().catch(() => {});
      return false;
    }
    const moved = new Set(found.moved);
    const isBack = ["undo", "redo"].includes(args.action);
    if (isBack) for (const hunk of found.changed) hunk.after.forEach((row) => moved.add(row.id));
    this.view.state = found;
    await this.renew();
    if (isBack && found.changed.length && !this.view.filtered) {
      const at = Math.min(found.changed[0].at, this.view.total - 1);
      await this.grid.reveal(at);
      this.view.place(at);
    } else await this.grid.reveal(this.view.cursor.index);
    this.flash(moved);
    this.tell(args, done, found, isBack ? [] : found.moved);
    if (this.panelOf.open) await this.panelOf.draw();
    this.remember();
    return true;
  }

  tell(args, done, found, moved) {
    const places = moved.map((id) => [...this.view.rows.values()].find((row) => row.id === id))
      .filter(Boolean).map((row) => row.place + 1).sort((a, b) => a - b);
    const some = places.slice(0, 5).map((place) => number(place)).join(", ");
    const more = moved.length ? t("also_moved", { n: moved.length,
      places: places.length > 5 || places.length < moved.length ? `${some} …` : some }) : "";
    const isNothing = !found.changed.length && args.action !== "settle";
    this.say(isNothing ? "done_nothing" : done, { n: args.links?.length ?? found.changed.length },
      more);
  }

  flash(moved) {
    this.view.moved = moved;
    this.mark();
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { this.view.moved = new Set(); this.mark(); }, FLASH);
  }

  async confirmStretch() {
    const { row } = this.view;
    let first = row.id;
    for (let last = row.place; last > 0; last -= 500) { // the last confirmed one before it
      const from = Math.max(0, last - 500);
      const found = await call(`${this.view.path}/rows?from=${from}&count=${last - from}`);
      const at = found.rows.findLastIndex((one) => one.status === "confirmed");
      if (at < 0) first = found.rows[0].id;
      else {
        first = found.rows[at + 1]?.id ?? first;
        break;
      }
    }
    return this.act({ action: "confirm_stretch", first, last: row.id }, "done_confirm");
  }

  // The ids of a link and of the next one in the text.
  async neighbours(row) {
    const found = await call(`${this.view.path}/rows?from=${row.place}&count=2`);
    return found.rows.map((one) => one.id);
  }

  async ask() {
    const next = await call(`${this.view.path}/ask`);
    if (next.place === null) {
      this.view.asked = 0;
      this.mark();
      return this.say(next.wrong < 1 ? "ask_none" : "ask_wait", { wrong: number(next.wrong, 1) });
    }
    this.view.asked = next.row.id;
    await this.goTo(next.place, next.row.id);
    byId("message").textContent = ""; // the question stands beside it
    return this.hear(t("asked"));
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

  // --- search, filters, panels ---

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

  search() { byId("search").focus(); byId("search").select(); }

  panel(name) { return this.panelOf.toggle(name); }

  async back() {
    this.view.anchor = null;
    this.extra = [];
    if (this.view.words && document.activeElement === byId("search")) {
      byId("search").value = "";
      await this.filter();
    }
    this.grid.draw();
    this.mark();
    this.focus();
  }

  help() {
    const groups = ["edit", "move", "page"].map((group) => {
      const rows = [];
      for (const one of this.actions.filter((action) => action.group === group)) {
        if (one.key) rows.push([[], t(one.key)]);
        rows.at(-1)[0].push(...one.keys.slice(0, group === "move" ? 1 : 2).map(shownKey));
      }
      return [t(`keys_${group}`), rows];
    });
    return showKeys(groups);
  }

  export() {
    const { state } = this.view;
    const told = (key, values) => { byId("export-result").textContent = t(key, values); };
    const attempt = async (work) => {
      try { await work(); } catch (error) { byId("export-result").textContent = error.message; }
    };
    return showExport(state.id, this.settings.formats, state.out, {
      save: (name, isConfirmed) => attempt(async () => {
        const path = `${this.view.path}/export/${encodeURIComponent(name)}`;
        const found = await file(path + (isConfirmed ? "?confirmed=1" : ""));
        keepFile(found);
        told("exported", { name: found.name });
      }),
      write: () => attempt(async () => {
        const found = await call(`${this.view.path}/write`, {});
        told("written", { names: found.written.join(", ") });
      }),
    });
  }

  // --- cursor ---

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

  get holdsFocus() {
    const at = document.activeElement;
    return !at || at === document.body || byId("grid").contains(at);
  }

  focus() {
    if (document.querySelector("dialog[open]")) return;
    const line = this.grid.element(this.view.cursor.index)?.querySelector(".sentence.cursor");
    if (line && line !== document.activeElement) line.focus({ preventScroll: true });
    else if (!line && byId("grid").contains(document.activeElement)) {
      byId("grid").focus({ preventScroll: true });
    }
  }

  remember() {
    const link = this.view.row ? `&link=${this.view.row.id}` : "";
    history.replaceState(null, "", `#doc=${this.view.number}${link}`);
  }

  clicked(event) {
    const element = event.target.closest(".row");
    const row = element && this.view.rows.get(element.index);
    if (!row || event.target.closest("button")) return;
    const line = event.target.closest(".sentence");
    const cell = event.target.closest(".side");
    const side = line?.dataset.side ?? (cell?.classList.contains("tgt") ? "tgt" : "src");
    this.guard(() => this.move(() =>
      this.view.place(element.index, side, Number(line?.dataset.sentence ?? 0)), event.shiftKey));
  }

  run(id) {
    const one = this.actions.find((action) => action.id === id);
    this.guard(async () => {
      if (!one.always) {
        await this.view.load(this.view.cursor.index, this.view.cursor.index + 1);
        if (!this.view.row) return;
      }
      await one.run();
    });
  }

  pressed(event) {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const one = this.byKey.get(keyOf(event));
    if (!one) return;
    const at = event.target;
    const isField = at.closest?.("input, textarea, select");
    if (isField && !["Escape", "F2"].includes(event.key)) {
      if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        clearTimeout(this.typing);
        this.guard(async () => { await this.filter(); document.activeElement.blur(); this.focus(); });
      }
      return;
    }
    const isButton = at.closest?.("button, a, summary") && ["Enter", " "].includes(event.key);
    const scrolls = byId("panel").contains(at) && /^(Arrow|Page|Home|End)/.test(event.key);
    if (isButton || scrolls) return;
    event.preventDefault();
    if (event.key === "Escape" && byId("panel").contains(at)) this.panelOf.close();
    else this.run(one.id);
  }
}
