// Questions to the person: each opens a dialog and resolves to the answer, null for none.
import { button, byId, el } from "./dom.js";
import { formatName, t } from "./messages.js";

// Open a dialog; `build(finish)` returns its content. Escape and Cancel answer null.
export function ask(title, build) {
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => { answer = value; dialog.close(); };
    const heading = el("h2", { id: "dialog-title" }, title);
    const dialog = el("dialog", { "aria-labelledby": "dialog-title" });
    dialog.append(heading, build(finish));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    byId("dialogs").append(dialog);
    dialog.showModal();
    dialog.querySelector("[autofocus]")?.focus();
  });
}

function buttons(finish, value, label = t("save")) {
  return el("div", { className: "buttons" },
    button(t("cancel"), () => finish(null)),
    button(label, () => { const found = value(); if (found !== null) finish(found); },
      { className: "main" }));
}

// Let Enter do what the main button does; Shift+Enter stays a new line where that is wanted.
function onEnter(field, done) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    done();
  });
}

const drafts = new Map(); // what was typed and not saved, by the question and the text it began with

// `emptyHint` says what to do instead of saving nothing; without one nothing may be saved.
async function textDialog(title, label, text, { aside = null, lang = null, emptyHint = "" } = {}) {
  const key = `${title}\n${text}`;
  const draft = drafts.get(key);
  let field;
  const answer = await ask(title, (finish) => {
    field = el("textarea", { id: "dialog-field", value: draft ?? text, rows: 4, autofocus: true,
      lang });
    const told = el("p", { className: "warning", role: "status" },
      draft === undefined ? "" : t("draft_back"));
    const value = () => {
      if (field.value.trim() || !emptyHint) return field.value;
      told.textContent = emptyHint;
      return null;
    };
    onEnter(field, () => { const found = value(); if (found !== null) finish(found); });
    return el("div", {}, aside, el("label", { for: "dialog-field" }, label), field, told,
      buttons(finish, value));
  });
  if (answer === null && field.value !== text) drafts.set(key, field.value);
  else drafts.delete(key);
  return answer;
}

export function askCorrection(sentence, others, lang) {
  const aside = others.length ? el("blockquote", {},
    el("p", { className: "hint" }, t("correct_other")),
    ...others.map((one) => el("p", {}, one.text))) : null;
  return textDialog(t("correct_title"), t("correct_field"), sentence.text,
    { aside, lang, emptyHint: t("correct_empty") });
}

export const askNote = (row) =>
  textDialog(t("note_title", { n: row.place + 1 }), t("note_field"), row.note);

export const askRendering = (finding) =>
  textDialog(t("right_title", { term: finding.term }), t("right_field"),
    finding.expected || finding.rendering, { emptyHint: t("right_empty") });

// Where to cut a sentence: the answer is an offset in characters of its text.
export function askCut(sentence, lang) {
  return ask(t("cut_title"), (finish) => {
    const field = el("textarea", { id: "dialog-field", value: sentence.text, rows: 5, lang,
      autofocus: true, spellcheck: false, "aria-describedby": "dialog-hint" });
    const parts = [el("p", { lang }), el("p", { lang })];
    const show = () => {
      if (!field.isConnected) return document.removeEventListener("selectionchange", show);
      parts[0].textContent = sentence.text.slice(0, field.selectionStart);
      parts[1].textContent = sentence.text.slice(field.selectionStart);
      return undefined;
    };
    // the server counts characters, a text field counts UTF-16 units
    const value = () => {
      const at = [...sentence.text.slice(0, field.selectionStart)].length;
      return parts.every((part) => part.textContent.trim()) ? at : null;
    };
    field.addEventListener("beforeinput", (event) => event.preventDefault());
    for (const kind of ["keyup", "click", "select", "focus"]) field.addEventListener(kind, show);
    document.addEventListener("selectionchange", show);
    onEnter(field, () => { const at = value(); if (at !== null) finish(at); });
    setTimeout(() => { const at = firstCut(sentence.text); field.setSelectionRange(at, at); show(); });
    return el("div", {}, el("p", { id: "dialog-hint", className: "hint" }, t("cut_hint")),
      el("label", { for: "dialog-field" }, t("cut_field")), field,
      el("div", { className: "parts stacked" }, ...parts),
      buttons(finish, value, t("act_cut")));
  });
}

// Where a sentence most likely falls in two: behind a mark near its middle.
function firstCut(text) {
  const middle = text.length / 2;
  const places = [...text.matchAll(/[。！？；，：.!?;,:]["”’」』）)]*\s*/gu)]
    .map((found) => found.index + found[0].length)
    .filter((at) => at > 0 && at < text.length);
  places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return places[0] ?? 0;
}

// How many sentences of each side the first part of a link gets.
export function askSplit(row, cursor, langs) {
  return ask(t("split_title", { n: row.place + 1 }), (finish) => {
    const start = firstSplit(row, cursor);
    const warning = el("p", { className: "warning", role: "status" });
    const lists = [row.src, row.tgt].map((side, n) => el("div", { lang: langs[n] },
      ...side.map((one) => el("p", {}, one.text))));
    const fields = ["src", "tgt"].map((name, n) => el("input", {
      type: "number", id: `split-${name}`, min: 0, max: row[name].length, value: start[n],
      disabled: !row[name].length, autofocus: name === "src" ? row.src.length > 1 : row.src.length < 2,
    }));
    const read = () => fields.map((field, n) =>
      Math.min(lists[n].childElementCount, Math.max(0, Math.round(Number(field.value) || 0))));
    const sides = [row.src.length, row.tgt.length];
    const value = () => {
      const [a, b] = read();
      return a + b > 0 && a + b < sides[0] + sides[1] ? [a, b] : null;
    };
    const show = () => {
      const counts = read();
      lists.forEach((list, n) => [...list.children].forEach((p, k) =>
        p.classList.toggle("first", k < counts[n])));
      warning.textContent = value() ? "" : t("split_empty");
    };
    for (const field of fields) {
      field.addEventListener("input", show);
      onEnter(field, () => { const found = value(); if (found) finish(found); });
    }
    show();
    return el("div", {}, el("p", { className: "hint" }, t("split_hint")),
      el("div", { className: "fields" },
        el("label", { for: "split-src" }, t("split_src"), fields[0]),
        el("label", { for: "split-tgt" }, t("split_tgt"), fields[1])),
      el("p", { className: "legend" }, el("span", { className: "first" }, t("split_first")), " ",
        el("span", {}, t("split_second"))),
      el("div", { className: "parts" }, ...lists), warning,
      buttons(finish, value, t("act_split")));
  });
}

// Cut before the sentence of the cursor, and the other side where it is as far in its text.
function firstSplit(row, cursor) {
  const size = (side) => side.reduce((sum, one) => sum + one.text.length, 0);
  const mine = row[cursor.side], other = cursor.side === "src" ? row.tgt : row.src;
  const at = mine.findIndex((one) => one.id === cursor.sentence);
  const cut = mine.length > 1 ? Math.max(1, at) : mine.length;
  const share = size(mine) ? size(mine.slice(0, cut)) / size(mine) : 0;
  let best = other.length ? 1 : 0, least = Infinity;
  for (let n = 1; n < other.length; n++) {
    const off = Math.abs(size(other.slice(0, n)) / size(other) - share);
    if (off < least) [best, least] = [n, off];
  }
  if (mine.length < 2 && other.length > 1) best = 1;
  return cursor.side === "src" ? [cut, best] : [best, cut];
}

export function sure(title, hint, label) {
  return ask(title, (finish) => el("div", {}, el("p", { className: "hint" }, hint),
    el("div", { className: "buttons" }, button(t("cancel"), () => finish(null)),
      button(label, () => finish(true), { className: "main", autofocus: true }))));
}

// The sheet of keys; `groups` are [title, [[keys], text]].
export function showKeys(groups) {
  return ask(t("keys"), (finish) => el("div", { className: "keys" },
    el("div", { className: "sheet", tabIndex: 0, role: "group", "aria-label": t("keys") },
      ...groups.map(([title, rows]) => el("section", {}, el("h3", {}, title),
        el("dl", {}, ...rows.map(([keys, text]) => el("div", {},
          el("dt", {}, ...keys.map((key) => el("kbd", {}, key))), el("dd", {}, text))))))),
    el("div", { className: "buttons" },
      button(t("close"), () => finish(null), { className: "main", autofocus: true }))));
}

// Every format, for the whole or for what is confirmed; `save(name, confirmed, format)` exports.
export function showExport(name, formats, out, { save, write }) {
  return ask(t("export_title"), (finish) => {
    const confirmed = el("input", { type: "checkbox", id: "export-confirmed" });
    const one = (format) => el("li", {},
      button(`${name}.${format.name}`, () => save(`${name}.${format.name}`, confirmed.checked, format),
        { "data-format": format.name }),
      el("span", {}, formatName(format), format.confirms ? " ✓" : ""));
    return el("div", {}, el("p", { className: "hint" }, t("export_hint")),
      el("label", { className: "check", for: "export-confirmed" }, confirmed, t("export_confirmed")),
      el("ul", { className: "formats" }, ...formats.map(one)),
      el("p", { className: "result", role: "status", id: "export-result" }),
      el("div", { className: "buttons" },
        out.length ? button(t("export_write"), write, { title: out.join(", ") }) : null,
        button(t("close"), () => finish(null), { className: "main", autofocus: true })));
  });
}
