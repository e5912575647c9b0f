"""Values as small tables of HTML, as notebooks show them.

Every text is escaped, and what a page would act on or hide (control characters, marks
that turn the direction of text) is visible. Styles stand in the elements: notebooks
remove style sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from aligner.filenames import printable

SHOWN_ROWS: Final = 50  # of a table; the rest is counted
_CELL: Final = "text-align:left;vertical-align:top;white-space:normal"


class HtmlCell(NamedTuple):
    """A cell; what lies between `start` and `stop` in its text is marked."""

    text: str
    lang: str = ""  # BCP 47
    start: int = 0
    stop: int = 0


def table_html(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[HtmlCell]], *, count: int
) -> str:
    """Return a table of the first `SHOWN_ROWS` rows.

    Args:
        title: What stands above it.
        columns: Their names.
        rows: Of as many cells; those that are not shown need not be there.
        count: How many rows there are.
    """
    head = "".join(f'<th style="{_CELL}">{_safe(name)}</th>' for name in columns)
    body = "".join(_row(row) for row, _ in zip(rows, range(SHOWN_ROWS), strict=False))
    rest = f"<p>and {count - SHOWN_ROWS:,} more</p>" if count > SHOWN_ROWS else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<p>{_safe(title)}</p>{table}{rest}"


def _row(cells: Sequence[HtmlCell]) -> str:
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(cell: HtmlCell) -> str:
    lang = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    before, marked, after = (
        _safe(text)
        for text in (
            cell.text[: cell.start],
            cell.text[cell.start : cell.stop],
            cell.text[cell.stop :],
        )
    )
    inside = f"{before}<mark>{marked}</mark>{after}" if marked else before + after
    return f'<td style="{_CELL}"{lang}><bdi>{inside}</bdi></td>'


def _safe(text: str) -> str:
    r"""Return a text that a page shows as it is.

    >>> _safe("a <b>\n\x1b")
    'a &lt;b&gt; \\x1b'
    """
    return escape(printable(re.sub(r"[\t\n\r]", " ", text)))
