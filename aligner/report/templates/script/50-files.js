// What the page saves: a baseline, a glossary, a table. Nothing leaves the computer.
const HEADS = ["decision", "reason", "severity", "check", "kind", "place", "link", "source", "translation",
  "problem", "suggestion", "confidence", "zh", "en", "document"];

function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell(say("told.saved", { name }));
}


// A row for each place of a finding that the page shows; one without place for the rest.
function rows(finding) {
  const { item, element } = finding;
  const made = decision(item);
  const row = (place, n) => rowOf(place, made ?? ofPlace(item, n) ?? null);
  const rowOf = (place, made) => ({
    decision: made ? say(`told.${made.decision}`) : say("state.open"),
    reason: made ? made.reason : "",
    severity: say(`badge.${item.severity}`),
    check: named(`check.${item.check}`, item.check),
    kind: named(`kind.${item.kind}`, item.kind),
    place: place ? textOf(place, ".spot") : textOf(element, ".more"),
    link: place ? textOf(place, ".ids").replace(/\D+/g, "") : "",
    source: place ? textOf(place, ".src") : "",
    translation: place ? textOf(place, ".tgt") : "",
    problem: item.why,
    suggestion: item.suggestion,
    confidence: item.p.toFixed(2),
    zh: item.term,
    en: item.rendering,
    document: place ? textOf(place, ".doc") || finding.docs[0] : finding.docs.join(", "),
  });
  const found = all(".place", element).map(row);
  return element.querySelector(".more") || !found.length ? [...found, row(null, -1)] : found;
}

// The words of an element; its line breaks are blanks.
function textOf(root, selector) {
  const found = root.querySelector(selector);
  if (!found) return "";
  const words = (node) => node.nodeName === "BR" ? " " : node.nodeType === 3 ? node.data : [...node.childNodes].map(words).join("");
  return words(found).replace(/\s+/g, " ").trim();
}

function asText(finding) {
  const [row] = rows(finding);
  const heads = ["place", "source", "translation", "problem", "suggestion"];
  return heads.filter((head) => row[head]).map((head) => `${say(`head.${head}`)}: ${row[head]}`).join("\n");
}

// A cell as RFC 4180 has it. What a spreadsheet would take for a formula is kept as text.
function cell(value) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function table() {
  const lines = open.flatMap(rows).map((row) => HEADS.map((head) => row[head]));
  return "\ufeff" + [HEADS.map((head) => say(`head.${head}`)), ...lines]
    .map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

// What the baseline held before, and what was accepted here.
function baseline() {
  const lines = Object.entries(choices.accepted)
    .map(([key, { reason }]) => JSON.stringify({ ...data.entries[key], reason }));
  return data.baseline + lines.map((line) => `${line}\n`).join("");
}

function glossary() {
  const quoted = (value) => /["\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const lines = Object.values(choices.glossary).map((row) => [row.zh, row.en, row.status, row.note]);
  return [["zh", "en", "status", "note"], ...lines].map((line) => `${line.map(quoted).join("\t")}\n`).join("");
}

const FILES = {
  baseline: () => save(`${data.name}.accepted.jsonl`, "application/jsonl", baseline()),
  glossary: () => save(`${data.name}.glossary.tsv`, "text/tab-separated-values", glossary()),
  table: () => save(`${data.name}.findings.csv`, "text/csv", table()),
};
