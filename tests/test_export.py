"""Writing a bitext: nothing lost, nothing executable, the same bytes twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.errors import ExportError, SettingError
from aligner.formats.outputs import BITEXT_FORMATS, targets, write_bitext
from aligner.formats.validate import validate
from aligner.span import Span

SCHEMAS = Path(__file__).parents[2] / "shared" / "schemas" / "validate.py"


def document(name: str, texts: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one paragraph a text, and its segments."""
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 1
    segments = tuple(
        Segment(name, k, span, text)
        for k, (span, text) in enumerate(zip(spans, texts, strict=True))
    )
    kept = tuple(s for s, t in zip(spans, texts, strict=True) if t.strip())
    whole = "\n".join(texts)
    return Document(name, whole, kept), segments


def bitext(src: list[str], tgt: list[str], beads: tuple[Bead, ...]) -> Bitext:
    """Return a bitext of these sentences."""
    (src_doc, src_segments), (tgt_doc, tgt_segments) = document("d.zh", src), document("d.en", tgt)
    alignment = Alignment(beads, len(src), len(tgt))
    return Bitext("d", src_doc, tgt_doc, src_segments, tgt_segments, alignment, signature="made up")


SAMPLE = bitext(
    ["=1+1", "第二句。", "附件"],
    ["@SUM(A1)", "Second.\tStill second.", "-footer"],
    (
        Bead(Span(0, 1), Span(0, 1), 0.98765),
        Bead(Span(1, 2), Span(1, 2), 0.5),
        Bead(Span(2, 3), Span(2, 2), 0.9),
        Bead(Span(3, 3), Span(2, 3), 1.0),
    ),
)
TEXTS = st.text(min_size=1, max_size=20) | st.sampled_from(
    [
        "=cmd|'/c calc'!A1",
        "]]>",
        "<b>&amp;</b>",
        "\u202eright to left",
        "𠀀𠀁",
        "a\tb",
        "x\r\ny",
        "\x00z",
    ]
)


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    """Draw a bitext of up to six sentences a side."""
    src, tgt = (draw(st.lists(TEXTS, min_size=1, max_size=6)) for _ in range(2))
    cuts = sorted(draw(st.lists(st.integers(0, len(src)), max_size=4)))
    others = sorted(
        draw(st.lists(st.integers(0, len(tgt)), min_size=len(cuts), max_size=len(cuts)))
    )
    borders = [(0, 0), *zip(cuts, others, strict=True), (len(src), len(tgt))]
    beads = [
        Bead(Span(a, c), Span(b, d), draw(st.floats(0, 1)))
        for (a, b), (c, d) in pairwise(borders)
        if c > a or d > b
    ]
    return bitext(src, tgt, tuple(beads))


def squeezed(text: str) -> str:
    """Return a text without what formats may change: white space and control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff\u2028\u2029]", "", text)


@settings(max_examples=40, deadline=None)
@given(bitexts(), st.sampled_from(["tsv", "csv", "jsonl", "moses", "tmx"]))
def test_every_sentence_is_in_the_output_or_beside_it(value: Bitext, name: str) -> None:
    """Whatever the text, each unit is in the file or in the list of those without partner."""
    with TemporaryDirectory() as folder:
        paths = write_bitext(value, Path(folder) / f"out.{name}")
        raw = "".join(p.read_text("utf-8", errors="replace") for p in paths)
    if name == "jsonl":
        raw = "".join(f"{u['src']}\n{u['tgt']}" for u in map(json.loads, raw.split("\n")[:-1]))
    if name == "tmx":
        raw = (
            raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#13;", "")
        )
    if name == "csv":
        raw = raw.replace('""', '"')
    for segment in (*value.src, *value.tgt):
        wanted = squeezed(segment.text)
        assert (wanted.replace('""', '"') if name == "csv" else wanted) in squeezed(raw)


@settings(max_examples=20, deadline=None)
@given(bitexts())
def test_parquet_and_links_hold_everything(value: Bitext) -> None:
    """Parquet gives back texts, numbers and probabilities; the link file the links."""
    with TemporaryDirectory() as folder:
        (table,) = write_bitext(value, Path(folder) / "out.parquet")
        (links,) = write_bitext(value, Path(folder) / "out.align")
        found = pl.read_parquet(table)
        lines = links.read_text("utf-8").split("\n")[:-1]
    units = list(value.units())
    assert found["src"].to_list() == [u.src for u in units]
    assert found["tgt_ids"].to_list() == [list(u.tgt_ids) for u in units]
    assert found["p"].to_list() == [u.p for u in units]
    assert len(lines) == len(units)


@pytest.mark.parametrize("name", BITEXT_FORMATS)
def test_a_second_run_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    """Nothing in any format depends on when it is written."""
    runs = []
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        paths = write_bitext(SAMPLE, tmp_path / str(number) / f"out.{name}")
        runs.append([(p.name, p.read_bytes()) for p in paths])
    assert runs[0] == runs[1]


def test_jsonl_has_the_documented_fields(tmp_path: Path) -> None:
    """One bead a line; an empty side has no span."""
    (path,) = write_bitext(SAMPLE, tmp_path / "out.jsonl")
    first, _, third, _ = map(json.loads, path.read_text("utf-8").splitlines())
    assert first == {
        "doc": "d", "src": "=1+1", "tgt": "@SUM(A1)", "src_ids": [0], "tgt_ids": [0],
        "kind": "1-1", "p": 0.9877, "src_span": [0, 4], "tgt_span": [0, 8],
    }  # fmt: skip
    assert third["tgt"] == ""
    assert third["tgt_span"] is None


def test_a_spreadsheet_has_no_formulas(tmp_path: Path) -> None:
    """Cells that begin with = or @ are text."""
    (path,) = write_bitext(SAMPLE, tmp_path / "out.xlsx")
    table = pl.read_excel(path, sheet_name="bitext", infer_schema_length=0)
    assert table["src"].to_list()[:3] == ["=1+1", "第二句。", "附件"]
    assert table["tgt"].to_list()[0] == "@SUM(A1)"


def test_a_cell_too_long_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    """A text over Excel's limit is not cut in silence."""
    long = bitext(["长" * 40_000], ["long"], (Bead(Span(0, 1), Span(0, 1), 1.0),))
    with pytest.raises(ExportError, match="unit 1 has 40000") as caught:
        write_bitext(long, tmp_path / "out.xlsx")
    assert "parquet" in caught.value.hint


def test_tmx_keeps_its_rules(tmp_path: Path) -> None:
    """The source language is one of every unit's; no segment is empty; nulls go beside."""
    path, unpaired = write_bitext(SAMPLE, tmp_path / "out.tmx")
    tree = etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True))
    assert tree.find("header").get("srclang") == "zh-CN"
    assert len(tree.findall(".//tu")) == 2
    assert all(seg.text.strip() for seg in tree.iter("seg"))
    assert unpaired.name == "out.unpaired.tsv"
    assert "附件" in unpaired.read_text("utf-8")


XML_FORMATS = ("tmx", "xlf", "xliff20")


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas are not at hand")
def test_xml_is_valid(tmp_path: Path) -> None:
    """DTD and schemas accept TMX 1.4, XLIFF 1.2 (strict) and 2.0, also without any unit."""
    alone = bitext(
        ["甲"], ["A"], (Bead(Span(0, 1), Span(0, 0), 1), Bead(Span(1, 1), Span(0, 1), 1))
    )
    odd = bitext(
        ["]]>\x00\u202e𠀀\r\n=1", "\ud800"], ["<b>&amp;\x1f", "b"],
        (Bead(Span(0, 1), Span(0, 1), 0.9), Bead(Span(1, 2), Span(1, 2), 0.1)),
    )  # fmt: skip
    paths = [
        write_bitext(replace(value, id=f"d{n}"), tmp_path / f"{n}.{name}", to=name)[0]
        for n, value in enumerate((SAMPLE, alone, odd))
        for name in XML_FORMATS
    ]
    done = subprocess.run(
        [sys.executable, SCHEMAS, *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@settings(max_examples=25, deadline=None)
@given(bitexts(), st.sampled_from(XML_FORMATS))
def test_our_own_rules_hold(value: Bitext, name: str) -> None:
    """Whatever the texts, what we write has no problem that `validate` knows of."""
    with TemporaryDirectory() as folder:
        path = write_bitext(value, Path(folder) / "out.xml", to=name)[0]
        assert validate(path, from_="tmx" if name == "tmx" else "xliff") == ()


@pytest.mark.parametrize("name", XML_FORMATS)
def test_xml_is_read_by_another_program(tmp_path: Path, name: str) -> None:
    """translate-toolkit finds the same units."""
    zh = ["=1+1", "他说：“走吧。”]]>", "第三句。\n换行"]
    en = ["@SUM(A1)", "<b>&amp;\t\u202eright", "Third 😀."]
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.5) for n in range(3))
    value = bitext(zh, en, beads)
    path = write_bitext(value, tmp_path / "out.xml", to=name)[0]
    if name == "tmx":
        tmx = pytest.importorskip("translate.storage.tmx")
        with path.open("rb") as file:
            store = tmx.tmxfile(file, "zh-CN", "en-US")
    else:
        module, kind = {"xlf": ("xliff", "xlifffile"), "xliff20": ("xliff2", "Xliff2File")}[name]
        storage = pytest.importorskip(f"translate.storage.{module}")
        store = getattr(storage, kind).parsefile(str(path))
    found = [(unit.source, unit.target) for unit in store.units if unit.istranslatable()]
    assert found == [(unit.src, unit.tgt) for unit in value.units()]


def test_xliff_says_what_a_reviser_should_see(tmp_path: Path) -> None:
    """Unlikely links have a state of their own; kind, probability and places are there."""
    old, unpaired = write_bitext(SAMPLE, tmp_path / "out.xlf")
    tree = etree.parse(old)
    states = [node.get("state") for node in tree.iter("{*}target")]
    assert states == ["translated", "needs-review-translation"]
    assert tree.find(".//{*}trans-unit/{*}note").text == "link 1-1, p=0.9877"
    assert "附件" in unpaired.read_text("utf-8")
    new = etree.parse(write_bitext(SAMPLE, tmp_path / "new.xlf", to="xliff20")[0])
    assert [s.get("subState") for s in new.iter("{*}segment")] == [None, "aligner:review"]
    metas = {m.get("type"): m.text for m in new.find(".//{*}unit").iter("{*}meta")}
    assert metas["x-p"] == "0.9877"
    assert metas["x-tgt-span"] == "0-8"


def test_intertext_has_both_texts_and_their_links(tmp_path: Path) -> None:
    """The English numbers stand first; every number of a link is one of a sentence."""
    links, zh, en = write_bitext(SAMPLE, tmp_path / "out.intertext")
    ids = {
        path.name: {s.get("id"): s.text for s in etree.parse(path).iter("s")} for path in (zh, en)
    }
    root = etree.parse(links).getroot()
    assert (root.get("toDoc"), root.get("fromDoc")) == ("out.en.xml", "out.zh.xml")
    found = [(link.get("type"), link.get("xtargets")) for link in root]
    assert [kind for kind, _ in found] == ["1-1", "1-1", "0-1", "1-0"]
    for kind, numbers in found:
        to, source = (side.split() for side in numbers.split(";"))
        assert kind == f"{len(to)}-{len(source)}"
        assert set(to) <= ids["out.en.xml"].keys()
        assert set(source) <= ids["out.zh.xml"].keys()
    assert list(ids["out.zh.xml"].values()) == [s.text for s in SAMPLE.src]


@pytest.mark.parametrize("name", XML_FORMATS)
def test_language_codes_can_be_chosen(tmp_path: Path, name: str) -> None:
    """A code is written as BCP 47 has it; one of another language is refused."""
    path = tmp_path / "out.xml"
    write_bitext(SAMPLE, path, to=name, src_lang="zh_tw", tgt_lang="EN-GB")
    text = path.read_text("utf-8")
    assert '"zh-TW"' in text
    assert '"en-GB"' in text
    assert '"zh-CN"' not in text
    for wrong in ("en-US", "*all*", "zh-"):
        with pytest.raises(SettingError):
            write_bitext(SAMPLE, path, to=name, src_lang=wrong)


@pytest.mark.parametrize("name", BITEXT_FORMATS)
def test_half_a_character_is_no_obstacle(tmp_path: Path, name: str) -> None:
    """A lone surrogate, which no encoding holds, does not keep a file from being written."""
    value = bitext(["甲\ud800"], ["A"], (Bead(Span(0, 1), Span(0, 1), 0.5),))
    written = write_bitext(value, tmp_path / f"out.{name}")
    if name not in {"align", "parquet", "xlsx"}:
        assert any("甲" in path.read_text("utf-8") for path in written)


@settings(max_examples=15, deadline=None)
@given(bitexts())
def test_a_spreadsheet_holds_everything(value: Bitext) -> None:
    """Every text is read back from the spreadsheet, however it begins."""
    with TemporaryDirectory() as folder:
        (path,) = write_bitext(value, Path(folder) / "out.xlsx")
        table = pl.read_excel(
            path, sheet_name="bitext", infer_schema_length=0, drop_empty_rows=False
        )
    units = list(value.units())
    for side, wanted in (("src", [u.src for u in units]), ("tgt", [u.tgt for u in units])):
        found = [squeezed(text or "") for text in table[side].to_list()]
        assert found == [squeezed(text) for text in wanted]


@settings(max_examples=30, deadline=None)
@given(bitexts())
def test_moses_is_parallel_for_any_reader(value: Bitext) -> None:
    """However a reader splits lines, both sides have as many, and none is blank."""
    with TemporaryDirectory() as folder:
        zh, en, *_ = write_bitext(value, Path(folder) / "out.moses")
        sides = [path.read_bytes().decode() for path in (zh, en)]
    for split in (str.splitlines, lambda text: text.split("\n")[:-1]):
        zh_lines, en_lines = map(split, sides)
        assert len(zh_lines) == len(en_lines)
        assert all(line.strip() for line in (*zh_lines, *en_lines))


def test_a_blank_side_goes_beside(tmp_path: Path) -> None:
    """A link to a sentence of white space has no place in TMX, and is not lost."""
    value = bitext(["　"], ["Text."], (Bead(Span(0, 1), Span(0, 1), 0.5),))
    path, unpaired = write_bitext(value, tmp_path / "out.tmx")
    assert b"<seg>" not in path.read_bytes()
    lines = unpaired.read_text("utf-8").splitlines()
    assert [line.split("\t")[1] for line in lines] == ["side", "zh", "en"]


def test_a_list_of_an_earlier_run_does_not_stay(tmp_path: Path) -> None:
    """A run without one-sided units leaves no stale rows beside its output."""
    write_bitext(SAMPLE, tmp_path / "out.tmx")
    value = bitext(["甲。"], ["A."], (Bead(Span(0, 1), Span(0, 1), 0.5),))
    assert write_bitext(value, tmp_path / "out.tmx") == (tmp_path / "out.tmx",)
    assert not (tmp_path / "out.unpaired.tsv").exists()
    assert len(write_bitext(value, tmp_path / "new.tmx")) == 1


@pytest.mark.parametrize(("name", "to"), [("d.moses", None), ("d.zh", "tsv"), ("d", "moses")])
def test_no_document_is_replaced(tmp_path: Path, name: str, to: str | None) -> None:
    """An output that would be one of the two documents is refused."""
    source = tmp_path / "d.zh"
    source.write_text("原文", "utf-8")
    value = replace(SAMPLE, src_doc=replace(SAMPLE.src_doc, source=str(source)))
    with pytest.raises(ExportError, match="would replace a document"):
        write_bitext(value, tmp_path / name, to=to)
    assert source.read_text("utf-8") == "原文"


@pytest.mark.parametrize("name", ["x" * 300 + ".tsv", "a\0b.tsv", "x" * 300 + ".moses"])
def test_impossible_names_are_errors(tmp_path: Path, name: str) -> None:
    """A name that the system refuses is an error of ours."""
    with pytest.raises(ExportError):
        write_bitext(SAMPLE, tmp_path / name)


def test_targets_are_what_is_written(tmp_path: Path) -> None:
    """`targets` names every file of an output before it is written."""
    for name in BITEXT_FORMATS:
        path = tmp_path / f"v1.2.{name}"
        assert set(write_bitext(SAMPLE, path)) <= set(targets(path))


def test_moses_sides_have_as_many_lines(tmp_path: Path) -> None:
    """Tabs and line ends inside a text do not shift the other side."""
    zh, en, unpaired = write_bitext(SAMPLE, tmp_path / "out.moses")
    assert zh.read_text("utf-8").count("\n") == en.read_text("utf-8").count("\n") == 2
    assert unpaired.read_text("utf-8").count("\n") == 3


def test_wrong_targets_are_named(tmp_path: Path) -> None:
    """An unknown format and a missing folder are errors with a hint."""
    with pytest.raises(SettingError, match="docx"):
        write_bitext(SAMPLE, tmp_path / "out.docx")
    with pytest.raises(ExportError, match="no folder"):
        write_bitext(SAMPLE, tmp_path / "nowhere" / "out.tsv")
