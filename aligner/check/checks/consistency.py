"""A rendering of a term that differs from the one it mostly has.

What it does: it looks at every term that stands in the text more than once, finds the
English words that render it in each place, and reports the places where these are not
the words that most of its places have. Plurals, capitals, spelling, acronyms and short
forms are in order. Other words are a warning; another preposition, order or word of one
root is a remark, but a warning in a title or a name, whose wording is fixed.

Why that is bad: a reader takes two names for two things. In a law or a contract they may
be held to be two.

Example:
    先导区今年成立。 | The pilot zone was set up this year.
    先导区面积不大。 | The pilot zone is small.
    先导区免税。 | The pilot zone is tax-free.
    先导区有港口。 | There is a port in the pilot area.
    -> 先导区: ‘pilot area’, expected ‘pilot zone’ (substitution, warning)

To switch it off: accept a rendering with its reason in a file and give it with
`--baseline`; put the term with all renderings that it may have into a glossary; or ask
for less, and surer, findings with `--sensitivity quiet`.

Each place is judged by itself. Where several terms point at the same English words with
the same difference, one finding is kept, under the term that is best attested (`_merged`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from aligner.check.build import build, changes
from aligner.check.severity import SMALL_DIFFERENCES, severity_of
from aligner.check.suspicion import Suspicion, suspicions
from aligner.check.trust import Sensitivity, TrustWeights, load_trust_weights, trust
from aligner.findings import Finding
from aligner.terms.located import RENDERED_SURELY, Grouped, Looked

OWN_PLACES: Final = 3  # dominant places from which a nested term is reported beside the longer one
REMARKABLE: Final = 0.3  # P(exactly these words) from which a small difference is worth a remark

_Trusted = tuple[Suspicion, float]  # with its probability


def inconsistent_renderings(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield a finding for each place whose rendering is out of line, unordered."""
    suspected = suspicions(looked)
    kept = trusted(suspected, looked.terms, load_trust_weights(), sensitivity)
    yield from findings(kept, looked)


def findings(kept: Sequence[_Trusted], looked: Looked) -> Iterator[Finding]:
    """Yield the findings of the suspicions that are trusted, one for each English place."""
    for suspicion, p in _merged(kept, looked.terms):
        yield as_finding(suspicion, p, looked)


def trusted(
    suspected: Sequence[Suspicion],
    grouped: Sequence[Grouped],
    weights: TrustWeights,
    sensitivity: Sensitivity,
) -> list[_Trusted]:
    """Return the suspicions that are worth reporting, with their probability."""
    least = weights.least[sensitivity]
    return [
        (replace(each, sure=p >= least), p)
        for each, p in zip(suspected, trust(suspected, grouped, weights).tolist(), strict=True)
        if p >= least or (sensitivity == "high" and is_remarkable(each, grouped[each.term]))
    ]


def is_remarkable(suspicion: Suspicion, term: Grouped) -> bool:
    """Tell whether a small difference is worth a remark where it is not trusted.

    The words of both renderings are nearly the same, so that there is little doubt about
    what renders the term; what was read to learn trust were differences of words.
    """
    dominant = term.groups[0].places
    return (
        suspicion.comparison.difference in SMALL_DIFFERENCES
        and suspicion.seen.found >= RENDERED_SURELY
        and suspicion.seen.p >= REMARKABLE
        and sum(seen.found for seen in dominant) >= RENDERED_SURELY * len(dominant)
    )


def as_finding(suspicion: Suspicion, p: float, looked: Looked) -> Finding:
    """Return a suspicion as the value that is shown."""
    term = looked.terms[suspicion.term]
    difference = suspicion.comparison.difference
    # A moved or exchanged preposition in a name is plain to see; a word of one root is not.
    fixed = suspicion.title and (suspicion.sure or difference != "derivation")
    return build(
        looked,
        suspicion.seen,
        term=term.wanted.text,
        expected=term.groups[0].text,
        difference=difference,
        severity=severity_of(difference, title=fixed),
        why=why(suspicion, term),
        p=p,
    )


def why(suspicion: Suspicion, term: Grouped) -> str:
    """Explain a finding; the same for every place of a rendering with the same words."""
    comparison = suspicion.comparison
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    total = sum(len(group.places) for group in term.groups)
    changed = changes(comparison)
    what = {
        "substitution": "other words",
        "preposition": "another preposition",
        "order": "the same words in another order",
        "derivation": "another word of the same root",
        "expansion": "words added",
    }.get(comparison.difference, comparison.difference)
    parts = [f"{what[0].upper()}{what[1:]}"]
    if changed:
        parts[0] += f": {changed}"
    parts.append(f"{_places(len(mine.places))} of {total}")
    rest = _places(len(dominant.places))
    parts.append(f"elsewhere ‘{dominant.text}’ ({rest})")
    text = "; ".join(parts) + "."
    if suspicion.title and comparison.difference != "substitution":
        text += " In a title or a name the wording is fixed."
    if len(dominant.places) == len(mine.places):
        text += " Neither rendering prevails."
    return text


def _places(count: int) -> str:
    return f"{count} place" if count == 1 else f"{count} places"


def _merged(suspected: Sequence[_Trusted], grouped: Sequence[Grouped]) -> list[_Trusted]:
    """Keep one suspicion for each difference at overlapping English words.

    Of terms with the very same words, and of a piece and the longer candidate that holds
    all its places, the better candidate stays. Terms with different words stay side by
    side only if each is well attested by itself.
    """
    kept: list[_Trusted] = []
    for cluster in _clusters(suspected):
        ranked = sorted(cluster, key=lambda pair: _rank(grouped[pair[0].term]))
        scores = {grouped[e.term].wanted.key: grouped[e.term].wanted.score for e, _ in cluster}
        by_span: dict[tuple[int, int], _Trusted] = {}
        for each, p in ranked:
            wanted = grouped[each.term].wanted
            piece = scores.get(wanted.nested, wanted.score) > wanted.score
            if each.seen.span is not None and not piece:
                by_span.setdefault(each.seen.span, (each, p))
        best, *others = by_span.values()
        kept.append(best)
        kept += [
            pair for pair in others if len(grouped[pair[0].term].groups[0].places) >= OWN_PLACES
        ]
    return kept


def _rank(term: Grouped) -> tuple[float, int, str]:
    return -term.wanted.score, -len(term.wanted.key), term.wanted.key


def _clusters(suspected: Sequence[_Trusted]) -> list[list[_Trusted]]:
    """Bring together suspicions of one difference whose English words overlap."""
    groups: defaultdict[tuple[object, ...], list[_Trusted]] = defaultdict(list)
    for pair in suspected:
        each = pair[0]
        if each.seen.span is not None:
            c = each.comparison
            groups[each.seen.place.unit, c.difference, c.removed, c.added].append(pair)
    clusters = []
    for group in groups.values():
        stop = -1
        for pair in sorted(group, key=lambda pair: (pair[0].seen.span or (0, 0), pair[0].term)):
            start, end = pair[0].seen.span or (0, 0)
            if start >= stop:
                clusters.append([pair])
                stop = end
            else:
                clusters[-1].append(pair)
                stop = max(stop, end)
    return clusters
