"""What stands beside a sentence: marks that are spoken of, and references to notes.

`以“。”结尾`: a mark that a sentence quotes ends nothing. `It grew fast. [1] It is large.`: a
reference to a note belongs to the sentence before it, unless the text is itself a list of
notes, which begins with one.
"""

from __future__ import annotations

import re

from aligner.lang import marks_zh as zh
from aligner.segment.scan import MarkPlace

_OPENING_QUOTES = "\"'“‘「『«"
_CLOSING_QUOTES = "\"'”’」』»"
_ONE_MARK = re.compile(r"[。．.！!？?｡]")
_SPACED_NOTE = re.compile(
    r"\s{1,3}(?:\[\d{1,3}(?:[-,–] ?\d{1,3})*\]|［\d{1,3}］|〔\d{1,3}〕)"
    rf"(?=\s+[A-Z\d\"“(]|\s*[{zh.HAN}“「『]|\s*\Z)"
)
_LISTED_NOTE = re.compile(r"\W{0,2}[\[［〔]\d{1,3}[\]］〕]")


def is_quoted_mark(text: str, mark: re.Match[str], end: int, place: MarkPlace) -> bool:
    """Tell whether a mark is all that a quotation inside a sentence holds.

    Behind a colon or a comma it is speech, if only a mark: “？”.

    Args:
        text: The document's text.
        mark: A run of marks.
        end: Behind its closing marks.
        place: Where it stands.
    """
    opener = mark.start() - 1
    if end == mark.end() or opener <= place.start or not _ONE_MARK.fullmatch(mark.group()):
        return False
    if text[opener] not in _OPENING_QUOTES or text[mark.end()] not in _CLOSING_QUOTES:
        return False
    near = text[max(place.start, opener - 3) : opener]
    before = near.rstrip()
    if text[opener] in "\"'" and before == near and before.isascii():
        return False  # it closes: 'that'.'
    return bool(before) and (before[-1].isalnum() or before[-1] == "、")


def behind_note(text: str, end: int, place: MarkPlace) -> int:
    """Return the offset behind a reference to a note that follows a sentence and a blank."""
    note = _SPACED_NOTE.match(text, end, place.stop)
    if not note or _LISTED_NOTE.match(text, place.head, place.stop):
        return end
    return note.end()
