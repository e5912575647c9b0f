"""What speaks for each English span as the rendering of a term's occurrence.

Three kinds of evidence: word links and form (`_span_features`), counts over the whole
input (`statistics`), and vectors: how like the span is to the term, how like the rest
of the sentence is to the rest of the other, and whether another stretch of the Chinese
sentence is closer still.

Vectors cost most, so they are made only for the spans that the other two kinds leave.

Units: a row of numbers a span; a model weighs them (`locate`). Cost: linear in the
number of occurrences; measured by scripts/measure/benchmark_terms.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import cosines
from aligner.encode.protocol import Floats, Ints
from aligner.encode.spans import SpanEncoder, SpanSide
from aligner.span import Span
from aligner.terms.locate import _span_features as loops
from aligner.terms.locate.association import Association
from aligner.terms.locate.joint_counts import (
    CountFeature,
    Counts,
    Spans,
    count,
    fill_counts,
    spans_of,
)
from aligner.terms.locate.unit_words import Corpus

BLOCK_UNITS = 512
RIVAL_WORDS = 2  # words of the Chinese stretches that a span is compared with
RIVAL_CHARS = 8

_CONJUNCTIONS = frozenset("和与及、或暨")
Floats64 = NDArray[np.float64]


class VectorFeature(IntEnum):
    """What vectors say of a span as a rendering: the last columns of a row of evidence."""

    COSINE = 0  # with the term
    COSINE_RESTS = 1  # of what is left of the two sentences
    OVER_OTHERS = 2  # cosine over that with other words
    OVER_OVERLAPPING = 3  # cosine over that with overlapping words
    UNDER_BEST = 4  # cosine less the best one
    UNDER_BEST_RESTS = 5


def _names(*columns: type[IntEnum]) -> tuple[str, ...]:
    return tuple(column.name.lower() for part in columns for column in part)


QUICK_NAMES = _names(loops.SpanFeature, CountFeature)  # the columns of a row without vectors
EVIDENCE_NAMES = _names(loops.SpanFeature, CountFeature, VectorFeature)
QUICK_WIDTH, EVIDENCE_WIDTH = len(QUICK_NAMES), len(EVIDENCE_NAMES)


class Sought(NamedTuple):
    """One place of a term whose rendering is looked for."""

    term: int
    unit: int  # in the corpus
    span: Span  # in the unit's Chinese text


@dataclass(frozen=True, slots=True)
class Described:
    """Some spans of one place, each with its row of evidence."""

    sought: int  # number of the place
    spans: Ints  # places in the unit's list of spans. Shape (n,)
    rows: Floats  # Shape (n, EVIDENCE_WIDTH)


class Evidence:
    """Evidence over one input.

    Args:
        corpus: The units.
        association: Word links in them.
        encoder: For vectors.
        sought: Every place of every term.
    """

    def __init__(
        self,
        corpus: Corpus,
        association: Association,
        encoder: SpanEncoder,
        sought: Sequence[Sought],
    ) -> None:
        self.corpus = corpus
        self.sought = sought
        self.spans = [spans_of(corpus, unit) for unit in range(len(corpus.units))]
        self.association = association
        self._encoder = encoder
        self._everywhere = count(self.spans)
        # a unit, and its spans everywhere
        self._counted: tuple[int, Ints] = (-1, np.zeros(0, dtype=np.int32))
        units: defaultdict[int, set[int]] = defaultdict(set)
        for place in sought:
            units[place.term].add(place.unit)
        self._units = {term: len(found) for term, found in units.items()}
        self._with_term: dict[int, Counts] = {
            term: count([self.spans[unit] for unit in sorted(found)])
            for term, found in units.items()
        }

    def quick(self, number: int) -> Floats:
        """Describe all spans of a place without vectors. Shape (spans, QUICK_WIDTH)."""
        return self.quick_rows([number])[0]

    def quick_rows(self, numbers: Sequence[int]) -> tuple[Floats, NDArray[np.int64]]:
        """Describe all spans of some places without vectors.

        Returns:
            Rows, place by place, shape (spans, QUICK_WIDTH); and where those of each place
            begin and end, shape (places + 1,).
        """
        places = [self.sought[number] for number in numbers]
        spans = [self.spans[place.unit] for place in places]
        sizes = [len(each.key) for each in spans]
        first = _firsts(iter(sizes))
        rows = np.zeros((int(first[-1]), QUICK_WIDTH), dtype=np.float32)
        for place, each, at in zip(places, spans, first.tolist(), strict=False):
            self._fill_links(place, each, rows[at : at + len(each.key)])
        base = np.repeat(first[:-1], sizes)
        left, right = (
            np.where(longer >= 0, longer + base, -1)
            for longer in (
                np.concatenate([each.left for each in spans]),
                np.concatenate([each.right for each in spans]),
            )
        )
        fill_counts(
            left,
            right,
            np.concatenate([self._standing(place.unit) for place in places]),
            np.concatenate(
                [self._with_term[p.term].of(s.key) for p, s in zip(places, spans, strict=True)]
            ),
            np.repeat([self._units[place.term] for place in places], sizes),
            rows[:, loops.LINK_WIDTH :],
        )
        return rows, first

    def _fill_links(self, place: Sought, spans: Spans, rows: Floats) -> None:
        """Describe the spans of a place by word links and form."""
        corpus, (_, unit, span) = self.corpus, place
        words = slice(*corpus.zh_first[unit : unit + 2])
        start, stop = corpus.zh_start[words], corpus.zh_stop[words]
        inside = np.minimum(stop, span.stop) - np.maximum(start, span.start)
        text = corpus.units[unit].src
        term_text = text[slice(*span)]
        loops.describe(
            spans.start,
            spans.stop,
            corpus.en_flags[slice(*corpus.en_first[unit : unit + 2])],
            *self.association.of(unit, len(start)),
            np.maximum(inside, 0) / (stop - start),
            float(span.size),
            any(map(str.isascii, term_text)),
            not _CONJUNCTIONS.isdisjoint(term_text),
            (span.start + span.stop) / 2 / len(text),
            rows,
        )

    def _standing(self, unit: int) -> Ints:
        """Return in how many units each span of a unit stands; places are asked unit by unit."""
        if self._counted[0] != unit:
            self._counted = unit, self._everywhere.of(self.spans[unit].key)
        return self._counted[1]

    def link(self, number: int, word: int) -> tuple[float, float, float, float]:
        """Return how an English word is linked to a place's term, see `links`."""
        return self.links(number, word, word + 1)[0]

    def links(self, number: int, first: int, last: int) -> list[tuple[float, float, float, float]]:
        """Return how English words are linked to a place's term.

        For each word P(it comes from the term), P(it comes from another word), and the
        shares of a gloss that joins it to the term and to another word.
        """
        _, unit, span = self.sought[number]
        words = slice(*self.corpus.zh_first[unit : unit + 2])
        start, stop = self.corpus.zh_start[words], self.corpus.zh_stop[words]
        inside = np.minimum(stop, span.stop) - np.maximum(start, span.start)
        share = np.maximum(inside, 0) / (stop - start)
        to_en, _, gloss = self.association.of(unit, len(start))
        to_en, gloss = to_en[first:last], gloss[first:last]
        columns = (
            (to_en * share).sum(axis=1),  # sums in a fixed order, which `@` is not
            (to_en * (1 - share)).sum(axis=1),
            (gloss * (share > 0)).max(axis=1, initial=0.0),
            (gloss * (share == 0)).max(axis=1, initial=0.0),
        )
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def reached(self, unit: int, word: int) -> float:
        """Return how many Chinese words of a unit go to an English one, and it to them."""
        n = int(self.corpus.zh_first[unit + 1] - self.corpus.zh_first[unit])
        _, to_zh, gloss = self.association.of(unit, n)
        if gloss[word].max(initial=0.0) > 0:
            return 1.0
        return float(to_zh[word].sum())

    def full(self, kept: Sequence[tuple[int, Ints, Floats]]) -> Iterator[Described]:
        """Add vectors to the rows of some spans.

        Args:
            kept: Number of a place, some of its unit's spans, and their quick rows. In
                the order of the units.
        """
        by_unit: defaultdict[int, list[tuple[int, Ints, Floats]]] = defaultdict(list)
        for each in kept:
            by_unit[self.sought[each[0]].unit].append(each)
        units = sorted(by_unit)
        for at in range(0, len(units), BLOCK_UNITS):
            yield from self._block({unit: by_unit[unit] for unit in units[at : at + BLOCK_UNITS]})

    def _block(self, by_unit: dict[int, list[tuple[int, Ints, Floats]]]) -> Iterator[Described]:
        corpus = self.corpus
        src = self._encoder.side([corpus.units[u].src for u in by_unit])
        tgt = self._encoder.side([corpus.units[u].tgt for u in by_unit])
        used = [
            np.unique(np.concatenate([spans for _, spans, _ in kept])) for kept in by_unit.values()
        ]
        owner, start, stop = self._english(by_unit, used)
        span_vectors = tgt.vectors(owner, start, stop, whole=True)
        span_rests = tgt.rests(owner, start, stop, whole=True)
        span_first = _firsts(map(len, used))
        terms = [[self.sought[n].span for n, _, _ in kept] for kept in by_unit.values()]
        rivals = [self._rivals(unit) for unit in by_unit]
        # A term of one or two words is among the rivals of its neighbours.
        both = [list(dict.fromkeys(spans)) for spans in map(chain, rivals, terms)]
        vectors, first = _stretches(src, both)
        term_rests, term_first = _stretches(src, terms, rest=True)
        for row, kept in enumerate(by_unit.values()):
            mine = slice(*span_first[row : row + 2])
            like = cosines(span_vectors[mine], vectors[slice(*first[row : row + 2])])
            rest = cosines(span_rests[mine], term_rests[slice(*term_first[row : row + 2])])
            other = like[:, : len(rivals[row])]
            edges = np.array(rivals[row], dtype=np.int64).reshape(-1, 2)
            columns = {span: column for column, span in enumerate(both[row])}
            for number_here, (number, spans, rows) in enumerate(kept):
                at, span = np.searchsorted(used[row], spans), self.sought[number].span
                added = _compare(
                    like[at, columns[span]], rest[at, number_here], other[at], edges, span
                )
                yield Described(number, spans, np.concatenate([rows, added], axis=1))

    def _english(
        self, by_unit: dict[int, list[tuple[int, Ints, Floats]]], used: Sequence[Ints]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return sentence, first character and end of the spans of a block."""
        owner = np.repeat(np.arange(len(used)), [len(spans) for spans in used])
        start, stop = [], []
        for unit, spans in zip(by_unit, used, strict=True):
            english, listed = self.corpus.english[unit], self.spans[unit]
            start.append(english.start[listed.start[spans]])
            stop.append(english.stop[listed.stop[spans] - 1])
        return owner, np.concatenate(start).astype(np.int64), np.concatenate(stop).astype(np.int64)

    def _rivals(self, unit: int) -> list[Span]:
        """Return the short stretches of whole words of a unit's Chinese text."""
        words = slice(*self.corpus.zh_first[unit : unit + 2])
        start = self.corpus.zh_start[words].tolist()
        stop = self.corpus.zh_stop[words].tolist()
        found = []
        for i, begin in enumerate(start):
            for j in range(i, min(i + RIVAL_WORDS, len(start))):
                if (j > i and start[j] != stop[j - 1]) or stop[j] - begin > RIVAL_CHARS:
                    break
                found.append(Span(begin, stop[j]))
        return found


def _stretches(
    side: SpanSide, spans: Sequence[Sequence[Span]], *, rest: bool = False
) -> tuple[Floats, NDArray[np.int64]]:
    """Return the vectors of some stretches of each sentence, and where each one's begin.

    They are rounded to whole numbers for `cosines`.
    """
    first = _firsts(map(len, spans))
    owner = np.repeat(np.arange(len(spans)), np.diff(first))
    flat = np.array([span for group in spans for span in group], dtype=np.int64).reshape(-1, 2)
    make = side.rests if rest else side.vectors
    return make(owner, flat[:, 0], flat[:, 1], whole=True), first


def _firsts(sizes: Iterator[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(list(sizes))]).astype(np.int64)


def _compare(
    like: Floats, rest: Floats, other: Floats, edges: NDArray[np.int64], span: Span
) -> Floats:
    """Describe spans by cosines. Shape (spans, vector features).

    Args:
        like: Cosine of each span with the term. Shape (spans,).
        rest: Cosine of what is left of the two sentences.
        other: Cosine with every rival. Shape (spans, rivals).
        edges: First character and end of each rival. Shape (rivals, 2).
        span: The term's place.
    """
    touches = (edges[:, 0] < span.stop) & (edges[:, 1] > span.start)
    itself = (edges[:, 0] == span.start) & (edges[:, 1] == span.stop)
    out = np.empty((len(like), len(VectorFeature)), dtype=np.float32)
    out[:, VectorFeature.COSINE] = like
    out[:, VectorFeature.COSINE_RESTS] = rest
    out[:, VectorFeature.OVER_OTHERS] = like - other[:, ~touches].max(axis=1, initial=0.0)
    out[:, VectorFeature.OVER_OVERLAPPING] = like - other[:, touches & ~itself].max(
        axis=1, initial=0.0
    )
    out[:, VectorFeature.UNDER_BEST] = like - like.max()
    out[:, VectorFeature.UNDER_BEST_RESTS] = rest - rest.max()
    return out
