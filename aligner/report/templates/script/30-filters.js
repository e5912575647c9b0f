// Which findings and terms are shown, and how many are open.
const search = byId("search");
const kind = byId("kind");
const doc = byId("document");
const state = byId("state");
const severityBoxes = all('input[name="severity"]');
const checkButtons = all('input[name="check"]');

const text = (elements) => fold(elements.map((part) => part.textContent).join("\n"));
const cards = all(".term").map((element) => ({
  element,
  accepted: Boolean(element.closest("#accepted")),
  isTerm: !element.classList.contains("slip"),
  docs: listOf(element),
  kinds: all("tr[data-kind]", element).map((row) => row.dataset.kind),
  names: text(all("h3 bdi, .renderings th bdi, summary .rendering", element)),
  findings: all(".finding", element).map((section) => ofElement.get(section)),
}));
const allThings = cards.filter((card) => !card.accepted).length;
const allTerms = cards.filter((card) => card.isTerm && !card.accepted).length;

function chosenCheck() {
  const chosen = checkButtons.find((button) => button.checked);
  return chosen ? chosen.value : "";
}

function apply() {
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  const severities = new Set(severityBoxes.filter((box) => box.checked).map((box) => box.value));
  const check = chosenCheck();
  const inDocument = (thing) => !doc || !doc.value || thing.docs.includes(doc.value);
  const says = (...texts) => words.every((word) => texts.some((text) => text.includes(word)));
  const inState = (finding) => !state.value || !finding.item ||
    (state.value === "settled") === Boolean(decision(finding.item));
  const fits = (finding, card) => {
    finding.text ??= text([finding.element]);
    return says(card.names, finding.text) && inDocument(finding) && severities.has(finding.severity) &&
      (!check || check === finding.check) && (!kind.value || kind.value === finding.kind) && inState(finding);
  };
  let things = 0;
  let terms = 0;
  for (const card of cards) {
    let some = false;
    for (const finding of card.findings) {
      const shown = fits(finding, card);
      finding.element.hidden = !shown;
      some ||= shown;
    }
    const quiet = card.findings.length === 0 && says(card.names) && inDocument(card) && !state.value &&
      (!check || check === "terms") && severities.has("none") && (!kind.value || card.kinds.includes(kind.value));
    card.element.hidden = !(some || quiet);
    if (card.accepted || !(some || quiet)) continue;
    things += 1;
    terms += card.isTerm;
  }
  for (const part of all(".part")) part.hidden = !part.querySelector(".term:not([hidden])");
  const remarks = document.querySelector("#remarked:not([hidden]) > details");
  const elsewhere = open.some(({ element }) => !element.hidden && !(remarks && remarks.contains(element)));
  if (remarks && !elsewhere) remarks.open = true;
  const whole = !words.length && !check && !kind.value && !state.value && !(doc && doc.value) &&
    severityBoxes.every((box) => box.checked);
  unfold(whole, words.length > 0);
  byId("nothing").hidden = things > 0 || allThings === 0;
  const shown = open.filter((finding) => !finding.element.hidden).length;
  byId("shown").hidden = whole;
  byId("shown").textContent = say(allTerms ? "shown.terms" : "shown",
    { n: shown, all: count(open.length, "findings"), terms, of: count(allTerms, "terms") });
}

// Terms without a finding are folded: unfold those that are asked for, and fold them again after.
function unfold(whole, searched) {
  const seen = cards.some(({ element, accepted }) => !accepted && !element.closest("[hidden], .fold:not([open]), #remarked details:not([open])"));
  for (const fold of all(".fold")) {
    const n = all(".term:not([hidden])", fold).length;
    fold.firstElementChild.textContent = count(n, "quiet.what");
    if (whole && "asked" in fold.dataset) fold.open = false;
    else if (!whole && n && !fold.open && (searched || !seen)) fold.open = true;
    else continue;
    fold.toggleAttribute("data-asked", !whole);
  }
}

// Open findings behind each button: those of the page, and those that it has no room for.
function countOpen() {
  const left = open.filter((finding) => !decision(finding.item));
  const off = (name, part) => data.leftOut[part][name] ?? 0;
  const total = Object.values(data.leftOut.check).reduce((sum, n) => sum + n, 0);
  for (const box of severityBoxes) {
    if (box.value === "none") continue;
    const n = left.filter((finding) => finding.severity === box.value).length + off(box.value, "severity");
    box.parentElement.querySelector("b").textContent = n;
  }
  for (const button of checkButtons) {
    const n = button.value
      ? left.filter((finding) => finding.check === button.value).length + off(button.value, "check")
      : left.length + total;
    button.parentElement.querySelector("b").textContent = n;
    button.parentElement.classList.toggle("clear", n === 0);
  }
  for (const part of all("#findings > [data-severity]")) {
    const { severity } = part.dataset;
    const n = left.filter((finding) => finding.severity === severity).length + off(severity, "severity");
    part.querySelector("h2 .count").textContent = n;
    const summary = part.querySelector("details > summary");
    if (summary && summary.parentElement.parentElement === part) summary.textContent = count(n, "remarked.what");
  }
  const settled = open.length - left.length;
  byId("progress").textContent = say("progress", { open: left.length + total, settled });
  document.querySelector(".figures .counted").textContent = `${byId("progress").textContent} · `;
}

function showAll() {
  search.value = "";
  kind.value = "";
  state.value = "";
  if (doc) doc.value = "";
  for (const box of severityBoxes) box.checked = true;
  for (const button of checkButtons) button.checked = !button.value;
  apply();
}
