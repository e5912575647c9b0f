"""One side as it was encoded, kept with the vectors of its runs while its sentences change.

A sentence is encoded once, and a run once for as long as none of its sentences changes. So
a correction costs the encoding of the sentences that it gave, and of the runs they are in.

Memory: of a sentence what the encoder keeps (5 kB), and 9 kB of vectors of runs where these
were asked for; a correction adds that of its sentences.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import WHOLE_LENGTH, whole_vectors
from aligner.encode.protocol import Bools, EncodedSide, Encoder, Floats, Ints

SPARE: Final = 256  # sentences that the store has room for beside those that are there
_UNIT: Final = np.float32(1.0 / WHOLE_LENGTH)
SlotNumbers = NDArray[np.int64]


@runtime_checkable
class SentenceWise(EncodedSide, Protocol):
    """An encoded side that keeps each sentence by itself, so that it can be put together anew."""

    def picked(self, at: SlotNumbers) -> EncodedSide:
        """Return the side of some of its sentences, in any order."""

    def followed(self, other: EncodedSide) -> EncodedSide:
        """Return the side of its sentences and then those of another."""


class _StoredRuns:
    """The vectors of the runs of one size, by the slot of their first sentence.

    They are kept as the whole numbers that `whole_vectors` makes of them, which is all that
    is ever read of them.
    """

    def __init__(self, slots: int, dim: int) -> None:
        self.whole = np.empty((slots + SPARE, dim), dtype=np.int16)
        self.known: Bools = np.zeros(slots + SPARE, dtype=bool)

    def make_room(self, slots: int) -> None:
        if slots > len(self.known):
            more = slots + SPARE - len(self.known)
            self.whole = np.concatenate([self.whole, np.empty((more, self.whole.shape[1]), "i2")])
            self.known = np.concatenate([self.known, np.zeros(more, dtype=bool)])


class SideMemory:
    """The sentences of a side that change.

    Args:
        texts: The sentences.
        encoder: Turns them into vectors. One whose sides are not `SentenceWise` encodes each
            part anew.
        joiner: Between sentences (see `Encoder.side`).
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder, *, joiner: str) -> None:
        self.texts = list(texts)
        self._encoder, self._joiner = encoder, joiner
        self.encoded = encoder.side(self.texts, joiner=joiner)  # each in the slot of its number
        self.slots: SlotNumbers = np.arange(len(self.texts))  # of each sentence
        self._runs: dict[int, _StoredRuns] = {}
        self._lock = threading.Lock()

    def replace(self, at: int, count: int, texts: Sequence[str]) -> None:
        """Put other sentences in the place of `count` ones from `at` on."""
        self.texts[at : at + count] = texts
        if not isinstance(self.encoded, SentenceWise):
            return
        new = self._encoder.side(texts, joiner=self._joiner)
        for size, runs in self._runs.items():
            runs.known[self.slots[max(0, at - size + 1) : at]] = False
        used = len(self.encoded.tokens)
        self.encoded = self.encoded.followed(new)
        added = np.arange(used, used + len(texts))
        self.slots = np.concatenate([self.slots[:at], added, self.slots[at + count :]])
        for runs in self._runs.values():
            runs.make_room(used + len(texts))

    def part(self, start: int, stop: int) -> EncodedSide:
        """Return sentences start..stop-1 as a side; it holds until the next `replace`."""
        if not isinstance(self.encoded, SentenceWise):
            return self._encoder.side(self.texts[start:stop], joiner=self._joiner)
        slots = self.slots[start:stop]
        return _RememberedSide(self, self.encoded.picked(slots), slots)

    def stored(self, size: int, dim: int) -> _StoredRuns:
        """Return where the runs of a size are kept."""
        with self._lock:
            if size not in self._runs:
                self._runs[size] = _StoredRuns(len(self.encoded.tokens), dim)
            return self._runs[size]


class _RememberedSide:
    """Some sentences of a `SideMemory`, as an `EncodedSide`."""

    def __init__(self, memory: SideMemory, own: EncodedSide, slots: SlotNumbers) -> None:
        self._memory, self._own, self._slots = memory, own, slots
        self.tokens: Ints = own.tokens
        self.has_clauses: Bools = own.has_clauses
        self._dim = own.heads(0, 0).shape[1]

    def runs(self, size: int, start: int, stop: int) -> Floats:
        stored, slots = self._memory.stored(size, self._dim), self._slots[start:stop]
        missing = np.flatnonzero(~stored.known[slots])
        if len(missing):
            cuts = np.flatnonzero(np.diff(missing) > 1) + 1
            for some in np.split(missing, cuts):
                a, b = start + int(some[0]), start + int(some[-1]) + 1
                stored.whole[self._slots[a:b]] = whole_vectors(self._own.runs(size, a, b))
            stored.known[slots] = True
        found: Floats = stored.whole[slots] * _UNIT
        return found

    def heads(self, start: int, stop: int) -> Floats:
        return self._own.heads(start, stop)

    def tails(self, start: int, stop: int) -> Floats:
        return self._own.tails(start, stop)
