"""Where a file says that its paragraphs stand, and what a finding tells of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from docx import Document as WordFile
from docx.oxml import OxmlElement

from aligner.bitext import Bitext, Document
from aligner.check.find_places import placed
from aligner.errors import AlignmentError
from aligner.findings import FilePlace, Finding
from aligner.formats.documents import Source, parse, read_document
from aligner.formats.mixed_document import split_sides
from aligner.pipeline import align_documents
from aligner.report.place_text import main_place, place_text
from aligner.span import PlaceParts, Span
from helpers.made_documents import cues, pptx

NOTICE: Final = Path(__file__).parents[1] / "corpora" / "notice"


def parts_at(document: Document, text: str) -> PlaceParts:
    """Return the place of the paragraph that holds a text."""
    at = document.text.index(text)
    return next(
        parts
        for span, parts in zip(document.paragraphs, document.places, strict=True)
        if span.start <= at < span.stop
    )


def test_a_place_for_each_paragraph() -> None:
    """A document cannot have places for some of its paragraphs only."""
    with pytest.raises(AlignmentError):
        Document("d", "a\n\nb", (Span(0, 1), Span(3, 4)), places=((("page", 1),),))


def test_pages_of_a_pdf() -> None:
    """Paragraphs of a PDF have their page; pages rise and all of them come."""
    document = read_document(NOTICE / "notice.zh.pdf")
    pages = [dict(parts)["page"] for parts in document.places]
    assert pages == sorted(pages, key=int)
    assert set(pages) == {1, 2, 3}
    assert dict(parts_at(document, "六、保障措施"))["page"] == 3


def test_pages_of_a_word_file_are_those_of_its_last_saving() -> None:
    """Where Word noted the end of a page, the paragraph behind it stands on the next one."""
    word = WordFile()
    word.add_heading("第一节", 2)
    word.add_paragraph("第一页。")
    run = word.add_paragraph().add_run()
    run._r.append(  # noqa: SLF001 - python-docx has no page breaks of Word's own
        OxmlElement("w:lastRenderedPageBreak")
    )
    run.add_text("第二页。")
    table = word.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "第二行第二列。"
    file = io.BytesIO()
    word.save(file)
    document = parse(Source(file.getvalue(), "a.docx"))
    assert document.headings == (0,)
    assert parts_at(document, "第一页") == (("page", 1), ("paragraph", 2))
    assert parts_at(document, "第二页") == (("page", 2), ("paragraph", 3))
    cell = ("page", 2), ("table", 1), ("row", 2), ("column", 2)
    assert parts_at(document, "第二列") == cell


def test_cells_of_a_workbook() -> None:
    """A text of a workbook that is read as a document has its sheet and cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "正文"
    sheet["B3"] = "图书馆周一闭馆。"
    sheet["B4"] = "请按时归还图书。"
    file = io.BytesIO()
    book.save(file)
    document = parse(Source(file.getvalue(), "a.xlsx"))
    assert parts_at(document, "归还") == (("sheet", "正文"), ("cell", "B4"))


def test_slides_of_a_presentation() -> None:
    """A text of a presentation has its slide."""
    document = parse(Source(pptx([f"第{n}句话。" for n in "一二三四五六"]), "a.pptx"))
    slides = [dict(parts)["slide"] for parts in document.places]
    assert slides == sorted(slides, key=int)
    assert slides[0] == 1


def test_cues_of_subtitles() -> None:
    """A paragraph of subtitles names its cues and when the first one is shown."""
    raw = cues(["他来了。", "她走了。"], "srt")
    document = parse(Source(raw, "a.srt"))
    kinds = {kind for parts in document.places for kind, _ in parts}
    assert kinds == {"cue", "time"}
    assert document.places[0][0] == ("cue", 1) or str(document.places[0][0][1]).startswith("1-")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.md", "# 通知\n\n请到场。\n\n## 附则\n\n即日施行。"),
        ("a.html", "<h1>通知</h1><p>请到场。</p><h4>附则</h4><p>即日施行。</p>"),
    ],
)
def test_headings_of_marked_text(name: str, raw: str) -> None:
    """Markdown and web pages say which paragraphs are headings."""
    assert parse(Source(raw.encode(), name)).headings == (0, 2)


ZH: Final = "闭馆通知\n\n图书馆周一闭馆。\n\n第二章 借阅\n\n每人可借十册图书。\n请按时归还。\n"
EN: Final = (
    "Notice of Closing\n\nThe library is closed on Mondays.\n\nChapter Two Lending\n\n"
    "Everybody may borrow ten books.\nPlease return them in time.\n"
)


def finding(bitext: Bitext, words: str) -> Finding:
    """Return a finding of some English words, with its place."""
    at = bitext.tgt_doc.text.index(words)
    bead = next(
        number
        for number, bead in enumerate(bitext.alignment.beads)
        if any(s.span.start <= at < s.span.stop for s in bitext.tgt[slice(*bead.tgt)])
    )
    made = Finding(
        doc=bitext.id, term="", rendering=words, expected="", difference=None, severity="error",
        why="", bead=bead, src_ids=(), tgt_ids=(), src_span=None,
        tgt_span=Span(at, at + len(words)), p=1.0, check="form", kind="doubled word",
    )  # fmt: skip
    return next(placed([made], {bitext.id: bitext}))


def told(zh: Document, en: Document, words: str) -> str:
    """Return the place of some English words as a report has it."""
    bitext = align_documents(zh, en, encoder="length")
    return place_text(main_place(finding(bitext, words)))


def test_lines_of_a_plain_text() -> None:
    """Plain text is told by its lines, with a heading that looks like one."""
    zh, en = parse(Source(ZH.encode(), "a.zh.txt")), parse(Source(EN.encode(), "a.en.txt"))
    assert told(zh, en, "Mondays") == "a.en.txt, line 3, under “Notice of Closing”"
    assert told(zh, en, "in time") == "a.en.txt, line 8, under “Chapter Two Lending”"


def test_both_sides_of_one_file_keep_its_lines() -> None:
    """A file in two languages has the lines of the file on both sides."""
    lines = [part for pair in zip(ZH.split("\n\n"), EN.split("\n\n"), strict=True) for part in pair]
    mixed = parse(Source("\n\n".join(lines).encode(), "both.txt"))
    zh, en = split_sides(mixed)
    assert told(zh, en, "Mondays") == "both.txt, line 7"


def test_what_is_missing_is_told_where_the_original_has_it() -> None:
    """A side that has nothing is told by what stands before it; the other one leads."""
    src = FilePlace("a.docx", (("paragraph", 4),), "附则")
    tgt = FilePlace("b.docx", (("paragraph", 3),), "", behind=True)
    assert place_text(tgt) == "b.docx, after paragraph 3"
    assert place_text(src) == "a.docx, paragraph 4, under “附则”"
