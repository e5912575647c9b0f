"""What is asked is where an answer mends most, and what is left adds up."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from stand_ins import make_bitext

from aligner.batch.run_batch import run_batch
from aligner.bitext import Bitext
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.errors import SettingError
from aligner.formats.bitexts import read_bitext
from aligner.review.asking import answers_needed, gains, left, next_asked, next_place
from aligner.review.exporting import reviewed
from aligner.review.opening import first_links
from aligner.review.start import corpus_papers, open_desk, write_desk
from aligner.review.values import ReviewLink


def links_with(*p: float) -> list[ReviewLink]:
    """Return links with these probabilities."""
    found = first_links(make_bitext([(f"第{n}句。", f"Number {n}.") for n in range(len(p))]))
    return [replace(link, p=value) for link, value in zip(found, p, strict=True)]


def test_the_least_likely_link_is_asked_where_borders_are_sure() -> None:
    """Where no border is in doubt, an answer mends the link alone."""
    links = [replace(link, border=1.0) for link in links_with(0.9, 0.6, 0.7, 0.99)]
    assert next_place(links) == 1
    assert gains(links)[1] == pytest.approx(0.4)


def test_a_doubtful_border_counts_for_both_links() -> None:
    """A link whose border is wrong is mended with its neighbour."""
    links = links_with(0.6, 0.99, 0.65, 0.65, 0.99)
    links = [replace(link, border=0.7 if n == 2 else 1.0) for n, link in enumerate(links)]
    assert next_place(links) == 2
    assert gains(links)[2] == pytest.approx(0.65)


def test_what_was_skipped_comes_after_what_is_worth_asking() -> None:
    """Skipped places wait until the others are hardly in doubt; then all come again."""
    gain = np.array([0.9, 0.5, 0.05, 0.0, 0.2])
    assert next_asked(gain, ()) == (0, 0, False)
    assert next_asked(gain, {0}) == (1, 1, False)
    assert next_asked(gain, {0, 1, 3}) == (4, 2, False)
    assert next_asked(gain, {0, 1, 4}) == (0, 0, True)
    assert next_asked(np.zeros(3), {1}) == (None, 0, False)


def test_what_a_person_made_is_not_asked() -> None:
    """Links that are held are in no doubt, and one that was not decoded is in full doubt."""
    links = links_with(0.2, 0.9)
    links[0] = replace(links[0], status="made", p=1.0)
    assert next_place(links) == 1
    assert left(links).wrong == pytest.approx(0.1)
    assert left([replace(links[1], p=None)]).wrong == 1.0
    assert next_place([replace(links[1], status="confirmed", p=1.0)]) is None
    assert next_place([]) is None


def test_answers_are_counted_until_less_than_one_is_wrong() -> None:
    """Where borders are sure, so many answers as the largest doubts need."""
    links = [replace(link, border=1.0) for link in links_with(0.5, 0.99, 0.5, 0.99, 0.5, 0.9)]
    assert answers_needed(links) == 2  # 1.62 less .5 and .5
    assert answers_needed(links_with(0.9, 0.9)) == 0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of three small pairs, one of them doubtful."""
    folder = tmp_path_factory.mktemp("documents")
    for name, (zh, en) in {
        "a": ("桥修好了。\n\n路也通了。\n", "The bridge is mended.\n\nThe road is open too.\n"),
        "b": ("今年雨水多。\n", "It rained a great deal this year.\n"),
        "c": ("米价涨了。\n\n盐价没变。\n", "Nobody spoke. They went home early, and slept.\n"),
    }.items():
        (folder / f"{name}.zh.txt").write_text(zh, encoding="utf-8")
        (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
    out = tmp_path_factory.mktemp("out") / "corpus"
    run_batch(folder, out, jobs=1, encoder="length")
    return out


def test_a_corpus_is_a_list_by_doubt(corpus: Path, tmp_path: Path) -> None:
    """Pairs are listed with the most doubt first; a review's progress is in the list."""
    papers = corpus_papers(corpus)
    assert sorted(paper.id for paper in papers) == ["a", "b", "c"]
    assert [paper.wrong for paper in papers] == sorted((p.wrong for p in papers), reverse=True)
    desk = open_desk([corpus], out=[tmp_path / "confirmed"])
    try:
        assert not any(row["begun"] for row in desk.progress())
        number = next(n for n, paper in enumerate(desk.papers) if paper.id == "a")
        session = desk.paper(number).session
        session.confirm([session.links[0].id])
        row = desk.progress()[number]
        assert (row["begun"], row["confirmed"], sum(row["people"].values())) == (True, 1, 1)
    finally:
        desk.close()
    again = open_desk([corpus], out=[tmp_path / "confirmed"])
    try:
        assert again.progress()[number]["confirmed"] == 1
        written = write_desk(again)
    finally:
        again.close()
    units = list(read_bitext(written[0]).units())
    assert [unit.src for unit in units] == ["桥修好了。"]


def test_a_corpus_has_no_journal_of_its_own(corpus: Path, tmp_path: Path) -> None:
    """Each pair has its journal, so naming one is an error."""
    with pytest.raises(SettingError, match="journal for each pair"):
        open_desk([corpus], journal=tmp_path / "x.review")


def test_two_documents_are_aligned_and_kept(tmp_path: Path) -> None:
    """A review of documents begins by aligning them, and goes on without aligning again."""
    zh, en = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    zh.write_text("桥修好了。\n\n路也通了。\n", encoding="utf-8")
    en.write_text("The bridge is mended.\n\nThe road is open too.\n", encoding="utf-8")
    for _ in range(2):
        desk = open_desk([en, zh], options={"encoder": "length"})
        session = desk.paper(0).session
        assert session.src_doc.text.startswith("桥")
        session.correct(session.links[0].tgt[0].id, f"Mended {session.counts[0]} times.")
        found = reviewed(session)
        assert isinstance(found, Bitext)
        desk.close()
    assert next(unit.tgt for unit in found.units()) == "Mended 1 times."
    assert zh.read_text(encoding="utf-8").startswith("桥")


def test_a_bitext_is_reviewed_as_it_is(tmp_path: Path) -> None:
    """A file of units comes with its links; units without partner stand singly."""
    path = tmp_path / "pair.tsv"
    path.write_text("zh\ten\n桥修好了。\tThe bridge is mended.\n路也通了。\t\n", encoding="utf-8")
    desk = open_desk([path])
    assert [link.kind for link in desk.paper(0).session.links] == ["1-1", "1-0"]
    desk.close()


def test_what_was_corrected_before_realigning_was_ready_is_decoded_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links that an early correction left without p get one when the scores are there."""
    path = tmp_path / "pair.tsv"
    rows = ["zh\ten", "桥修好了。路也通了。\tThe bridge is mended.", "人来了。\tThe road is open."]
    path.write_text("\n".join(rows), encoding="utf-8")
    corrected = threading.Event()

    def later(name: str) -> Encoder:
        corrected.wait(60)
        return load_encoder(name)

    monkeypatch.setattr("aligner.encode.load_encoder", later)
    desk = open_desk([path], options={"encoder": "length"})
    session = desk.paper(0).session
    session.correct(session.links[1].tgt[0].id, "They came.")
    assert session.links[1].p is None
    corrected.set()
    for _ in range(600):
        if session.links[1].p is not None:
            break
        time.sleep(0.1)
    assert session.links[1].p is not None
    desk.close()
