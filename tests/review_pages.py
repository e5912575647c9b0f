"""Documents for tests of the page of a review, and a server that has them on its desk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.encode import load_encoder
from aligner.findings import Finding
from aligner.glossary.entries import Glossary
from aligner.review.desk import Desk, Paper
from aligner.review.opening import open_review
from aligner.review.session import Session
from aligner.review.web_server import ReviewServer
from aligner.span import Span

SCRIPT = "<img src=x onerror=alert(1)>"
Group = tuple[list[str], list[str], float]  # sentences of both sides, p
GROUPS: list[Group] = [
    (["第一章：老桥"], ["Chapter One: The Old Bridge"], 0.99),
    (["这座桥建于1887年。"], ["The bridge was built in 1887."], 0.98),
    (["桥下水深，船夫们都小心。"], ["The water below is deep.", "Boatmen take care."], 0.93),
    (["冬天河面结冰。", "孩子们在上面滑。"],
     ["In winter the river freezes and children skate."], 0.72),
    (["没有人知道是谁修的。"], ["Nobody knows who built it."], 0.95),
    (["雾天要敲钟。"], [], 0.41),
    ([], ["The bell is from another town."], 0.55),
    ([f"有人在桥上写下{SCRIPT}。"], [f"Someone wrote {SCRIPT} on it."], 0.88),
    (["第二章：新路"], ["Chapter Two: The New Road"], 0.99),
    (["去年修了一条新路。"], ["A new road was built last year."], 0.97),
    (["车多了，桥上的人少了。"], ["There are more cars and fewer people on the bridge."], 0.64),
    (["老船夫还在。", "他每天来看水。"],
     ["The old boatman is still there.", "He looks at the water daily."], 0.35),
    (["他说桥会比路长久。"], ["He says the bridge will outlast the road."], 0.9),
]  # fmt: skip


def document(groups: Sequence[Group], name: str = "bridge") -> Bitext:
    """Return a bitext; a chapter's heading and each pair of links are a paragraph."""
    beads, i, j = [], 0, 0
    for src, tgt, p in groups:
        beads.append(Bead(Span(i, i + len(src)), Span(j, j + len(tgt)), p))
        i, j = i + len(src), j + len(tgt)
    src_doc, src_segments = _side(f"{name}.zh", [group[0] for group in groups], "")
    tgt_doc, tgt_segments = _side(f"{name}.en", [group[1] for group in groups], " ")
    alignment = Alignment(tuple(beads), i, j)
    return Bitext(name, src_doc, tgt_doc, src_segments, tgt_segments, alignment)


def _side(name: str, groups: Sequence[list[str]], gap: str) -> tuple[Document, tuple[Segment, ...]]:
    paragraphs: list[list[str]] = []
    headings: list[int] = []
    for n, sentences in enumerate(groups):
        is_heading = any(one.startswith(("第", "Chapter")) for one in sentences)
        if is_heading:
            headings.append(len(paragraphs))
        if is_heading or n % 2 or not paragraphs:
            paragraphs.append([])
        paragraphs[-1] += sentences
        if is_heading:
            paragraphs.append([])
    filled = [n for n, one in enumerate(paragraphs) if one]
    number = {old: new for new, old in enumerate(filled)}
    segments, spans, text = [], [], ""
    for old in filled:
        start = len(text)
        for k, one in enumerate(paragraphs[old]):
            text += gap if k else ""
            span = Span(len(text), len(text) + len(one))
            segments.append(Segment(name, number[old], span, one))
            text += one
        spans.append(Span(start, len(text)))
        text += "\n\n"
    marked = tuple(number[old] for old in headings if old in number)
    return Document(name, text.rstrip(), tuple(spans), headings=marked), tuple(segments)


def find(bitext: Bitext, _renderings: Glossary) -> list[Finding]:
    """Find that the bridge is another thing in some places, as a check would."""
    found = []
    for n, bead in enumerate(bitext.alignment.beads):
        src, tgt = bitext.src[slice(*bead.src)], bitext.tgt[slice(*bead.tgt)]
        if src and tgt and "桥" in src[0].text and "bridge" not in tgt[0].text.lower():
            at = src[0].span.start + src[0].text.index("桥")
            ids = tuple(range(*bead.src)), tuple(range(*bead.tgt))
            found.append(
                Finding(bitext.id, "桥", "it", "bridge", "substitution", "warning",
                        "桥 is rendered as bridge elsewhere.", n, *ids, Span(at, at + 1),
                        tgt[0].span, 0.8)
            )  # fmt: skip
    return found


class Served(NamedTuple):
    """A server that runs, with what is on its desk."""

    address: str
    desk: Desk

    @property
    def session(self) -> Session:
        """The session of the first document."""
        return self.desk.paper(0).session


@contextmanager
def served(  # noqa: PLR0913 - what a desk can have
    folder: Path,
    makers: Sequence[Callable[[], Bitext]],
    *,
    encoder: bool = True,
    read_only: bool = False,
    lang: str = "en",
    out: Sequence[Path] = (),
) -> Iterator[Served]:
    """Serve documents; their journals lie in a folder, so a second call goes on with them."""
    desk = Desk(
        [_paper(folder, n, make, read_only=read_only) for n, make in enumerate(makers)],
        encoder=(lambda: load_encoder("length")) if encoder else None,
        find=find,
        out=out,
        is_corpus=len(makers) > 1,
        lang=lang,
    )
    server = ReviewServer(desk)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Served(server.address, desk)
    finally:
        server.stop()
        thread.join(20)
        desk.close()


def _paper(folder: Path, n: int, make: Callable[[], Bitext], *, read_only: bool) -> Paper:
    source, journal = folder / f"doc{n}.txt", folder / f"doc{n}.review"
    source.write_text(f"source {n}", encoding="utf-8")
    bitext = make()
    doubt = sum(1 - bead.p for bead in bitext.alignment.beads)
    return Paper(
        bitext.id,
        lambda: open_review([source], lambda: bitext, journal=journal, read_only=read_only),
        journal,
        doubt,
        len(bitext.alignment.beads),
    )
