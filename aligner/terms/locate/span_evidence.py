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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import cosines
from aligner.encode.protocol import Floats, Ints
from aligner.encode.spans import SpanEncoder, SpanSide
from aligner.span import Span
from aligner.terms.locate import _span_features as loops
from aligner.terms.locate._place_loops import compare_vectors, count_with_terms, link_words
from aligner.terms.locate.association import Association
from aligner.terms.locate.joint_counts import (
    CountFeature,
    fill_counts,
    number_spans,
    spans_of,
)
from aligner.terms.locate.unit_words import Corpus

BLOCK_UNITS = 128  # that are described at once: what they need is taken from the same memory again
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
        self.spans = number_spans([spans_of(corpus, unit) for unit in range(len(corpus.units))])
        self.association = association
        self._encoder = encoder
        self._places = _laid_out(sought, corpus)
        # in how many of the units that have a place's term each span of its unit stands
        self._both_first = _firsts(np.diff(self.spans.first)[self._places.unit])
        self._both, self._units = self._count_with_terms()

    def _count_with_terms(self) -> tuple[Ints, NDArray[np.int64]]:
        """Return, of all spans of each place, the units with its term; and how many there are."""
        both = np.empty(int(self._both_first[-1]), dtype=np.int32)
        units = np.zeros(len(self.sought), dtype=np.int64)
        term, unit = self._places.term, self._places.unit
        order = np.lexsort((unit, term))
        first = np.flatnonzero(np.diff(term[order], prepend=-1, append=-1))
        count_with_terms(
            first,
            order,
            unit,
            self.spans.first,
            self.spans.wording,
            self.spans.fresh,
            self._both_first,
            np.zeros(int(self.spans.wording.max(initial=-1)) + 1, dtype=np.int32),
            both,
            units,
        )
        return both, units

    def quick(self, number: int) -> Floats:
        """Describe all spans of a place without vectors. Shape (spans, QUICK_WIDTH)."""
        return self.quick_rows([number])[0]

    def quick_rows(self, numbers: Sequence[int]) -> tuple[Floats, NDArray[np.int64]]:
        """Describe all spans of some places without vectors.

        Returns:
            Rows, place by place, shape (spans, QUICK_WIDTH); and where those of each place
            begin and end, shape (places + 1,).
        """
        at = np.array(numbers, dtype=np.int64)
        places, spans, corpus = self._places, self.spans, self.corpus
        unit = places.unit[at]
        sizes = np.diff(spans.first)[unit]
        first = _firsts(sizes)
        rows = np.zeros((int(first[-1]), QUICK_WIDTH), dtype=np.float32)
        loops.describe_places(
            first, unit, spans.first, spans.joined.start, spans.joined.stop,
            corpus.en_first, corpus.en_flags, corpus.zh_first, corpus.zh_start, corpus.zh_stop,
            self.association.pair_first, self.association.posterior, self.association.dictionary,
            places.start[at], places.stop[at], places.size[at], places.latin[at], places.joins[at],
            rows,
        )  # fmt: skip
        steps = np.arange(len(rows)) - np.repeat(first[:-1], sizes)
        listed = np.repeat(spans.first[unit], sizes) + steps
        left, right = (
            np.where(longer[listed] >= 0, longer[listed] + np.repeat(first[:-1], sizes), -1)
            for longer in (spans.joined.left, spans.joined.right)
        )
        fill_counts(
            left,
            right,
            spans.standing[listed],
            self._both[np.repeat(self._both_first[at], sizes) + steps],
            np.repeat(self._units[at], sizes),
            rows[:, loops.LINK_WIDTH :],
        )
        return rows, first

    def words_of(self, unit: int, span: int) -> tuple[int, int]:
        """Return the first word of a unit's span, and the word behind its last one."""
        at = self.spans.first[unit] + span
        return int(self.spans.joined.start[at]), int(self.spans.joined.stop[at])

    def links(self, number: int, first: int, last: int) -> list[tuple[float, float, float, float]]:
        """Return how English words are linked to a place's term.

        For each word P(it comes from the term), P(it comes from another word), and the
        shares of a gloss that joins it to the term and to another word.
        """
        _, unit, span = self.sought[number]
        words = slice(*self.corpus.zh_first[unit : unit + 2])
        start, stop = self.corpus.zh_start[words], self.corpus.zh_stop[words]
        to_en, _, gloss = self.association.of(unit, len(start))
        found = np.empty((last - first, 4))
        link_words(to_en[first:last], gloss[first:last], start, stop, *span, found)
        return list(zip(*found.T.tolist(), strict=True))

    def reached(self, unit: int, word: int) -> float:
        """Return how many Chinese words of a unit go to an English one, and it to them."""
        n = int(self.corpus.zh_first[unit + 1] - self.corpus.zh_first[unit])
        _, to_zh, gloss = self.association.of(unit, n)
        if gloss[word].max(initial=0.0) > 0:
            return 1.0
        return float(to_zh[word].sum())

    def full(self, kept: Iterable[tuple[int, Ints, Floats]]) -> Iterator[Described]:
        """Add vectors to the rows of some spans, a block of units at a time.

        Args:
            kept: Number of a place, some of its unit's spans, and their quick rows. In
                the order of the units.
        """
        block: defaultdict[int, list[tuple[int, Ints, Floats]]] = defaultdict(list)
        for unit, places in groupby(kept, key=lambda each: self.sought[each[0]].unit):
            if len(block) == BLOCK_UNITS:
                yield from self._block(block)
                block.clear()
            block[unit] += places
        if block:
            yield from self._block(block)

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
            edges = np.array(rivals[row], dtype=np.int64).reshape(-1, 2)
            columns = {span: column for column, span in enumerate(both[row])}
            for number_here, (number, spans, rows) in enumerate(kept):
                span = self.sought[number].span
                full = np.empty((len(spans), EVIDENCE_WIDTH), dtype=np.float32)
                full[:, :QUICK_WIDTH] = rows
                compare_vectors(
                    np.searchsorted(used[row], spans), like, columns[span], rest, number_here,
                    edges, *span, full[:, QUICK_WIDTH:],
                )  # fmt: skip
                yield Described(number, spans, full)

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


@dataclass(frozen=True, slots=True)
class _PlaceColumns:
    """The places of all terms, as columns. Shape (places,) each."""

    term: NDArray[np.int64]
    unit: NDArray[np.int64]
    start: NDArray[np.int64]  # first character
    stop: NDArray[np.int64]
    size: NDArray[np.int64]  # characters of the unit's Chinese text
    latin: NDArray[np.bool_]  # whether the term has Latin letters or digits
    joins: NDArray[np.bool_]  # whether it has a word for `and`


def _laid_out(sought: Sequence[Sought], corpus: Corpus) -> _PlaceColumns:
    texts = [corpus.units[unit].src for _, unit, _ in sought]
    forms = [_form(text[slice(*each.span)]) for text, each in zip(texts, sought, strict=True)]
    return _PlaceColumns(
        term=np.array([each.term for each in sought], dtype=np.int64),
        unit=np.array([each.unit for each in sought], dtype=np.int64),
        start=np.array([each.span.start for each in sought], dtype=np.int64),
        stop=np.array([each.span.stop for each in sought], dtype=np.int64),
        size=np.array([len(text) for text in texts], dtype=np.int64),
        latin=np.array([latin for latin, _ in forms], dtype=np.bool_),
        joins=np.array([joins for _, joins in forms], dtype=np.bool_),
    )


@lru_cache(maxsize=1 << 12)
def _form(text: str) -> tuple[bool, bool]:
    """Tell whether a term has Latin letters or digits, and a word for `and`."""
    return any(map(str.isascii, text)), not _CONJUNCTIONS.isdisjoint(text)


def _firsts(sizes: Iterable[int]) -> NDArray[np.int64]:
    """Return where each of some runs begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(np.fromiter(sizes, np.int64))])
