"""What a person filled in the spreadsheet of a report, as accepted findings.

Each row of its findings ends with the entry of a baseline that settles it, as JSON; the
reason is what stands in the column `KEEP`. A row is one place, so a rendering of a term is
kept in that sentence alone. An answer such as yes counts as a reason that was not given, and
no as nothing. Rows and columns may be sorted, filtered, moved and taken out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from aligner.check.baseline.accepted import NO_REASON, Accepted, entry_for
from aligner.check.baseline.baseline_text import entry_fields, entry_of
from aligner.errors import FormatError
from aligner.findings import Finding
from aligner.formats.common.raw_pairs import BitextSource, confirmation
from aligner.formats.common.text_lines import open_binary
from aligner.formats.xlsx_sheets import Sheet, sheets
from aligner.messages import _

KEEP: Final = "保留 keep"  # the head of the column in which a person says why
ENTRY: Final = "baseline entry"  # that of the column by which a row is known again
_LEFT: Final = frozenset({"reason", "count"})  # fields that are not a row's own


def entry_cell(finding: Finding) -> str:
    """Return by what a row is known again; nothing of a finding that nothing would name."""
    try:
        fields = entry_fields(entry_for(finding, here=True))
    except FormatError:
        return ""
    own = {name: value for name, value in fields.items() if name not in _LEFT}
    return json.dumps(own, ensure_ascii=False)


def read_sheet(path: Path, name: str) -> tuple[Accepted, ...]:
    """Return the entries of the rows in which something is said.

    Args:
        path: The workbook.
        name: What the user calls it.

    Raises:
        FormatError: It is no report, is damaged, or a row is not known again; names the row.
        ReadError: It is missing or cannot be read.
    """
    source = BitextSource(path, name)
    with open_binary(source) as file:
        for sheet in sheets(source, file):
            if (found := _entries(sheet, name)) is not None:
                return tuple(dict.fromkeys(found))
    raise FormatError(
        _("{name}: no sheet has the columns {keep} and {entry}").format(
            name=name, keep=KEEP, entry=ENTRY
        ),
        hint=_("give the report.xlsx of a check, with its columns, or a baseline in toml or jsonl"),
    )


def _entries(sheet: Sheet, name: str) -> Iterator[Accepted] | None:
    """Return the entries of a sheet; None if it is not that of findings."""
    heads = [str(head).strip() for head in next(sheet.rows, (0, []))[1]]
    if KEEP not in heads or ENTRY not in heads:
        return None
    keep, entry = heads.index(KEEP), heads.index(ENTRY)
    return (
        _entry(_text(cells, entry), reason, f"{name}, {sheet.name}", number)
        for number, cells in sheet.rows
        if (reason := _reason(_text(cells, keep)))
    )


def _reason(said: str) -> str:
    answer = confirmation(said)
    if answer is None:
        return said
    return _(NO_REASON) if answer else ""


def _text(cells: Sequence[Any], at: int) -> str:
    value = cells[at] if at < len(cells) else None
    return "" if value is None or isinstance(value, dict) else str(value).strip()


def _entry(text: str, reason: str, name: str, number: int) -> Accepted:
    place = _("{name}: row {number}").format(name=name, number=number)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            _("{place}: cannot be known again: {entry} is empty or was changed").format(
                place=place, entry=ENTRY
            ),
            hint=_("leave that column as it is, or settle the finding in the HTML report"),
        ) from error
    return entry_of({**fields, "reason": reason} if isinstance(fields, dict) else fields, place)
