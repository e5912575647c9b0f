"""What other packages add, as lines for `aligner formats` and `aligner checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.cli.wide_lines import left, wrapped
from aligner.messages import _
from aligner.plugins import PartKind, described
from aligner.report.shown_text import cell_width


def plugin_lines(kind: PartKind, taken: Iterable[str]) -> list[str]:
    """Return a line for each part of a kind that a package adds, with what is wrong with it.

    Args:
        kind: Of which parts.
        taken: Names of our own parts of that kind.
    """
    return [
        _("plug-in {plugin}: {wrong}").format(plugin=plugin, wrong=wrong or "works")
        for plugin, wrong in described(kind, frozenset(taken))
    ]


def aligned_columns(table: str, room: int | None = None) -> str:
    """Return a table in Markdown for a terminal: no bars and marks, columns below each other.

    >>> print(aligned_columns("| a | what |\\n| --- | --- |\\n| `longer` | b |"))
    a       what
    longer  b
    >>> print(aligned_columns("| a | what |\\n| --- | --- |\\n| `longer` | b |", 9))
    longer
      what: b

    Args:
        table: In Markdown.
        room: Columns of the terminal; where the table is wider, its rows are lists.
    """
    lines = [line.strip("| ").replace("`", "") for line in table.splitlines()]
    rows = [[cell.strip() for cell in line.split(" | ")] for n, line in enumerate(lines) if n != 1]
    widths = [max(cell_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    made = [
        "  ".join(left(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if room is not None and max(map(cell_width, made)) > room:
        made = [line for row in rows[1:] for line in _as_list(rows[0], row, room)]
    return "\n".join(made)


def _as_list(heads: list[str], row: list[str], room: int) -> Iterator[str]:
    """Yield a row as lines: its first cell, and each other one that is filled behind its head."""
    yield row[0]
    for head, cell in zip(heads[1:], row[1:], strict=True):
        if cell:
            told = _("{head}: {cell}").format(head=head, cell=cell)
            yield from (f"  {line}" for line in wrapped(told, room - 2))
