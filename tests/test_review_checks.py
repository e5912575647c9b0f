"""The findings of all checks stand in a review, and right renderings go to a glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_ins import make_bitext

from aligner.bitext import Bitext
from aligner.errors import ReviewError, SettingError
from aligner.formats.glossaries import read_glossary
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.review.checking import ReviewChecks, read_checks
from aligner.review.exporting import Download
from aligner.review.opening import open_review
from aligner.review.renderings import (
    check_renderings_file,
    renderings,
    renderings_download,
    with_renderings,
    write_renderings,
)
from aligner.review.session import Session
from aligner.review.values import FindingVerdict


def pairs() -> Bitext:
    """Return a pair with a wrong number in its second link."""
    return make_bitext([
        ("粮仓存了320袋米。", "The granary held 320 sacks of rice."),
        ("渡船每天开12次。", "The ferry runs 15 times a day."),
        ("茶馆下午关门。", "The teahouse closes in the afternoon."),
    ])  # fmt: skip


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a review of the pair."""
    source = tmp_path / "ferry.txt"
    source.write_text("what it was made from", encoding="utf-8")
    return open_review([source], pairs).session


def right(term: str, text: str) -> FindingVerdict:
    """Return the verdict that a term is to be rendered so."""
    return FindingVerdict("right rendering", text, term)


def test_every_check_is_made() -> None:
    """A wrong number is found with a check that knows nothing of terms."""
    found = ReviewChecks(("numbers",))(pairs(), Glossary(()))
    assert [(one.check, one.bead) for one in found] == [("numbers", 1)]


def test_what_was_accepted_before_is_not_shown(tmp_path: Path) -> None:
    """A baseline takes its findings away."""
    from aligner.check.baseline.baseline_file import write_baseline

    found = ReviewChecks(("numbers",))(pairs(), Glossary(()))
    baseline = tmp_path / "accepted.toml"
    write_baseline(found, baseline)
    checks = read_checks(["numbers"], None, baseline)
    assert checks.files == (baseline,)
    assert not checks(pairs(), Glossary(()))


def test_a_check_that_does_not_exist_is_an_error_before_the_page_opens() -> None:
    """The names are looked at when the command starts."""
    with pytest.raises(SettingError):
        read_checks(["rhymes"], None, None)


def test_right_renderings_are_a_glossary_that_follows_undo(
    session: Session, tmp_path: Path
) -> None:
    """The first one of a term is preferred, another is admitted; undone ones go."""
    path = tmp_path / "own.tsv"
    session.settle("a", right("渡船", "ferry"))
    session.settle("b", right("渡船", "ferryboat"))
    session.settle("c", FindingVerdict("accept", "", "茶馆"))
    assert write_renderings(session, path)
    (entry,) = read_glossary(path).entries
    assert entry.src == "渡船"
    assert [(one.text, one.status) for one in entry.targets] == [
        ("ferry", "preferred"),
        ("ferryboat", "admitted"),
    ]
    session.undo()
    session.undo()
    write_renderings(session, path)
    assert [one.text for one in read_glossary(path).entries[0].targets] == ["ferry"]
    session.undo()
    assert not write_renderings(session, path)
    assert not path.exists()
    session.redo()
    assert renderings(session.verdicts).entries[0].targets[0].text == "ferry"


def test_right_renderings_survive_a_restart(session: Session, tmp_path: Path) -> None:
    """They are in the journal with their term."""
    session.settle("a", right("茶馆", "teahouse"))
    session.journal.close()
    again = open_review([tmp_path / "ferry.txt"], pairs).session
    assert renderings(again.verdicts).entries[0].src == "茶馆"
    found = renderings_download(again, "terms.csv")
    assert isinstance(found, Download)
    assert "teahouse" in found.data.decode("utf-8-sig")
    again.journal.close()


def test_the_users_own_glossary_is_never_written_to(session: Session, tmp_path: Path) -> None:
    """Neither the one that is checked against nor any other file that is there."""
    own = tmp_path / "own.tsv"
    own.write_text("zh\ten\n茶馆\ttea room\n", encoding="utf-8")
    with pytest.raises(SettingError):
        check_renderings_file(session, own, [own])
    with pytest.raises(ReviewError):
        check_renderings_file(session, own)
    with pytest.raises(SettingError):
        check_renderings_file(session, tmp_path / "own.docx")
    check_renderings_file(session, tmp_path / "new.tsv")
    with pytest.raises(ReviewError):
        renderings_download(session, "terms.tsv")


def test_the_users_glossary_goes_before_right_renderings() -> None:
    """A right rendering adds a term; it does not contradict the glossary."""
    own = Glossary((Entry("茶馆", (Target("teahouse"),)), Entry("渡船", (Target("ferry"),))))
    given = Glossary((Entry("茶館", (Target("tea room"),)),))
    both = with_renderings(given, own)
    assert both is not None
    assert [(one.src, one.targets[0].text) for one in both.entries] == [
        ("茶館", "tea room"),
        ("渡船", "ferry"),
    ]
    assert with_renderings(None, Glossary(())) is None
