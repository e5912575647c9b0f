"""The sheets of an Excel workbook: their rows, as openpyxl reads them.

A large workbook is read in a process of its own (see `child_process`), and one that is
damaged or a bomb is refused before that. Formulas count with the value that was stored, and
are never worked out; those without one are named.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, NamedTuple

from aligner.errors import FormatError
from aligner.formats.common.child_process import child_values
from aligner.formats.common.file_kind import kind_of
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_forbidden import Forbidden
from aligner.formats.xlsx_process import Unreadable, workbook_values
from aligner.messages import N_, _, library_words, ngettext

_MOST_UNPACKED: Final = 500_000_000  # unpacked
_MOST_RATIO: Final = 200  # unpacked to packed; sheets reach 20 or so
_SMALL: Final = 20_000_000  # bytes: below it any ratio is harmless
_HARMLESS: Final = 300_000  # bytes, unpacked: openpyxl takes seconds at most, whatever they are
_DTD: Final = [
    sign.encode(codec)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for codec in ("ascii", "utf-16-le", "utf-16-be")
]
_BLOCK: Final = 1 << 20
_LONGEST_SIGN: Final = max(map(len, _DTD))
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError,  # a way of packing that is not known
)  # fmt: skip
_NAMED: Final = 5  # cells
SAVE_AGAIN: Final = N_("open it in a spreadsheet program and save it again as .xlsx")


@dataclass(slots=True)
class Valueless:
    """Cells of a sheet with a formula whose value is not stored, as far as rows were read."""

    sheet: str
    first: list[str] = field(default_factory=list)  # such as B5
    count: int = 0

    def take(self, number: int, cells: list[Any]) -> None:
        """Put None in the place of such cells of a row, and take them down."""
        for at, value in enumerate(cells):
            if isinstance(value, dict) and "formula" in value:
                cells[at] = None
                self.count += 1
                if self.count <= _NAMED:
                    self.first.append(f"{column_letters(at)}{number}")

    def notes(self) -> tuple[str, ...]:
        """Return what to tell of them; nothing if there are none."""
        if not self.count:
            return ()
        rest = self.count - len(self.first)
        more = _(" and {count} more").format(count=rest) if rest else ""
        return (
            ngettext(
                "sheet {title!r}: 1 cell counts as empty, since the value of its formula is not"
                " stored: {cells}{more}; open the workbook in a spreadsheet program and save it",
                "sheet {title!r}: {count} cells count as empty, since the values of their formulas"
                " are not stored: {cells}{more}; open the workbook in a spreadsheet program and"
                " save it",
                self.count,
            ).format(title=self.sheet, count=self.count, cells=", ".join(self.first), more=more),
        )


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    name: str
    rows: Iterator[tuple[int, list[Any]]]  # their numbers and cells; a date is an object
    spoilt: dict[int, Forbidden]  # what XML forbids in a row that was read, by its number
    valueless: Valueless  # cells with a formula whose value is not stored
    several: bool = False  # whether the workbook has more of them that are yielded
    beside: tuple[str, ...] = ()  # the names of those that are not yielded


def sheets(source: BitextSource, file: BinaryIO, *, prefer: str = "") -> Iterator[Sheet]:
    """Yield the sheets of a workbook, each before its rows are read.

    Args:
        source: Names the workbook in messages.
        file: The workbook.
        prefer: If there is a sheet of this name, it alone is yielded.

    Raises:
        FormatError: As in `read_xlsx`.
    """
    unpacked = check_workbook(file, source.name)
    values = _values(source, file, prefer, alone=unpacked > _HARMLESS)
    found = next(values, None)
    while found is not None:
        following: list[Any] = []
        spoilt: dict[int, Forbidden] = {}
        valueless = Valueless(found["sheet"])
        rows = _rows(values, following, spoilt, valueless)
        beside = tuple(found["beside"])
        yield Sheet(found["sheet"], rows, spoilt, valueless, found["several"], beside)
        deque(rows, maxlen=0)  # what nobody asked for
        found = following[0] if following else None


def _values(source: BitextSource, file: BinaryIO, prefer: str, *, alone: bool) -> Iterator[Any]:
    """Yield what `xlsx_process` writes, from a process of its own or from here."""
    if alone:
        yield from child_values("aligner.formats.xlsx_process", source, prefer, stdin=file)
        return
    try:
        yield from workbook_values(file.read(), prefer)
    except Unreadable as error:
        raise FormatError(f"{source.name}: {str(error)[:200]}", hint=_(SAVE_AGAIN)) from error


def _rows(
    values: Iterator[Any],
    following: list[Any],
    spoilt: dict[int, Forbidden],
    valueless: Valueless,
) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of a sheet; put down what says that another one begins, and what is bad."""
    for value in values:
        if isinstance(value, dict):
            following.append(value)
            return
        number, cells, *written = value
        if any(written):
            spoilt[number] = Forbidden(*written)
        valueless.take(number, cells)
        yield number, cells


def column_letters(column: int) -> str:
    """Return the letters by which spreadsheets name a column, counted from 0.

    >>> [column_letters(n) for n in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def check_workbook(file: BinaryIO, name: str) -> int:
    """Refuse a ZIP archive that is none, is damaged, is a bomb or has a DTD.

    Returns:
        How many bytes it unpacks to.

    Raises:
        FormatError: Says which of these.
    """
    start = file.read(8)
    packed = file.seek(0, 2)
    file.seek(0)
    if not start.startswith(b"PK"):
        kind = kind_of(start)
        what = _("looks like {what}").format(what=kind.what) if kind else _("is not a ZIP archive")
        raise FormatError(
            _("{name}: {what}, so it is not an .xlsx").format(name=name, what=what),
            hint=_(SAVE_AGAIN),
        )
    try:
        with zipfile.ZipFile(file) as package:
            unpacked = _check_size(package, packed, name)
            _check_parts(package, name)
    except _DAMAGE as error:
        raise FormatError(
            _("{name}: the ZIP archive is damaged: {error}").format(
                name=name, error=library_words(error)
            ),
            hint=_(SAVE_AGAIN),
        ) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FormatError(
            _("{name}: is locked: {error}").format(name=name, error=library_words(error)),
            hint=_("remove the password"),
        ) from error
    file.seek(0)
    return unpacked


def _check_size(package: zipfile.ZipFile, packed: int, name: str) -> int:
    # zipfile never unpacks more of a part than its entry declares
    unpacked = sum(entry.file_size for entry in package.infolist())
    if unpacked > _MOST_UNPACKED or unpacked > max(_SMALL, _MOST_RATIO * packed):
        raise FormatError(
            _(
                "{name}: unpacks from {packed:,} to {unpacked:,} bytes, more than a sheet does"
            ).format(name=name, packed=packed, unpacked=unpacked),
            hint=_(SAVE_AGAIN),
        )
    return unpacked


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    if "xl/workbook.xml" not in package.namelist():
        raise FormatError(
            _("{name}: is a ZIP archive but not an .xlsx").format(name=name), hint=_(SAVE_AGAIN)
        )
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with package.open(entry) as part:
                if _has_dtd(part):
                    raise FormatError(
                        _("{name}: {filename} defines XML entities, which no workbook does").format(
                            name=name, filename=entry.filename
                        ),
                        hint=_(SAVE_AGAIN),
                    )


def _has_dtd(part: Any) -> bool:  # noqa: ANN401 - zipfile's own kind of file
    kept = b""
    while block := part.read(_BLOCK):
        window = kept + block
        if any(sign in window for sign in _DTD):
            return True
        kept = window[-_LONGEST_SIGN:]
    return False
