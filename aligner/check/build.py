"""From suspicions to findings: what is reported, once for each English place, and why.

The places of nested terms are judged on their own; where several terms point at the
same English words with the same difference, one finding is kept, under the term that
is best attested (`_merged`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from aligner.bitext import Bitext
from aligner.check.suspicion import Suspicion, severity_of
from aligner.findings import SEVERITIES, Finding
from aligner.terms.group import Grouped, is_harmless
from aligner.terms.units import Unit

OWN_PLACES = 3  # dominant places from which a nested term is reported beside the longer one


def findings(
    suspicions: Sequence[tuple[Suspicion, float]],
    grouped: Sequence[Grouped],
    units: Sequence[Unit],
    bitexts: dict[str, Bitext],
) -> list[Finding]:
    """Return the findings, unordered.

    Args:
        suspicions: Those that are trusted, with their probability.
        grouped: All terms.
        units: All units.
        bitexts: By their ids.
    """
    return [
        as_finding(suspicion, p, grouped[suspicion.term], units, bitexts)
        for suspicion, p in _merged(suspicions, grouped)
    ]


def as_finding(
    suspicion: Suspicion,
    p: float,
    term: Grouped,
    units: Sequence[Unit],
    bitexts: dict[str, Bitext],
) -> Finding:
    """Return a suspicion as the value that is shown."""
    seen = suspicion.seen
    if seen.span is None:
        raise ValueError("a suspicion has a span")
    unit = units[seen.place.unit]
    bead = bitexts[unit.doc].alignment.beads[unit.bead]
    difference = suspicion.comparison.difference
    # A moved or exchanged preposition in a name is plain to see; a word of one root is not.
    fixed = suspicion.title and (suspicion.sure or difference != "derivation")
    return Finding(
        doc=unit.doc,
        term=term.wanted.text,
        rendering=seen.text,
        expected=term.groups[0].text,
        difference=difference,
        severity=severity_of(difference, title=fixed),
        why=why(suspicion, term),
        bead=unit.bead,
        src_ids=tuple(range(*bead.src)),
        tgt_ids=tuple(range(*bead.tgt)),
        src_span=unit.src_span(seen.place.span),
        tgt_span=unit.tgt_span(seen.span),
        p=round(p, 4),
    )


def why(suspicion: Suspicion, term: Grouped) -> str:
    """Explain a finding; the same for every place of a rendering with the same words."""
    comparison = suspicion.comparison
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    total = sum(len(group.places) for group in term.groups)
    changed = [f"−{word}" for word in comparison.removed] + [
        f"+{word}" for word in comparison.added
    ]
    what = {
        "substitution": "other words",
        "preposition": "another preposition",
        "order": "the same words in another order",
        "derivation": "another word of the same root",
        "expansion": "words added",
    }.get(comparison.difference, comparison.difference)
    parts = [f"{what[0].upper()}{what[1:]}"]
    if changed:
        parts[0] += f": {' '.join(changed)}"
    parts.append(f"{_places(len(mine.places))} of {total}")
    rest = _places(len(dominant.places))
    parts.append(f"elsewhere ‘{dominant.text}’ ({rest})")
    text = "; ".join(parts) + "."
    if suspicion.title and comparison.difference != "substitution":
        text += " In a title or a name the wording is fixed."
    if len(dominant.places) == len(mine.places):
        text += " Neither rendering prevails."
    return text


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with the worst first, then by document and place."""
    return tuple(
        sorted(
            found,
            key=lambda f: (SEVERITIES.index(f.severity), f.doc, f.tgt_span, f.src_span, f.term),
        )
    )


def _places(count: int) -> str:
    return f"{count} place" if count == 1 else f"{count} places"


def _merged(
    suspicions: Sequence[tuple[Suspicion, float]], grouped: Sequence[Grouped]
) -> list[tuple[Suspicion, float]]:
    """Keep one suspicion for each difference at overlapping English words.

    Of terms with the very same words, and of a piece and the longer candidate that holds
    all its places, the better candidate stays. Terms with different words stay side by
    side only if each is well attested by itself.
    """
    kept: list[tuple[Suspicion, float]] = []
    for cluster in _clusters(suspicions):
        ranked = sorted(cluster, key=lambda pair: _rank(grouped[pair[0].term]))
        scores = {grouped[e.term].wanted.key: grouped[e.term].wanted.score for e, _ in cluster}
        by_span: dict[tuple[int, int], tuple[Suspicion, float]] = {}
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


def _clusters(
    suspicions: Sequence[tuple[Suspicion, float]],
) -> list[list[tuple[Suspicion, float]]]:
    """Bring together suspicions of one difference whose English words overlap."""
    groups: defaultdict[tuple[object, ...], list[tuple[Suspicion, float]]] = defaultdict(list)
    for pair in suspicions:
        each = pair[0]
        if each.seen.span is not None and not is_harmless(each.comparison.difference):
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
