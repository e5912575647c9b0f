"""Bring the renderings of a term's places together, and name how they differ.

Two renderings are one if their content words and their prepositions are the same in
normal form (`words.group_key`). The dominant one has the largest expected number of
places; the others are compared with it (`difference`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from aligner.encode.protocol import Floats
from aligner.findings import Difference, Occurrence, Rendering, Status, Term
from aligner.span import Span
from aligner.terms.targets import accepts
from aligner.terms.units import Unit
from aligner.terms.wanted import Place, Wanted
from aligner.wording.content_words import group_key
from aligner.wording.difference import Comparison, compare

LEAST = 0.05  # P(rendered) under which a place counts as not rendered
SURE = 0.5
BESIDE = 48  # characters round a rendering that its comparison may look at

# Differences that do not make a term inconsistent.
HARMLESS: frozenset[Difference] = frozenset({"same", "form", "acronym"})


class WordLink(NamedTuple):
    """Where an English word of a rendering comes from."""

    word: str  # in lower case
    term: float  # P(from the term)
    other: float  # P(from another word of the sentence)
    gloss: float  # share of a gloss that joins it to the term
    rival: float  # and to another word of the sentence


@dataclass(frozen=True, slots=True)
class Seen:
    """What was picked for one place."""

    place: Place
    span: Span | None  # in the unit's English text; None for a unit without one
    text: str  # on one line
    p: float  # P(exactly this span | rendered)
    found: float  # P(rendered)
    near: bool
    row: Floats | None = None  # the evidence for the span, see `evidence`
    links: tuple[WordLink, ...] = ()  # of the words of the span

    @property
    def rendered(self) -> bool:
        """Whether the pick counts as a rendering."""
        return self.span is not None and self.found >= LEAST


@dataclass(frozen=True, slots=True)
class Group:
    """The places that have one rendering."""

    text: str  # the commonest surface form
    comparison: Comparison
    places: tuple[Seen, ...]
    mass: float  # expected number of places

    @property
    def sure(self) -> int:
        """In how many places the rendering is sure."""
        return sum(seen.found >= SURE for seen in self.places)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A term with its groups, the dominant one first, and what has no rendering."""

    wanted: Wanted
    groups: tuple[Group, ...]
    unrendered: tuple[Seen, ...]


def group(wanted: Wanted, seen: Sequence[Seen], announced: tuple[str, ...]) -> Grouped:
    """Bring a term's renderings together.

    Args:
        wanted: The term.
        seen: What was picked for each of its places, in order.
        announced: Short forms that the English texts announce, sorted.
    """
    by_key: defaultdict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for each in seen:
        if each.rendered:
            by_key[group_key(each.text)].append(each)
    masses = {key: sum(each.p * each.found for each in places) for key, places in by_key.items()}
    ranked = sorted(by_key, key=lambda key: (-masses[key], by_key[key][0].place))
    groups: list[Group] = []
    for key in ranked:
        text = commonest(by_key[key])
        first = groups[0].text if groups else text
        groups.append(
            Group(
                text=text,
                comparison=compare_cached(first, text, announced),
                places=tuple(by_key[key]),
                mass=masses[key],
            )
        )
    return Grouped(wanted, tuple(groups), tuple(e for e in seen if not e.rendered))


def commonest(places: Sequence[Seen]) -> str:
    """Return the surface form that most places have, the first one among equals."""
    return Counter(each.text for each in places).most_common(1)[0][0]


@lru_cache(maxsize=1 << 14)
def compare_cached(
    dominant: str, other: str, announced: tuple[str, ...], before: str = "", after: str = ""
) -> Comparison:
    """Compare two renderings once (see `difference.compare`)."""
    return compare(dominant, other, before=before, after=after, announced=announced)


def consistency(groups: Sequence[Group]) -> float:
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


def is_harmless(difference: Difference) -> bool:
    """Tell whether a difference leaves a term consistent."""
    return difference in HARMLESS or difference == "short form"


def as_term(grouped: Grouped, units: Sequence[Unit]) -> Term:
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
    grouped: Grouped, number: int, group: Group, units: Sequence[Unit]
) -> Iterator[Rendering]:
    """Yield the surface forms of a group, the commonest first."""
    dominant = grouped.groups[0].text
    forms: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in group.places:
        forms[surface(seen.text, group.text)].append(seen)
    for text, places in sorted(forms.items(), key=lambda form: (-len(form[1]), form[0])):
        found = group.comparison if number else compare_cached(dominant, text, ())
        yield Rendering(
            text=text,
            difference=found.difference if text != dominant else "same",
            removed=found.removed,
            added=found.added,
            occurrences=tuple(occurrence(seen, units) for seen in places),
            status=_status(grouped.wanted, text),
        )


def surface(text: str, common: str) -> str:
    """Return a surface form; a capital at the head of a sentence is none of its own.

    >>> surface("Pilot zone", "pilot zone"), surface("Pilot Zone", "pilot zone")
    ('pilot zone', 'Pilot Zone')
    """
    return common if text[:1].lower() + text[1:] == common[:1].lower() + common[1:] else text


def occurrence(seen: Seen, units: Sequence[Unit]) -> Occurrence:
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


def _status(wanted: Wanted, text: str) -> Status | None:
    target = accepts(wanted.entry, text) if wanted.entry else None
    return target.status if target else None
