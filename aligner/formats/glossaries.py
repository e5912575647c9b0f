"""Glossaries: read them, find their terms in Chinese text, write the terms found as one.

A format of reading is a suffix in `READERS`, one of writing a name in `FORMATS`; a module
is imported when a file needs it. Whatever the bytes, the outcome of reading is a
glossary or an `AlignerError`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import FormatError, ReadError, SettingError
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.glossary_rows import Table
from aligner.formats.common.source import Source
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.glossary.merge import merge, refuse, told

if TYPE_CHECKING:
    from aligner.findings import Terms

__all__ = [
    "FORMATS",
    "READERS",
    "Entry",
    "Glossary",
    "Target",
    "format_of",
    "parse_glossary",
    "read_glossary",
    "write_glossary",
]

MAX_BYTES: Final = 100_000_000  # of a file

READERS: Final = (".csv", ".tab", ".tbx", ".tsv", ".txt", ".xlsm", ".xlsx")

FORMATS: Final = {
    "csv": "aligner.formats.write_glossary_tables:write_csv",
    "tbx": "aligner.formats.write_tbx:write_tbx",
    "tbx2": "aligner.formats.write_tbx:write_tbx2",
    "tsv": "aligner.formats.write_glossary_tables:write_tsv",
    "xbench": "aligner.formats.xbench:write_xbench",
    "xlsx": "aligner.formats.write_glossary_tables:write_xlsx",
}
_SUFFIXES: Final = {"xbckl": "xbench"}  # where it is not the format's name


def read_glossary(path: str | Path, *, encoding: str | None = None) -> Glossary:
    """Read a glossary: a table (xlsx, csv, tsv, txt) or a termbase (tbx).

    The first row of a table names the columns: locale codes such as zh-CN and en-US, or
    words such as 中文 and 英文, and perhaps a status and a note. Targets in one cell with
    `|`, `;` or a line break between them are all accepted; rows of one term are brought
    together. A broken row, such as one without a target, is left out and noted.

    Args:
        path: The file.
        encoding: Of a file of text, if it is not to be found out.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: The file is broken, every row is, or two contradict each other; names
            the file and the row.
        ReadError: The file is missing, a folder or too large.
        SettingError: The suffix is of no format that can be read, or there is no such
            encoding.
    """
    name = str(path)
    if _suffix(name) not in READERS:
        raise SettingError(
            f"{name}: no glossary format has the suffix {_suffix(name)!r}",
            hint="give a file with one of " + " ".join(READERS),
        )
    large = "take the terms of your subject out of it and give these"
    raw = read_bytes(Path(path), name, most=MAX_BYTES, one="glossary", large=large)
    return parse_glossary(Source(raw, name, encoding))


def parse_glossary(source: Source) -> Glossary:
    """Parse bytes by the suffix of their name, with the errors of `read_glossary`."""
    table, notes = parse_table(source)
    if table.unread:
        notes += ("columns not read: " + ", ".join(table.unread),)
    if table.statements and table.problems:
        notes += (told(source.name, table.problems),)
    glossary, contradictions = merge(table.statements, source.name, notes)
    refuse(source.name, contradictions if table.statements else table.problems)
    if not glossary.entries:
        raise FormatError(
            f"{source.name}: there is no term in it", hint="check that it is the right file"
        )
    return glossary


def parse_table(source: Source) -> tuple[Table, tuple[str, ...]]:
    """Return what the rows of a glossary say and what is wrong with them, and notes.

    Raises:
        AlignerError: As `read_glossary`, for the file as a whole.
    """
    if not source.raw:
        raise ReadError(f"{source.name}: the file is empty", hint="check that it was saved in full")
    return _parse(source, _suffix(source.name))


def _parse(source: Source, suffix: str) -> tuple[Table, tuple[str, ...]]:
    if suffix == ".tbx":
        from aligner.formats.tbx import read_tbx

        return read_tbx(source)
    from aligner.formats.glossary_tables import read_text_table, read_xlsx

    if suffix in (".xlsx", ".xlsm"):
        return read_xlsx(source)
    return read_text_table(source, suffix)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def format_of(path: str | Path, *, to: str | None = None) -> str:
    """Return the format of an output: `to`, or what the path's suffix says.

    Raises:
        SettingError: There is no such format.
    """
    suffix = Path(path).suffix.removeprefix(".").lower()
    name = (to or _SUFFIXES.get(suffix, suffix)).lower()
    if name not in FORMATS:
        raise SettingError(
            f"{path}: no format {name!r}" if name else f"{path}: no suffix that names a format",
            hint=f"formats are {', '.join(FORMATS)}; name one with --to",
        )
    from aligner.formats.common.check_outputs import check_suffix

    check_suffix(path, to)
    return name


def write_glossary(
    terms: Terms | Glossary, path: str | Path, *, to: str | None = None
) -> tuple[Path, ...]:
    """Write the terms found as a glossary, in the format of the suffix or the format `to`.

    Of each term the dominant rendering is preferred; the others are admitted or, where
    other words were chosen, deprecated (see `collect`).

    Returns:
        The file written.

    Raises:
        SettingError: There is no such format.
        ExportError: The file cannot be written, or the format cannot hold the terms.
    """
    from aligner.formats.common.check_outputs import Output, check_files

    module, _, function = FORMATS[format_of(path, to=to)].partition(":")
    check_files([Output((Path(path),))])
    if not isinstance(terms, Glossary):
        from aligner.glossary.collect import glossary_of

        terms = glossary_of(terms)
    written: tuple[Path, ...] = getattr(import_module(module), function)(terms, Path(path))
    return written
