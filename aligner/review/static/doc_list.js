// The documents of a corpus: by doubt, with how far each is and who did what.
import { call } from "./api.js";
import { byId, el } from "./dom.js";
import { number, t } from "./messages.js";

const MOST = 500; // documents drawn at once

export async function showList() {
  const docs = await call("docs");
  const search = el("input", { type: "search", id: "find-document" });
  const body = el("tbody", {});
  const more = el("p", { className: "hint", role: "status" });
  const draw = () => {
    const words = search.value.toLowerCase();
    const found = docs.filter((one) => one.id.toLowerCase().includes(words));
    body.replaceChildren(...found.slice(0, MOST).map(line));
    more.textContent = found.length > MOST ? t("more_documents", { n: found.length - MOST }) : "";
  };
  search.addEventListener("input", draw);
  const sum = (name) => docs.reduce((all, one) => all + one[name], 0);
  const head = ["document", "progress", "wrong", "answers", "people"].map((name) =>
    el("th", { scope: "col" }, t(`column_${name}`)));
  byId("list").replaceChildren(
    el("h1", {}, t("documents_title")),
    el("p", {}, t("corpus_left", { n: docs.length, links: sum("links"),
      begun: docs.filter((one) => one.begun).length, wrong: number(sum("wrong"), 1) })),
    el("p", { className: "hint" }, t("documents_hint")),
    el("label", { for: "find-document" }, t("find_document"), " ", search),
    el("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": t("documents") },
      el("table", {}, el("thead", {}, el("tr", {}, ...head)), body)),
    more);
  draw();
  return docs;
}

function line(one) {
  const people = Object.entries(one.people).map(([name, n]) => t("actions_of", { name, n }));
  const bar = el("progress", { max: Math.max(1, one.links), value: one.confirmed,
    "aria-label": `${t("column_progress")}: ${one.id}` });
  return el("tr", { "data-document": one.number },
    el("th", { scope: "row" }, el("a", { href: `#doc=${one.number}` }, one.id)),
    el("td", { className: "progress" }, bar, " ",
      t("confirmed_of", { confirmed: one.confirmed, links: one.links })),
    el("td", { className: "figure" }, number(one.wrong, 1)),
    el("td", { className: "figure" }, one.begun ? number(one.answers) : "–"),
    el("td", {}, one.begun ? people.join(", ") : t("not_begun")));
}
