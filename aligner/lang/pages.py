"""Running heads and page numbers among the lines of a text.

Text that was taken from pages holds what stood on each of them between its sentences:
`Page 3 of 12`, `第 3 页`, and the name of the book above or below. Nobody translates
these, and they must not be joined with the sentences round them.

A line is a page number if at least three lines are alike up to one number, which rises
from each to the next, and the line says so (`Page`, `第…页`, `3/12`) or holds nothing but
that number and dashes, pages apart. A running head is a line that stands at least three
times, up to its numbers, and mostly beside a page number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

LEAST_PAGES: Final = 3  # pages
_LONGEST: Final = 80  # characters of a head
_NEAR: Final = 2  # lines between a head and its page number, at most
_APART: Final = 5  # lines from one bare number to the next, at least: a table's are nearer
_MOSTLY: Final = 0.75  # of a head's places

_DIGITS: Final = re.compile(r"[0-9０-９]{1,4}")
_NAMED: Final = re.compile(
    r"(?i:page|p\.|pp\.)\s*#|第\s*#\s*[页頁]|[页頁][码碼]?\s*[：:]?\s*#|#\s*[页頁]\Z|\A\W*#\s*/\s*#\W*\Z"
    r"|\A\W*#\s+of\s+#\W*\Z"
)
_BARE: Final = re.compile(r"[\s—–~·.|\[\](（）)-]*#[\s—–~·.|\[\](（）)-]*")
_SENTENCE: Final = re.compile(r"[。！？!?；;]|[^.]\.\Z")


def page_furniture(lines: Sequence[str]) -> frozenset[int]:
    """Return which lines are page numbers or running heads.

    >>> text = ["甲。", "文集", "第 1 页", "乙。", "文集", "第 2 页", "丙。", "文集", "第 3 页"]
    >>> sorted(page_furniture(text))
    [1, 2, 4, 5, 7, 8]

    Cost: linear in the text.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if len(line) <= _LONGEST:
            places[_DIGITS.sub("#", line.strip())].append(number)
    often = {key: its for key, its in places.items() if key and len(its) >= LEAST_PAGES}
    numbers = {
        n for key, its in often.items() if "#" in key for n in _page_numbers(key, its, lines)
    }
    if not numbers:
        return frozenset()
    beside = {n + step for n in numbers for step in range(-_NEAR, _NEAR + 1)}
    heads = [
        its
        for key, its in often.items()
        if not _SENTENCE.search(key) and sum(n in beside for n in its) >= _MOSTLY * len(its)
    ]
    return frozenset(numbers.union(*heads))


def _page_numbers(key: str, places: Sequence[int], lines: Sequence[str]) -> Iterable[int]:
    """Return the places of a line if it is a page number."""
    bare = _BARE.fullmatch(key)
    if not bare and not _NAMED.search(key):
        return ()
    found = [int(_DIGITS.findall(lines[n])[_rising(key)]) for n in places]
    steps = [b - a for a, b in pairwise(found)]
    if not all(0 < step <= LEAST_PAGES for step in steps):
        return ()
    gaps = [b - a for a, b in pairwise(places)]
    return () if bare and (median(gaps) < _APART or max(steps) > 1) else places


def _rising(key: str) -> int:
    """Return which of a line's numbers is the page's: the one behind its word, or the first."""
    found = _NAMED.search(key)
    return key[: found.start()].count("#") if found else 0
