"""Read, write and check glossaries, whatever their format.

The formats are those of `registry`; the module of one is imported when a file needs it.
Whatever the bytes, the outcome of reading is a glossary or an `AlignerError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import FormatError, ReadError, SettingError
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.glossary_rows import GlossaryTable
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.source import Source
from aligner.formats.common.unread_kinds import refuse_unread
from aligner.formats.format_lookup import by_name, by_suffix, format_for, load
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.glossary.merge import Statement, merge, refuse, told
from aligner.glossary.one_way import has_gap
from aligner.messages import N_, _

if TYPE_CHECKING:
    from aligner.findings import Terms

__all__ = [
    "GLOSSARY_FORMATS",
    "GLOSSARY_SUFFIXES",
    "Entry",
    "Glossary",
    "Target",
    "format_of",
    "parse_glossary",
    "read_glossary",
    "write_glossary",
]

MAX_GLOSSARY_BYTES: Final = 100_000_000  # of a file
_NAMED: Final = 5  # terms in a note
_CHECKLIST: Final = "xbench"
GLOSSARY_SUFFIXES: Final = by_suffix("glossary_in")
GLOSSARY_FORMATS: Final = by_name("glossary_out")


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
        SettingError: The suffix is of no format that is known, or there is no such
            encoding.
    """
    name = str(path)
    if _suffix(name) not in GLOSSARY_SUFFIXES:
        refuse_unread(name, b"")
        raise SettingError(
            _("{name}: no glossary format has the suffix {suffix!r}").format(
                name=name, suffix=_suffix(name)
            ),
            hint=_("give a file with one of ") + " ".join(sorted(GLOSSARY_SUFFIXES)),
        )
    large = _("take the terms of your subject out of it and give these")
    raw = read_bytes(Path(path), name, most=MAX_GLOSSARY_BYTES, one=N_("glossary"), large=large)
    return parse_glossary(Source(raw, name, encoding))


def parse_glossary(source: Source) -> Glossary:
    """Parse bytes by the suffix of their name, with the errors of `read_glossary`."""
    table, notes = parse_table(source)
    notes += _unread(table)
    if table.statements and table.problems:
        notes += (told(source.name, table.problems),)
    if never := [said for said in table.statements if has_gap(said.src)]:
        notes += (_never_found(never),)
    glossary, contradictions = merge(table.statements, source.name, notes)
    refuse(source.name, contradictions if table.statements else table.problems)
    if not glossary.entries:
        raise FormatError(
            _("{name}: there is no term in it").format(name=source.name),
            hint=_("check that it is the right file"),
        )
    return glossary


def _unread(table: GlossaryTable) -> tuple[str, ...]:
    names = ", ".join(table.unread)
    return (_("columns not read: ") + names,) if names else ()


def unread_note(path: Path, *, encoding: str | None = None) -> tuple[str, ...]:
    """Return a note on the columns of a glossary that are not read, if it has any.

    Raises:
        AlignerError: The file is none.
    """
    raw = read_bytes(path, str(path), most=MAX_GLOSSARY_BYTES, one=N_("glossary"), large="")
    return _unread(parse_table(Source(raw, str(path), encoding))[0])


def parse_table(source: Source) -> tuple[GlossaryTable, tuple[str, ...]]:
    """Return what the rows of a glossary say and what is wrong with them, and notes.

    Raises:
        AlignerError: As `read_glossary`, for the file as a whole.
    """
    if not source.raw:
        raise ReadError(
            _("{name}: the file is empty").format(name=source.name),
            hint=_("check that it was saved in full"),
        )
    table = GLOSSARY_SUFFIXES[".txt"]  # of whatever suffix, if the user says that it is one
    form = GLOSSARY_SUFFIXES.get(_suffix(source.name), table)
    found: tuple[GlossaryTable, tuple[str, ...]] = load(form, "glossary_in")(source)
    return found


def _never_found(statements: Sequence[Statement]) -> str:
    """Say which terms stand in no text as they are written."""
    named = list(
        dict.fromkeys(_("{place}: {src}").format(place=s.place, src=s.src) for s in statements)
    )
    more = len(named) - _NAMED
    rest = _("; and {more} more").format(more=more) if more > 0 else ""
    return _("never found, since a gap stands in the term: {terms}{rest}").format(
        terms=_("; ").join(named[:_NAMED]), rest=rest
    )


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def format_of(path: str | Path, *, to: str | None = None) -> str:
    """Return the format of an output: `to`, or what the path's suffix says.

    Raises:
        SettingError: There is no such format.
    """
    suffix = Path(path).suffix
    form = format_for("glossary_out", suffix, to)
    if form is None:
        name = (to or suffix.removeprefix(".")).lower()
        raise SettingError(
            _("{path}: no format {name!r}").format(path=path, name=name)
            if name
            else _("{path}: no suffix that names a format").format(path=path),
            hint=_("formats are {glossary_formats}; name one with --to").format(
                glossary_formats=", ".join(GLOSSARY_FORMATS)
            ),
        )
    from aligner.formats.common.check_outputs import check_suffix

    check_suffix(path, to)
    return form.name


def write_glossary(
    terms: Terms | Glossary, path: str | Path, *, to: str | None = None
) -> tuple[Path, ...]:
    """Write the terms found as a glossary, in the format of the suffix or the format `to`.

    Each term that is worth a row gets its dominant rendering as a proposal (see `collect`);
    a checklist has the other renderings too, as what should not stand in a text.

    Returns:
        The file written.

    Raises:
        SettingError: There is no such format.
        ExportError: The file cannot be written, or the format cannot hold the terms.
    """
    from aligner.formats.common.check_outputs import Output, check_files

    form = GLOSSARY_FORMATS[format_of(path, to=to)]
    check_files([Output((Path(path),))])
    if not isinstance(terms, Glossary):
        from aligner.glossary.collect import glossary_of

        terms = glossary_of(terms, variants=form.name == _CHECKLIST)
    written: tuple[Path, ...] = load(form, "glossary_out")(terms, Path(path))
    return written


def check_glossary(source: BitextSource) -> Iterator[Problem]:
    """Yield the rows that are left out, and those that contradict others.

    Raises:
        FormatError: It cannot be taken apart into rows, or names no two languages.
        ReadError: It cannot be read.
    """
    large = _("split it into several files")
    raw = read_bytes(
        source.path, source.name, most=MAX_GLOSSARY_BYTES, one=N_("glossary"), large=large
    )
    table, _other = parse_table(Source(raw, source.name, source.encoding))
    for place, what, do in table.problems:
        yield Problem(None, _("a row has a term and a target"), f"{place}: {what}", do)
    for place, what, do in merge(table.statements, source.name)[1]:
        yield Problem(None, _("a target has one status"), f"{place}: {what}", do)
    for place, src in dict.fromkeys((s.place, s.src) for s in table.statements if has_gap(s.src)):
        yield Problem(
            None,
            _("a term stands in a text as the glossary has it"),
            _("{place}: {src} has a gap, and is never found").format(place=place, src=src),
            _("write the words before or behind the gap alone"),
        )
    if not (table.statements or table.problems):
        yield Problem(None, _("a glossary holds terms"), _("there is none in it"))
