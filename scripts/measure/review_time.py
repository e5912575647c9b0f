"""Time what a review does before its page opens, and after an edit.

    python scripts measure.review_time FOLDER [--sentences 2000] [--edits 12] [--profile FILE]

FOLDER holds NAME.zh and NAME.en, a sentence a line, in any folder below. Documents are put
end to end until there are so many sentences a side; where they are too few, they come
again with other numbers in front, so that no two rounds are the same. They are linked
line by line, which only makes the starting point cheap: what is timed does not
depend on how good the links are.

Printed are CPU seconds of all threads (a loaded machine makes the clock useless), with those of
the clock behind them: opening the journal; what is left, which the page shows; preparing to
realign, and for a long text scoring the first stretch; and of each kind of edit the median
and the largest, realigning and the write to the disk included.
"""

from __future__ import annotations

import argparse
import cProfile
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.encode import load_encoder
from aligner.errors import ReviewError
from aligner.review.asking import left
from aligner.review.opening import open_review
from aligner.review.realigner import Realigner
from aligner.review.session import Session
from aligner.review.values import ReviewLink, Sentence
from aligner.span import Span

TURN = 7919  # that the numbers of a round begin at its multiple
Times = dict[str, list[tuple[float, float]]]


def lines_of(folder: Path, wanted: int) -> tuple[list[str], list[str]]:
    """Return so many sentences a side, or a few less of one that has fewer."""
    pairs = [
        [path.with_suffix(end).read_text(encoding="utf-8").splitlines() for end in (".zh", ".en")]
        for path in sorted(folder.rglob("*.zh"))
        if path.with_suffix(".en").exists()
    ]
    sides: tuple[list[str], list[str]] = [], []
    turn = 0
    while pairs and min(map(len, sides)) < wanted:
        for pair in pairs:
            there = [[line for line in lines if line.strip()] for lines in pair]
            for side, lines in zip(sides, there, strict=True):
                side += [f"{turn * TURN + n} {line}" if turn else line
                         for n, line in enumerate(lines[: min(map(len, there))])]  # fmt: skip
        turn += 1
    return sides[0][:wanted], sides[1][:wanted]


def linked(src: list[str], tgt: list[str]) -> Bitext:
    """Return two sides of the same length as a pair that is linked line by line."""
    sides = []
    for name, lines in (("zh", src), ("en", tgt)):
        spans, at = [], 0
        for line in lines:
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        segments = tuple(
            Segment(name, n, span, line)
            for n, (span, line) in enumerate(zip(spans, lines, strict=True))
        )
        sides.append((Document(name, "\n".join(lines), tuple(spans)), segments))
    (src_doc, zh), (tgt_doc, en) = sides
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.995) for n in range(len(src)))
    return Bitext("timed", src_doc, tgt_doc, zh, en, Alignment(beads, len(zh), len(en)))


@contextmanager
def timed(times: Times, name: str) -> Iterator[None]:
    """Add what is done inside to the times, as CPU seconds and those of the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    yield
    times[name].append((time.process_time() - cpu, time.perf_counter() - clock))


def edits(session: Session, place: int) -> dict[str, Callable[[], object]]:
    """Return the kinds of edits, each at a link or the first one behind it that has a side."""

    def link(away: int = 0) -> ReviewLink:
        return session.links[place + away]

    def src() -> Sentence:
        return next(one.src[0] for one in session.links[place:] if one.src)

    def tgt() -> Sentence:
        return next(one.tgt[0] for one in session.links[place:] if one.tgt)

    return {
        "confirm": lambda: session.confirm([link().id]),
        "join": lambda: session.join([link().id, link(1).id]),
        "move": lambda: session.shift(src().id, up=True),
        "unlink": lambda: session.unlink(link=link().id),
        "correct": lambda: session.correct(tgt().id, f"{tgt().text} Well."),
        "correct Chinese": lambda: session.correct(src().id, f"{src().text}好。"),
        "split sentence": lambda: session.split_sentence(src().id, len(src().text) // 2),
        "join sentences": lambda: session.join_sentences(tgt().id),
        "undo": session.undo,
    }


def work(a: argparse.Namespace, times: Times) -> None:
    """Open a review and edit it."""
    src, tgt = lines_of(a.folder, a.sentences)
    encoder = load_encoder("use")
    warm = linked(src[:100], tgt[:100])
    with tempfile.TemporaryDirectory() as name:
        for bitext, count in ((warm, 1), (linked(src, tgt), a.edits)):
            folder = Path(name) / str(len(bitext.src))
            folder.mkdir()
            source = folder / "timed.txt"
            source.write_text("what it was made from", encoding="utf-8")
            times.clear()
            with timed(times, "open the journal"):
                session = open_review([source], partial(_itself, bitext)).session
            with timed(times, "what is left"):
                left(session.links)
            edit_at_random(session, Realigner(encoder), count, times)
            session.journal.close()


def edit_at_random(session: Session, realigner: Realigner, count: int, times: Times) -> None:
    """Do so many edits of each kind, at places drawn at random near one another."""
    chance = random.Random(0)  # noqa: S311 - no secret
    middle = len(session.links) // 2
    with timed(times, "prepare"):
        realigner.prepare(session.links)
    session.realign = realigner
    if realigner.is_long:
        with timed(times, "score a stretch"):
            realigner.look(session.links, middle, middle + 1)
    else:
        with timed(times, "realign all"):
            session.realign_all()
    for _ in range(count):
        place = middle + chance.randrange(-min(100, middle // 2), min(100, middle // 2))
        for kind, edit in edits(session, place).items():
            with suppress(ReviewError), timed(times, kind):  # where it can be done
                edit()


def _itself(bitext: Bitext) -> Bitext:
    return bitext


def main() -> int:
    """Print a line for each thing that was timed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--edits", type=int, default=12)
    parser.add_argument("--profile", type=Path, metavar="FILE", help="for pstats")
    a = parser.parse_args()
    times: Times = defaultdict(list)
    profile = cProfile.Profile()
    if a.profile:
        profile.runcall(work, a, times)
        profile.dump_stats(a.profile)
    else:
        work(a, times)
    print(f"{a.sentences} sentences; milliseconds of the CPU, (of the clock)")
    for name, found in times.items():
        cpu, clock = (sorted(1000 * one[k] for one in found) for k in (0, 1))
        print(
            f"{name:18} {len(found):3} times, median {statistics.median(cpu):7.0f}, largest"
            f" {cpu[-1]:7.0f} ({statistics.median(clock):.0f}, {clock[-1]:.0f})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
