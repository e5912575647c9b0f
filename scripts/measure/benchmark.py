#!/usr/bin/env python3
"""Measure seconds and peak memory of an alignment by stage, and against other ways.

    python scripts measure.benchmark ZH EN [--repeat 6] [--exact] [--rivals] [--gold FILE]

ZH and EN hold one sentence a line. --repeat aligns the text written out that many
times. --exact also encodes every run of sentences as one text, as aligners over
other encoders must, and prints the ratio. --rivals also runs the published procedures
over the same vectors, written out here in our own way:

- Bertalign (L. Liu and M. Zhu, "Bertalign: Improved word embedding-based sentence
  alignment for Chinese-English parallel corpora of literary texts", Digital
  Scholarship in the Humanities, 2023): anchors by the margin of the nearest
  neighbours, then a search in a band with the similarity less that of the neighbours;
- Vecalign (B. Thompson and P. Koehn, EMNLP 2019): cost of one minus the cosine over
  that of random pairs, times the number of sentences, and a deletion penalty.

One thread throughout, so that the stages add up. Every figure is of one run on a warm
machine; quote ratios.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from aligner.align.lattice import decode, prepare, score
from aligner.align.weights import load_weights
from aligner.encode.protocol import Floats
from aligner.encode.use import UseEncoder, UseSide
from aligner.scoring import Link, count, read_align, scores


@dataclass
class Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun


class TimedSide:
    """A side that books the time of its vectors as the encoder's."""

    def __init__(self, side: UseSide, clock: Clock) -> None:
        self._side, self._clock = side, clock
        self.tokens, self.has_clauses = side.tokens, side.has_clauses

    def runs(self, size: int, start: int, stop: int) -> Floats:
        """Return the side's runs."""
        with self._clock.stage("encode runs"):
            return self._side.runs(size, start, stop)

    def heads(self, start: int, stop: int) -> Floats:
        """Return the side's first clauses."""
        return self._side.heads(start, stop)

    def tails(self, start: int, stop: int) -> Floats:
        """Return the side's last clauses."""
        return self._side.tails(start, stop)


def peak_mib() -> float:
    """Return the process's peak resident memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed_alignment(
    src: list[str], tgt: list[str], encoder: UseEncoder
) -> tuple[Clock, list[Link]]:
    """Align with the default model and book every stage."""
    clock = Clock()
    with clock.stage("encode sentences"):
        sides = [encoder.side(texts, joiner="") for texts in (src, tgt)]
    zh, en = (TimedSide(side, clock) for side in sides)
    with clock.stage("anchors, band, surface (with runs)"):
        prepared = prepare(zh, en, src, tgt)
    with clock.stage("score (with runs)"):
        scored = score(prepared, load_weights("use"), threads=1)
    with clock.stage("decode"):
        steps = decode(prepared.band, scored)
        links = [Link(tuple(range(s, s + x)), tuple(range(t, t + y)), p) for s, t, x, y, p in steps]
    return clock, links


def report(clock: Clock, sentences: int) -> float:
    """Print the stages; return the seconds of the whole."""
    inside = clock.seconds["encode sentences"] + clock.seconds["encode runs"]
    whole = sum(s for name, s in clock.seconds.items() if name != "encode runs")
    for name, seconds in clock.seconds.items():
        print(f"{name:38s} {seconds:8.2f} s")
    print(f"{'encoder':38s} {inside:8.2f} s")
    outside = whole - inside
    print(f"{'outside the encoder':38s} {outside:8.2f} s  {outside / inside:.2f} of it")
    print(f"{'whole':38s} {whole:8.2f} s  {sentences / whole:.0f} sentences a second")
    print(f"{'peak memory':38s} {peak_mib():8.0f} MiB")
    return whole


def exact_seconds(texts: list[str], joiner: str, largest: int, encoder: UseEncoder) -> float:
    """Return the seconds that encoding every run as a text of its own takes."""
    begun = time.perf_counter()
    for size in range(1, largest + 1):
        encoder.encode([joiner.join(texts[i : i + size]) for i in range(len(texts) - size + 1)])
    return time.perf_counter() - begun


def run_vectors(side: UseSide, largest: int) -> list[Floats]:
    """Return the vectors of all runs of up to `largest` sentences, by size."""
    n = len(side.tokens)
    return [side.runs(k, 0, max(0, n - k + 1)) for k in range(1, largest + 1)]


def bertalign(src: UseSide, tgt: UseSide) -> list[Link]:
    """Align by anchors and then by similarity less the neighbours', beads up to 5."""
    v, w = run_vectors(src, 4), run_vectors(tgt, 4)
    n, m = len(src.tokens), len(tgt.tokens)
    lengths = src.tokens.sum() / max(1, tgt.tokens.sum())
    shapes = [(x, y) for x in range(1, 5) for y in range(1, 5) if x + y <= 5]

    def value(x: int, y: int, s: int, t: int) -> float:
        a, b = v[x - 1][s], w[y - 1][t]
        near = [
            float(p @ q)
            for p, q in (
                (a, w[0][t - 1] if t else None),
                (a, w[0][t + y] if t + y < m else None),
                (v[0][s - 1] if s else None, b),
                (v[0][s + x] if s + x < n else None, b),
            )
            if p is not None and q is not None
        ]
        z, e = src.tokens[s : s + x].sum(), tgt.tokens[t : t + y].sum() * lengths
        penalty = np.log2(1 + min(z, e) / max(1.0, z, e))
        return (float(a @ b) - (sum(near) / len(near) if near else 0.0)) * float(penalty)

    return search(n, m, shapes, value, skip=-0.1)


def vecalign(src: UseSide, tgt: UseSide) -> list[Link]:
    """Align by the normalised cosine cost, beads up to 6, deletions at the 20th percentile."""
    v, w = run_vectors(src, 5), run_vectors(tgt, 5)
    n, m = len(src.tokens), len(tgt.tokens)
    rng = np.random.default_rng(0)
    sample_v, sample_w = (x[0][rng.integers(0, len(x[0]), 100)] for x in (v, w))
    base_v = [1 - (x @ sample_w.T).mean(axis=1) for x in v]
    base_w = [1 - (x @ sample_v.T).mean(axis=1) for x in w]
    shapes = [(x, y) for x in range(1, 6) for y in range(1, 6) if x + y <= 6]

    def value(x: int, y: int, s: int, t: int) -> float:
        cos = float(v[x - 1][s] @ w[y - 1][t])
        base = base_v[x - 1][s] + base_w[y - 1][t]
        return -2 * x * y * (1 - cos) / float(base)

    diagonal = [-value(1, 1, i, min(m - 1, i * m // n)) for i in range(n)]
    return search(n, m, shapes, value, skip=-float(np.percentile(diagonal, 20)))


def search(
    n: int,
    m: int,
    shapes: list[tuple[int, int]],
    value: Callable[[int, int, int, int], float],
    *,
    skip: float,
) -> list[Link]:
    """Return the best path in a band of 40 columns round the diagonal."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(n + 1):
        centre = i * m // max(1, n)
        for j in range(max(0, centre - 40), min(m, centre + 40) + 1):
            for x, y in [(1, 0), (0, 1), *shapes]:
                if (i - x, j - y) in best:
                    gain = value(x, y, i - x, j - y) if x and y else skip
                    total = best[i - x, j - y][0] + gain
                    if (i, j) not in best or total > best[i, j][0]:
                        best[i, j] = (total, (x, y))
    links: list[Link] = []
    at = (n, m)
    while at != (0, 0):
        x, y = best[at][1]
        at = (at[0] - x, at[1] - y)
        links.append(Link(tuple(range(at[0], at[0] + x)), tuple(range(at[1], at[1] + y))))
    return links[::-1]


def main() -> int:
    """Read the command line and print the measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("zh", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--gold", type=Path)
    a = parser.parse_args()
    src, tgt = (
        p.read_text("utf-8").removesuffix("\n").split("\n") * a.repeat for p in (a.zh, a.en)
    )
    encoder = UseEncoder(threads=1)
    timed_alignment(src[:50], tgt[:50], encoder)  # compile and load
    clock, links = timed_alignment(src, tgt, encoder)
    whole = report(clock, len(src) + len(tgt))
    found = {"aligner": links}
    if a.exact:
        exact = exact_seconds(src, "", 8, encoder) + exact_seconds(tgt, " ", 9, encoder)
        inside = clock.seconds["encode sentences"] + clock.seconds["encode runs"]
        print(f"{'with every run encoded exactly':38s} {whole - inside + exact:8.2f} s  "
              f"{(whole - inside + exact) / whole:.1f} times the whole")  # fmt: skip
    if a.rivals:
        sides = [encoder.side(texts, joiner="") for texts in (src, tgt)]
        for name, way in (("bertalign", bertalign), ("vecalign", vecalign)):
            begun = time.perf_counter()
            found[name] = way(*sides)
            print(f"{name:38s} {time.perf_counter() - begun:8.2f} s beside the encoder")
    if a.gold:
        for name, test in found.items():
            print(f"{name:38s} F1 {scores(count(read_align(a.gold), test))['all-links'].f1:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
