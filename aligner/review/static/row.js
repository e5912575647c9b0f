// The row of a link: both sides, the band between them, what a person said of it.
import { el, marked } from "./dom.js";
import { t } from "./messages.js";

// Round a probability down: only what a person confirmed is certain.
export function shownP(p) {
  return p === null ? "?" : (Math.floor(p * 100 + 1e-9) / 100).toFixed(2);
}

export function stateOf(row) {
  if (row.status !== "auto") return t(`status_${row.status}`);
  return row.p === null ? t("p_unknown") : t("p_is", { p: shownP(row.p) });
}

function bandClass(row) {
  if (row.status !== "auto") return row.status;
  if (row.p === null) return "unknown";
  const step = [0.5, 0.7, 0.9, 0.97].filter((least) => row.p >= least).length;
  return `p${step}`;
}

function side(row, name, lang, words) {
  const sentences = row[name];
  const cell = el("div", { role: "gridcell", className: `side ${name}` });
  if (!sentences.length) {
    cell.classList.add("none");
    cell.append(el("p", { className: "sentence", tabIndex: -1, "data-side": name,
      "data-sentence": 0 }, el("span", { className: "hint" }, t("no_partner"))));
    return cell;
  }
  for (const one of sentences) {
    const line = el("p", {
      className: "sentence", tabIndex: -1, lang, dir: "auto",
      "data-side": name, "data-sentence": one.id,
      title: [one.heading && t("heading"), one.corrected && t("corrected")].filter(Boolean).join(", "),
    }, ...marked(one.text, words));
    line.classList.toggle("start", one.start);
    line.classList.toggle("corrected", one.corrected);
    if (one.heading) {
      line.classList.add("heading");
      line.setAttribute("role", "heading");
      line.setAttribute("aria-level", "2");
    }
    cell.append(line);
  }
  return cell;
}

function band(row) {
  const kind = row.kind.replace("-", "–");
  const what = row.status === "auto" ? shownP(row.p) : row.status === "confirmed" ? "✓" : "✎";
  const strip = el("span", { className: "strip", title: stateOf(row) },
    el("span", { className: "p" }, what), el("span", { className: "kind" }, kind));
  const cell = el("div", { role: "gridcell", className: "band" }, strip);
  return cell;
}

function number(row) {
  const cell = el("div", { role: "gridcell", className: "number" }, String(row.place + 1));
  if (row.bookmark) {
    cell.append(el("span", { className: "flag", role: "img", "aria-label": t("bookmarked"),
      title: t("bookmarked") }, "★"));
  }
  return cell;
}

function state(row, listeners) {
  const cell = el("div", { role: "gridcell", className: "state" });
  const isConfirmed = row.status === "confirmed";
  cell.append(el("button", {
    type: "button", className: "tick", tabIndex: -1, disabled: listeners.readOnly(),
    "aria-pressed": String(isConfirmed),
    "aria-label": `${t("act_confirm")}: ${row.place + 1}`,
    title: t(isConfirmed ? "act_unconfirm" : "act_confirm"),
    on: { click: (event) => { event.stopPropagation(); listeners.toggle(row); } },
  }, "✓"));
  if (row.findings.length) {
    const label = t("finding_here", { n: row.findings.length });
    cell.append(el("button", {
      type: "button", className: "found", tabIndex: -1, title: label, "aria-label": label,
      on: { click: (event) => { event.stopPropagation(); listeners.findings(row); } },
    }, `⚑${row.findings.length}`));
  }
  return cell;
}

// `langs` are those of the two sides, `words` what to mark in the texts.
export function rowElement(row, { langs, words, listeners }) {
  const element = el("div", {
    role: "row", className: `row ${bandClass(row)}`, "data-link": row.id,
    "aria-rowindex": row.place + 2, // the head is the first
    "aria-label": t("row_label", { n: row.place + 1, kind: row.kind, state: stateOf(row) }),
  }, number(row), side(row, "src", langs[0], words), band(row), side(row, "tgt", langs[1], words),
  state(row, listeners));
  const sentences = [...row.src, ...row.tgt];
  element.classList.toggle("paragraph", sentences.some((s) => s.start));
  element.classList.toggle("src-only", !row.tgt.length);
  element.classList.toggle("tgt-only", !row.src.length);
  if (row.note) {
    element.append(el("div", { role: "gridcell", className: "note" },
      el("p", {}, el("span", { className: "tag" }, t("act_note")), " ", row.note)));
  }
  return element;
}

export function emptyRow(index) {
  return el("div", { role: "row", className: "row empty", "aria-rowindex": index + 2 },
    el("div", { role: "gridcell", className: "number" }, t("loading")));
}
