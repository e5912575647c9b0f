"""Words that a document writes in one and apart: ciphertext, cipher text; e-mail, email.

A compound in one word is held against the same with a hyphen or a blank; a hyphen against a
blank is not, since open-source software may well be open source. With a blank, both parts must
be read as a noun phrase, and some Chinese must stand beside both: the rain falls, and rainfall
is another thing. Names of which the capitals inside differ (PlayStation, Playstation) are told
too. What is kept is the commonest way; of two, the word in one if a dictionary has it. A word in
one that none has is not suggested: it may be a term of its trade (ciphertext), or a slip that
came back (hardwork). Linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from aligner.check.noticed import HABIT, Noticed, notice
from aligner.check.spelt.two_spellings import opens_sentence
from aligner.lang.known_words import is_english_word
from aligner.lang.marks_zh import HAN
from aligner.lexicon.gloss import stem
from aligner.lexicon.tagger import Tag, tag_words
from aligner.messages import _
from aligner.span import Span
from aligner.terms.units import TextUnit

_TOKEN: Final = re.compile(
    r"(?<![\w'’@/\\.-])[A-Za-z]+(?:-[A-Za-z]+)?(?![\w@/\\-]|\.[a-z]|['’]\w|\()"
)
_NAME: Final = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?")
_HAN: Final = re.compile(rf"[{HAN}]+")
_PART: Final = 3  # letters of each part of what is written apart: fewer are grammar or initials
_WHOLE: Final = 5  # letters of a compound
_HEAD: Final = 6  # letters by which words are looked up
_COMMON: Final = 2  # times the places of a compound: Chinese in more sentences says nothing of it
_FIRST: Final = frozenset((Tag.NOUN, Tag.ADJECTIVE, Tag.ING))
_SECOND: Final = frozenset((Tag.NOUN, Tag.ING))
# A capital behind these is that of another family: MacPherson, Macpherson.
_FAMILY_NAME: Final = re.compile(r"(?:Ma?c|D[aeiu]|L[ae]|V[ao]n|Fitz)[A-Z]")
# Another word without its hyphen: to re-sign is not to resign. Pairs of which both are in use.
_OTHER_WORD: Final = frozenset(
    """coop reactor react recede recollect recount recover recovered recovering recovers recovery
    recreate recreation redress reform reformed reforming reforms release released releases remark
    remarked remarks repair represent represented represents repress reserve reserved resign
    resigned resigning resigns resolve resolved resort resorts resound restore restrain return
    returned returns unionized""".split()  # noqa: SIM905 - reads best as words
)


class _Written(NamedTuple):
    """A compound at its place."""

    unit: TextUnit
    start: int
    parts: tuple[str, ...]  # as they stand
    gap: str  # between them: nothing, a hyphen, a blank
    way: str  # what is counted: the gap of a compound, the capitals of a name

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.gap.join(self.parts)


def joined_words(units: Sequence[TextUnit]) -> Iterator[Noticed]:
    """Yield the places at which a compound or a name is not written as it mostly is."""
    docs: defaultdict[str, list[TextUnit]] = defaultdict(list)
    for unit in units:
        docs[unit.doc].append(unit)
    for of_doc in docs.values():
        tokens = [(unit, list(_TOKEN.finditer(unit.tgt))) for unit in of_doc]
        for ways in (*_compounds(of_doc, tokens), *_names(tokens)):
            yield from _told(ways)


_Tokens = Sequence[tuple[TextUnit, Sequence[re.Match[str]]]]
_Ways = defaultdict[str, list[_Written]]


def _compounds(of_doc: Sequence[TextUnit], tokens: _Tokens) -> Iterator[list[_Written]]:
    """Yield the places of each compound that stands in one word and in another way."""
    whole: _Ways = defaultdict(list)
    for unit, matches in tokens:
        for match in matches:
            if "-" not in match[0] and len(match[0]) >= _WHOLE and _is_common(unit, match):
                whole[_stem(match[0])].append(_Written(unit, match.start(), (match[0],), "", ""))
    heads = {way.text[:_HEAD].lower() for ways in whole.values() for way in ways}
    split: _Ways = defaultdict(list)
    for unit, matches in tokens:
        for way in (*_with_hyphen(unit, matches), *_with_blank(unit, matches, heads)):
            joined = "".join(way.parts).lower()
            if joined[:_HEAD] in heads and _has_like(whole.get(_stem(joined), ()), way.parts):
                split[_stem(joined)].append(way)
    asked = any(way.gap == " " for apart in split.values() for way in apart)
    times = Counter(pair for unit in of_doc for pair in _pairs_of(unit)) if asked else Counter()
    for key, apart in split.items():
        ways = _comparable(apart, whole[key], times)
        if len({way.gap for way in ways}) > 1:
            yield sorted(ways, key=lambda way: (way.unit.bead, way.start))


def _with_hyphen(unit: TextUnit, matches: Sequence[re.Match[str]]) -> Iterator[_Written]:
    """Yield the compounds of a unit that have a hyphen."""
    for match in matches:
        one, hyphen, two = match[0].partition("-")
        other_word = (one + two).lower() in _OTHER_WORD
        if hyphen and not other_word and _is_common(unit, match):
            yield _Written(unit, match.start(), (one, two), hyphen, hyphen)


def _with_blank(
    unit: TextUnit, matches: Sequence[re.Match[str]], heads: Collection[str]
) -> Iterator[_Written]:
    """Yield the compounds of a unit that are written apart and begin like a word in one.

    Args:
        unit: The unit.
        matches: Its words.
        heads: The first letters of the words of the document.
    """
    tags: tuple[Tag, ...] = ()
    for number, (first, second) in enumerate(pairwise(matches)):
        if unit.tgt[first.end() : second.start()] != " " or not second[0].islower():
            continue
        joined = (first[0] + second[0])[:_HEAD].lower()
        if min(len(first[0]), len(second[0])) < _PART or joined not in heads:
            continue
        if not _is_common(unit, first):
            continue
        tags = tags or tag_words([match[0] for match in matches])
        if tags[number] in _FIRST and tags[number + 1] in _SECOND:
            yield _Written(unit, first.start(), (first[0], second[0]), " ", " ")


def _has_like(together: Sequence[_Written], parts: tuple[str, ...]) -> bool:
    """Tell whether some word in one is made of two parts, up to the ending of the second."""
    begin = (parts[0] + parts[1][:_PART]).lower()
    return any(way.text.lower().startswith(begin) for way in together)


def _comparable(
    apart: Sequence[_Written], together: Sequence[_Written], times: Mapping[str, int]
) -> list[_Written]:
    """Return the places that may be held against each other.

    What is written apart is held against what has Chinese in common and stands in the same
    role: workers at the front line are frontline workers. `times` says in how many units of the
    document a pair of characters stands.
    """
    hyphens = [way for way in apart if way.gap == "-"]
    blanks = [way for way in apart if way.gap == " "]
    blanks = _of_one_chinese(blanks, together, times)
    roles = {_is_attribute(way) for way in blanks} & {_is_attribute(way) for way in together}
    blanks = [way for way in blanks if _is_attribute(way) in roles]
    if not hyphens:
        together = [way for way in together if _is_attribute(way) in roles]
    return [*together, *hyphens, *blanks]


def _is_attribute(way: _Written) -> bool:
    """Tell whether a noun follows: healthcare workers."""
    matches = list(_TOKEN.finditer(way.unit.tgt))
    stop = way.start + len(way.text)
    number = next((n for n, match in enumerate(matches) if match.start() > stop), None)
    if number is None or way.unit.tgt[stop : matches[number].start()] != " ":
        return False
    return tag_words([match[0] for match in matches])[number] == Tag.NOUN


def _names(tokens: _Tokens) -> Iterator[list[_Written]]:
    """Yield the places of each name that stands with a capital inside and without."""
    found: defaultdict[str, list[_Written]] = defaultdict(list)
    for unit, matches in tokens:
        for match in matches:
            if _NAME.fullmatch(match[0]):
                name = _Written(unit, match.start(), (match[0],), "", match[0])
                found[match[0].lower()].append(name)
    for key, ways in found.items():
        if any(map(_FAMILY_NAME.match, (way.text for way in ways))):
            continue
        if len({way.text for way in ways}) > 1 and not is_english_word(key):
            yield ways


def _is_common(unit: TextUnit, match: re.Match[str]) -> bool:
    """Tell whether a word is no name: small, or the first of a sentence."""
    return match[0].islower() or (match[0][1:].islower() and opens_sentence(unit.tgt, match))


def _stem(letters: str) -> str:
    """Return what all forms of a word have in common: reopen, reopened, reopening."""
    return stem(letters.lower())


def _of_one_chinese(
    apart: Sequence[_Written], together: Sequence[_Written], times: Mapping[str, int]
) -> list[_Written]:
    """Return the places that have Chinese in common with some of what is written in one."""
    most = _COMMON * (len(apart) + len(together))
    beside = set().union(*(_pairs_of(way.unit) for way in together))
    shared = {pair for pair in beside if times.get(pair, 0) <= most}
    return [way for way in apart if not shared.isdisjoint(_pairs_of(way.unit))]


def _pairs_of(unit: TextUnit) -> set[str]:
    """Return the pairs of Chinese characters that stand beside each other in a unit."""
    return {a + b for run in _HAN.findall(unit.src) for a, b in pairwise(run)}


def _kept(ways: Sequence[_Written], times: Counter[str]) -> _Written:
    """Return a place that is written in the commonest way; of two, as a dictionary has it."""
    return max(ways, key=lambda way: (times[way.way], _is_known(way)))


def _is_known(way: _Written) -> bool:
    """Tell whether a dictionary has a word in one, or lacks it of what is written apart."""
    return bool(way.gap) != is_english_word("".join(way.parts))


def _like(way: _Written, kept: _Written) -> str:
    """Return a compound or a name as the kept one is written."""
    if not kept.gap:
        return "".join(way.parts) if way.gap else kept.text
    if way.gap:
        return kept.gap.join(way.parts)
    at = len(kept.parts[0])
    return way.text[:at] + kept.gap + way.text[at:]


def _told(ways: Sequence[_Written]) -> Iterator[Noticed]:
    """Yield what is told of the places that are not written like most."""
    times = Counter(way.way for way in ways)
    kept = _kept(ways, times)
    rarer = [way for way in ways if way.way != kept.way and not (way.gap and kept.gap)]
    why = _(
        "The document spells this word in two ways: this one {times}×, ‘{text}’ {times2}×."
    ).format(times=len(rarer), text=kept.text, times2=times[kept.way])
    doubtful = not (kept.gap or _is_known(kept)) and kept.text[1:].islower()
    for way in rarer if len(rarer) <= HABIT else rarer[:1]:
        yield notice(
            way.unit,
            check="form",
            kind="word spelt in two ways",
            severity="warning",
            why=why,
            p=0.85,
            tgt=Span(way.start, way.start + len(way.text)),
            suggestion="" if doubtful else _like(way, kept),
        )
