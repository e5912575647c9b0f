"""What of a segment is compared with others: its words, numbers and dates set aside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.lang.numbers import find_numbers
from aligner.lang.shadow import shadow
from aligner.lexicon.gloss import GLOSS_STOP_WORDS
from aligner.lexicon.words import cut_words
from aligner.span import Lang
from aligner.terms.units import english_words, word_key

ANY_NUMBER: Final = "0"  # stands for any number, and for the name of a month or a day
_DAYS: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_WEEKDAY: Final = re.compile("(?:星期|周|礼拜)[一二三四五六日天]")
_EMPTY_WORDS: Final = frozenset("的了着之其该本个们于是")  # carry no meaning of their own


class Key(NamedTuple):
    """A segment as it is compared."""

    words: tuple[str, ...]  # all of them, in one form, without marks
    content: tuple[str, ...]  # those that carry meaning


@lru_cache(maxsize=1 << 12)
def key(text: str, lang: Lang) -> Key:
    """Return a text's words, numbers and dates as `ANY_NUMBER`, without marks.

    >>> key("Open from 5 May to 9 June.", "en").words
    ('open', 'from', '0', 'to', '0')
    >>> key("5月1日起開放。", "zh") == key("10月20日起开放", "zh")
    True
    """
    bare = _without_numbers(text, lang)
    if lang == "en":
        words = [
            word_key(word) if word != ANY_NUMBER else word for word in english_words(bare).words
        ]
        words = _merged(words)
        return Key(tuple(words), tuple(w for w in words if w not in GLOSS_STOP_WORDS))
    words = _merged([w.text.lower() for w in cut_words(bare) if any(map(str.isalnum, w.text))])
    return Key(tuple(words), tuple(w for w in words if w not in _EMPTY_WORDS))


def _without_numbers(text: str, lang: Lang) -> str:
    if lang == "zh":
        text = shadow(text).text
    at = 0
    pieces: list[str] = []
    for number in find_numbers(text, lang):
        pieces += text[at : number.span.start], f" {ANY_NUMBER} "
        at = number.span.stop
    bare = "".join([*pieces, text[at:]])
    return re.sub(_DAYS if lang == "en" else _WEEKDAY, f" {ANY_NUMBER} ", bare)


def _merged(words: list[str]) -> list[str]:
    """Return the words with numbers in a row, and the units of dates between them, as one."""
    found: list[str] = []
    for word in words:
        if word in "年月日" and found[-1:] == [ANY_NUMBER]:
            continue
        if word != ANY_NUMBER or found[-1:] != [ANY_NUMBER]:
            found.append(word)
    return found
