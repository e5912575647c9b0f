// Keys, clicks and print; then the page comes alive.
const KEYS = { a: "accept", n: "wrong", f: "fixed", g: "glossary", c: "copy", r: "review" };

const current = () => ofElement.get(document.activeElement && document.activeElement.closest(".finding"));

// Asks only what needs no layout: the browser has not laid out what is far from the window.
const reachable = () => all(".finding:not([hidden])")
  .filter((finding) => !finding.closest("[hidden], details:not([open])"));

function focusOn(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

// Unfold the remarks, if some are shown and folded.
function openRemarks() {
  const folded = document.querySelector("#remarked:not([hidden]) > details:not([open])");
  if (folded) folded.open = true;
  return Boolean(folded);
}

function go(step) {
  const list = reachable();
  const here = list.indexOf(document.activeElement.closest(".finding"));
  let next = here + step;
  if (here < 0) { // begin at the part of the page that is in the window
    const below = list.findIndex((finding) => finding.getBoundingClientRect().bottom > 0);
    next = step > 0 ? below : (below < 0 ? list.length : below) - 1;
  }
  if (list[next]) focusOn(list[next]);
  else if (step > 0 && openRemarks()) go(step);
}

// Go to the next finding that is open, from the last one round to the first.
function goOn(from) {
  const list = reachable();
  const at = list.indexOf(from.element);
  const rest = [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))];
  const next = rest.find((element) => {
    const { item } = ofElement.get(element);
    return item && !decision(item);
  });
  if (next) focusOn(next);
  else if (openRemarks()) goOn(from);
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const field = event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea");
  const finding = current();
  const { key } = event;
  if (key === "Escape") {
    showAll();
    byId("save").open = false;
    document.activeElement.blur();
  } else if (field) {
    return;
  } else if (key === "/") {
    search.focus();
    search.select();
  } else if (key === "j" || key === "k") {
    go(key === "j" ? 1 : -1);
  } else if (finding && (key === "ArrowDown" || key === "ArrowUp")) {
    go(key === "ArrowDown" ? 1 : -1);
  } else if (key === "?") {
    byId("helping").showModal();
  } else if (key === "u") {
    undoLast();
  } else if (finding && finding.item && Object.hasOwn(KEYS, key)) {
    act(KEYS[key], finding, () => goOn(finding));
  } else {
    return;
  }
  event.preventDefault();
}

document.addEventListener("keydown", onKey);
byId("findings").addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const finding = ofElement.get(button.closest(".finding"));
  finding.element.focus({ preventScroll: true });
  act(button.dataset.do, finding);
});
byId("ask").addEventListener("click", () => byId("helping").showModal());
for (const button of all("[data-save]")) {
  button.addEventListener("click", () => {
    FILES[button.dataset.save]();
    byId("save").open = false;
  });
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("#save")) byId("save").open = false;
});
window.addEventListener("storage", (event) => { // the same report in another window
  if (event.key !== STORE) return;
  load();
  refresh();
});

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = all("details[data-print]:not([open])");
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

const controls = document.querySelector(".controls");
controls.addEventListener("input", apply);
controls.addEventListener("submit", (event) => event.preventDefault());
document.documentElement.classList.add("live");
load();
refresh();
showAll();
