"""The terms to look for, with all their places: candidates, the glossary, or both.

A glossary's entries follow the longest match: 健康 inside 生命健康 is no place of 健康 if
both are entries; and a place across words or inside another compound is none of the term
(`entry_places`). Candidates are kept wherever they stand, nested ones too, but no place
that has a piece of an entry: 电设施 in 供电设施 is none, 供电设施改造 one. A candidate that is
an entry takes the entry's places, and one that is an entry with a word of place or time
behind it is no term besides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from aligner.glossary.entries import Entry, Glossary, source_key
from aligner.lang.grammar_words import is_localizer
from aligner.span import Span
from aligner.terms.alternatives import with_alternatives
from aligner.terms.candidates.choose import Candidate, CandidatePlace, find_candidates
from aligner.terms.linked import Linked
from aligner.terms.units import TextUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

CANDIDATE_PLACES: Final = 2  # that a run needs to be a candidate
_OPENERS = "《〈「『“‘【〔"
_CLOSERS = "》〉」』”’】〕"
_CLOSERS_IN = frozenset(_CLOSERS)


class TermPlace(NamedTuple):
    """Where a term stands."""

    unit: int
    span: Span  # in the unit's Chinese text
    crosses: bool  # a longer word or compound goes on over its edge
    title: bool  # inside 《》 or quotation marks
    inside: str = ""  # the longest candidate that covers it here; "" for none


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term to look for."""

    key: str  # in the simplified, half-width shadow
    text: str  # as it first stands
    places: tuple[TermPlace, ...]
    score: float = 0.0  # log odds that it is a term; of a candidate
    marked: bool = False  # quoted, in 《》 or announced somewhere
    defined: bool = False  # by the text: announced as a short form, or said what it means
    nested: str = ""  # the longest candidate that holds every place of it
    entry: Entry | None = None  # of the glossary


def wanted_terms(
    units: Sequence[TextUnit], *, glossary: Glossary | None, linked: Linked | None
) -> list[Wanted]:
    """Return the terms of some units, in the order of their first place.

    Args:
        units: In reading order.
        glossary: Terms to look for.
        linked: The same units with their links, to look for candidates too.

    Cost: linear in the text.
    """
    texts = [unit.src for unit in units]
    found = _of_glossary(units, glossary) if glossary else {}
    entries = _entry_spans(found.values())
    settled = frozenset(found)
    for candidate in find_candidates(texts, linked) if linked else ():
        key = source_key(candidate.text)
        whole = [place for place in candidate.places if not _has_piece(place, entries)]
        if key in found or _is_entry_and_localizer(key, settled):
            continue
        if len(whole) >= min(CANDIDATE_PLACES, len(candidate.places)):
            found[key] = _of_candidate(candidate, whole, texts)
    return sorted(found.values(), key=lambda term: (term.places[0].unit, term.places[0].span))


def _of_glossary(units: Sequence[TextUnit], glossary: Glossary) -> dict[str, Wanted]:
    from aligner.glossary.matcher import Matcher
    from aligner.terms.own_places.entry_places import EntryPlace, own_places

    matcher = Matcher(glossary)
    texts = [unit.src for unit in units]
    found: defaultdict[str, list[EntryPlace]] = defaultdict(list)
    entries: dict[str, Entry] = {}
    for number, text in enumerate(texts):
        for match in matcher.find(text):
            key = source_key(match.entry.src)
            entries.setdefault(key, with_alternatives(match.entry))
            found[key].append(EntryPlace(number, match.span))
    own = own_places(found, entries, [(unit.src, unit.tgt) for unit in units])
    return {
        key: Wanted(
            key=key,
            text=texts[places[0].unit][slice(*places[0].span)],
            places=tuple(_place(p.unit, p.span, texts, crosses=False) for p in places),
            marked=True,
            entry=entries[key],
        )
        for key, places in own.items()
    }


def _entry_spans(entries: Iterable[Wanted]) -> dict[int, list[Span]]:
    """Return the places of entries in each unit, in order; none overlap."""
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for entry in entries:
        for place in entry.places:
            found[place.unit].append(place.span)
    return {unit: sorted(spans) for unit, spans in found.items()}


def _has_piece(place: CandidatePlace, entries: Mapping[int, Sequence[Span]]) -> bool:
    """Tell whether a place holds a part of an entry's place without the rest."""
    spans = entries.get(place.text, ())
    for entry in spans[bisect_right(spans, place.span.start, key=lambda span: span.stop) :]:
        if entry.start >= place.span.stop:
            return False
        if entry.start < place.span.start or entry.stop > place.span.stop:
            return True
    return False


def _is_entry_and_localizer(key: str, entries: Collection[str]) -> bool:
    """Tell whether a candidate is an entry with a word of place or time: 工作日内 for 工作日.

    The glossary says what it is to be, so that it is no term besides.

    >>> _is_entry_and_localizer("先导区内", {"先导区"}), _is_entry_and_localizer("先导区", {"先导"})
    (True, False)
    """
    return any(key[:-n] in entries and is_localizer(key[-n:]) for n in (1, 2))


def _of_candidate(
    candidate: Candidate, whole: Sequence[CandidatePlace], texts: Sequence[str]
) -> Wanted:
    places = [_place(p.text, p.span, texts, crosses=p.crosses, inside=p.inside) for p in whole]
    return Wanted(
        key=candidate.text,
        text=_text(places[0], texts),
        places=tuple(places),
        score=candidate.score,
        marked=candidate.quoted or candidate.title or candidate.defined,
        defined=candidate.defined,
        nested=candidate.nested,
    )


def _place(
    unit: int, span: Span, texts: Sequence[str], *, crosses: bool, inside: str = ""
) -> TermPlace:
    return TermPlace(unit, span, crosses, in_title(texts[unit], span), inside)


def _text(place: TermPlace, texts: Sequence[str]) -> str:
    return texts[place.unit][slice(*place.span)]


def in_title(text: str, span: Span) -> bool:
    """Tell whether a stretch of Chinese text lies inside 《》 or quotation marks.

    >>> in_title("印发《行动方案》的通知", Span(3, 5))
    True
    """
    if _CLOSERS_IN.isdisjoint(text[span.stop :]):
        return False
    opened = _last(text, _OPENERS, span.start)
    closed = _last(text, _CLOSERS, span.start)
    return opened > closed


def _last(text: str, marks: Iterable[str], stop: int) -> int:
    return max(text.rfind(mark, 0, stop) for mark in marks)
