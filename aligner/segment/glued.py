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
from aligner.lang.known_words import is_base_form, is_english_word
from aligner.segment.scan import MarkPlace

_MARK = re.compile(r"[.。]|[!?！？]+")
_REACH = 40  # characters to either side
# The word before: a blank or an opening mark sets it off, so it is no part of an address.
_LEFT = re.compile(
    r"(?:\A|(?<=[\s(\[\"“‘—–]))((?:[A-Za-z]\.)+[A-Za-z]|[A-Za-z][\w’'-]+|\d[\d,]*%?)\Z"
)
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
    if not _MARK.fullmatch(mark.group()) or not text[after].isupper():
        return False
    left = _LEFT.search(text[max(place.start, mark.start() - _REACH) : mark.start()])
    right = _RIGHT.match(text[after : min(after + _REACH, place.stop)])
    if not left or not right:
        return False
    before, behind = left[1], right[1]
    if behind in en.STARTERS:
        return not before.islower() or is_english_word(before) or "." in before
    if len(behind) < 3 or len(before) < 3 or behind.lower() in _ENDINGS:
        return False
    both = before.islower() and is_english_word(before) and is_english_word(behind)
    return both and not is_base_form(behind)
