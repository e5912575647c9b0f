"""Documents of office programs, books, subtitles and workbooks: the text that a reader sees."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.bitexts import BitextFile, holds_pairs, open_bitext, read_bitext
from aligner.formats.documents import Source, parse, read_document
from aligner.formats.glossaries import read_glossary
from aligner.formats.mixed_document import split_sides
from aligner.formats.validate import validate
from aligner.formats.word_numerals import numeral
from aligner.pairing import find_pairs
from aligner.segment import segment
from aligner.span import Lang
from helpers.made_documents import MADE, packed

CORPORA = Path(__file__).parent.parent / "corpora"
TEXTS: tuple[tuple[str, Lang], ...] = (
    ("news", "zh"),
    ("news", "en"),
    ("story", "zh"),
    ("story", "en"),
)


def sentences(document: Document, lang: Lang) -> list[str]:
    """Return the text of each sentence."""
    return [one.text for one in segment(document, lang)]


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize(("name", "lang"), TEXTS)
def test_every_format_has_the_sentences_of_the_text(form: str, name: str, lang: Lang) -> None:
    """A sample in each format has the same sentences as the plain text."""
    plain = read_document(CORPORA / name / f"{name}.{lang}.txt")
    paragraphs = [line.strip() for line in plain.text.split("\n") if line.strip()]
    read = parse(Source(MADE[form](paragraphs), f"a.{form}"))
    assert sentences(read, lang) == sentences(plain, lang)


LEVELS = (
    ("japaneseCounting", "第%1条"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("bullet", "•"),
)  # fmt: skip


def numbered(body: str) -> bytes:
    """Return a Word document with a list of four levels, the first also by a style."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(LEVELS)
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    relations = "".join(
        f'<Relationship Id="{kind}" Type="x/{kind}" Target="{kind}.xml"/>'
        for kind in ("numbering", "styles", "comments")
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    )
    starts = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    return packed({
        "[Content_Types].xml": "<Types/>",
        "word/_rels/document.xml.rels": relations,
        "word/numbering.xml": (
            f'<w:numbering {space}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{starts}</w:num></w:numbering>'
        ),
        "word/styles.xml": (
            f'<w:styles {space}><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/>'
            '</w:numPr></w:pPr></w:style><w:style w:styleId="Article"><w:basedOn w:val="Base"/>'
            "</w:style></w:styles>"
        ),
        "word/comments.xml": f"<w:comments {space}><w:comment/></w:comments>",
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
    })  # fmt: skip


def item(text: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_numbers_that_word_counts_are_written_out() -> None:
    """Lists go on over styles, levels begin anew, and a number alone is no text."""
    body = (
        item("甲") + item("乙", 1) + item("", 1) + item("丙", 1) + item("丁", 2) + item("戊", 3)
        + '<w:p><w:pPr><w:pStyle w:val="Article"/></w:pPr><w:r><w:t>己</w:t></w:r></w:p>'
        + item("庚", 1) + item("辛", 0, 2) + item("壬") + item("癸", 0, 0)
    )  # fmt: skip
    document = parse(Source(numbered(body), "a.docx"))
    assert document.text.split("\n\n") == [
        "第一条 甲", "一.1 乙", "一.3 丙", "(a) 丁", "戊", "第二条 己", "二.1 庚", "第七条 辛",
        "第八条 壬", "癸",
    ]  # fmt: skip
    assert document.notes == ("comments are not read",)


@pytest.mark.parametrize(
    ("number", "kind", "wanted"),
    [
        (4, "upperRoman", "IV"), (28, "upperLetter", "BB"), (10, "chineseCounting", "十"),
        (110, "taiwaneseCounting", "一百一十"), (1005, "chineseCountingThousand", "一千零五"),
        (20, "chineseCounting", "二十"), (11, "ordinal", "11th"), (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"), (7, "decimalZero", "07"), (0, "upperRoman", "0"),
        (5, "bullet", ""), (5, "hebrew1", "5"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_does(number: int, kind: str, wanted: str) -> None:
    """Each format has its signs, and what has none is decimal."""
    assert numeral(number, kind) == wanted


def cell(text: str) -> str:
    """Return a cell of a Word table."""
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a Word table."""
    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def test_of_a_review_table_the_two_texts_are_read() -> None:
    """Numbers, remarks and the head of a bilingual table are told and left out."""
    rows = (
        ("序号", "原文", "译文", "备注"),
        ("1", "会议于九时开始。", "The meeting begins at nine.", "核对时间"),
        ("2", "请准时到场。", "Please be on time.", ""),
    )
    document = parse(Source(numbered(table(*rows)), "a.docx"))
    assert document.text.split("\n\n") == [text for row in rows[1:] for text in row[1:3]]
    assert "原文" in document.notes[-1]
    assert "序号, 备注" in document.notes[-1]


@pytest.mark.parametrize(
    "rows",
    [
        (("Source", "Target", "Amount"), ("the fund", "the school", "nine")),
        (("姓名", "职务"), ("王", "director")),
        (("原文", "译文"), ("一", "二")),
    ],
    ids=["not Chinese", "other names", "two Chinese columns"],
)
def test_other_tables_are_read_whole(rows: tuple[tuple[str, ...], ...]) -> None:
    """A table is left as it is unless its columns hold the two languages that its head says."""
    document = parse(Source(numbered(table(*rows)), "a.docx"))
    assert document.text.split("\n\n") == [text for row in rows for text in row]


def test_mdx_is_markdown_without_its_code() -> None:
    """Imports, expressions and comments go, code as such stays out, and a note says so."""
    text = (
        "import Tabs from './tabs'\nexport const a = {\n  b: 1\n}\n\n# 标题\n\n<Tabs>\n\n"
        "正文{a}。{/* 看\n不见 */}用 `{x}` 表示。\n\n```js\nimport x\n```\n\n</Tabs>\n"
    )
    document = parse(Source(text.encode(), "a.mdx"))
    assert document.text == "标题\n\n正文。用 {x} 表示。"
    assert "MDX" in document.notes[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zh-CN,zh-TW,en\n图书角,圖書角,book corner\n", ["zh-CN is read, zh-TW is not"]),
        ("原文,译文,译名\n图书角,book corner,reading corner\n", ["译文 is read, 译名 is not"]),
        ("图书角,book corner,reading corner\n", ["column 3 is read, column 2 is not"]),
        ("原文,译文,源文件\n图书角的开放时间,opening hours,a\n", []),
        ("zh,en,备注\n图书角,book corner,第二次核对\n", []),
    ],
)
def test_a_second_column_of_a_language_is_told(tmp_path: Path, text: str, told: list[str]) -> None:
    """Of two columns in one language the user hears which one is read; remarks are none."""
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    found = open_bitext(path)
    assert isinstance(found, BitextFile)
    assert [note.partition(": ")[2] for note in found.notes] == told


def test_a_bad_character_spoils_its_row_of_a_workbook_alone(tmp_path: Path) -> None:
    """What XML forbids in a cell is told with its row; the other rows are read."""
    book = openpyxl.Workbook()
    for row in (("zh", "en"), ("甲", "a"), ("乙MARK", "b"), ("丙&丙", "c")):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"MARK", b"&#xFFFE;").replace(b"&amp;", b"&")
            new.writestr(name, data)
    found = read_bitext(path)
    assert [(unit.src, unit.tgt) for unit in found.units()] == [("甲", "a"), ("丙&丙", "c")]
    assert (
        "line 3: it holds a character that XML forbids, such as &#xFFFE;" in found.src_doc.notes[0]
    )


def tmx(*units: dict[str, str], srclang: str = "zh-CN") -> str:
    """Return a translation memory, a unit with a text for each language code."""
    header = (
        '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"'
        f' adminlang="en" srclang="{srclang}" datatype="x"/>'
    )
    lines = "".join(
        "<tu>"
        + "".join(f'<tuv xml:lang="{c}"><seg>{t}</seg></tuv>' for c, t in unit.items())
        + "</tu>\n"
        for unit in units
    )
    return f'<tmx version="1.4">{header}<body>\n{lines}</body></tmx>'


def test_codes_of_languages_have_no_case(tmp_path: Path) -> None:
    """`zh-cn` and `ZH-CN` are one language, and neither breaks a rule."""
    path = tmp_path / "a.tmx"
    path.write_text(tmx({"zh-cn": "甲", "EN-us": "a"}, srclang="ZH-CN"), "utf-8")
    assert validate(path) == ()
    assert [(unit.src, unit.tgt) for unit in read_bitext(path).units()] == [("甲", "a")]
    path.write_text(tmx({"zh-cn": "甲", "ZH-CN": "乙", "en": "a"}), "utf-8")
    assert [problem.rule for problem in validate(path)] == ["a unit has one tuv a language"]


def test_variants_in_one_unit_are_told(tmp_path: Path) -> None:
    """Of two variants of Chinese in a unit the user hears which is read."""
    path = tmp_path / "a.tmx"
    path.write_text(tmx({"zh-TW": "圖", "zh-CN": "图", "en": "a"}), "utf-8")
    found = open_bitext(path)
    assert isinstance(found, BitextFile)
    assert found.notes == ("units hold a text in zh-TW and in zh-CN: the first is read",)
    assert [unit.src for unit in found.units()] == ["圖"]


def test_repeated_problems_are_folded(tmp_path: Path) -> None:
    """Of the problems with one rule three are listed; the others are a number."""
    path = tmp_path / "a.tmx"
    path.write_text(tmx(*[{"zh_CN": "甲", "en": "a"}] * 9), "utf-8")
    found = [problem for problem in validate(path) if "BCP 47" in problem.rule]
    assert [problem.line for problem in found] == [2, 3, 4, 5]
    assert found[-1].message == "6 more like this, up to line 10"


def test_a_workbook_is_a_bitext_or_a_document_by_its_content(tmp_path: Path) -> None:
    """Rows of two languages are pairs; a sheet in each language is a document in both."""
    rows = (
        ("会议于九时开始。", "The meeting begins at nine."),
        ("请准时。", "Be on time, please."),
    )
    both, apart = openpyxl.Workbook(), openpyxl.Workbook()
    apart.create_sheet("English")
    for row in rows:
        both.active.append(row)
        for sheet, text in zip(apart.worksheets, row, strict=True):
            sheet.append([text])
    for book, name in ((both, "both.xlsx"), (apart, "apart.xlsx")):
        book.save(tmp_path / name)
    assert holds_pairs(tmp_path / "both.xlsx")
    assert not holds_pairs(tmp_path / "apart.xlsx")
    zh, en = split_sides(read_document(tmp_path / "apart.xlsx"))
    assert zh.text.split("\n\n") == [row[0] for row in rows]
    assert en.text.split("\n\n") == [row[1] for row in rows]
    assert holds_pairs("a.tmx")
    assert not holds_pairs("a.docx")


@pytest.mark.parametrize(
    ("name", "raw", "hint"),
    [
        ("a.ods", b"PK\x03\x04", ".xlsx"),
        ("a.XLS", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
        ("a.xls", b"<table><tr><td>x", ".xlsx"),  # as many programs write it
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".pptx"),
        ("a.odp", b"PK\x03\x04", ".pptx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("a.docm", b"PK\x03\x04", ".docx"),
        ("a.pages", b"PK\x03\x04", "Word"),
        ("a.mobi", b"x" * 99, ".epub"),
        ("a.sub", b"{1}{25}It rains.", ".srt"),
    ],
)
def test_a_file_that_is_not_read_says_what_to_save_it_as(name: str, raw: bytes, hint: str) -> None:
    """Its suffix says what it is, whether its bytes are text or not."""
    with pytest.raises(FormatError, match="which is not read") as error:
        parse(Source(raw, name))
    assert hint in error.value.hint


def test_a_text_may_have_a_suffix_of_other_programs() -> None:
    """What is plain text is read as that, and told."""
    found = parse(Source(b"It rains.", "a.key"))
    assert (found.text, len(found.notes)) == ("It rains.", 1)


def test_bitexts_glossaries_and_folders_say_the_same(tmp_path: Path) -> None:
    """A spreadsheet that is not read is told wherever it is given."""
    path = tmp_path / "a.ods"
    path.write_bytes(b"PK\x03\x04")
    for read in (read_bitext, read_glossary):
        with pytest.raises(FormatError, match="OpenDocument spreadsheet"):
            read(path)
    (tmp_path / "b.txt").write_text("灯亮了。", "utf-8")
    assert ".xlsx" in {each.name: each.note for each in find_pairs(tmp_path).loose}["a.ods"]
