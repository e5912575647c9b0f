"""Rich text, subtitles, messages and pairs of texts: what is read, and what is told."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pysubs2
import pytest
from striprtf.striprtf import rtf_to_text

from aligner.errors import AlignerError, FormatError, LanguageError, ReadError
from aligner.formats.bitexts import BitextFile, open_bitext, read_bitext
from aligner.formats.documents import Source, parse
from aligner.formats.outputs import write_bitext
from aligner.formats.validate import validate
from helpers.made_documents import cues, epub, odt, packed, po, pptx, rtf

CORPORA = Path(__file__).parent.parent / "corpora"


def text_of(raw: bytes | str, name: str) -> str:
    """Return the text of a file."""
    return parse(Source(raw.encode() if isinstance(raw, str) else raw, name)).text


# Rich text


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (r"{\footnote \chftn  a note}\par", "甲。\n\na note"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par", "甲。link"),
        (r"{\v hidden}{\deleted gone}{\*\unknown x}{\pict\bin4 }}{{}seen\par", "甲。seen"),
        (r"\u-10179?\u-8704?\uc2\u20057ab!\par", "甲。😀乙!"),
        (r"{\uc0\u20057}b{\listtext \'b7\tab}\par{\listtext 2.\tab}c", "甲。乙b\n\n2. c"),
        (r"\par\trowd\intbl a\cell b\cell\row\pard c\par", "甲。\n\na\n\nb\n\nc"),
        (r"\u20057 \par b\par", "甲。乙\n\nb"),
        (r"\line x\tab y\~z\_\emdash\{\}\\\par", "甲。\nx\ty\xa0z-—{}\\"),
        (r"{\upr{old}{\*\ud new}}{\shp{\*\shpinst{\sp{\sv 1}}{\shptxt box}}}", "甲。newbox"),
        ("}{\\rtf1 behind", "甲。"),
    ],
)
def test_rich_text(code: str, wanted: str) -> None:
    """Notes, links, Unicode, lists, cells, signs and boxes give what a reader sees."""
    body = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 S;}}\f0 \'bc\'d7\'a1\'a3" + code + "}"
    assert text_of(body, "a.rtf") == wanted


def test_rich_text_is_what_another_program_reads() -> None:
    """Striprtf reads the same characters of plain paragraphs."""
    lines = (CORPORA / "news/news.zh.txt").read_text("utf-8").split("\n")
    raw = rtf([line.strip() for line in lines if line.strip()][::2])
    other = rtf_to_text(raw.decode(), "gb18030", "ignore")  # type: ignore[no-untyped-call]
    assert "".join(text_of(raw, "a.rtf").split()) == "".join(other.split())


def test_a_doc_is_read_as_what_it_is() -> None:
    """Rich text and web pages named .doc are read, with a word; the old format says what to do."""
    assert "rich text" in parse(Source(rtf(["甲"]), "a.doc")).notes[-1]
    page = parse(Source("<html><body><p>甲乙丙。</p></body></html>".encode(), "a.doc"))
    assert page.text == "甲乙丙。"
    with pytest.raises(FormatError, match="before 2007") as caught:
        text_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc")
    assert "soffice --headless --convert-to docx" in caught.value.hint
    with pytest.raises(FormatError, match="neither a Word document"):
        text_of("text", "a.doc")


# Subtitles


def shown(*cues: str, pause: float = 0.5) -> str:
    """Return subtitles in SubRip, two seconds a cue."""
    step = 2 + pause
    return "".join(
        f"{n + 1}\n00:00:{n * step:06.3f} --> 00:00:{n * step + 2:06.3f}\n{text}\n\n"
        for n, text in enumerate(cues)
    ).replace(".", ",", 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (shown("The valve that", "you see is old.", "Mr. Li", "knows it."),
         ["The valve that you see is old. Mr. Li knows it."]),
        (shown("你看到的", "阀门很旧。", "用了 20", "年。"), ["你看到的阀门很旧。用了 20 年。"]),
        (shown("- 你好。\n- 早上好。", "我们", "走吧。"), ["- 你好。\n- 早上好。我们走吧。"]),
        (shown("你看到的", "真的吗？", "很旧 很旧"), ["你看到的", "真的吗？", "很旧 很旧"]),
        (shown("It is old.", "Why?", pause=9), ["It is old.", "Why?"]),
        (shown("阀门很旧，\nThe valve is old,", "要换。\nso change it."),
         ["阀门很旧，要换。", "The valve is old, so change it."]),
        (shown("{\\an8}<i>Old</i> &amp; <font color=red>new</font>.", "12", "1 < 2."),
         ["Old & new. 12 1 < 2."]),
    ],
)  # fmt: skip
def test_subtitles(text: str, wanted: list[str]) -> None:
    """Sentences go on over cues until a pause or a speaker; unmarked cues stand alone."""
    assert text_of(text, "a.srt").split("\n\n") == wanted


def test_web_subtitles() -> None:
    """Notes, styles, names of cues and settings are no text, nor is what still stands there."""
    text = (
        "WEBVTT\n\nNOTE no\ntext\n\nSTYLE\n::cue {}\n\nopening\n00:01.000 --> 00:02.000 line:0\n"
        "<v Li>Old <00:01.500><c>valves</c>\n\nNOTE again\n\n"
        "2\n00:02.000 --> 00:03.000\n<v Li>Old valves\nare <00:02.500><c>dear.</c>\n"
    )
    assert text_of(text, "a.vtt") == "Old valves are dear."


def test_substation_subtitles() -> None:
    """Cues come in the order of their times; comments, drawings and overrides are no text."""
    head = "[Events]\nFormat: Start, End, Text\n"
    text = (
        "[Script Info]\nDialogue: 0:00:00.00,0:00:01.00,no\n\n" + head
        + "Dialogue: 0:00:03.00,0:00:04.00,{\\b1}are dear, yes.{\\b0}\n"
        "Comment: 0:00:03.00,0:00:04.00,no\nDialogue: 0:00:01.00,0:00:02.00,Old\\Nvalves\\h\n"
        "Dialogue: 0:00:03.00,0:00:04.00,{\\p1}m 0 0 l 9 9\nDialogue: broken\n"
    )  # fmt: skip
    assert text_of(text, "a.ass") == "Old valves are dear, yes."


@pytest.mark.parametrize("kind", ["srt", "ass"])
def test_subtitles_are_what_another_program_reads(kind: str) -> None:
    """pysubs2 reads the same characters."""
    lines = (CORPORA / "news/news.zh.txt").read_text("utf-8").split("\n")
    raw = cues([line.strip() for line in lines if line.strip()], kind)
    other = "".join(event.plaintext for event in pysubs2.SSAFile.from_string(raw.decode()))
    assert re.sub(r"\s", "", text_of(raw, f"a.{kind}")) == re.sub(r"\s", "", other)


# Messages


def test_messages_of_programs(tmp_path: Path) -> None:
    """Each message is a unit; what is not translated, not sure or gone is told with its line."""
    path = tmp_path / "a.po"
    path.write_bytes(
        po([("Open", "打开"), ('Say "a"\n', "说“一”\n")])
        + b'#, fuzzy, c-format\nmsgid "guess"\nmsgstr "x"\n\nmsgid "none"\nmsgstr ""\n\n'
        + 'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d 个文件"\n\n'.encode()
        + b'#~ msgid "gone"\n#~ msgstr "y"\n'
    )
    found = open_bitext(path)
    assert isinstance(found, BitextFile)
    assert [(unit.src, unit.tgt) for unit in found.units()] == [
        ("打开", "Open"),
        ("说“一”", 'Say "a"'),
        ("%d 个文件", "%d file"),
        ("%d 个文件", "%d files"),
    ]
    assert [re.sub(r"^1 unit is left out, ", "", note) for note in found.notes] == [
        "line 13: it is marked as fuzzy, which is not confirmed",
        "line 17: it is not translated",
        "line 24: it is obsolete",
    ]
    assert (found.src_lang, found.tgt_lang) == ("zh-CN", "en-US")


@pytest.mark.parametrize(
    ("name", "text", "error", "message"),
    [
        ("a.pot", 'msgid "Open"\nmsgstr ""\n', FormatError, "is a template"),
        ("a.po", 'msgid "Open"\nmsgstr ""\n', FormatError, "is a template"),
        ("a.po", 'msgid "Open"\nmsgstr "打开"\n\nmsgid "a"b"\n', FormatError, "a.po:4: is not"),
        ("a.po", "/etc/passwd", FormatError, "is not readable PO"),
        ("a.po", 'msgid "Open"\nmsgstr "Ouvrir"\n', LanguageError, "one Chinese and one English"),
        ("a.po", 'msgid "a"\nmsgstr ""\n' + '"x"\n' * 6_000, FormatError, "is larger than"),
    ],
)
def test_bad_messages(
    tmp_path: Path, name: str, text: str, error: type[AlignerError], message: str
) -> None:
    """A template, a broken file and one in other languages are named errors with a hint."""
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(error, match=message) as caught:
        read_bitext(tmp_path / name)
    assert caught.value.hint


# Pairs of texts


def test_a_pair_of_texts_is_read(tmp_path: Path) -> None:
    """A Moses pair is named by either file or by a name that need not exist."""
    value = read_bitext(CORPORA / "news" / "news.sent.align")
    write_bitext(value, tmp_path / "a.moses")
    wanted = [(unit.src, unit.tgt) for unit in value.units() if unit.src and unit.tgt]
    for name, form in (("a.moses", None), ("a.zh", "moses"), ("a.en", "moses")):
        units = read_bitext(tmp_path / name, from_=form).units()
        assert [(unit.src, unit.tgt) for unit in units] == wanted
    with (tmp_path / "a.en").open("a") as file:
        file.write("One more.\n")
    with pytest.raises(FormatError, match=r"a\.zh: has \d+ lines, a\.en has more"):
        read_bitext(tmp_path / "a.moses")


# Packages


def test_notes_of_presentations_come_last() -> None:
    """Speaker's notes are read behind the slides and told; a hidden slide is not read."""
    document = parse(Source(pptx(["甲", "乙", "丙"], notes="说明"), "a.pptx"))
    assert document.text.split("\n\n") == ["甲", "乙", "丙", "说明"]
    assert document.notes == ("comments are not read", "speaker's notes come after the slides")
    hidden = parse(Source(pptx(["甲", "乙", "丙"], show="0"), "a.pptx"))
    assert hidden.text.split("\n\n") == ["乙", "丙"]
    assert hidden.notes == ("slides that are hidden are not read: 1",)


def test_parts_of_opendocument() -> None:
    """Notes come last; comments and deletions are told; blanks count where they are meant."""
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注"
        '</text:p></text:note-body></text:note>\n  乙<text:s text:c="2"/>丙<text:tab/>丁'
        "<office:annotation><text:p>x</text:p></office:annotation><text:line-break/>戊</text:p>"
    )
    document = parse(Source(odt(["题"], body=body), "a.odt"))
    assert document.text == "题\n\n甲 乙  丙\t丁\n戊\n\n注"
    assert document.notes == ("tracked changes are read as accepted", "comments are not read")


def test_numbers_of_opendocument_are_written_out() -> None:
    """Lists begin anew or go on, levels count for themselves, and bullets are no text."""
    level = '<text:list-level-style-number text:level="{}" style:num-format="{}" {}/>'
    shapes = (
        level.format(1, "一, 二, 三, ...", 'style:num-suffix="、"')
        + level.format(2, "1", 'style:num-prefix="(" style:num-suffix=")" text:display-levels="2"')
        + '<text:list-level-style-bullet text:level="3"/>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = item.format("丙", "") + item.format("", "") + item.format("丁", "")
    deep = f"<text:list>{item.format('戊', '')}</text:list>"
    inner += item.format("己", deep)
    second = item.format("乙", f"<text:p>又乙</text:p><text:list>{inner}</text:list>")
    body = (
        f'<text:list-style style:name="L">{shapes}</text:list-style>'
        f'<text:list text:style-name="L">{item.format("甲", "")}{second}</text:list>'
        '<text:list text:style-name="L" text:continue-numbering="true">'
        f"{item.format('庚', '')}</text:list>"
        f'<text:list text:style-name="L">{item.format("辛", "")}</text:list>'
    )
    document = parse(Source(odt(["题"], body=body), "a.odt"))
    assert document.text.split("\n\n") == [
        "题", "一、甲", "二、乙", "又乙", "(二.1) 丙", "(二.3) 丁", "(二.4) 己",
        "戊", "三、庚", "一、辛",
    ]  # fmt: skip


BOMB = b"<x>" + b" " * 100_000_000
DTD = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
MAINS = {
    ".odt": "content.xml",
    ".pptx": "ppt/presentation.xml",
    ".epub": "META-INF/container.xml",
}


@pytest.mark.parametrize("suffix", MAINS)
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, "unpacks from"),
        (DTD, "defines XML entities"),
        (b"<x>", "damaged"),
        (b"<x/>", "damaged"),
    ],
    ids=["bomb", "entities", "xml", "root"],
)
def test_bad_packages(suffix: str, data: bytes, message: str) -> None:
    """A bomb, entities and what is no document are errors with the file's name and a hint."""
    with pytest.raises(FormatError, match=message) as caught:
        text_of(packed({MAINS[suffix]: data}), f"a{suffix}")
    assert str(caught.value).startswith(f"a{suffix}: ")
    assert caught.value.hint


@pytest.mark.parametrize("suffix", [*MAINS, ".rtf", ".srt", ".ass"])
@pytest.mark.parametrize("raw", [b"PK\x03\x04 stub", b"\x00\xff" * 99, "一行".encode()])
def test_files_of_another_kind(suffix: str, raw: bytes) -> None:
    """Whatever has the suffix of another kind is a named error."""
    with pytest.raises(AlignerError) as caught:
        text_of(raw, f"a{suffix}")
    assert str(caught.value).startswith(f"a{suffix}: ")


def test_locked_documents() -> None:
    """A password is named, not called damage."""
    manifest = b"<m><encryption-data/></m>"
    parts = {"content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest}
    with pytest.raises(FormatError, match="locked by a password"):
        text_of(packed(parts), "a.odt")


def test_a_book_lacks_a_page() -> None:
    """A page that is not there is told, and the others are read."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(epub(["甲", "乙", "丙"]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            if not name.endswith("c2.xhtml"):
                new.writestr(name, old.read(name))
    document = parse(Source(out.getvalue(), "a.epub"))
    assert document.text.split("\n\n") == ["甲", "丙"]
    assert document.notes == (
        "the page of contents is not read", "the book lacks its page OEBPS/text/c2.xhtml"
    )  # fmt: skip


def test_rules_of_intertext(tmp_path: Path) -> None:
    """Links that name what is not there, twice or out of order are told with their lines."""
    value = read_bitext(CORPORA / "news" / "news.sent.align")
    links, _, en = write_bitext(value, tmp_path / "a.intertext")
    assert validate(tmp_path / "a.intertext") == validate(links, from_="intertext") == ()
    lines = links.read_text("utf-8").split("\n")
    first = next(n for n, line in enumerate(lines) if "1-1" in line)
    lines[first] = '<link type="2-1" xtargets="9:99;1:1" status="done"/>'
    links.write_text("\n".join(lines), "utf-8")
    found = [(problem.line, problem.message) for problem in validate(tmp_path / "a.intertext")]
    assert found == [
        (first + 1, "it is '2-1', not 1-1"),
        (first + 1, "it is 'done'"),
        (first + 1, "there is no '9:99'"),
        (None, "'1:1' is in 0"),
    ]
    en.unlink()
    with pytest.raises(ReadError, match=r"a\.en\.xml: no such file"):
        validate(tmp_path / "a.intertext")
