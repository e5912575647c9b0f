"""The layers of the default encoder over tokens: two convolutions, summed by sentence.

The first half of the network (projection and first convolution) depends on the token
alone, or is a sum over single tokens, so it is computed once for each distinct token of
a block of sentences (`FirstLayers`). See `aligner.encode.use` for the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.encode._use_kernels import hidden_layer, sum_features
from aligner.encode.exact import Rows, Whole
from aligner.encode.exact_rows import standardise
from aligner.encode.protocol import Floats, Ints
from aligner.encode.use_weights import (
    CHUNKS,
    CONVOLUTION,
    DIM,
    UseWeights,
    compiled_rows,
    dense_head,
    projected,
)

ORDERS: Final = ((2, 0), (3, 1), (5, 2))  # tokens a convolution sees, and how many lie to the left
OFFSETS: Final = tuple(k - left for order, left in ORDERS for k in range(order))
PAD: Final = 2  # empty rows between sentences: the widest reach of a convolution to either side
BEGIN, END = 1, 2  # ids of the marks round every text


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sentences as token ids, end to end.

    `starts[i] : starts[i + 1]` are the tokens of sentence i without marks. The first
    clause has `heads[i]` tokens and the last one `tails[i]`; both are 0 where a
    sentence has no inner cut.
    """

    ids: Ints
    starts: NDArray[np.int64]
    heads: Ints
    tails: Ints


@dataclass(frozen=True, slots=True)
class FirstLayers:
    """What the network makes of the distinct tokens of a block of sentences."""

    weights: UseWeights
    tokens: Tokens
    distinct: Ints  # ids, sorted
    embedded: Floats  # (distinct, 512)
    inputs: Floats  # (distinct, 768)
    reach: Floats  # (10, distinct + 1, 256): first convolution by offset; last row zero

    @classmethod
    def of(cls, weights: UseWeights, tokens: Tokens, start: int, stop: int) -> FirstLayers:
        """Compute the layers for the tokens of sentences start..stop-1."""
        ids = tokens.ids[tokens.starts[start] : tokens.starts[stop]]
        distinct = np.unique(np.concatenate([ids, np.array([BEGIN, END], dtype=np.int32)]))
        chunk = distinct % CHUNKS
        embedded = weights.table[distinct].astype(np.float32)
        embedded *= weights.scale[chunk, None]
        embedded += weights.low[chunk, None]
        x = Rows.of(embedded) @ weights.project
        x += weights.project_bias
        standardise(x, np.float32(weights.eps))
        x *= weights.project_gain
        x += weights.project_shift
        rows = [Rows.of(np.ascontiguousarray(part)) for part in np.split(x, len(ORDERS), axis=1)]
        reach = np.zeros((len(OFFSETS), len(distinct) + 1, CONVOLUTION), dtype=np.float32)
        which = [c for c, (order, _) in enumerate(ORDERS) for _ in range(order)]
        for o, c in enumerate(which):
            reach[o, :-1] = rows[c] @ weights.first[o]
        return cls(weights, tokens, distinct, embedded, x, reach)

    def sentence_sums(self, span: tuple[int, int]) -> NDArray[np.float16]:
        """Return begin sum, inner mean, end sum and both clauses' vectors of a range of sentences.

        Shape (5, sentences, 512).
        """
        start, stop = span
        w, t = self.weights, self.tokens
        starts = t.starts[start : stop + 1]
        row, first_row = padded_rows(t.ids, starts, self.distinct)
        hidden = hidden_layer(row, self.reach, self.inputs, w.first_bias)
        second = second_layer(w, hidden)
        lengths = np.diff(starts).astype(np.int32)
        heads, tails = t.heads[start:stop], t.tails[start:stop]
        sums = sum_features(
            row,
            first_row,
            lengths,
            heads,
            tails,
            self.embedded,
            hidden,
            *second,
            w.second_bias,
            np.float32(w.eps),
        )
        ones = np.ones_like(lengths)
        counts = np.stack([ones, lengths, ones, heads, tails]).astype(np.float32)
        total = projected(w, sums.reshape(-1, sums.shape[2]))
        total = total.reshape(5, stop - start, DIM) + counts[:, :, None] * w.out_bias
        for part, size in ((3, heads), (4, tails)):
            marks = total[0] + total[2]
            vectors = dense_head(w, total[part] + marks, size + 2)
            total[part] = vectors * (size > 0)[:, None]
        total[1] /= np.maximum(lengths, 1)[:, None]  # a long sum overflows half precision
        half: NDArray[np.float16] = total.astype(np.float16)
        return half


def padded_rows(
    ids: Ints, starts: NDArray[np.int64], distinct: Ints
) -> tuple[Ints, NDArray[np.int64]]:
    """Lay sentences out with their marks and with empty rows between them.

    Returns:
        For each row its place in `distinct`, or len(distinct) for an empty row; and
        the row of each sentence's begin mark.
    """
    lengths = np.diff(starts)
    first_row = PAD + np.concatenate([[0], np.cumsum(lengths[:-1] + 2 + PAD)]).astype(np.int64)
    row = np.full(int(first_row[-1] + lengths[-1] + 2 + PAD), len(distinct), dtype=np.int32)
    row[first_row] = np.searchsorted(distinct, BEGIN)
    row[first_row + lengths + 1] = np.searchsorted(distinct, END)
    place = np.repeat(first_row + 1 - starts[:-1], lengths) + np.arange(starts[0], starts[-1])
    row[place] = np.searchsorted(distinct, ids[starts[0] : starts[-1]])
    return row, first_row


def second_layer(
    weights: UseWeights, hidden: Floats
) -> tuple[tuple[Whole, ...], Whole, tuple[Whole, ...]]:
    """Return what each row adds to its neighbours, as `_use_kernels.fill_features` wants it.

    Shape of `hidden`: (3, rows, 256).
    """
    rows = [compiled_rows(layer) for layer in hidden]
    added: tuple[Whole, ...] = tuple(
        row.whole @ matrix.whole for row, matrix in zip(rows, weights.second, strict=True)
    )
    worth = np.stack([row.scale for row in rows])
    return added, worth, tuple(matrix.scale for matrix in weights.second)
