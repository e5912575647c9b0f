"""What people do to a spreadsheet of ours, as data: a name, the edit, what is told of it.

An edit changes the sheet in place. Rows are counted as in a spreadsheet program: row 1 is
the head, row 2 the first unit.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from typing import Any, Final, NamedTuple

# doc, Chinese sentences, English sentences, probability
UNITS: Final = [
    ("a", ["港口今年扩建。"], ["The port is being enlarged this year."], 0.99),
    ("a", ["工程分两期。", "首期明年完工。"], ["Of its two phases, one ends next year."], 0.91),
    (
        "a",
        ["居民担心噪声，但市长说会种树。"],
        ["Residents fear noise.", "The mayor wants trees."],
        0.6,
    ),
    ("a", ["此句无人翻译。"], [], 0.8),
    ("a", [], ["Nobody wrote this in Chinese."], 0.7),
    ("a", ["渔民要求补偿。"], ["Fishermen ask for money."], 0.97),
    ("a", ["法院下周开庭。"], ["The court sits next week."], 0.45),
    ("a", ["谢谢。"], ["Thank you."], 0.98),
    ("b", ["谢谢。"], ["Thank you."], 0.98),
    ("b", ["报告到此结束。"], ["That is the end of the report."], 0.95),
]


def lines() -> str:
    """Return the units as JSON Lines, as `aligner align` writes them."""
    ids: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], int] = {}
    text = []
    for doc, zh, en, p in UNITS:
        value: dict[str, object] = {"doc": doc, "src": "".join(zh), "tgt": " ".join(en)}
        for name, some in (("src", zh), ("tgt", en)):
            first, at = ids.get((doc, name), 0), places.get((doc, name), 0)
            size = len(str(value[name]))
            value[f"{name}_ids"] = list(range(first, first + len(some)))
            value[f"{name}_span"] = [at, at + size] if some else None
            ids[doc, name] = first + len(some)
            places[doc, name] = at + size + 1 if some else at
        value |= {"kind": f"{len(zh)}-{len(en)}", "p": p}
        text.append(json.dumps(value, ensure_ascii=False) + "\n")
    return "".join(text)


Sheet = Any  # openpyxl has no types


class Edit(NamedTuple):
    """One thing that a person does."""

    name: str
    do: Callable[[Sheet], None]
    told: tuple[str, ...]  # kinds of changes, sorted
    units: int = len(UNITS)  # in the result
    holds: tuple[tuple[str, str], ...] = ()  # pairs of texts that the result has


def column(sheet: Sheet, name: str) -> int:
    """Return the number of the column that is called so, from 1."""
    return next(int(c.column) for c in sheet[1] if c.value == name)


def cell(sheet: Sheet, name: str, row: int) -> Any:  # noqa: ANN401
    """Return a cell."""
    return sheet.cell(row, column(sheet, name))


def put(name: str, row: int, value: object) -> Callable[[Sheet], None]:
    """Write a cell."""

    def do(sheet: Sheet) -> None:
        cell(sheet, name, row).value = value

    return do


def both(*steps: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
    """Do one thing after the other."""

    def do(sheet: Sheet) -> None:
        for step in steps:
            step(sheet)

    return do


def delete(row: int, count: int = 1) -> Callable[[Sheet], None]:
    """Delete rows."""
    return lambda sheet: sheet.delete_rows(row, count)


def insert(row: int, **texts: str) -> Callable[[Sheet], None]:
    """Insert a row with some cells."""

    def do(sheet: Sheet) -> None:
        sheet.insert_rows(row)
        for name, text in texts.items():
            cell(sheet, name, row).value = text

    return do


def values(sheet: Sheet) -> list[list[object]]:
    """Return the cells of all rows but the head."""
    return [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]


def replace(sheet: Sheet, rows: list[list[object]]) -> None:
    """Write all rows anew."""
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at).value = value


def arrange(order: Callable[[list[list[object]]], list[list[object]]]) -> Callable[[Sheet], None]:
    """Put the rows into another order."""
    return lambda sheet: replace(sheet, order(values(sheet)))


def move(row: int, to: int) -> Callable[[Sheet], None]:
    """Cut a row out and put it in elsewhere."""

    def order(rows: list[list[object]]) -> list[list[object]]:
        rows.insert(to - 2, rows.pop(row - 2))
        return rows

    return arrange(order)


def copy_row(row: int, to: int) -> Callable[[Sheet], None]:
    """Copy a row, as it is, to a new row."""

    def order(rows: list[list[object]]) -> list[list[object]]:
        rows.insert(to - 2, list(rows[row - 2]))
        return rows

    return arrange(order)


def merge(row: int) -> Callable[[Sheet], None]:
    """Append the texts of the next row, and delete that."""

    def do(sheet: Sheet) -> None:
        for name, joiner in (("src", ""), ("tgt", " ")):
            texts = [cell(sheet, name, r).value or "" for r in (row, row + 1)]
            cell(sheet, name, row).value = joiner.join(text for text in texts if text)
        sheet.delete_rows(row + 1)

    return do


def rename(old: str, new: str) -> Callable[[Sheet], None]:
    """Give a column another name."""
    return lambda sheet: setattr(cell(sheet, old, 1), "value", new)


def turn_columns(sheet: Sheet) -> None:
    """Put the columns into the opposite order."""
    rows = [[c.value for c in row][::-1] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at).value = value


def drop(name: str) -> Callable[[Sheet], None]:
    """Delete a column."""
    return lambda sheet: sheet.delete_cols(column(sheet, name))


def add_column(sheet: Sheet) -> None:
    """Add a column of remarks."""
    at = sheet.max_column + 1
    sheet.cell(1, at).value = "Reviewer says"
    sheet.cell(3, at).value = "check this"


def dress(sheet: Sheet) -> None:
    """Change fonts, colours and heights."""
    from openpyxl.styles import Font, PatternFill

    for row in sheet.iter_rows(min_row=2, max_row=4):
        for one in row:
            one.font = Font(name="Arial", size=16, bold=True)
            one.fill = PatternFill("solid", fgColor="FFFF00")
    sheet.row_dimensions[3].height = 90


def hide(sheet: Sheet) -> None:
    """Hide a column and two rows, as a filter does."""
    sheet.column_dimensions["E"].hidden = True
    for row in (3, 5):
        sheet.row_dimensions[row].hidden = True


def join_cells(sheet: Sheet) -> None:
    """Merge the cells of two rows, which keeps the upper text alone."""
    for name in ("src", "tgt"):
        letter = cell(sheet, name, 1).column_letter
        sheet.merge_cells(f"{letter}7:{letter}8")


def partly_bold(sheet: Sheet) -> None:
    """Make a part of a text bold."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    bold = TextBlock(InlineFont(b=True), "Fishermen")
    cell(sheet, "tgt", 7).value = CellRichText(bold, " ask for money.")


def more_sheets(sheet: Sheet) -> None:
    """Add a sheet before ours, and a copy behind it."""
    book = sheet.parent
    notes = book.create_sheet("my notes", 0)
    notes["A1"], notes["B1"] = "中文说明在这里", "Some notes in English"
    book.copy_worksheet(sheet)


def comment(sheet: Sheet) -> None:
    """Write a comment on a cell."""
    from openpyxl.comments import Comment

    cell(sheet, "tgt", 2).comment = Comment("really?", "me")


def swap(sheet: Sheet) -> None:
    """Exchange the translations of two rows."""
    first, second = cell(sheet, "tgt", 7), cell(sheet, "tgt", 8)
    first.value, second.value = copy(second.value), copy(first.value)


def rewrite(sheet: Sheet) -> None:
    """Write every translation anew."""
    for row in range(2, len(UNITS) + 2):
        cell(sheet, "tgt", row).value = f"Quite new words, number {row}."


def by_probability(rows: list[list[object]]) -> list[list[object]]:
    """Sort rows by p."""
    return sorted(rows, key=lambda row: float(str(row[7])))


CONFIRM = "确认 confirmed"
EDITS: Final = [
    Edit("nothing", lambda _sheet: None, ()),
    Edit("a translation", put("tgt", 7, "Fishers ask for compensation."), ("translation edited",),
         holds=(("渔民要求补偿。", "Fishers ask for compensation."),)),
    Edit("a translation grows", put("tgt", 2, "The port is being enlarged this year. " * 9),
         ("translation edited",)),
    Edit("a blank is doubled", put("tgt", 7, "Fishermen  ask for money."), ("translation edited",),
         holds=(("渔民要求补偿。", "Fishermen  ask for money."),)),
    Edit("all translations", rewrite,
         ("translation edited",) * 10),
    Edit("a source", put("src", 7, "渔民要求赔偿。"), ("source edited",),
         holds=(("渔民要求赔偿。", "Fishermen ask for money."),)),
    Edit("confirmed", put(CONFIRM, 3, "yes"), ("confirmed",)),
    Edit("confirmed in Chinese", both(put(CONFIRM, 3, "是"), put(CONFIRM, 8, "已确认")),
         ("confirmed", "confirmed")),
    Edit("confirmed by a truth value", put(CONFIRM, 3, True), ("confirmed",)),  # noqa: FBT003
    Edit("confirmed unclearly", put(CONFIRM, 3, "maybe"), ()),
    Edit("two rows merged", merge(7), ("merged",), 9,
         (("渔民要求补偿。法院下周开庭。", "Fishermen ask for money. The court sits next week."),)),
    Edit("rows without partner merged", merge(5), ("merged",), 9,
         (("此句无人翻译。", "Nobody wrote this in Chinese."),)),
    Edit("merged and edited",
         both(merge(7), put("tgt", 7, "Fishermen ask for cash. The court will sit next week.")),
         ("merged", "translation edited"), 9),
    Edit("split with a new row",
         both(put("src", 3, "工程分两期。"), put("tgt", 3, "Of its two phases,"),
              insert(4, src="首期明年完工。", tgt="one ends next year.")),
         ("sentence cut", "split"), 11, (("首期明年完工。", "one ends next year."),)),
    Edit("split where sentences end",
         both(put("tgt", 4, "Residents fear noise."), insert(5, tgt="The mayor wants trees.")),
         ("split",), 11, (("", "The mayor wants trees."),)),
    Edit("split by copying the row",
         both(copy_row(4, 5), put("tgt", 4, "Residents fear noise."),
              put("tgt", 5, "The mayor wants trees."), put("src", 5, None)),
         ("split",), 11, (("", "The mayor wants trees."),)),
    Edit("a text moved to the next row",
         both(put("src", 3, "工程分两期。"),
              put("src", 4, "首期明年完工。居民担心噪声，但市长说会种树。")),
         ("relinked",), 10, (("工程分两期。", "Of its two phases, one ends next year."),)),
    Edit("translations swapped", swap, ("relinked",), 10,
         (("渔民要求补偿。", "The court sits next week."),)),
    Edit("a row deleted", delete(7), ("deleted",), 9),
    Edit("three rows deleted", delete(6, 3), ("deleted",) * 3, 7),
    Edit("the first row deleted", delete(2), ("deleted",), 9),
    Edit("the last row deleted", delete(11), ("deleted",), 9),
    Edit("a document deleted", delete(10, 2), ("deleted",) * 2, 8),
    Edit("a translation emptied", put("tgt", 7, None), ("text removed",)),
    Edit("a row emptied", both(put("src", 7, None), put("tgt", 7, None)), ("deleted",), 9),
    Edit("a sentence removed", put("tgt", 4, "The mayor wants trees."), ("text removed",)),
    Edit("a row inserted", insert(5, src="这是新的一句。", tgt="This is a new one."),
         ("inserted",), 11, (("这是新的一句。", "This is a new one."),)),
    Edit("a row inserted first", insert(2, src="标题", tgt="A title"), ("inserted",), 11,
         (("标题", "A title"),)),
    Edit("a row inserted last", insert(12, src="完", tgt="The end"), ("inserted",), 11),
    Edit("a blank row inserted", insert(5), ()),
    Edit("a row copied", copy_row(7, 8), ("inserted", "repeated id"), 11),
    Edit("a row copied far away", copy_row(2, 12), ("inserted", "moved", "repeated id"), 11),
    Edit("an id changed", put("id", 7, "u000099-0123456789"), ("unknown id",)),
    Edit("a row moved", move(2, 8), ("moved",)),
    Edit("sorted by probability", arrange(by_probability), ("moved",)),
    Edit("turned upside down", arrange(lambda rows: rows[::-1]), ("moved",)),
    Edit("a column added", add_column, ()),
    Edit("columns renamed", both(rename("src", "原文"), rename("tgt", "译文")), ()),
    Edit("columns reordered", turn_columns, ()),
    Edit("columns hidden", hide, ()),
    Edit("columns of numbers deleted", both(drop("src_span"), drop("kind"), drop("src_ids")), ()),
    Edit("ids deleted", both(drop("id"), put("tgt", 7, "Fishermen want money.")),
         ("translation edited",)),
    Edit("ids deleted, rows merged", both(drop("id"), merge(7)), ("merged",), 9),
    Edit("fonts and colours", dress, ()),
    Edit("a part in bold", partly_bold, ()),
    Edit("cells merged", join_cells, ("deleted",), 9),
    Edit("more sheets", more_sheets, ()),
    Edit("the sheet renamed", lambda sheet: setattr(sheet, "title", "译稿"), ()),
    Edit("a comment", comment, ()),
    Edit("line breaks", put("tgt", 7, "Fishermen ask\nfor money."), ("translation edited",)),
    Edit("looks like a formula", put("tgt", 7, "-money for fishermen"), ("translation edited",)),
    Edit("a number for a text", put("tgt", 9, 100), ("translation edited",)),
    Edit("edited, merged, deleted and confirmed at once",
         both(put("tgt", 2, "The port grows this year."), merge(7), delete(5),
              put(CONFIRM, 3, "yes")),
         ("confirmed", "deleted", "merged", "translation edited"), 8),
]  # fmt: skip
