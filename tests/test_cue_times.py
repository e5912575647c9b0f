"""Times of subtitles: never text, kept with the unit, in every format that has a place for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.bitext import Bitext
from aligner.convert import convert
from aligner.corpus.store.part import part_bitext, part_bytes
from aligner.formats.bitexts import read_bitext
from aligner.formats.common.source import Source
from aligner.formats.documents import parse
from aligner.formats.mixed_document import split_sides
from aligner.formats.outputs import write_bitext
from aligner.formats.validate import validate
from aligner.pipeline import align
from aligner.review.document_rows import document_of, document_row
from aligner.span import Span, Times, times_of

ZH = """1
00:00:01,000 --> 00:00:02,500
船长说，这条河

2
00:00:02,500 --> 00:00:04,000
到秋天才会变浅。他

3
00:00:04,200 --> 00:00:06,000
把灯关了。
"""
EN = """1
00:00:00,900 --> 00:00:03,900
The captain said that this river grows shallow only in autumn.

2
00:00:04,100 --> 00:00:05,000
He turned

3
00:00:05,000 --> 00:00:06,100
the lamp off.
"""
WANTED = [((1.0, 4.0), (0.9, 3.9)), ((2.5, 6.0), (4.1, 6.1))]
KEEPING = ["jsonl", "tmx", "xlf", "xlsx", "tsv", "csv", "parquet"]


@pytest.fixture
def film(tmp_path: Path) -> Bitext:
    """Align the subtitles of a scene."""
    (tmp_path / "film.zh.srt").write_text(ZH, "utf-8")
    (tmp_path / "film.en.srt").write_text(EN, "utf-8")
    return align(tmp_path / "film.zh.srt", tmp_path / "film.en.srt", encoder="length")


def times(bitext: Bitext) -> list[tuple[Times | None, Times | None]]:
    """Return the times of each unit."""
    return [(unit.src_times, unit.tgt_times) for unit in bitext.units()]


def test_a_unit_is_shown_from_its_first_cue_to_its_last(film: Bitext) -> None:
    """A sentence of several cues is one unit; a cue of two sentences counts for both."""
    assert [unit.src for unit in film.units()] == ["船长说，这条河到秋天才会变浅。", "他把灯关了。"]
    assert times(film) == WANTED


@pytest.mark.parametrize("suffix", KEEPING)
def test_formats_keep_the_times(film: Bitext, tmp_path: Path, suffix: str) -> None:
    """What is written is read back, by another format too, and breaks no rule."""
    path = tmp_path / f"out.{suffix}"
    write_bitext(film, path)
    assert times(read_bitext(path)) == WANTED
    assert not list(validate(path))
    convert(path, tmp_path / "again.jsonl")
    assert times(read_bitext(tmp_path / "again.jsonl")) == WANTED


@pytest.mark.parametrize("suffix", KEEPING)
def test_other_bitexts_say_nothing_of_times(tmp_path: Path, suffix: str) -> None:
    """Tables and memories of documents are as they were."""
    (tmp_path / "a.zh.txt").write_text("灯亮了。", "utf-8")
    (tmp_path / "a.en.txt").write_text("The lamp is lit.", "utf-8")
    found = align(tmp_path / "a.zh.txt", tmp_path / "a.en.txt", encoder="length")
    write_bitext(found, tmp_path / f"out.{suffix}")
    assert not found.timed
    assert b"_times" not in (tmp_path / f"out.{suffix}").read_bytes()
    assert "src_times" not in found.to_polars().columns


def test_frames_corpora_and_reviews_keep_the_times(film: Bitext) -> None:
    """They hold seconds."""
    assert film.to_polars()["tgt_times"].to_list() == [[0.9, 3.9], [4.1, 6.1]]
    assert times(part_bitext(part_bytes(film), Path("p"))) == WANTED
    assert document_of(document_row(film.src_doc)) == film.src_doc


def test_a_row_that_was_edited_keeps_its_times(film: Bitext, tmp_path: Path) -> None:
    """They are those of the original, since a table cannot be trusted to keep them."""
    write_bitext(film, tmp_path / "film.jsonl")
    text = (tmp_path / "film.jsonl").read_text("utf-8").replace("the lamp off", "the light off")
    (tmp_path / "edited.jsonl").write_text(text, "utf-8")
    convert(tmp_path / "edited.jsonl", tmp_path / "new.tmx", against=tmp_path / "film.jsonl")
    new = read_bitext(tmp_path / "new.tmx")
    assert [unit.tgt for unit in new.units()][1] == "He turned the light off."
    assert times(new) == WANTED


def test_subtitles_in_two_languages() -> None:
    """Each side has the times of its own lines."""
    cues = [("灯亮了。", "The lamp is lit."), ("雨停了。", "The rain has stopped.")]
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{zh}\n{en}\n\n"
        for n, (zh, en) in enumerate(cues, start=1)
    )
    for side, document in enumerate(split_sides(parse(Source(text.encode(), "both.srt")))):
        for start, cue in enumerate(cues, start=1):
            at = document.text.index(cue[side])
            assert times_of(document.shown, Span(at, at + 2)) == (start, start + 0.9)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", "WEBVTT\n\n01:02.250 --> 01:04.000 line:0\nIt rains.\n"),
        (
            "a.ass",
            "[Events]\nFormat:Start,End,Text\nDialogue:0:01:02.25,0:01:04.00,It rains.\n",
        ),
        ("a.srt", "1\n00:01:02,250 --> 00:01:04,000\n<i>It</i> r\xadains.\n"),
    ],
)
def test_every_kind_of_subtitles_has_times(name: str, text: str) -> None:
    """The times are those of the file, whatever the way it writes them."""
    document = parse(Source(text.encode(), name))
    assert document.text == "It rains."
    assert [(s.start, s.end) for s in document.shown] == [(62.25, 64.0)]
