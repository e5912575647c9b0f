"""Describe the spans of every place by their surroundings, all places together.

What speaks for a span by itself is `span_evidence`; here come the word links after
neighbours supported each other, the wordings at the other places of the term, the
renderings of the other terms of the sentence, and the parts of speech at its edges.

Cost: linear in the places; a place asks `VOTERS` others at most. Memory: 350 bytes a span of
all places, and its row while the part of the text that has it is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats, Ints
from aligner.lexicon.tagger import tag_words
from aligner.terms.locate.context._beside_loops import words_beside
from aligner.terms.locate.context._company_loops import (
    LEAST_MASS,
    VoteFeature,
    describe_all_claims,
    describe_votes,
)
from aligner.terms.locate.context._link_loops import describe_all_links
from aligner.terms.locate.context._smooth_links import REACH, smooth_links
from aligner.terms.locate.context.context_columns import (
    CLAIM_COLUMNS,
    CONTEXT_NAMES,
    LINK_COLUMNS,
    OWN_COLUMNS,
    VOTE_COLUMNS,
)
from aligner.terms.locate.score import Choice, settled
from aligner.terms.locate.span_evidence import Evidence

PART_PLACES = 2_048  # that are described at once: their rows take 40 MB
VOTERS = 60  # places of a term that are asked for their wording, evenly spread

Doubles = NDArray[np.float64]

SURE = 1e-4  # no P(rendered) is nearer to 0 or 1


@dataclass(frozen=True, slots=True)
class DescribedPlaces:
    """The spans of some places, place by place, with what their surroundings say."""

    choices: Sequence[Choice]
    first: NDArray[np.int64]  # first span of each place. Shape (places + 1,)
    span: Ints  # its place in the unit's list. Shape (spans,)
    start: Ints  # first word
    stop: Ints
    key: NDArray[np.int64]  # number of its content words
    rows: Floats  # Shape (spans, len(CONTEXT_NAMES))


def describe_context(evidence: Evidence, choices: Sequence[Choice]) -> DescribedPlaces:
    """Describe the spans of all places at once.

    Args:
        evidence: Over the input.
        choices: Of all places, in the order of the units.
    """
    return _Surroundings(evidence, choices).described(0, len(choices))


def describe_parts(evidence: Evidence, choices: Sequence[Choice]) -> Iterator[DescribedPlaces]:
    """Describe the spans of all places, some units at a time; see `describe_context`."""
    around = _Surroundings(evidence, choices)
    ends = np.append(around.new_units, len(choices))
    at = 0
    while at < len(choices):
        stop = int(ends[np.searchsorted(ends, min(at + PART_PLACES, len(choices)))])
        yield around.described(at, stop)
        at = stop


class _Surroundings:
    """What the spans of a place are described by: all places, as columns.

    Args:
        evidence: Over the input.
        choices: Of all places, in the order of the units.
    """

    def __init__(self, evidence: Evidence, choices: Sequence[Choice]) -> None:
        self._evidence, self._choices = evidence, choices
        corpus, listed = evidence.corpus, evidence.spans
        sought = [evidence.sought[choice.sought] for choice in choices]
        self._unit = np.array([each.unit for each in sought], dtype=np.int64)
        self._term = np.array([each.term for each in sought], dtype=np.int64)
        spans = np.array([each.span for each in sought], dtype=np.int64).reshape(-1, 2)
        self._begin, self._end = spans[:, 0].copy(), spans[:, 1].copy()
        size = np.array([len(corpus.units[each.unit].src) for each in sought], dtype=np.int64)
        self._middle = (self._begin + self._end) / 2 / size
        self._words = np.diff(corpus.en_first)[self._unit].astype(np.int64)
        self.new_units = np.flatnonzero(np.diff(self._unit, prepend=-1))  # first place of each
        sizes = [len(choice.spans) for choice in choices]
        self._first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._span = _joined([choice.spans for choice in choices]).astype(np.int32)
        at = np.repeat(listed.first[self._unit], sizes) + self._span
        self._start, self._stop = listed.joined.start[at], listed.joined.stop[at]
        self._key = listed.joined.key[at]
        self._log_p = _joined([choice.score for choice in choices]).astype(np.float64)
        self._found = _joined([choice.found for choice in choices]).astype(np.float64)
        self._mass = settled(np.exp(self._log_p) * self._found)
        total = self._start + self._stop
        self._shift = total / (2 * np.repeat(np.maximum(self._words, 1), sizes))
        self._shift -= np.repeat(self._middle, sizes)
        self._links = smoothed(evidence)
        self._tags = self._tags_of_words()
        self._votes = self._voted()

    def _tags_of_words(self) -> Ints:
        """Return the parts of speech of the English words, of the units with a place."""
        corpus = self._evidence.corpus
        tags = np.zeros(int(corpus.en_first[-1]), dtype=np.int32)
        for unit in self._unit[self.new_units].tolist():
            tags[slice(*corpus.en_first[unit : unit + 2])] = tag_words(corpus.english[unit].words)
        return tags

    def _voted(self) -> Floats:
        """Return what the other places of a term say of each span. Shape (spans, votes)."""
        corpus = self._evidence.corpus
        others = np.ones((2, len(self._span)))
        words_beside(
            self._first, self._start, self._stop, self._unit, self._begin, self._end,
            corpus.zh_first, corpus.zh_start, corpus.zh_stop, corpus.en_first, corpus.en_flags,
            self._evidence.association.pair_first, self._links, others,
        )  # fmt: skip
        votes = np.zeros((len(self._span), len(VoteFeature)), dtype=np.float32)
        base, order = corpus.en_first[self._unit], np.argsort(self._term, kind="stable")
        edges = np.flatnonzero(np.diff(self._term[order], prepend=-1, append=-1))
        for places in np.split(order, edges[1:-1]) if len(order) else ():
            at, first = self._rows_of(places)
            asked = np.zeros(len(places), dtype=np.bool_)
            voters = min(VOTERS + 1, len(places))
            asked[np.linspace(0, len(places) - 1, voters).astype(np.int64)] = True
            votes_here = np.repeat(asked, np.diff(first)) & (self._mass[at] >= LEAST_MASS)
            wordings = np.unique(self._key[at][votes_here])
            out = np.zeros((len(at), len(VoteFeature)), dtype=np.float32)
            describe_votes(
                first, self._start[at], self._stop[at], self._key[at], self._mass[at], wordings,
                base[places], corpus.en_flags, corpus.en_word,
                np.ascontiguousarray(others[:, at]), asked, out,
            )  # fmt: skip
            votes[at] = out
        return votes

    def _rows_of(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows of some places, and where those of each begin."""
        sizes = np.diff(self._first)[places]
        first = np.concatenate([[0], np.cumsum(sizes)])
        return np.arange(first[-1]) + np.repeat(self._first[places] - first[:-1], sizes), first

    def described(self, begin: int, end: int) -> DescribedPlaces:
        """Describe the spans of a range of places, which has units as a whole."""
        places = slice(begin, end)
        at = slice(*self._first[[begin, end]])
        choices, first = self._choices[places], self._first[begin : end + 1] - self._first[begin]
        rows = np.zeros((int(first[-1]), len(CONTEXT_NAMES)), dtype=np.float32)
        rows[:, 0] = self._log_p[at]
        odds = np.clip(self._found[at], SURE, 1 - SURE)
        rows[:, 1] = np.log(odds / (1 - odds))
        rows[:, VOTE_COLUMNS] = self._votes[at]
        if choices:
            rows[:, OWN_COLUMNS] = np.concatenate([choice.rows for choice in choices])
            self._describe_links(places, at, first, rows[:, LINK_COLUMNS])
            self._describe_claims(places, at, first, rows[:, CLAIM_COLUMNS])
        start, stop, key = self._start[at], self._stop[at], self._key[at]
        return DescribedPlaces(choices, first, self._span[at], start, stop, key, rows)

    def _describe_links(
        self, places: slice, at: slice, first: NDArray[np.int64], out: Floats
    ) -> None:
        corpus = self._evidence.corpus
        describe_all_links(
            first, self._start[at], self._stop[at], self._unit[places],
            self._begin[places], self._end[places],
            corpus.zh_first, corpus.zh_start, corpus.zh_stop, corpus.en_first, corpus.en_flags,
            self._tags, self._evidence.association.pair_first, self._links, self._shift[at], out,
        )  # fmt: skip

    def _describe_claims(
        self, places: slice, at: slice, first: NDArray[np.int64], out: Floats
    ) -> None:
        groups = np.flatnonzero(np.diff(self._unit[places], prepend=-1, append=-1))
        begin, end = self._begin[places], self._end[places]
        describe_all_claims(
            groups, first, self._start[at], self._stop[at], self._mass[at], self._key[at],
            self._shift[at], self._term[places], begin, end, self._middle[places],
            self._words[places], out,
        )  # fmt: skip


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0)


def smoothed(evidence: Evidence) -> Doubles:
    """Return the links of all units after neighbours supported each other. Shape (pairs,)."""
    corpus, association = evidence.corpus, evidence.association
    out = np.zeros(association.posterior.shape[1])
    smooth_links(
        corpus.zh_first, corpus.en_first, association.pair_first, association.posterior,
        neighbour_weights(), out,
    )  # fmt: skip
    return settled(out)


def neighbour_weights() -> Doubles:
    """Return how much a link supports another, by how far it is on either side."""
    far = np.arange(-REACH, REACH + 1)
    near: Doubles = np.exp(-abs(far[:, None] - far)).astype(np.float32).astype(np.float64)
    near[np.maximum(abs(far[:, None]), abs(far)) == REACH] /= 2
    return near
