"""What may not be read at all, and what may not grow while it is read."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from aligner.check.baseline.baseline_file import read_baseline
from aligner.convert import convert
from aligner.errors import AlignerError, FormatError, ReadError
from aligner.formats.bitexts import read_bitext
from aligner.formats.common.child_process import CHARACTERS, broken
from aligner.formats.common.file_bytes import open_regular
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.documents import Source, parse, read_document
from aligner.formats.glossaries import read_glossary
from aligner.formats.html import attribute_squares
from aligner.formats.validate import validate
from aligner.glossary.merge import Statement, merge
from aligner.pairing.manifest import read_manifest
from aligner.scoring import read_align, read_units
from aligner.segment import segment

CORPORA = Path(__file__).parents[1] / "corpora"
WATCHDOG = 60  # seconds after which a command hangs; each takes about one

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")

READS: dict[str, Callable[[Path], object]] = {
    "a.txt": read_document,
    "a.docx": read_document,
    "a.pdf": read_document,
    "a.tmx": read_bitext,
    "a.tsv": read_bitext,
    "a.xlsx": read_bitext,
    "a.parquet": read_bitext,
    "a.align": read_bitext,
    "g.csv": read_glossary,
    "g.xlsx": read_glossary,
    "g.tbx": read_glossary,
    "b.toml": read_baseline,
    "b.jsonl": read_baseline,
    "m.csv": read_manifest,
    "m.parquet": read_manifest,
    "v.tmx": validate,
    "v.tbx": validate,
    "v.align": validate,
    "v.parquet": validate,
    "v.zh": validate,
    "gold.align": read_align,
    "n.align": lambda path: read_units(_beside(path), "zh"),
}


@pytest.fixture
def watchdog() -> Iterator[None]:
    """End a test that waits for ever."""

    def bark(*_: object) -> None:
        raise TimeoutError("hangs")

    old = signal.signal(signal.SIGALRM, bark)
    signal.alarm(WATCHDOG)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)


def _beside(path: Path) -> Path:
    os.mkfifo(path.with_name("n.zh.unit"))
    return path


# What is no regular file


@posix
@pytest.mark.usefixtures("watchdog")
@pytest.mark.parametrize("name", READS)
def test_a_named_pipe_is_refused(tmp_path: Path, name: str) -> None:
    """No reader waits for somebody to write into a pipe."""
    path = tmp_path / name
    os.mkfifo(path)
    for other in ("v.en", "a.zh", "a.en"):
        (tmp_path / other).write_text("x\n")
    with pytest.raises(ReadError, match="is a pipe, not a file") as caught:
        READS[name](path)
    assert "save what comes out of it to a file first" in caught.value.hint


@posix
@pytest.mark.usefixtures("watchdog")
def test_sockets_devices_and_terminals_are_refused(tmp_path: Path) -> None:
    """What has no end, or waits for keys, is named for what it is."""
    leader, follower = os.openpty()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "a.txt"))
        for path, what in (
            (tmp_path / "a.txt", "a socket"),
            (Path("/dev/zero"), "a device or a terminal"),
            (Path(os.ttyname(follower)), "a device or a terminal"),
        ):
            with pytest.raises(ReadError, match=f"is {what}, not a file"):
                read_document(path)
    os.close(leader)
    os.close(follower)


@posix
@pytest.mark.parametrize(
    "command",
    [
        ["segment", "p.txt"],
        ["align", "p.txt", "en.txt"],
        ["convert", "p.tmx", "-o", "o.tsv"],
        ["validate", "p.tmx"],
        ["evaluate", "p.align", "p.align"],
        ["batch", "p.csv", "-o", "o"],
        ["terms", "p.tsv"],
        ["pair", "folder", "-o", "o.csv", "--by-name-only"],
    ],
    ids=lambda command: str(command[0]),
)
def test_no_command_hangs_on_a_named_pipe(tmp_path: Path, command: list[str]) -> None:
    """A command says that its input is a pipe and ends; a folder's other files are read."""
    (tmp_path / "folder").mkdir()
    for name in ("p.txt", "p.tmx", "p.align", "p.csv", "p.tsv", "folder/p.zh.txt"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "en.txt").write_text("The meeting is open.\n")
    (tmp_path / "folder" / "a.zh.txt").write_text("会议现在开始。\n", "utf-8")
    (tmp_path / "folder" / "a.en.txt").write_text("The meeting is open.\n")
    done = subprocess.run(
        [sys.executable, "-m", "aligner", *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=WATCHDOG,
    )
    assert "is a pipe, not a file" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == (0 if command[0] == "pair" else 2)


@posix
@pytest.mark.usefixtures("watchdog")
def test_process_substitution_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """`<(command)` of a shell is a pipe: it has no suffix and can be read only once."""
    reading, writing = os.pipe()
    with pytest.raises(ReadError, match="is a pipe") as caught:
        read_document(f"/dev/fd/{reading}")
    assert "to a file first" in caught.value.hint
    os.close(reading)
    os.close(writing)


def test_a_file_that_grows_has_an_end(tmp_path: Path) -> None:
    """What is written to a file while it is read is not read."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a line\n" * 20_000)
    with open_regular(path, "a.txt") as file, path.open("ab") as more:
        read = 0
        for line in file:
            read += len(line)
            more.write(b"one more\n")
            more.flush()
    assert read == 140_000


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder with the suffix of a format is no file of it."""
    for name, read in READS.items():
        if name.startswith(("n.", "a.align", "v.zh")):
            continue
        (tmp_path / name).mkdir()
        with pytest.raises(AlignerError, match="is a folder"):
            read(tmp_path / name)


# What grows faster than the file


def test_a_tag_of_many_attributes_is_refused() -> None:
    """A parser's time grows with the square of the attributes of a tag, so these are counted."""
    many = " ".join(f"a{n}='>'" for n in range(40_000))
    for page in (f"<p {many}>正文。</p>", f"<p {many}"):
        with pytest.raises(FormatError, match="more attributes than any page"):
            parse(Source(page.encode(), "a.html"))
    fine = f"<p {' '.join(f'a{n}=1' for n in range(300))}>正文。</p>" * 20
    assert "正文。" in parse(Source(fine.encode(), "a.html")).text


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        ("<p>", 0),
        ("<p a b=c d='e > f' g = \"<p h>\">i j</p k>", 4),
        ("<br/><br />", 0),
        ("a < b and c > d", 0),
        ("<p a=1/b>", 1),
        ("<p a=/b=1 c>", 2),
        ("<p =a b>", 2),
    ],
)
def test_attributes_are_counted_as_browsers_do(tag: str, count: int) -> None:
    """Quoted values may hold anything, others end at a blank, and text has none."""
    assert attribute_squares(tag) == count**2


def test_a_glossary_row_of_too_many_alternatives_is_refused(tmp_path: Path) -> None:
    """A row stands for each of its terms with each of its targets, so the product is bounded."""
    terms = "|".join(f"词{n}" for n in range(300))
    targets = "|".join(f"t{n}" for n in range(300))
    path = tmp_path / "g.csv"
    path.write_text(f"zh,en\n{terms},{targets}\n", "utf-8")
    with pytest.raises(FormatError, match=r"row 2: 300 terms with 300 targets each"):
        read_glossary(path)
    path.write_text(f"zh,en\n词,{targets}\n", "utf-8")
    assert len(read_glossary(path).entries[0].targets) == 300


def test_a_concept_of_too_many_terms_is_refused(tmp_path: Path) -> None:
    """The same holds for a concept of a termbase."""
    sides = "".join(
        f"<langSet xml:lang='{lang}'>"
        + "".join(f"<tig><term>{lang}词{n}</term></tig>" for n in range(200))
        + "</langSet>"
        for lang in ("zh", "en")
    )
    path = tmp_path / "g.tbx"
    path.write_text(f"<martif><text><termEntry>{sides}</termEntry></text></martif>", "utf-8")
    with pytest.raises(FormatError, match="200 terms with 200 targets each"):
        read_glossary(path)


# Characters that XML forbids

TU = '<tu><tuv xml:lang="zh"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>A</seg></tuv></tu>\n'
UNIT = '<unit id="u"><segment><source>{}</source><target>A</target></segment></unit>\n'
TRANS = '<trans-unit id="u"><source>{}</source><target>A</target></trans-unit>\n'
XMLS = {
    "a.tmx": ('<tmx version="1.4"><header/><body>\n', TU, "</body></tmx>"),
    "a.xlf": (
        (
            '<xliff version="2.0" srcLang="zh" trgLang="en" xmlns="urn:oasis:names:tc:xliff:'
            'document:2.0"><file id="f">\n'
        ),
        UNIT,
        "</file></xliff>",
    ),
    "a.sdlxliff": (
        (
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
            ' source-language="zh" target-language="en" datatype="x"><body>\n'
        ),
        TRANS,
        "</body></file></xliff>",
    ),
}


def xml(name: str, *texts: str) -> str:
    """Return a file with a unit for each text, on lines of their own from line 2."""
    head, unit, tail = XMLS[name]
    return head + "".join(unit.format(text) for text in texts) + tail


@pytest.mark.parametrize("name", XMLS)
@pytest.mark.parametrize(
    ("spoilt", "shown"),
    [
        ("&#xD800;", "&#xD800;"),
        ("&#xFFFE;乙", "&#xFFFE;"),
        ("乙&#1114112;", "&#1114112;"),
        ("乙&#31;&#xDC00;", "&#xDC00;"),
    ],
)
def test_a_forbidden_character_refuses_its_unit_alone(
    tmp_path: Path, name: str, spoilt: str, shown: str
) -> None:
    """A character that is none is told with its line; the other units are read."""
    path = tmp_path / name
    path.write_text(xml(name, "甲", spoilt, "丙"), "utf-8")
    found = read_bitext(path)
    assert [unit.src for unit in found.units()] == ["甲", "丙"]
    why = f"it holds a character that XML forbids, such as {shown}"
    assert found.src_doc.notes == (f"1 unit is left out, line 3: {why}",)
    assert any(shown in problem.message and problem.line == 3 for problem in validate(path))


@pytest.mark.parametrize("name", XMLS)
@pytest.mark.parametrize(
    ("spoilt", "read", "shown"),
    [
        ("乙&#x1F;乙", "乙乙", "&#x1F;"),
        ("乙&#0;", "乙", "&#0;"),
        ("A&#11;B", "A B", "&#11;"),
        ("twenty&#x1e;one", "twenty-one", "&#x1e;"),
        ("乙\x1f乙", "乙乙", "U+001F"),
        ("<![CDATA[乙\x02]]>", "乙", "U+0002"),
        ('<ph x="&#8;"/>乙', "乙", "&#8;"),
    ],
)
def test_a_control_character_is_taken_out_of_its_unit(
    tmp_path: Path, name: str, spoilt: str, read: str, shown: str
) -> None:
    """XML forbids it, but it says nothing that is read; its line is told."""
    path = tmp_path / name
    path.write_text(xml(name, "甲", spoilt, "丙"), "utf-8")
    found = read_bitext(path)
    assert [unit.src for unit in found.units()] == ["甲", read, "丙"]
    why = "1 unit is read without the control characters in it, which XML forbids: line 3"
    assert found.src_doc.notes == (why,)
    assert any(shown in problem.message and problem.line == 3 for problem in validate(path))


@pytest.mark.parametrize("name", XMLS)
@pytest.mark.parametrize(
    ("written", "read", "told"),
    [
        ("乙&nbsp;乙", "乙\xa0乙", "&nbsp;"),
        ("研&hellip;&ldquo;发", "研…“发", "&hellip;"),
        ("R&D 与 &", "R&D 与 &", "&"),
        ("<![CDATA[乙&nbsp;&D]]>", "乙&nbsp;&D", ""),
        ("R&amp;D", "R&D", ""),
    ],
)
def test_references_whose_sense_is_plain(
    tmp_path: Path, name: str, written: str, read: str, told: str
) -> None:
    """Names of HTML and an ampersand alone are read; the check of the format tells them."""
    path = tmp_path / name
    path.write_text(xml(name, "甲", written, "丙"), "utf-8")
    assert [unit.src for unit in read_bitext(path).units()] == ["甲", read, "丙"]
    said = [p.message for p in validate(path) if p.rule.startswith("a file holds only references")]
    assert said == ([f"it holds {told}"] if told else [])


@pytest.mark.parametrize("name", XMLS)
@pytest.mark.parametrize("written", ["&what;", "&#xZZ;"])
def test_a_reference_that_means_nothing_refuses_its_unit_alone(
    tmp_path: Path, name: str, written: str
) -> None:
    """A unit with a reference that nobody defines is left out, and told."""
    path = tmp_path / name
    path.write_text(xml(name, "甲", f"乙{written}", "丙"), "utf-8")
    found = read_bitext(path)
    assert [unit.src for unit in found.units()] == ["甲", "丙"]
    assert (
        f"line 3: it holds a reference that is not defined, such as {written}"
        in (found.src_doc.notes[0])
    )


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "gb18030"])
def test_forbidden_characters_in_other_encodings(tmp_path: Path, codec: str) -> None:
    """A reference is found in any encoding."""
    path = tmp_path / "a.tmx"
    declared = "utf-16" if codec.startswith("utf") else codec
    text = f'<?xml version="1.0" encoding="{declared}"?>' + xml("a.tmx", "甲", "乙&#xD800;", "丙")
    raw = text.encode(codec)
    path.write_bytes(b"\xfe\xff" + raw if codec == "utf-16-be" else raw)
    assert [unit.src for unit in read_bitext(path).units()] == ["甲", "丙"]


def test_what_looks_like_a_forbidden_reference(tmp_path: Path) -> None:
    """In CDATA a reference is text, and allowed ones are characters, whatever their length."""
    path = tmp_path / "a.tmx"
    texts = ["<![CDATA[甲&#x1F;]]>", "&#x4E59;&#x10FFFD;&#9;x", "&amp;#x1F;", "&#x000000000004E59;"]
    path.write_text(xml("a.tmx", *texts, "&#xFFFF;"), "utf-8")
    wanted = ["甲&#x1F;", "乙\U0010fffd\tx", "&#x1F;", "乙"]
    assert [unit.src for unit in read_bitext(path).units()] == wanted


def test_forbidden_characters_on_one_long_line(tmp_path: Path) -> None:
    """A reference at any place of a line that is read in blocks is found whole."""
    path = tmp_path / "a.tmx"
    for shift in range(0, 12, 3):
        filler = "甲" * 100 + "x" * shift
        text = xml("a.tmx", *([filler] * 1_000), "乙&#xD8FF;乙", filler).replace("\n", "")
        cut = text.encode().index(b"&#xD8FF;") % 65_536
        text = text.replace("<body>", "<body>" + " " * (65_536 - cut - 3), 1)
        path.write_text(text, "utf-8")
        assert len(read_bitext(path).alignment.beads) == 1_001


def test_a_file_of_nothing_but_forbidden_characters_says_why(tmp_path: Path) -> None:
    """If no unit is left, the error tells what the units hold."""
    path = tmp_path / "a.tmx"
    path.write_text(xml("a.tmx", "甲&#xFFFE;", "&#xFFFE;"), "utf-8")
    with pytest.raises(ReadError, match=r"2 units are left out, lines 2, 3: .*&#xFFFE;"):
        read_bitext(path)


def test_convert_tells_what_it_left_out(tmp_path: Path) -> None:
    """A unit that is left out far behind the beginning is told as well."""
    path = tmp_path / "a.tmx"
    path.write_text(xml("a.tmx", *(["甲"] * 2_000), "乙&#xFFFE;"), "utf-8")
    told: list[str] = []
    convert(path, tmp_path / "a.tsv", tell=told.append)
    assert [note.partition(":")[0] for note in told] == ["1 unit is left out, line 2002"]


def test_a_forbidden_character_refuses_its_concept_alone(tmp_path: Path) -> None:
    """The same holds for termbases."""
    concept = (
        "<termEntry><langSet xml:lang='zh'><tig><term>{0}</term></tig></langSet>"
        "<langSet xml:lang='en'><tig><term>t{0}</term></tig></langSet></termEntry>\n"
    )
    concepts = "".join(concept.format(term) for term in ("甲", "乙&#xFFFE;", "丙&#x1F;"))
    path = tmp_path / "g.tbx"
    path.write_text(f"<martif><text>{concepts}</text></martif>", "utf-8")
    found = read_glossary(path)
    assert [entry.src for entry in found.entries] == ["甲", "丙"]
    assert "concept 2, line 2: &#xFFFE;" in found.notes[0]
    assert found.notes[1].endswith("which XML forbids: concept 3, line 3: &#x1F;")


# What unpacks to more than it has


def packed(**parts: str) -> bytes:
    """Return a workbook of one sheet, `rows` in it, and perhaps shared `strings` and `styles`."""
    head = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
        "</Relationships>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        "</Types>"
    )
    sheet = f'<Relationship Id="r1" Type="{office}/worksheet" Target="sheet1.xml"/>'
    book = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    entries = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations.format(book),
        "xl/_rels/workbook.xml.rels": relations.format(sheet),
        "xl/workbook.xml": f'<workbook {head} xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/sheet1.xml": f"<worksheet {head}><sheetData>{parts['rows']}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {head}>{parts.get('strings', '')}</sst>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in entries.items():
            package.writestr(name, text)
    return file.getvalue()


ROW = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>1</v></c></row>'


@pytest.mark.parametrize("size", [5_000, 200_000])
def test_cells_that_share_a_long_text_are_bounded(tmp_path: Path, size: int) -> None:
    """The text of a workbook is not far larger than the file, however often it is named.

    A small workbook is read in this process, a larger one in another.
    """
    rows = "".join(ROW.format(n) for n in range(1, 4_000))
    strings = f"<si><t>{'甲' * size}</t></si><si><t>{'a' * size}</t></si>"
    for name, read in (("a.xlsx", read_bitext), ("g.xlsx", read_glossary)):
        path = tmp_path / name
        path.write_bytes(packed(rows=rows, strings=strings))
        assert path.stat().st_size < 100_000
        if size * 4_000 > CHARACTERS:
            with pytest.raises(FormatError, match="unpacks to far more text than it has bytes"):
                read(path)


def test_a_workbook_of_any_size_is_read_alike(tmp_path: Path) -> None:
    """Whether this process or another reads a workbook makes no difference."""
    path = tmp_path / "a.xlsx"
    strings = "<si><t>甲_x0041_</t></si><si><t>a</t></si>"
    found = []
    for filler in ("", " " * 400_000):
        gap = ROW.format(3).replace("<v>1</v>", "<v>1</v>" + filler)
        path.write_bytes(packed(rows=ROW.format(1) + gap, strings=strings))
        found.append([(unit.src, unit.tgt) for unit in read_bitext(path).units()])
    assert found[0] == found[1] == [("甲A", "a")] * 2


def test_a_sheet_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that reaches its bounds is an error that says so."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed(rows="<row/>" * 60_000))
    monkeypatch.setattr(
        "aligner.formats.xlsx_sheets.child_values", lambda *_, **__: _breaks_down(path)
    )
    with pytest.raises(FormatError, match="takes more time or memory than a file of its size"):
        read_bitext(path)


def _breaks_down(path: Path) -> Iterator[object]:
    yield {"sheet": "a", "several": False, "beside": []}
    raise broken(BitextSource(path, "a.xlsx"))


def test_a_bitext_of_too_many_units_is_streamed_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units that cannot all be held can still be converted."""
    monkeypatch.setattr("aligner.formats.common.assemble_bitext.MOST_UNITS", 10)
    path = tmp_path / "a.tsv"
    path.write_text("zh\ten\n" + "甲\ta\n" * 11, "utf-8")
    with pytest.raises(ReadError, match="too many to be looked at together"):
        read_bitext(path)
    convert(path, tmp_path / "o.tsv")
    assert len((tmp_path / "o.tsv").read_text("utf-8").splitlines()) == 12


def test_a_parquet_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    """A text of 60 MB that was packed into a few kB is no text of a bitext."""
    path = tmp_path / "a.parquet"
    pl.DataFrame({"zh": ["甲", "甲" * 21_000_000], "en": ["a", "a"]}).write_parquet(
        path, statistics=False
    )
    assert path.stat().st_size < 200_000
    with pytest.raises(FormatError, match="unpacks to far more text than it has bytes"):
        read_bitext(path)


def test_a_part_of_notes_is_read_once() -> None:
    """A document that names its notes a thousand times has them once."""
    words = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="r" Type="{kind}" Target="footnotes.xml"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relation * 1_000}</Relationships>",
        )
        body = f"<w:document {words}><w:body>{note.format('正文。')}</w:body></w:document>"
        package.writestr("word/document.xml", body)
        notes = f'<w:footnote w:id="1">{note.format("注释。")}</w:footnote>'
        package.writestr("word/footnotes.xml", f"<w:footnotes {words}>{notes}</w:footnotes>")
    assert parse(Source(file.getvalue(), "a.docx")).text == "正文。\n\n注释。"


def test_a_document_of_too_many_sentences_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More sentences than anybody can align are an error before the memory is full."""
    monkeypatch.setattr("aligner.segment.MOST_SEGMENTS", 10)
    document = parse(Source("好。".encode() * 11, "a.txt"))
    with pytest.raises(ReadError, match=r"a\.txt: has more than 10 sentences"):
        segment(document, "zh")


def test_links_of_huge_numbers_and_blanks_are_refused(tmp_path: Path) -> None:
    """Gold that names sentence 10**5000 is no alignment; blanks behind a link cost nothing."""
    path = tmp_path / "gold.align"
    path.write_text(f"[0]:[0]\n[{'9' * 5_000}]:[0]\n")
    with pytest.raises(FormatError, match=r"gold\.align:2: a number is too large"):
        read_align(path)
    path.write_text("[0]:[0]: " + " " * 300_000 + "x\n[1]:[1]:  0.5  \n")
    assert [link.p for link in read_align(path)] == [None, 0.5]


@pytest.mark.parametrize("name", ["a.tsv", "g.tsv"])
def test_a_table_of_too_many_columns_is_refused(tmp_path: Path, name: str) -> None:
    """Every column is looked at in many rows, so their number is bounded."""
    path = tmp_path / name
    path.write_text("zh\ten" + "\tx" * 5_000 + "\n甲\ta\n", "utf-8")
    with pytest.raises(FormatError, match="5,002 columns"):
        READS[name.replace("g.tsv", "g.csv")](path)


def test_many_notes_on_one_target_take_linear_time() -> None:
    """The notes of a term are put together once, each in its first place."""
    said = [Statement("词", "t", "preferred", f"row {n}", f"n{n % 20_000}") for n in range(60_000)]
    glossary, problems = merge(said, "g.csv")
    assert not problems
    notes = glossary.entries[0].targets[0].note.split("; ")
    assert notes == [f"n{n}" for n in range(20_000)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a." * 30_000 + "a = 1\n", "tables inside each other"),
        ("[[accepted]]\nterm = {" + "a." * 30_000 + "a = 1}\n", "tables inside each other"),
        ("[" + "'a' . " * 30_000 + "a]\n", "tables inside each other"),
        ("accepted = " + "[" * 100_000, "is not TOML"),
        ("[[accepted]]\ncount = 0x" + "f" * 20_000 + "\n", "no term"),
    ],
)
def test_a_baseline_of_depth_or_huge_numbers_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    """A parser of TOML takes time with the square of the parts of a key."""
    path = tmp_path / "b.toml"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        read_baseline(path)


@pytest.mark.parametrize("field", ["count", "doc", "by"])
def test_a_huge_number_in_a_baseline_is_refused(tmp_path: Path, field: str) -> None:
    """A hexadecimal number may have more digits than Python writes."""
    path = tmp_path / "b.toml"
    entry = '[[accepted]]\nterm = "甲"\nrendering = "a.b.c.d"\nreason = "a, [b.c]"\n'
    path.write_text(f"{entry}{field} = 0x{'f' * 20_000}\n", "utf-8")
    with pytest.raises(FormatError, match=f"{field} is"):
        read_baseline(path)
    path.write_text(entry, "utf-8")
    assert len(read_baseline(path).entries) == 1


def test_a_segment_inside_another_belongs_to_it(tmp_path: Path) -> None:
    """Marks in each other are one segment, not as many copies of one text."""
    path = tmp_path / "a.sdlxliff"
    marks = "".join(f'<mrk mtype="seg" mid="{n}">' for n in range(3))
    text = f'{marks}甲</mrk></mrk></mrk><mrk mtype="seg" mid="9">乙</mrk>'
    unit = f"<source>x</source><seg-source>{text}</seg-source><target>{text}</target>"
    path.write_text(xml("a.sdlxliff").replace("<body>", f"<body><trans-unit>{unit}</trans-unit>"))
    assert [unit.src for unit in read_bitext(path).units()] == ["甲", "乙"]


def test_comments_in_a_termbase_cost_nothing(tmp_path: Path) -> None:
    """Half a million comments in a term, whose time grew with the square, are passed over."""
    path = tmp_path / "g.tbx"
    entry = "<langSet xml:lang='{}'><tig><term>{}</term></tig></langSet>"
    term = "甲" + "<!-- a --><?b c?>" * 300_000 + "乙"
    entries = entry.format("zh", term) + entry.format("en", "t")
    path.write_text(f"<martif><termEntry>{entries}</termEntry></martif>", "utf-8")
    assert read_glossary(path).entries[0].src == "甲乙"
