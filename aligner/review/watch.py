"""What a long document gets realigned in the background: where a person looks, and corrects.

A long document is scored a stretch at a time (see `realigner`), which takes seconds. So the
stretch that the page shows is scored before anything is done to it; and a correction that
was quicker is acknowledged at once and realigned when its stretch is scored.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from aligner.errors import AlignerError
from aligner.review.realigner import Realigner
from aligner.review.session import Session
from aligner.review.values import ReviewLink

REALIGNED_TOGETHER: Final = 100  # places of corrections that are realigned together


class Watch:
    """A thread's work for one document. Its methods may be called from any thread.

    Args:
        session: The document's.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wake = threading.Condition()
        self._seen: tuple[int, int] | None = None  # places of the first link and behind the last
        self._corrected: list[int] = []
        self._ended = False
        self._worker = 0  # the thread in `follow`

    def see(self, first: int, last: int) -> None:
        """Say that a person looks at links first..last-1; only the last word counts."""
        with self._wake:
            self._seen = first, last
            self._wake.notify()

    def correct(self, links: Sequence[int]) -> None:
        """Say that links were corrected and nothing realigned round them."""
        if threading.get_ident() == self._worker:  # they cannot be scored
            return
        with self._wake:
            self._corrected += links
            self._wake.notify()

    def end(self) -> None:
        """Let the thread end."""
        with self._wake:
            self._ended = True
            self._wake.notify()

    def follow(self, realigner: Realigner) -> None:
        """Work until `end` is called."""
        self._worker = threading.get_ident()
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._ended or self._corrected or self._seen)
                if self._ended:
                    return
                corrected, self._corrected = self._corrected, []
                seen, self._seen = self._seen, None
            with suppress(AlignerError):  # the desk may be closed by now
                if corrected:
                    self._realign(realigner, corrected)
                if seen:
                    realigner.look(self._links(), *seen)

    def _links(self) -> list[ReviewLink]:
        with self._session.lock:
            return list(self._session.links)

    def _realign(self, realigner: Realigner, corrected: Sequence[int]) -> None:
        """Score the stretches of some links, one after the other, and realign them."""
        left = list(corrected)
        while left:
            links = self._links()
            places = {link.id: n for n, link in enumerate(links)}
            found = sorted(places[one] for one in left if one in places)
            if not found:
                return
            near = [place for place in found if place < found[0] + REALIGNED_TOGETHER]
            realigner.look(links, near[0], near[-1] + 1)
            self._session.realign_near([links[place].id for place in near])
            left = [links[place].id for place in found[len(near) :]]
