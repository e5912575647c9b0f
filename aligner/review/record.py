"""The document under review as it stands: its links, what was done, undo and redo.

An action is acknowledged by returning; by then it is on the disk. Methods may be called
from several threads: one runs at a time.
"""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from aligner.errors import ReviewError
from aligner.messages import N_, _
from aligner.review.document_rows import document_of
from aligner.review.edits import Mint
from aligner.review.journal import Journal
from aligner.review.values import (
    FindingVerdict,
    Hunk,
    ReviewChange,
    ReviewLink,
    Sentence,
    apply,
)

Realign = Callable[[Sequence[ReviewLink], Sequence[Hunk], Mint], Sequence[Hunk]]
P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="ReviewRecord")
GONE: Final = N_("the page may be old: load it again")


def one_at_a_time(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """Let one thread at a time into a session."""

    @wraps(method)
    def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return method(self, *args, **kwargs)

    return guarded


class ReviewRecord:
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
        place = self.place_of(link)
        if place is None:
            raise ReviewError(_("there is no link {link} any more").format(link=link), hint=_(GONE))
        return place

    def place_of(self, link: int) -> int | None:
        """Return the place of a link; None if there is none of that id."""
        if self._places is None:
            self._places = {link.id: n for n, link in enumerate(self.links)}
        return self._places.get(link)

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
        raise ReviewError(
            _("there is no sentence {sentence} any more").format(sentence=sentence), hint=_(GONE)
        )

    @one_at_a_time
    def undo(self) -> ReviewChange | None:
        """Take the last action back; return what changed, None if there is none."""
        if not self._done:
            return None
        change = self._changes[self._done - 1].undone
        self.journal.move(self._done - 1)
        self._apply(change, -1)
        return change

    @one_at_a_time
    def redo(self) -> ReviewChange | None:
        """Do the action again that was last taken back; return what changed."""
        if self._done == len(self._changes):
            return None
        change = self._changes[self._done]
        self.journal.move(self._done + 1)
        self._apply(change)
        return change

    def do(self, change: ReviewChange, *, realign: bool = True) -> ReviewChange:
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

    def _apply(self, change: ReviewChange, step: int = 1) -> None:
        apply(self.links, change.hunks)
        if settled := change.settled:
            if settled.after is None:
                self.verdicts.pop(settled.finding, None)
            else:
                self.verdicts[settled.finding] = settled.after
        self._done += step
        self._revision += 1
        self._places = None


def user() -> str:
    """Return who is at work, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without such a user
        return "unknown"
