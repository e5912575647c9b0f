"""Terms that lie in one another, and what is said of them the wrong way round.

Each term has its own dominant rendering, so two of which one lies in the other may point in
opposite directions: of two places with two wordings the one is called out of line under the
short term, the other under the long one. A reader then gets two findings of which each
corrects the other. The term is believed whose measure has most more places than what is out
of line, then the one whose measure has most places, then the longer one.

Cost: linear in the number of places of the terms that have a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Final, NamedTuple

from aligner.check.judging.suspicion import Suspicion
from aligner.findings import Severity
from aligner.span import Span
from aligner.terms.located import Grouped

MOSTLY: Final = 0.5  # share of a term's places inside a longer one's, from which it is a piece
_SPELLING: Final = -1  # stands for places of the dominant group that are spelt otherwise

_Terms = tuple[int, int]  # a shorter and a longer one, by their numbers
_Group = tuple[int, int]  # a term's and a rendering's number


class Verdict(NamedTuple):
    """A suspicion that is going to be reported."""

    suspicion: Suspicion
    p: float
    severity: Severity
    two_senses: bool = False


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


class Nests:
    """Which places of the judged terms lie in places of others.

    Args:
        verdicts: In any order.
        grouped: All terms.
    """

    def __init__(self, verdicts: Sequence[Verdict], grouped: Sequence[Grouped]) -> None:
        self._grouped = grouped
        self._by_terms: defaultdict[_Terms, list[_Nest]] = defaultdict(list)
        for nest in _nests(verdicts, grouped):
            self._by_terms[nest.short.term, nest.long.term].append(nest)

    def is_piece(self, short: int, long: int) -> bool:
        """Tell whether a term stands mostly inside a longer one."""
        places = sum(len(group.places) for group in self._grouped[short].groups)
        return len(self._by_terms.get((short, long), ())) >= MOSTLY * places

    def opposites(self, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
        """Yield what is said the other way round, and better, under another term."""
        by_group: defaultdict[_Group, list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            by_group[verdict.suspicion.term, _group_of(verdict.suspicion)].append(verdict)
        for (short, long), held in self._by_terms.items():
            usual_there = {n.short.group for n in held if n.short.group and not n.long.group}
            usual_here = {n.long.group for n in held if n.long.group and not n.short.group}
            for one, two in product(sorted(usual_there), sorted(usual_here)):
                mine, theirs = by_group.get((short, one)), by_group.get((long, two))
                if mine and theirs:
                    yield from self._lighter(mine, theirs, held)

    def _lighter(
        self, mine: Sequence[Verdict], theirs: Sequence[Verdict], held: Sequence[_Nest]
    ) -> Iterator[Verdict]:
        """Yield one of two renderings' verdicts, those at places that the terms share."""
        if _weight(mine[0], self._grouped) > _weight(theirs[0], self._grouped):
            around = {(nest.unit, nest.long.span) for nest in held}
            yield from (verdict for verdict in theirs if _place(verdict) in around)
        else:
            within = {(nest.unit, nest.short.span) for nest in held}
            yield from (verdict for verdict in mine if _place(verdict) in within)


def is_tie(suspicion: Suspicion, term: Grouped) -> bool:
    """Tell whether a rendering has as many places as the one that it is measured by."""
    mine = term.groups[suspicion.group]
    return suspicion.group > 0 and len(term.groups[0].places) <= len(mine.places)


def _group_of(suspicion: Suspicion) -> int:
    """Return the number of its rendering; another spelling is part of the dominant group."""
    return suspicion.group or _SPELLING


def _nests(verdicts: Sequence[Verdict], grouped: Sequence[Grouped]) -> list[_Nest]:
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


def _place(verdict: Verdict) -> tuple[int, Span]:
    place = verdict.suspicion.seen.place
    return place.unit, place.span


def _weight(verdict: Verdict, grouped: Sequence[Grouped]) -> tuple[bool, int, int]:
    """Return what a verdict's measure weighs against the other term's."""
    suspicion = verdict.suspicion
    groups = grouped[suspicion.term].groups
    usual = len(groups[0].places)
    odd = len(groups[suspicion.group].places) if suspicion.group else 1
    return verdict.severity == "warning", usual - odd, usual
