"""Reading bitexts: ours come back as they were, those of others as they stand."""

from __future__ import annotations

import json
import tracemalloc
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from case_files import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.convert import convert
from aligner.errors import AlignerError, FormatError, LanguageError, ReadError, SettingError
from aligner.formats.align import read_links
from aligner.formats.bitexts import iter_units, open_bitext, read_bitext, read_bitexts
from aligner.formats.common.link_beads import beads_of
from aligner.formats.common.link_lines import Link
from aligner.formats.common.unit_segments import pieces
from aligner.formats.outputs import write_bitext
from aligner.lang.joins import joined
from aligner.span import Lang, Span

CORPORA = Path(__file__).parents[1] / "corpora"


@pytest.mark.parametrize("case", load_cases("bitexts.jsonl"))
def test_files_of_other_programs(case: dict[str, Any], tmp_path: Path) -> None:
    """Each file of the cases gives its units, or an error that says where and what."""
    path = tmp_path / case["input"]["name"]
    path.write_bytes(case["input"]["text"].encode())
    wanted = case["wanted"]
    if "error" in wanted:
        with pytest.raises(AlignerError) as caught:
            read_bitext(path)
        assert wanted["error"] in str(caught.value)
        assert caught.value.hint
        return
    bitext = read_bitext(path)
    assert [[u.src, u.tgt, u.p] for u in bitext.units()] == wanted["units"]
    if "langs" in wanted:
        assert [bitext.src_lang, bitext.tgt_lang] == wanted["langs"]
    assert bitext.id == wanted.get("doc", "a")


def document(name: str, texts: list[str], gaps: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of these sentences with white space behind each, and its segments."""
    spans: list[Span] = []
    parts: list[str] = []
    at = 0
    for text, gap in zip(texts, gaps, strict=True):
        spans.append(Span(at, at + len(text)))
        parts += text, gap
        at += len(text) + len(gap)
    segments = tuple(
        Segment(name, k, span, text)
        for k, (span, text) in enumerate(zip(spans, texts, strict=True))
    )
    return Document(name, "".join(parts), tuple(spans)), segments


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12
) | st.sampled_from(
    [
        "=cmd|'/c calc'!A1",
        "]]>",
        "<b>&amp;</b>",
        "\u202eright to left\u200f",
        "𠀀𠀁",
        "a\tb",
        "x\r\ny",
        "\x00z\x1f",
        "_x0041_",
        '"quoted", with comma',
        "她说：“走吧。”",
    ]
)
SIDES = st.lists(st.tuples(WORDS, st.sampled_from(["\n", "\n\n", "  "])), min_size=1, max_size=6)


@st.composite
def bitexts(draw: st.DrawFn, *, words: bool = False) -> Bitext:
    """Draw a bitext of up to six sentences a side; with `words`, none of them is blank."""
    sides = []
    for mark in ("字", "w"):
        drawn = draw(SIDES)
        texts = [f"{mark}{text}{mark}" if words else text for text, _ in drawn]
        sides.append(document("d", texts, [gap for _, gap in drawn]))
    (src_doc, src), (tgt_doc, tgt) = sides
    cuts = sorted(draw(st.lists(st.integers(0, len(src)), max_size=4)))
    size = len(cuts)
    others = sorted(draw(st.lists(st.integers(0, len(tgt)), min_size=size, max_size=size)))
    borders = [(0, 0), *zip(cuts, others, strict=True), (len(src), len(tgt))]
    beads = [
        Bead(Span(a, c), Span(b, d), draw(st.integers(0, 10_000)) / 10_000)
        for (a, b), (c, d) in pairwise(borders)
        if c > a or d > b
    ]
    alignment = Alignment(tuple(beads), len(src), len(tgt))
    return Bitext("d", src_doc, tgt_doc, src, tgt, alignment, signature="made up")


def there_and_back(value: Bitext, name: str) -> Bitext:
    """Return a bitext as it is after it was written and read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{name}"
        write_bitext(value, path)
        return read_bitext(path, from_=None if name == "xlf" else name)


@settings(max_examples=60)
@given(bitexts(), st.sampled_from(["jsonl", "csv"]))
def test_text_formats_give_everything_back(value: Bitext, name: str) -> None:
    """Texts, links, probabilities and offsets are the same, whatever the texts hold."""
    assert list(there_and_back(value, name).units()) == list(value.units())


@settings(max_examples=8)
@given(bitexts())
def test_parquet_gives_everything_back(value: Bitext) -> None:
    """The same for Parquet, with the signature."""
    found = there_and_back(value, "parquet")
    assert list(found.units()) == list(value.units())
    assert found.signature == value.signature


@settings(max_examples=100)
@given(bitexts())
def test_workbooks_give_everything_back(value: Bitext) -> None:
    """A workbook keeps control characters and what looks like their codes."""
    assert list(there_and_back(value, "xlsx").units()) == list(value.units())


@settings(max_examples=60)
@given(bitexts(words=True), st.sampled_from(["tmx", "xliff12", "xliff20"]))
def test_xml_formats_give_all_but_control_characters_back(value: Bitext, name: str) -> None:
    """With the list beside them they hold every unit; a control character is U+FFFD."""
    found = list(there_and_back(value, name).units())
    wanted = list(value.units())
    assert [u.kind for u in found] == [u.kind for u in wanted]
    for ours, theirs in zip(wanted, found, strict=True):
        assert (theirs.p, theirs.src_ids, theirs.tgt_ids) == (ours.p, ours.src_ids, ours.tgt_ids)
        assert (theirs.src_span, theirs.tgt_span) == (ours.src_span, ours.tgt_span)
        if ours.src and ours.tgt:
            assert (theirs.src, theirs.tgt) == (xml(ours.src), xml(ours.tgt))


def xml(text: str) -> str:
    """Return a text with U+FFFD for what XML cannot hold."""
    keep = {"\t", "\n", "\r"}
    bad = {chr(n) for n in range(32)} - keep | {"\ufffe", "\uffff"}
    return "".join("\ufffd" if c in bad else c for c in text)


@settings(max_examples=40)
@given(bitexts(words=True))
def test_tsv_gives_all_but_line_ends_back(value: Bitext) -> None:
    """Links and probabilities are the same, and the texts but for their white space."""
    found = list(there_and_back(value, "tsv").units())
    for ours, theirs in zip(value.units(), found, strict=True):
        assert (theirs.kind, theirs.p) == (ours.kind, ours.p)
        assert theirs.src.split() == " ".join(ours.src.splitlines()).split()


@settings(max_examples=30)
@given(bitexts(), st.sampled_from(["jsonl", "csv"]))
def test_offsets_show_the_text(value: Bitext, name: str) -> None:
    """In the documents that are made, each segment stands at its offsets."""
    found = there_and_back(value, name)
    for doc, segments in ((found.src_doc, found.src), (found.tgt_doc, found.tgt)):
        for segment in segments:
            assert doc.text[slice(*segment.span)].removesuffix(" ") == segment.text.removesuffix(
                " "
            ) or doc.text[slice(*segment.span)].startswith(segment.text)
            if segment.span.size:
                paragraph = doc.paragraphs[segment.paragraph]
                assert paragraph.start <= segment.span.start
                assert segment.span.stop <= paragraph.stop


@settings(max_examples=80)
@given(
    st.text(max_size=40) | st.text("aB1 。汉５", max_size=20),
    st.integers(1, 6),
    st.sampled_from(["zh", "en"]),
)
def test_pieces_are_the_text(text: str, size: int, lang: Lang) -> None:
    """Joined, the pieces of a unit are its text; there are as many as can be."""
    ranges = pieces(text, size, lang)
    assert joined((text[slice(*r)] for r in ranges), " " if lang == "en" else "") == text
    assert len(ranges) == (min(size, text.count(" ") + 1) if lang == "en" else size)


def test_a_real_bitext_comes_back(tmp_path: Path) -> None:
    """A sample document with its gold links: every format that holds it gives the same units."""
    value = read_bitext(CORPORA / "story" / "story.sent.align")
    units = list(value.units())
    for name in ("jsonl", "csv", "tsv", "parquet", "xlsx", "tmx", "xlf", "xliff20"):
        path = tmp_path / f"story.{name}"
        write_bitext(value, path)
        found = read_bitext(path, from_="xliff" if name == "xliff20" else None)
        assert [(u.src, u.tgt, u.kind, u.p) for u in found.units()] == [
            (u.src, u.tgt, u.kind, u.p) for u in units
        ], name
        assert found.src_lang == "zh-TW"


def test_several_documents_in_a_file(tmp_path: Path) -> None:
    """Units of each document are numbered anew; each can be had as a bitext of its own."""
    lines = [
        {"doc": doc, "src": src, "tgt": tgt, "src_ids": [n], "tgt_ids": [n]}
        for doc, n, src, tgt in [("a", 0, "甲", "A"), ("a", 1, "乙", "B"), ("b", 0, "丙", "C")]
    ]
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert [(u.doc, u.src_ids) for u in iter_units(path)] == [("a", (0,)), ("a", (1,)), ("b", (0,))]
    assert [(b.id, len(b.src)) for b in read_bitexts(path)] == [("a", 2), ("b", 1)]
    assert (read_bitext(path).id, len(read_bitext(path).src)) == ("all", 3)
    convert(path, tmp_path / "all.tmx")
    assert [(b.id, len(b.src)) for b in read_bitexts(tmp_path / "all.tmx")] == [("a", 2), ("b", 1)]


def test_the_list_beside_goes_back_in_place(tmp_path: Path) -> None:
    """Units without partner stand where they stood; a list of something else is left alone."""
    path = tmp_path / "a.jsonl"
    rows = [("甲", "A", [0], [0]), ("乙", "", [1], []), ("", "B", [], [1]), ("丙", "C", [2], [2])]
    path.write_text(
        "".join(
            json.dumps({"src": s, "tgt": t, "src_ids": i, "tgt_ids": j}) + "\n"
            for s, t, i, j in rows
        ),
        "utf-8",
    )
    convert(path, tmp_path / "b.tmx")
    wanted = [(s, t) for s, t, _, _ in rows]
    assert [(u.src, u.tgt) for u in iter_units(tmp_path / "b.tmx")] == wanted
    list_ = tmp_path / "b.unpaired.tsv"
    damaged = list_.read_text("utf-8").replace("\tzh\t", "\t")
    list_.write_text("something else\n")
    assert len(list(iter_units(tmp_path / "b.tmx"))) == 2
    list_.write_text(damaged, "utf-8")
    with pytest.raises(FormatError, match=r"b\.unpaired\.tsv:2"):
        read_bitext(tmp_path / "b.tmx")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    """The encoding is found, reported and can be told."""
    path = tmp_path / "a.tsv"
    text = "原文\t译文\n" + "各有关单位应当及时报送材料。\tReport in time.\n" * 3
    path.write_bytes(text.encode(encoding))
    found = read_bitext(path)
    assert found.src[0].text == "各有关单位应当及时报送材料。"
    assert found.src_doc.encoding == ("utf-8" if "8-" in encoding else found.src_doc.encoding)
    told = read_bitext(path, encoding="utf-8" if "8-" in encoding else encoding)
    assert told.src[0].text == found.src[0].text
    with pytest.raises(ReadError, match="ascii"):
        read_bitext(path, encoding="ascii")


def test_workbooks_of_other_programs(tmp_path: Path) -> None:
    """The first sheet with two columns of text counts; numbers are text."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "about"
    book.active.append(["made by hand"])
    sheet = book.create_sheet("texts")
    for row in (["Chinese", "English"], ["第一条", "Article 1"], [2024, "2024"], [None, "Tail"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = [(u.src, u.tgt) for u in iter_units(tmp_path / "a.xlsx")]
    assert found == [("第一条", "Article 1"), ("2024", "2024"), ("", "Tail")]


def test_parquet_of_other_programs(tmp_path: Path) -> None:
    """Columns are known by their names; a null is an empty side."""
    table = pl.DataFrame({"n": [1, 2], "en": ["Rain", None], "zh": ["雨", "风"]})
    table.write_parquet(tmp_path / "a [1].parquet")
    found = [(u.src, u.tgt) for u in iter_units(tmp_path / "a [1].parquet")]
    assert found == [("雨", "Rain"), ("风", "")]


def test_languages_can_be_told(tmp_path: Path) -> None:
    """Where the script does not tell, the user does; other languages are refused."""
    path = tmp_path / "a.tsv"
    path.write_text("COVID-19\tCOVID-19\nPM2.5\tPM 2.5\n")
    with pytest.raises(LanguageError):
        read_bitext(path)
    assert next(iter_units(path, langs=("en", "zh"))).src == "COVID-19"
    with pytest.raises(SettingError, match="de"):
        read_bitext(path, langs=("de", "zh"))


def test_links_with_their_texts(tmp_path: Path) -> None:
    """Crossing links are joined, gaps filled, and texts found beside or where told."""
    (tmp_path / "a.align").write_text("[0]:[1]:0.5\n[1]:[0]:0.25\n[3]:[]:0.75\n[4]:[2]\n")
    (tmp_path / "x.txt").write_text("甲\n乙\n丙\n丁\n戊\n", "utf-8")
    (tmp_path / "y.txt").write_text("One\nTwo\nThree\n")
    with pytest.raises(ReadError, match=r"no a\.zh and a\.en") as caught:
        read_bitext(tmp_path / "a.align")
    assert "--texts" in caught.value.hint
    found = read_bitext(tmp_path / "a.align", texts=(tmp_path / "y.txt", tmp_path / "x.txt"))
    kinds = [(b.kind, b.p) for b in found.alignment.beads]
    assert kinds == [("2-2", 0.25), ("1-0", 1.0), ("1-0", 0.75), ("1-1", 1.0)]
    write_bitext(found, tmp_path / "b.align")
    again = read_links(tmp_path / "b.align", texts=(tmp_path / "x.txt", tmp_path / "y.txt"))
    assert again.alignment == found.alignment


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[0]:[0]\nx\n", "a.align:2: not a link"),
        ("[0]:[0]\n[0]:[1]\n", "a.align:2: Chinese sentence 0 is in line 1 too"),
        ("[0]:[7]\n", "a.align:1: no English sentence 7, the text has 2"),
        (f"[{'9' * 5000}]:[0]\n", "a.align:1: not a link"),
    ],
)
def test_wrong_links_are_named(tmp_path: Path, lines: str, message: str) -> None:
    """The line of a link that cannot be is in the message."""
    (tmp_path / "a.zh").write_text("甲\n乙\n", "utf-8")
    (tmp_path / "a.en").write_text("One\nTwo\n")
    (tmp_path / "a.align").write_text(lines)
    with pytest.raises(FormatError) as caught:
        read_bitext(tmp_path / "a.align")
    assert message in str(caught.value).replace(str(tmp_path) + "/", "")


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9))), max_size=6),
)
def test_any_links_become_one_alignment(sets: list[tuple[set[int], set[int]]]) -> None:
    """Whatever the links, the beads use every sentence once and join what was linked."""
    used: tuple[set[int], set[int]] = (set(), set())
    links = []
    for src, tgt in sets:
        link = Link(tuple(sorted(src - used[0])), tuple(sorted(tgt - used[1])))
        if link.src or link.tgt:
            links.append(link)
        used[0].update(src)
        used[1].update(tgt)
    beads = Alignment(beads_of(links, 10, 10), 10, 10).beads  # checks the law
    for link in links:
        if not link.is_null:
            bead = next(b for b in beads if b.src.start <= link.src[0] < b.src.stop)
            assert bead.tgt.start <= link.tgt[0] < bead.tgt.stop
            assert link.src[-1] < bead.src.stop


def test_links_of_ours_come_back(tmp_path: Path) -> None:
    """The gold of the sample documents is read, and written again to the byte."""
    for path in sorted(CORPORA.glob("*/*.align")):
        found = read_bitext(path)
        wanted = {(x.src, x.tgt) for x in map(_link, path.read_text().splitlines())}
        assert {(u.src_ids, u.tgt_ids) for u in found.units()} == wanted


def _link(line: str) -> Link:
    from aligner.formats.common.link_lines import parse_align

    return parse_align(line)[0]


def test_units_are_streamed(tmp_path: Path) -> None:
    """Reading and converting 20,000 units takes the memory of a few of them."""
    path = tmp_path / "big.tsv"
    with path.open("w", encoding="utf-8") as file:
        file.write("zh\ten\n")
        for number in range(20_000):
            file.write(f"第{number}条各单位应当及时报送材料\tArticle {number} Report in time\n")
    convert(path, tmp_path / "warm.tmx")  # imports
    tracemalloc.start()
    try:
        convert(path, tmp_path / "big.tmx")
        convert(tmp_path / "big.tmx", tmp_path / "big.xlf")
        count = sum(1 for _ in iter_units(tmp_path / "big.xlf"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 8_000_000


def test_convert_keeps_codes_or_takes_others(tmp_path: Path) -> None:
    """The variant comes from the file or its script, unless another code is given."""
    path = tmp_path / "a.tsv"
    path.write_text("zh\ten\n軟體與網路\tSoftware\n", "utf-8")
    convert(path, tmp_path / "a.tmx")
    assert open_bitext(tmp_path / "a.tmx").src_lang == "zh-TW"
    convert(tmp_path / "a.tmx", tmp_path / "b.xlf", src_lang="zh_hk", tgt_lang="en-GB")
    found = open_bitext(tmp_path / "b.xlf")
    assert (found.src_lang, found.tgt_lang) == ("zh-HK", "en-GB")
    with pytest.raises(SettingError, match="'de'"):
        convert(path, tmp_path / "c.tmx", tgt_lang="de")
    with pytest.raises(AlignerError, match="would replace"):
        convert(path, path)
