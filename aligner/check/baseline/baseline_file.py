"""Findings that were looked at and accepted, each with its reason, in a file for people.

An entry names a term and a rendering. It holds for every finding of that term, in
simplified or traditional characters, whose rendering is the same but for form: case,
number, hyphen, article, spelling. `doc` limits it to one bitext; `by = "text"` to this
rendering letter by letter, where `by = "group"`, or nothing, means its whole group.

The file is TOML or, with the suffix .jsonl, one object a line. It is written sorted, so
that two versions of it can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from aligner.check.baseline.accepted import Accepted, Baseline, merged
from aligner.check.baseline.baseline_text import as_jsonl, as_toml, parse_jsonl, parse_toml
from aligner.errors import FormatError, SettingError
from aligner.findings import Finding
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.writing import write_text
from aligner.messages import N_, _

_LARGEST: Final = 10_000_000  # bytes: 100,000 entries


class _Format(NamedTuple):
    parse: Callable[[str, str], Iterator[Accepted]]  # a text, and the file's name for messages
    render: Callable[[Sequence[Accepted]], str]


SHEET_SUFFIX: Final = ".xlsx"  # of a report that a person filled in; read, not written
_TABLES: Final = frozenset((SHEET_SUFFIX, ".csv", ".tsv"))
_FORMATS: Final = {".toml": _Format(parse_toml, as_toml), ".jsonl": _Format(parse_jsonl, as_jsonl)}


def read_baseline(path: str | Path) -> Baseline:
    """Read a file of accepted findings, TOML or JSON Lines by its suffix, or a filled-in report.

    A report is the spreadsheet of a check: see `baseline_sheet`.

    Raises:
        FormatError: The file breaks the rules of its format, or an entry is not one;
            names the line or the number of the entry.
        ReadError: The file is missing or cannot be read.
        SettingError: The suffix is another one.
    """
    name = str(path)
    if Path(path).suffix.lower() == SHEET_SUFFIX:
        from aligner.check.baseline.baseline_sheet import read_sheet

        return Baseline(read_sheet(Path(path), name), name)
    form = _format(name)
    raw = read_bytes(
        Path(path),
        name,
        most=_LARGEST,
        one=N_("baseline"),
        large=_("check that it is the right file"),
        missing=_("make it with --write-baseline, or check the name"),
    )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            _("{name}: byte 0x{raw:02x} at offset {start} is not UTF-8").format(
                name=name, raw=raw[error.start], start=error.start
            ),
            hint=_("save it as UTF-8"),
        ) from error
    return Baseline(tuple(form.parse(text, name)), name)


def check_suffix(path: str | Path) -> None:
    """Check that a baseline can be written to a path, before the work begins.

    Raises:
        SettingError: The suffix is another one.
    """
    _format(str(path))


def write_baseline(
    findings: Iterable[Finding], path: str | Path, *, old: Baseline | None = None
) -> Path:
    """Write a file that accepts the findings, in TOML or JSON Lines by its suffix.

    Entries of the old baseline stay with their reasons, even if nothing matches them any
    more (then their count is 0). What no entry covers gets one of its own, with a reason
    that says that none was given.

    Raises:
        ExportError: The file cannot be written.
        SettingError: The suffix is another one.
    """
    form = _format(str(path))
    entries = merged(findings, old or Baseline(()))
    return write_text(Path(path), form.render(entries))


_PAGES: Final = frozenset({".html", ".htm"})  # suffixes of reports that are looked at


def _format(name: str) -> _Format:
    suffix = Path(name).suffix.lower()
    if suffix not in _FORMATS:
        is_table = suffix in _TABLES
        raise SettingError(
            _("{name}: a baseline is a .toml or .jsonl, or a settled report.xlsx").format(
                name=name
            ),
            hint=_(
                "settle findings in the HTML report, whose button Save writes the .jsonl, or in"
                " the .xlsx report, which --baseline reads"
            )
            if is_table or suffix in _PAGES
            else _("give it one of these"),
        )
    return _FORMATS[suffix]
