"""A slip at which several terms point, told once.

* Where terms point at the same English words with the same difference, one verdict is kept,
  under the longest of those that are hardly less likely than the best.
* Where one term lies in another and both point at overlapping English words, it is one slip
  if some of the words that differ are the same, if what differs of the shorter one is in
  the usual rendering of the longer one, or if the shorter one hardly stands anywhere else. It
  is told under the longer one, by the same rule, unless that is a whole line with marks.
* If neither rendering of the term that it is told under prevails, and the other term has a
  measure, it is told under that one: there a reader sees what is usual.
* Where they point in opposite directions, one of them is left (`nested_verdicts`).
* Where terms that share Chinese words are said to be rendered by the very same English ones,
  one of them has a wrong span: the likelier verdict is kept.

Cost: linear in the verdicts, times how many terms overlap at a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.judging.nested_verdicts import Nests, Verdict, is_tie
from aligner.findings import Severity
from aligner.span import Span
from aligner.terms.located import Grouped
from aligner.wording.content_words import content_key

_MARKS: Final = frozenset(":：,，;；。、")  # in a whole line that stands twice; it is no term
HARDLY_LESS: Final = 0.8  # of the best probability, with which a longer term is preferred
HALF: Final = 0.5  # of it, with which a term with a measure is


def told_once(verdicts: Sequence[Verdict], grouped: Sequence[Grouped]) -> Iterator[Verdict]:
    """Yield the verdicts of which each slip has one.

    Args:
        verdicts: In any order.
        grouped: All terms.
    """
    nests = Nests(verdicts, grouped)
    gone = {id(verdict) for verdict in nests.opposites(verdicts)}
    left = [verdict for verdict in verdicts if id(verdict) not in gone]
    yield from _likelier(_nested_once(_merged(left, grouped), grouped, nests))


def _merged(verdicts: Sequence[Verdict], grouped: Sequence[Grouped]) -> list[Verdict]:
    """Keep one verdict for each difference at overlapping English words.

    Of terms that lie in one another the longest is the one that a reader looks for, unless
    it is much less likely: then it is no term, or has the words of its neighbours.
    """
    kept: list[Verdict] = []
    for cluster in _clusters(verdicts):
        least = HARDLY_LESS * max(verdict.p for verdict in cluster)
        likely = [verdict for verdict in cluster if verdict.p >= least]
        best = min(likely, key=lambda v: _rank(v, grouped[v.suspicion.term]))
        kept.append(_with_measure(best, cluster, grouped))
    return kept


def _with_measure(best: Verdict, others: Sequence[Verdict], grouped: Sequence[Grouped]) -> Verdict:
    """Return a verdict under a term with a measure, if the one that it stands under has none.

    A compound that stands twice, once in other words, does not tell which ones are usual; a term
    in it that stands elsewhere too does. The slip is the same, and so is how likely it is.
    """
    if not is_tie(best.suspicion, grouped[best.suspicion.term]):
        return best
    words = best.suspicion.comparison
    measured = [
        verdict
        for verdict in others
        if verdict.p >= HALF * best.p
        and _is_measured(verdict, grouped[verdict.suspicion.term], best.severity)
        and not set(words.added).isdisjoint(verdict.suspicion.comparison.added)
        and not set(words.removed).isdisjoint(verdict.suspicion.comparison.removed)
    ]
    if not measured:
        return best
    chosen = min(measured, key=lambda v: _rank(v, grouped[v.suspicion.term]))
    if _own_places(chosen, grouped[chosen.suspicion.term]) > 1:
        return chosen  # told at other places too, all alike
    return chosen._replace(p=best.p, severity=best.severity, two_senses=best.two_senses)


def _is_measured(verdict: Verdict, term: Grouped, severity: Severity) -> bool:
    """Tell whether a rendering stands less often than its measure, and can be told like another.

    One with several places can if it is as severe as that.
    """
    own = _own_places(verdict, term)
    alike = own == 1 or verdict.severity == severity
    return verdict.suspicion.group > 0 and own < len(term.groups[0].places) and alike


def _own_places(verdict: Verdict, term: Grouped) -> int:
    return len(term.groups[verdict.suspicion.group].places)


def _likelier(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts; of terms that share Chinese words, one for the same English words."""
    by_words: defaultdict[tuple[object, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_words[verdict.suspicion.seen.place.unit, verdict.suspicion.seen.span].append(verdict)
    for same in by_words.values():
        kept: list[Span] = []
        for verdict in sorted(same, key=lambda v: (-v.p, v.suspicion.term)):
            place = verdict.suspicion.seen.place.span
            if not any(place.start < k.stop and k.start < place.stop for k in kept):
                kept.append(place)
                yield verdict


def _rank(verdict: Verdict, term: Grouped) -> tuple[bool, bool, int, float, str]:
    wanted = term.wanted
    order = -len(wanted.key), -wanted.score, wanted.key
    return verdict.severity != "warning", _is_line(term), *order


def _clusters(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Bring together verdicts of one difference whose English words overlap."""
    groups: defaultdict[tuple[object, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        each = verdict.suspicion
        c = each.comparison
        groups[each.seen.place.unit, c.difference, c.removed, c.added].append(verdict)
    clusters: list[list[Verdict]] = []
    for group in groups.values():
        stop = -1
        for verdict in sorted(group, key=_where):
            start, end = verdict.suspicion.seen.span or (0, 0)
            if start >= stop:
                clusters.append([verdict])
                stop = end
            else:
                clusters[-1].append(verdict)
                stop = max(stop, end)
    return clusters


def _where(verdict: Verdict) -> tuple[tuple[int, int], int]:
    each = verdict.suspicion
    return each.seen.span or (0, 0), each.term


def _nested_once(
    verdicts: Sequence[Verdict], grouped: Sequence[Grouped], nests: Nests
) -> list[Verdict]:
    """Keep one verdict for each slip of terms of which one lies in the other."""
    by_unit: defaultdict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_unit[verdict.suspicion.seen.place.unit].append(verdict)
    dropped: set[int] = set()
    measured: dict[int, Verdict] = {}
    for found in by_unit.values():
        still_open: list[Verdict] = []
        for verdict in sorted(found, key=_where):
            start = _where(verdict)[0][0]
            still_open = [each for each in still_open if _where(each)[0][1] > start]
            for other in still_open:
                loser = _one_too_many(verdict, other, grouped, nests)
                if loser is None or {id(verdict), id(other)} & dropped:
                    continue
                winner = other if loser is verdict else verdict
                best = _with_measure(winner, [loser], grouped)
                dropped.add(id(loser if best is winner else winner))
                if best is not winner:
                    measured[id(loser)] = best
            still_open.append(verdict)
    return [measured.get(id(each), each) for each in verdicts if id(each) not in dropped]


def _one_too_many(
    one: Verdict, other: Verdict, grouped: Sequence[Grouped], nests: Nests
) -> Verdict | None:
    """Return which of two verdicts tells nothing new; None if each has a slip of its own."""
    short, long = sorted((one, other), key=lambda v: v.suspicion.seen.place.span.size)
    inner, outer = (v.suspicion.seen.place.span for v in (short, long))
    if not (outer.start <= inner.start and inner.stop <= outer.stop and inner != outer):
        return None
    a, b = short.suspicion.comparison, long.suspicion.comparison
    usual = set(content_key(grouped[long.suspicion.term].groups[0].text))
    added = {key for word in a.added for key in content_key(word)}
    if added and added <= usual:
        return None if (short.severity, long.severity) == ("warning", "info") else short
    in_common = not (set(a.added).isdisjoint(b.added) and set(a.removed).isdisjoint(b.removed))
    in_order = a.difference == b.difference == "order"
    if not (in_common or in_order or nests.is_piece(short.suspicion.term, long.suspicion.term)):
        return None
    if short.severity != long.severity:
        return short if long.severity == "warning" else long
    is_line = _is_line(grouped[long.suspicion.term])
    return short if long.p >= HARDLY_LESS * short.p and not is_line else long


def _is_line(term: Grouped) -> bool:
    return not _MARKS.isdisjoint(term.wanted.key)
