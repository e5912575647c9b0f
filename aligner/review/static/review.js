// Begin: the language, then the document that the address names, or the list of a corpus.
import { call, whenLost } from "./api.js";
import { showList } from "./doc_list.js";
import { sure } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { currentLanguage, setLanguage, t } from "./messages.js";
import { DocumentPage } from "./page.js";

let settings = null;
let page = null;

function translate() {
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll("[data-label]")) {
    one.setAttribute("aria-label", t(one.dataset.label));
  }
  for (const one of document.querySelectorAll("[data-hint]")) one.title = t(one.dataset.hint);
  byId("search").placeholder = t("search");
}

function address() {
  const found = new URLSearchParams(location.hash.slice(1));
  const doc = found.get("doc");
  return {
    doc: /^\d+$/.test(doc ?? "") ? Number(doc) : null,
    link: Number(found.get("link")) || 0,
    sentence: Number(found.get("sentence")) || 0,
  };
}

async function show() {
  const { doc, link, sentence } = address();
  const isList = doc === null && !link && !sentence && settings.is_corpus;
  page?.end();
  page = null;
  for (const id of ["list", "list-bar"]) byId(id).hidden = !isList;
  for (const id of ["top", "document", "dock"]) byId(id).hidden = isList;
  byId("home").hidden = !settings.is_corpus;
  if (isList) {
    document.title = t("documents_title");
    await showList();
    return;
  }
  page = new DocumentPage(doc ?? 0, settings);
  await page.guard(() => page.start(link, sentence));
}

function trouble(error) {
  byId("message").classList.add("trouble");
  byId("message").textContent = error.message;
}

async function end() {
  if (!await sure(t("quit_title"), t("quit_hint"), t("quit"))) return;
  await call("quit", {});
  page?.end();
  document.body.replaceChildren(el("main", { className: "ended" },
    el("h1", {}, t("ended")), el("p", {}, t("ended_hint"))));
}

async function start() {
  settings = await call("settings");
  setLanguage(settings.lang || navigator.language || "en");
  translate();
  whenLost(() => { byId("lost").textContent = t("lost"); byId("lost").hidden = false; });
  byId("clear").addEventListener("click", () => page?.guard(() => page.clearFilters()));
  for (const one of document.querySelectorAll(".language")) {
    one.addEventListener("click", () => {
      setLanguage(currentLanguage() === "zh" ? "en" : "zh");
      translate();
      show().catch(trouble);
    });
  }
  for (const one of document.querySelectorAll(".quit")) {
    one.addEventListener("click", () => end().catch(trouble));
  }
  window.addEventListener("hashchange", () => show().catch(trouble));
  await show();
}

start().catch(trouble);
