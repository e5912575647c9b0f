// The page of one document: its grid, what actions do to it, and the keys that ask for them.
import { call, file } from "./api.js";
import { actionsOf, keyOf, shownKey } from "./actions.js";
import { showExport, showKeys } from "./dialogs.js";
import { byId, keepFile } from "./dom.js";
import { Grid } from "./grid.js";
import { currentLanguage, number, t } from "./messages.js";
import { PagePlaces } from "./page_places.js";
import { emptyRow, rowElement } from "./row.js";
import { SidePanel } from "./side_panel.js";
import { View } from "./view.js";

const FOLLOW = 2000; // ms between two looks at what other pages did
const FLASH = 2500; // ms for which moved links are shown as such

export class DocumentPage extends PagePlaces {
  constructor(doc, settings) {
    super();
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

  async start(link, sentence) {
    await this.view.refreshState();
    this.drawBars();
    await this.view.renew(0);
    this.redraw();
    this.view.place(0, "src");
    if (!this.view.state.realigns && !this.view.state.read_only) this.say("realign_wait");
    else byId("message").textContent = "";
    if (sentence) await this.goToSentence(sentence).catch((error) => this.complain(error));
    else if (link) await this.goToLink(link).catch(() => {});
    this.mark();
    this.focus();
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
    const before = this.view.state;
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
    if (isBack && found.changed.length && !this.view.filtered && !this.isAt(found.changed)) {
      const at = Math.min(found.changed[0].at, this.view.total - 1);
      await this.grid.reveal(at);
      this.view.place(at);
    } else await this.grid.reveal(this.view.cursor.index);
    this.flash(moved);
    this.tell(args, done, found, isBack ? [] : found.moved, found.confirmed - before.confirmed);
    if (this.panelOf.open) await this.panelOf.draw();
    this.remember();
    return true;
  }

  // Whether the cursor stands on a sentence that is in what changed.
  isAt(changed) {
    const { side, sentence } = this.view.cursor;
    return changed.some((hunk) =>
      hunk.after.some((row) => row[side].some((one) => one.id === sentence)));
  }

  // `confirmed`: how many links more are confirmed than before.
  tell(args, done, found, moved, confirmed) {
    const places = moved.map((id) => [...this.view.rows.values()].find((row) => row.id === id))
      .filter(Boolean).map((row) => row.place + 1).sort((a, b) => a - b);
    const some = places.slice(0, 5).map((place) => number(place)).join(", ");
    const more = moved.length ? t("also_moved", { n: moved.length,
      places: places.length > 5 || places.length < moved.length ? `${some} …` : some }) : "";
    const isNothing = !found.changed.length && args.action !== "settle";
    const isConfirming = done === "done_confirm";
    const lost = confirmed < 0 && !["confirm", "undo", "redo"].includes(args.action)
      ? t("confirmations_lost", { n: -confirmed }) : "";
    const n = isConfirming ? confirmed : args.links?.length ?? found.changed.length;
    this.say(isNothing || (isConfirming && !confirmed) ? "done_nothing" : done, { n },
      [lost, more].filter(Boolean).join(". "));
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
    const told = (key, values, more = "") => {
      byId("export-result").textContent = [t(key, values), more].filter(Boolean).join(". ");
    };
    const attempt = async (work) => {
      try { await work(); } catch (error) { byId("export-result").textContent = error.message; }
    };
    return showExport(state.id, this.settings.formats, state.out, {
      save: (name, isConfirmed, format) => attempt(async () => {
        const path = `${this.view.path}/export/${encodeURIComponent(name)}`;
        const found = await file(path + (isConfirmed ? "?confirmed=1" : ""));
        keepFile(found);
        told("exported", { name: found.name }, !format.keeps_notes && state.noted
          ? t("notes_lost", { n: state.noted, name: format.name }) : "");
      }),
      write: () => attempt(async () => {
        const found = await call(`${this.view.path}/write`, {});
        told("written", { names: found.written.join(", ") }, found.notes.join(". "));
      }),
    });
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
