// What a person can do at the cursor, by which keys, and what the page says of it.
import { askCorrection, askCut, askNote, askSplit } from "./dialogs.js";

// Each action: keys (as `keyOf` names them), the message of its button and of the sheet of
// keys, the group of the sheet, and what it does. `edits`: it changes the document.
export function actionsOf(page) {
  const { view } = page;
  const link = () => view.row.id;
  const act = (args, done) => page.act(args, done);
  const atSentence = (work) => () => (view.sentence ? work(view.sentence) : undefined);
  const langs = () => view.state.sides.map((side) => side.lang);
  const langOfCursor = () => langs()[view.cursor.side === "src" ? 0 : 1];

  async function confirm() {
    const rows = view.chosenRows;
    if (rows.length > 1) return confirmRows(true);
    const isAsked = view.asked === link();
    if (!await act({ action: "confirm", links: [link()] }, "done_confirm")) return undefined;
    return isAsked ? page.ask() : page.move(() => page.nextRow(1));
  }

  async function confirmRows(isOn) {
    const [first, last] = view.chosen;
    await view.load(first, last + 1);
    const links = view.chosenRows.map((row) => row.id);
    view.anchor = null;
    return act({ action: "confirm", links, on: isOn }, isOn ? "done_confirm" : "done_unconfirm");
  }

  async function join() {
    const [first, last] = view.chosen;
    const end = first === last ? first + 1 : last;
    await view.load(first, end + 1);
    const rows = [];
    for (let n = first; n <= end; n++) if (view.rows.has(n)) rows.push(view.rows.get(n));
    if (rows.length < 2) return undefined;
    view.anchor = null;
    view.cursor.index = first;
    view.place(first, view.cursor.side, view.cursor.sentence);
    // the link after this one in the text, even where a filter hides it
    const links = first === last ? await page.neighbours(rows[0]) : rows.map((row) => row.id);
    return act({ action: "join", links }, "done_join");
  }

  async function split() {
    const { row } = view;
    if (row.src.length + row.tgt.length < 2) return page.say("split_single");
    const simple = row.src.length === 1 && row.tgt.length === 1;
    const found = simple ? [1, 0] : await askSplit(row, view.cursor, langs());
    return found && act({ action: "split", link: row.id, src: found[0], tgt: found[1] }, "done_split");
  }

  const correct = atSentence(async (one) => {
    const others = view.cursor.side === "src" ? view.row.tgt : view.row.src;
    const text = await askCorrection(one, others, langOfCursor());
    return text !== null && act({ action: "correct", sentence: one.id, text }, "done_correct");
  });

  const cut = atSentence(async (one) => {
    const at = await askCut(one, langOfCursor());
    return at !== null && act({ action: "split_sentence", sentence: one.id, at }, "done_cut");
  });

  async function note() {
    const { row } = view;
    const text = await askNote(row);
    return text !== null && act({ action: "note", link: row.id, text }, "done_note");
  }

  const move = (isUp) => atSentence((one) =>
    act({ action: "move", sentence: one.id, up: isUp }, "done_move"));

  return [
    { id: "confirm", keys: ["Enter"], label: "act_confirm", key: "key_confirm", group: "edit",
      edits: true, run: confirm },
    { id: "toggle", keys: ["c"], key: "key_toggle", group: "edit", edits: true,
      run: () => confirmRows(!view.chosenRows.every((row) => row.status === "confirmed")) },
    { id: "stretch", keys: ["C"], key: "key_stretch", group: "edit", edits: true,
      run: () => page.confirmStretch() },
    { id: "join", keys: ["m"], label: "act_join", key: "key_join", group: "edit", edits: true,
      run: join },
    { id: "split", keys: ["s"], label: "act_split", key: "key_split", group: "edit", edits: true,
      run: split },
    { id: "up", keys: ["[", "Alt+ArrowUp"], label: "act_up", key: "key_up", group: "edit",
      edits: true, run: move(true) },
    { id: "down", keys: ["]", "Alt+ArrowDown"], label: "act_down", key: "key_down", group: "edit",
      edits: true, run: move(false) },
    { id: "unlink", keys: ["x"], label: "act_unlink", key: "key_unlink", group: "edit",
      edits: true, run: atSentence((one) =>
        act({ action: "unlink", sentence: one.id }, "done_unlink")) },
    { id: "apart", keys: ["X"], label: "act_unlink_all", key: "key_unlink_all", group: "edit",
      edits: true, run: () => act({ action: "unlink", link: link() }, "done_unlink") },
    { id: "correct", keys: ["e", "F2"], label: "act_correct", key: "key_correct", group: "edit",
      edits: true, run: correct },
    { id: "cut", keys: ["t"], label: "act_cut", key: "key_cut", group: "edit", edits: true,
      run: cut },
    { id: "glue", keys: ["g"], label: "act_glue", key: "key_glue", group: "edit", edits: true,
      run: atSentence((one) =>
        act({ action: "join_sentences", sentence: one.id }, "done_glue")) },
    { id: "bookmark", keys: ["b"], label: "act_bookmark", key: "key_bookmark", group: "edit",
      edits: true, run: () =>
        act({ action: "bookmark", link: link(), on: !view.row.bookmark },
          view.row.bookmark ? "done_unmark" : "done_bookmark") },
    { id: "note", keys: ["o"], label: "act_note", key: "key_note", group: "edit", edits: true,
      run: note },
    { id: "undo", keys: ["u", "Ctrl+z"], key: "key_undo", group: "edit", edits: true,
      always: true, run: () => act({ action: "undo" }, "done_undo") },
    { id: "redo", keys: ["U", "Ctrl+y", "Ctrl+Z"], key: "key_redo", group: "edit", edits: true,
      always: true, run: () => act({ action: "redo" }, "done_redo") },
    { id: "realign", keys: ["r"], key: "key_realign", group: "edit", edits: true, always: true,
      run: () => act({ action: "realign", ...(page.view.state.long && { link: page.view.row.id }) },
        "done_realign") },
    { id: "ask", keys: ["n"], key: "key_ask", group: "move", always: true, run: () => page.ask() },
    ...steps(page),
    { id: "search", keys: ["/", "Ctrl+f"], key: "key_search", group: "page", always: true,
      run: () => page.search() },
    { id: "filter", keys: ["d"], key: "key_filter", group: "page", always: true,
      run: () => page.toggleFilter("doubtful") },
    { id: "findings", keys: ["f"], key: "key_findings", group: "page", always: true,
      run: () => page.panel("findings") },
    { id: "contents", keys: ["l"], key: "key_contents", group: "page", always: true,
      run: () => page.panel("contents") },
    { id: "export", keys: ["p"], key: "key_export", group: "page", always: true,
      run: () => page.export() },
    { id: "help", keys: ["?"], key: "key_help", group: "page", always: true,
      run: () => page.help() },
    { id: "back", keys: ["Escape"], key: "key_back", group: "page", always: true,
      run: () => page.back() },
  ];
}

function steps(page) {
  const { view } = page;
  const last = () => Math.max(0, view.total - 1);
  const go = (keys, key, work, isChoosing = false) =>
    ({ id: keys[0], keys, key, group: "move", always: true,
      run: () => {
        page.hush();
        return page.move(work, isChoosing);
      } });
  const side = (name) => () => view.place(view.cursor.index, name);
  return [
    go(["ArrowDown"], "key_rows", () => view.step(1)),
    go(["ArrowUp"], "", () => view.step(-1)),
    go(["j"], "key_links", () => page.nextRow(1)),
    go(["k"], "", () => page.nextRow(-1)),
    go(["ArrowLeft"], "key_side", side("src")),
    go(["ArrowRight"], "", side("tgt")),
    go(["Shift+ArrowDown"], "key_select", () => page.nextRow(1), true),
    go(["Shift+ArrowUp"], "", () => page.nextRow(-1), true),
    go(["PageDown"], "key_screen", () => page.nextRow(page.screen)),
    go(["PageUp"], "", () => page.nextRow(-page.screen)),
    go(["Home", "Ctrl+Home"], "key_ends", () => view.place(0)),
    go(["End", "Ctrl+End"], "", () => view.place(last())),
  ];
}

// The name of what was pressed, as actions have it.
export function keyOf(event) {
  const { key } = event;
  const held = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "");
  return held + (event.shiftKey && key.length > 1 ? "Shift+" : "") + key;
}

const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc",
  PageUp: "PgUp", PageDown: "PgDn" };

// The name of a key as the sheet shows it.
export function shownKey(name) {
  const parts = name === "+" ? [name] : name.split("+");
  const last = parts.pop();
  const isCapital = last.length === 1 && last !== last.toLowerCase();
  return [...parts, ...(isCapital ? ["Shift"] : []),
    NAMES[last] ?? (/^[a-z]$/i.test(last) ? last.toUpperCase() : last)].join("+");
}
