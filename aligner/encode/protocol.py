"""What the aligner asks of an encoder.

Shapes: n sentences on a side, dim numbers in a vector. Vectors are float32 rows of
unit length, so that the inner product of two is their cosine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


class EncodedSide(Protocol):
    """The sentences of one side, ready to give the vector of any run of them."""

    @property
    def tokens(self) -> Ints:
        """Length of each sentence in subword tokens, without marks. Shape (n,)."""

    @property
    def has_clauses(self) -> Bools:
        """Whether a sentence has an inner cut, such as a comma. Shape (n,)."""

    def runs(self, size: int, start: int, stop: int) -> Floats:
        """Return vectors of the runs of `size` sentences that begin at start..stop-1.

        Shape (stop - start, dim); `stop - 1 + size` is at most n.
        """

    def heads(self, start: int, stop: int) -> Floats:
        """Return vectors of the first clauses of sentences start..stop-1.

        A sentence without an inner cut has a row of zeros. Shape (stop - start, dim).
        """

    def tails(self, start: int, stop: int) -> Floats:
        """Return vectors of the last clauses, in the shape of `heads`."""


class Encoder(Protocol):
    """Turns texts of both languages into comparable vectors."""

    @property
    def signature(self) -> str:
        """Name and version of the model and of all that changes its vectors."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has; 0 for an encoder without vectors."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text by itself. Shape (n, dim)."""

    def side(self, texts: Sequence[str], *, joiner: str) -> EncodedSide:
        """Prepare one side; its runs are joined as `lang.joins.joined` does with `joiner`."""
