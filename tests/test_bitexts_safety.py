"""Hostile and damaged bitexts: refused with a reason, or harmless."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from aligner.errors import AlignerError, FormatError, ReadError
from aligner.formats.bitexts import read_bitext
from aligner.formats.outputs import write_bitext
from aligner.formats.validate import validate

CORPORA = Path(__file__).parents[1] / "corpora"
TU = "<tu><tuv xml:lang='zh'><seg>{zh}</seg></tuv><tuv xml:lang='en'><seg>A</seg></tuv></tu>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def tmx(doctype: str, zh: str = "甲") -> str:
    """Return a small memory with a document type declaration."""
    body = TU.format(zh=zh)
    return f"<?xml version='1.0'?>{doctype}<tmx version='1.4'><header/><body>{body}</body></tmx>"


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "b">]>', "&a;"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "secret.txt">]>', "&a;"),
        ('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://localhost:9/x.dtd"> %p;]>', "甲"),
        (f"<!DOCTYPE tmx [{LAUGHS}]>", "&l9;"),
        (f"<!DOCTYPE tmx [{LAUGHS}]>", "甲"),
    ],
    ids=["entity", "external entity", "parameter entity", "billion laughs", "unused laughs"],
)
@pytest.mark.parametrize("suffix", ["tmx", "xlf"])
def test_entities_are_refused(tmp_path: Path, doctype: str, text: str, suffix: str) -> None:
    """A file that defines entities is not read, whether it uses them or not."""
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / f"a.{suffix}"
    path.write_text(
        tmx(doctype, text).replace("tmx", "xliff" if suffix == "xlf" else "tmx"), "utf-8"
    )
    with pytest.raises(FormatError) as caught:
        read_bitext(path)
    assert "entit" in str(caught.value).lower()
    assert "secret" not in str(caught.value).removeprefix(str(path))
    assert validate(path)


def test_entities_in_attributes_do_not_grow(tmp_path: Path) -> None:
    """Laughs in an attribute of the root, which is parsed before we see it, end early too."""
    text = tmx(f"<!DOCTYPE tmx [{LAUGHS}]>").replace("<tmx ", "<tmx x='&l9;' ")
    (tmp_path / "a.tmx").write_text(text, "utf-8")
    with pytest.raises(FormatError):
        read_bitext(tmp_path / "a.tmx")


def test_a_dtd_by_name_is_not_read(tmp_path: Path) -> None:
    """The declaration that TMX files carry is no reason to refuse, nor to load anything."""
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY a "from the DTD">')
    path = tmp_path / "a.tmx"
    path.write_text(tmx('<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "utf-8")
    assert read_bitext(path).src[0].text == "甲"
    path.write_text(tmx('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', "&a;"), "utf-8")
    with pytest.raises(ReadError, match="a reference that is not defined, such as &a;"):
        read_bitext(path)


@pytest.mark.parametrize("inside", ["body", "seg"])
def test_depth_is_bounded(tmp_path: Path, inside: str) -> None:
    """A thousand elements in one another are an error, not a crash."""
    deep = "<hi>" * 1_000 + "</hi>" * 1_000
    path = tmp_path / "a.tmx"
    text = tmx("", deep) if inside == "seg" else tmx("").replace("<body>", f"<body>{deep}")
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match="not well-formed"):
        read_bitext(path)


def test_a_unit_of_a_million_elements_is_refused(tmp_path: Path) -> None:
    """What one unit may hold is bounded; elements outside of units are dropped as they come."""
    path = tmp_path / "a.tmx"
    path.write_text(tmx("", "<x/>" * 200_000), "utf-8")
    with pytest.raises(FormatError, match="more than 100000 elements"):
        read_bitext(path)
    path.write_text(tmx("").replace("<body>", "<body>" + "<x/>" * 200_000), "utf-8")
    assert read_bitext(path).src[0].text == "甲"


def repacked(raw: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook in which a part is another."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return file.getvalue()


@pytest.fixture
def workbook(tmp_path: Path) -> bytes:
    """Return a workbook of ours."""
    write_bitext(read_bitext(CORPORA / "news" / "news.sent.align"), tmp_path / "w.xlsx")
    return (tmp_path / "w.xlsx").read_bytes()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_bomb_is_refused(tmp_path: Path, workbook: bytes) -> None:
    """A workbook that unpacks to two hundred times its size is not unpacked."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(workbook, SHEET, b" " * 100_000_000))
    with pytest.raises(FormatError, match="unpacks from"):
        read_bitext(path)


def test_a_dtd_in_a_workbook_is_refused(tmp_path: Path, workbook: bytes) -> None:
    """No part of a workbook may define entities."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(workbook, SHEET, f"<!DOCTYPE x [{LAUGHS}]><x>&l9;</x>".encode()))
    with pytest.raises(FormatError, match="defines XML entities"):
        read_bitext(path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ('<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>甲</t></is></c></row>', "rows"),
        ('<row r="1"><c r="ZZZ1" t="inlineStr"><is><t>甲</t></is></c></row>', "no text"),
    ],
)
def test_a_sheet_that_promises_too_much(
    tmp_path: Path, workbook: bytes, rows: str, message: str
) -> None:
    """A cell in the billionth row or the last column does not make a sheet of that size."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = f'{head}<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(workbook, SHEET, sheet.encode()))
    with pytest.raises(AlignerError, match=message):
        read_bitext(path)


def test_formulas_are_texts(tmp_path: Path) -> None:
    """A text that a spreadsheet program would run is written as text, and read as such."""
    path = tmp_path / "a.tsv"
    evil = ["=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("http://x")']
    rows = "".join(f"命令\t{text}\n" for text in evil)
    path.write_text(f"zh\ten\n{rows}", "utf-8")
    write_bitext(read_bitext(path), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts
    assert [u.tgt for u in read_bitext(tmp_path / "a.xlsx").units()] == evil


def test_a_parquet_that_breaks_its_reader_is_an_error(tmp_path: Path) -> None:
    """Parquet files that end the process that reads them do not end ours."""
    write_bitext(read_bitext(CORPORA / "news" / "news.sent.align"), tmp_path / "a.parquet")
    raw = (tmp_path / "a.parquet").read_bytes()
    path = tmp_path / "b.parquet"
    for start in (4, len(raw) // 2, len(raw) - 200):
        path.write_bytes(raw[:start] + b"\xff" * 40 + raw[start + 40 :])
        _bitext_or_error(path)


def test_offsets_do_not_ask_for_memory(tmp_path: Path) -> None:
    """A document is never far larger than the file that it comes from."""
    path = tmp_path / "a.jsonl"
    rows = [
        {"src": "甲", "tgt": "A", "src_ids": [n], "tgt_ids": [n],
         "src_span": [n * 10**6, n * 10**6 + 10**6], "tgt_span": [n, n + 1]}
        for n in range(100)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = read_bitext(path)
    assert len(found.src_doc.text) < 200_000
    assert [u.src for u in found.units()] == ["甲"] * 100
    path.write_text(json.dumps(rows[0] | {"src_ids": list(range(10_000))}) + "\n", "utf-8")
    assert len(read_bitext(path).src) <= 100


def test_json_in_json_in_json(tmp_path: Path) -> None:
    """Brackets a hundred thousand deep are an error of the line."""
    path = tmp_path / "a.jsonl"
    path.write_text("[" * 100_000 + "\n")
    with pytest.raises(FormatError, match=r"a\.jsonl:1"):
        read_bitext(path)


def test_no_file_and_no_name(tmp_path: Path) -> None:
    """A folder, a missing file and an impossible name are errors of ours."""
    (tmp_path / "f.tsv").mkdir()
    for name in ("f.tsv", "none.tsv", "x" * 300 + ".tsv", "a\0b.tsv"):
        with pytest.raises(AlignerError):
            read_bitext(tmp_path / name)


TOKENS = [
    b"<", b">", b'"', b"&", b"\0", b"\xff\xfe", b"[", b"{", b"999999999999", b"-1", b"NaN",
    b"1e999", b"\\ud800", b"null", b"\t", b"\n", b"<seg>", b"]]>", b"&#0;", b"<!DOCTYPE",
]  # fmt: skip


def mutated(raw: bytes, draw: random.Random) -> bytes:
    """Return bytes with a few of them changed, left out, doubled or cut off."""
    data = bytearray(raw)
    for _ in range(draw.choice([1, 2, 5, 20])):
        if not data:
            break
        at, other = draw.randrange(len(data)), draw.randrange(len(data))
        size = draw.choice([1, 5, 50])
        kind = draw.randrange(5)
        if kind == 0:
            data[at] = draw.randrange(256)
        elif kind == 1:
            del data[at : at + size]
        elif kind == 2:
            data[at:at] = data[other : other + size]
        elif kind == 3:
            data[at : at + size] = draw.choice(TOKENS)
        else:
            del data[max(at, len(data) // 2) :]
    return bytes(data)


def _bitext_or_error(path: Path) -> None:
    """Read and check a file; any exception but ours fails the test."""
    with suppress(AlignerError):
        assert sum(1 for _ in read_bitext(path).units())
    with suppress(AlignerError):
        validate(path)


@pytest.mark.parametrize(
    ("name", "times"),
    [("tsv", 60), ("csv", 60), ("jsonl", 60), ("tmx", 60), ("xlf", 60), ("align", 60),
     ("xlsx", 40), ("parquet", 4)],
)  # fmt: skip
def test_damaged_files(tmp_path: Path, name: str, times: int) -> None:
    """Whatever happens to its bytes, a file is a bitext or an error of ours."""
    value = read_bitext(CORPORA / "news" / "news.sent.align")
    write_bitext(value, tmp_path / f"a.{name}")
    raw = (tmp_path / f"a.{name}").read_bytes()
    path = tmp_path / f"b.{name}"
    for side in ("zh", "en"):
        (tmp_path / f"b.{side}").write_bytes((CORPORA / f"news/news.sent.{side}").read_bytes())
    draw = random.Random(name)  # noqa: S311 - the same files on every run
    for _ in range(times):
        path.write_bytes(mutated(raw, draw))
        _bitext_or_error(path)


def test_damaged_sheets(tmp_path: Path, workbook: bytes) -> None:
    """The same for what is inside a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    draw = random.Random(1)  # noqa: S311 - the same files on every run
    path = tmp_path / "b.xlsx"
    for _ in range(40):
        name = draw.choice(sorted(n for n in parts if "sheet" in n or "workbook" in n))
        path.write_bytes(repacked(workbook, name, mutated(parts[name], draw)))
        _bitext_or_error(path)


def test_no_code_runs_on_import() -> None:
    """The reading process takes its path as data, whatever it looks like."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "aligner.formats.parquet_process", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert isinstance(json.loads(done.stdout.splitlines()[0]), str)
