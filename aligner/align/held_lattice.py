"""The scores of a pair, kept in memory so that it can be decoded again after a correction.

Scores of edges are kept row by row. When sentences change, only the rows whose edges they
are part of are scored anew, from the vectors of the sentences near by; so a correction
costs the same in a long text as in a short one. What is said of the whole (level, ratio
of lengths, style of quotation marks, median cosines) stays as it was at first, and whether
a quotation is open is not followed beyond the sentences that changed.

The second pass over the unsure stretches belongs to how a pair is decoded, not to its scores,
since what is unsure depends on what was confirmed; `clauses` keeps what it read.

Memory: 150 bytes a node of the band, about 5 kB a sentence, and what `side_memory` keeps.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align._features import CueFlag
from aligner.align._partners import best_partners
from aligner.align.band import MARGIN, Band
from aligner.align.bracketed_notes import without_lone_notes
from aligner.align.cues import (
    Surroundings,
    latin_words,
    quotation_states,
    quotation_style,
    surface_cues,
)
from aligner.align.facing import FacingText
from aligner.align.lattice import Field, prepare, score, skip_features
from aligner.align.page_lines import without_page_lines
from aligner.align.pair_evidence import kernel_side
from aligner.align.related import knows_cosines
from aligner.align.second_pass.clause_memory import ClauseMemory
from aligner.align.second_pass.clause_weights import SecondWeights, load_second_weights
from aligner.align.second_pass.unit_kinds import unit_kinds
from aligner.align.shapes import MAX_X, MAX_Y
from aligner.align.side_memory import SideMemory
from aligner.align.weights import SKIP_NAMES, Weights
from aligner.encode.protocol import Bools, Encoder, Floats
from aligner.span import Lang, Span

Columns = NDArray[np.int64]
_NOTHING = Span(0, 0)
_SEEN_BEFORE = 1  # sentences before a bead that its features look at
_SEEN_BEHIND = 1


@dataclass(slots=True)
class _HeldSide:
    """One side: its sentences, and of each whether a quotation is open at its end."""

    memory: SideMemory
    style: str
    inside: Bools  # (n,)
    skip: Floats  # (n,), the score of leaving a sentence out
    median: np.float32  # of the sentences' best cosines
    kinds: Bools  # of each sentence (see `unit_kinds`)
    weights: Floats  # of the features of skips
    unsure: Bools  # (n,), whether the first pass was unsure of a sentence, with nothing confirmed

    @property
    def texts(self) -> list[str]:
        return self.memory.texts

    def replace(self, at: int, count: int, texts: Sequence[str]) -> None:
        self.memory.replace(at, count, texts)
        before = bool(self.inside[at - 1]) if at else False
        states = quotation_states(texts, self.style, inside=before)[:, 0]
        self.inside = np.concatenate([self.inside[:at], states, self.inside[at + count :]])
        none = np.zeros(len(texts), dtype=np.float32)
        self.skip = np.concatenate([self.skip[:at], none, self.skip[at + count :]])
        kinds = unit_kinds(texts)
        self.kinds = np.concatenate([self.kinds[:at], kinds, self.kinds[at + count :]])
        was = np.full(len(texts), self.unsure[at : at + count].any())
        self.unsure = np.concatenate([self.unsure[:at], was, self.unsure[at + count :]])

    def open_before(self, at: int) -> bool:
        return bool(self.inside[at - 1]) if at else False


class HeldLattice:
    """The band of a pair with its scores.

    Args:
        src: The Chinese sentences, at least one.
        tgt: The English sentences, at least one.
        encoder: Turns them into vectors.
        weights: Of the model.
        second: Of the second pass; by default those that ship. An encoder without vectors
            has none.
        threads: How many threads compute.
    """

    def __init__(  # noqa: PLR0913 - two models of weights
        self,
        src: Sequence[str],
        tgt: Sequence[str],
        *,
        encoder: Encoder,
        weights: Weights,
        second: SecondWeights | None = None,
        threads: int = 2,
    ) -> None:
        self.clauses: ClauseMemory | None = None
        if encoder.dim:
            self.clauses = ClauseMemory(second or load_second_weights(), encoder, threads)
        self._weights, self._threads = weights, threads
        self._doubts = knows_cosines(encoder)
        zh, en = SideMemory(src, encoder, joiner=""), SideMemory(tgt, encoder, joiner=" ")
        field = prepare(zh.encoded, en.encoded, src, tgt)
        field = dataclasses.replace(field, src=zh.part(0, len(src)), tgt=en.part(0, len(tgt)))
        singles: list[Floats] = []
        scores = score(field, weights, threads=threads, keep_singles=singles)
        features = skip_features(field, singles[0])
        scores = without_page_lines(scores, field.band, src, tgt)
        scores = without_lone_notes(scores, field.band, src, tgt)
        self.low, self.high = field.band.low.copy(), field.band.high.copy()
        self.rows = np.split(scores.edges, field.band.offset[1:])
        self.opening = scores.opening
        self.scale = field.scale
        self._doubt = float(features[0][0, SKIP_NAMES.index("doubt")])
        self._shared = set().union(*map(latin_words, src))
        self.src = _side("zh", zh, field.zh[0], scores.skip_zh, features[0], weights.skip_zh)
        self.tgt = _side("en", en, field.en[0], scores.skip_en, features[1], weights.skip_en)

    def replace(self, side: Lang, at: int, count: int, texts: Sequence[str]) -> None:
        """Put other sentences in the place of `count` ones from `at` on, and score them.

        Neither may be none: a correction takes no sentence away without putting one there.

        Cost: that of some forty sentences a side, from the encoder on.
        """
        if side == "zh":
            self._shared |= set().union(*map(latin_words, texts))
            self._replace_rows(at, count, texts)
        else:
            self._replace_columns(at, count, texts)

    def _replace_rows(self, at: int, count: int, texts: Sequence[str]) -> None:
        self.src.replace(at, count, texts)
        inner, stop = len(texts) - 1, at + count
        new = np.ones(inner, dtype=np.int64)
        self.low = np.concatenate([self.low[: at + 1], new * self.low[at], self.low[stop:]])
        self.high = np.concatenate([self.high[: at + 1], new * self.high[stop], self.high[stop:]])
        empty = np.empty((0, self.rows[0].shape[1]), dtype=np.float32)
        self.rows[at + 1 : stop] = [empty] * inner
        first, last = at - MAX_X - _SEEN_BEFORE, at + len(texts) + _SEEN_BEHIND
        self.rescore(first, last + 1, zh=Span(at, at + len(texts)))

    def _replace_columns(self, at: int, count: int, texts: Sequence[str]) -> None:
        self.tgt.replace(at, count, texts)
        by, end = len(texts) - count, at + count
        low, high = self.low, self.high
        near = (low <= end + _SEEN_BEHIND) & (high >= at - MAX_Y - _SEEN_BEFORE)
        self.low = np.where(low >= end, low + by, np.minimum(low, at))
        self.high = np.where(high <= at, high, np.where(high >= end, high + by, end + by))
        rows = np.flatnonzero(near)
        self.rescore(int(rows[0]), int(rows[-1]) + 1, en=Span(at, at + len(texts)))

    def widen(self, first: int, last: int, start: int, stop: int) -> None:
        """Let the band hold borders (first, start) and (last, stop), and a way between.

        Cost: that of scoring all rows between them.
        """
        at = np.arange(first, last + 1)
        line = np.interp(at, [first, max(last, first + 1)], [start, stop])
        reach = MARGIN + 2 * (stop - start) / max(1, last - first)
        m = len(self.tgt.texts)
        low = np.clip(np.floor(line - reach), 0, m).astype(np.int64)
        high = np.clip(np.ceil(line + reach), 0, m).astype(np.int64)
        self.low[first : last + 1] = np.minimum(self.low[first : last + 1], low)
        self.high[first : last + 1] = np.maximum(self.high[first : last + 1], high)
        self.rescore(first - MAX_X, last + 1)

    def rescore(self, first: int, last: int, *, zh: Span = _NOTHING, en: Span = _NOTHING) -> None:
        """Score the edges that leave rows first..last-1, and the skips of some sentences."""
        n, m = len(self.src.texts), len(self.tgt.texts)
        first, last = max(0, first), min(n + 1, last)
        if not n or not m or first >= last:
            return
        s0, s1 = max(0, first - _SEEN_BEFORE), min(n, last + MAX_X + _SEEN_BEHIND)
        t0 = max(0, int(self.low[s0 : s1 + 1].min()) - _SEEN_BEFORE)
        t1 = min(m, int(self.high[s0 : s1 + 1].max()) + MAX_Y + _SEEN_BEHIND)
        field = self._part(Span(s0, s1), Span(t0, max(t1, t0 + 1)))
        singles: list[Floats] = []
        found = score(field, self._weights, threads=self._threads, keep_singles=singles)
        band = field.band
        for s in range(first, last):
            start = band.offset[s - s0] + self.low[s] - t0 - band.low[s - s0]
            stop = start + self.high[s] - self.low[s] + 1
            self.rows[s] = found.edges[start:stop]
        best = best_partners(
            band.low, band.high, band.offset, singles[0], s1 - s0, len(field.tgt.tokens)
        )
        self._set_skips(self.src, zh, s0, best[:2], field.zh[1])
        self._set_skips(self.tgt, en, t0, best[2:], field.en[1])

    def around(self, src: Span, tgt: Span, reach: int) -> tuple[FacingText, tuple[int, int]] | None:
        """Return a stretch with so many sentences round it, and where in them it begins.

        None if no weights know the encoder's cosines.
        """
        if not self._doubts:
            return None
        rows, cols = _widened(src, reach, self.src), _widened(tgt, reach, self.tgt)
        parts = self.src.memory.part(*rows), self.tgt.memory.part(*cols)
        texts = self.src.texts[slice(*rows)], self.tgt.texts[slice(*cols)]
        begins = src.start - rows.start, tgt.start - cols.start
        return FacingText(*parts, texts, self.scale), begins

    def _part(self, rows: Span, cols: Span) -> Field:
        """Return a stretch of both sides, ready for scoring."""
        src, tgt = self.src.texts[slice(*rows)], self.tgt.texts[slice(*cols)]
        sides = self.src.memory.part(*rows), self.tgt.memory.part(*cols)
        within = Surroundings(
            self._shared,
            (self.src.style, self.tgt.style),
            (self.src.open_before(rows.start), self.tgt.open_before(cols.start)),
        )
        cues = surface_cues(src, tgt, within=within)
        low = self.low[rows.start : rows.stop + 1] - cols.start
        high = self.high[rows.start : rows.stop + 1] - cols.start
        low = np.minimum.accumulate(low[::-1])[::-1].copy()
        high = np.maximum.accumulate(high)
        offset = np.concatenate([[0], np.cumsum((high - low + 1)[:-1])])
        zh = kernel_side(cues[0], sides[0].tokens, 1.0)
        en = kernel_side(cues[1], sides[1].tokens, self.scale.ratio)
        return Field(*sides, Band(low, high, offset), zh, en, self.scale.level)

    def _set_skips(
        self,
        side: _HeldSide,
        span: Span,
        start: int,
        best: tuple[Floats, Floats],
        lengths: Floats,
    ) -> None:
        """Set the scores of leaving some sentences out; `best` and `lengths` begin at `start`."""
        if not span.size:
            return
        here = slice(span.start - start, span.stop - start)
        cosine, advantage = (values[here] for values in best)
        columns = {
            "one": np.ones_like(cosine),
            "maxcos": cosine,
            "relcos": cosine - side.median,
            "adv": advantage,
            "loglen": np.log1p(np.diff(lengths)[here] / 10.0),
            "doubt": np.full_like(cosine, self._doubt),
        }
        features = np.stack([columns[name] for name in SKIP_NAMES], axis=1).astype(np.float32)
        side.skip[slice(*span)] = (features * side.weights).sum(axis=1, dtype=np.float64)


def _widened(span: Span, reach: int, side: _HeldSide) -> Span:
    return Span(max(0, span.start - reach), min(len(side.texts), span.stop + reach))


def _side(  # noqa: PLR0913, PLR0917 - what is known of a side
    lang: Lang,
    memory: SideMemory,
    flags: Bools,
    skip: Floats,
    features: Floats,
    weights: Floats,
) -> _HeldSide:
    best, above = (features[0, SKIP_NAMES.index(name)] for name in ("maxcos", "relcos"))
    return _HeldSide(
        memory,
        quotation_style(memory.texts, lang),
        flags[:, CueFlag.INSIDE].copy(),
        skip.copy(),
        np.float32(best - above),
        unit_kinds(memory.texts),
        weights,
        np.zeros(len(memory.texts), dtype=bool),
    )
