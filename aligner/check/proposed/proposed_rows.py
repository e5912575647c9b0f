"""Which found terms are worth a row of a proposed glossary.

A row is worth a reviser's time if the run is a term (`Wanted.score` says what both
languages think of that), was surely rendered by these words, which are a noun phrase, and
is no piece of a longer row. A term that is rendered in two ways is wanted there most of
all, with the dominant rendering; the note of the row names the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from aligner.check.proposed.citation import citation
from aligner.check.proposed.row_worth import LEAST_WORTH, row_worth
from aligner.check.proposed.sounded_names import sounded_name
from aligner.check.proposed.source_form import (
    beside_noun,
    holds_shorter,
    is_compound,
    is_local,
    is_name,
    is_phrase,
    leaves_verb,
)
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.located import Grouped, Looked, RenderingGroup, Seen
from aligner.wording.content_words import PREPOSITIONS, STOP_WORDS

ENTRY_PLACES: Final = 2  # a term that stands once is no entry yet
CITED_SHARE: Final = 0.6  # of the rendered places that have the dominant rendering
LEAST_SURE: Final = 0.6  # mean P(these words) over the dominant places
MOST_COVERED: Final = 0.5  # share of a term's places inside longer rows: more is a fragment
SURELY: Final = 0.85  # the same where other words render as many places
FULLER_SURE: Final = 0.5  # the same of a rendering in full, of which the other is a short form
_GLOSSED: Final = 0.5  # share of a gloss that makes a word one of the term's
_SHORTENED: Final = 3  # characters of a term from which its rendering may be shortened
# `Wanted.score`: the log odds that a run is a term, -.7 on average of what readers listed.
LEAST_TERM: Final = -3.5  # under which they listed 2 of 100
OWN_TERM: Final = -1.0  # from which a term stands in a glossary beside longer ones that hold it
SURE_TERM: Final = -1.2  # from which a verb at its end makes no clause of a run: 应急处置
_IN_ADDRESS: Final = tuple("./:@_#=?")


class _Proposed(NamedTuple):
    """A term with its citation form."""

    term: Grouped
    text: str
    group: int = 0  # of the term, whose words these are
    src: str = ""  # the whole name, where the term is a piece of it

    @property
    def places(self) -> tuple[Seen, ...]:
        """The places that have these words."""
        return self.term.groups[self.group].places


class Proposal(NamedTuple):
    """What a glossary proposes for a term."""

    text: str  # citation form
    group: int  # which of the term's groups has these words
    src: str = ""  # the whole Chinese name, where the term is a piece of it


def citations(looked: Looked) -> dict[str, str]:
    """Return the English citation form of each term that is worth a row, by its key."""
    return {key: proposal.text for key, proposal in proposals(looked).items()}


def proposals(looked: Looked) -> dict[str, Proposal]:
    """Return what is proposed for each term that is worth a row, by its key.

    Cost: linear in the places of the terms.
    """
    known = Counter(word for unit in looked.units for word in unit.tgt.split())
    rows = [row for term in looked.terms if (row := _row(term, looked, known))]
    size = sum(len(unit.src) for unit in looked.units)
    whole = _whole(rows)
    free = _free(whole, looked)
    return {
        row.term.wanted.key: Proposal(row.text, row.group, row.src)
        for row in whole
        if row.term.wanted.key in free and _is_worth(row, size)
    }


def _row(term: Grouped, looked: Looked, known: Counter[str]) -> _Proposed | None:
    """Return the row of a term; none if it is no term, or no words surely render it."""
    if not _is_sure(term) or _is_of_addresses(term, looked) or _is_measure(term, looked):
        return None
    src = term.wanted.text
    group = _fullest(term)
    if name := sounded_name(term.groups[group], looked, source=src):
        return _Proposed(term, name.text, group, name.src if name.src != src else "")
    text = citation(term.groups[group], looked, known, source=src)
    if not text or not (
        term.wanted.marked
        or is_phrase(src, sure=term.wanted.score >= SURE_TERM)
        or is_name(src, text)
    ):
        return None
    return _Proposed(term, text, group)


def _fullest(term: Grouped) -> int:
    """Return the group that has the dominant words and more that come from the term.

    The dominant rendering may be a short form: Ministry for 水利部, once it was named in full.
    """
    words = term.groups[0].text.casefold().split()
    if len(term.wanted.text) < _SHORTENED:
        return 0
    fuller = [
        number
        for number, group in enumerate(term.groups)
        if _is_fuller(group, words) and group.sure
    ]
    return max(fuller, key=lambda number: term.groups[number].mass, default=0)


def _is_fuller(group: RenderingGroup, short: Sequence[str]) -> bool:
    """Tell whether a rendering has some words at one end, and only words of the term else."""
    words = group.text.casefold().split()
    if len(words) <= len(short) or list(short) not in (words[: len(short)], words[-len(short) :]):
        return False
    if sum(seen.p * seen.found for seen in group.places) < FULLER_SURE * len(group.places):
        return False
    known = STOP_WORDS | set(short)
    governs = group.text.islower() and not PREPOSITIONS.isdisjoint(words)  # (use of) managers
    return all(
        not seen.place.inside
        and not seen.place.crosses
        and (link.term > link.other or (link.gloss >= _GLOSSED and not governs))
        for seen in group.places
        for link in seen.links
        if link.word not in known
    )


def _is_worth(row: _Proposed, size: int) -> bool:
    """Tell whether a reviser is likely to accept a row; what the text marks is wanted anyway."""
    wanted = row.term.wanted
    places = len(wanted.places)
    worth = row_worth(wanted.text, row.text, score=wanted.score, places=places, size=size)
    likely = wanted.score >= LEAST_TERM or wanted.text.isascii()
    return wanted.marked or (likely and worth >= LEAST_WORTH)


def _is_measure(term: Grouped, looked: Looked) -> bool:
    """Tell whether a number stands before a term everywhere: it is what is counted in."""
    before = (looked.units[p.unit].src[: p.span.start][-1:] for p in term.wanted.places)
    return all(char.isnumeric() for char in before)


def _is_sure(term: Grouped) -> bool:
    """Tell whether a term is surely rendered in two places or more, and by these words."""
    rendered = sum(group.sure for group in term.groups)
    if rendered < ENTRY_PLACES:
        return False
    dominant = term.groups[0].places
    sure = sum(seen.p * seen.found for seen in dominant)
    places = sum(len(group.places) for group in term.groups) + len(term.unrendered)
    settled = len(dominant) >= max(ENTRY_PLACES, CITED_SHARE * places)
    return sure >= (LEAST_SURE if settled else SURELY) * len(dominant)


def _whole(rows: list[_Proposed]) -> list[_Proposed]:
    """Leave out the rows with a word that no English one stands for."""
    by_text = {shadow(row.term.wanted.text).text: row for row in rows}
    kept = []
    for row in rows:
        src, shorter = row.term.wanted.text, _shorter(row, by_text)
        if not (
            is_local(src, row.text, shorter)
            or holds_shorter(src, row.text, shorter)
            or _is_composed(row.text, shorter)
            or leaves_verb(src, row.text, shorter)
        ):
            kept.append(row)
    return kept


def _is_composed(text: str, shorter: Mapping[str, str]) -> bool:
    """Tell whether a rendering is that of a shorter term with a preposition and what it governs.

    So is (patients with) severe pneumonia; a name may have any words.
    """
    words = text.split()
    if sum(word[:1].isupper() for word in words) > 1:
        return False
    for other in shorter.values():
        if text.casefold().startswith(f"{other} "):
            rest = text[len(other) :].split()[:1]
        elif text.casefold().endswith(f" {other}"):
            rest = text[: -len(other)].split()[-1:]
        else:
            continue
        if not PREPOSITIONS.isdisjoint(rest):
            return True
    return False


def _shorter(row: _Proposed, by_text: Mapping[str, _Proposed]) -> dict[str, str]:
    """Return the renderings of the terms that a term begins or ends with.

    What stands nowhere else is its fragment, if it is less of a term or lacks one character of
    a compound: 氧化碳 in 二氧化碳.
    """
    plain = shadow(row.term.wanted.text).text
    parts = {plain[:at] for at in range(1, len(plain))} | {
        plain[at:] for at in range(1, len(plain))
    }
    found = {part: by_text[part] for part in parts if part in by_text}
    mine = row.term.wanted
    return {
        part: other.text.casefold()
        for part, other in found.items()
        if _outside(other, row)
        or (other.term.wanted.score > mine.score and not is_compound(plain, part))
    }


def _outside(shorter: _Proposed, longer: _Proposed) -> int:
    """Count the places of a row that lie in none of a longer one, by its cited words."""
    held = defaultdict(list)
    for place in longer.term.wanted.places:
        held[place.unit].append(place.span)
    return sum(
        not any(
            span.start <= seen.place.span.start and seen.place.span.stop <= span.stop
            for span in held[seen.place.unit]
        )
        for seen in shorter.places
    )


def _is_of_addresses(term: Grouped, looked: Looked) -> bool:
    """Tell whether a term stands mostly in web addresses, paths and names of accounts."""
    inside = 0
    for place in term.wanted.places:
        text, (start, stop) = looked.units[place.unit].src, place.span
        before, after = text[max(0, start - 1) : start], text[stop : stop + 2]
        joined = after[:1] in _IN_ADDRESS and after[1:].isalnum() and after[1:].isascii()
        inside += bool(before in _IN_ADDRESS and before) or bool(joined and after)
    return term.wanted.text.isascii() and 2 * inside > len(term.wanted.places)


def _free(rows: Sequence[_Proposed], looked: Looked) -> set[str]:
    """Return the keys of the rows that are more than a piece of longer terms.

    A place inside a place of a longer row is a piece of that, and so may be one beside a noun.
    A term of which most places are in no longer row may stand beside nouns. Some place outside
    longer rows has the words that are cited.
    """
    apart = _apart(rows)
    found = set()
    for row in rows:
        wanted = row.term.wanted
        places = apart[wanted.key]
        cited = {(seen.place.unit, seen.place.span) for seen in row.places}
        if cited.isdisjoint(places):
            continue
        if len(places) >= (1 - MOST_COVERED) * len(wanted.places) or (
            wanted.score >= OWN_TERM
            and not all(beside_noun(looked.units[unit].src, span) for unit, span in places)
        ):
            found.add(wanted.key)
    return found


def _apart(rows: Sequence[_Proposed]) -> dict[str, list[tuple[int, Span]]]:
    """Return the places of each row, unit and span, that lie in no longer row."""
    by_unit: defaultdict[int, list[tuple[Span, str]]] = defaultdict(list)
    for row in rows:
        for place in row.term.wanted.places:
            by_unit[place.unit].append((place.span, row.term.wanted.key))
    apart: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for unit, places in by_unit.items():
        reach, best = -1, Span(0, 0)
        for span, key in sorted(places, key=lambda pair: (pair[0].start, -pair[0].stop)):
            if span.stop > reach or span == best:
                apart[key].append((unit, span))
            if span.stop > reach:
                reach, best = span.stop, span
    return apart
