"""A table for a terminal whose columns are as wide as their words need.

rich narrows the widest columns first, whatever is in them, so that on a narrow terminal words
are torn in the middle. Here each column first gets room for its longest word, then what is
left goes where the most text is. Chinese may be parted anywhere, but a term stays whole where
there is room for it, and so do numbers and Latin words in it. rich is imported on first use.

Units: columns of a terminal; a Chinese character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aligner.report.shown_text import cell_width

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_PIECE: Final = re.compile(
    r"[“‘（《「『【〔]*(?:[!-\u10ff]+|.)[，。；：！？、）”’》」』】〕…]* *", re.DOTALL
)  # that stays whole, with the marks that stand at it
_GAP: Final = 3  # between two columns
_LONGEST_WORD: Final = 20  # that stays whole: 17 letters is interdepartmental
_LONGEST_TERM: Final = 16  # of Chinese
_LEAST: Final = 8  # of a column, if all are squeezed; four Chinese characters


def fitted_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Text]],
    *,
    room: int,
    caption: str = "",
    apart: bool = False,
) -> Table:
    """Return a table that fits into some room.

    Args:
        heads: Names of the columns.
        rows: Their cells.
        room: For the whole table.
        caption: What to say below it.
        apart: Leave a line free between rows, whose cells are of several lines.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        padding=(0, 1),
        leading=int(apart),
        caption=Text(f"\n{caption}"),
        caption_justify="left",
        caption_style="",
    )
    texts = [[head, *(row[n].plain for row in rows)] for n, head in enumerate(heads)]
    widths = column_widths(texts, room - _GAP * (len(heads) - 1))
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, width=width, overflow="fold")
    for row in rows:
        table.add_row(*(wrapped(cell, width) for cell, width in zip(row, widths, strict=True)))
    return table


def wrapped(text: Text, width: int) -> Text:
    """Return a text whose lines end where no number, Latin word or bracket is torn."""
    from rich.text import Text

    lines = [piece for line in text.split("\n") for piece in line.divide(breaks(line.plain, width))]
    return Text("\n").join(lines)


def breaks(line: str, width: int) -> list[int]:
    """Return where a line is to be parted, before the characters of these numbers.

    >>> breaks("数值不同：412与421。", 12), breaks("one two", 5)
    ([5], [4])
    """
    found: list[int] = []
    used = 0
    for piece in _PIECE.finditer(line):
        size = cell_width(piece[0].rstrip())
        if used and used + size > width:
            found.append(piece.start())
            used = 0
        used += cell_width(piece[0])
        used = used % width if size > width else used  # rich folds it
    return found


def column_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the widths of columns that share some room.

    >>> column_widths([["term", "示范区"], ["why", "other words in one place of twelve"]], 30)
    [6, 24]

    Args:
        columns: The texts of each column.
        room: For all of them, without what lies between.
    """
    wants = [max(_widest_line(text) for text in texts) for texts in columns]
    if sum(wants) <= room:
        return wants
    least = [max(map(_widest_latin, texts)) for texts in columns]
    widths = [max(w, *map(_widest_term, texts)) for w, texts in zip(least, columns, strict=True)]
    _squeeze(widths, room, least)
    _squeeze(widths, room, [_LEAST] * len(widths))
    sizes = [sum(map(cell_width, texts)) for texts in columns]
    while sum(widths) < room:  # each column of the room goes where the most lines are
        open_ones = [n for n, width in enumerate(widths) if width < wants[n]]
        fullest = max(open_ones, key=lambda n: sizes[n] / widths[n])
        widths[fullest] += 1
    return widths


def _squeeze(widths: list[int], room: int, least: Sequence[int]) -> None:
    """Take columns away, where there are most of them, until the widths fit or are least."""
    while sum(widths) > room:
        spare = [width - low for width, low in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            return
        widths[spare.index(max(spare))] -= 1


def _widest_line(text: str) -> int:
    return max(map(cell_width, text.split("\n")))


def _widest_latin(text: str) -> int:
    """Return the width of the longest word that may not be parted."""
    return max(map(_word, text.split()), default=0)


def _word(word: str) -> int:
    width = cell_width(word)
    return min(width, _LONGEST_WORD if width == len(word) else _LEAST)


def _widest_term(text: str) -> int:
    """Return the width of the longest piece of Chinese, as far as it is a term."""
    return max((min(cell_width(word), _LONGEST_TERM) for word in text.split()), default=0)
