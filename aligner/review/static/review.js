"use strict";
// A plain list of links: enough to read, confirm, undo, be led and export. See web_api.py.
const COUNT = 100;
const at = (id) => document.getElementById(id);
let doc = 0, from = 0, revision = -1, asked = null;

async function call(path, args) {
  const post = args !== undefined;
  const reply = await fetch("api/" + path, post ? {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(args),
  } : {});
  const found = await reply.json();
  at("message").textContent = reply.ok ? "" : `${found.error} ${found.hint}`;
  if (!reply.ok) throw new Error(found.error);
  return found;
}

function sentences(side) {
  const cell = document.createElement("td");
  for (const one of side) {
    const p = document.createElement("p");
    p.textContent = one.text;
    cell.append(p);
  }
  return cell;
}

function line(row) {
  const tr = document.createElement("tr");
  tr.className = row.status;
  tr.classList.toggle("doubtful", row.status === "auto" && !(row.p >= 0.9));
  tr.classList.toggle("asked", row.id === asked);
  tr.dataset.link = row.id;
  const p = document.createElement("td");
  p.textContent = row.status === "auto" ? (row.p === null ? "?" : row.p.toFixed(2)) : row.status;
  const last = document.createElement("td");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = row.status === "confirmed" ? "Take back" : "Confirm";
  button.setAttribute("aria-label", `${button.textContent}: link ${row.place + 1}`);
  button.addEventListener("click", () =>
    act({ action: "confirm", links: [row.id], on: row.status !== "confirmed" }));
  last.append(button);
  tr.append(p, sentences(row.src), sentences(row.tgt), last);
  return tr;
}

function state(now) {
  revision = now.revision;
  at("name").textContent = now.id;
  document.title = `${now.id}: review`;
  at("left").textContent = `about ${now.wrong.toFixed(1)} of ${now.links} links wrong; ` +
    `${now.confirmed} confirmed; about ${now.answers} more answers bring it below 1` +
    (now.read_only ? "; read only" : "") + (now.realigns ? "" : "; realigning is not ready yet");
  at("undo").disabled = !now.undo;
  at("redo").disabled = !now.redo;
  at("export").href = `api/docs/${doc}/export/${encodeURIComponent(now.id + ".tmx")}`;
}

async function rows() {
  const query = new URLSearchParams({
    from, count: COUNT, filter: at("filter").value, q: at("q").value });
  const found = await call(`docs/${doc}/rows?${query}`);
  at("rows").replaceChildren(...found.rows.map(line));
  at("where").textContent = found.total
    ? `${from + 1} to ${from + found.rows.length} of ${found.total}` : "none";
  at("back").disabled = from === 0;
  at("on").disabled = from + found.rows.length >= found.total;
}

async function load() {
  state(await call(`docs/${doc}`));
  await rows();
}

async function act(args) {
  state(await call(`docs/${doc}/act`, args));
  await rows();
}

async function ask() {
  const next = await call(`docs/${doc}/ask`);
  if (next.place === null) return;
  at("filter").value = at("q").value = "";
  asked = next.row.id;
  from = Math.max(0, next.place - 5);
  await rows();
  const row = document.querySelector("tr.asked");
  row.scrollIntoView({ block: "center" });
  row.querySelector("button").focus();
}

async function start() {
  for (const one of await call("docs")) {
    const option = new Option(`${one.id} (${one.wrong.toFixed(1)} in doubt)`, one.number);
    at("docs").append(option);
  }
  at("docs").addEventListener("change", () => { doc = +at("docs").value; from = 0; load(); });
  at("undo").addEventListener("click", () => act({ action: "undo" }));
  at("redo").addEventListener("click", () => act({ action: "redo" }));
  at("ask").addEventListener("click", ask);
  at("quit").addEventListener("click", async () => {
    await call("quit", {});
    document.body.textContent = "The review has ended. Everything is kept.";
  });
  for (const id of ["filter", "q"]) {
    at(id).addEventListener("input", () => { from = 0; rows(); });
  }
  at("back").addEventListener("click", () => { from = Math.max(0, from - COUNT); rows(); });
  at("on").addEventListener("click", () => { from += COUNT; rows(); });
  await load();
  setInterval(async () => {
    const now = await call(`docs/${doc}`);
    const other = now.revision !== revision;
    state(now);
    if (other) await rows();
  }, 3000);
}

start();
