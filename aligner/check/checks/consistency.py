"""A rendering of a term that differs from the one it mostly has.

What it does: it looks at every term that stands in the text more than once, finds the
English words that render it in each place, and reports the places where these are not
the words that most of its places have. Plurals, capitals, spelling and acronyms are in
order, and so is a short form behind the full one. In a name the spelling counts too. Each
difference gets the probability that a reviser would want to see it: of the warnings
that were read nearly four of five were right. Less is a remark, which only `--sensitivity high`
shows. A settled term that is in plainly other words in one place is a warning from .4 or .45
on, and a misprint of the usual wording is one in any case.

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

Each rendering of a term is judged once, with all its places. A slip at which several terms
point is told under one of them (`aligner.check.judging.told_once`). If the surroundings of the
places tell two renderings apart, there may be two senses: a remark asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.build import build, changes
from aligner.check.judging.nested_verdicts import Verdict, is_tie
from aligner.check.judging.senses import are_two_senses
from aligner.check.judging.suspicion import Suspicion, suspicions
from aligner.check.judging.term_facts import term_facts
from aligner.check.judging.told_once import told_once
from aligner.check.judging.trust import (
    OUTWEIGHED,
    Sensitivity,
    TrustWeights,
    has_neighbours_words,
    is_doubtful,
    load_trust_weights,
    names_something_else,
    rendering_groups,
    trust,
)
from aligner.findings import Difference, Finding, Severity
from aligner.messages import N_, _, ngettext
from aligner.terms.located import Grouped, Looked

_WHAT: Final[dict[Difference, str]] = {
    "substitution": N_("Other words"),
    "preposition": N_("Another preposition"),
    "order": N_("The same words in another order"),
    "derivation": N_("Another form of a word"),
    "expansion": N_("Words added"),
    "short form": N_("Words left out, where the full form does not stand close before"),
    "form": N_("Another spelling"),
}


def inconsistent_renderings(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield a finding for each place whose rendering is out of line, unordered."""
    verdicts = judged(suspicions(looked), looked, load_trust_weights())
    for finding in findings(verdicts, looked):
        if finding.severity != "info" or sensitivity == "high":
            yield finding


def findings(verdicts: Sequence[Verdict], looked: Looked) -> Iterator[Finding]:
    """Yield the findings of some verdicts, one for each English place."""
    for verdict in told_once(verdicts, looked.terms):
        yield as_finding(verdict, looked)


def judged(suspected: Sequence[Suspicion], looked: Looked, weights: TrustWeights) -> list[Verdict]:
    """Return the suspicions that are worth reporting, as warnings and remarks."""
    trusted = trust(suspected, looked.terms, weights)
    p = trusted.p.tolist()
    verdicts = []
    facts = {n: term_facts(looked.terms[n]) for n in {each.term for each in suspected}}
    for members in rendering_groups(suspected):
        first, best = suspected[members[0]], p[members[0]]
        if best < weights.remark:
            continue
        term = looked.terms[first.term]
        group = [suspected[n] for n in members]
        known = facts[first.term]
        fixed = bool(trusted.fixed[members[0]])
        sure = fixed or trusted.plain[members[0]] or best >= OUTWEIGHED
        borrowed = all(has_neighbours_words(each) for each in group)
        likeliest = best >= weights.warning and not is_doubtful(group, term, known)
        likely = (sure or likeliest) and not (borrowed or names_something_else(group))
        mine = [each.seen for each in group]
        senses = likely and not fixed and are_two_senses(looked, term.groups[0].places, mine)
        severity: Severity = "warning" if likely and not senses else "info"
        verdicts += [Verdict(suspected[n], best, severity, senses) for n in members]
    return verdicts


def as_finding(verdict: Verdict, looked: Looked) -> Finding:
    """Return a suspicion as the value that is shown.

    Where neither rendering prevails, none is suggested: which one is right a reviser knows.
    """
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
        suggestion="" if is_tie(suspicion, term) else None,
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
    if (comparison.difference == "form" and not dominant.text.islower()) or (
        suspicion.title and comparison.difference != "substitution"
    ):
        text += _(" In a title or a name the wording is fixed.")
    if verdict.two_senses:
        text += _(" The sentences around them differ: are these two senses?")
    elif is_tie(suspicion, term):
        text += _(" Neither rendering prevails.")
    return text


def _places(count: int) -> str:
    return ngettext("{count} place", "{count} places", count).format(count=count)
