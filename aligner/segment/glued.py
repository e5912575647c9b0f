"""Two English sentences without a blank between them, such as `It closed.The rest left.`.

Such text comes out of converters and web pages that lose line ends. The mark ends a
sentence if the lexicon knows the words on both sides. Names of files, domains and pieces
of programs have the same shape (`readme.Md`, `example.Com`, `buffer.Size`): what a blank
does not set off, or ends like one of these, is left alone, and the word on the right must
be one that can begin a sentence: one of `STARTERS`, or a form that names of programs hardly
have, such as a plural, a participle or an adverb. A bare singular noun begins neither.

Cost: each mark reads a bounded number of characters round it.
"""

from __future__ import annotations

import re

from aligner.lang import marks_en as en
from aligner.lang.known_words import (
    is_base_form,
    is_english_word,
    is_inflected_verb,
    word_classes,
)
from aligner.segment.abbreviated import begins_with_nobody
from aligner.segment.scan import MarkPlace

_MARK = re.compile(r"[.。]|[!?！？]+")
_REACH = 40  # characters to either side
# The word before: a blank or an opening mark sets it off, so it is no part of an address.
_LEFT = re.compile(
    r"(?:\A|(?<=[\s(\[\"“‘—–;,]))"
    r"((?:[A-Za-z]\.)+[A-Za-z]|[A-Za-z][\w’'-]+|[$€£¥]?\d[\d,]*(?:\.\d+)?%?)\Z"
)
_DOMAIN = re.compile(r"(?:\A|(?<=[\s(\[\"“‘]))(?:[\w-]+\.)+[a-z]{2,4}\Z")
_CLOSED = re.compile(r"[\w.!?]\)\Z")  # a remark, not a call: `run().Then`
_OPENED = re.compile(r"[(\"“‘]?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d ([a-z]+)\b")
_RIGHT = re.compile(r"([A-Z][a-z]*)(?=[ \t\n,’'])")
# What comes behind the dot in names of files and domains, if it may also be a word.
_ENDINGS = frozenset(
    """app apps bat bin biz com dev dll doc docs exe gov info int jar job jobs log map mil mobi name
    net online org page pages site store tar text web zip""".split()  # noqa: SIM905 - reads best as words
)


def parts_glued(text: str, place: MarkPlace, mark: re.Match[str], after: int) -> bool:
    """Tell whether a sentence begins right behind an end mark, its blank left out.

    Args:
        text: The document's text.
        place: Where the mark stands.
        mark: A run of marks.
        after: Where the next word begins, behind closing marks.
    """
    if not _MARK.fullmatch(mark.group()):
        return False
    before = text[max(place.start, mark.start() - _REACH) : mark.start()]
    opened = _end_of_opening(text, after)
    rest = text[opened : min(opened + _REACH, place.stop)]
    left = _LEFT.search(before)
    year = _YEAR.match(rest)
    if year:
        return bool(left and left[1].islower() and is_english_word(left[1]) and _is_past(year[1]))
    right = _RIGHT.match(rest)
    if not right:
        return False
    behind = right[1]
    if behind in en.STARTERS and (_DOMAIN.search(before) or _CLOSED.search(before)):
        return True
    if not left or (opened > after and behind not in en.STARTERS):
        return False
    return _parts(left[1], behind, rest, by_dot=mark.group() in ".。")


def _parts(before: str, behind: str, rest: str, *, by_dot: bool) -> bool:
    """Tell whether a sentence ends with one word and the next begins with another.

    Args:
        before: The word, number or acronym before the mark.
        behind: The word behind it.
        rest: The text from that word on.
        by_dot: Whether the mark is one that names hold too.
    """
    if behind in en.STARTERS:
        return not before.islower() or is_english_word(before) or "." in before
    known = is_english_word(behind) and len(behind) >= 3 and behind.lower() not in _ENDINGS
    if not known or len(before) < 2:
        return False
    if begins_with_nobody(rest) or before[-1] == "%":
        return not before[0].islower() or is_english_word(before)
    both = len(before) >= 3 and before.islower() and is_english_word(before)
    return both and not (by_dot and is_base_form(behind))


def _end_of_opening(text: str, at: int) -> int:
    found = _OPENED.match(text, at)
    return found.end() if found else at


def _is_past(word: str) -> bool:
    """Tell whether a word may be a verb that tells of a year: `was`, `saw`."""
    return "AUX" in word_classes(word) or is_inflected_verb(word)
