// What stands beside the links: findings of the checks, and the headings.
import { call, file } from "./api.js";
import { askRendering } from "./dialogs.js";
import { button, byId, el, keepFile } from "./dom.js";
import { number, t } from "./messages.js";

const MOST = 300; // findings drawn at once
const WAIT = 1000; // ms between two looks at whether they are ready

export class SidePanel {
  constructor(page) {
    this.page = page;
    this.open = "";
    this.findings = [];
    this.state = "none";
  }

  get view() { return this.page.view; }

  async toggle(name) {
    this.open = this.open === name ? "" : name;
    await this.draw();
    byId(this.open ? "panel" : "grid").focus({ preventScroll: true });
    if (!this.open) this.page.focus();
  }

  close() { if (this.open) this.toggle(this.open); }

  async draw() {
    for (const name of ["findings", "contents"]) {
      byId(name).setAttribute("aria-expanded", String(this.open === name));
    }
    byId("panel").hidden = !this.open;
    if (this.open === "findings") await this.loadFindings();
    else if (this.open === "contents") await this.drawContents();
  }

  show(...children) {
    const title = el("div", { className: "panel-head" }, el("h2", {}, t(this.open)),
      button("×", () => this.close(), { className: "plain", "aria-label": t("close") }));
    const held = byId("panel").contains(document.activeElement);
    byId("panel").setAttribute("aria-label", t(this.open));
    byId("panel").replaceChildren(title, ...children.filter(Boolean));
    if (held) byId("panel").focus({ preventScroll: true }); // what had the focus is gone
  }

  async loadFindings() {
    const found = await call(`${this.view.path}/findings`);
    if (found.state === "none" && !this.view.state.read_only && !this.begun) {
      this.begun = true; // at the first look; later when asked
      return this.begin();
    }
    const became = found.state !== this.state && found.state === "ready";
    this.findings = found.findings;
    this.state = found.state;
    this.glossary = found.glossary;
    if (became) await this.page.renew();
    if (this.open === "findings") this.drawFindings();
    clearTimeout(this.timer);
    if (this.state === "running") this.timer = setTimeout(() => this.loadFindings(), WAIT);
  }

  async begin() {
    await call(`${this.view.path}/findings`, {});
    this.state = "running";
    await this.loadFindings();
  }

  drawFindings() {
    const { state } = this;
    if (state === "running") return this.show(el("p", { role: "status" }, t("findings_running")));
    const again = button(t(state === "none" ? "findings_begin" : "findings_again"),
      () => this.page.guard(() => this.begin()), { className: state === "none" ? "main" : "" });
    if (state === "none") return this.show(el("p", {}, t("findings_none")), again);
    if (state !== "ready") return this.show(el("p", { className: "warning" }, state), again);
    const open = this.findings.filter((one) => !one.verdict && !one.changed);
    const done = this.findings.filter((one) => one.verdict || one.changed);
    const lines = [...open, ...done].slice(0, MOST).map((one) => this.item(one));
    return this.show(
      el("p", { className: "hint" }, lines.length
        ? t("findings_open", { open: open.length, n: this.findings.length }) : t("findings_empty")),
      again, this.glossaryLine(), el("ul", { className: "findings" }, ...lines));
  }

  // How many right renderings there are, where they are kept, and a file of them.
  glossaryLine() {
    if (!this.glossary?.terms) return null;
    const line = el("p", { className: "hint", title: this.glossary.file },
      t("glossary_kept", { n: this.glossary.terms }), " ");
    for (const suffix of ["tsv", "xlsx", "tbx"]) {
      line.append(button(suffix, () => this.page.guard(() => this.save(`glossary.${suffix}`)),
        { className: "plain", "aria-label": t("glossary_save", { suffix }) }), " ");
    }
    return line;
  }

  async save(name) {
    keepFile(await file(`${this.view.path}/glossary/${name}`));
  }

  item(one) {
    const isDone = one.verdict || one.changed;
    const what = el("p", { className: "what" },
      el("span", { className: `severity ${one.severity}` }, t(`severity_${one.severity}`)), " ",
      el("span", { className: "of-check" }, one.check_said), " ",
      one.difference ? null : el("b", { className: "kind" }, one.said),
      one.difference || !(one.term || one.rendering) ? null : " ",
      el("b", { lang: "zh" }, one.term), one.term ? " → " : "",
      el("span", { lang: "en" }, one.rendering || (one.term ? t("finding_missing") : "")));
    const lines = [what];
    if (one.expected) {
      lines.push(el("p", { className: "hint" }, t("finding_expected", { text: one.expected })));
    }
    lines.push(el("p", {}, one.why));
    if (one.suggestion) lines.push(el("p", {}, one.suggestion));
    if (one.verdict) {
      lines.push(el("p", { className: "verdict" },
        t(`verdict_${one.verdict.answer}`, { text: one.verdict.text })));
    } else if (one.link === null) lines.push(el("p", { className: "hint" }, t("finding_gone")));
    else if (one.changed) lines.push(el("p", { className: "verdict" }, t("finding_changed")));
    return el("li", { className: isDone ? "done" : "", "data-key": one.key }, ...lines,
      this.choices(one));
  }

  choices(one) {
    const settle = (answer) => () => this.page.guard(() => this.settle(one, answer));
    const isOff = { disabled: this.view.state.read_only };
    const go = button(one.link === null ? t("finding_go_none") : t("finding_go", { n: one.place + 1 }), () => this.page.guard(() => this.go(one)),
      { disabled: one.link === null });
    if (one.verdict) {
      return el("div", { className: "choices" }, go, button(t("finding_back"), settle(null), isOff));
    }
    return el("div", { className: "choices" }, go,
      button(t("finding_accept"), settle("accept"), isOff),
      button(t("finding_not"), settle("not an error"), isOff),
      one.term ? button(t("finding_right"), () => this.page.guard(() => this.right(one)), isOff) : null);
  }

  async go(one) {
    await this.page.goToLink(one.link, [one.term, one.rendering]);
  }

  async settle(one, answer, text = "") {
    await this.page.act({ action: "settle", finding: one.key, answer, text,
      term: one.term }, "done_settle");
    const item = byId("panel").querySelector(`[data-key="${CSS.escape(one.key)}"] button`);
    item?.focus();
  }

  async right(one) {
    const text = await askRendering(one);
    if (text !== null) await this.settle(one, "right rendering", text);
  }

  // Open the panel at the findings of a link.
  async openAt(row) {
    if (this.open !== "findings") await this.toggle("findings");
    const item = byId("panel").querySelector(`[data-key="${CSS.escape(row.findings[0])}"]`);
    item?.scrollIntoView({ block: "center" });
    item?.querySelector("button").focus();
  }

  async drawContents() {
    const { outline } = await call(`${this.view.path}/outline`);
    if (!outline.length) return this.show(el("p", {}, t("outline_none")));
    const line = (one) => el("li", {},
      button("", () => this.page.guard(() => this.page.goToLink(one.link)), { className: "plain" }));
    const items = outline.map(line);
    items.forEach((item, n) => {
      const one = outline[n];
      item.firstChild.append(el("span", { className: "hint" }, number(one.place + 1)), " ",
        el("span", { lang: "zh" }, one.src), one.src && one.tgt ? " · " : "",
        el("span", { lang: "en" }, one.tgt));
    });
    return this.show(el("ol", { className: "outline" }, ...items));
  }
}
