"""A page of a PDF as a reader sees it: lines in columns, in reading order.

A PDF holds runs of characters and where they stand, nothing else. Runs on one base
line that are close together are a piece; a gutter that most pieces keep clear of
parts columns; what runs across it (a title, a wide table) parts the page into bands,
and in each the left column is read before the right one. A table is none of this:
its rows begin together on both sides, and it is read row by row.

Units: points, x from left to right, y from bottom to top. Cost: for each page, the
number of its pieces times the number of gutters that come into question (24 at most).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from aligner.lang.marks_zh import WIDE

INFERRED = "\x1f"  # a gap that may be a blank, see pdf_worker
_GAPS = re.compile(f"{INFERRED}+")
_NARROW_BLANK = re.compile(f"(?<=[{WIDE}]){INFERRED}|{INFERRED}(?=[{WIDE}])")
# A line that was spread to the margin.
_SPREAD_OUT = re.compile(f"(?:(?<=[{WIDE}]) (?=[{WIDE}])[{WIDE}]){{3,}}")
# Marks that fonts draw narrow and programs set apart from the Han character beside them.
_BY_MARK = re.compile(f"(?<=[{WIDE}]) (?=[“”‘’…—])|(?<=[“”‘’…—]) (?=[{WIDE}])| (?=∶)|(?<=∶) ")
_BLANKS = re.compile(f"[ {INFERRED}]+")
_CLOSE = 0.8  # of the size: runs that close belong together
_NEXT = 2.5  # of the size, if the file has one after the other
_SPREAD = 5.0  # of the size, if there is a blank between them, as in a full line
_BLANK = 0.12  # of the size: a gap that wide is a blank between Latin letters
_WIDE_GAP = 0.8  # of the size: more than is put between Han and Latin letters in a full line
_SAME_ROW = 0.35  # of the size: base lines that close are one
_FEWEST = 3  # lines on each side of a gutter
_WIDTH = 0.25  # of the text's width that each column must have
_FILLED = 0.55  # of a column's width that its lines fill on average
_GUTTERS = 24
_PARTED = 1.35  # of the usual distance between lines: a wider one parts rows of a table


class Run(NamedTuple):
    """Characters that the file shows in one go."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Line(NamedTuple):
    """One line of a column, or a cell of a row."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int = 0  # its number, from 1

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Column:
    """Lines under each other, from top to bottom."""

    lines: tuple[Line, ...]
    slot: tuple[int, int, int]  # page width, and which column of how many: alike in margins


class Page(NamedTuple):
    """The lines of one page from top to bottom, and from left to right in a row."""

    number: int  # counted from 1
    bottom: float
    top: float
    width: float
    lines: tuple[Line, ...]


def page_lines(runs: Iterable[Run]) -> tuple[Line, ...]:
    """Return the pieces of a page's rows, from top to bottom and left to right."""
    order = sorted(enumerate(runs), key=lambda item: (-item[1].base, item[1].left))
    lines: list[Line] = []
    for row in _rows(order):
        lines += _pieces(row)
    return tuple(lines)


def _rows(order: Iterable[tuple[int, Run]]) -> Iterator[list[tuple[int, Run]]]:
    """Yield runs of one base line together."""
    row: list[tuple[int, Run]] = []
    for item in order:
        if row and row[0][1].base - item[1].base > _SAME_ROW * max(row[0][1].size, item[1].size):
            yield sorted(row, key=lambda its: its[1].left)
            row = []
        row.append(item)
    if row:
        yield sorted(row, key=lambda its: its[1].left)


def _pieces(row: Sequence[tuple[int, Run]]) -> Iterator[Line]:
    """Join the runs of a row that are close to each other."""
    piece: list[tuple[int, Run]] = []
    for item in row:
        if piece:
            (last, left), (here, right) = piece[-1], item
            em = max(left.size, right.size)
            reach = _SPREAD if left.text.endswith(" ") else _NEXT
            if right.left - left.right > (reach if here == last + 1 else _CLOSE) * em:
                yield _line([run for _, run in piece])
                piece = []
        piece.append(item)
    yield _line([run for _, run in piece])


def _line(runs: Sequence[Run]) -> Line:
    """Make one line of runs."""
    text = runs[0].text
    for left, right in pairwise(runs):
        gap = right.left - left.right
        em = max(left.size, right.size)
        if gap > _BLANK * em:
            text += " " if gap > _WIDE_GAP * em else INFERRED
        text += right.text
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.text)
    size = sizes.most_common(1)[0][0]
    base = max(runs, key=lambda run: len(run.text)).base
    text = _GAPS.sub(INFERRED, text)  # one, so that a single look decides
    text = _BY_MARK.sub("", _BLANKS.sub(" ", _NARROW_BLANK.sub("", text)))
    text = _SPREAD_OUT.sub(lambda found: found[0].replace(" ", ""), text)
    return Line(text, runs[0].left, max(run.right for run in runs), base, size)


def columns(page: Page) -> list[Column]:
    """Return the columns of a page in reading order."""
    lines = [line for line in page.lines if line.text.strip()]
    width = round(page.width / 10)
    gutter = _gutter(lines)
    if gutter is None:
        return [Column(tuple(lines), (width, 0, 1))] if lines else []
    found: list[Column] = []
    for band in _bands(lines, gutter):
        left, right = _halves(band, gutter)
        if not _are_columns(left, right):
            found.append(Column(tuple(band), (width, 0, 1)))
            continue
        for halves in _table_rows(left, right):
            for at, half in enumerate(halves):
                found += _columns_of_half(half, (width, 2 * at, 4))
    return found


def _columns_of_half(lines: Sequence[Line], slot: tuple[int, int, int]) -> Iterator[Column]:
    """Yield the columns of one side of a gutter: four in all at most."""
    gutter = _gutter(lines)
    parts = [lines] if gutter is None else _halves(lines, gutter)
    width, first, count = slot
    for place, part in enumerate(parts):
        if part:
            yield Column(tuple(part), (width, first + place, count))


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of the gutter that parts most lines into columns, if there is one."""
    best, best_count = None, 0
    for x in _candidates(lines):
        count = 0
        for band in _bands(lines, x):
            left, right = _halves(band, x)
            if _are_columns(left, right):
                count += min(len(left), len(right))
        if count > best_count:
            best, best_count = x, count
    return best


def _candidates(lines: Sequence[Line]) -> list[float]:
    """Return places where a gutter may be: just left of where many lines begin."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    starts = Counter(
        round(line.left - 2)
        for line in lines
        if left + _WIDTH * (right - left) < line.left < right - _WIDTH * (right - left)
    )
    return [float(x) for x, count in starts.most_common(_GUTTERS) if count > 1]


def _bands(lines: Sequence[Line], x: float) -> Iterator[list[Line]]:
    """Yield runs of lines that keep clear of x, and what lies between them."""
    band: list[Line] = []
    crossed = False
    for line in lines:
        crosses = line.left < x < line.right
        if band and crosses != crossed:
            yield band
            band = []
        band.append(line)
        crossed = crosses
    if band:
        yield band


def _halves(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    return [line for line in lines if line.right <= x], [line for line in lines if line.left >= x]


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell two columns of running text from labels, numbers and stray short lines."""
    if min(len(left), len(right)) < _FEWEST:
        return False
    whole = max(line.right for line in right) - min(line.left for line in left)
    for side in (left, right):
        width = max(line.right for line in side) - min(line.left for line in side)
        filled = sum(line.width for line in side) / len(side)
        if width < _WIDTH * whole or filled < _FILLED * width:
            return False
    return True


def _table_rows(
    left: Sequence[Line], right: Sequence[Line]
) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the two sides, in parts if they are the cells of a table's rows.

    They are if nearly all blocks of both sides begin on the same base lines.
    """
    tops_left, tops_right = _block_tops(left), _block_tops(right)
    common = [y for y in tops_left if any(abs(y - other) < 2 for other in tops_right)]
    if len(common) < 2 or len(common) < 0.7 * max(len(tops_left), len(tops_right)):
        yield list(left), list(right)
        return
    edges = [float("inf"), *(y + 1 for y in common[1:]), float("-inf")]
    for above, below in pairwise(edges):
        yield (
            [line for line in left if below < line.base <= above],
            [line for line in right if below < line.base <= above],
        )


def _block_tops(lines: Sequence[Line]) -> list[float]:
    """Return the base lines at which a block of lines begins."""
    gaps = sorted(above.base - below.base for above, below in pairwise(lines))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    tops = [lines[0].base]
    tops += [
        below.base
        for above, below in pairwise(lines)
        if above.base - below.base > _PARTED * max(usual, 1.0)
    ]
    return tops
