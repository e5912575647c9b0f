"""The summary of a bitext: what it counts and when it warns."""

import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.pair import withhold
from aligner.report.bitext_summary import summarise
from aligner.span import Span


def make_bitext(*beads: tuple[int, int, float], min_p: float = 0.0) -> Bitext:
    """Return a bitext with beads of these sizes and probabilities, one letter a sentence."""
    made: list[Bead] = []
    i = j = 0
    for x, y, p in beads:
        made.append(Bead(Span(i, i + x), Span(j, j + y), p))
        i, j = i + x, j + y
    return Bitext(
        id="pair",
        src_doc=Document("a.zh", "字" * i, (Span(0, i),) if i else (), encoding="gb18030"),
        tgt_doc=Document("a.en", "x" * j, (Span(0, j),) if j else (), notes=("a note",)),
        src=tuple(Segment("a.zh", 0, Span(k, k + 1), "字") for k in range(i)),
        tgt=tuple(Segment("a.en", 0, Span(k, k + 1), "x") for k in range(j)),
        alignment=withhold(Alignment(tuple(made), i, j), min_p),
    )


def test_all_is_counted() -> None:
    """Kinds, probabilities, lonely sentences and the reader's findings are in it."""
    bitext = make_bitext((1, 1, 0.99), (1, 1, 0.9), (2, 1, 0.6), (0, 1, 0.8), (1, 3, 0.4))
    summary = summarise(bitext)
    assert next(iter(summary.kinds.items())) == ("1-1", 2)
    assert summary.kinds == {"1-1": 2, "2-1": 1, "0-1": 1, "1-3": 1}
    assert (summary.unlikely, summary.likely, summary.sure, summary.links) == (1, 1, 2, 4)
    assert (summary.src.sentences, summary.src.alone) == (5, 0)
    assert (summary.tgt.sentences, summary.tgt.alone) == (7, 1)
    assert (summary.src.encoding, summary.tgt.notes) == ("gb18030", ("a note",))
    assert (summary.src.source, summary.src.lang) == ("a.zh", "zh-CN")
    assert summary.warnings == ()


def test_many_lonely_sentences_are_a_warning() -> None:
    """More than a fifth of a side without a partner is said, with the share and the side."""
    fifth = make_bitext(*[(1, 1, 0.9)] * 8, *[(1, 0, 0.9)] * 2)
    assert summarise(fifth).warnings == ()
    more = make_bitext(*[(1, 1, 0.9)] * 7, *[(1, 0, 0.9)] * 3)
    (warning,) = summarise(more).warnings
    assert warning.startswith("30% of the Chinese sentences (3 of 10) have no partner")


@pytest.mark.parametrize("beads", [[(1, 0, 0.9)] * 9 + [(0, 1, 0.9)] * 9, [(1, 1, 0.2)] * 9])
def test_unrelated_documents_are_a_warning(beads: list[tuple[int, int, float]]) -> None:
    """Without likely links on either side, the documents may not belong together."""
    (warning,) = summarise(make_bitext(*beads)).warnings
    assert "may not be translations of each other" in warning


def test_a_part_of_a_long_text_is_not_unrelated() -> None:
    """One sentence found among many warns of the missing rest, not of a wrong pair."""
    (warning,) = summarise(make_bitext((1, 1, 0.9), *[(0, 1, 0.9)] * 99)).warnings
    assert warning.startswith("99% of the English sentences")


def test_a_text_that_breaks_off_is_told() -> None:
    """Sentences without partner in one run up to an end are said to be a cut text."""
    links = [(1, 1, 0.9)] * 9
    for beads, said in (
        ([*links, *[(1, 0, 0.9)] * 6], "the last 6 Chinese sentences, from 10 on"),
        ([*[(0, 1, 0.9)] * 5, *links], "the first 5 English sentences, up to 5"),
    ):
        assert summarise(make_bitext(*beads)).warnings[-1].startswith(said)
    mixed = [*links, *[(1, 0, 0.9)] * 6, *[(0, 1, 0.8)] * 6]
    assert not any("break off" in said for said in summarise(make_bitext(*mixed)).warnings)


def test_withheld_links_are_counted_apart() -> None:
    """Links taken apart by min_p lose no sentence and do not count as without partner."""
    beads = [(1, 1, 0.95), (2, 1, 0.7), (1, 2, 0.6), (1, 0, 0.3), (0, 1, 0.2)]
    bitext = make_bitext(*beads, min_p=0.9)
    summary = summarise(bitext, min_p=0.9)
    assert (summary.links, summary.withheld) == (1, 2)
    assert (summary.src.sentences, summary.src.alone, summary.src.withheld) == (5, 1, 3)
    assert (summary.tgt.sentences, summary.tgt.alone, summary.tgt.withheld) == (5, 1, 3)
    assert summary.src.likely == 4
    assert summary.warnings == ()
    assert "".join(unit.src for unit in bitext.units()) == "字" * 5


def test_nothing_at_all() -> None:
    """An empty bitext has a summary too."""
    summary = summarise(make_bitext())
    assert (summary.links, summary.src.alone_share, summary.tgt.likely_share) == (0, 0.0, 0.0)
