"use strict";
// Filters, search and keys. Without this script the page shows everything.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const search = document.getElementById("search");
  const kind = document.getElementById("kind");
  const doc = document.getElementById("document");
  const boxes = all('input[name="severity"]');
  const shown = document.getElementById("shown");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const docs = (element) => element.dataset.docs.split("\n");
  const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const terms = all(".term").map((element) => ({
    element,
    accepted: Boolean(element.closest("#accepted")),
    isTerm: !element.classList.contains("slip"),
    docs: docs(element),
    kinds: all("tr[data-kind]", element).map((row) => row.dataset.kind),
    text: fold(all("h3 bdi, .renderings th bdi, summary .rendering, .finding h4 bdi", element)
      .map((part) => part.textContent).join("\n")),
    findings: all(".finding", element).map((finding) => ({
      element: finding,
      severity: finding.dataset.severity,
      kind: finding.dataset.kind,
      docs: docs(finding),
    })),
  }));
  const total = terms.filter((term) => term.isTerm && !term.accepted).length;
  const things = terms.filter((term) => !term.accepted).length;

  function apply() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const inDocument = (item) => !doc || !doc.value || item.docs.includes(doc.value);
    let nTerms = 0;
    let nThings = 0;
    let nFindings = 0;
    for (const term of terms) {
      const named = words.every((word) => term.text.includes(word));
      let some = false;
      for (const finding of term.findings) {
        const fits = named && inDocument(finding) && severities.has(finding.severity) &&
          (!kind.value || kind.value === finding.kind);
        finding.element.hidden = !fits;
        some = some || fits;
        if (fits && !term.accepted) nFindings += 1;
      }
      const quiet = term.findings.length === 0 && named && inDocument(term) &&
        severities.has("none") && (!kind.value || term.kinds.includes(kind.value));
      term.element.hidden = !(some || quiet);
      if ((some || quiet) && !term.accepted) {
        nThings += 1;
        nTerms += term.isTerm;
      }
    }
    for (const part of all(".part")) part.hidden = !part.querySelector(".term:not([hidden])");
    document.getElementById("nothing").hidden = nThings > 0 || things === 0;
    const ofTerms = total ? `${nTerms} of ${plural(total, "term")}, ` : "";
    shown.textContent = `${ofTerms}${plural(nFindings, "finding")}`;
  }

  function showAll() {
    search.value = "";
    kind.value = "";
    if (doc) doc.value = "";
    for (const box of boxes) box.checked = true;
    apply();
  }

  // Asks only what needs no layout: the browser has not laid out what is far from the window.
  function go(step) {
    const open = all(".finding:not([hidden])")
      .filter((finding) => !finding.closest("[hidden], details:not([open])"));
    const here = open.indexOf(document.activeElement.closest(".finding"));
    let next = here + step;
    if (here < 0) { // begin at the part of the page that is in the window
      const below = open.findIndex((finding) => finding.closest(".term").getBoundingClientRect().bottom > 0);
      next = step > 0 ? below : (below < 0 ? open.length : below) - 1;
    }
    if (!open[next]) return;
    open[next].focus({ preventScroll: true });
    open[next].scrollIntoView({ block: "start" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input[type=search], select");
    if (event.key === "Escape") {
      showAll();
      document.activeElement.blur();
    } else if (field) {
      return;
    } else if (event.key === "/") {
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") {
      go(event.key === "j" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  });

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details[data-print]:not([open])");
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  document.querySelector(".controls").addEventListener("input", apply);
  document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
  document.documentElement.classList.add("live");
  showAll();
})();
