"""The terms as a table for a terminal.

rich lays it out: it wraps long cells and leaves colours out where the output is no terminal;
the widths are ours (see `fitted_columns`). It is imported on first use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aligner.findings import SEVERITIES, Rendering, Severity, Terms
from aligner.messages import _, ngettext
from aligner.report.fitted_columns import fitted_table
from aligner.report.shown_text import changed_words, plain
from aligner.report.view import Judged, judged

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SEVERITY_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "cyan", "none": "dim"}
OTHERS_SHOWN = 6  # renderings in a cell; the rest is counted
_SENSITIVITY: Final = re.compile(r"\bsensitivity=(quiet|high)\b")
_USUAL: Final = 100  # columns, where nothing says how many there are
_NARROW: Final = 76  # columns: below, three columns of the table are enough


def terms_table(
    terms: Terms, *, every: bool = False, room: int = _USUAL, most: int | None = OTHERS_SHOWN
) -> Table | Text:
    """Return the terms with their renderings, worst first, then the most frequent.

    Args:
        terms: What was found.
        every: Show the terms too that have no finding; else the caption counts them.
        room: Columns of the terminal. Where they are few, the verdict stands below the term.
        most: Renderings in a cell; None for all.

    Returns:
        The table, or its caption alone if there is no row.
    """
    from rich.text import Text

    items = judged(terms)
    shown = [item for item in items if every or _has_findings(item)]
    end = caption(terms, [] if every else [i for i in items if not _has_findings(i)])
    if not shown:
        return Text(end)
    heads = [_("term"), _("dominant rendering"), _("others"), _("verdict")]
    rows = [
        [Text(plain(item.term.text)), Text(_dominant(item)), _others(item, most),
         Text(verdict(item), SEVERITY_STYLES[item.severity])]
        for item in shown
    ]  # fmt: skip
    is_narrow = room < _NARROW
    if is_narrow:
        heads.pop()
        rows = [[Text("\n").join([term, said]), *rest] for term, *rest, said in rows]
    return fitted_table(heads, rows, room=room, caption=end, apart=is_narrow)


def _has_findings(item: Judged) -> bool:
    return bool(item.new or item.accepted)


def _dominant(item: Judged) -> str:
    return _named(item.term.renderings[0]) if item.term.renderings else ""


def _others(item: Judged, most: int | None) -> Text:
    from rich.text import Text

    others = item.term.renderings[1:]
    lines = [f"{_named(r)} {plain(_difference(r))}" for r in others[:most]]
    if more := len(others) - len(lines):
        lines.append(_("and {count} more").format(count=more))
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


def caption(terms: Terms, left_out: Sequence[Judged] = ()) -> str:
    """Return the figures in one line, and what was left out of the table."""
    parts = [
        _("consistency {consistency:.2f}").format(consistency=terms.consistency),
        severities_text(terms),
    ]
    accepted = len(terms.findings) - len(terms.new)
    if accepted:
        parts.append(_("{accepted} settled earlier").format(accepted=accepted))
    if left_out:
        parts.append(_not_shown(left_out))
    return _("; ").join([*parts, *withheld(terms)])


def _not_shown(left_out: Sequence[Judged]) -> str:
    """Return how many terms without a finding are not shown, and how many of them vary."""
    text = ngettext(
        "{count:,} term without a finding not shown (--all)",
        "{count:,} terms without a finding not shown (--all)",
        len(left_out),
    ).format(count=len(left_out))
    varied = sum(len(item.term.renderings) > 1 for item in left_out)
    more = _(", {varied:,} of them in several renderings").format(varied=varied) if varied else ""
    return text + more


def severity_name(severity: Severity) -> str:
    """Return a severity as people call it: `info` of the files is a remark."""
    return _("remark") if severity == "info" else _(severity)


def withheld(terms: Terms) -> list[str]:
    """Return a word on the remarks that were not asked for, so that none does not mean no."""
    if sensitivity_of(terms) != "quiet":
        return []
    if terms.has_terms and terms.terms:  # whose remarks are not looked for
        return [_("most remarks are left out: --sensitivity high shows them")]
    return [
        ngettext(
            "{count} remark is left out: --sensitivity high shows it",
            "{count} remarks are left out: --sensitivity high shows them",
            terms.left_out,
        ).format(count=terms.left_out)
    ] * bool(terms.left_out)


def sensitivity_of(terms: Terms) -> str:
    """Return the sensitivity of the checks, as the signature has it; nothing if it has none."""
    found = _SENSITIVITY.search(terms.signature)
    return found[1] if found else ""


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
    none = _("no warnings") if sensitivity_of(terms) == "quiet" else _("no findings")
    return _(", ").join(told) or none
