"""The concordance: every place is found, in either script, and marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch.run_batch import run_batch
from aligner.corpus import read_corpus, search
from aligner.corpus.search import TermPair, _pattern, kwic
from aligner.errors import SettingError
from aligner.span import Lang, Span

DOCUMENTS = {
    "a": (
        "设立先行示范区。\n\n先行示范区的GDP增长，先行示范区很好。\n\n他走了。",
        "Set up a pilot zone.\n\nThe Pilot Zone's GDP grew, the pilot-zone is fine.\n\nHe left.",
    ),
    "b": ("建設先行示範區……\n\nＧＤＰ下降。", "To build the demonstration area…\n\nGDP fell."),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of a simplified and a traditional document."""
    folder = tmp_path_factory.mktemp("search")
    for name, (zh, en) in DOCUMENTS.items():
        (folder / f"{name}.zh.txt").write_text(zh, encoding="utf-8")
        (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
    (folder / "m.csv").write_text(
        "original,translation\na.zh.txt,a.en.txt\nb.zh.txt,b.en.txt\n", encoding="utf-8"
    )
    run_batch(folder / "m.csv", folder / "corpus", jobs=1, encoder="length")
    return folder / "corpus"


@pytest.mark.parametrize("term", ["先行示范区", "先行示範區", " 先行示范区 "])
def test_simplified_and_traditional_are_one(corpus: Path, term: str) -> None:
    """Whatever the script of the term and of the text, each place is found and shown as is."""
    found = search(term, corpus)
    assert (found.side, found.beads, found.documents, found.left_out) == ("zh", 3, 2, False)
    words = [hit.src[slice(*hit.term_span)] for hit in found.hits]
    assert words == ["先行示范区"] * 3 + ["先行示範區"]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("pilot zone", ["pilot zone", "Pilot Zone", "pilot-zone"]),
        ("PILOT ZONE", ["pilot zone", "Pilot Zone", "pilot-zone"]),
        ("zone's", ["Zone's"]),
        ("pilot", ["pilot", "Pilot", "pilot"]),
        ("pilots", []),
        ("zon", []),
        ("gdp", ["GDP", "GDP"]),
        ("…", ["…"]),
    ],
)
def test_english_is_found_as_words(corpus: Path, term: str, words: list[str]) -> None:
    """Case, hyphens and blanks do not matter; parts of words are not found."""
    found = search(term, corpus)
    assert found.side == "en"
    assert [hit.tgt[slice(*hit.term_span)] for hit in found.hits] == words


def test_width_does_not_matter(corpus: Path) -> None:
    """A Latin term on the Chinese side is found in full width too."""
    found = search("gdp", corpus, side="zh")
    assert [hit.src[slice(*hit.term_span)] for hit in found.hits] == ["GDP", "ＧＤＰ"]


def test_renderings_are_marked_and_counted(corpus: Path) -> None:
    """What `locate` finds is marked on the other side and counted, case alike."""

    def locate(side: Lang, places: Sequence[TermPair]) -> list[Span | None]:
        assert side == "zh"
        found = []
        for place in places:
            at = place.tgt.lower().find("pilot zone")
            found.append(Span(at, at + len("pilot zone")) if at >= 0 else None)
        return found

    found = search("先行示范区", corpus, locate=locate)
    assert found.renderings == {"Pilot Zone": 3}  # the commonest of its forms
    assert [hit.rendering for hit in found.hits][-1] == ""
    zh, en = found.hits[0].kwic(4)
    assert (zh.left, zh.word, zh.right) == ("设立", "先行示范区", "。")
    assert (en.left, en.word, en.right) == ("…p a ", "pilot zone", ".")


def test_all_are_counted_and_few_are_shown(corpus: Path) -> None:
    """`most` bounds what is shown, not what is counted; the first ones are shown."""
    found = search("先行示范区", corpus, most=1)
    assert (found.beads, len(found.hits), found.left_out) == (3, 1, True)
    assert found.hits[0].doc == "a"
    assert search("先行示范区", corpus, min_p=1.1).beads == 0


def test_nothing_is_no_error(corpus: Path, tmp_path: Path) -> None:
    """A term that does not occur has no hits; an empty one, or no corpus, is an error."""
    assert search("不存在", corpus).hits == ()
    with pytest.raises(SettingError, match="empty"):
        search(" ", corpus)
    with pytest.raises(SettingError, match="not a corpus"):
        search("先行", tmp_path)


def test_an_unfinished_corpus_can_be_searched(corpus: Path, tmp_path: Path) -> None:
    """Without the joined table the parts are searched, with the same result."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(corpus, copy)
    (copy / "table" / "stamp.json").unlink()
    assert search("先行示范区", copy) == search("先行示范区", corpus)


@given(st.text(".*+?()[]|\\^$ a字-'", min_size=1, max_size=6))
def test_a_term_is_text_and_no_pattern(term: str) -> None:
    """Signs of regular expressions stand for themselves, in both engines."""
    if term.strip():
        for side in ("zh", "en"):
            pattern, test = _pattern(term.strip(), side)
            text = f"x {term.strip()} x"
            rows = pl.DataFrame({"src_key": [text.lower()], "tgt": [text]})
            assert rows.filter(test).height == bool(pattern.search(text))


@given(st.text(max_size=20), st.data(), st.integers(1, 8))
def test_context_is_part_of_the_text(text: str, data: st.DataObject, width: int) -> None:
    """Left, word and right are the text round the place, no longer than asked for."""
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    found = kwic(text, Span(start, stop), width)
    left = found.left[found.left.startswith("…") and start > width :]
    assert text[:start].endswith(left)
    assert found.word == text[start:stop]
    assert len(left) <= width


def test_every_place_in_the_bitexts_is_found(corpus: Path) -> None:
    """The counts are those of looking through the bitexts by hand."""
    places = sum(unit.src.count("先行示") for b in read_corpus(corpus) for unit in b.units())
    assert len(search("先行示", corpus).hits) == places
