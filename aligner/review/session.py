"""The document under review: its links, the actions, undo and redo, all journaled.

An action is acknowledged by returning; by then it is on the disk. Methods may be called
from several threads: one runs at a time.
"""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from aligner.bitext import Document
from aligner.errors import ReviewError
from aligner.review import edits
from aligner.review.edits import Group, Mint, regroup, with_links
from aligner.review.journal import Journal
from aligner.review.values import (
    Change,
    FindingVerdict,
    Hunk,
    LinkStatus,
    ReviewLink,
    Sentence,
    Settled,
    apply,
)
from aligner.span import Lang, Span

Realign = Callable[[Sequence[ReviewLink], Sequence[Hunk], Mint], Sequence[Hunk]]
P = ParamSpec("P")
R = TypeVar("R")
_NO_LINK: Final = "the page may be old: load it again"


def one_at_a_time(
    method: Callable[Concatenate[Session, P], R],
) -> Callable[Concatenate[Session, P], R]:
    """Let one thread at a time into a session."""

    @wraps(method)
    def guarded(self: Session, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return method(self, *args, **kwargs)

    return guarded


class Session:
    """A review of one document pair.

    Args:
        journal: Where it is kept; it says what the review began with.
        realign: Called after each correction with the links, what changed and the mint;
            returns what it changed in turn. None: nothing realigns.
    """

    def __init__(self, journal: Journal, *, realign: Realign | None = None) -> None:
        self.journal = journal
        self.lock = threading.RLock()
        self.realign: Realign | None = realign
        self.facts: dict[str, Any] = journal.facts()
        self.src_doc, self.tgt_doc = (document_of(self.facts[name]) for name in ("src", "tgt"))
        self._revision = 0
        self._load()

    def _load(self) -> None:
        """Take what the journal holds."""
        journal = self.journal
        self.verdicts: dict[str, FindingVerdict] = {}
        with journal.reading():
            sentences = journal.sentences()
            self.links = journal.links(sentences)
            self._changes = journal.changes(sentences)
            done = journal.done()
        self._done = 0
        ids = [link.id for link in self.links]
        ids += [link.id for c in self._changes for h in c.hunks for link in h.after]
        self.mint = Mint(
            link=max(ids, default=0),
            sentence=max((s.id for s in sentences.values()), default=0),
            key=max(sentences, default=0),
        )
        self._places: dict[int, int] | None = None
        for change in self._changes[:done]:
            self._apply(change)

    @property
    def revision(self) -> int:
        """A number that differs whenever the document does."""
        return self._revision

    @one_at_a_time
    def follow(self) -> None:
        """Take over what another process has written, where this one only reads."""
        if self.journal.read_only and self.journal.has_changed():
            self._load()

    @property
    def counts(self) -> tuple[int, int]:
        """How many actions can be undone, and redone."""
        return self._done, len(self._changes) - self._done

    def place(self, link: int) -> int:
        """Return the place of a link in `links`.

        Raises:
            ReviewError: There is no such link.
        """
        if self._places is None:
            self._places = {link.id: n for n, link in enumerate(self.links)}
        try:
            return self._places[link]
        except KeyError:
            raise ReviewError(f"there is no link {link} any more", hint=_NO_LINK) from None

    def find(self, sentence: int) -> tuple[int, Sentence]:
        """Return the place of a sentence's link, and the sentence as it is now.

        Raises:
            ReviewError: There is no such sentence.

        Cost: one pass over the document.
        """
        for place, link in enumerate(self.links):
            for one in link.sentences:
                if one.id == sentence:
                    return place, one
        raise ReviewError(f"there is no sentence {sentence} any more", hint=_NO_LINK)

    @one_at_a_time
    def undo(self) -> Change | None:
        """Take the last action back; return what changed, None if there is none."""
        if not self._done:
            return None
        change = self._changes[self._done - 1].undone
        self.journal.move(self._done - 1)
        self._apply(change, -1)
        return change

    @one_at_a_time
    def redo(self) -> Change | None:
        """Do the action again that was last taken back; return what changed."""
        if self._done == len(self._changes):
            return None
        change = self._changes[self._done]
        self.journal.move(self._done + 1)
        self._apply(change)
        return change

    @one_at_a_time
    def join(self, links: Sequence[int]) -> Change:
        """Make one link of several; what stands between them stays what it is."""
        places = [self.place(link) for link in links]
        parts = [self.links[place] for place in sorted(places)]
        group = (tuple(s for p in parts for s in p.src), tuple(s for p in parts for s in p.tgt))
        return self._do(regroup("join", self.links, places, [group], self.mint))

    @one_at_a_time
    def split(self, link: int, n_src: int, n_tgt: int) -> Change:
        """Cut a link in two; the first part gets so many sentences of each side.

        Raises:
            ReviewError: One part would be empty.
        """
        place = self.place(link)
        one = self.links[place]
        head, tail = (one.src[:n_src], one.tgt[:n_tgt]), (one.src[n_src:], one.tgt[n_tgt:])
        if min(n_src, n_tgt) < 0 or not any(head) or not any(tail):
            raise ReviewError(
                "one part of the link would be empty",
                hint="give each part a sentence of one side at least",
            )
        return self._do(regroup("split", self.links, [place], [head, tail], self.mint))

    @one_at_a_time
    def shift(self, sentence: int, *, up: bool) -> Change:
        """Move a sentence to the link before or behind its own, with those on its way.

        Sentences of its side without partner that stand between come along.

        Raises:
            ReviewError: There is no link on that side.
        """
        place, one = self.find(sentence)
        name, opposite = (
            _SIDES[lang] for lang in (("zh", "en") if one.side == "zh" else ("en", "zh"))
        )
        step = -1 if up else 1
        other = place + step
        while 0 <= other < len(self.links) and not getattr(self.links[other], opposite):
            other += step
        if not 0 <= other < len(self.links):
            raise ReviewError(
                "there is no link to move the sentence to",
                hint="mark it as without partner instead",
            )
        passed = [s for link in self.links[min(place, other) + 1 : max(place, other)]
                  for s in getattr(link, name)]  # fmt: skip
        here, there = self.links[place], self.links[other]
        mine: tuple[Sentence, ...] = getattr(here, name)
        at = mine.index(one)
        moved, kept = (mine[: at + 1], mine[at + 1 :]) if up else (mine[at:], mine[:at])
        got = getattr(there, name)
        got = (*got, *passed, *moved) if up else (*moved, *passed, *got)
        groups = [_group(there, name, got), _group(here, name, kept)]
        groups = [group for group in groups if any(group)]
        between = range(min(place, other), max(place, other) + 1)
        return self._do(regroup("move", self.links, between, groups, self.mint))

    @one_at_a_time
    def unlink(self, *, link: int | None = None, sentence: int | None = None) -> Change:
        """Mark all sentences of a link, or one sentence, as without partner.

        Raises:
            ReviewError: The sentence stands between others of its link.
        """
        if sentence is None:
            place = self.place(link if link is not None else -1)
            parts = [((s,), ()) if s.side == "zh" else ((), (s,))
                     for s in self.links[place].sentences]  # fmt: skip
            return self._do(regroup("unlink", self.links, [place], parts, self.mint))
        place, one = self.find(sentence)
        groups: list[Group] = [((one,), ()) if one.side == "zh" else ((), (one,))]
        here = self.links[place]
        rest = (tuple(s for s in here.src if s != one), tuple(s for s in here.tgt if s != one))
        if any(rest):
            groups.append(rest)
        return self._do(regroup("unlink", self.links, [place], groups, self.mint))

    @one_at_a_time
    def relink(
        self, groups: Sequence[tuple[Sequence[int], Sequence[int]]], *, status: LinkStatus
    ) -> Change:
        """Make links of groups of sentences, given by their ids: Chinese and English ones.

        Raises:
            ReviewError: They cross, or a group is no run of sentences.
        """
        wanted = {number for group in groups for side in group for number in side}
        found: dict[int, Sentence] = {}
        places = []
        for place, link in enumerate(self.links):
            here = {s.id: s for s in link.sentences if s.id in wanted}
            found |= here
            places += [place] if here else []
        if missing := wanted - found.keys():
            raise ReviewError(f"there is no sentence {min(missing)} any more", hint=_NO_LINK)
        made = [(tuple(found[n] for n in a), tuple(found[n] for n in b)) for a, b in groups]
        if any(s.side != side for g in made for side, part in zip(("zh", "en"), g, strict=True)
               for s in part):  # fmt: skip
            raise ReviewError(
                "a sentence is named on the wrong side",
                hint="name Chinese sentences first, then English ones",
            )
        return self._do(regroup("relink", self.links, places, made, self.mint, status))

    @one_at_a_time
    def split_sentence(self, sentence: int, at: int) -> Change:
        """Cut a sentence in two before a character of its text."""
        place, one = self.find(sentence)
        text = (self.src_doc if one.side == "zh" else self.tgt_doc).text
        return self._do(edits.split_sentence(self.links, place, one, at, text, self.mint))

    @one_at_a_time
    def join_sentences(self, sentence: int) -> Change:
        """Make one sentence of this one and the next of its side.

        Raises:
            ReviewError: It is the last one.
        """
        place, one = self.find(sentence)
        name = _SIDES[one.side]
        found = (
            (there, other)
            for there in range(place, len(self.links))
            for other in getattr(self.links[there], name)
            if there > place or other.span.start > one.span.start or other.key == one.key
        )
        next(found)  # the sentence itself
        there, other = next(found, (0, None))
        if other is None:
            raise ReviewError("it is the last sentence of its side", hint="join the one before it")
        return self._do(edits.join_sentences(self.links, (place, there), (one, other), self.mint))

    @one_at_a_time
    def correct(self, sentence: int, text: str) -> Change:
        """Give a sentence another text."""
        place, one = self.find(sentence)
        return self._do(edits.correct(self.links, place, one, text, self.mint))

    @one_at_a_time
    def confirm(self, links: Iterable[int], *, on: bool = True) -> Change:
        """Confirm links, or take that back: they are then as decoded."""
        places = [self.place(link) for link in links]

        def change(link: ReviewLink) -> ReviewLink:
            if on:
                return replace(link, status="confirmed", p=1.0)
            return replace(link, status="auto", p=None) if link.held else link

        kind = "confirm" if on else "unconfirm"
        return self._do(with_links(kind, self.links, places, change))

    @one_at_a_time
    def confirm_stretch(self, first: int, last: int) -> Change:
        """Confirm all links from one to another."""
        a, b = sorted((self.place(first), self.place(last)))
        return self.confirm([link.id for link in self.links[a : b + 1]])

    @one_at_a_time
    def bookmark(self, link: int, *, on: bool = True) -> Change:
        """Set or take away a bookmark."""
        change = with_links(
            "bookmark", self.links, [self.place(link)], lambda one: replace(one, bookmark=on)
        )
        return self._do(change, realign=False)

    @one_at_a_time
    def note(self, link: int, text: str) -> Change:
        """Put a note on a link; an empty one takes it away."""
        change = with_links(
            "note", self.links, [self.place(link)], lambda one: replace(one, note=text.strip())
        )
        return self._do(change, realign=False)

    @one_at_a_time
    def settle(self, finding: str, verdict: FindingVerdict | None) -> Change:
        """Say what a finding is; None takes that back."""
        before = self.verdicts.get(finding)
        settled = None if before == verdict else Settled(finding, before, verdict)
        return self._do(Change("settle", settled=settled), realign=False)

    @one_at_a_time
    def realign_all(self) -> Change:
        """Decode everything anew between the links that are held."""
        if self.realign is None:
            raise ReviewError("realigning is not ready", hint="wait a moment and try again")
        everything = Hunk(0, (), tuple(self.links))
        return self._do(
            Change("realign", tuple(self.realign(self.links, [everything], self.mint))),
            realign=False,
        )

    def _do(self, change: Change, *, realign: bool = True) -> Change:
        """Let a change happen: first in memory of its own, then on the disk, then here."""
        change = replace(change, hunks=tuple(h for h in change.hunks if h.before != h.after))
        if not change:
            return change
        if realign and self.realign is not None:
            after = list(self.links)
            apply(after, change.hunks)
            more = self.realign(after, change.hunks, self.mint)
            change = replace(change, hunks=(*change.hunks, *more))
        self.journal.add(change, self._done + 1, user())
        del self._changes[self._done :]
        self._changes.append(change)
        self._apply(change)
        return change

    def _apply(self, change: Change, step: int = 1) -> None:
        apply(self.links, change.hunks)
        if settled := change.settled:
            if settled.after is None:
                self.verdicts.pop(settled.finding, None)
            else:
                self.verdicts[settled.finding] = settled.after
        self._done += step
        self._revision += 1
        self._places = None


def _group(link: ReviewLink, name: str, sentences: tuple[Sentence, ...]) -> Group:
    return (sentences, link.tgt) if name == "src" else (link.src, sentences)


def user() -> str:
    """Return who is at work, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without such a user
        return "unknown"


def document_row(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "id": document.id,
        "text": document.text,
        "paragraphs": [at for span in document.paragraphs for at in span],
        "source": document.source,
        "encoding": document.encoding,
        "notes": list(document.notes),
    }


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of `document_row`."""
    at = row["paragraphs"]
    spans = tuple(map(Span, at[::2], at[1::2]))
    return Document(
        row["id"], row["text"], spans, row["source"], row["encoding"], tuple(row["notes"])
    )


_SIDES: Final[dict[Lang, str]] = {"zh": "src", "en": "tgt"}
