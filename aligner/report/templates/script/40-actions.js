// What a reader may do with a finding, and how the page shows it.
const actions = byId("actions");
for (const { element } of open) {
  const several = element.querySelector(".place + .place"); // then they come before the places
  element.insertBefore(actions.content.cloneNode(true), several && element.querySelector(".places"));
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", element.querySelector("h4").textContent.replace(/\s+/g, " ").trim());
}

function tell(...words) {
  byId("told").textContent = words.filter(Boolean).join(" ");
}

const sentence = (told) => say("told.sentence", { told });

function show(finding) {
  const made = decision(finding.item);
  const { element } = finding;
  element.classList.toggle("done", Boolean(made));
  const line = element.querySelector(".settled");
  const some = made ? 0 : keptPlaces(finding.item);
  line.hidden = !made && !some;
  line.querySelector("b").textContent = made ? say(`told.${made.decision}`)
    : some ? say("told.places", { n: some, of: finding.item.count }) : "";
  all(".place", element).forEach((place, n) =>
    place.classList.toggle("kept", Boolean(some && ofPlace(finding.item, n))));
  line.querySelector("span").textContent = made && made.decision === "accept" ? made.reason : "";
  const rows = rowsOf(finding.item);
  const added = element.querySelector(".in-glossary");
  added.hidden = rows.length === 0;
  added.textContent = rows.map((row) => `${say("told.glossary")}: ${row.zh} → ${row.en} (${say(`status.${row.status}`)})`).join("; ");
  for (const button of all("[data-do]", element)) {
    const needsEntry = ["accept", "wrong"].includes(button.dataset.do);
    if (needsEntry) button.disabled = finding.item.keys.length === 0;
    if (button.dataset.do === "glossary") button.hidden = !finding.item.hasTerm;
  }
}

// Show anew what a choice about an item may have changed; without one, everything.
function refresh(item = null) {
  const keys = new Set(item ? item.keys : []);
  const touched = ({ item: other }) => !item || other === item || (item.term && other.term === item.term) ||
    other.keys.some((key) => keys.has(key));
  open.filter(touched).forEach(show);
  countOpen();
  byId("kept").textContent = say(kept ? "save.note" : "not_kept");
  const n = Object.keys(choices.accepted).length;
  document.querySelector('[data-save="baseline"]').textContent = say("save.baseline", { n });
  const rows = Object.keys(choices.glossary).length;
  document.querySelector('[data-save="glossary"]').textContent = say("save.glossary", { n: rows });
  document.querySelector('[data-save="glossary"]').disabled = rows === 0;
}

function settle(finding, name, reason, places = null) {
  const settled = () => open.filter((other) => decision(other.item)).length;
  const before = settled();
  decide(finding.item, name, reason, places);
  refresh(finding.item);
  const alike = settled() - before - 1;
  const told = places ? say("told.places", { n: places.length, of: finding.item.count }) : say(`told.${name}`);
  tell(sentence(told), alike > 0 ? sentence(count(alike, "told.alike")) : "", byId("progress").textContent);
}

function undo(finding) {
  decide(finding.item, null, "");
  refresh(finding.item);
  tell(sentence(say("told.undo")), byId("progress").textContent);
}

function undoLast() {
  if (!past.length) return;
  take(past.pop());
  keep();
  refresh();
  tell(sentence(say("told.undo")), byId("progress").textContent);
}

// A dialog for a finding: `then` is called when it is sent, with the focus back on the finding.
// All of it happens at once, so that the next key finds the page settled.
let asking = null;
function ask(dialog, finding, then) {
  asking = { finding, then };
  dialog.showModal();
}
for (const dialog of all("dialog")) {
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (dialog.id === "reviewing") return; // closes when its address is one
    const asked = dialog.id === "helping" ? null : asking;
    dialog.close();
    if (!asked) return;
    asked.finding.element.focus({ preventScroll: true });
    asked.then();
  });
  for (const button of all(".cancel", dialog)) button.addEventListener("click", () => dialog.close());
}

function accept(finding, after) {
  const { item } = finding;
  const dialog = byId("accepting");
  dialog.querySelector(".about").textContent = [named(`kind.${item.kind}`, item.kind), item.term, item.rendering].filter(Boolean).join(" · ");
  const first = item.places.findIndex((_place, n) => ofPlace(item, n));
  const somewhere = first >= 0;
  const before = decision(item) ?? (somewhere ? ofPlace(item, first) : {});
  byId("where-kept").hidden = !item.places.length;
  dialog.querySelector(`[name=kept][value=${somewhere ? "here" : "all"}]`).checked = true;
  byId("kept-places").replaceChildren(...placesToKeep(finding, somewhere));
  byId("reason").value = before.reason ?? "";
  ask(dialog, finding, () => {
    const ticked = all("#kept-places input").flatMap((box, n) => box.checked ? [n] : []);
    const isHere = item.places.length > 0 && dialog.querySelector("[name=kept][value=here]").checked;
    if (isHere && !ticked.length) return tell(sentence(say("told.no_place")));
    settle(finding, "accept", byId("reason").value.trim() || say("reason.none"), isHere ? ticked : null);
    if (decision(item)) after();
    return undefined;
  });
}

// A box for each place of a rendering; to tick one is to choose that it is about places.
function placesToKeep(finding, somewhere) {
  const { item, element } = finding;
  const shown = all(".place", element);
  return item.places.map((_place, n) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.checked = somewhere ? Boolean(ofPlace(item, n)) : item.places.length === 1;
    box.addEventListener("input", () => {
      byId("accepting").querySelector("[name=kept][value=here]").checked = true;
    });
    const words = [".ids", ".tgt"].map((part) => shown[n] ? textOf(shown[n], part) : "");
    label.append(box, ` ${words.filter(Boolean).join(": ")}`);
    return label;
  });
}

function addTerm(finding) {
  const { item } = finding;
  if (!item.hasTerm) return;
  const [old] = rowsOf(item);
  byId("term-zh").value = item.term;
  byId("term-en").value = old ? old.en : item.suggestion || item.rendering;
  byId("term-status").value = old ? old.status : "preferred";
  byId("term-note").value = old ? old.note : "";
  const remove = byId("adding").querySelector(".remove");
  remove.hidden = !old;
  remove.onclick = () => {
    change(() => delete choices.glossary[rowKey(old)]);
    byId("adding").close();
    refresh(item);
  };
  ask(byId("adding"), finding, () => {
    const line = (id) => byId(id).value.replace(/\s+/g, " ").trim();
    const row = { zh: line("term-zh"), en: line("term-en"), status: byId("term-status").value, note: line("term-note") };
    if (!row.zh || !row.en) return;
    change(() => {
      if (old) delete choices.glossary[rowKey(old)];
      choices.glossary[rowKey(row)] = row;
    });
    refresh(); // the term may be another one now
    tell(`${say("told.glossary")}: ${row.zh} → ${row.en}`);
  });
}

async function copy(finding) {
  const text = asText(finding);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    finding.element.append(field);
    field.select();
    const done = document.execCommand("copy"); // where there is no clipboard for pages
    field.remove();
    finding.element.focus({ preventScroll: true });
    if (!done) return tell(say("told.no_copy"));
  }
  return tell(say("told.copy"));
}

// Do what a button or a key says; `after` is called when a finding was settled.
function act(name, finding, after = () => {}) {
  const { item } = finding;
  if (name === "copy") copy(finding);
  else if (name === "review") finding.element.querySelector(".to-review")?.click();
  else if (name === "glossary") addTerm(finding);
  else if (name === "undo") undo(finding);
  else if (name !== "fixed" && item.keys.length === 0) return;
  else if (name === "accept") accept(finding, after);
  else {
    settle(finding, name, say("reason.wrong"));
    after();
  }
}
