"""What is under review: sentences, links, and changes of them.

All are frozen. A sentence keeps its id through every correction; each version of it has a
key of its own, under which the journal holds it. Sentences lie inside links, and the links
in reading order hold every sentence once, so a change is nothing but links that give way
to others: what was there before comes back by the same way.

Units: offsets are characters of the document's text as read, from 0; `p` is a probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from aligner.span import Lang, Span

LinkStatus = Literal[
    "auto",  # as decoded
    "made",  # by a person: held in realigning, and not confirmed
    "confirmed",  # by a person
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One version of a sentence."""

    key: int  # of this version, in the journal
    id: int  # of the sentence, whatever becomes of its text
    side: Lang
    paragraph: int  # counted from 0
    span: Span  # in the document's text, also where the text was corrected
    text: str
    soft: tuple[int, ...] = ()  # offsets in `text` where it may be cut


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """Sentences that belong together, with what a person said of them."""

    id: int
    src: tuple[Sentence, ...]
    tgt: tuple[Sentence, ...]
    p: float | None  # posterior; 1 for what a person made; None: not decoded since an edit
    status: LinkStatus = "auto"
    bookmark: bool = False
    note: str = ""
    # Posterior of its end: that both sides are parted there. None: not known.
    border: float | None = field(default=None, compare=False)

    @property
    def held(self) -> bool:
        """Whether realigning leaves it alone."""
        return self.status != "auto"

    @property
    def kind(self) -> str:
        """The numbers of sentences on the two sides, such as `1-2`."""
        return f"{len(self.src)}-{len(self.tgt)}"

    def side(self, lang: Lang) -> tuple[Sentence, ...]:
        """Return the sentences of one side."""
        return self.src if lang == "zh" else self.tgt

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of both sides."""
        return self.src + self.tgt

    @property
    def keys(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The keys of the sentences of both sides: what the link is made of."""
        return tuple(s.key for s in self.src), tuple(s.key for s in self.tgt)


class Hunk(NamedTuple):
    """Links that gave way to others."""

    at: int  # number of the first one in the list of links, from 0
    before: tuple[ReviewLink, ...]
    after: tuple[ReviewLink, ...]


class FindingVerdict(NamedTuple):
    """What a person says of a finding."""

    answer: Literal["accept", "not an error", "right rendering"]
    text: str = ""  # the right rendering, or a remark
    term: str = ""  # the Chinese words that it renders


class Settled(NamedTuple):
    """A finding whose verdict changed."""

    finding: str  # its key
    before: FindingVerdict | None
    after: FindingVerdict | None


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """One action with all that it changed, in the order in which it did."""

    kind: str  # the action's name
    hunks: tuple[Hunk, ...] = ()
    settled: Settled | None = None
    new: tuple[Sentence, ...] = field(default=())  # versions that did not exist before

    @property
    def undone(self) -> ReviewChange:
        """The change that takes this one back."""
        settled = self.settled and Settled(
            self.settled.finding, self.settled.after, self.settled.before
        )
        hunks = tuple(Hunk(h.at, h.after, h.before) for h in reversed(self.hunks))
        return ReviewChange(self.kind, hunks, settled)

    def __bool__(self) -> bool:
        return bool(self.hunks or self.settled)


def apply(links: list[ReviewLink], hunks: Sequence[Hunk]) -> None:
    """ReviewChange a list of links in place."""
    for hunk in hunks:
        links[hunk.at : hunk.at + len(hunk.before)] = hunk.after


def link_row(link: ReviewLink) -> list[Any]:
    """Return a link as the journal holds it: its sentences by their keys."""
    return [
        link.id,
        *map(list, link.keys),
        link.p,
        link.status,
        link.bookmark,
        link.note,
        link.border,
    ]


def link_of(row: Sequence[Any], sentences: dict[int, Sentence]) -> ReviewLink:
    """Return the link of a row from `link_row`."""
    number, src, tgt, p, status, bookmark, note, border = row
    return ReviewLink(
        number,
        tuple(sentences[key] for key in src),
        tuple(sentences[key] for key in tgt),
        p,
        status,
        bookmark,
        note,
        border,
    )
