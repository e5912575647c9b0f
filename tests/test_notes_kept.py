"""Notes on links: kept where a format has a place for them, and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.bitext import Bitext
from aligner.convert import convert
from aligner.edits.read_edits import read_edits
from aligner.formats.bitexts import open_bitext, read_bitext
from aligner.formats.outputs import BITEXT_FORMATS, write_bitext
from aligner.formats.validate import validate
from aligner.pipeline import align
from aligner.review.opening import first_links

ZH = "灯塔建于一九一二年。\n守塔人每天记录风向。\n船长没有听见钟声。\n海面起了雾。"
EN = "The lighthouse was built in 1912.\nThe keeper noted the wind every day.\nA fog rose."
NOTES = {0: "ask the client: 1912 or 1913?\nsecond line", 2: '=SUM(1) "odd" <b>'}
KEEPING = ["jsonl", "tmx", "xlf", "xliff20", "xlsx", "tsv", "csv", "parquet"]
LOSING = ["align", "moses", "intertext"]


@pytest.fixture
def plain(tmp_path: Path) -> Bitext:
    """Align a text one of whose sentences has no partner."""
    (tmp_path / "tower.zh.txt").write_text(ZH, "utf-8")
    (tmp_path / "tower.en.txt").write_text(EN, "utf-8")
    return align(tmp_path / "tower.zh.txt", tmp_path / "tower.en.txt")


@pytest.fixture
def noted(plain: Bitext) -> Bitext:
    """Return it with notes on its first link, and on the one without partner."""
    beads = list(plain.alignment.beads)
    assert beads[2].kind == "1-0"
    for number, note in NOTES.items():
        beads[number] = replace(beads[number], note=note)
    return replace(plain, alignment=replace(plain.alignment, beads=tuple(beads)))


def one_line(text: str) -> str:
    """Return a text as a table of lines can hold it."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", KEEPING)
def test_notes_come_back(form: str, noted: Bitext, tmp_path: Path) -> None:
    """Written and read, each note stands at its link, that without partner too."""
    path = tmp_path / f"tower.{form}"
    write_bitext(noted, path)
    assert not validate(path, from_=form)
    named = "xliff" if form == "xliff20" else None
    found = {n: u.note for n, u in enumerate(open_bitext(path, from_=named).units()) if u.note}
    assert {n: one_line(t) for n, t in found.items()} == {n: one_line(t) for n, t in NOTES.items()}
    assert found[0] == NOTES[0] or form == "tsv"
    whole = read_bitext(path, from_=named)
    assert whole.noted
    assert next(one_line(link.note) for link in first_links(whole)) == one_line(NOTES[0])


@pytest.mark.parametrize("form", KEEPING)
def test_without_notes_there_is_no_place_for_them(form: str, plain: Bitext, tmp_path: Path) -> None:
    """No column, no element, no key says that there is no note."""
    path = tmp_path / f"tower.{form}"
    write_bitext(plain, path)
    heads = next(iter(open_columns(path))) if form in {"xlsx", "parquet"} else []
    assert "note" not in heads
    if not heads:
        text = path.read_text("utf-8")
        marks = ["<notes>", '"note"', "\tnote", ",note\n"]
        assert not any(mark in text for mark in marks)
        assert text.count("<note>") == (form == "tmx")  # in its head: how it was made
    assert not read_bitext(path, from_="xliff" if form == "xliff20" else None).noted


def open_columns(path: Path) -> list[list[str]]:
    """Return the heads of a table."""
    import polars as pl
    from openpyxl import load_workbook

    if path.suffix == ".parquet":
        return [pl.read_parquet(path).columns]
    return [[str(cell) for cell in row] for row in load_workbook(path)["bitext"].values]


@pytest.mark.parametrize("form", LOSING)
def test_a_format_without_a_place_says_so_once(form: str, noted: Bitext, tmp_path: Path) -> None:
    """Converting to it tells how many notes are left out."""
    write_bitext(noted, tmp_path / "tower.jsonl")
    told: list[str] = []
    convert(tmp_path / "tower.jsonl", tmp_path / f"x.{form}", to=form, tell=told.append)
    assert [line for line in told if "note" in line] == [
        f"2 notes were left out: {form} has no place for them"
    ]
    assert [name for name, one in BITEXT_FORMATS.items() if not one.keeps_notes] == sorted(LOSING)


def test_a_late_note_has_its_column(plain: Bitext, tmp_path: Path) -> None:
    """A note behind the first thousand units of a memory is in the table made of it."""
    unit = (
        "<tu>{}<tuv xml:lang='zh-CN'><seg>海浪拍岸。</seg></tuv><tuv xml:lang='en-US'>"
        "<seg>Waves beat the shore.</seg></tuv></tu>"
    )
    head = (
        "<header creationtool='x' creationtoolversion='1' segtype='sentence' o-tmf='x'"
        " adminlang='en' srclang='zh-CN' datatype='plaintext'/>"
    )
    units = [unit.format("")] * 1200 + [unit.format("<note>late</note>")]
    path = tmp_path / "long.tmx"
    path.write_text(f"<tmx version='1.4'>{head}<body>{''.join(units)}</body></tmx>", "utf-8")
    convert(path, tmp_path / "long.csv")
    lines = (tmp_path / "long.csv").read_text("utf-8-sig").splitlines()
    assert (lines[0].split(",")[-1], lines[-1].split(",")[-1]) == ("note", "late")


def test_an_edited_table_keeps_and_changes_notes(noted: Bitext, tmp_path: Path) -> None:
    """Notes of the sheet count; where it has no such column, those of the original stay."""
    write_bitext(noted, tmp_path / "old.jsonl")
    write_bitext(noted, tmp_path / "new.csv")
    text = (tmp_path / "new.csv").read_text("utf-8-sig")
    (tmp_path / "new.csv").write_text(text.replace("second line", "asked, it is 1912"), "utf-8")
    found = read_edits(tmp_path / "new.csv", tmp_path / "old.jsonl").bitext
    notes = [pair.note for pair in found.pairs()]
    assert notes[0] == "ask the client: 1912 or 1913?\nasked, it is 1912"
    rows = [f"{u.src}\t{u.tgt}\n" for u in noted.units()]
    (tmp_path / "bare.tsv").write_text("zh\ten\n" + "".join(rows), "utf-8")
    bare = read_edits(tmp_path / "bare.tsv", tmp_path / "old.jsonl").bitext
    assert next(pair.note for pair in bare.pairs()) == NOTES[0]
