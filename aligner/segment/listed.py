"""Items of a list that runs on in one line: `1. Housing reform 2. Water supply`.

A number and a dot in running text look like the end of a sentence. They are the marker
of an item if the marker before it in counting stands before it in the same sentence; a
first marker, if the next one follows, or in the middle of a sentence the next two. The
marker goes with its item, so the cut is before it; behind a colon or a comma there is none.

Letters count too. Capitals may be initials (`A. Lin and B. Chen`), so of these there
must be three.

Cost: each dot reads `_REACH` characters to either side.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from aligner.lang import marks_en as en
from aligner.segment.scan import MarkPlace
from aligner.span import Span

_REACH: Final = 300  # characters between two markers
_MARKER: Final = re.compile(r"(?:\A|(?<=[\s(（:：;；，。、]))(\d{1,2}|[ivx]{2,5}|[A-Za-z])\Z")
_GLUED_NUMBER: Final = re.compile(r"(?<![\d.．,:：/%A-Za-z第-])(\d{1,2})\Z")
_NUMBERED: Final = re.compile(rf"(?:{en.HEADS}\.?|\b[Nn]os?\.?|\b(?:and|or|to|see))\s+\Z")
_DATED: Final = re.compile(r"\s*\d")
_FIRST: Final = frozenset({"1", "１", "a", "A", "i"})
_ROMAN: Final = """i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix
    xx""".split()  # noqa: SIM905 - reads best as words
_DOTS: Final = ".．"
_RUNS_ON: Final = ":;,：；，、(（"
_WORD: Final = re.compile(r"[^\W\d_]{2}")


def item_start(text: str, place: MarkPlace, mark: re.Match[str], *, glued: bool = False) -> int:
    """Return where the item begins whose marker a dot ends, or -1 if it ends none.

    It is the sentence's start if the marker stands at its head or behind a colon or comma.

    Args:
        text: The document's text.
        place: Where the mark stands.
        mark: A run of marks.
        glued: Whether no blank need stand before or behind a marker, as in Chinese.
    """
    if mark.group() not in _DOTS:
        return -1
    dot = mark.start()
    before = text[max(place.start, dot - 6) : dot]
    found = _MARKER.search(before) or (_GLUED_NUMBER.search(before) if glued else None)
    if not found:
        return -1
    at = dot - len(found[1])
    head = text[max(place.start, at - 14) : at]
    dated = found[1].isalpha() and _DATED.match(text, dot + 1, place.stop)  # d. 1502
    if dated or _NUMBERED.search(head):
        return -1
    runs_on = not head.strip() or head.rstrip()[-1] in _RUNS_ON
    around = Span(max(place.start, at - _REACH), min(dot + _REACH, place.stop))
    if not _counts(text, Span(at, dot), around, runs_on=runs_on, glued=glued):
        return -1
    return place.start if runs_on else at


def _counts(text: str, own: Span, around: Span, *, runs_on: bool, glued: bool) -> bool:
    """Tell whether the markers before or behind one show that it is of a list.

    Args:
        text: The document's text.
        own: The marker's place, without its dot.
        around: Where the others may stand.
        runs_on: Whether it stands at the sentence's head or behind a colon or comma.
        glued: As in `item_start`.
    """
    marker = text[slice(*own)]

    def stands(step: int, start: int, stop: int) -> int:
        return max(
            _place(other, text, start, stop, glued=glued) for other in _neighbours(marker, step)
        )

    above = stands(-1, around.start, own.start)
    if above >= 0 and _WORD.search(text, above + 2, own.start):
        return marker != "B" or stands(1, own.stop, around.stop) >= 0
    if marker not in _FIRST:
        return False
    second = stands(1, own.stop, around.stop)
    if second < 0 or not _WORD.search(text, own.stop, second):
        return False
    return (runs_on and marker != "A") or stands(2, second, around.stop) > second


def _neighbours(marker: str, step: int) -> tuple[str, ...]:
    """Return the markers some steps from one in counting: `i` is a letter and a number."""
    if marker.isdecimal():
        number = int(marker) + step
        plain = str(number) if number > 0 else ""
        return (plain if marker.isascii() else "".join(chr(ord(d) + 0xFEE0) for d in plain),)
    found: list[str] = []
    if len(marker) == 1:
        other = chr(ord(marker) + step)
        found += [other] if other.isascii() and other.isalpha() else []
    if marker in _ROMAN and 0 <= _ROMAN.index(marker) + step < len(_ROMAN):
        found.append(_ROMAN[_ROMAN.index(marker) + step])
    return tuple(found) or ("",)


def _place(marker: str, text: str, start: int, stop: int, *, glued: bool) -> int:
    """Return where a marker first stands in a range of a text, or -1."""
    if not marker:
        return -1
    found = _marker_pattern(marker, glued=glued).search(text, start, stop)
    return found.start() if found else -1


@lru_cache(maxsize=256)
def _marker_pattern(marker: str, *, glued: bool) -> re.Pattern[str]:
    if glued:
        return re.compile(rf"(?<![\d.．A-Za-z]){marker}[.．](?!\d)")
    return re.compile(rf"(?<![^\s(]){marker}\.\)?(?=\s)")
