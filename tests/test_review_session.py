"""A review keeps every sentence, takes everything back, and is on the disk at once."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import make_bitext

from aligner.bitext import Bitext
from aligner.errors import FormatError, ReviewError
from aligner.review.journal import begin_journal
from aligner.review.opening import open_review
from aligner.review.sentence_edits import place_in
from aligner.review.session import Session
from aligner.review.values import FindingVerdict, ReviewLink

PAIRS = [
    ("河水涨了三尺。", "The river rose by three feet."),
    ("渡口停航。", "The ferry stopped."),
    ("", "Nobody complained."),
    ("村民改走石桥，绕路两里。", "The villagers took the stone bridge, two miles round."),
    ("石桥建于明代。", ""),
    ("第二天水退了。", "The water fell the next day."),
    ("渡船又开了。", "The ferry ran again."),
]


def bitext() -> Bitext:
    """Return a small pair."""
    return make_bitext(PAIRS)


@contextmanager
def opened(folder: Path) -> Iterator[Session]:
    """Give a session whose input is a file in a folder."""
    source = folder / "pair.txt"
    source.write_text("made of this", encoding="utf-8")
    session = open_review([source], bitext).session
    try:
        yield session
    finally:
        session.journal.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session that does not realign."""
    with opened(tmp_path) as found:
        yield found


def kinds(session: Session) -> list[str]:
    """Return the kinds of the links in order."""
    return [link.kind for link in session.links]


def ids(session: Session) -> tuple[list[int], list[int]]:
    """Return the ids of the sentences of both sides in order."""
    return (
        [s.id for link in session.links for s in link.src],
        [s.id for link in session.links for s in link.tgt],
    )


def test_join_keeps_the_order_and_the_id(session: Session) -> None:
    """A joined link has the id of the part that it has most of, and is held."""
    first, second = session.links[:2]
    session.join([first.id, second.id])
    assert session.links[0].kind == "2-2"
    assert session.links[0].id == first.id
    assert session.links[0].status == "made"


def test_split_gives_two_links(session: Session) -> None:
    """What is split after a join is as before, but for being made by a person."""
    before = ids(session)
    joined = session.join([session.links[0].id, session.links[1].id]).hunks[0].after[0]
    session.split(joined.id, 1, 1)
    assert kinds(session)[:2] == ["1-1", "1-1"]
    assert ids(session) == before


def test_moving_a_sentence_makes_a_partner_of_one_without(session: Session) -> None:
    """The villagers' sentence moved up joins the English sentence that had no partner."""
    session.shift(session.links[3].src[0].id, up=True)
    assert kinds(session)[2:5] == ["1-1", "0-1", "1-0"]


def test_no_link_may_cross_another(session: Session) -> None:
    """A group that steps over others is an error that says what to do, and changes nothing."""
    before = list(session.links)
    group = ([session.links[0].src[0].id], [session.links[6].tgt[0].id])
    with pytest.raises(ReviewError) as found:
        session.relink([group], status="made")
    assert found.value.hint
    assert session.links == before
    assert session.counts == (0, 0)


def test_a_sentence_is_split_where_it_is_in_the_document(session: Session) -> None:
    """The parts keep to the document's offsets, and joined again they are one sentence."""
    one = session.links[3].src[0]
    session.split_sentence(one.id, one.text.index("绕"))
    parts = session.links[3].src
    text = session.src_doc.text
    assert [text[slice(*part.span)] for part in parts] == ["村民改走石桥，", "绕路两里。"]
    assert parts[0].id == one.id
    session.join_sentences(one.id)
    again = session.links[3].src[0]
    assert (again.text, again.span, again.id) == (one.text, one.span, one.id)


def test_offsets_are_found_in_corrected_and_wrapped_text() -> None:
    """A place in a sentence is found in the raw text, whatever was corrected around it."""
    raw = "The villagers\n  took teh bridge, two miles round."
    text = "The villagers took the bridge, two miles round."
    at = text.index("two")
    assert raw[place_in(raw, text, at) :] == "two miles round."


def test_correcting_keeps_id_and_span(session: Session) -> None:
    """A corrected sentence is the same sentence, with the place of the old text."""
    one = session.links[0].tgt[0]
    session.correct(one.id, "The river  rose three feet.")
    new = session.links[0].tgt[0]
    assert new.text == "The river rose three feet."
    assert (new.id, new.span) == (one.id, one.span)
    with pytest.raises(ReviewError):
        session.correct(one.id, "  ")


def test_notes_outlive_their_link(session: Session) -> None:
    """A note on a link that is joined to another is on the joint one."""
    first, second = session.links[0], session.links[1]
    session.note(first.id, "one")
    session.note(second.id, "two")
    session.bookmark(second.id)
    session.join([first.id, second.id])
    assert set(session.links[0].note.split("\n")) == {"one", "two"}
    assert session.links[0].bookmark


def test_a_finding_is_settled_and_taken_back(session: Session) -> None:
    """Verdicts are actions like any other."""
    session.settle("a", FindingVerdict("accept"))
    session.settle("a", FindingVerdict("right rendering", "ferry"))
    session.undo()
    assert session.verdicts == {"a": FindingVerdict("accept")}
    session.undo()
    assert not session.verdicts


ACTIONS: dict[str, Callable[[Session, random.Random], object]] = {
    "join": lambda s, r: s.join([link.id for link in chosen(s, r, 2)]),
    "split": lambda s, r: s.split(r.choice(s.links).id, r.randint(0, 2), r.randint(0, 2)),
    "up": lambda s, r: s.shift(r.choice(ids(s)[0] + ids(s)[1]), up=True),
    "down": lambda s, r: s.shift(r.choice(ids(s)[0] + ids(s)[1]), up=False),
    "unlink": lambda s, r: s.unlink(link=r.choice(s.links).id),
    "unlink one": lambda s, r: s.unlink(sentence=r.choice(ids(s)[0] + ids(s)[1])),
    "split sentence": lambda s, r: s.split_sentence(r.choice(ids(s)[1]), r.randint(1, 12)),
    "join sentences": lambda s, r: s.join_sentences(r.choice(ids(s)[0] + ids(s)[1])),
    "correct": lambda s, r: s.correct(r.choice(ids(s)[1]), f"Text {r.randint(0, 3)}."),
    "confirm": lambda s, r: s.confirm([link.id for link in chosen(s, r, 3)]),
    "unconfirm": lambda s, r: s.confirm([r.choice(s.links).id], on=False),
    "note": lambda s, r: s.note(r.choice(s.links).id, r.choice(["", "see", "why?"])),
    "bookmark": lambda s, r: s.bookmark(r.choice(s.links).id, on=r.random() < 0.5),
    "undo": lambda s, _: s.undo(),
    "redo": lambda s, _: s.redo(),
}


def chosen(session: Session, chance: random.Random, most: int) -> list[ReviewLink]:
    """Return some links that follow each other."""
    at = chance.randrange(len(session.links))
    return session.links[at : at + chance.randint(1, most)]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(ACTIONS)), max_size=25), st.integers(0, 10**6))
def test_whatever_is_done_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, actions: list[str], seed: int
) -> None:
    """Every text stays once and in order; all is taken back, done again, and opens again."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder = tmp_path_factory.mktemp("review")
    with opened(folder) as session:
        first = list(session.links)
        for action in actions:
            with suppress(ReviewError):
                ACTIONS[action](session, chance)
            check(session)
        last = list(session.links)
        while session.undo():
            check(session)
        assert session.links == first
        while session.redo():
            pass
        redone, counts = list(session.links), session.counts
        if "undo" not in actions:
            assert redone == last
    with opened(folder) as again:
        assert again.links == redone
        assert again.counts == counts


def check(session: Session) -> None:
    """See that the links are in order, none is empty, and the spans rise on both sides."""
    assert all(link.sentences for link in session.links)
    assert all(len(link.sentences) == 1 for link in session.links if not (link.src and link.tgt))
    for side in ("src", "tgt"):
        found = [s for link in session.links for s in getattr(link, side)]
        assert len({s.id for s in found}) == len(found)
        starts = [s.span for s in found]
        assert starts == sorted(starts)
        document = session.src_doc if side == "src" else session.tgt_doc
        covered = "".join(document.text[slice(*s.span)] for s in found)
        assert covered.split() == "".join(document.text.split("\n")).split() or len(
            "".join(covered.split())
        ) == len("".join(document.text.split()))
    numbers = [link.id for link in session.links]
    assert len(set(numbers)) == len(numbers)


def test_a_second_process_reads_only(session: Session, tmp_path: Path) -> None:
    """The journal has one writer; another opening of it sees all and changes nothing."""
    session.confirm([session.links[0].id])
    with opened(tmp_path) as other:
        assert other.journal.read_only
        assert other.links == session.links
        with pytest.raises(ReviewError, match="another process"):
            other.confirm([other.links[1].id])
        assert other.links == session.links


def test_a_changed_input_is_told(session: Session, tmp_path: Path) -> None:
    """Offsets are of the old text, so the review does not go on by itself."""
    session.journal.close()
    source = tmp_path / "pair.txt"
    source.write_text("something else", encoding="utf-8")
    with pytest.raises(ReviewError, match="has changed") as found:
        open_review([source], bitext)
    assert "--old-text" in found.value.hint
    kept = open_review([source], bitext, old_text=True)
    assert "has changed" in kept.notes[0]
    kept.session.journal.close()


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    """Another file under its name is left alone and named."""
    source, journal = tmp_path / "pair.txt", tmp_path / "pair.txt.review"
    source.write_text("text", encoding="utf-8")
    journal.write_text("no journal", encoding="utf-8")
    with pytest.raises(FormatError, match=r"pair\.txt\.review"):
        open_review([source], bitext)
    assert journal.read_text(encoding="utf-8") == "no journal"


def test_a_change_that_cannot_be_written_does_not_happen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves document and journal as they were."""
    before = list(session.links)

    class Full:
        def execute(self, text: str, *_: object) -> None:
            if text == "COMMIT":
                raise sqlite3.OperationalError("database or disk is full")

        executemany = execute

    monkeypatch.setattr(session.journal, "_base", Full())
    with pytest.raises(ReviewError, match="disk is full"):
        session.confirm([session.links[0].id])
    assert session.links == before
    assert session.counts == (0, 0)


def test_kills_lose_nothing(tmp_path: Path) -> None:
    """Whatever moment a process is killed at, all that it acknowledged is there again."""
    script = Path(__file__).parents[1] / "scripts" / "stress" / "review.py"
    if not script.exists():
        pytest.skip("the checkout is not at hand")
    done = subprocess.run(
        [sys.executable, str(script), "--kills", "20"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 kills" in done.stdout


def test_a_review_is_begun_once(tmp_path: Path) -> None:
    """Of two processes that begin a review at once, the second does not replace the first's."""
    with opened(tmp_path) as session:
        session.confirm([session.links[0].id])
        with pytest.raises(ReviewError, match="just begun"):
            begin_journal(session.journal.path, session.facts, session.links)
        assert session.counts == (1, 0)
