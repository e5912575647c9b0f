"""The findings of every check as a table for a terminal, with their places.

Places of one rendering of a term are one row, which counts them. rich is imported on
first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from aligner.findings import Finding, Terms
from aligner.messages import _, ngettext
from aligner.report.place_text import counts_text, main_place, place_text, short_names
from aligner.report.shown_text import plain
from aligner.report.terminal_table import SEVERITY_STYLES, severities_text, severity_name, withheld
from aligner.report.view import Sentences

if TYPE_CHECKING:
    from rich.table import Table

_MOST_ROWS: Final = 500  # of a table; a report holds all
_LONGEST: Final = 120  # characters of a cell's words


def findings_table(terms: Terms) -> Table:
    """Return the new findings, worst first, with places, words and reasons."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption_justify="left", caption_style="")
    columns = (
        (_("place"), 3),
        (_("check"), 2),
        (_("original"), 3),
        (_("translation"), 3),
        (_("why"), 5),
    )
    for name, share in columns:
        table.add_column(name, ratio=share, overflow="fold")
    names, sentences = short_names(terms.bitexts), Sentences(terms.bitexts)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in terms.new:
        groups.setdefault((finding.severity, *finding.group), []).append(finding)
    for its in list(groups.values())[:_MOST_ROWS]:
        first = its[0]
        table.add_row(
            Text(_place(its, names, sentences)),
            Text(_what(first), SEVERITY_STYLES[first.severity]),
            Text(_cut(first.term)),
            Text(_cut(first.rendering)),
            Text(_why(first)),
        )
    left = len(groups) - _MOST_ROWS
    more = (
        ngettext(
            "{count:,} more finding not shown: write a report with -o\n",
            "{count:,} more findings not shown: write a report with -o\n",
            left,
        ).format(count=left)
        if left > 0
        else ""
    )
    table.caption = Text(more + findings_caption(terms))
    return table


def findings_caption(terms: Terms) -> str:
    """Return the figures in one line: findings by check, by severity, and accepted ones."""
    parts = [counts_text(terms), severities_text(terms)]
    if accepted := len(terms.findings) - len(terms.new):
        parts.append(_("{accepted} settled earlier").format(accepted=accepted))
    return _("; ").join([*parts, *withheld(terms)])


def _place(its: list[Finding], names: Mapping[str, str], sentences: Sentences) -> str:
    """Return the place of the first finding, its link, and how many more there are."""
    lines = [plain(place_text(main_place(its[0]), names))]
    lines.append(_("link {n}").format(n=sentences.link(its[0])))
    if len(its) > 1:
        more = len(its) - 1
        lines.append(
            ngettext("and {count:,} more place", "and {count:,} more places", more).format(
                count=more
            )
        )
    return "\n".join(lines)


def _what(finding: Finding) -> str:
    severity = severity_name(finding.severity)
    told = _("{check}: {severity}").format(check=_(finding.check), severity=severity)
    return f"{told}\n{_(finding.kind)}"


def _why(finding: Finding) -> str:
    if finding.suggestion:
        return _("{why} Suggested: {suggestion}").format(
            why=plain(finding.why), suggestion=plain(finding.suggestion)
        )
    return plain(finding.why)


def _cut(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
