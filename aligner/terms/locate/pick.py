"""Choose one rendering for each place of a term, by its own evidence and its surroundings.

A log-linear model weighs what links, the term's other places, the other terms of the
sentence and parts of speech say of each span (`context`), with the verdict of the span's own
evidence as one number among them. Two places of a term in one sentence do not share a
span. A logistic model over the same numbers then says whether the chosen span renders the
term at all.

Cost: linear in the number of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats
from aligner.fitted import Linear
from aligner.terms.locate.context.rows import DescribedPlaces, describe_parts
from aligner.terms.locate.score import Choice, ContextWeights, scored, settled
from aligner.terms.locate.span_evidence import Evidence, Sought
from aligner.terms.locate.word_flags import (
    ADVERB,
    BREAK,
    CAPITAL,
    CLOSED,
    COMMA,
    NUMBER,
    OPENED,
)

CLIP = 6.0  # of a standardised number: what is farther out says no more
LEAST_LOG_P = float(np.log(0.05))  # of a span that a place gets since its best is taken
ADDED_LEAST = 3  # places of the dominant rendering from which an added word is looked for
ADDED_SHARE = 0.35  # of Chinese words that go to an English word that nothing asked for
RIVALS = 3  # other wordings of a place that are kept

Doubles = NDArray[np.float64]


class Rival(NamedTuple):
    """Another wording that a place may have."""

    span: int  # place in the unit's list of spans: the likeliest one with this wording
    p: float  # P(this wording | the term is rendered)


class Chosen(NamedTuple):
    """The span of a place."""

    row: int  # in the pool
    shared: bool  # it has words of the span of another place of the term in the sentence


@dataclass(frozen=True, slots=True)
class Pick:
    """The span that renders one place."""

    sought: int
    span: int  # place in the unit's list of spans
    key: int  # number of its content words
    p: float  # P(exactly this span | the term is rendered)
    found: float  # P(the term is rendered here)
    wording: float  # P(a span with these content words | the term is rendered)
    rivals: tuple[Rival, ...]  # the likeliest other wordings, the likeliest first
    row: Floats  # the evidence for the span. Shape (EVIDENCE_WIDTH,)
    context: Floats  # what its surroundings say, see `CONTEXT_NAMES`


def pick_renderings(
    evidence: Evidence, choices: Sequence[Choice], weights: ContextWeights
) -> dict[int, Pick]:
    """Return the pick of every place, by the place's number.

    Args:
        evidence: Over the input.
        choices: Of all places, in the order of the units.
        weights: The models.
    """
    picks: dict[int, Pick] = {}
    for pool in describe_parts(evidence, choices):
        picks.update(_picked(evidence, pool, weights))
    by_term: defaultdict[int, list[Pick]] = defaultdict(list)
    for number, pick in picks.items():
        by_term[evidence.sought[number].term].append(pick)
    for group in by_term.values():
        picks.update(_with_added_words(evidence, group))
    return picks


def _picked(evidence: Evidence, pool: DescribedPlaces, weights: ContextWeights) -> dict[int, Pick]:
    """Return the picks of the places of some units."""
    sought = [evidence.sought[choice.sought] for choice in pool.choices]
    log_p = log_shares(clipped(weights.context, pool.rows), pool.first)
    chosen = assign(sought, pool, log_p)
    logit = clipped(weights.rendered, rendered_rows(pool, log_p, chosen))
    found = settled(1 / (1 + np.exp(-logit)))
    shares = settled(np.exp(log_p))
    return {
        pool.choices[p].sought: _pick(pool, p, chosen[p].row, shares, value)
        for p, value in zip(chosen, found.tolist(), strict=True)
    }


def clipped(model: Linear, rows: Floats) -> Doubles:
    """Return the score of each row, no number of which counts for more than `CLIP`."""
    return scored(model, rows, most=CLIP)


def log_shares(score: Doubles, first: NDArray[np.int64]) -> Doubles:
    """Return the logarithm of each span's share of its place. Shape (spans,)."""
    if not len(score):
        return score
    sizes, begin = np.diff(first), first[:-1]
    top = np.repeat(np.maximum.reduceat(score, begin), sizes)
    total = np.repeat(np.add.reduceat(np.exp(score - top), begin), sizes)
    return settled(score - top - np.log(total))


def assign(sought: Sequence[Sought], pool: DescribedPlaces, log_p: Doubles) -> dict[int, Chosen]:
    """Return the best span of each place, by the place's number in the pool.

    Of places of one term in one sentence the surest chooses first; the others get spans
    that do not overlap with its own. A place that has none left that is likely shares its
    best one: the translator said once what stands twice.
    """
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for p, place in enumerate(sought):
        groups[place.unit, place.term].append(p)
    chosen: dict[int, Chosen] = {}
    for places in groups.values():
        if len(places) == 1:
            first, last = pool.first[places[0] : places[0] + 2].tolist()
            chosen[places[0]] = Chosen(first + int(log_p[first:last].argmax()), shared=False)
            continue
        ranked = sorted(
            (-float(log_p[row]), p, row) for p in places for row in range(*pool.first[p : p + 2])
        )
        taken: list[tuple[int, int]] = []
        for _, p, row in ranked:
            a, b = int(pool.start[row]), int(pool.stop[row])
            if p in chosen or any(a < stop and start < b for start, stop in taken):
                continue
            if log_p[row] >= LEAST_LOG_P:
                taken.append((a, b))
                chosen[p] = Chosen(row, shared=False)
        for _, p, row in ranked:
            chosen.setdefault(p, Chosen(row, shared=True))
    return dict(sorted(chosen.items()))


def rendered_rows(pool: DescribedPlaces, log_p: Doubles, chosen: Mapping[int, Chosen]) -> Floats:
    """Return what tells whether spans render their terms at all, see `RENDERED_NAMES`.

    Args:
        pool: All places.
        log_p: Of their spans, see `log_shares`.
        chosen: The span of each place. Shape of the result: (len(chosen), ...).
    """
    rows = np.array([each.row for each in chosen.values()], dtype=np.int64)
    added = np.empty((len(rows), 2), dtype=np.float32)
    for n, (p, (row, shared)) in enumerate(chosen.items()):
        mine = slice(*pool.first[p : p + 2])
        same = pool.key[mine] == pool.key[row]
        added[n] = np.log(np.exp(log_p[mine][same]).sum()), shared
    return np.concatenate([pool.rows[rows], added], axis=1)


def _pick(pool: DescribedPlaces, place: int, row: int, p: Doubles, found: float) -> Pick:
    first, last = pool.first[place : place + 2].tolist()
    keys, spans = pool.key[first:last].tolist(), pool.span[first:last].tolist()
    chances = p[first:last].tolist()
    mass: defaultdict[int, float] = defaultdict(float)
    best: dict[int, int] = {}
    for n in sorted(range(len(chances)), key=chances.__getitem__, reverse=True):
        mass[keys[n]] += chances[n]
        best.setdefault(keys[n], spans[n])
    at = row - first
    others = sorted((each for each in mass if each != keys[at]), key=lambda each: -mass[each])
    choice = pool.choices[place]
    return Pick(
        sought=choice.sought,
        span=spans[at],
        key=keys[at],
        p=chances[at],
        found=found,
        wording=min(1.0, mass[keys[at]]),
        rivals=tuple(Rival(best[each], mass[each]) for each in others[:RIVALS]),
        row=choice.rows[at].copy(),  # not all the rows that it is among
        context=pool.rows[row].copy(),
    )


def _with_added_words(evidence: Evidence, picks: Sequence[Pick]) -> dict[int, Pick]:
    """Widen the dominant rendering by a word before it that no Chinese word accounts for.

    `written service records` for 服务记录 is an expansion if nothing in the sentence says
    `written`; what all places share would leave the word out and hide the difference.
    """
    mass: defaultdict[int, float] = defaultdict(float)
    for pick in picks:
        mass[pick.key] += pick.p * pick.found
    key = max(mass, key=mass.__getitem__)
    mine = [pick for pick in picks if pick.key == key]
    if len(mine) < ADDED_LEAST:
        return {}
    widened = {}
    for pick in mine:
        unit, spans = evidence.sought[pick.sought].unit, evidence.spans
        before = int(spans.first[unit])
        longer = int(spans.joined.left[before + pick.span])
        first, _ = evidence.words_of(unit, pick.span)
        if (
            longer >= 0
            and evidence.words_of(unit, longer)[0] == first - 1
            and _is_added(evidence, unit, first)
        ):
            key = int(spans.joined.key[before + longer])
            widened[pick.sought] = replace(pick, span=longer, key=key)
    return widened if 2 * len(widened) < len(mine) else {}


def _is_added(evidence: Evidence, unit: int, first: int) -> bool:
    """Tell whether the word before `first` belongs to it and comes from nothing in Chinese."""
    flags = evidence.corpus.en_flags[slice(*evidence.corpus.en_first[unit : unit + 2])]
    if flags[first] & (BREAK | COMMA | OPENED | CLOSED) or flags[first - 1] & (NUMBER | ADVERB):
        return False
    if first >= 2 and flags[first - 1] & CAPITAL and not flags[first] & CAPITAL:
        return False  # a name before it: Yunlan service records
    return evidence.reached(unit, first - 1) < ADDED_SHARE
