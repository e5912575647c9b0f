"""A rendering of a term that differs from the one it mostly has.

What it does: it looks at every term that stands in the text more than once, finds the
English words that render it in each place, and reports the places where these are not
the words that most of its places have. Plurals, capitals, spelling and acronyms are in
order, and so is a short form behind the full one. In a name the spelling counts too. Each
difference gets the probability that a reviser would want to see it: of the warnings
that were read nearly four of five were right. Less is a remark, which only `--sensitivity high`
shows. A settled term that is in plainly other words in one place is a warning from .4 on.

Why that is bad: a reader takes two names for two things. In a law or a contract they may
be held to be two.

Example:
    海港先导区今年成立。 | The harbour pilot zone was set up this year.
    海港先导区面积不大。 | The harbour pilot zone is small.
    海港先导区免税。 | The harbour pilot zone is tax-free.
    海港先导区有港口。 | There is a port in the harbour pilot area.
    -> 海港先导区: ‘harbour pilot area’, expected ‘harbour pilot zone’ (substitution, warning)

To switch it off: accept a rendering with its reason in a file and give it with
`--baseline`, or put the term with all renderings that it may have into a glossary.

Each rendering of a term is judged once, with all its places. Where several terms point at
the same English words with the same difference, one finding is kept, under the longest of
those that are hardly less likely than the best (`_merged`). If the surroundings of the
places tell two renderings apart, there may be two senses: a remark asks. Where two terms that
share Chinese words are said to be rendered by the very same English ones, one of them has a
wrong span, so only the likelier finding is kept (`_told_once`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.check.build import build, changes
from aligner.check.judging.exceptions import PLAUSIBLE, is_exception
from aligner.check.judging.senses import are_two_senses
from aligner.check.judging.suspicion import Suspicion, suspicions
from aligner.check.judging.term_facts import term_facts
from aligner.check.judging.trust import (
    Sensitivity,
    TrustWeights,
    has_neighbours_words,
    is_doubtful,
    is_fixed,
    load_trust_weights,
    names_something_else,
    rendering_groups,
    trust,
)
from aligner.findings import Difference, Finding, Severity
from aligner.messages import N_, _, ngettext
from aligner.span import Span
from aligner.terms.located import Grouped, Looked

HARDLY_LESS: Final = 0.8  # of the best probability, with which a longer term is preferred
_WHAT: Final[dict[Difference, str]] = {
    "substitution": N_("Other words"),
    "preposition": N_("Another preposition"),
    "order": N_("The same words in another order"),
    "derivation": N_("Another form of a word"),
    "expansion": N_("Words added"),
    "short form": N_("Words left out, where the full form does not stand close before"),
    "form": N_("Another spelling of a name"),
}


class Verdict(NamedTuple):
    """A suspicion that is going to be reported."""

    suspicion: Suspicion
    p: float
    severity: Severity
    two_senses: bool = False


def inconsistent_renderings(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield a finding for each place whose rendering is out of line, unordered."""
    verdicts = judged(suspicions(looked), looked, load_trust_weights(), sensitivity)
    yield from findings(verdicts, looked)


def findings(verdicts: Sequence[Verdict], looked: Looked) -> Iterator[Finding]:
    """Yield the findings of some verdicts, one for each English place."""
    for verdict in _told_once(_merged(verdicts, looked.terms)):
        yield as_finding(verdict, looked)


def judged(
    suspected: Sequence[Suspicion],
    looked: Looked,
    weights: TrustWeights,
    sensitivity: Sensitivity,
) -> list[Verdict]:
    """Return the suspicions that are worth reporting; remarks only at high sensitivity."""
    p = trust(suspected, looked.terms, weights).tolist()
    verdicts = []
    facts = {n: term_facts(looked.terms[n]) for n in {each.term for each in suspected}}
    for members in rendering_groups(suspected):
        first, best = suspected[members[0]], p[members[0]]
        if best < weights.remark:
            continue
        term = looked.terms[first.term]
        group = [suspected[n] for n in members]
        known = facts[first.term]
        fixed = any(is_fixed(each, term, known) for each in group)
        plain = best >= PLAUSIBLE and any(is_exception(each, term, known) for each in group)
        sure = fixed or plain
        borrowed = all(has_neighbours_words(each) for each in group)
        trusted = best >= weights.warning and not is_doubtful(group, term, known)
        likely = (sure or trusted) and not (borrowed or names_something_else(group))
        mine = [each.seen for each in group]
        senses = likely and not fixed and are_two_senses(looked, term.groups[0].places, mine)
        severity: Severity = "warning" if likely and not senses else "info"
        if severity == "warning" or sensitivity == "high":
            verdicts += [Verdict(suspected[n], best, severity, senses) for n in members]
    return verdicts


def as_finding(verdict: Verdict, looked: Looked) -> Finding:
    """Return a suspicion as the value that is shown."""
    suspicion = verdict.suspicion
    term = looked.terms[suspicion.term]
    return build(
        looked,
        suspicion.seen,
        term=term.wanted.text,
        expected=term.groups[0].text,
        difference=suspicion.comparison.difference,
        severity=verdict.severity,
        why=why(verdict, term),
        p=verdict.p,
    )


def why(verdict: Verdict, term: Grouped) -> str:
    """Explain a finding; the same for every place of a rendering with the same words."""
    suspicion = verdict.suspicion
    comparison = suspicion.comparison
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    total = sum(len(group.places) for group in term.groups)
    changed = changes(comparison)
    what = _(_WHAT.get(comparison.difference, comparison.difference.capitalize()))
    own, usual = len(mine.places), len(dominant.places)
    if suspicion.group == 0:  # a spelling is part of a group
        own = sum(each.text == suspicion.seen.text for each in mine.places)
        usual -= own
    parts = [
        _("{what}: {changed}").format(what=what, changed=changed) if changed else what,
        _("{places} of {total}").format(places=_places(own), total=total),
        _("elsewhere ‘{text}’ ({places})").format(text=dominant.text, places=_places(usual)),
    ]
    text = _("{parts}.").format(parts=_("; ").join(parts))
    if comparison.difference == "form" or (
        suspicion.title and comparison.difference != "substitution"
    ):
        text += _(" In a title or a name the wording is fixed.")
    if verdict.two_senses:
        text += _(" The sentences around them differ: are these two senses?")
    elif suspicion.group and len(dominant.places) == len(mine.places):
        text += _(" Neither rendering prevails.")
    return text


def _places(count: int) -> str:
    return ngettext("{count} place", "{count} places", count).format(count=count)


def _merged(verdicts: Sequence[Verdict], grouped: Sequence[Grouped]) -> list[Verdict]:
    """Keep one verdict for each difference at overlapping English words.

    Of terms that lie in one another the longest is the one that a reader looks for, unless
    it is much less likely: then it is no term, or has the words of its neighbours.
    """
    kept: list[Verdict] = []
    for cluster in _clusters(verdicts):
        least = HARDLY_LESS * max(verdict.p for verdict in cluster)
        likely = [verdict for verdict in cluster if verdict.p >= least]
        kept.append(min(likely, key=lambda v: _rank(v, grouped[v.suspicion.term])))
    return kept


def _told_once(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
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


def _rank(verdict: Verdict, term: Grouped) -> tuple[bool, int, float, str]:
    wanted = term.wanted
    return verdict.severity != "warning", -len(wanted.key), -wanted.score, wanted.key


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
