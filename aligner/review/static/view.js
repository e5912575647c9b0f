// What is seen of a document: its state, the rows that pass search and filters, the cursor.
import { call } from "./api.js";

const BLOCK = 100; // rows asked for at once

export class View {
  constructor(number) {
    this.number = number;
    this.state = null;
    this.filters = new Set();
    this.words = "";
    this.total = 0;
    this.revision = -1; // of the rows that are held
    this.rows = new Map(); // by their index among the rows that pass
    this.pending = new Map(); // block -> promise
    this.generation = 0;
    this.cursor = { index: 0, link: 0, side: "src", sentence: 0 };
    this.anchor = null; // index where a choice of several links began
    this.asked = 0; // link that was asked about
    this.skipped = new Set(); // links that were asked about and passed over
    this.waiting = 0; // how many of them are still in doubt
    this.moved = new Set(); // links to show as moved for a moment
  }

  get path() { return `docs/${this.number}`; }
  get filtered() { return this.filters.size > 0 || this.words !== ""; }
  get row() { return this.rows.get(this.cursor.index); }

  get query() {
    return new URLSearchParams({ filter: [...this.filters].join(","), q: this.words });
  }

  // Index of the first and the last chosen row.
  get chosen() {
    const other = this.anchor ?? this.cursor.index;
    return [Math.min(other, this.cursor.index), Math.max(other, this.cursor.index)];
  }

  get chosenRows() {
    const [first, last] = this.chosen;
    const found = [];
    for (let n = first; n <= last; n++) if (this.rows.has(n)) found.push(this.rows.get(n));
    return found;
  }

  async refreshState() {
    this.state = await call(this.path);
    return this.state.revision !== this.revision;
  }

  // Hold the rows from `first` to before `last`; tells whether any came.
  async load(first, last) {
    const asked = [];
    for (let block = Math.floor(first / BLOCK); block * BLOCK < last; block++) {
      if (this.rows.has(block * BLOCK)) continue;
      if (!this.pending.has(block)) {
        const now = this.fetch(block, this.generation).finally(() => {
          if (this.pending.get(block) === now) this.pending.delete(block);
        });
        this.pending.set(block, now);
      }
      asked.push(this.pending.get(block));
    }
    await Promise.all(asked);
    return asked.length > 0;
  }

  async fetch(block, generation) {
    const found = await this.ask(block * BLOCK, BLOCK);
    if (generation !== this.generation) return;
    this.hold(found);
  }

  ask(from, count) {
    const query = this.query;
    query.set("from", from);
    query.set("count", count);
    return call(`${this.path}/rows?${query}`);
  }

  hold(found) {
    this.total = found.total;
    this.revision = found.revision;
    found.rows.forEach((row, n) => this.rows.set(found.from + n, row));
  }

  // Ask anew for the rows round some index, and let go of all others.
  async renew(index) {
    const generation = ++this.generation;
    this.pending.clear();
    const block = Math.max(0, Math.floor(index / BLOCK));
    const first = Math.max(0, block - 1);
    let found = await this.ask(first * BLOCK, 3 * BLOCK);
    if (!found.rows.length && found.total) { // fewer rows than before
      const end = Math.floor((found.total - 1) / BLOCK);
      found = await this.ask(end * BLOCK, BLOCK);
    }
    if (generation !== this.generation) return false;
    this.rows.clear();
    this.hold(found);
    await this.load(this.cursor.index, Math.min(this.total, this.cursor.index + 1));
    this.followCursor();
    return true;
  }

  // Leave the cursor on its sentence, or on its link, or at least where it was.
  followCursor() {
    const at = this.cursor;
    let same = null, link = null;
    for (const [index, row] of this.rows) {
      const sentences = at.side === "src" ? row.src : row.tgt;
      if (at.sentence && sentences.some((s) => s.id === at.sentence)) same = index;
      if (row.id === at.link) link = index;
    }
    const index = same ?? link ?? Math.min(at.index, this.total - 1);
    this.place(Math.max(0, index), at.side, same === null ? 0 : at.sentence);
  }

  // Put the cursor on a row; on a sentence of it, or the first.
  place(index, side = this.cursor.side, sentence = 0) {
    const row = this.rows.get(index);
    const first = row && row[side].length ? row[side][0].id : 0;
    this.cursor = { index, side, link: row ? row.id : 0, sentence: sentence || first };
  }

  // The sentence under the cursor, if its side has one.
  get sentence() {
    return this.row?.[this.cursor.side].find((s) => s.id === this.cursor.sentence) ?? null;
  }

  // The next sentence up or down: within the link, then in the next one.
  step(by) {
    const { index, side } = this.cursor;
    const mine = this.row?.[side] ?? [];
    const at = mine.findIndex((s) => s.id === this.cursor.sentence) + by;
    if (mine.length && at >= 0 && at < mine.length) return this.place(index, side, mine[at].id);
    const next = Math.min(Math.max(0, index + by), Math.max(0, this.total - 1));
    if (next === index) return undefined;
    const other = this.rows.get(next)?.[side] ?? [];
    return this.place(next, side, by < 0 && other.length ? other.at(-1).id : 0);
  }

  // Index of a place of the document among the rows that pass; -1 if it does not.
  async indexOf(place) {
    if (!this.filtered) return place;
    const found = await call(`${this.path}/places?${this.query}`);
    return found.places.indexOf(place);
  }
}
