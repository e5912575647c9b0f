"""Misprints: a word that is none, and that is another word but for one letter.

In a term that has a usual wording such a word is a slip whatever the sentence says, so it needs
no judgement of style. Of a word of the lexicon one letter may be exchanged with the next one,
left out, put in or changed, though not the first or the last one, where endings and coinages
differ (ebook, functor). Names are in no lexicon, and two of them may well differ in a letter
(Shanxi, Shaanxi); there only two letters that have changed places count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.lexicon import load_lexicon
from aligner.wording.forms import american, is_word, singular

_APOSTROPHES: Final = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")
_WORDS: Final = re.compile(r"[\w'\u2019]+")
MISPRINT_LETTERS: Final = 4
PLAIN_LETTERS: Final = 5  # of words in which a letter may have gone, come or changed
_PREFIX: Final = 5  # letters
_OPPOSITES: Final = {"macro", "micro"}  # which stand for two Chinese words


class _Change(NamedTuple):
    """One letter that has gone, come or changed, or two that have changed places."""

    head: int  # letters before it that both words have
    tail: int  # and behind it
    swapped: bool


@lru_cache(maxsize=1 << 14)
def is_misprint(word: str, usual: str) -> bool:
    """Tell whether a word is another one with a slip of one letter.

    >>> is_misprint("cutlural", "cultural"), is_misprint("cultual", "cultural")
    (True, True)
    >>> is_misprint("Zohu", "Zhou"), is_misprint("Shaanxi", "Shanxi")
    (True, False)
    >>> is_misprint("cultures", "cultural"), is_misprint("ebooks", "books")
    (False, False)
    """
    one, two = letters_of(word), letters_of(usual)
    change = None if is_known(one) else _one_change(one, two)
    if change is None or change.swapped:
        return change is not None
    inside = change.head > 0 and change.tail > 0 and len(two) >= PLAIN_LETTERS
    return inside and is_word(two)


@lru_cache(maxsize=1 << 14)
def is_letter_apart(word: str, usual: str) -> bool:
    """Tell whether two words of the lexicon differ by a slip of one letter.

    If all other words of a term are the same, the one is a slip for the other, or its second
    spelling: hardly ever do two words with nearly the same letters render one Chinese word. The
    last letter does not count, where the forms of a word differ, nor do prefixes of opposite sense.

    >>> is_letter_apart("bump", "pump"), is_letter_apart("racoon", "raccoon")
    (True, True)
    >>> is_letter_apart("pumps", "pump"), is_letter_apart("microcosm", "macrocosm")
    (False, False)
    """
    one, two = letters_of(word), letters_of(usual)
    if not (is_known(one) and is_known(two)) or {one[:_PREFIX], two[:_PREFIX]} == _OPPOSITES:
        return False
    change = _one_change(one, two)
    return change is not None and (change.swapped or change.tail > 0)


def is_misprinted_wording(text: str, usual: str) -> bool:
    """Tell whether words are some others but for misprints.

    >>> is_misprinted_wording("atni-dumping duty", "anti-dumping duty")
    True
    """
    one, two = (_WORDS.findall(each.lower()) for each in (text, usual))
    pairs = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    return len(one) == len(two) and bool(pairs) and all(is_misprint(a, b) for a, b in pairs)


@lru_cache(maxsize=1 << 15)
def is_known(word: str) -> bool:
    """Tell whether a lexicon has a word in lower case, in either spelling or number.

    The one of inflections lacks a few common words (county), the glosses have them.
    """
    known = is_word(word) or is_word(singular(word)) or is_word(american(word))
    return known or load_lexicon().has_english(word)


def letters_of(word: str) -> str:
    """Return a word in lower case without apostrophes: zhanao."""
    return word.lower().translate(_APOSTROPHES)


def _one_change(one: str, two: str) -> _Change | None:
    """Return the slip that makes one word of another one; None if there is more than one slip."""
    if one == two or min(len(one), len(two)) < MISPRINT_LETTERS or not one.isalpha():
        return None
    head = _same_letters(one, two)
    tail = _same_letters(one[head:][::-1], two[head:][::-1])
    here, there = one[head : len(one) - tail], two[head : len(two) - tail]
    swapped = len(here) == 2 and here == there[::-1]
    return _Change(head, tail, swapped) if swapped or max(len(here), len(there)) == 1 else None


def _same_letters(one: str, two: str) -> int:
    """Return how many letters two words share from their begin on."""
    pairs = zip(one, two, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))
