// Choices, kept in this browser under the digest of the report.
// `accepted`: by the key of a baseline's entry, so that what it covers is settled together.
// `fixed`: by the id of a finding. `glossary`: rows by their words.
const STORE = `aligner report ${data.digest}`;
const DECISIONS = ["accept", "wrong"];
const choices = { accepted: {}, fixed: {}, glossary: {} };
const past = []; // what to put back, the last one at the end
let kept = true;

const isText = (value) => typeof value === "string";
const rowKey = (row) => `${row.zh}\t${row.en}`;

// Take from a text what is a choice about this page; whatever else it holds is left.
function take(text) {
  let read = null;
  try {
    read = JSON.parse(text);
  } catch {
    return;
  }
  if (!read || typeof read !== "object") return;
  const ids = new Set(data.items.map((item) => item.id));
  const valid = {
    accepted: ([key, value]) => Object.hasOwn(data.entries, key) && value &&
      DECISIONS.includes(value.decision) && isText(value.reason) && value.reason.trim(),
    fixed: ([key, value]) => ids.has(key) && value === true,
    glossary: ([key, row]) => row && [row.zh, row.en, row.status, row.note].every(isText) && key === rowKey(row),
  };
  for (const part of Object.keys(choices)) {
    const found = read[part] && typeof read[part] === "object" ? Object.entries(read[part]) : [];
    choices[part] = Object.fromEntries(found.filter(valid[part]));
  }
}

function load() {
  try {
    take(localStorage.getItem(STORE) ?? "{}");
  } catch {
    kept = false;
  }
}

function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify(choices));
  } catch {
    kept = false;
  }
}

// What was decided about one place of an item alone; undefined if nothing was.
const ofPlace = (item, n) => item.places[n] && choices.accepted[item.places[n][0]];
const keptPlaces = (item) => item.places.filter((_place, n) => ofPlace(item, n)).length;

// What was decided about an item: { decision, reason }, or null while it is open.
function decision(item) {
  const found = item.keys.map((key) => choices.accepted[key]);
  if (found.length && found.every(Boolean)) return found[0];
  const here = item.places.map((_place, n) => ofPlace(item, n));
  if (here.length === item.count && here.every(Boolean)) return here[0];
  return choices.fixed[item.id] ? { decision: "fixed", reason: "" } : null;
}

function change(make) {
  past.push(JSON.stringify(choices));
  make();
  keep();
}

// `places` are the numbers of those that it is about; null: all that there are.
function decide(item, name, reason, places = null) {
  change(() => {
    delete choices.fixed[item.id];
    for (const key of [...item.keys, ...item.places.map(([one]) => one)]) delete choices.accepted[key];
    const keys = places ? places.map((n) => item.places[n][0]) : item.keys;
    if (name === "fixed") choices.fixed[item.id] = true;
    else if (name) for (const key of keys) choices.accepted[key] = { decision: name, reason };
  });
}

const rowsOf = (item) => Object.values(choices.glossary).filter((row) => item.term && row.zh === item.term);
