"""Misprinted renderings, found by their letters.

A misprint is no word of the languages that the models know, so the span that is picked often
leaves it out or goes elsewhere. But if a term has a usual wording, and the sentence has that
very wording but for a misprint in one word, then nothing else can be its rendering.

Cost: linear in the text, and in the places of terms whose sentence has a word that is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from aligner.span import Span
from aligner.terms.located import Seen
from aligner.terms.units import EnglishWords, TextUnit, english_words
from aligner.wording.misprints import MISPRINT_LETTERS, is_known, is_misprint, letters_of

LIKE_WORDINGS: Final = 2  # places with the very same words: from here on a wording is usual
MISPRINTS: Final = 2  # units with a word that is none; more often it is a word after all
LETTERS_SURE: Final = 0.95  # P(rendered) of what the letters show
# P(this span) of it: likelier than not, but less than of what is spelt right, which is the measure.
LETTERS_LIKELY: Final = 0.5
LONE_LETTERS: Final = 6  # of a usual wording that is a single word


@dataclass(frozen=True, slots=True)
class _OddUnit:
    """A unit with words that may be misprints."""

    english: EnglishWords
    words: tuple[int, ...]  # their numbers


def with_misprints(places: Sequence[Sequence[Seen]], units: Sequence[TextUnit]) -> list[list[Seen]]:
    """Return what was picked for the places of each term, at misprints the misprinted words.

    Args:
        places: Of each term, in order.
        units: All.
    """
    counts, odd = _odd_units(units)
    return [_of_term(seen, counts, odd) for seen in places]


def _odd_units(units: Sequence[TextUnit]) -> tuple[Counter[str], dict[int, _OddUnit]]:
    """Return in how many units each word stands, and the units that may have a misprint."""
    read = [english_words(unit.tgt) for unit in units]
    low = [[word.lower() for word in each.words] for each in read]
    counts: Counter[str] = Counter()
    for words in low:
        counts.update(set(words))
    none = {word for word, count in counts.items() if count <= MISPRINTS and _is_none(word)}
    odd: dict[int, _OddUnit] = {}
    for number, words in enumerate(low):
        mine = tuple(n for n, word in enumerate(words) if word in none)
        if mine:
            odd[number] = _OddUnit(read[number], mine)
    return counts, odd


def _is_none(word: str) -> bool:
    """Tell whether letters are no word that a lexicon has."""
    letters = letters_of(word)
    plain = letters.isascii() and letters.isalpha() and len(letters) >= MISPRINT_LETTERS
    return plain and not is_known(letters)


def _of_term(
    seen: Sequence[Seen], counts: Mapping[str, int], odd: Mapping[int, _OddUnit]
) -> list[Seen]:
    if not any(each.place.unit in odd for each in seen):
        return list(seen)
    usual = _usual_words(seen)
    if sum(map(len, usual)) < (LONE_LETTERS if len(usual) == 1 else MISPRINT_LETTERS):
        return list(seen)
    taken: defaultdict[int, set[Span]] = defaultdict(set)
    found = []
    for each in seen:
        unit = odd.get(each.place.unit)
        spans = _misprints(unit, usual, counts) if unit and _words(each.text) != usual else ()
        span = next((span for span in spans if span not in taken[each.place.unit]), None)
        if unit and span:
            taken[each.place.unit].add(span)
            each = _moved(each, unit.english.text, span)  # noqa: PLW2901 - the place as it is told
        found.append(each)
    return found


def _usual_words(seen: Sequence[Seen]) -> tuple[str, ...]:
    """Return the words that most places have, in lower case; none if no two have the same."""
    counts = Counter(words for each in seen if each.rendered and (words := _words(each.text)))
    words, count = max(counts.items(), key=lambda item: item[1], default=((), 0))
    return words if count >= LIKE_WORDINGS else ()


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in english_words(text).words)


def _misprints(unit: _OddUnit, usual: Sequence[str], counts: Mapping[str, int]) -> Iterator[Span]:
    """Yield where a unit has some words but for a misprint in one of them."""
    english = unit.english
    for number in unit.words:
        word = english.words[number]
        for at, meant in enumerate(usual):
            first, last = number - at, number - at + len(usual)
            if first < 0 or last > len(english.words):
                continue
            here = [each.lower() for each in english.words[first:last]]
            same = all(a == b for n, (a, b) in enumerate(zip(here, usual, strict=True)) if n != at)
            if same and counts[meant] > counts[word.lower()] and is_misprint(word, meant):
                yield Span(int(english.start[first]), int(english.stop[last - 1]))


def _moved(seen: Seen, sentence: str, span: Span) -> Seen:
    """Return a place with the misprinted words as its rendering."""
    text = " ".join(sentence[slice(*span)].split())
    words = set(_words(text))
    return replace(
        seen,
        span=span,
        text=text,
        p=LETTERS_LIKELY,
        found=max(seen.found, LETTERS_SURE),
        wording=LETTERS_LIKELY,
        links=tuple(link for link in seen.links if link.word in words),
        rivals=(),
        tags=(),
        before=None,
        after=None,
    )
