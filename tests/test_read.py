"""Readers: a document or a named error, whatever the bytes."""

from __future__ import annotations

import contextlib
import io
import logging
import zipfile
from pathlib import Path
from typing import Any

import pytest
from case_files import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner.formats.documents
import aligner.formats.docx
from aligner.bitext import Document
from aligner.errors import AlignerError, EncodingError, FormatError, ReadError, SettingError
from aligner.filenames import shown
from aligner.formats.common.decode import decode
from aligner.formats.common.source import clean, document_id, paragraph_spans
from aligner.formats.documents import DOCUMENT_SUFFIXES, Source, parse, read_document

CASES = Path(__file__).parent / "cases"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTICE = "各有关单位：\n\n请于2024年3月4日前报送材料。\n\n临江市文化局\n"


def paragraphs(document: Document) -> list[str]:
    """Return the text of each paragraph."""
    return [document.text[slice(*span)] for span in document.paragraphs]


def parsed(
    raw: bytes | str, name: str, *, encoding: str | None = None, keep_furniture: bool = False
) -> Document:
    """Parse bytes, or text as UTF-8, under a name."""
    data = raw.encode() if isinstance(raw, str) else raw
    return parse(Source(data, name, encoding, keep_furniture))


# Encodings


@pytest.mark.parametrize("case", load_cases("decode.jsonl"))
def test_encoding_is_found(case: dict[str, Any]) -> None:
    """Short texts of both scripts are decoded as they were, and a guess is noted."""
    text = case["input"]["text"]
    decoded = decode(text.encode(case["input"]["bytes_in"]), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, case["wanted"])
    assert bool(decoded.notes) == (decoded.encoding != "utf-8")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides(codec: str) -> None:
    """A file with a byte-order mark is read by it, without the mark."""
    assert parsed(NOTICE.encode(codec), "a.txt").text == NOTICE


def test_named_encoding_is_taken() -> None:
    """What the user names is used and nothing else, old names for the wider standard."""
    document = parsed("第一章".encode("gbk"), "a.txt", encoding="GB2312")
    assert (document.text, document.encoding, document.notes) == ("第一章", "gb18030", ())


def test_wrong_named_encoding_says_where() -> None:
    """Bytes that do not fit the named encoding give the byte, its offset and a hint."""
    with pytest.raises(
        EncodingError, match=r"书\.txt: byte 0xb5 at offset 0 is not utf-8"
    ) as caught:
        parsed("第一章".encode("gb18030"), "书.txt", encoding="utf-8")
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "undefined", "", "\0"])
def test_no_such_encoding(name: str) -> None:
    """A name of no encoding of text is a setting error or does not fit the bytes."""
    with pytest.raises((SettingError, EncodingError)):
        parsed("第一章", "a.txt", encoding=name)


@pytest.mark.parametrize(
    ("text", "codec"),
    [("これは日本語の文章です。", "shift_jis"), ("Это русский текст о реке.", "koi8-r")],
)
def test_unknown_alphabet_is_not_guessed(text: str, codec: str) -> None:
    """Bytes that are likely text in no known encoding are an error with the first bad byte."""
    with pytest.raises(EncodingError, match=r"a.txt: byte 0x\w\w at offset \d+ is not UTF-8") as it:
        parsed(text.encode(codec), "a.txt")
    assert "--encoding gb18030" in it.value.hint


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    """One bad byte in UTF-8 is reported as damage, at its offset."""
    raw = NOTICE.encode()
    with pytest.raises(EncodingError, match=r"byte 0xff at offset 30 .* most of the file is"):
        parsed(raw[:30] + b"\xff" + raw[30:], "a.txt")


def test_close_guess_names_the_rival() -> None:
    """Where two encodings give texts of nearly the same likelihood, the note says so."""
    decoded = decode("It’s".encode("gb18030"), "a.txt")
    assert "big5 is nearly as likely" in decoded.notes[0]


# Plain text


def test_text_keeps_offsets_and_lines() -> None:
    """Paragraphs lie between blank lines, ideographic spaces count as blank."""
    document = parsed("　　第一行\r\n第二行 \r\n　\t\r\n\r\r结尾\n", "a.txt")
    assert document.text == "　　第一行\n第二行 \n　\t\n\n\n结尾\n"
    assert paragraphs(document) == ["第一行\n第二行", "结尾"]


def test_control_characters_become_spaces() -> None:
    """A document's text splits at LF alone, and holds no control or surrogate."""
    text = clean("\ufeff甲\x00乙\x0b丙\x85丁\u2028戊\ud800\u200b己\x9f")
    assert text == "甲 乙\n丙\n丁\n戊\ufffd\u200b己 "
    assert text.splitlines() == text.split("\n")


def test_line_of_zero_width_is_blank() -> None:
    """A line that holds only zero-width characters separates paragraphs."""
    assert paragraphs(parsed("甲\n\u200b \u200b\n乙\u200b", "a.txt")) == ["甲", "乙\u200b"]


@given(st.text(alphabet="甲a \n\t\u3000\u200b\r\x0c."))
def test_every_character_is_in_a_paragraph_or_blank(text: str) -> None:
    """Paragraph spans hold all that is not white space, and no blank line."""
    text = clean(text)
    spans = paragraph_spans(text)
    assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())
    for span in spans:
        block = text[slice(*span)]
        assert block == block.strip()
        assert all(line.strip() for line in block.split("\n"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("译文/notice.zh.txt", "notice.zh"),
        ("第一章 (定稿).docx", "第一章_定稿"),
        ("../../etc/passwd", "passwd"),
        ("<script>.html", "script"),
        (".txt", "txt"),
        ("...", "document"),
        ("e\u0301tude.md", "étude"),
        ("长" * 300 + ".txt", "长" * 80),
    ],
)
def test_id_is_safe(name: str, wanted: str) -> None:
    """An id holds letters, digits, Han, `.`, `_` and `-` alone."""
    assert document_id(name) == wanted


# Markdown and web pages


@pytest.mark.parametrize("case", load_cases("read_md.jsonl"))
def test_markdown(case: dict[str, Any]) -> None:
    """Markdown gives its text without marks, one paragraph a block."""
    assert paragraphs(parsed(case["input"], "a.md")) == case["wanted"]


@pytest.mark.parametrize("case", load_cases("read_html.jsonl"))
def test_visible_text_of_a_page(case: dict[str, Any]) -> None:
    """A page gives what a reader sees, one paragraph a block."""
    document = parsed(case["input"], "a.html", keep_furniture=True)
    assert paragraphs(document) == case["wanted"]


def test_markdown_that_nobody_wrote_is_plain_text() -> None:
    """Nesting that the parser would drop, or brackets that would stall it, are kept as text."""
    for text in ("".join(f"{'  ' * n}- 目\n" for n in range(80)), "[" * 30_000):
        document = parsed(text, "a.md")
        assert document.text.count("目") in (0, 80)
        assert "kept as text" in document.notes[0]


ZH_BODY = [
    "关于推进社区图书角建设的通知",
    "临文发〔2024〕12号",
    "各街道办事处，各有关单位：",
    "为方便居民就近读书，市文化局决定在全市推进社区图书角建设。现将有关事项通知如下。",
    "一、总体要求",
    "坚持政府引导、社会参与，力争三年内每个社区都有一个图书角。",
    "二、主要任务",
    "（一）选好场地。优先使用闲置的公共房屋，面积不少于三十平方米。",
    "年份",
    "目标",
    "2024年",
    "建成五十个",
    "图一：读书角",
    "特此通知。",
    "特此通知。",
    "临江市文化局",
    "2024年3月4日",
]
ZH_PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>关于推进社区图书角建设的通知_临江市文化局</title></head><body>
<div id="header"><a href="/">首页</a><a href="/n">新闻中心</a><a href="/o">政务公开</a></div>
<nav><ul><li><a href="/a">机构设置</a></li><li><a href="/b">政策法规</a></li></ul></nav>
<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/o">通知公告</a></div>
<div class="article-header"><h1>{0}</h1><p>{1}</p></div>
<div class="content"><p>{2}</p><p>　　{3}</p><h2>{4}</h2><p>　　{5}</p><h2>{6}</h2><p>　　{7}</p>
<table><tr><th>{8}</th><th>{9}</th></tr><tr><td>{10}</td><td>{11}</td></tr></table>
<figure><img src="a.png"><figcaption>{12}</figcaption></figure>
<p>{13}</p><p>{14}</p><p align="right">{15}</p><p align="right">{16}</p></div>
<div class="share">分享到：<a href="#">微博</a> <a href="#">微信</a></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">春节开放时间公告</a></li></ul></div>
<div class="footer"><p>版权所有：临江市文化局</p><p>地址：临江市学府路8号</p></div></body></html>"""
EN_BODY = [
    "Notice on Book Corners in Residential Communities",
    "March 5, 2024",
    "Lin Wen Fa [2024] No. 12",
    "To all subdistrict offices and units concerned:",
    "To make it easy for residents to read near home, the Bureau has decided as follows.",
    "I. General requirements",
    "Within three years, with the help of all, every community shall have a book corner.",
    "Bureau of Culture of Linjiang",
    "March 4, 2024",
]
EN_PAGE = """<html lang="en"><head><title>Notice | City Bureau</title></head><body>
<header><a href="/">Home</a><nav><a>News</a><a>Contact</a></nav></header><main><article>
<h1>{0}</h1><p class="date">{1}</p><p>{2}</p><p>{3}</p><p>{4}</p><h2>{5}</h2><p>{6}</p>
<p>{7}</p><p>{8}</p></article>
<aside><h3>Most read</h3><ul><li><a href="/x">Opening hours</a></li></ul></aside></main>
<footer><p>Copyright Linjiang City</p><p>Privacy | Terms</p></footer></body></html>"""


@pytest.mark.parametrize(
    ("page", "body"), [(ZH_PAGE, ZH_BODY), (EN_PAGE, EN_BODY)], ids=["zh", "en"]
)
def test_main_text_is_complete_and_bare(page: str, body: list[str]) -> None:
    """Titles, document numbers, tables, captions, repeats and signatures stay; menus go."""
    document = parsed(page.format(*body), "a.html")
    assert paragraphs(document) == body
    assert [note.partition(":")[0] for note in document.notes] == ["left out"]


def test_furniture_is_kept_when_asked_for() -> None:
    """With `keep_furniture` menus and footers are paragraphs too."""
    text = parsed(ZH_PAGE.format(*ZH_BODY), "a.html", keep_furniture=True).text
    assert all(word in text for word in ("政策法规", "相关阅读", "版权所有", ZH_BODY[-1]))


def test_page_without_main_text_is_kept_whole(caplog: pytest.LogCaptureFixture) -> None:
    """Where no main text is found all visible text is kept, with a note."""
    document = parsed("<footer><p>版权所有</p><p>临江市文化局</p></footer>", "a.html")
    assert paragraphs(document) == ["版权所有", "临江市文化局"]
    assert "all visible text is kept" in document.notes[0]
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("gb2312", "utf-8", "utf-8"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("big5", "gb18030", "gb18030"),
        ("no-such-thing", "gb18030", "gb18030"),
    ],
)
def test_page_encoding(declared: str, codec: str, encoding: str) -> None:
    """A page is read as it declares, unless its bytes say something better."""
    body = "請準時參加會議。" if codec == "big5" else "请准时参加会议，关于图书角建设的意见。"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{body}</p></body></html>'
    document = parsed(page.encode(codec), "a.html")
    assert (paragraphs(document), document.encoding) == ([body], encoding)


def test_page_with_a_damaged_character() -> None:
    """A page that declares its encoding may hold a damaged character; the note counts it."""
    page = '<meta charset="gbk"><p>请准时参加会议。</p>'.encode("gbk").replace(b"<p>", b"<p>\xff")
    document = parsed(page, "a.html")
    assert "请准时参加会议。" in document.text
    assert "damaged characters: 1" in document.notes[0]


def test_page_nested_too_deep_is_refused() -> None:
    """A page deeper than the parser goes is an error, not a text with a hole."""
    with pytest.raises(FormatError, match="nested"):
        parsed("<div>" * 5000 + "甲" + "</div>" * 5000 + "<p>乙</p>", "a.html")
    assert (
        parsed("<div>" * 1000 + "甲" + "</div>" * 1000 + "<p>乙</p>", "a.html").text == "甲\n\n乙"
    )


# Word


def word(body: str, *, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx whose body is this XML."""
    import docx

    document = docx.Document()
    stream = io.BytesIO()
    document.save(stream)
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, xml if entry.filename == "word/document.xml" else old.read(entry))
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def p(text: str) -> str:
    """Return a Word paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("case", load_cases("read_docx.jsonl"))
def test_word_text(case: dict[str, Any]) -> None:
    """A Word body gives the text that a reader sees, changes accepted."""
    assert paragraphs(parsed(word(case["input"]), "a.docx")) == case["wanted"]


def test_word_tables_and_headings() -> None:
    """Paragraphs, headings and cells come in document order; merged cells come once."""
    import docx

    document = docx.Document()
    document.add_heading("通知", 1)
    table = document.add_table(rows=3, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖并"
    document.add_paragraph("特此通知。")
    stream = io.BytesIO()
    document.save(stream)
    wanted = ["通知", "合并", "竖并", "格3", "格5", "特此通知。"]
    assert paragraphs(parsed(stream.getvalue(), "a.docx")) == wanted


def test_word_footnotes_come_last() -> None:
    """Footnotes are paragraphs after the body; the rules between them are not."""
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">{p("—")}</w:footnote>'
        f'<w:footnote w:id="1">{p("指社区阅览处。")}</w:footnote></w:footnotes>'
    )
    raw = word(p("图书角"), extra={"word/footnotes.xml": notes.encode()})
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relation.encode())
            new.writestr(entry.filename, data)
    assert paragraphs(parsed(out.getvalue(), "a.docx")) == ["图书角", "指社区阅览处。"]


def test_word_notes_what_is_not_text() -> None:
    """A user is told of tracked changes and of numbers that Word counts."""
    body = (
        "<w:p><w:pPr><w:numPr><w:numId w:val='99'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
        "<w:p><w:ins><w:r><w:t>乙</w:t></w:r></w:ins></w:p>"
    )
    notes = parsed(word(body), "a.docx").notes
    assert len(notes) == 2


def bomb() -> bytes:
    """Return a small archive that unpacks to 100 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * 100_000_000)
    return out.getvalue()


def archive(name: str, data: bytes) -> bytes:
    """Return an archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, data)
    return out.getvalue()


LAUGHS = (
    "<!DOCTYPE x ["
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    + "]><x>&a9;</x>"
).encode()
DTD = b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (word(p("甲"))[:-100], "damaged"),
        (bomb(), "unpacks"),
        (word(p("甲"), extra={"word/x.xml": DTD}), "entities"),
        (word(p("甲"), extra={"word/x.xml": DTD.decode().encode("utf-16")}), "entities"),
        (word(p("甲"), extra={"../evil.xml": b"<x/>"}), "path out of it"),
        (word(p("甲"), extra={"/etc/evil": b"x"}), "path out of it"),
        (word(p("甲"), extra={"C:\\evil": b"x"}), "path out of it"),
        (word(p("甲"), extra={"word/x.xml": LAUGHS}), "entities"),
        (archive("word/document.xml", b"<x/>"), "not a readable Word document"),
        (archive("a.txt", b"a"), "no .docx"),
        (archive("[Content_Types].xml", b"<x/>"), "lacks its part"),
        (word("<w:p>"), "not a readable Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office file"),
        ("就是一行字".encode(), "not a ZIP archive"),
    ],
    ids=[
        *("stub", "cut", "bomb", "dtd", "dtd-16", "up", "root", "drive", "laughs", "other"),
        *("zip", "empty", "xml", "ole", "text"),
    ],
)
def test_bad_word_files(raw: bytes, message: str) -> None:
    """A damaged, dangerous or foreign .docx is a format error with its name and a hint."""
    with pytest.raises(FormatError, match=message) as caught:
        parsed(raw, "a.docx")
    assert str(caught.value).startswith("a.docx: ")
    assert caught.value.hint


def test_word_of_the_strict_standard() -> None:
    """A document in the namespace of the strict standard is read too."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<w:document xmlns:w="{strict}"><w:body>{p("甲")}</w:body></w:document>'
    assert parsed(archive("word/document.xml", xml.encode()), "a.docx").text == "甲"


def test_word_with_two_entries_of_one_name() -> None:
    """Which of two entries is meant cannot be known, so the file is refused."""
    out = io.BytesIO(word(p("甲")))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", b"<x/>")
    with pytest.raises(FormatError, match="of the same name"):
        parsed(out.getvalue(), "a.docx")


@pytest.mark.parametrize("suffix", [".html", ".xhtml", ".md", ".docx"])
def test_entities_of_a_page_are_not_expanded(suffix: str) -> None:
    """Neither a file of the machine nor a billion laughs comes in by an entity."""
    own = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{Path(__file__).as_uri()}">]>'
    for head, use in ((own, "&a;"), (LAUGHS.decode().partition("<x>")[0], "&a9;")):
        page = f"{head}<p>甲{use}乙</p>"
        if suffix == ".docx":
            with pytest.raises(FormatError, match="entities"):
                parsed(archive("word/document.xml", page.encode()), "a" + suffix)
        else:
            assert len(parsed(page, "a" + suffix).text) < len(page)


def test_word_with_more_elements_than_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to millions of elements is refused as it is read."""
    monkeypatch.setattr(aligner.formats.docx, "_MOST_ELEMENTS", -100_000)
    with pytest.raises(FormatError, match="more elements than a document of its size"):
        parsed(word(p("甲")), "a.docx")


def test_page_too_deep_to_look_for_its_main_text() -> None:
    """A page whose tags are nested hundreds deep, all over, is kept whole, with a note."""
    page = "<div>" * 900 + "<p>甲</p>" * 2000 + "</div>" * 900
    document = parsed(page, "a.html")
    assert len(document.paragraphs) == 2000
    assert "too large to look for" in document.notes[0]


def test_text_far_too_long_for_one_document() -> None:
    """A million lines are refused before they fill the memory."""
    with pytest.raises(ReadError, match="1,000,001 lines"):
        parsed("甲\n" * 1_000_001, "a.txt")


def test_soft_hyphens_go() -> None:
    """A place where a word may be parted is no character; a word parted there is joined."""
    assert clean("trans\xadla\xad\n  tion") == "translation"
    assert clean("end.\xad\nNext") == "end.\nNext"


# Files


def test_read_document(tmp_path: Path) -> None:
    """A file is read with its name as the user wrote it."""
    path = tmp_path / "通知.zh.txt"
    path.write_bytes(NOTICE.encode("gb18030"))
    document = read_document(path)
    assert (document.id, document.source, document.text) == ("通知.zh", str(path), NOTICE)
    assert read_document(str(path)) == document


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("none.txt", None, "no such file"),
        ("a\0b.txt", None, "cannot be read"),
        ("x" * 300 + ".txt", None, "cannot be read"),
        (".", None, "folder"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", " \n　\n".encode(), "no text"),
        ("blank.md", b"<!-- -->", "no text"),
        ("blank.html", b"<!-- -->", "no text"),
        ("blank.html", b"<script>x</script>", "no text"),
        ("blank.docx", word("<w:p/>"), "no text"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.html", archive("a", b"a"), "ZIP"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("a.txt", bytes(range(256)) * 9, "is not UTF-8"),
        ("a.txt", b"ab\0\1\2" * 99, "binary"),
        ("a.xyz", bytes(range(256)) * 9, "suffix '.xyz' is unknown"),
    ],
)
def test_file_errors(tmp_path: Path, name: str, raw: bytes | None, message: str) -> None:
    """Each thing that can be wrong with a file is an error with its name and a hint."""
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ReadError, match=message) as caught:
        read_document(path)
    assert str(caught.value).startswith(shown(path))
    assert caught.value.hint


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused before it is parsed."""
    monkeypatch.setattr(aligner.formats.documents, "MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("eleven byte")
    with pytest.raises(ReadError, match="larger"):
        read_document(tmp_path / "a.txt")


def test_unknown_suffix_is_tried_as_text() -> None:
    """A text under an unknown suffix is read, with a note."""
    document = parsed(NOTICE, "notice.2024")
    assert document.text == NOTICE
    assert "unknown" in document.notes[0]


def test_stray_null_bytes_are_counted() -> None:
    """A null byte or two in a long UTF-8 text are spaces, with a note."""
    document = parsed(NOTICE * 20 + "\0", "a.txt")
    assert document.notes == ("1 null bytes read as spaces",)


def test_every_reader_exists() -> None:
    """Each suffix of the table names a function that can be imported."""
    for suffix in DOCUMENT_SUFFIXES:
        with pytest.raises(ReadError):
            parsed(b"", "a" + suffix)
        with pytest.raises(ReadError):
            parsed(b" ", "a" + suffix)


SEEDS = [
    NOTICE.encode(),
    NOTICE.encode("gb18030"),
    NOTICE.encode("utf-16"),
    ZH_PAGE.encode("gb18030"),
    b"---\na: b\n---\n# x\n\n- [a](b)\n  1. **c**\n\n|a|\n|-|\n|b|\n<div>",
    word(p("甲") + p("乙")),
]


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(DOCUMENT_SUFFIXES)),
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=4),
    st.floats(0, 1),
)
def test_any_bytes_give_a_document_or_an_error(
    suffix: str, seed: bytes, spoils: list[tuple[float, bytes]], cut: float
) -> None:
    """Spoiled and cut files are a document or an error of ours, never anything else."""
    raw = bytearray(seed[: round(len(seed) * cut)] if cut > 0.2 else seed)
    for where, data in spoils:
        at = round(where * len(raw))
        raw[at : at + len(data)] = data
    with contextlib.suppress(AlignerError):
        assert parsed(bytes(raw), "a" + suffix).paragraphs


@settings(max_examples=60)
@given(st.sampled_from(sorted(DOCUMENT_SUFFIXES)), st.binary(max_size=200))
def test_random_bytes_give_a_document_or_an_error(suffix: str, raw: bytes) -> None:
    """Random bytes too."""
    with contextlib.suppress(AlignerError):
        assert parsed(raw, "a" + suffix).paragraphs
