"""Joins: what stands between sentences, and between lines of one sentence."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.corpus.store.part import part_bytes, read_part
from aligner.encode.protocol import Floats
from aligner.encode.text_side import TextSide
from aligner.lang.joins import gap, joined
from aligner.span import Span
from aligner.terms.units import units

PIECES = st.text("aZ5é中。，、.,;)(“” ５Ｇ-\u3000я", min_size=1, max_size=6).map(str.strip)


def bitext(src: Sequence[str], tgt: str = "One line.") -> Bitext:
    """Return a bitext with one bead of several Chinese sentences on lines of their own."""
    text, segments = "\n".join(src), []
    at = 0
    for line in src:
        segments.append(Segment("zh", 0, Span(at, at + len(line)), line))
        at += len(line) + 1
    en = Segment("en", 0, Span(0, len(tgt)), tgt)
    return Bitext(
        id="doc",
        src_doc=Document("zh", text, (Span(0, len(text)),)),
        tgt_doc=Document("en", tgt, (Span(0, len(tgt)),)),
        src=tuple(segments),
        tgt=(en,),
        alignment=Alignment((Bead(Span(0, len(src)), Span(0, 1), 0.5),), len(src), 1),
    )


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("截至 2021", "2022 年底", " "),
        ("格式: integer", "Minimum: 1", " "),
        ("用 Rust", "Zig 写成", " "),
        ("См", "Δt", " "),
        ("共 5,", "000 份", " "),
        ("read me.", "Then (see below)", " "),
        ("100%", "5", " "),
        ("“Yes", "(no)", " "),
        ("ＡＢ", "ＣＤ", " "),
        ("第５", "6", " "),
        ("支持 macOS 14。", "iPadOS 也支持", ""),
        ("电话", "0755", ""),
        ("编号 A", "为正本", ""),
        ("全文", "完", ""),
        ("他说：", "Go!", ""),
        ("第５", "号", ""),
        ("—", "Go", ""),
    ],
)
def test_what_stands_between_sentences(left: str, right: str, wanted: str) -> None:
    """Words of scripts with blanks do not run together; Chinese marks part them."""
    assert gap(left, right, "") == wanted
    assert gap(left, right, " ") == " "


def test_an_output_and_an_encoder_see_the_same_text() -> None:
    """A unit, a part of a corpus and the runs of an encoder are joined alike."""
    lines = ["接口: eth0", "Speed: 10", "已启用。", "OK"]
    (unit,) = bitext(lines).units()
    assert unit.src == "接口: eth0 Speed: 10已启用。OK"
    seen: list[str] = []

    class Recorder:
        dim = 1

        def encode(self, texts: Sequence[str]) -> Floats:
            seen.extend(texts)
            return np.zeros((len(texts), 1), np.float32)

        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            return [1] * len(texts)

    TextSide(Recorder(), lines, joiner="").runs(4, 0, 1)
    assert seen == [unit.src]


def test_places_of_terms_count_the_blank() -> None:
    """A word behind such a blank keeps its place in the user's own text."""
    value = bitext(["版本 v1", "v2 可用"])
    (unit,) = units(value)
    assert unit.src == "版本 v1 v2 可用"
    at = unit.src.index("v2 可用")
    assert value.src_doc.text[slice(*unit.src_span(Span(at, at + 5)))] == "v2 可用"


@given(st.lists(PIECES.filter(bool), min_size=1, max_size=5))
def test_a_part_gives_the_sentences_back(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """Sentences that were joined in a part of a corpus are cut at the same places."""
    path = tmp_path_factory.getbasetemp() / "part.parquet"
    value = bitext(lines)
    path.write_bytes(part_bytes(value))
    assert read_part(path).src == value.src


@given(st.lists(PIECES.filter(bool), max_size=5))
def test_nothing_but_blanks_is_added(lines: list[str]) -> None:
    """Joined texts are the texts with at most a blank between two."""
    text = joined(lines, "")
    for line in lines:
        assert text.startswith(line)
        text = text[len(line) :].removeprefix(" ")
    assert not text
