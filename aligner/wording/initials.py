"""Acronyms and blends: the words whose first letters a short word is made of.

HKMA is made of Hong Kong Monetary Authority, R&D of research and development, SME of
small and medium-sized enterprise, BoCom of Bank of Communications, fintech of
financial technology. A short word that is written with two capitals or more takes
one to four letters of each word; one in small letters (a blend) two or more. Stop
words and the later parts of a hyphenated word may be passed over.

Cost: the square of the number of words of a phrase, at most `_LONGEST` squared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from aligner.wording.content_words import STOP_WORDS, atoms_of, plain, read_words
from aligner.wording.forms import is_word

_LONGEST: Final = 16  # parts of words that one acronym may stand for
_LETTERS_A_WORD: Final = 4
_SHORTEST_BLEND: Final = 6
# Words whose initials are taken from inside.
_SYLLABLES: Final = {
    "renminbi": ("ren", "min", "bi"),
    "television": ("tele", "vision"),
    "tuberculosis": ("tuber", "culosis"),
}
_CLOSED_PREFIX: Final = re.compile(
    r"(anti|bio|co|cyber|inter|macro|micro|multi|non|photo|pre|re|tele)(.{4,})"
)
_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")


class Part(NamedTuple):
    """A piece of a text of which an acronym may take the initial."""

    text: str  # lower case
    word: int  # number of the word in the text, counted from 0
    free: bool  # may be passed over


@lru_cache(maxsize=1 << 15)
def parts_of(text: str) -> tuple[Part, ...]:
    """Return the parts of the words of a text, in order."""
    found: list[Part] = []
    for number, (word, _) in enumerate(read_words(text)):
        pieces = [piece for hyphenated in plain(word).split("-") for piece in _inner(hyphenated)]
        for i, piece in enumerate(pieces):
            syllable = len(pieces) > 1 and "".join(pieces) in _SYLLABLES
            free = piece in STOP_WORDS or (i > 0 and not syllable)
            found.append(Part(piece, number, free))
    return tuple(found)


def _inner(piece: str) -> tuple[str, ...]:
    if piece in _SYLLABLES:
        return _SYLLABLES[piece]
    prefixed = _CLOSED_PREFIX.match(piece)
    if prefixed and is_word(prefixed[2]):
        return prefixed[1], prefixed[2]
    return (piece,) if piece else ()


def is_short(word: str) -> bool:
    """Tell whether a word may be made of the letters of others.

    >>> is_short("HKMA"), is_short("circular")
    (True, False)
    """
    return bool(_letters(word)[0])


def spelled_out(short: str, parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that a short word may stand for, as numbers of words.

    Args:
        short: One word as it stands in its text.
        parts: The parts of the other text.

    >>> list(spelled_out("HKMA", parts_of("the Hong Kong Monetary Authority circular")))
    [(1, 5)]
    """
    letters, least = _letters(short)
    if not letters:
        return
    for start, head in enumerate(parts):
        if head.free or head.text[0] != letters[0]:
            continue
        for stop in range(start + 1, min(start + _LONGEST, len(parts)) + 1):
            run = parts[start:stop]
            closed = stop == len(parts) or parts[stop].word != run[-1].word or parts[stop].free
            several = len(run) > 1 and run[-1].text not in STOP_WORDS
            if closed and several and spells(letters, tuple(p[::2] for p in run), least):
                while stop < len(parts) and parts[stop].word == run[-1].word:
                    stop += 1  # noqa: PLW2901 - the rest of a hyphenated word
                yield head.word, run[-1].word + 1
                break


@lru_cache(maxsize=1 << 15)
def _letters(short: str) -> tuple[str, int]:
    """Return the letters to be explained and how many each word gives at the least."""
    word = short.removesuffix("s") if short[-2:-1].isupper() else short
    letters = _NOT_LETTERS.sub("", word)
    if sum(map(str.isupper, letters)) >= 2 and len(letters) >= 2:
        return letters.lower(), 1
    blend = len(letters) >= _SHORTEST_BLEND and letters[1:].islower()
    return (letters.lower(), 2) if blend and not is_word(letters.lower()) else ("", 0)


@cache
def spells(letters: str, run: tuple[tuple[str, bool], ...], least: int) -> bool:
    """Tell whether letters are made of the heads of all words of a run, free ones at will."""
    if not run:
        return not letters
    (text, free), rest = run[0], run[1:]
    if free and spells(letters, rest, least):
        return True
    limit = min(_LETTERS_A_WORD, len(text), len(letters))
    needed = 1 if free and least == 1 else min(least, len(text))
    return any(
        letters[:n] == text[:n] and spells(letters[n:], rest, least)
        for n in range(needed, limit + 1)
    )


@lru_cache(maxsize=1 << 15)
def single_letter_head(word: str) -> tuple[str, str] | None:
    """Return the letter and the rest of words such as e-commerce.

    >>> single_letter_head("e-commerce")
    ('e', 'commerce')
    """
    head, hyphen, rest = plain(word).partition("-")
    return (head, rest) if hyphen and len(head) == 1 and rest and atoms_of(rest) else None
