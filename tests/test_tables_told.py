"""Tables of other programs: every sheet and cell is read, or named where it is not."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from aligner.cli.output import one_colon
from aligner.formats.bitexts import BitextFile, open_bitext
from aligner.formats.documents import read_document
from aligner.formats.validate import validate


def test_every_sheet_with_pairs_is_read(tmp_path: Path) -> None:
    """A workbook may have a sheet a chapter; one that holds no pairs is named."""
    book = openpyxl.Workbook()
    for name, rows in {
        "一": [["原文", "译文"], ["下雨了。", "It rained."]],
        "二": [["English", "中文"], ["It snowed.", "下雪了。"], ["It stopped.", "停了。"]],
        "说明": [["本表仅供内部使用。"]],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    opened = open_bitext(tmp_path / "a.xlsx")
    assert isinstance(opened, BitextFile)
    bitext = opened.whole()
    assert [u.src for u in bitext.units()] == ["下雨了。", "下雪了。", "停了。"]
    assert bitext.src_doc.places[2] == (("sheet", "二"), ("row", 3))
    assert any("'说明' is not read" in note for note in opened.notes)
    assert any("2 sheets: '一' (1), '二' (2)" in note for note in opened.notes)
    assert not validate(tmp_path / "a.xlsx")


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    """Such a cell counts as empty, and a user is told which one, and what to do."""
    book = openpyxl.Workbook()
    book.active.title = "正文"
    for row in (["中文", "English"], ["下雨了。", "It rained."], ['="公"&"里"', "kilometre"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    opened = open_bitext(tmp_path / "a.xlsx")
    assert isinstance(opened, BitextFile)
    assert [u.src for u in opened.units()] == ["下雨了。", ""]
    for notes in (opened.notes, read_document(tmp_path / "a.xlsx").notes):
        assert any("'正文': 1 cell counts as empty" in n and ": A3;" in n for n in notes)


def test_a_title_above_the_head_is_no_pair(tmp_path: Path) -> None:
    """The head is found below a title, which is named."""
    (tmp_path / "a.csv").write_text("天气对照表,\n\n中文,英文\n下雨了。,It rained.\n", "utf-8")
    opened = open_bitext(tmp_path / "a.csv")
    assert isinstance(opened, BitextFile)
    assert [(u.src, u.tgt) for u in opened.units()] == [("下雨了。", "It rained.")]
    assert any("not read: 天气对照表" in note for note in opened.notes)


def test_cells_beyond_the_head_are_named(tmp_path: Path) -> None:
    """A comma that is not quoted makes a cell too many: the line says what is not read."""
    text = "zh,en\n下雨了。,It rained, at last.\n停了。,It stopped.,\n"
    (tmp_path / "a.csv").write_text(text, "utf-8")
    opened = open_bitext(tmp_path / "a.csv")
    assert isinstance(opened, BitextFile)
    assert [u.tgt for u in opened.units()] == ["It rained", "It stopped."]
    assert any(note.startswith("1 row") and "2 ( at last.)" in note for note in opened.notes)


def test_a_glossary_with_a_wrong_status_is_checked_as_one(tmp_path: Path) -> None:
    """Its head and its other statuses say what it is: what is wrong is told without --from."""
    text = "中文,英文,状态,备注\n闸门,sluice gate,首选,\n堰,,首选,\n坝,dam,首先,\n"
    (tmp_path / "g.csv").write_text(text, "utf-8")
    told = " ".join(map(str, validate(tmp_path / "g.csv")))
    assert "no English term for 堰" in told
    assert "unknown status '首先'" in told


def test_hidden_text_and_page_headers_are_told(tmp_path: Path) -> None:
    """What a document does not show, or shows on every page, is named with its size."""
    page = docx.Document()
    page.add_paragraph("昨天下雨了。").add_run("草稿").font.hidden = True
    page.sections[0].header.paragraphs[0].text = "内部资料"
    page.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert document.text == "昨天下雨了。"
    told = "hidden text (2 characters); page headers and footers (1 text of 4 characters)"
    assert any(told in note for note in document.notes)
    (tmp_path / "a.html").write_text(
        "<html><body><nav><a href='/'>首页</a></nav><article><h1>天气</h1>"
        + "<p>昨天下了一场大雨，河水涨了三米，许多道路都被淹没了。</p>" * 5
        + "<p hidden>草稿</p></article></body></html>",
        "utf-8",
    )
    notes = " ".join(read_document(tmp_path / "a.html").notes)
    assert "1 block of the page" in notes
    assert "does not show (2 characters)" in notes


def test_a_chinese_message_has_one_kind_of_colon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A colon beside Chinese is full-width; one beside Latin letters stays."""
    monkeypatch.setenv("ALIGNER_LANG", "zh")
    assert one_colon("错误：a.csv:3: 不是CSV: bad") == "错误：a.csv:3：不是CSV: bad"
