// Make elements. Text is only ever set as text, so nothing in a document can become markup.

export const byId = (id) => document.getElementById(id);

// Return an element; `props` are properties, `data-`, `aria-` and `role` attributes, and
// `on` an object of listeners.
export function el(name, props = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value === null || value === undefined) {
      continue;
    } else if (key.includes("-") || ["role", "for", "lang"].includes(key)) {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(text, click, props = {}) {
  return el("button", { type: "button", on: { click }, ...props }, text);
}

// Let a button show and hide what it is the menu of; a choice, Escape or a click elsewhere hides it.
export function menuOf(opener, sheet, signal) {
  const set = (isOpen) => {
    opener.setAttribute("aria-expanded", String(isOpen));
    sheet.classList.toggle("open", isOpen);
  };
  const isOpen = () => sheet.classList.contains("open");
  const close = () => {
    if (sheet.contains(document.activeElement)) opener.focus();
    set(false);
  };
  set(false);
  opener.addEventListener("click", () => {
    set(!isOpen());
    if (isOpen()) sheet.querySelector("button:not(:disabled)")?.focus();
  }, { signal });
  sheet.addEventListener("click", (event) => {
    if (isOpen() && event.target.closest("button")) close();
  }, { signal });
  document.addEventListener("mousedown", (event) => {
    if (isOpen() && !sheet.contains(event.target) && !opener.contains(event.target)) set(false);
  }, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.stopPropagation();
    close();
  }, { signal, capture: true });
}

// Let the browser keep a file (see `file` in api.js).
export function keepFile(found) {
  const address = URL.createObjectURL(found.data);
  el("a", { href: address, download: found.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// Return text as nodes in which each of some words is marked, whatever the letter case.
export function marked(text, words) {
  const lower = text.toLowerCase();
  const wanted = words.map((word) => word.toLowerCase()).filter(Boolean);
  if (!wanted.length || lower.length !== text.length) return [text];
  const nodes = [];
  let from = 0;
  while (from < text.length) {
    let at = -1, size = 0;
    for (const word of wanted) {
      const found = lower.indexOf(word, from);
      if (found >= 0 && (at < 0 || found < at)) [at, size] = [found, word.length];
    }
    if (at < 0) break;
    if (at > from) nodes.push(text.slice(from, at));
    nodes.push(el("mark", {}, text.slice(at, at + size)));
    from = at + size;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}
