// The page's data, its words, and its findings. Without this script the page shows everything.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);

function say(name, values = {}) {
  return data.words[name].replace(/\{(\w+)\}/g, (whole, key) => key in values ? String(values[key]) : whole);
}
function count(number, name) {
  return say(`${name}.${number === 1 ? "one" : "other"}`, { n: number.toLocaleString("en") });
}
function named(name, other) {
  return name in data.words ? data.words[name] : other;
}

// What a rendering of a term is settled by in one sentence alone: the entry of the whole with it.
for (const { keys, places } of data.items) {
  for (const [key, whole, sentence] of places) data.entries[key] = { ...data.entries[keys[whole]], sentence };
}

const listOf = (element) => element.dataset.docs.split("\n");
const fold = (text) => text.normalize("NFKC").toLowerCase();

// A finding of the page: the element, and what the table knows of it; null for an accepted one.
const findings = all(".finding").map((element) => ({
  element,
  item: "item" in element.dataset ? data.items[Number(element.dataset.item)] : null,
  severity: element.dataset.severity,
  check: element.dataset.check,
  kind: element.dataset.kind,
  docs: listOf(element),
}));
const ofElement = new Map(findings.map((finding) => [finding.element, finding]));
const open = findings.filter((finding) => finding.item);
