"""What stands on every page of a PDF and is no part of its text.

Running headers, footers and page numbers stand at the edge of the page and come
again on other pages at the same height, but for a number that counts the pages:
“Chapter 3” where a chapter begins is none. Some page numbers are known by their form.
What is left out is told, so that a user can see it.

Units: points. Cost: linear in the number of lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from aligner.formats.pdf.layout import Line, Page
from aligner.messages import _

_EDGE = 0.13  # of the page's height: where headers and footers stand
_DEPTH = 4  # rows at each edge that are looked at
_SHORT = 5  # pages: in so few, twice the same is enough
_AGAIN, _AGAIN_SHORT = 3, 2
_SAME_HEIGHT = 4.0
_LONGEST = 120  # characters
_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SURE_NUMBER = re.compile(
    r"[-–—·•~〜]\s*\d+\s*[-–—·•~〜]|第\s*\d+\s*[页頁](?:[\s,，]*[共/]\s*\d+\s*[页頁])?"
    r"|page\s+\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*/\s*\d+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,5}")
_NUMBERS = 3  # in a row, of which each may be that of the page


class Stripped(NamedTuple):
    """Pages without their furniture, and what it was."""

    pages: list[Page]
    notes: tuple[str, ...]


class _Key(NamedTuple):
    """What makes two rows at the edges of pages the same."""

    at_top: bool
    text: str  # as it is, or with the page's number as a sign
    height: int  # in steps of some points


class _Row(NamedTuple):
    """What stands at one height at the edge of a page."""

    page: int
    at_top: bool
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it, in one line."""
        return " ".join(line.text.strip() for line in self.lines)


def strip_furniture(pages: Sequence[Page]) -> Stripped:
    """Return the pages without running headers, footers and page numbers.

    Only what nothing but furniture keeps from the edge is left out, so that a title
    that becomes the running header stays where it stands lower, and the heading of a
    table where the table begins.
    """
    edges = [list(_edge_rows(page)) for page in pages]
    counts: Counter[_Key] = Counter()
    for rows in edges:
        counts.update({key for edge in rows for row in edge for key in _keys(row)})
    needed = _AGAIN_SHORT if len(pages) <= _SHORT else _AGAIN
    left_out: Counter[str] = Counter()
    kept: list[Page] = []
    for page, rows in zip(pages, edges, strict=True):
        gone: set[Line] = set()
        for edge in rows:
            for row in takewhile(lambda row: _is_furniture(row, counts, needed), edge):
                gone.update(row.lines)
                left_out[_shown(row)] += 1
        kept.append(page._replace(lines=tuple(line for line in page.lines if line not in gone)))
    return Stripped(kept, tuple(_notes(left_out)))


def _edge_rows(page: Page) -> Iterator[list[_Row]]:
    """Yield the rows at the top of a page and those at its bottom, from the edge inwards."""
    rows: dict[float, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.text.strip():
            rows[line.base].append(line)
    heights = sorted(rows, reverse=True)
    reach = _EDGE * (page.top - page.bottom)
    above = [y for y in heights[:_DEPTH] if y > page.top - reach]
    below = [y for y in heights[::-1][:_DEPTH] if y < page.bottom + reach]
    for at_top, edge in ((True, above), (False, below)):
        yield [_Row(page.number, at_top, tuple(rows[y])) for y in edge]


def _keys(row: _Row) -> Iterator[_Key]:
    """Yield the keys of a row. Of rows that differ little in height, one is the same."""
    if len(row.text) > _LONGEST:
        return
    step = round(row.lines[0].base / _SAME_HEIGHT)
    for text in (row.text, *_without_page(row)):
        yield from (_Key(row.at_top, text, step + shift) for shift in (0, 1))


def _without_page(row: _Row) -> Iterator[str]:
    """Yield the text with each number as its distance from the page's own."""
    text = row.text
    if roman := _ROMAN.fullmatch(text):
        yield f"\0{_roman_value(roman[0]) - row.page}"
    for number in islice(_NUMBER.finditer(text), _NUMBERS):
        distance = int(number[0]) - row.page
        yield f"{text[: number.start()]}\0{distance}{text[number.end() :]}"


def _roman_value(text: str) -> int:
    """Return the value of a Roman number, well-formed as `_ROMAN` wants it."""
    values = [_ROMAN_VALUES[letter] for letter in text.lower()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _is_furniture(row: _Row, counts: Counter[_Key], needed: int) -> bool:
    """Tell whether a row at the edge comes again on other pages or is a page number."""
    if _SURE_NUMBER.fullmatch(row.text) or (not row.at_top and row.text == str(row.page)):
        return True
    return any(counts[key] >= needed for key in _keys(row))


def _shown(row: _Row) -> str:
    """Return a row's text with numbers as signs, so that those of all pages are one."""
    return "#" if _ROMAN.fullmatch(row.text) else _NUMBER.sub("#", row.text)


def _notes(left_out: Counter[str]) -> Iterator[str]:
    """Say what was left out."""
    if not left_out:
        return
    words = ", ".join(f"“{text}” ({count})" for text, count in left_out.most_common(5))
    more = len(left_out) - 5
    words += _(" and {more} more").format(more=more) if more > 0 else ""
    yield _("left out as headers, footers and page numbers (# is a number): {words}").format(
        words=words
    )
