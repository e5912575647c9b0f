"""What the first half of the default encoder's network makes of tokens, computed once each.

It depends on the token alone: the projection of its embedding, and what it adds to its
neighbours in the first convolution. Several stages read the same texts, and a few thousand
tokens make up most of a text, so the rows of the tokens are kept, for all encoders of a process
(`shared_table`). Every product is exact (see `aligner.encode.exact`): a row is the same with
whatever others it is computed.

Memory: 15 kB a token, of `MOST_TOKENS` tokens or those of one block of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

import numpy as np

from aligner.encode.exact import Rows
from aligner.encode.exact_rows import standardise
from aligner.encode.protocol import Floats, Ints
from aligner.encode.use_weights import CHUNKS, CONVOLUTION, DIM, UseWeights, load_resources

ORDERS: Final = ((2, 0), (3, 1), (5, 2))  # tokens a convolution sees, and how many lie to the left
OFFSETS: Final = tuple(k - left for order, left in ORDERS for k in range(order))
BEGIN, END = 1, 2  # ids of the marks round every text
MOST_TOKENS: Final = 8_192  # that are kept: 125 MB
REUSED_BYTES: Final = 31 << 20  # of an array; from 32 MB on no freed one counts


@dataclass(frozen=True, slots=True)
class KnownTokens:
    """The rows of some tokens; row 0 stands for no token, and is zero."""

    row: Ints  # of each id, 0 for one that is not known. Shape (ids,)
    count: int  # of rows that are filled
    embedded: Floats  # (rows, 512)
    inputs: Floats  # (rows, 768)
    reach: Floats  # (10, rows, 256): first convolution by offset

    @classmethod
    def empty(cls, ids: int, rows: int) -> KnownTokens:
        """Return room for some rows, none of which is filled but the first.

        Room that is not filled takes no memory.
        """
        return cls(
            row=np.zeros(ids, dtype=np.int32),
            count=1,
            embedded=np.zeros((rows, DIM), dtype=np.float32),
            inputs=np.zeros((rows, len(ORDERS) * CONVOLUTION), dtype=np.float32),
            reach=np.zeros((len(OFFSETS), rows, CONVOLUTION), dtype=np.float32),
        )


class TokenTable:
    """The tokens that encoders have met, as long as there is room for them.

    Args:
        weights: The network's parameters.
    """

    def __init__(self, weights: UseWeights) -> None:
        self.weights = weights
        self._known = KnownTokens.empty(len(weights.table), 1)
        self._lock = Lock()

    def with_tokens(self, ids: Ints) -> KnownTokens:
        """Return rows with those of some tokens and of the two marks among them.

        They stay as they are, whatever tokens are asked for later.
        """
        wanted = np.concatenate([ids, np.array([BEGIN, END], dtype=np.int32)])
        with self._lock:
            new = np.unique(wanted[self._known.row[wanted] == 0])
            if len(new):
                self._known = self._extended(wanted, new)
            return self._known

    def _extended(self, wanted: Ints, new: Ints) -> KnownTokens:
        known = self._known
        if known.count + len(new) > len(known.embedded):  # begin anew
            new = np.unique(wanted)
            known = KnownTokens.empty(len(known.row), max(MOST_TOKENS, len(new)) + 1)
        rows = slice(known.count, known.count + len(new))
        _fill(self.weights, new, known, rows)
        row = known.row.copy()  # who has the old one would take unfilled rows for filled ones
        row[new] = np.arange(rows.start, rows.stop)
        return KnownTokens(row, rows.stop, known.embedded, known.inputs, known.reach)


@cache
def shared_table() -> TokenTable:
    """Return the table of this process: a look at terms reads what was aligned just before."""
    weights, _, _ = load_resources()
    # The C library of Linux asks the system for memory anew, cleared page by page, for each
    # array that is larger than the largest it has seen freed (mallopt(3), M_MMAP_THRESHOLD).
    # So it is shown one, which is never written to and costs nothing.
    np.empty(REUSED_BYTES, dtype=np.uint8)
    return TokenTable(weights)


def _fill(weights: UseWeights, ids: Ints, known: KnownTokens, rows: slice) -> None:
    """Compute the rows of some tokens."""
    chunk = ids % CHUNKS
    embedded = known.embedded[rows]
    embedded[:] = weights.table[ids]
    embedded *= weights.scale[chunk, None]
    embedded += weights.low[chunk, None]
    x = Rows.of(embedded) @ weights.project
    x += weights.project_bias
    standardise(x, np.float32(weights.eps))
    x *= weights.project_gain
    x += weights.project_shift
    known.inputs[rows] = x
    parts = [Rows.of(np.ascontiguousarray(part)) for part in np.split(x, len(ORDERS), axis=1)]
    which = [c for c, (order, _) in enumerate(ORDERS) for _ in range(order)]
    for o, c in enumerate(which):
        known.reach[o, rows] = parts[c] @ weights.first[o]
