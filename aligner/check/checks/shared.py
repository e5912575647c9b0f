"""The reverse direction: one English rendering that stands for several Chinese terms.

Two terms whose dominant rendering is the same may be synonyms, or a distinction that
the translation has lost. It is reported where the terms are alike in form (服务机构,
服务组织), so that they look like members of one set, and neither is part of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from aligner.bitext import Bitext
from aligner.findings import Finding
from aligner.terms.candidates.word_lists import GENERIC
from aligner.terms.group import SURE, Grouped
from aligner.terms.units import Unit
from aligner.wording.content_words import group_key

LEAST_PLACES = 2  # of each term with the rendering
LEAST_SHARE = 0.5  # of a term's places
SHORTEST = 3  # characters of a term


def shared_renderings(
    grouped: Sequence[Grouped], units: Sequence[Unit], bitexts: dict[str, Bitext]
) -> list[Finding]:
    """Return a finding for each place of the rarer term of every pair. Cost: linear."""
    by_key: defaultdict[tuple[str, ...], list[Grouped]] = defaultdict(list)
    for term in grouped:
        if _is_certain(term):
            by_key[group_key(term.groups[0].text)].append(term)
    found = []
    for terms in by_key.values():
        ranked = sorted(terms, key=lambda t: (-len(t.groups[0].places), t.wanted.places[0]))
        for number, term in enumerate(ranked[1:], start=1):
            rival = next((r for r in ranked[:number] if are_siblings(r, term)), None)
            if rival is not None:
                found += _findings(term, rival, units, bitexts)
    return found


def are_siblings(one: Grouped, other: Grouped) -> bool:
    """Tell whether two terms look like members of one set, at different places."""
    a, b = one.wanted.key, other.wanted.key
    if a in b or b in a or sorted(a) == sorted(b):
        return False
    prefix = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    suffix = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), 0)
    return max(prefix, suffix) >= 2 and abs(len(a) - len(b)) <= 1


def _is_certain(term: Grouped) -> bool:
    if not term.groups or len(term.wanted.key) < SHORTEST or term.wanted.key in GENERIC:
        return False
    dominant = term.groups[0]
    total = sum(len(group.places) for group in term.groups) + len(term.unrendered)
    return (
        dominant.sure >= LEAST_PLACES
        and len(dominant.places) >= LEAST_SHARE * total
        and len(group_key(dominant.text)) > 1
    )


def _findings(
    term: Grouped, rival: Grouped, units: Sequence[Unit], bitexts: dict[str, Bitext]
) -> list[Finding]:
    dominant = term.groups[0]
    why = (
        f"‘{dominant.text}’ also renders {rival.wanted.text}"
        f" ({len(rival.groups[0].places)} places): two terms, one rendering."
    )
    found = []
    for seen in dominant.places:
        if seen.span is None or seen.found < SURE:
            continue
        unit = units[seen.place.unit]
        bead = bitexts[unit.doc].alignment.beads[unit.bead]
        found.append(
            Finding(
                doc=unit.doc,
                term=term.wanted.text,
                rendering=seen.text,
                expected=f"not the rendering of {rival.wanted.text}",
                difference="shared rendering",
                severity="info",
                why=why,
                bead=unit.bead,
                src_ids=tuple(range(*bead.src)),
                tgt_ids=tuple(range(*bead.tgt)),
                src_span=unit.src_span(seen.place.span),
                tgt_span=unit.tgt_span(seen.span),
                p=round(seen.p * seen.found, 4),
            )
        )
    return found
