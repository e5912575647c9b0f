"""What other packages add, as lines for `aligner formats` and `aligner checks`."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.messages import _
from aligner.plugins import PartKind, described


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


def aligned_columns(table: str) -> str:
    """Return a table in Markdown for a terminal: no bars and marks, columns below each other.

    >>> print(aligned_columns("| a | what |\\n| --- | --- |\\n| `longer` | b |"))
    a       what
    longer  b
    """
    lines = [line.strip("| ").replace("`", "") for line in table.splitlines()]
    rows = [[cell.strip() for cell in line.split(" | ")] for n, line in enumerate(lines) if n != 1]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
