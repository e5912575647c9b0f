"""The spellings of a document that are out of line: of one word in two, and of the other variety.

Words with a capital letter count at the beginning of a sentence alone, and only if they are
no names elsewhere. What is kept is the spelling of the variety of the document, where many
words show it, or the commoner one. Linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.check.noticed import HABIT, Noticed, notice
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.wording.varieties import Rule, Spelling, Variety, spelling, variety

_CHECK: Final = "form"
_WORD: Final = re.compile(
    r"(?<![\w'’@/.])(?<![A-Z0-9]-)(?:per cent|[A-Z]?[a-z]{3,})(?![\w@/]|\.[a-z])"
)
_START: Final = re.compile(r"(?:^|[.!?:]\s+)[\"“‘(]?$")
_NEXT_LOWER: Final = re.compile(r"[,;]?(?: [a-z][\w-]*[,;]?){2}|(?: [a-z][\w-]*)?[.!?]?$")
_REACH: Final = 8  # characters before a word in which a sentence may begin
_NEAR: Final = 100  # characters that tell a computer program from a programme of training
_SOFTWARE: Final = re.compile(
    r"\b(?:comput|software|cod(?:e|ing)\b|apps?\b|algorithm)", re.IGNORECASE
)
_LENGTH: Final = re.compile(r"(?:\d|\b(?:square|cubic|hundred|thousand|million))[ -]$")
_MOSTLY: Final = 0.8
_FEW: Final = 0.5
_CLEAR: Final = 5  # words that show of which variety a document is
_OFTEN: Final = 2  # different ones: one alone may be a term that a law spells so
_FAMILY: Final = 5  # letters that words of one family share: authorize, authorization
_TERM: Final = 3  # places in which a word is always spelt so, because that is its name


class _Spelt(NamedTuple):
    """A word at its place that could be spelt in another way."""

    unit: TextUnit
    start: int
    word: str
    spelling: Spelling
    variety: Variety | None


def spellings(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield the places of rarer spellings, document by document."""
    docs: defaultdict[str, list[TextUnit]] = defaultdict(list)
    for unit in units:
        docs[unit.doc].append(unit)
    of_docs = [_spelt(of_doc) for of_doc in docs.values()]
    fixed = _fixed(of_docs)
    for places in of_docs:
        usual = _usual(places)
        told: set[tuple[int, int]] = set()
        for noticed, place in _in_two_ways(places, usual):
            told.add((place.unit.bead, place.start))
            if noticed is not None:
                yield noticed
        left = [p for p in places if (p.unit.bead, p.start) not in told and p.word not in fixed]
        yield from _of_other_variety(left, places, usual)


def _spelt(of_doc: Sequence[TextUnit]) -> list[_Spelt]:
    """Return the words of a document that have two spellings, names left out."""
    found = [
        (unit, match)
        for unit in of_doc
        for match in _WORD.finditer(unit.tgt)
        if match[0][0].islower() or opens_sentence(unit.tgt, match)
    ]
    names = {
        match[0].lower()
        for unit in of_doc
        for match in _WORD.finditer(unit.tgt)
        if match[0][0].isupper() and not opens_sentence(unit.tgt, match)
    }
    words = {match[0].lower() for _unit, match in found}
    known = {word: told for word in words if (told := spelling(word, words))}
    return [
        _Spelt(unit, match.start(), word, known[word], variety(word))
        for unit, match in found
        if (word := match[0].lower()) in known
        and not (match[0][0].isupper() and word in names)
        and not _is_other_word(unit.tgt, match, known[word])
    ]


def opens_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a capital letter is that of a sentence rather than of a name."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    at_start = match.start() < _REACH or bool(before.strip())
    return at_start and bool(_START.search(before) and _NEXT_LOWER.match(text, match.end()))


def _is_other_word(text: str, match: re.Match[str], told: Spelling) -> bool:
    """Tell whether British English too writes a word so here: a computer program, a gas meter."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if told.word == "program":
        near = before + text[match.end() : match.end() + _NEAR]
        return told.american and bool(_SOFTWARE.search(near))
    if told.word == "meter":
        return told.american and not _LENGTH.search(before)
    return False


def _usual(places: Sequence[_Spelt]) -> dict[Rule, bool]:
    """Return by rule whether a document is American, where many words show of which kind it is.

    American English has -ize alone, so color speaks against -ise; British English has both, so
    only -ise speaks against -ize.
    """
    nation = [place for place in places if _is_of(place, "nation")]
    ise = [place for place in places if _is_of(place, "ise")]
    usual: dict[Rule, bool] = {}
    for american in (True, False):
        if _is_clear(nation, american=american):
            usual["nation"] = american
        if _is_clear(ise, american=american):
            usual["ise"] = american
    few = sum(not place.spelling.american for place in ise) <= _FEW * len(nation)
    if usual.get("nation") and few:
        usual["ise"] = True
    return usual


def _is_clear(places: Sequence[_Spelt], *, american: bool) -> bool:
    ours = [place for place in places if place.spelling.american == american]
    families = {place.word[:_FAMILY] for place in ours}
    return len(ours) >= max(_CLEAR, _MOSTLY * len(places)) and len(families) >= _OFTEN


def _in_two_ways(
    places: Sequence[_Spelt], usual: dict[Rule, bool]
) -> Iterator[tuple[Noticed | None, _Spelt]]:
    """Yield the places of the rarer spelling of each word, and what is told of them."""
    by_word: defaultdict[str, list[_Spelt]] = defaultdict(list)
    mostly = Counter(place.spelling.american for place in places if place.variety)
    for place in places:
        by_word[place.spelling.word].append(place)
    for of_word in by_word.values():
        times = Counter(place.spelling.american for place in of_word)
        if len(times) < len((True, False)):
            continue
        american = _kept(of_word, times, usual, mostly)
        rarer = [place for place in of_word if place.spelling.american != american]
        why = _(
            "The document spells this word in two ways: this one {times}×, the one suggested"
            " {times2}×."
        ).format(times=len(rarer), times2=times[american])
        for n, place in enumerate(rarer):
            is_told = n == 0 or len(rarer) <= HABIT
            yield (_noticed(place, "word spelt in two ways", why) if is_told else None), place


def _kept(
    of_word: Sequence[_Spelt], times: Counter[bool], usual: dict[Rule, bool], mostly: Counter[bool]
) -> bool:
    """Return whether the American spelling of a word is the one to keep.

    It is that of the document, if that is clear, or the commoner one, of the word or else of
    all words, or the first.
    """
    found = next((place.variety for place in of_word if place.variety), None)
    rules: tuple[Rule, ...] = (found.rule,) if found else ("nation", "ise")
    clear = [usual[rule] for rule in rules if rule in usual]
    if clear:
        return clear[0]
    for counted in (times, mostly):
        if counted[True] != counted[False]:
            return counted[True] > counted[False]
    return of_word[0].spelling.american


def _of_other_variety(
    left: Sequence[_Spelt], places: Sequence[_Spelt], usual: dict[Rule, bool]
) -> Iterator[Noticed]:
    """Yield the words of the other variety than that of the document."""
    for rule, american in usual.items():
        rarer = [
            place for place in left if _is_of(place, rule) and place.spelling.american != american
        ]
        own = rule == "ise" and usual.get("nation") is not True  # Oxford spelling, or not
        count = sum(
            place.spelling.american == american and (_is_of(place, rule) or not own)
            for place in places
            if place.variety
        )
        names = ("-ise", "-ize") if own else (_("British"), _("American"))
        why = _(
            "The document has {usual} spelling in {times} places, the other in {times2}."
        ).format(usual=names[american], times=count, times2=len(rarer))
        for place in rarer if len(rarer) <= HABIT else rarer[:1]:
            yield _noticed(place, "mixed spelling", why)


def _is_of(place: _Spelt, rule: Rule) -> bool:
    return place.variety is not None and place.variety.rule == rule


def _noticed(place: _Spelt, kind: str, why: str) -> Noticed:
    sure = kind != "mixed spelling"
    as_found = place.unit.tgt[place.start : place.start + len(place.word)]
    other = place.spelling.other
    return notice(
        place.unit,
        check=_CHECK,
        kind=kind,
        severity="warning" if sure else "info",
        why=why,
        p=0.85 if sure else 0.6,
        tgt=Span(place.start, place.start + len(place.word)),
        suggestion=other[0].upper() + other[1:] if as_found[0].isupper() else other,
    )


def _fixed(of_docs: Sequence[Sequence[_Spelt]]) -> set[str]:
    """Return the words that all texts always spell in one way: terms of their trade."""
    times = Counter(place.word for places in of_docs for place in places)
    return {
        place.word
        for places in of_docs
        for place in places
        if times[place.word] >= _TERM and not times[place.spelling.other]
    }
