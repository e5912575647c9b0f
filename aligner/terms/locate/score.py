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
from aligner.terms.locate.context.context_columns import CONTEXT_NAMES, RENDERED_NAMES
from aligner.terms.locate.joint_counts import Spans
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
    described = evidence.full([each for each in kept if len(each[1])])
    return list(choices(described, weights))


def shortlists(
    evidence: Evidence, order: Sequence[int], quick: Linear
) -> Iterator[tuple[int, Ints, Floats]]:
    """Yield the short list of each place, see `shortlist`; they are described many at a time."""
    for numbers in _batches(evidence, order):
        rows, first = evidence.quick_rows(numbers)
        scores = quick(rows)
        for number, a, b in zip(numbers, first[:-1].tolist(), first[1:].tolist(), strict=True):
            best = _best(evidence.spans[evidence.sought[number].unit], scores[a:b], KEPT)
            yield number, best, rows[a:b][best]


def _batches(evidence: Evidence, order: Sequence[int]) -> Iterator[list[int]]:
    """Divide places so that those of a batch have about `QUICK_ROWS` spans."""
    batch: list[int] = []
    size = 0
    for number in order:
        batch.append(number)
        size += len(evidence.spans[evidence.sought[number].unit].key)
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
    best = _best(evidence.spans[evidence.sought[number].unit], quick(rows), size)
    return number, best, rows[best]


def _best(spans: Spans, scores: Doubles, size: int) -> Ints:
    """Return the best spans and those beside the very best one, in the order of the list."""
    ranked = np.argsort(-scores, kind="stable")
    if len(scores) > size:
        beside = ranked[size:][_one_end_moved(spans, int(ranked[0]))[ranked[size:]]]
        ranked = np.concatenate([ranked[:size], beside[:BESIDE]])
    return np.sort(ranked).astype(np.int32)


def _one_end_moved(spans: Spans, best: int) -> NDArray[np.bool_]:
    """Tell which spans are the best one with one end moved by a few words."""
    start, stop = spans.start - spans.start[best], spans.stop - spans.stop[best]
    moved: NDArray[np.bool_] = (np.minimum(abs(start), abs(stop)) == 0) & (
        np.maximum(abs(start), abs(stop)) <= MOVED_WORDS
    )
    return moved


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
    edges = np.cumsum([len(each.spans) for each in batch])[:-1]
    rows = np.concatenate([each.rows for each in batch])
    scores = np.split(weights.full(rows), edges)
    extra = np.concatenate([_score_and_margin(score) for score in scores])
    logit = weights.found(np.concatenate([rows, extra], axis=1).astype(np.float32))
    found = np.split(settled(1 / (1 + np.exp(-logit))), edges)
    log_p = settled(np.concatenate([s - np.logaddexp.reduce(s) for s in scores]))
    chosen = []
    for each, score, log, p in zip(batch, scores, np.split(log_p, edges), found, strict=True):
        order = np.argsort(-score, kind="stable")
        chosen.append(
            Choice(each.sought, each.spans[order], log[order], p[order], each.rows[order])
        )
    return chosen


def settled(values: Doubles) -> Doubles:
    """Round what an exponential or a logarithm gave, so that ties are the same everywhere."""
    return np.round(values, SETTLED_DIGITS)


def found_rows(rows: Floats, score: Doubles) -> Floats:
    """Return what tells whether a span renders the term at all, see `FOUND_NAMES`."""
    return np.concatenate([rows, _score_and_margin(score)], axis=1).astype(np.float32)


def _score_and_margin(score: Doubles) -> Doubles:
    """Return each score of a place, and its lead over the best other one. Shape (spans, 2)."""
    best = int(score.argmax())
    others = score.copy()
    others[best] = score.min() - 1.0
    margin = score - score[best]
    margin[best] = score[best] - others.max()
    return np.stack([score, np.clip(margin, -5, 5)], axis=1)
