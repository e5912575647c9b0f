"""Realign a session: after each correction the links round it are decoded again.

A document of up to `WHOLE_LINKS` links is scored once, as a whole. Of a longer one only
the stretches are scored that a correction is made in, each as a text of its own (see
`lattice_window`), since scoring all costs as much as aligning all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from aligner.align.second_pass.clause_weights import load_second_weights
from aligner.align.weights import load_weights
from aligner.encode.protocol import Encoder
from aligner.review.edits import Mint
from aligner.review.lattice_window import LatticeWindow
from aligner.review.stretches_again import REACH_LINKS, is_end, stretches
from aligner.review.values import Hunk, ReviewLink, apply

WHOLE_LINKS: Final = 2_500
WINDOW_LINKS: Final = 300  # to either side of a correction that are scored in a longer document
MOST_REACH: Final = 400  # links beyond a correction in it that are decoded at most
SEEKING: Final = 50  # links within which the end of a window is moved to a sure one
KEPT_WINDOWS: Final = 4  # those that were used longest ago are dropped first; 40 MB each

Later = Callable[[Sequence[int]], None]


class Realigner:
    """Decodes a session again. `prepare` must have ended before it does anything.

    Args:
        encoder: Turns sentences into vectors.
        weights: Of the model, by name; those of the encoder if None.
        second_weights: Of the second pass, by name; those that ship if None.
        threads: How many threads compute.
        later: Called with the ids of links that were corrected where a long document is
            not scored yet; None: it is scored at once, which takes seconds.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        weights: str | Path | None = None,
        second_weights: str | Path | None = None,
        threads: int = 2,
        later: Later | None = None,
    ) -> None:
        self._encoder = encoder
        self._weights = load_weights(weights or ("use" if encoder.dim else "length"))
        self._second = load_second_weights(second_weights or "clauses") if encoder.dim else None
        self._threads = threads
        self._later = later
        self._windows: list[LatticeWindow] = []  # the one used last stands last
        self._lock = threading.RLock()
        self.is_long = False
        self.ready = False  # whether links are realigned
        self.borders: dict[int, float] = {}  # of the links that were scored, by their ids

    def prepare(self, links: Sequence[ReviewLink]) -> None:
        """Score a document: what takes a few seconds for a thousand sentences.

        Of a long one nothing is scored yet.
        """
        if not _has_sides(links):
            return
        self.is_long = len(links) > WHOLE_LINKS
        if not self.is_long:
            self._add(self._scored(links, whole=True))
        self.ready = True

    def look(self, links: Sequence[ReviewLink], first: int, last: int) -> None:
        """Score the stretch round links first..last-1 of a long document, if it is not yet.

        Cost: that of aligning some hundred links. `links` must not change meanwhile.
        """
        if not self.is_long:
            return
        with self._lock:
            if self._window(links, *_reach(links, first, last)):
                return
        start, stop = _window_round(links, first, last)
        if _has_sides(links[start:stop]):
            self._add(self._scored(links[start:stop], whole=False))

    def _scored(self, links: Sequence[ReviewLink], *, whole: bool) -> LatticeWindow:
        return LatticeWindow(
            links,
            self._encoder,
            self._weights,
            second=self._second,
            whole=whole,
            threads=self._threads,
        )

    def _add(self, window: LatticeWindow) -> None:
        with self._lock:
            self._windows = [*self._windows[1 - KEPT_WINDOWS :], window]
            self.borders |= window.borders

    def _window(
        self, links: Sequence[ReviewLink], start: int, stop: int
    ) -> tuple[LatticeWindow, int, int] | None:
        """Return a window that has links start..stop-1, with its own first and last link."""
        for window in reversed(self._windows):
            found = window.find(links, start)
            if found and found[0] <= start and stop <= found[1]:
                self._windows.remove(window)
                self._windows.append(window)
                return window, *found
        return None

    def __call__(
        self, links: Sequence[ReviewLink], hunks: Sequence[Hunk], mint: Mint
    ) -> list[Hunk]:
        """Return what changes besides when links have changed (see `session.Realign`)."""
        if not self.ready or not hunks:
            return []
        now = list(links)
        found: list[Hunk] = []
        later: list[int] = []
        with self._lock:
            for first, last in self._pieces(hunks, len(now)):
                more = self._realigned(now, first, last, mint)
                if more is None:
                    later += [link.id for link in now[first:last]]
                    continue
                apply(now, more)
                found += more
        if later and self._later:
            self._later(later)
        return found

    def _pieces(self, hunks: Sequence[Hunk], size: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of changed links, the last first; only those of a long text are many."""
        spans = sorted((hunk.at, hunk.at + max(1, len(hunk.after))) for hunk in hunks)
        first, last = spans[0][0], max(stop for _, stop in spans)
        if not self.is_long:
            yield first, last
            return
        ranges: list[tuple[int, int]] = []
        for start, stop in spans:
            if ranges and start - ranges[-1][0] < WINDOW_LINKS:
                ranges[-1] = ranges[-1][0], max(ranges[-1][1], stop)
            else:
                ranges.append((start, stop))
        for start, stop in reversed(ranges):
            for at in reversed(range(start, min(stop, size), WINDOW_LINKS)):
                yield at, min(at + WINDOW_LINKS, stop, size)

    def _realigned(
        self, links: Sequence[ReviewLink], first: int, last: int, mint: Mint
    ) -> list[Hunk] | None:
        """Return what changes round links first..last-1; None if they are not scored."""
        most = MOST_REACH if self.is_long else None
        parts = list(stretches(links, first, last, most=most))
        if not parts:
            return []
        reach = parts[0][0], parts[-1][1]
        placed = self._window(links, *reach)
        if placed is None and self._later is None:
            self.look(links, first, last)
            placed = self._window(links, *reach)
        if placed is None:
            return [] if self._later is None else None
        window, start, stop = placed
        inside = links[start:stop]
        window.follow(inside)
        found: list[Hunk] = []
        for a, b in reversed(parts):
            found += window.decoded(inside, a - start, b - start, mint)
        return [hunk._replace(at=hunk.at + start) for hunk in found]


def _reach(links: Sequence[ReviewLink], first: int, last: int) -> tuple[int, int]:
    """Return the links that are decoded at most when links first..last-1 change."""
    parts = list(stretches(links, first, last, most=MOST_REACH))
    return (parts[0][0], parts[-1][1]) if parts else (first, last)


def _window_round(links: Sequence[ReviewLink], first: int, last: int) -> tuple[int, int]:
    """Return the links of a window that can decode round links first..last-1."""
    start, stop = _reach(links, first, last)
    start, stop = min(start, first - WINDOW_LINKS), max(stop, last + WINDOW_LINKS)
    start, stop = max(0, start), min(len(links), stop)
    for at in range(start, max(0, start - SEEKING), -1):
        if is_end(links[at - 1], REACH_LINKS):
            start = at
            break
    for at in range(stop, min(len(links), stop + SEEKING)):
        if is_end(links[at], REACH_LINKS):
            stop = at
            break
    return start, stop


def _has_sides(links: Sequence[ReviewLink]) -> bool:
    return any(link.src for link in links) and any(link.tgt for link in links)
