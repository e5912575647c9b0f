"""Values in notebooks and frames: short, escaped, and with what the files have."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import aligner
from aligner import pipeline
from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.findings import Finding, Terms
from aligner.formats.outputs import write_bitext
from aligner.notebook import SHOWN_ROWS
from aligner.span import Span


def document(name: str, text: str) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one sentence."""
    span = Span(0, len(text))
    return Document(name, text, (span,)), (Segment(name, 0, span, text),)


def bitext(zh: str, en: str, p: float = 1.0) -> Bitext:
    """Return a bitext of one pair."""
    src_doc, src = document("zh", zh)
    tgt_doc, tgt = document("en", en)
    alignment = Alignment((Bead(Span(0, 1), Span(0, 1), p),), 1, 1)
    return Bitext("two", src_doc, tgt_doc, src, tgt, alignment)


def checked(pair: Bitext, zh: Span, en: Span, accepted: str | None = None) -> Terms:
    """Return a term check with one finding."""
    finding = Finding(
        "two", pair.src_doc.text[slice(*zh)], pair.tgt_doc.text[slice(*en)], "other",
        "substitution", "warning", "Other words.", 0, (0,), (0,), zh, en, 0.8, accepted,
    )  # fmt: skip
    return Terms((pair,), (), (finding,), 1.0)


def test_a_bitext_is_shown_escaped() -> None:
    """What is markup in a text is text on the page; what is hidden is visible."""
    shown = bitext("<script>甲</script>", 'A & "b"\x1b\u202e', 0.4)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;甲" in shown
    assert "A &amp; &quot;b&quot;\\x1b\\u202e" in shown
    assert "<mark>0.400</mark>" in shown
    assert 'lang="zh-CN"' in shown


def test_findings_are_marked() -> None:
    """The words of a finding are marked in both texts, and nothing else is."""
    shown = checked(bitext("一<二三", "one <two three"), Span(2, 3), Span(5, 8))._repr_html_()
    assert "一&lt;<mark>二</mark>三" in shown
    assert "one &lt;<mark>two</mark> three" in shown
    assert shown.count("<mark>") == 2


def test_a_long_table_is_cut(tmp_path: Path) -> None:
    """The rows that are not shown are counted."""
    lines = "".join(f"第{n}句。\tSentence {n}.\n" for n in range(SHOWN_ROWS + 7))
    (tmp_path / "long.tsv").write_text(f"zh\ten\n{lines}", encoding="utf-8")
    shown = aligner.load(tmp_path / "long.tsv")._repr_html_()
    assert shown.count("<tr>") == SHOWN_ROWS + 1
    assert "and 7 more" in shown


def test_values_are_short() -> None:
    """No value prints the texts that it holds."""
    pair = bitext("甲" * 5000, "a" * 5000)
    terms = checked(pair, Span(0, 1), Span(0, 1))
    assert repr(pair) == "<Bitext two: 1 zh-CN and 1 en-US sentences, 1 beads>"
    assert repr(pair.src_doc) == "<Document zh: 5,000 characters, 1 paragraphs>"
    assert repr(terms) == "<Terms: 0 terms; findings: 1 warning>"


def test_a_frame_is_what_parquet_holds(tmp_path: Path) -> None:
    """A frame has the columns, types and values of the Parquet file."""
    pair = bitext("甲。", "A.")
    write_bitext(pair, tmp_path / "x.parquet")
    assert pair.to_polars().equals(pl.read_parquet(tmp_path / "x.parquet"))
    assert pair.to_polars().schema == pl.read_parquet(tmp_path / "x.parquet").schema


@pytest.mark.parametrize("accepted", [None, "as agreed"])
def test_a_frame_of_findings(accepted: str | None) -> None:
    """A row a finding, accepted ones with the reason; none gives an empty frame of the same."""
    terms = checked(bitext("一二三", "one two three"), Span(1, 2), Span(4, 7), accepted)
    frame = terms.to_polars()
    assert frame.select("term", "rendering", "src", "tgt", "accepted").rows() == [
        ("二", "two", "一二三", "one two three", accepted)
    ]
    assert Terms((), (), (), 1.0).to_polars().schema == frame.schema
    assert Terms((), (), (), 1.0).renderings_to_polars().height == 0


def test_a_frame_of_renderings(tmp_path: Path) -> None:
    """A row a rendering; the counts and shares of a term's renderings are those of its places."""
    lines = [
        ("海港先导区今年成立。", "The harbour pilot zone was set up this year."),
        ("海港先导区面积不大。", "The harbour pilot zone is small."),
        ("海港先导区免税。", "The harbour pilot zone is tax-free."),
        ("海港先导区有港口。", "There is a port in the harbour pilot area."),
    ]
    text = "".join(f"{zh}\t{en}\n" for zh, en in lines)
    (tmp_path / "x.tsv").write_text(f"zh\ten\n{text}", encoding="utf-8")
    terms = pipeline.terms(tmp_path / "x.tsv").terms
    frame = terms.renderings_to_polars().filter(pl.col("term") == "海港先导区")
    assert frame["count"].sum() == 4
    assert frame["share"].to_list() == [0.75, 0.25]
    assert frame["difference"].to_list()[0] == "same"
