"""Which English words render a term at each of its places, and whether any do.

A log-linear model over the spans of the English side: P(span) is proportional to
exp(weights . evidence). A quick model without vectors keeps the best few spans, the
full one decides between them. A logistic model then says whether the best span renders
the term at all; without it some span would always win, also where the translator left
the term out.

The weights are fitted by scripts/fit/locate.py and ship with their provenance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats, Ints
from aligner.fitted import Declared, Linear, load
from aligner.terms.locate._place_loops import find_margins, keep_best, score_rows
from aligner.terms.locate.context.context_columns import CONTEXT_NAMES, RENDERED_NAMES
from aligner.terms.locate.span_evidence import (
    EVIDENCE_NAMES,
    QUICK_NAMES,
    Described,
    Evidence,
)

KEPT = 16  # spans of a place that get vectors,
QUICK_ROWS = 4_096  # spans that are described at once: what they need stays in the cache
BESIDE = 8  # and so many more that are the best one with one end moved
MOVED_WORDS = 4
FOUND_NAMES = (*EVIDENCE_NAMES, "score", "margin")
SPANS_DECLARED = Declared(
    models={"quick": QUICK_NAMES, "full": EVIDENCE_NAMES, "found": FOUND_NAMES},
    script="scripts/fit/locate.py",
)
CONTEXT_DECLARED = Declared(
    models={"context": CONTEXT_NAMES, "rendered": RENDERED_NAMES}, script="scripts/fit/spans.py"
)
SETTLED_DIGITS = 9  # of logarithms and probabilities: the last ones differ between processors

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ContextWeights:
    """The two models that see a span's surroundings."""

    context: Linear  # over CONTEXT_NAMES
    rendered: Linear  # over RENDERED_NAMES, a logit


@dataclass(frozen=True, slots=True)
class LoneWeights:
    """The three models that see a span by itself."""

    quick: Linear  # over QUICK_NAMES
    full: Linear  # over EVIDENCE_NAMES
    found: Linear  # over FOUND_NAMES, a logit


@dataclass(frozen=True, slots=True)
class TermWeights:
    """All models."""

    alone: LoneWeights
    around: ContextWeights
    signature: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The spans that may render one place, the best first."""

    sought: int
    spans: Ints  # places in the unit's list of spans. Shape (n,)
    score: Doubles  # log P(span | some span of these). Shape (n,)
    found: Doubles  # P(the term is rendered, if this span is the best). Shape (n,)
    rows: Floats  # the evidence. Shape (n, evidence)


@cache
def load_term_weights() -> TermWeights:
    """Return the weights that ship with the package."""
    around = load("spans", CONTEXT_DECLARED)
    return TermWeights(
        alone=load_lone_weights(),
        around=ContextWeights(**around.models),
        signature=f"{load('terms', SPANS_DECLARED).signature}.{around.signature}",
    )


def load_lone_weights() -> LoneWeights:
    """Return the models that see a span by itself, as they ship with the package."""
    return LoneWeights(**load("terms", SPANS_DECLARED).models)


def locate(evidence: Evidence, weights: LoneWeights) -> list[Choice]:
    """Choose between the spans of every place.

    Returns:
        A choice for each place whose English side has any span, in the order of units.
    """
    order = sorted(range(len(evidence.sought)), key=lambda n: evidence.sought[n].unit)
    kept = shortlists(evidence, order, weights.quick)
    return list(choices(evidence.full(each for each in kept if len(each[1])), weights))


def shortlists(
    evidence: Evidence, order: Sequence[int], quick: Linear
) -> Iterator[tuple[int, Ints, Floats]]:
    """Yield the short list of each place, see `shortlist`; they are described many at a time."""
    for numbers in _batches(evidence, order):
        rows, first = evidence.quick_rows(numbers)
        yield from _shortened(evidence, numbers, (rows, first), scored(quick, rows))


def _batches(evidence: Evidence, order: Sequence[int]) -> Iterator[list[int]]:
    """Divide places so that those of a batch have about `QUICK_ROWS` spans."""
    sizes = np.diff(evidence.spans.first).tolist()
    batch: list[int] = []
    size = 0
    for number in order:
        batch.append(number)
        size += sizes[evidence.sought[number].unit]
        if size >= QUICK_ROWS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def shortlist(
    evidence: Evidence, number: int, quick: Linear, *, size: int = KEPT
) -> tuple[int, Ints, Floats]:
    """Return a place's best spans by the quick model and those beside its best, and their rows."""
    rows = evidence.quick(number)
    first = np.array([0, len(rows)], dtype=np.int64)
    (found,) = _shortened(evidence, [number], (rows, first), scored(quick, rows), size=size)
    return found


def _shortened(
    evidence: Evidence,
    numbers: Sequence[int],
    described: tuple[Floats, NDArray[np.int64]],
    scores: Doubles,
    *,
    size: int = KEPT,
) -> Iterator[tuple[int, Ints, Floats]]:
    """Yield the best spans of some places, in the order of the list, and their rows."""
    (rows, first), spans = described, evidence.spans
    units = np.array([evidence.sought[number].unit for number in numbers], dtype=np.int64)
    kept = np.empty(len(rows), dtype=np.bool_)
    keep_best(
        first, spans.first[units], scores, spans.joined.start, spans.joined.stop,
        size, BESIDE, MOVED_WORDS, kept,
    )  # fmt: skip
    at = np.flatnonzero(kept)
    best, edges = rows[at], np.searchsorted(at, first)
    span = (at - np.repeat(first[:-1], np.diff(edges))).astype(np.int32)
    for number, a, b in zip(numbers, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield number, span[a:b], best[a:b]


def choices(described: Iterable[Described], weights: LoneWeights) -> Iterator[Choice]:
    """Turn the rows of evidence of each place into probabilities, many places at a time."""
    batch: list[Described] = []
    size = 0
    for each in described:
        batch.append(each)
        size += len(each.spans)
        if size >= QUICK_ROWS:
            yield from _choose(batch, weights)
            batch, size = [], 0
    if batch:
        yield from _choose(batch, weights)


def choose(described: Described, weights: LoneWeights) -> Choice:
    """Turn rows of evidence into probabilities."""
    return _choose([described], weights)[0]


def _choose(batch: Sequence[Described], weights: LoneWeights) -> list[Choice]:
    sizes = [len(each.spans) for each in batch]
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows = np.concatenate([each.rows for each in batch])
    score = scored(weights.full, rows)
    logit = scored(weights.found, found_rows(rows, score, first))
    found = settled(1 / (1 + np.exp(-logit)))
    log_p = settled(score - np.repeat(np.logaddexp.reduceat(score, first[:-1]), sizes))
    order = np.lexsort((-score, np.repeat(np.arange(len(batch)), sizes)))
    spans = np.concatenate([each.spans for each in batch])[order]
    rows, found, log_p = rows[order], found[order], log_p[order]
    return [
        Choice(each.sought, spans[a:b], log_p[a:b], found[a:b], rows[a:b])
        for each, a, b in zip(batch, first[:-1].tolist(), first[1:].tolist(), strict=True)
    ]


def scored(model: Linear, rows: Floats, *, most: float = np.inf) -> Doubles:
    """Return the score of each row, no standardised number of which counts for more than `most`.

    The same as `model(rows)` to the last bit if there is no such bound.
    """
    found = np.empty(len(rows))
    score_rows(rows, model.mean, model.scale, model.weights, model.bias, most, found)
    return found


def settled(values: Doubles) -> Doubles:
    """Round what an exponential or a logarithm gave, so that ties are the same everywhere."""
    return np.round(values, SETTLED_DIGITS)


def found_rows(rows: Floats, score: Doubles, first: NDArray[np.int64]) -> Floats:
    """Return what tells whether a span renders the term at all, see `FOUND_NAMES`.

    Args:
        rows: The evidence. Shape (spans, ...).
        score: Of each row. Shape (spans,).
        first: Where the rows of each place begin, and where the last ones end.
    """
    found = np.empty((len(rows), rows.shape[1] + 2), dtype=np.float32)
    found[:, :-2], found[:, -2] = rows, score
    margin = np.empty(len(score))
    find_margins(first, score, margin)
    found[:, -1] = np.clip(margin, -5, 5)
    return found
