"""The terms as a table for a terminal.

rich lays it out: it knows that a Chinese character takes two columns, wraps long cells
and leaves colours out where the output is no terminal. It is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aligner.findings import SEVERITIES, Rendering, Terms
from aligner.report.shown_text import changed_words, counted, plain
from aligner.report.view import Judged, judged

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SEVERITY_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "cyan", "none": "dim"}
OTHERS_SHOWN = 6  # renderings in a cell; the rest is counted


def terms_table(terms: Terms, *, every: bool = False) -> Table:
    """Return the terms with their renderings, worst first, then the most frequent.

    Args:
        terms: What was found.
        every: Show the terms too that have one rendering and no finding; else the
            caption counts them.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption_justify="left", caption_style="")
    for name, share in (("term", 3), ("dominant rendering", 4), ("others", 6), ("verdict", 2)):
        table.add_column(name, ratio=share, overflow="fold")
    alike = 0
    for item in judged(terms):
        if not every and not _worth_a_row(item):
            alike += 1
            continue
        table.add_row(Text(plain(item.term.text)), Text(_dominant(item)), _others(item),
                      Text(verdict(item), SEVERITY_STYLES[item.severity]))  # fmt: skip
    table.caption = Text(caption(terms, alike))
    return table


def _worth_a_row(item: Judged) -> bool:
    return bool(item.new or item.accepted or len(item.term.renderings) > 1)


def _dominant(item: Judged) -> str:
    return _named(item.term.renderings[0]) if item.term.renderings else ""


def _others(item: Judged) -> Text:
    from rich.text import Text

    others = item.term.renderings[1:]
    lines = [f"{_named(r)} {plain(_difference(r))}" for r in others[:OTHERS_SHOWN]]
    if len(others) > OTHERS_SHOWN:
        lines.append(f"and {len(others) - OTHERS_SHOWN} more")
    if item.term.unrendered:
        lines.append(f"no rendering found ({len(item.term.unrendered)})")
    return Text("\n".join(lines))


def _named(rendering: Rendering) -> str:
    return f"{plain(rendering.text)} ({rendering.count})"


def _difference(rendering: Rendering) -> str:
    words = changed_words(rendering)
    return f"{rendering.difference}, {words}" if words else rendering.difference


def verdict(item: Judged) -> str:
    """Return the worst severity of a term's new findings and how many have it."""
    if item.new:
        return f"{item.severity} ({item.worst})"
    return f"accepted ({len(item.accepted)})" if item.accepted else "\N{EN DASH}"


def caption(terms: Terms, alike: int = 0) -> str:
    """Return the figures in one line; `alike` terms were left out of the table."""
    parts = [f"consistency {terms.consistency:.2f}", severities_text(terms)]
    accepted = len(terms.findings) - len(terms.new)
    if accepted:
        parts.append(f"{accepted} accepted")
    if alike:
        parts.append(f"{counted(alike, 'term')} with one rendering not shown")
    return "; ".join(parts)


def severities_text(terms: Terms) -> str:
    """Return how many new findings there are of each severity."""
    counts = {s: terms.count(s) for s in SEVERITIES}
    return ", ".join(f"{n} {s}" for s, n in counts.items() if n) or "no findings"
