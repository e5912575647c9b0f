"""The rows of a table to statements: one for each term and each of its targets.

The first row that is not blank names the columns. Every later one holds a term, its
targets, and perhaps a status and a note that hold for all targets of the row. In a cell
`|`, `;`, `；` or a line break stands between several terms or targets, which may be
numbered: `1. filter 2. strainer`. A blank row is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from aligner.errors import FormatError
from aligner.findings import Status
from aligner.formats.common.glossary_columns import Columns, columns_of, is_cased, status_of
from aligner.formats.common.other_tables import refuse_other_table
from aligner.glossary.entries import SEPARATORS, has_letter
from aligner.glossary.merge import RowProblem, Statement
from aligner.lang import marks_zh as zh
from aligner.messages import N_, _

# line breaks, also as spreadsheet programs and exports write them into a cell
_BREAK: Final = r"[\r\n\v\f\x85\u2028\u2029]|_x000[aAdD]_|<br\s*/?>|(?<=[\w\s)])\\n(?=[\w\s(])"
_SEPARATOR: Final = re.compile(f"[{SEPARATORS}]|{_BREAK}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:^|(?<=\s))(?:[(（]?(\d{1,2})[.)、．）](?!\d)|([①-⑳]))\s*")
_HAN: Final = re.compile(f"[{zh.HAN}]")
_LATIN: Final = re.compile("[A-Za-z]")
_SHOWN: Final = 8  # names of columns in a message
_LONGEST: Final = 500  # characters of a term; more is a text in the wrong column
MOST_IN_ROW: Final = 10_000  # terms of a row or concept times its targets; a page has a few
_MOST_COLUMNS: Final = 1_000  # to which every row is filled up
_MOST_STATEMENTS: Final = 1_000_000  # of a file: ten times the largest termbases on offer

HEADER_HINT: Final = N_(
    "name the columns in the first row by language or side, such as zh,en,status,note or"
    " Chinese,English or 中文,英文 or source,target"
)


class GlossaryRow(NamedTuple):
    """One row as text."""

    place: str  # as the user finds it: `row 7`, counted from 1 with the header
    cells: Sequence[str]
    dates: frozenset[int] = frozenset()  # cells that a spreadsheet program made dates of


class GlossaryTable(NamedTuple):
    """What was read of a table."""

    statements: list[Statement]
    problems: list[RowProblem]
    unread: tuple[str, ...]  # names of the columns that are something else


def read_rows(rows: Iterable[GlossaryRow], source: str) -> GlossaryTable:
    """Return what the rows of a table say, and which of them are broken. Cost: linear.

    Raises:
        FormatError: There is no row, or the first one does not name both languages.
        OtherKindError: The columns are those of a bitext, a report or the like.
    """
    rest = iter(rows)
    header = next((row for row in rest if any(map(str.strip, row.cells))), None)
    if header is None:
        raise FormatError(
            _("{source}: there is nothing in it").format(source=source), hint=_(HEADER_HINT)
        )
    if len(header.cells) > _MOST_COLUMNS:
        what = _("{source}: {place}: {count:,} columns").format(
            source=source, place=header.place, count=len(header.cells)
        )
        raise FormatError(what, hint=_("give the columns of the terms alone"))
    refuse_other_table(header.cells, source, wanted="glossary")
    columns = columns_of(list(header.cells))
    if not (columns.zh and columns.en):
        raise FormatError(f"{source}: {header.place}: {_unnamed(columns)}", hint=_(HEADER_HINT))
    body = list(rest)
    if columns.sides_only and _english_first(body, columns):
        columns = columns.swapped()
    table = GlossaryTable([], [], columns.unread)
    for row in body:
        found = _row(row, columns)
        if isinstance(found, RowProblem):
            table.problems.append(found)
        else:
            table.statements.extend(found)
        check_size(table, source)
    return table


def _unnamed(columns: Columns) -> str:
    """Return what a header lacks, and what it says instead."""
    if not (columns.zh or columns.en):
        what = _("no column is named as the Chinese one, and none as the English one")
    else:
        what = _("no column is named as the {language} one").format(
            language=_("English") if columns.zh else _("Chinese")
        )
    names = ", ".join(map(repr, columns.names[:_SHOWN]))
    return _("{what}; the names are {names}").format(what=what, names=names) + (
        " ..." if len(columns.names) > _SHOWN else ""
    )


def _english_first(rows: Sequence[GlossaryRow], columns: Columns) -> bool:
    """Tell whether more rows have Chinese in the target alone than in the source alone."""

    def is_chinese(row: GlossaryRow, side: Sequence[int]) -> bool:
        return any(_HAN.search(row.cells[k]) for k in side if k < len(row.cells))

    votes = [is_chinese(row, columns.en) - is_chinese(row, columns.zh) for row in rows]
    return sum(votes) > 0


def check_size(table: GlossaryTable, source: str) -> None:
    """Refuse what is no glossary by its size alone.

    Raises:
        FormatError: It holds far too many terms, or problems.
    """
    if max(len(table.statements), len(table.problems)) > _MOST_STATEMENTS:
        raise FormatError(
            _("{source}: holds more than {most_statements:,} terms").format(
                source=source, most_statements=_MOST_STATEMENTS
            ),
            hint=_("take the terms of your subject out of it and give these"),
        )


def names_languages(row: GlossaryRow) -> bool:
    """Tell whether a first row names a column of each language, or of each side."""
    columns = columns_of(row.cells)
    return bool(columns.zh and columns.en)


def _row(row: GlossaryRow, columns: Columns) -> list[Statement] | RowProblem:
    """Return what a row says, or what is wrong with it."""
    cells = [cell.strip() for cell in row.cells]
    if not any(cells):
        return []
    if any(cells[columns.width :]):
        what = _("{count} cells, but the first row names {width}").format(
            count=len(cells), width=columns.width
        )
        return RowProblem(
            row.place, what, _("put a cell that holds the delimiter in quotation marks")
        )
    cells += [""] * (columns.width - len(cells))
    for k in sorted(row.dates.intersection(columns.zh + columns.en)):
        what = _("a cell holds a date or a time ({cells}), not text").format(cells=cells[k])
        return RowProblem(row.place, what, _("format the cell as text and write it again"))
    terms = list(_terms(cells[k] for k in columns.zh))
    targets = list(_terms(cells[k] for k in columns.en))
    if (wrong := _wrong(terms, targets)) is not None:
        return RowProblem(row.place, *wrong)
    said = _status_and_case(row.place, cells, columns)
    if isinstance(said, RowProblem):
        return said
    status, cased = said
    note = " ".join(cells[columns.note].split()) if columns.note is not None else ""
    return [Statement(src, tgt, status, row.place, note, cased) for src in terms for tgt in targets]


def _status_and_case(
    place: str, cells: Sequence[str], columns: Columns
) -> tuple[Status, bool] | RowProblem:
    """Return what a row says of its targets, or which of its words says nothing."""
    word = cells[columns.status] if columns.status is not None else ""
    status = status_of(word)
    if status is None:
        return RowProblem(
            place,
            _("unknown status {word!r}").format(word=word),
            _("use preferred, admitted, deprecated or forbidden, or 首选, 准用, 不推荐 or 禁用"),
        )
    word = cells[columns.case] if columns.case is not None else ""
    cased = is_cased(word)
    if cased is None:
        what = _("{word!r} in the column {column!r}").format(
            word=word, column=columns.names[columns.case or 0]
        )
        return RowProblem(place, what, _("write yes or no, 是 or 否"))
    return status, cased


def _terms(cells: Iterable[str]) -> Iterator[str]:
    """Yield the terms of some cells, one by one and without the numbers before them."""
    for cell in cells:
        for piece in _SEPARATOR.split(_unnumbered(cell)):
            if has_letter(piece):
                yield " ".join(piece.split())


def _unnumbered(cell: str) -> str:
    """Return a cell with a separator in place of numbers that count its terms from 1.

    >>> _unnumbered("1. filter 2. strainer"), _unnumbered("1. FC Köln"), _unnumbered("3. 2. 1.")
    ('|filter |strainer', '1. FC Köln', '3. 2. 1.')
    """
    marks = list(_NUMBER.finditer(cell))
    counted = [int(m[1]) if m[1] else ord(m[2]) - ord("①") + 1 for m in marks]
    if len(marks) < 2 or marks[0].start() or counted != list(range(1, len(marks) + 1)):
        return cell
    return _NUMBER.sub(SEPARATORS[0], cell)


def _wrong(terms: list[str], targets: list[str]) -> tuple[str, str] | None:
    """Return what is wrong with the two sides of a row and what to do, or None."""
    if not terms or not targets:
        what = (
            _("no English term for {terms}").format(terms=terms[0])
            if terms
            else _("no Chinese term")
        )
        return what, _("write the term, or delete the row")
    if len(terms) * len(targets) > MOST_IN_ROW:
        what = _("{count:,} terms with {count2:,} targets each").format(
            count=len(terms), count2=len(targets)
        )
        return what, _("write one term a row, with its own targets")
    for text in terms + targets:
        if len(text) > _LONGEST:
            return _("{count} characters in one term").format(count=len(text)), _(
                "keep sentences out of a glossary"
            )
    han = any(map(_HAN.search, targets))
    if han and not any(map(_HAN.search, terms)):
        what = _("Chinese and English are swapped: {terms!r}, {targets!r}").format(
            terms=terms[0], targets=targets[0]
        )
        return what, _("put each term into the column of its language")
    for text in targets:
        if _HAN.search(text) and not _LATIN.search(text):
            return _("the English term {text!r} is Chinese").format(text=text), _(
                "write the English term"
            )
    return None
