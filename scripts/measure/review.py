"""Let a simulated reader answer what a review asks, and print how soon the links are right.

    python scripts measure.review FOLDER [--weights DIR] [--until .99] [--json]

FOLDER is a set of NAME.zh, NAME.en and NAME.align. The reader knows the gold. At each place
that it is sent to, it makes the gold links of the sentences there, or confirms what is
right already; gold links that cross are left as they are. One place looked at is one
answer. Three ways to go on are compared, over all documents of the set together:

- `ask`: where the review asks (`aligner.review.asking`), realigning after each answer;
- `sorted`: the least likely link first, by the probabilities of the start; no realigning;
- `top down`: link by link from the first to the last; no realigning.

F1 is strict, all links. `stated` is the expected number of wrong links that the review
shows, `true` what the gold says; `off` is the mean of |stated / true - 1| over the steps
until the F1 was reached. DIR holds NAME.json and NAME.second.json, weights of both passes that
did not see the document, such as those of `fit.alignment --without`; the shipped ones saw it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from aligner import scoring
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.errors import ReviewError
from aligner.formats.documents import read_document
from aligner.pipeline import align_documents
from aligner.review.asking import doubts, gains
from aligner.review.opening import open_review
from aligner.review.realigner import Realigner
from aligner.review.session import Session
from aligner.review.values import ReviewLink

Numbers = tuple[tuple[int, ...], tuple[int, ...]]  # ids of Chinese and English sentences


class Point(NamedTuple):
    """How things stand after some answers."""

    answers: int
    f1: float
    stated: float
    true: int


@dataclass
class Reader:
    """A document with its gold, by the ids of its sentences."""

    session: Session
    gold: set[Numbers]
    of: dict[int, Numbers] = field(default_factory=dict)  # the gold link of a sentence
    seen: set[int] = field(default_factory=set)  # links that it has looked at

    def answer(self, place: int) -> None:
        """Look at a link, and mend or confirm it."""
        link = self.session.links[place]
        self.seen.add(link.id)
        groups = {self.of[s.id] for s in link.sentences if s.id in self.of}
        try:
            if numbers(link) in self.gold or not groups:
                self.session.confirm([link.id])
            else:
                change = self.session.relink([(list(a), list(b)) for a, b in sorted(groups)],
                                             status="confirmed")  # fmt: skip
                self.seen |= {one.id for h in change.hunks for one in h.after if one.held}
        except ReviewError:  # crossing links: it is left as it is
            self.session.confirm([link.id])

    @property
    def hits(self) -> int:
        """How many links are right."""
        return sum(numbers(link) in self.gold for link in self.session.links)


def numbers(link: ReviewLink) -> Numbers:
    """Return a link as the ids of its sentences."""
    return tuple(s.id for s in link.src), tuple(s.id for s in link.tgt)


def open_reader(
    gold: Path, folder: Path, *, encoder: Encoder, weights: Path | None, realign: bool
) -> Reader:
    """Align a document and begin its review."""
    src, tgt = (read_document(gold.with_suffix(f".{side}")) for side in ("zh", "en"))
    first = weights and weights / f"{gold.stem}.json"
    second = weights and weights / f"{gold.stem}.second.json"
    bitext = align_documents(
        src, tgt, pre_split=True, encoder=encoder, weights=first, second_weights=second
    )
    session = open_review([gold], lambda: bitext, journal=folder / f"{gold.stem}.review").session
    if realign:
        realigner = Realigner(encoder, weights=first, second_weights=second)
        realigner.prepare(session.links)
        session.realign = realigner
    n = len(bitext.src)
    links = {
        (tuple(i + 1 for i in one.src), tuple(n + j + 1 for j in one.tgt))
        for one in scoring.read_align(gold)
    }
    reader = Reader(session, links)
    reader.of = {number: link for link in links for side in link for number in side}
    return reader


def point(readers: Sequence[Reader], answers: int) -> Point:
    """Return how all documents stand together."""
    hits = sum(reader.hits for reader in readers)
    test = sum(len(reader.session.links) for reader in readers)
    gold = sum(len(reader.gold) for reader in readers)
    stated = sum(float(doubts(reader.session.links).sum()) for reader in readers)
    return Point(answers, 2 * hits / (test + gold), stated, test - hits)


def by_asking(readers: Sequence[Reader]) -> tuple[Reader, int] | None:
    """Return the place with the most to gain."""
    best: tuple[float, Reader, int] | None = None
    for reader in readers:
        realign = reader.session.realign
        borders = realign.borders if isinstance(realign, Realigner) else None
        gain = gains(reader.session.links, borders)
        at = int(gain.argmax())
        if gain[at] > 0 and (best is None or gain[at] > best[0]):
            best = float(gain[at]), reader, at
    return best and best[1:]


def by_p(readers: Sequence[Reader]) -> tuple[Reader, int] | None:
    """Return the least likely link that was not looked at."""
    found = [
        (link.p or 0.0, k, at)
        for k, reader in enumerate(readers)
        for at, link in enumerate(reader.session.links)
        if link.id not in reader.seen and not link.held
    ]
    if not found:
        return None
    _, k, at = min(found)
    return readers[k], at


def from_the_top(readers: Sequence[Reader]) -> tuple[Reader, int] | None:
    """Return the first link that was not looked at."""
    for reader in readers:
        for at, link in enumerate(reader.session.links):
            if link.id not in reader.seen:
                return reader, at
    return None


WAYS: dict[str, tuple[Callable[[Sequence[Reader]], tuple[Reader, int] | None], bool]] = {
    "ask": (by_asking, True),
    "sorted": (by_p, False),
    "top down": (from_the_top, False),
}


def course(way: str, a: argparse.Namespace, encoder: Encoder) -> Iterator[Point]:
    """Yield how things stand after each answer, until the F1 is reached or all was seen."""
    choose, realign = WAYS[way]
    with tempfile.TemporaryDirectory() as name:
        readers = [
            open_reader(
                gold,
                Path(name),
                encoder=encoder,
                weights=a.weights,
                realign=realign,
            )
            for gold in sorted(a.folder.glob("*.align"))
        ]
        now = point(readers, 0)
        yield now
        while now.f1 < a.until and (found := choose(readers)):
            found[0].answer(found[1])
            now = point(readers, now.answers + 1)
            yield now
        for reader in readers:
            reader.session.journal.close()


def off(points: Sequence[Point]) -> float:
    """Return how far what is stated is from the truth, on average."""
    return sum(abs(p.stated / max(p.true, 1) - 1) for p in points) / len(points)


def main() -> int:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, metavar="DIR")
    parser.add_argument("--until", type=float, default=0.99)
    parser.add_argument("--way", action="append", choices=sorted(WAYS))
    parser.add_argument("--json", action="store_true")
    a = parser.parse_args()
    encoder = load_encoder("use")
    for way in a.way or WAYS:
        points = list(course(way, a, encoder))
        if a.json:
            print(json.dumps({"way": way, "course": points}), flush=True)
            continue
        first, last = points[0], points[-1]
        print(
            f"{way:9} {last.answers:5} answers, F1 {first.f1:.4f} to {last.f1:.4f};"
            f" wrong at first {first.true}, stated {first.stated:.1f};"
            f" at last {last.true}, stated {last.stated:.1f}; off {off(points):.3f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
