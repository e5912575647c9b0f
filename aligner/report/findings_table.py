"""The findings of every check as a table for a terminal, with their places.

Places of one rendering of a term are one row, which counts them. rich is imported on
first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from aligner.findings import Finding, Terms
from aligner.messages import _, ngettext
from aligner.report.fitted_columns import fitted_table
from aligner.report.place_text import counts_text, main_place, place_text, short_names
from aligner.report.shown_text import plain
from aligner.report.terminal_table import SEVERITY_STYLES, severities_text, severity_name, withheld
from aligner.report.view import Sentences

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_MOST_ROWS: Final = 500  # of a table; a report holds all
_LONGEST: Final = 120  # characters of a cell's words
_USUAL: Final = 120  # columns, where nothing says how many there are
_NARROW: Final = 110  # columns: below, three columns of the table are enough


def findings_table(terms: Terms, *, room: int = _USUAL, whole: bool = False) -> Table | Text:
    """Return the new findings, worst first, with places, words and reasons.

    Args:
        terms: What was found.
        room: Columns of the terminal. Where they are few, the check stands with the place, and
            the translation below the original.
        whole: Show every finding, and long words in full.

    Returns:
        The table, or its caption alone if there is no finding.
    """
    from rich.text import Text

    names, sentences = short_names(terms.bitexts), Sentences(terms.bitexts)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in terms.new:
        groups.setdefault((finding.severity, *finding.group), []).append(finding)
    shown = list(groups.values())[: None if whole else _MOST_ROWS]
    end = _more(len(groups) - len(shown)) + findings_caption(terms)
    if not shown:
        return Text(end)
    short = str if whole else _cut
    rows = [
        [
            Text(_place(its, names, sentences)),
            Text(_what(its[0]), SEVERITY_STYLES[its[0].severity]),
            Text(short(plain(its[0].term))),
            Text(short(plain(its[0].rendering))),
            Text(_why(its[0])),
        ]
        for its in shown
    ]
    heads = [_("place"), _("check"), _("original"), _("translation"), _("why")]
    is_narrow = room < _NARROW
    if is_narrow:
        heads = [_("check"), f"{heads[2]}\n{heads[3]}", heads[4]]
        rows = [[_below(what, place), _below(src, tgt), why] for place, what, src, tgt, why in rows]
    return fitted_table(heads, rows, room=room, caption=end, apart=is_narrow)


def _below(*texts: Text) -> Text:
    """Return texts one below the other, without those that are empty."""
    from rich.text import Text

    return Text("\n").join([text for text in texts if text.plain])


def _more(left: int) -> str:
    if left <= 0:
        return ""
    return ngettext(
        "{count:,} more finding not shown: write a report with -o\n",
        "{count:,} more findings not shown: write a report with -o\n",
        left,
    ).format(count=left)


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
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
