"""Reading a glossary and finding its terms: every form of it, or an error that names the row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from case_files import load_cases
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from aligner.errors import AlignerError, FormatError, ReadError, SettingError
from aligner.findings import Status
from aligner.formats.common.source import Source
from aligner.formats.glossaries import (
    GLOSSARY_SUFFIXES,
    Entry,
    Glossary,
    Target,
    parse_glossary,
    read_glossary,
)
from aligner.glossary.entries import source_key
from aligner.glossary.matcher import Matcher

CASES = Path(__file__).parent / "cases"
SAMPLE = (
    "中文,英文,状态,备注\n"
    "社区花园,community garden,首选,\n"
    "社区花园,neighbourhood garden,禁用,旧称\n"
)


def parsed(raw: bytes | str, name: str, *, encoding: str | None = None) -> Glossary:
    """Parse bytes, or text as UTF-8, under a name."""
    data = raw.encode() if isinstance(raw, str) else raw
    return parse_glossary(Source(data, name, encoding))


def content(glossary: Glossary) -> dict[str, list[list[str]]]:
    """Return the terms with their targets and statuses."""
    return {entry.src: [[t.text, t.status] for t in entry.targets] for entry in glossary.entries}


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return a spreadsheet of these cells."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return raw.getvalue()


@pytest.mark.parametrize("case", load_cases("glossary.jsonl"))
def test_a_file_is_read_or_its_broken_row_named(case: dict[str, Any]) -> None:
    """Terms and targets are as wanted and broken rows noted, or the error names file and row."""
    if case["error"]:
        with pytest.raises(FormatError, match=case["error"]) as caught:
            parsed(case["input"], case["name"])
        assert str(caught.value).startswith(case["name"] + ":")
        assert caught.value.hint
    else:
        glossary = parsed(case["input"], case["name"])
        assert content(glossary) == case["wanted"]
        assert re.search(case.get("note", ""), "\n".join(glossary.notes))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    """A table reads the same in each encoding in use, with or without a mark."""
    assert content(parsed(SAMPLE.encode(encoding), "g.csv")) == content(parsed(SAMPLE, "g.csv"))


def test_big5_is_found() -> None:
    """A table of traditional text in Big5 is read."""
    text = (
        "中文,英文\n社區花園,community garden\n圖書館,library\n環境保護,environmental protection\n"
    )
    assert list(content(parsed(text.encode("big5"), "g.csv"))) == ["社區花園", "圖書館", "環境保護"]


def test_the_encoding_can_be_named() -> None:
    """A named encoding is used, and a wrong one is an error."""
    assert content(parsed("zh,en\n湿地,marsh\n".encode("gbk"), "g.csv", encoding="gbk"))
    with pytest.raises(AlignerError, match="is not ascii"):
        parsed(SAMPLE, "g.csv", encoding="ascii")


def test_a_guess_and_what_was_not_read_are_noted() -> None:
    """The user learns of a guessed encoding and of columns that were passed over."""
    notes = " ".join(parsed((SAMPLE.replace("备注", "词性")).encode("gb18030"), "g.csv").notes)
    assert "gb18030" in notes
    assert "词性" in notes


def test_notes_go_to_their_targets() -> None:
    """The note of a row is that of its targets; notes of two rows stand together."""
    glossary = parsed(SAMPLE + "社区花园,neighbourhood garden,禁用,不用\n", "g.csv")
    assert [t.note for t in glossary.entries[0].targets] == ["", "旧称; 不用"]
    assert glossary.entries[0].place == "row 2"


# Spreadsheets


def test_a_spreadsheet_is_read() -> None:
    """Cells are texts; numbers are as one sees them; blank rows count."""
    rows: list[list[Any]] = [["zh-CN", "en-US", "status"], [], ["五", 5, "admitted"], ["半", 0.5]]
    assert content(parsed(workbook({"a": rows}), "g.xlsx")) == {
        "五": [["5", "admitted"]],
        "半": [["0.5", "preferred"]],
    }


def test_a_formula_is_its_value() -> None:
    """Of a formula the value is read that it had when the file was saved."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["zh", "en"])
        sheet.write_string(1, 0, "湿地")
        sheet.write_formula(1, 1, '="wet"&"land"', None, "wetland")
    assert content(parsed(raw.getvalue(), "g.xlsx")) == {"湿地": [["wetland", "preferred"]]}


def test_a_broken_row_of_a_spreadsheet_is_named() -> None:
    """The row has the number that the spreadsheet shows."""
    rows = [["zh", "en"], ["湿地", "wetland"], [], ["候鸟", ""]]
    assert parsed(workbook({"a": rows}), "g.xlsx").notes == (
        "g.xlsx: 1 row was left out: row 4: no English term for 候鸟",
    )
    with pytest.raises(FormatError, match=r"^g\.xlsx: row 3: no English term for 候鸟"):
        parsed(workbook({"a": [rows[0], *rows[2:]]}), "g.xlsx")


def test_lines_of_a_cell_are_terms_of_their_own() -> None:
    """What Alt+Enter parts in a spreadsheet, and Excel's own escape of it, are several targets."""
    rows = [["中文", "英文"], ["芦苇荡\n苇塘", "reed bed\nreed marsh"], ["滩", "flat_x000D_\nbank"]]
    both = [["reed bed", "preferred"], ["reed marsh", "preferred"]]
    assert content(parsed(workbook({"a": rows}), "g.xlsx")) == {
        "芦苇荡": both,
        "苇塘": both,
        "滩": [["flat", "preferred"], ["bank", "preferred"]],
    }


def test_all_sheets_with_terms_are_read() -> None:
    """Sheets that name both languages are read together, others noted; notes name the sheet."""
    sheets: dict[str, list[list[Any]]] = {
        "自然": [["中文", "英文"], ["湿地", "wetland"]],
        "说明": [["本表由编辑部维护"]],
        "经济": [["中文", "英文"], ["税", "tax"]],
        "空": [],
    }
    glossary = parsed(workbook(sheets), "g.xlsx")
    assert list(content(glossary)) == ["湿地", "税"]
    assert [note for note in glossary.notes if "说明" in note]
    sheets["经济"].append(["债", ""])
    notes = parsed(workbook(sheets), "g.xlsx").notes
    assert any("sheet 经济, row 3: no English term for 债" in note for note in notes)


def test_a_date_is_no_term() -> None:
    """What a spreadsheet program made a date of is a broken row; in another column it may stand."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["zh", "en", "changed"])
        sheet.write_row(1, 0, ["湿地", "wetland"])
        sheet.write_number(1, 2, 45000, date)
        sheet.write_string(2, 0, "三五")
        sheet.write_number(2, 1, 45000, date)
    glossary = parsed(raw.getvalue(), "g.xlsx")
    assert list(content(glossary)) == ["湿地"]
    assert "row 3: a cell holds a date" in glossary.notes[-1]


def altered(raw: bytes, change: dict[str, bytes]) -> bytes:
    """Return a package with other bytes in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return out.getvalue()


def test_hostile_spreadsheets_are_refused() -> None:
    """A bomb, entities, a damaged or another archive: an error with advice, at once."""
    good = workbook({"a": [["zh", "en"], ["湿地", "wetland"]]})
    part = "xl/worksheets/sheet1.xml"
    broken = [
        altered(good, {part: b" " * 25_000_000}),
        altered(good, {part: b'<!DOCTYPE x [<!ENTITY y "z">]><worksheet/>'}),
        altered(good, {part: b"<worksheet>"}),
        altered(good, {"xl/workbook.xml": b"<workbook/>"}),
        good[:-40],
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"zh,en\n",
    ]
    for raw in broken:
        with pytest.raises(FormatError) as caught:
            parsed(raw, "g.xlsx")
        assert caught.value.hint


def test_a_sheet_with_far_cells_is_read() -> None:
    """A cell far out makes neither a long wait nor a large memory."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{zh}</t></is></c>'
        f'<c r="B{row}" t="inlineStr"><is><t>{en}</t></is></c></row>'
        for row, zh, en in ((1, "zh", "en"), (2, "湿地", "wetland"))
    )
    far = f'<row r="{10**12}"><c r="XFD{10**12}" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = f'{head}<dimension ref="A1:XFD1048576"/><sheetData>{cells}{far}</sheetData></worksheet>'
    good = workbook({"a": [["zh", "en"]]})
    raw = altered(good, {"xl/worksheets/sheet1.xml": sheet.encode()})
    assert list(content(parsed(raw, "g.xlsx"))) == ["湿地"]


# Files


@pytest.mark.parametrize("suffix", GLOSSARY_SUFFIXES)
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_give_a_glossary_or_an_error(suffix: str, raw: bytes) -> None:
    """Whatever the bytes, no other exception escapes."""
    try:
        parsed(raw, f"g{suffix}")
    except AlignerError as error:
        assert str(error).startswith(f"g{suffix}:")  # noqa: PT017 - either outcome is right


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "湿地", "濕地", "a", "a|b", "-", "forbidden", '"', "x" * 600])
        ),
        max_size=6,
    )
)
def test_any_rows_give_a_glossary_or_a_named_row(rows: list[list[str]]) -> None:
    """However the rows below a header are, the outcome is a valid glossary or an error."""
    text = "zh,en,status\n" + "\n".join(",".join(row) for row in rows)
    try:
        assert parsed(text, "g.csv").entries
    except FormatError as error:
        assert "row " in str(error) or "no term" in str(error)  # noqa: PT017


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A missing file, a folder, an empty file and an unknown suffix are errors with advice."""
    (tmp_path / "e.csv").touch()
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "g.dat").touch()
    wanted = {"no.csv": ReadError, "d.csv": ReadError, "e.csv": ReadError, "g.dat": SettingError}
    for name, kind in wanted.items():
        with pytest.raises(kind, match=name) as caught:
            read_glossary(tmp_path / name)
        assert caught.value.hint


def test_a_spreadsheet_under_a_wrong_name_is_told() -> None:
    """The bytes of a spreadsheet with the suffix .csv are no text."""
    with pytest.raises(FormatError, match="not a table of text"):
        parsed(workbook({"a": [["zh", "en"]]}), "g.csv")


def test_our_sample_glossary_is_read() -> None:
    """The glossary of the sample corpora has its statuses and its any-of targets."""
    path = Path(__file__).parents[1] / "corpora" / "glossary.csv"
    entries = {entry.src: entry for entry in read_glossary(path).entries}
    assert len(entries) == 48
    assert [t.status for t in entries["先导区"].targets] == ["preferred", "forbidden"]
    assert [t.text for t in entries["岸电"].preferred] == ["shore power", "cold ironing"]


# Values


@pytest.mark.parametrize(
    "make",
    [
        lambda: Target(" — "),
        lambda: Target("marsh", "good"),  # type: ignore[arg-type]
        lambda: Entry("  ", (Target("marsh"),)),
        lambda: Entry("湿地", ()),
        lambda: Entry("湿地", (Target("marsh"), Target("Marsh"))),
        lambda: Glossary((Entry("湿地", (Target("a"),)), Entry("濕地", (Target("b"),)))),
    ],
)
def test_no_value_can_be_wrong(make: Callable[[], object]) -> None:
    """A constructor refuses what no glossary may hold."""
    with pytest.raises(FormatError):
        make()


def test_preferred_targets() -> None:
    """The preferred targets of an entry are the best that may be used, or none."""
    statuses: dict[tuple[Status, ...], int] = {
        ("admitted", "preferred"): 1,
        ("admitted", "forbidden"): 1,
        ("deprecated", "forbidden"): 0,
    }
    for given_ones, count in statuses.items():
        targets = tuple(Target(f"t{k}", status) for k, status in enumerate(given_ones))
        assert len(Entry("湿地", targets).preferred) == count


# Finding terms


def glossary_of(terms: list[str]) -> Glossary:
    """Return a glossary of these terms."""
    return Glossary(tuple(Entry(term, (Target("x"),)) for term in terms))


@pytest.mark.parametrize("case", load_cases("glossary_find.jsonl"))
def test_terms_are_found(case: dict[str, Any]) -> None:
    """The terms stand where they should, the longest first."""
    found = Matcher(glossary_of(case["terms"])).find(case["input"])
    assert [f"{match.entry.src}@{match.span.start}" for match in found] == case["wanted"]


def test_a_glossary_without_entries_finds_nothing() -> None:
    """Searching with no terms is no error."""
    assert Matcher(Glossary(())).find("湿地") == []


@given(
    st.lists(st.text("甲乙丙ab", min_size=1, max_size=4), max_size=6, unique_by=source_key),
    st.text("甲乙丙ab…", max_size=30),
)
def test_matches_are_whole_and_apart(terms: list[str], text: str) -> None:
    """Each match is its term, none overlap, and none lies in a longer one that stands there."""
    found = Matcher(glossary_of(terms)).find(text)
    spans = [match.span for match in found]
    assert spans == sorted(spans)
    assert all(a.stop <= b.start for a, b in pairwise(spans))
    for match in found:
        assert text[slice(*match.span)] == match.entry.src
    covered = {at for span in spans for at in range(*span)}
    for term in terms:
        if term.isascii():
            continue  # may be part of a Latin word
        for at in range(len(text)):
            if text.startswith(term, at) and not set("ab") & set(term):
                assert covered & set(range(at, at + len(term)))
