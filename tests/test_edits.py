"""An edited spreadsheet comes back: what changed is told, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from edited_sheets import (
    CONFIRM,
    EDITS,
    UNITS,
    Edit,
    cell,
    copy_row,
    delete,
    insert,
    lines,
    merge,
    move,
    put,
)
from hypothesis import given, settings
from hypothesis.strategies import DataObject, data, integers, sampled_from

from aligner import convert
from aligner.cli import main
from aligner.edits.change import Change
from aligner.edits.read_edits import EditedBitext, read_edits
from aligner.formats.bitexts import iter_units
from aligner.formats.validate import validate

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The original, and a workbook for each edit."""
    made = tmp_path_factory.mktemp("edits")
    (made / "original.jsonl").write_text(lines(), encoding="utf-8")
    convert.convert(made / "original.jsonl", made / "sheet.xlsx")
    for number, edit in enumerate(EDITS):
        book = openpyxl.load_workbook(made / "sheet.xlsx", rich_text=True)
        edit.do(book["bitext"])
        book.save(made / f"{number}.xlsx")
    return made


@pytest.fixture(scope="module")
def resaved(folder: Path) -> Path:
    """The same workbooks, opened and saved by LibreOffice."""
    out = folder / "libreoffice"
    books = [str(folder / f"{number}.xlsx") for number in range(len(EDITS))]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(out), *books],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return out


NAMED = [pytest.param(number, id=edit.name) for number, edit in enumerate(EDITS)]


def check(edit: Edit, edited: EditedBitext) -> None:
    """What is told is what was done, and each sentence is there or in the list."""
    units = list(edited.bitext.units())
    assert sorted(change.kind for change in edited.changes) == sorted(edit.told), edited.changes
    assert len(units) == edit.units
    pairs = [(unit.src, unit.tgt) for unit in units]
    assert set(edit.holds) <= set(pairs)
    told = "".join("".join(change.before.split()) for change in edited.changes)
    there = ["".join("".join(text.split()) for text in side) for side in zip(*pairs, strict=True)]
    for _, *both_sides, _ in UNITS:
        for sentences, side in zip(both_sides, there, strict=True):
            for sentence in sentences:
                plain = "".join(sentence.split())
                assert plain in told or plain in side


@pytest.mark.parametrize("number", NAMED)
def test_an_edit_comes_back(number: int, folder: Path) -> None:
    """As openpyxl saves it."""
    original = folder / "original.jsonl"
    check(EDITS[number], read_edits(folder / f"{number}.xlsx", original))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("number", NAMED)
def test_an_edit_comes_back_from_libreoffice(number: int, folder: Path, resaved: Path) -> None:
    """As LibreOffice saves it."""
    original = folder / "original.jsonl"
    check(EDITS[number], read_edits(resaved / f"{number}.xlsx", original))


def edited(folder: Path, *steps: tuple[str, int, object]) -> Path:
    """Return the sheet with some cells written anew."""
    book = openpyxl.load_workbook(folder / "sheet.xlsx")
    for name, row, value in steps:
        put(name, row, value)(book["bitext"])
    book.save(folder / "edited.xlsx")
    return folder / "edited.xlsx"


@pytest.mark.parametrize(
    "name", ["o.tmx", "o.xlf", "o.xliff", "o.tsv", "o.csv", "o.parquet", "o.xlsx"]
)
def test_the_original_may_be_in_any_format(name: str, folder: Path, tmp_path: Path) -> None:
    """Ids lead back to the units whatever format holds them."""
    original = tmp_path / name
    to = "xliff20" if name.endswith(".xliff") else None
    convert.convert(folder / "original.jsonl", original, to=to)
    sheet = edited(tmp_path_with(folder, tmp_path), ("tgt", 7, "Fishers ask for money."),
                   (CONFIRM, 11, "yes"))  # fmt: skip
    found = read_edits(sheet, original)
    assert [change.kind for change in found.changes] == ["translation edited", "confirmed"]
    assert len(list(found.bitext.units())) == len(UNITS)


def tmp_path_with(folder: Path, tmp_path: Path) -> Path:
    """Return a folder of one test that holds the sheet."""
    shutil.copy(folder / "sheet.xlsx", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["n.tmx", "n.xlf", "n.xliff", "n.jsonl", "n.xlsx"])
def test_what_is_confirmed_is_kept(name: str, folder: Path, tmp_path: Path) -> None:
    """A format that holds it says which units a person confirmed, by its rules: they are sure."""
    sheet = edited(tmp_path_with(folder, tmp_path), (CONFIRM, 3, "yes"), (CONFIRM, 8, "是"))
    told: list[str] = []
    to = "xliff20" if name.endswith(".xliff") else None
    convert.convert(
        sheet, tmp_path / name, against=folder / "original.jsonl", tell=told.append, to=to
    )
    units = list(iter_units(tmp_path / name))
    assert [unit.src for unit in units if unit.confirmed] == [
        "工程分两期。首期明年完工。",
        "法院下周开庭。",
    ]
    assert [unit.p for unit in units if unit.confirmed] == [1.0, 1.0]
    assert not validate(tmp_path / name)
    assert not told


def test_states_of_translation_programs(folder: Path, tmp_path: Path) -> None:
    """XLIFF, TMX and InterText say it in their own words."""
    sheet = edited(tmp_path_with(folder, tmp_path), (CONFIRM, 2, "yes"))
    for name in ("n.tmx", "n.xlf", "n.xliff", "n.intertext"):
        to = "xliff20" if name.endswith(".xliff") else None
        convert.convert(sheet, tmp_path / name, against=folder / "original.jsonl", to=to)
    assert '<prop type="x-confirmed">yes</prop>' in (tmp_path / "n.tmx").read_text("utf-8")
    assert 'state="signed-off"' in (tmp_path / "n.xlf").read_text("utf-8")
    assert (tmp_path / "n.xlf").read_text("utf-8").count('approved="yes"') == 1
    assert 'state="reviewed"' in (tmp_path / "n.xliff").read_text("utf-8")
    assert (tmp_path / "n.zh.en.xml").read_text("utf-8").count('status="man"') == 1
    assert not validate(tmp_path / "n.intertext")


@pytest.mark.parametrize("name", ["n.tsv", "n.csv", "n.parquet", "n.moses"])
def test_a_format_without_a_place_for_it_is_told(name: str, folder: Path, tmp_path: Path) -> None:
    """What a format cannot hold is never dropped without a word."""
    sheet = edited(tmp_path_with(folder, tmp_path), (CONFIRM, 3, "yes"))
    told: list[str] = []
    convert.convert(sheet, tmp_path / name, against=folder / "original.jsonl", tell=told.append)
    assert any("1 confirmed unit: " in note for note in told)


def test_confirmed_and_without_partner(folder: Path, tmp_path: Path) -> None:
    """The list beside a TMX has no place for it, and that is told."""
    sheet = edited(tmp_path_with(folder, tmp_path), (CONFIRM, 5, "yes"))
    told: list[str] = []
    convert.convert(sheet, tmp_path / "n.tmx", against=folder / "original.jsonl", tell=told.append)
    assert "1 confirmed unit without partner: tmx has no place for that" in told


def test_places_of_the_documents_stay(folder: Path, tmp_path: Path) -> None:
    """Unchanged texts keep their places; behind one that grew, they are moved by as much."""
    sheet = edited(tmp_path_with(folder, tmp_path), ("tgt", 2, "The port grows. " * 5))
    units = list(read_edits(sheet, folder / "original.jsonl").bitext.units())
    before = list(iter_units(folder / "original.jsonl"))
    assert [unit.src_span for unit in units] == [unit.src_span for unit in before]
    assert [unit.src_ids for unit in units] == [unit.src_ids for unit in before]
    grown = len("The port grows. " * 5) - len(before[0].tgt)
    moved, old = units[1].tgt_span, before[1].tgt_span
    assert moved
    assert old
    assert moved.start - old.start == grown
    assert units[8].tgt_span == before[8].tgt_span  # of another document


def test_unclear_words_and_columns_are_told(folder: Path, tmp_path: Path) -> None:
    """A cell that is neither yes nor no, and a column that is not carried over, are named."""
    book = openpyxl.load_workbook(folder / "sheet.xlsx")
    cell(book["bitext"], CONFIRM, 3).value = "perhaps"
    book["bitext"].cell(1, 12).value = "Reviewer says"
    book.save(tmp_path / "e.xlsx")
    notes = read_edits(tmp_path / "e.xlsx", folder / "original.jsonl").notes
    assert notes == (
        "row 3: what stands under confirmed is neither yes nor no, and counts as no",
        "columns that are not carried over: Reviewer says",
    )


def test_the_command_tells_what_changed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Changes are printed, conflicts as warnings, and are in the file that was asked for."""
    sheet = edited(
        tmp_path_with(folder, tmp_path),
        ("tgt", 7, "Fishers ask for money."), ("src", 8, "法院下月开庭。"), (CONFIRM, 3, "yes"),
    )  # fmt: skip
    words = ["convert", str(sheet), "--against", str(folder / "original.jsonl")]
    for name in ("c.tsv", "c.csv", "c.jsonl", "c.xlsx"):
        outputs = ["-o", str(tmp_path / "new.tmx"), "--changes", str(tmp_path / name)]
        assert main([*words, *outputs]) == 0
    err = capsys.readouterr().err
    assert "changes: 1 confirmed, 1 translation edited, 1 source edited" in err
    assert "warning: row 8: source edited: " in err
    assert "row 7: translation edited: Fishermen ask for money. -> Fishers ask for money." in err
    rows = [line.split("\t") for line in (tmp_path / "c.tsv").read_text("utf-8").splitlines()]
    assert rows[0][:4] == ["conflict", "change", "rows", "units"]
    assert ["yes", "source edited", "8", "7"] in [row[:4] for row in rows]
    assert (tmp_path / "c.csv").read_text("utf-8").startswith("\ufeffconflict,change,")
    assert len((tmp_path / "c.jsonl").read_text("utf-8").splitlines()) == 3
    sheet_rows = list(openpyxl.load_workbook(tmp_path / "c.xlsx")["changes"].values)
    assert len(sheet_rows) == 4


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--changes", "c.tsv"], "needs the original"),
        (["--against", "original.jsonl", "--changes", "c.txt"], "is no list of changes"),
        (["--against", "original.jsonl", "--changes", "edited.xlsx"], "would replace"),
        (["--against", "nosuch.jsonl"], "nosuch.jsonl"),
    ],
)
def test_wrong_words(  # noqa: PLR0913, PLR0917 - fixtures
    words: list[str], says: str, folder: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """What cannot be done is an error in words."""
    edited(tmp_path_with(folder, tmp_path), (CONFIRM, 3, "yes"))
    shutil.copy(folder / "original.jsonl", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["convert", "edited.xlsx", "-o", "new.tmx", *words]) == 2
    assert says in capsys.readouterr().err


def test_the_column_offers_its_words(folder: Path) -> None:
    """The column of what is confirmed has a list to choose from, and the id stands last."""
    sheet = openpyxl.load_workbook(folder / "sheet.xlsx")["bitext"]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list"
    assert "yes" in choice.formula1
    assert sheet.cell(1, sheet.max_column).value == "id"


def test_a_change_says_its_place() -> None:
    """A change is a line: where, what, why, and the texts."""
    gone = Change("deleted", (), (3,), "a", "三。 / Three.", "", "its row is gone, or empty")
    assert str(gone) == "unit 3 of the original: deleted: its row is gone, or empty: 三。 / Three."
    assert gone.is_conflict


@given(data())
@settings(max_examples=60)
def test_nothing_is_lost_whatever_a_person_does(tmp: DataObject) -> None:
    """Every sentence of the original is in the result or in what is told."""
    with TemporaryDirectory() as name:
        path = Path(name)
        (path / "o.jsonl").write_text(lines(), encoding="utf-8")
        convert.convert(path / "o.jsonl", path / "s.xlsx")
        book = openpyxl.load_workbook(path / "s.xlsx")
        for _ in range(tmp.draw(integers(1, 5))):
            row = tmp.draw(integers(2, max(2, book["bitext"].max_row - 1)))
            step = tmp.draw(
                sampled_from(["merge", "delete", "copy", "move", "insert", "edit", "empty"])
            )
            side = tmp.draw(sampled_from(["src", "tgt"]))
            steps[step](book["bitext"], row, side)
        book.save(path / "e.xlsx")
        told = read_edits(path / "e.xlsx", path / "o.jsonl")
        units = list(told.bitext.units())
    known = "".join("".join(change.before.split()) for change in told.changes)
    for name, at in (("src", 1), ("tgt", 2)):
        there = "".join("".join(getattr(unit, name).split()) for unit in units)
        for unit in UNITS:
            for sentence in unit[at]:  # type: ignore[union-attr]
                assert "".join(sentence.split()) in known + "\n" + there


steps: dict[str, Callable[[Any, int, str], None]] = {
    "merge": lambda sheet, row, _side: merge(row)(sheet),
    "delete": lambda sheet, row, _side: delete(row)(sheet),
    "copy": lambda sheet, row, _side: copy_row(row, row + 2)(sheet),
    "move": lambda sheet, row, _side: move(row, max(2, row - 3))(sheet),
    "insert": lambda sheet, row, _side: insert(row, src="新句。", tgt="New.")(sheet),
    "edit": lambda sheet, row, side: put(side, row, "Changed 改了。")(sheet),
    "empty": lambda sheet, row, side: put(side, row, None)(sheet),
}


def test_a_change_shows_where_the_texts_differ() -> None:
    """Long texts that begin alike are shown from shortly before the difference on."""
    begin = "By then the harbour will have been rebuilt with the help of its neighbours, "
    change = Change("translation edited", (2,), (1,), "a", f"{begin}said Li.", f"{begin}said Wu.")
    texts = str(change).rpartition(": ")[2].split(" -> ")
    assert [text[-3:] for text in texts] == ["Li.", "Wu."]
    assert all(text.startswith("…") and len(text) < 40 for text in texts)
    short = Change("translation edited", (2,), (1,), "a", "said Li.", "said Wu.")
    assert str(short).endswith("said Li. -> said Wu.")
