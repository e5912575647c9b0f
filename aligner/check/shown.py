"""Terms as the values that are shown: their surface forms, places and consistency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from aligner.check.proposed.proposed_rows import Proposal, proposals
from aligner.check.severity import is_harmless
from aligner.findings import Occurrence, Rendering, Term
from aligner.terms.located import Grouped, Looked, RenderingGroup, Seen
from aligner.terms.targets import accepts
from aligner.terms.units import TextUnit
from aligner.wording.difference import compare_once

SEVERAL: Final = 2  # places from which renderings can be compared


def shown_terms(looked: Looked) -> tuple[Term, ...]:
    """Return what is a term: named by the glossary, or surely rendered somewhere."""
    proposed = proposals(looked)
    return tuple(
        _with_citation(as_term(term, looked.units), term, proposed.get(term.wanted.key))
        for term in looked.terms
        if is_shown(term)
    )


def _with_citation(term: Term, grouped: Grouped, proposal: Proposal | None) -> Term:
    """Return a term with what a glossary proposes for it."""
    if proposal is None:
        return term
    group = grouped.groups[proposal.group]
    forms = {surface(seen.text, group.text) for seen in group.places} if proposal.group else ()
    return replace(
        term, citation=proposal.text, citation_src=proposal.src, cited=tuple(sorted(forms))
    )


def is_shown(term: Grouped) -> bool:
    """Tell whether something is a term: named by the glossary, or surely rendered somewhere."""
    return term.wanted.entry is not None or any(group.sure for group in term.groups)


def overall(terms: Sequence[Term]) -> float:
    """Return the mean consistency of terms with two renderings or more to compare.

    Each counts by its rendered places; 1 where there is none.
    """
    counted = [(t.consistency, t.count - len(t.unrendered)) for t in terms]
    counted = [(value, count) for value, count in counted if count >= SEVERAL]
    total = sum(count for _, count in counted)
    return round(sum(value * count for value, count in counted) / total, 4) if total else 1.0


def commonest_share(terms: Sequence[Grouped]) -> float:
    """Return the share of places with their term's commonest rendering, over all places.

    sum over terms of max over renderings of n(term, rendering) / sum over terms of n(term),
    for terms with two places or more; a place without a rendering counts in the second sum
    alone. Two renderings are one if their words have the same base forms in the same order:
    an acronym or a short form is another one here, unlike in `consistency`.

    Source: the term consistency of the WMT 2025 terminology task, micro average, with the
    most frequent translation as pseudo-reference
    (https://github.com/wmt-conference/wmt25-terminology, term-consistency). There terms
    that stand once count too, each as consistent.
    """
    common = total = 0
    for term in terms:
        places = sum(len(group.places) for group in term.groups) + len(term.unrendered)
        if places >= SEVERAL:
            common += max((len(group.places) for group in term.groups), default=0)
            total += places
    return round(common / total, 4) if total else 1.0


def consistency(groups: Sequence[RenderingGroup]) -> float:
    """Return the sum of the squared shares of a term's groups, 1 for a term with none.

    What differs from the dominant rendering harmlessly (form, acronym, an announced
    short form) counts with it. Source of the index: A. O. Hirschman, "National Power and
    the Structure of Foreign Trade", 1945, and O. C. Herfindahl, 1950.
    """
    counts: Counter[int] = Counter()
    for number, each in enumerate(groups):
        counts[0 if is_harmless(each.comparison.difference) else number] += len(each.places)
    total = sum(counts.values())
    return sum((n / total) ** 2 for n in counts.values()) if total else 1.0


def as_term(grouped: Grouped, units: Sequence[TextUnit]) -> Term:
    """Return a grouped term as the value that is shown.

    Places of one group that differ in form are shown as renderings of their own.
    """
    wanted = grouped.wanted
    return Term(
        text=wanted.text,
        renderings=tuple(
            rendering
            for number, each in enumerate(grouped.groups)
            for rendering in _renderings(grouped, number, each, units)
        ),
        unrendered=tuple(occurrence(seen, units) for seen in grouped.unrendered),
        consistency=round(consistency(grouped.groups), 4),
        in_glossary=wanted.entry is not None,
        title=any(place.title for place in wanted.places),
    )


def _renderings(
    grouped: Grouped, number: int, group: RenderingGroup, units: Sequence[TextUnit]
) -> Iterator[Rendering]:
    """Yield the surface forms of a group, the commonest first."""
    dominant = grouped.groups[0].text
    forms: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in group.places:
        forms[surface(seen.text, group.text)].append(seen)
    for text, places in sorted(forms.items(), key=lambda form: (-len(form[1]), form[0])):
        found = group.comparison if number else compare_once(dominant, text)
        target = accepts(grouped.wanted.entry, text) if grouped.wanted.entry else None
        yield Rendering(
            text=text,
            difference=found.difference if text != dominant else "same",
            removed=found.removed,
            added=found.added,
            occurrences=tuple(occurrence(seen, units) for seen in places),
            status=target.status if target else None,
            target=target.text if target else "",
        )


def surface(text: str, common: str) -> str:
    """Return a surface form; a capital at the head of a sentence is none of its own.

    >>> surface("Pilot zone", "pilot zone"), surface("Pilot Zone", "pilot zone")
    ('pilot zone', 'Pilot Zone')
    """
    return common if text[:1].lower() + text[1:] == common[:1].lower() + common[1:] else text


def occurrence(seen: Seen, units: Sequence[TextUnit]) -> Occurrence:
    """Return a place as the value that is shown, with offsets into the documents."""
    unit = units[seen.place.unit]
    rendered = seen.rendered and seen.span is not None
    return Occurrence(
        doc=unit.doc,
        bead=unit.bead,
        src_span=unit.src_span(seen.place.span),
        tgt_span=unit.tgt_span(seen.span) if rendered and seen.span else None,
        rendering=seen.text if rendered else "",
        p=round(seen.p * seen.found if rendered else 1 - seen.found, 4),
        translated=bool(unit.tgt),
    )
