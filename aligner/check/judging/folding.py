"""One difference, one finding: where terms that lie in one another tell of the same places.

A longer term repeats what is said of a term inside it. Each term has its own dominant
rendering, so the two may even point in opposite directions: of two places with two wordings
the one is called out of line under the short term, the other under the long one. A reader
then gets two findings of which each corrects the other. Two kinds are told once:

- Both have a verdict at the same place, and the same words differ, or the shorter term hardly
  stands anywhere else: then it is a piece of the longer one. The longest term is kept of
  those that are hardly less likely than the best.
- A verdict holds against the other's: where it says "out of line" the other has its measure,
  and the other way round. The term is kept whose measure has most more places than what is
  out of line, then the one whose measure has most places, then the longest.

Cost: linear in the number of places of the terms that have a verdict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Final, NamedTuple, Protocol, TypeVar

from aligner.check.judging.suspicion import Suspicion
from aligner.findings import Severity
from aligner.span import Span
from aligner.terms.located import Grouped

HARDLY_LESS: Final = 0.8  # of the best probability, with which a longer term is preferred
MOSTLY: Final = 0.5  # share of a term's places inside a longer one's, from which it is a piece
_SPELLING: Final = -1  # stands for places of the dominant group that are spelt otherwise

_Terms = tuple[int, int]  # a shorter and a longer one, by their numbers
_Group = tuple[int, int]  # a term's and a rendering's number


class Told(Protocol):
    """A verdict on a suspicion, as far as it matters here."""

    @property
    def suspicion(self) -> Suspicion:
        """The place that is out of line."""

    @property
    def p(self) -> float:
        """Probability that a reviser wants to see it."""

    @property
    def severity(self) -> Severity:
        """Its tier."""


T = TypeVar("T", bound=Told)


class _Standing(NamedTuple):
    """A place of a term with one of its renderings."""

    term: int
    group: int
    span: Span  # of the Chinese words


class _Nest(NamedTuple):
    """A place inside one of a longer term."""

    unit: int
    short: _Standing
    long: _Standing


def folded(verdicts: Sequence[T], grouped: Sequence[Grouped]) -> list[T]:
    """Leave out verdicts on places that a verdict on a shorter or longer term tells.

    Args:
        verdicts: On suspicions, in any order.
        grouped: The terms that the suspicions count.

    Returns:
        What is left, in the same order.
    """
    nests = _nests(verdicts, grouped)
    turned = {id(verdict) for verdict in _turned(verdicts, grouped, nests)}
    left = [verdict for verdict in verdicts if id(verdict) not in turned]
    twice = {id(verdict) for verdict in _said_twice(left, _pieces(grouped, nests))}
    return [verdict for verdict in left if id(verdict) not in twice]


def _group_of(suspicion: Suspicion) -> int:
    """Return the number of its rendering; another spelling is part of the dominant group."""
    return suspicion.group or _SPELLING


def _nests(verdicts: Sequence[Told], grouped: Sequence[Grouped]) -> list[_Nest]:
    """Return the places of the terms with a verdict that lie in places of others of them."""
    spelt = {(v.suspicion.term, id(v.suspicion.seen)) for v in verdicts if not v.suspicion.group}
    by_unit: defaultdict[int, list[_Standing]] = defaultdict(list)
    for term in sorted({verdict.suspicion.term for verdict in verdicts}):
        for k, group in enumerate(grouped[term].groups):
            for seen in group.places:
                number = _SPELLING if (term, id(seen)) in spelt else k
                by_unit[seen.place.unit].append(_Standing(term, number, seen.place.span))
    return [
        _Nest(unit, short, long)
        for unit, standing in by_unit.items()
        for short, long in permutations(standing, 2)
        if short.term != long.term and _is_inside(short.span, long.span)
    ]


def _is_inside(short: Span, long: Span) -> bool:
    return long.start <= short.start and short.stop <= long.stop and short.size < long.size


def _pieces(grouped: Sequence[Grouped], nests: Sequence[_Nest]) -> set[_Terms]:
    """Return which terms are hardly anywhere more than a piece of which longer ones."""
    inside = Counter((nest.short.term, nest.long.term) for nest in nests)
    return {
        (short, long)
        for (short, long), count in inside.items()
        if count >= MOSTLY * sum(len(group.places) for group in grouped[short].groups)
    }


def _turned(
    verdicts: Sequence[T], grouped: Sequence[Grouped], nests: Sequence[_Nest]
) -> Iterator[T]:
    """Yield what is said the other way round, and better, under another term."""
    by_group: defaultdict[_Group, list[T]] = defaultdict(list)
    for verdict in verdicts:
        by_group[verdict.suspicion.term, _group_of(verdict.suspicion)].append(verdict)
    by_terms: defaultdict[_Terms, list[_Nest]] = defaultdict(list)
    for nest in nests:
        by_terms[nest.short.term, nest.long.term].append(nest)
    for (short, long), held in by_terms.items():
        usual_there = {n.short.group for n in held if n.short.group and not n.long.group}
        usual_here = {n.long.group for n in held if n.long.group and not n.short.group}
        for one, two in product(sorted(usual_there), sorted(usual_here)):
            mine, theirs = by_group.get((short, one), ()), by_group.get((long, two), ())
            if not (mine and theirs):
                continue
            if _weight(mine[0], grouped) > _weight(theirs[0], grouped):
                around = {(nest.unit, nest.long.span) for nest in held}
                yield from (v for v in theirs if _place(v) in around)
            else:
                within = {(nest.unit, nest.short.span) for nest in held}
                yield from (v for v in mine if _place(v) in within)


def _place(verdict: Told) -> tuple[int, Span]:
    place = verdict.suspicion.seen.place
    return place.unit, place.span


def _weight(verdict: Told, grouped: Sequence[Grouped]) -> tuple[bool, int, int]:
    """Return what a verdict's measure weighs against the other term's."""
    suspicion = verdict.suspicion
    groups = grouped[suspicion.term].groups
    usual = len(groups[0].places)
    odd = len(groups[suspicion.group].places) if suspicion.group else 1
    return verdict.severity == "warning", usual - odd, usual


def _said_twice(verdicts: Sequence[T], pieces: set[_Terms]) -> Iterator[T]:
    """Yield the verdicts at a place that is told under a longer or a likelier term."""
    by_unit: defaultdict[int, list[T]] = defaultdict(list)
    for verdict in verdicts:
        by_unit[verdict.suspicion.seen.place.unit].append(verdict)
    for same in by_unit.values():
        for short, long in permutations(same, 2):
            if _is_one(short.suspicion, long.suspicion, pieces):
                yield long if _is_preferred(short, long) else short


def _is_one(short: Suspicion, long: Suspicion, pieces: set[_Terms]) -> bool:
    """Tell whether two suspicions at nested Chinese words say one thing."""
    one, two = short.seen, long.seen
    if not _is_inside(one.place.span, two.place.span) or one.span is None or two.span is None:
        return False
    if one.span.start >= two.span.stop or two.span.start >= one.span.stop:
        return False
    mine, theirs = ({*e.comparison.removed, *e.comparison.added} for e in (short, long))
    return not mine.isdisjoint(theirs) or (short.term, long.term) in pieces


def _is_preferred(short: Told, long: Told) -> bool:
    """Tell whether the shorter of two terms is the one to tell of."""
    if short.severity != long.severity:
        return short.severity == "warning"
    return long.p < HARDLY_LESS * short.p
