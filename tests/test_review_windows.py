"""Of a long document a stretch is scored when somebody looks at it, and follows what is done."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from stand_ins import make_bitext

from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.review import lattice_window, realigner, stretches_again
from aligner.review.lattice_window import raised
from aligner.review.opening import open_review
from aligner.review.realigner import Realigner
from aligner.review.session import Session
from aligner.review.watch import Watch

ROWS = 120


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a document of a hundred links be a long one."""
    for module, name, value in (
        (realigner, "WHOLE_LINKS", 50),
        (realigner, "WINDOW_LINKS", 15),
        (stretches_again, "REACH_LINKS", 5),
        (realigner, "REACH_LINKS", 5),
        (stretches_again, "SURE_BORDER", 0.5),
        (lattice_window, "FAR_WINDOWS", 4),
    ):
        monkeypatch.setattr(module, name, value)


@pytest.fixture
def session(tmp_path: Path, short: None) -> Session:
    """Return the review of a long document."""
    pairs = [
        (f"第{n}户人家交了{n * 7 + 3}斤稻谷。", f"Household {n} handed in {n * 7 + 3} catties.")
        for n in range(ROWS)
    ]
    source = tmp_path / "grain.txt"
    source.write_text("what it was made from", encoding="utf-8")
    return open_review([source], lambda: make_bitext(pairs)).session


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Return the default encoder."""
    return load_encoder("use")


def texts(session: Session) -> list[str]:
    """Return all sentences in reading order, side by side."""
    return [s.text for side in ("zh", "en") for link in session.links for s in link.side(side)]


def test_an_edit_of_what_is_not_scored_is_left_for_later(
    session: Session, encoder: Encoder
) -> None:
    """It is acknowledged as it is; once its stretch is scored it is decoded again."""
    waiting: list[int] = []
    realign = Realigner(encoder, later=waiting.extend)
    realign.prepare(session.links)
    session.realign = realign
    assert realign.is_long
    assert realign.ready
    link = session.links[60]
    session.correct(link.tgt[0].id, "Household 60 handed in 423 catties of rice.")
    assert session.links[60].p is None
    assert waiting == [link.id]
    realign.look(session.links, 60, 61)
    session.realign_near(waiting)
    assert session.links[60].p is not None
    assert session.links[60].keys == (link.keys[0], (session.links[60].tgt[0].key,))


def test_a_stretch_that_is_scored_follows_what_is_done_before_it_and_in_it(
    session: Session, encoder: Encoder
) -> None:
    """Sentences that were split far before it do not shift it; nothing is lost by any edit."""
    realign = Realigner(encoder)
    realign.prepare(session.links)
    realign.look(session.links, 80, 81)
    session.realign = realign
    before = texts(session)
    session.split_sentence(session.links[10].src[0].id, 3)
    session.join([session.links[79].id, session.links[80].id])
    here = session.links[85]
    session.correct(here.tgt[0].id, "Household 86 handed in something else.")
    session.split_sentence(session.links[83].tgt[0].id, 9)
    assert all(link.p is not None for link in session.links)
    while session.undo():
        pass
    assert texts(session) == before
    change = session.correct(session.links[81].tgt[0].id, "Household 81 handed in 570 catties!")
    assert change
    assert session.links[81].p is not None


def test_many_corrections_at_once_are_decoded_in_pieces(session: Session, encoder: Encoder) -> None:
    """Confirming links far apart decodes round each, and moves none of them."""
    realign = Realigner(encoder)
    realign.prepare(session.links)
    session.realign = realign
    chosen = [session.links[n].id for n in (3, 40, 41, 100)]
    session.confirm(chosen)
    assert [link.id for link in session.links if link.status == "confirmed"] == chosen
    assert len(texts(session)) == 2 * ROWS


def test_the_watch_scores_what_is_seen_and_realigns_what_was_corrected(
    session: Session, encoder: Encoder
) -> None:
    """A correction that came before its stretch was scored is decoded without being asked for."""
    watch = Watch(session)
    realign = Realigner(encoder, later=watch.correct)
    realign.prepare(session.links)
    session.realign = realign
    worker = threading.Thread(target=watch.follow, args=(realign,), daemon=True)
    worker.start()
    watch.see(20, 30)
    session.correct(session.links[70].tgt[0].id, "Household 70 handed in 493 catties of rice.")
    for _ in range(600):
        if session.links[70].p is not None:
            break
        worker.join(0.1)
    assert session.links[70].p is not None
    assert session.counts[0] == 2  # the correction, and what was decoded again after it
    watch.end()
    worker.join(60)
    assert not worker.is_alive()


@pytest.mark.parametrize(
    ("first", "now", "said"),
    [
        (0.2, 0.8, 0.5),
        (0.6, 0.6, 0.6),
        (0.9, 0.3, 0.3),
        (None, 0.8, 0.8),
        (0.0, 0.8, 0.8),
        (0.7, 1.0, 1.0),
    ],
)
def test_what_is_confirmed_beside_a_link_makes_it_half_as_much_surer(
    first: float | None, now: float, said: float
) -> None:
    """The logit goes half the way up, and all the way down."""
    assert raised(first, now) == pytest.approx(said)
