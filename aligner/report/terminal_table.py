"""The terms as a table for a terminal.

rich lays it out: it knows that a Chinese character takes two columns, wraps long cells
and leaves colours out where the output is no terminal. It is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aligner.findings import SEVERITIES, Rendering, Severity, Terms
from aligner.messages import _, ngettext
from aligner.report.shown_text import changed_words, plain
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
    for name, share in (
        (_("term"), 3),
        (_("dominant rendering"), 4),
        (_("others"), 6),
        (_("verdict"), 2),
    ):
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
        lines.append(_("and {count} more").format(count=len(others) - OTHERS_SHOWN))
    if item.term.unrendered:
        lines.append(_("no rendering found ({count})").format(count=len(item.term.unrendered)))
    return Text("\n".join(lines))


def _named(rendering: Rendering) -> str:
    return f"{plain(rendering.text)} ({rendering.count})"


def _difference(rendering: Rendering) -> str:
    words = changed_words(rendering)
    named = _(rendering.difference)
    return _("{difference}, {words}").format(difference=named, words=words) if words else named


def verdict(item: Judged) -> str:
    """Return the worst severity of a term's new findings and how many have it."""
    if item.new:
        return _("{severity} ({count})").format(
            severity=severity_name(item.severity), count=item.worst
        )
    return (
        _("settled ({count})").format(count=len(item.accepted)) if item.accepted else "\N{EN DASH}"
    )


def caption(terms: Terms, alike: int = 0) -> str:
    """Return the figures in one line; `alike` terms were left out of the table."""
    parts = [
        _("consistency {consistency:.2f}").format(consistency=terms.consistency),
        severities_text(terms),
    ]
    accepted = len(terms.findings) - len(terms.new)
    if accepted:
        parts.append(_("{accepted} settled earlier").format(accepted=accepted))
    if alike:
        parts.append(
            ngettext(
                "{count:,} term with one rendering not shown",
                "{count:,} terms with one rendering not shown",
                alike,
            ).format(count=alike)
        )
    return _("; ").join([*parts, *withheld(terms)])


def severity_name(severity: Severity) -> str:
    """Return a severity as people call it: `info` of the files is a remark."""
    return _("remark") if severity == "info" else _(severity)


def withheld(terms: Terms) -> list[str]:
    """Return a word on the remarks that were not asked for, so that none does not mean no."""
    if "sensitivity=quiet" not in terms.signature:
        return []
    return [_("most remarks are left out: --sensitivity high shows them")]


def _counted(severity: Severity, count: int) -> str:
    match severity:
        case "error":
            text = ngettext("{count} error", "{count} errors", count)
        case "warning":
            text = ngettext("{count} warning", "{count} warnings", count)
        case _:
            text = ngettext("{count} remark", "{count} remarks", count)
    return text.format(count=count)


def severities_text(terms: Terms) -> str:
    """Return how many new findings there are of each severity."""
    counts = {s: terms.count(s) for s in SEVERITIES}
    told = (_counted(severity, count) for severity, count in counts.items() if count)
    return _(", ").join(told) or _("no findings")
