"""Describe the spans of every place by their surroundings, all places together.

What speaks for a span by itself is `span_evidence`; here come the word links after
neighbours supported each other, the wordings at the other places of the term, the
renderings of the other terms of the sentence, and the parts of speech at its edges.

Cost: linear in the places; a place asks `VOTERS` others at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats, Ints
from aligner.lexicon.tagger import tag_words
from aligner.terms.locate.context._company_loops import (
    LEAST_MASS,
    ClaimFeature,
    VoteFeature,
    describe_claims,
    describe_votes,
)
from aligner.terms.locate.context._link_loops import REACH, describe_links, smooth_links
from aligner.terms.locate.context.context_columns import (
    CLAIM_COLUMNS,
    CONTEXT_NAMES,
    LINK_COLUMNS,
    OWN_COLUMNS,
    VOTE_COLUMNS,
)
from aligner.terms.locate.score import Choice, settled
from aligner.terms.locate.span_evidence import Evidence

VOTERS = 60  # places of a term that are asked for their wording, evenly spread

Doubles = NDArray[np.float64]

SURE = 1e-4  # no P(rendered) is nearer to 0 or 1


@dataclass(frozen=True, slots=True)
class DescribedPlaces:
    """The spans of all places, place by place, with what their surroundings say."""

    choices: Sequence[Choice]
    first: NDArray[np.int64]  # first span of each place. Shape (places + 1,)
    span: Ints  # its place in the unit's list. Shape (spans,)
    start: Ints  # first word
    stop: Ints
    key: NDArray[np.int64]  # number of its content words
    rows: Floats  # Shape (spans, len(CONTEXT_NAMES))


def describe_context(evidence: Evidence, choices: Sequence[Choice]) -> DescribedPlaces:
    """Describe the spans of all places."""
    units = [evidence.sought[choice.sought].unit for choice in choices]
    sizes = [len(choice.spans) for choice in choices]
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    span = _joined([choice.spans for choice in choices]).astype(np.int32)
    listed = [evidence.spans[unit] for unit in units]
    pairs = list(zip(listed, choices, strict=True))
    start = _joined([spans.start[choice.spans] for spans, choice in pairs]).astype(np.int32)
    stop = _joined([spans.stop[choice.spans] for spans, choice in pairs]).astype(np.int32)
    key = _joined([spans.key[choice.spans] for spans, choice in pairs]).astype(np.int64)
    log_p = _joined([choice.score for choice in choices]).astype(np.float64)
    found = _joined([choice.found for choice in choices]).astype(np.float64)
    rows = np.zeros((len(span), len(CONTEXT_NAMES)), dtype=np.float32)
    rows[:, 0] = log_p
    odds = np.clip(found, SURE, 1 - SURE)
    rows[:, 1] = np.log(odds / (1 - odds))
    if choices:
        rows[:, OWN_COLUMNS] = np.concatenate([choice.rows for choice in choices])
    pool = DescribedPlaces(choices, first, span, start, stop, key, rows)
    mass = settled(np.exp(log_p) * found)
    others, shift = _links(evidence, pool, units)
    _votes(evidence, pool, units, mass, others)
    _claims(evidence, pool, units, mass, shift)
    return pool


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


def _links(
    evidence: Evidence, pool: DescribedPlaces, units: Sequence[int]
) -> tuple[Doubles, Doubles]:
    corpus = evidence.corpus
    links, pair_first = smoothed(evidence), evidence.association.pair_first
    others, shift = np.ones((2, len(pool.span))), np.zeros(len(pool.span))
    tags: dict[int, Ints] = {}
    for p, unit in enumerate(units):
        if unit not in tags:
            tags[unit] = np.array(tag_words(corpus.english[unit].words), dtype=np.int32)
        words = slice(*corpus.zh_first[unit : unit + 2])
        mine = slice(*pool.first[p : p + 2])
        place = evidence.sought[pool.choices[p].sought].span
        begin, end = corpus.zh_start[words], corpus.zh_stop[words]
        share = np.maximum(np.minimum(end, place.stop) - np.maximum(begin, place.start), 0)
        middle = (place.start + place.stop) / 2 / len(corpus.units[unit].src)
        size = max(len(tags[unit]), 1)
        shift[mine] = (pool.start[mine] + pool.stop[mine]) / (2 * size) - middle
        describe_links(
            pool.start[mine],
            pool.stop[mine],
            corpus.en_flags[slice(*corpus.en_first[unit : unit + 2])],
            tags[unit],
            links[slice(*pair_first[unit : unit + 2])].reshape(-1, max(len(begin), 1)),
            share / (end - begin),
            float(place.size),
            shift[mine],
            others[:, mine],
            pool.rows[mine, LINK_COLUMNS],
        )
    return others, shift


def _votes(
    evidence: Evidence, pool: DescribedPlaces, units: Sequence[int], mass: Doubles, others: Doubles
) -> None:
    corpus = evidence.corpus
    by_term: defaultdict[int, list[int]] = defaultdict(list)
    for p, choice in enumerate(pool.choices):
        by_term[evidence.sought[choice.sought].term].append(p)
    base = corpus.en_first[np.array(units, dtype=np.int64)] if units else np.zeros(0, np.int32)
    for places in by_term.values():
        at, first = _rows_of(pool, places)
        asked = np.zeros(len(places), dtype=np.bool_)
        asked[np.linspace(0, len(places) - 1, min(VOTERS + 1, len(places))).astype(np.int64)] = True
        votes = np.repeat(asked, np.diff(first)) & (mass[at] >= LEAST_MASS)
        wordings = np.unique(pool.key[at][votes])
        out = np.zeros((len(at), len(VoteFeature)), dtype=np.float32)
        describe_votes(
            first, pool.start[at], pool.stop[at], pool.key[at], mass[at], wordings, base[places],
            corpus.en_flags, corpus.en_word, np.ascontiguousarray(others[:, at]), asked, out,
        )  # fmt: skip
        pool.rows[at, VOTE_COLUMNS] = out


def _claims(
    evidence: Evidence, pool: DescribedPlaces, units: Sequence[int], mass: Doubles, shift: Doubles
) -> None:
    by_unit: defaultdict[int, list[int]] = defaultdict(list)
    for p, unit in enumerate(units):
        by_unit[unit].append(p)
    for unit, places in by_unit.items():
        at, first = _rows_of(pool, places)
        sought = [evidence.sought[pool.choices[p].sought] for p in places]
        out = np.zeros((len(at), len(ClaimFeature)), dtype=np.float32)
        # each end by itself: a column of one row is of another type to the compiler
        edges = np.array([s.span for s in sought], dtype=np.int64).T.copy()
        describe_claims(
            first, pool.start[at], pool.stop[at], mass[at], pool.key[at], shift[at],
            np.array([s.term for s in sought], dtype=np.int64),
            edges[0], edges[1],
            edges.sum(axis=0) / (2 * len(evidence.corpus.units[unit].src)),
            len(evidence.corpus.english[unit].words), out,
        )  # fmt: skip
        pool.rows[at, CLAIM_COLUMNS] = out


def _rows_of(
    pool: DescribedPlaces, places: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of some places, and where those of each begin."""
    parts = [np.arange(*pool.first[p : p + 2], dtype=np.int64) for p in places]
    return np.concatenate(parts), np.concatenate([[0], np.cumsum([len(p) for p in parts])])
