// Rows of any number and height of which only those that are seen are in the page.
import { el } from "./dom.js";

const OVER = 12; // rows drawn above and below what is seen
const MOST = 150; // rows drawn at once
const FIRST_GUESS = 60; // px, height of a row that was never drawn

export class Grid {
  // `row(index)` makes the element of a row, null while it is not there; `sign(index)` is
  // other whenever that element would be; `load(first, last)` fetches rows.
  constructor(scroller, head, { row, sign, load, drawn }) {
    Object.assign(this, { scroller, head, row, sign, load, drawn });
    this.pane = el("div", { className: "pane", role: "presentation" });
    this.space = el("div", { className: "space", role: "presentation" }, this.pane);
    scroller.append(this.space);
    this.made = new Map(); // index -> element
    this.heights = new Float32Array(0); // 0: never drawn
    this.offsets = new Float64Array(1);
    this.guess = FIRST_GUESS;
    this.total = 0;
    scroller.addEventListener("scroll", () => this.later(), { passive: true });
    this.seen = new ResizeObserver(() => {
      if (this.width === scroller.clientWidth) return this.later();
      this.width = scroller.clientWidth;
      this.heights.fill(0); // lines break elsewhere
      return this.draw();
    });
    this.seen.observe(scroller);
  }

  get height() { return this.scroller.clientHeight - this.head.offsetHeight; }

  setTotal(total) {
    if (total === this.total) return;
    const heights = new Float32Array(total);
    heights.set(this.heights.subarray(0, Math.min(total, this.total)));
    this.heights = heights;
    this.total = total;
    this.layOut();
  }

  layOut() {
    const offsets = new Float64Array(this.total + 1);
    for (let n = 0; n < this.total; n++) offsets[n + 1] = offsets[n] + (this.heights[n] || this.guess);
    this.offsets = offsets;
    this.space.style.height = `${offsets[this.total]}px`;
  }

  // Index of the row at a height.
  at(y) {
    let low = 0, high = Math.max(0, this.total - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= y) low = middle; else high = middle - 1;
    }
    return low;
  }

  later() {
    this.waiting ||= requestAnimationFrame(() => { this.waiting = 0; this.draw(); });
  }

  draw() {
    const top = this.scroller.scrollTop;
    const anchor = this.at(top), within = top - (this.offsets[anchor] || 0);
    const first = Math.max(0, anchor - OVER);
    const last = Math.min(this.total, this.at(top + this.height) + 1 + OVER, first + MOST);
    this.fill(first, last);
    this.pane.style.transform = `translateY(${this.offsets[first] || 0}px)`;
    if (this.measure()) {
      this.layOut();
      this.pane.style.transform = `translateY(${this.offsets[first] || 0}px)`;
      const now = this.offsets[anchor] + Math.min(within, this.heights[anchor] || this.guess);
      if (Math.abs(now - top) >= 1) this.scroller.scrollTop = now;
    }
    this.drawn();
    this.load(first, last).then((came) => { if (came) this.draw(); }, () => {});
  }

  // Let the page have the rows first..last-1 and no other.
  fill(first, last) {
    for (const [index, element] of this.made) {
      if (index < first || index >= last) { element.remove(); this.made.delete(index); }
    }
    let before = this.pane.firstElementChild;
    for (let n = first; n < last; n++) {
      const sign = this.sign(n);
      let element = this.made.get(n);
      if (!element || element.sign !== sign) {
        const made = this.row(n);
        made.sign = sign;
        made.index = n;
        if (element) {
          if (before === element) before = element.nextElementSibling;
          element.remove();
        }
        this.made.set(n, element = made);
      }
      if (element === before) before = before.nextElementSibling;
      else this.pane.insertBefore(element, before);
    }
  }

  measure() {
    let changed = false, sum = 0, count = 0;
    for (const [index, element] of this.made) {
      if (element.dataset.link === undefined) continue;
      const height = element.getBoundingClientRect().height;
      sum += height;
      count++;
      if (Math.abs(this.heights[index] - height) > 0.5) {
        this.heights[index] = height;
        changed = true;
      }
    }
    if (this.guess === FIRST_GUESS && count >= 10) this.guess = sum / count;
    return changed;
  }

  // Scroll until a row is seen, or stands in the middle.
  async reveal(index, middle = false) {
    await this.load(Math.max(0, index - OVER), Math.min(this.total, index + 2 * OVER));
    for (let again = 0; again < 2; again++) { // heights are known after the first time
      const top = this.offsets[index], height = (this.heights[index] || this.guess);
      const seen = this.scroller.scrollTop;
      let to = seen;
      if (middle) to = top - Math.max(0, (this.height - height) / 2);
      else if (top < seen) to = top;
      else if (top + height > seen + this.height) to = Math.min(top, top + height - this.height);
      this.scroller.scrollTop = Math.max(0, to);
      this.draw();
    }
  }

  element(index) { return this.made.get(index) ?? null; }
}
