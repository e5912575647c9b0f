"""Kill a process that edits a review, at random moments; see that nothing is lost.

    python scripts/stress/review.py [--kills 200] [--seed 0]

A child opens the review, does actions drawn at random and prints the number of each, and
what the document then looks like, once the session has acknowledged it. It is killed by
SIGKILL after a random while. Then the review is opened here: it must hold every action
that was acknowledged, with the document that belongs to it, and at most one more, which
was on the disk before it was acknowledged.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.errors import ReviewError
from aligner.review.opening import open_review
from aligner.review.session import Session
from aligner.span import Span

SENTENCES = 200
LONGEST = 0.6  # seconds from a child's first action to its end


def bitext() -> Bitext:
    """Return a pair of plain sentences, one link each."""
    sides = []
    for name, text in (
        ("zh", "第{}天，河水又涨了一尺。"),
        ("en", "On day {} the river rose again."),
    ):
        lines = [text.format(n) for n in range(SENTENCES)]
        spans, at = [], 0
        for line in lines:
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        whole = "\n".join(lines)
        segments = tuple(
            Segment(name, n, span, line)
            for n, (span, line) in enumerate(zip(spans, lines, strict=True))
        )
        sides.append((Document(name, whole, tuple(spans)), segments))
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.9) for n in range(SENTENCES))
    (src_doc, src), (tgt_doc, tgt) = sides
    return Bitext("flood", src_doc, tgt_doc, src, tgt, Alignment(beads, SENTENCES, SENTENCES))


def state_of(session: Session) -> str:
    """Return a digest of all that the document is, and how much can be undone and redone."""
    undo, redo = session.counts
    return f"{hashlib.sha256(repr(session.links).encode()).hexdigest()} {undo} {redo}"


def act(session: Session, chance: random.Random) -> bool:
    """Do something; return whether it changed anything."""
    link = chance.choice(session.links)
    sentence = chance.choice(link.sentences)
    try:
        match chance.randrange(9):
            case 0:
                at = session.place(link.id)
                done = session.join([one.id for one in session.links[at : at + 2]])
            case 1:
                done = session.split(link.id, 1, 1)
            case 2:
                done = session.shift(sentence.id, up=chance.random() < 0.5)
            case 3:
                done = session.confirm([link.id])
            case 4:
                done = session.note(link.id, f"note {chance.random()}")
            case 5:
                done = session.correct(sentence.id, f"Text {chance.random()}.")
            case 6:
                done = session.split_sentence(sentence.id, chance.randint(1, 8))
            case 7:
                return session.undo() is not None
            case _:
                return session.redo() is not None
    except ReviewError:
        return False
    return bool(done)


def edit(source: Path, seed: int) -> None:
    """Edit without end; print what was acknowledged."""
    session = open_review([source], bitext).session
    chance = random.Random(seed)  # noqa: S311 - no secret
    while True:
        if act(session, chance):
            print(state_of(session), flush=True)


def kill_once(source: Path, seed: int, pause: float) -> tuple[str, int]:
    """Let a child edit so long; return the last state that it printed, and how many."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--edit", str(source), "--seed", str(seed)],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    first = child.stdout.readline()
    time.sleep(pause)
    child.kill()
    lines = [first, *child.stdout.read().splitlines(keepends=True)]
    child.wait()
    whole = [line.decode().strip() for line in lines if line.endswith(b"\n")]
    return (whole[-1] if whole else ""), len(whole)


def is_near(session: Session, last: str) -> bool:
    """Tell whether a state is the one that was opened, or a single action before it."""
    if last == state_of(session):
        return True
    copy = list(session.links)
    before = after = ""
    if session.undo():
        before = state_of(session)
        session.redo()
    if session.redo():  # the last one was an undo
        after = state_of(session)
        session.undo()
    if session.links != copy:
        sys.exit("undoing and redoing does not give the same document")
    # an action takes away what could be redone, however much that was
    return last == after or (bool(before) and last.rpartition(" ")[0] == before.rpartition(" ")[0])


def main() -> None:
    """Run the test; end with status 1 if anything is amiss."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--edit", type=Path, help="be the child that edits")
    options = parser.parse_args()
    if options.edit:
        edit(options.edit, options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    faults = actions = behind = 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "flood.txt"
        source.write_text("what it was made from", encoding="utf-8")
        for number in range(options.kills):
            pause = chance.uniform(0, LONGEST)
            last, count = kill_once(source, options.seed + number, pause)
            actions += count
            session = open_review([source], bitext).session
            opened = state_of(session)
            near = is_near(session, last)
            session.journal.close()
            behind += opened != last
            if session.journal.read_only or not near:
                faults += 1
                print(f"kill {number}: the state acknowledged last is lost", flush=True)
    print(
        f"{options.kills} kills, {actions} actions acknowledged, {behind} times one more was on"
        f" the disk, {faults} faults"
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
