// The bars round the grid, what they say, and the cursor as it is shown on the rows.
import { shownKey } from "./actions.js";
import { button, byId, el, menuOf } from "./dom.js";
import { number, t } from "./messages.js";

const FILTERS = ["doubtful", "one-sided", "n-m", "findings", "unconfirmed", "bookmarked", "noted"];
const TYPING = 200; // ms after the last letter of a search
const SMALL = "(width < 700px)"; // as in review.css: fewer buttons stand outside of the menu
// The buttons that are always seen, in groups; all others are in a menu.
const SHOWN = [["group_link", ["confirm", "join", "split"]],
  ["group_sentence", ["up", "down", "unlink", "correct"]]];

export class PageBars {
  listen(target, kind, listener) {
    target.addEventListener(kind, listener, { signal: this.stops.signal });
  }

  get words() { return [this.view.words, ...this.extra].filter(Boolean); }

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
    const { signal } = this.stops;
    menuOf(byId("menu"), byId("menu-sheet"), signal);
    this.listen(byId("find"), "click", () => this.showFinding(!this.finding));
    this.showFinding(false);
    const small = matchMedia(SMALL);
    this.dock(small.matches);
    this.listen(small, "change", () => { this.dock(small.matches); this.mark(); });
  }

  // The actions at the cursor: what is done most with words, the rest in a menu.
  dock(isSmall) {
    const shown = isSmall ? SHOWN.slice(0, 1) : SHOWN;
    const made = new Map(this.actions.filter((one) => one.label).map((one) =>
      [one.id, button("", () => this.run(one.id), { "data-action": one.id, title: t(one.key),
        "aria-keyshortcuts": one.keys.join(" ") })]));
    for (const [id, one] of made) {
      const action = this.actions.find((each) => each.id === id);
      one.append(el("span", { className: "label" }, t(action.label)), " ",
        el("kbd", { "aria-hidden": "true" }, shownKey(action.keys[0])));
    }
    const groups = shown.map(([name, ids]) => el("span", { className: "group", role: "group",
      "aria-label": t(name) }, ...ids.map((id) => made.get(id))));
    for (const [, ids] of shown) ids.forEach((id) => made.delete(id));
    const sheet = el("span", { id: "more-sheet", className: "sheet-of", role: "group",
      "aria-label": t("more") }, ...made.values());
    const more = button(`${t("more")} ▴`, null, { id: "more", "aria-expanded": "false",
      "aria-controls": "more-sheet" });
    byId("dock-actions").replaceChildren(...groups, el("span", { className: "menu" }, more, sheet));
    menuOf(more, sheet, this.stops.signal);
  }

  // In a narrow window search and filters are shown when they are asked for, or in force.
  showFinding(isShown) {
    this.finding = isShown;
    byId("top").classList.toggle("finding", isShown || this.view.filtered);
    byId("find").setAttribute("aria-expanded", String(byId("top").classList.contains("finding")));
    if (isShown) byId("search").focus();
  }

  drawBars() {
    const { state, total, filters } = this.view;
    document.title = t("title", { name: state.id });
    byId("name").textContent = state.id;
    byId("name").title = t("source", {
      src: state.sides[0].source || state.sides[0].id, tgt: state.sides[1].source || state.sides[1].id,
    });
    // Less than one is never rounded up to one: beside it stands "fewer than one".
    const wrong = state.wrong < 1 ? Math.floor(state.wrong * 10) / 10 : state.wrong;
    byId("left").textContent = t("left", { wrong: number(wrong, wrong < 10 ? 1 : 0),
      links: state.links });
    byId("answers").textContent = [
      state.answers ? t("left_answers", { answers: state.answers }) : t("left_done"),
      t("left_confirmed", { confirmed: state.confirmed })].join(" · ");
    byId("done").max = Math.max(1, state.links);
    byId("done").value = state.confirmed;
    byId("done").setAttribute("aria-label", t("left_confirmed", { confirmed: state.confirmed }));
    byId("left").title = byId("answers").textContent;
    this.showFinding(this.finding && byId("finding").contains(document.activeElement));
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
    const waiting = isAsked && view.waiting ? t("skipped", { n: view.waiting }) : "";
    byId("question").textContent = isAsked ? [t("asked"), waiting].filter(Boolean).join(" ") : "";
    byId("dock").classList.toggle("asking", isAsked);
    for (const made of byId("dock-actions").querySelectorAll("button")) {
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

  // What was said of another place is no longer of use.
  hush() {
    if (!byId("message").classList.contains("trouble")) byId("message").textContent = "";
    this.hear("");
  }

  // Tell those who listen what others see anyway.
  hear(text) { byId("heard").textContent = text; }

  complain(error) {
    byId("message").classList.add("trouble");
    byId("message").textContent = error.message;
  }

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
}
