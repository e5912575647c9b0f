"""The layers of the default encoder over tokens: two convolutions, summed by sentence.

The first half of the network (projection and first convolution) depends on the token
alone, or is a sum over single tokens, so it is computed once for each distinct token
(`token_table`). See `aligner.encode.use` for the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.encode._use_kernels import hidden_layer, sum_features
from aligner.encode.exact import Whole
from aligner.encode.protocol import Floats, Ints
from aligner.encode.token_table import BEGIN, END, KnownTokens, TokenTable
from aligner.encode.use_weights import DIM, UseWeights, compiled_rows, dense_head, projected

PAD: Final = 2  # empty rows between sentences: the widest reach of a convolution to either side


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
    known: KnownTokens

    @classmethod
    def of(cls, table: TokenTable, tokens: Tokens, start: int, stop: int) -> FirstLayers:
        """Compute the layers for the tokens of sentences start..stop-1."""
        ids = tokens.ids[tokens.starts[start] : tokens.starts[stop]]
        return cls(table.weights, tokens, table.with_tokens(ids))

    def hidden(self, rows: PaddedRows) -> Floats:
        """Return the first convolution of rows that are not empty. Shape (3, rows + 1, 256).

        The first one is zero: that of all empty rows.
        """
        known, count = self.known, int(rows.place.max(initial=0)) + 1
        return hidden_layer(  # type: ignore[no-any-return, unused-ignore]
            rows.token, rows.place, count, known.reach, known.inputs, self.weights.first_bias
        )

    def sentence_sums(self, span: tuple[int, int]) -> NDArray[np.float16]:
        """Return begin sum, inner mean, end sum and both clauses' vectors of a range of sentences.

        Shape (5, sentences, 512).
        """
        start, stop = span
        w, t = self.weights, self.tokens
        starts = t.starts[start : stop + 1]
        rows = PaddedRows.of(t.ids, starts, self.known.row)
        hidden = self.hidden(rows)
        second = second_layer(w, hidden)
        lengths = np.diff(starts).astype(np.int32)
        heads, tails = t.heads[start:stop], t.tails[start:stop]
        sums = sum_features(
            rows.token,
            rows.place,
            rows.begin,
            lengths,
            heads,
            tails,
            self.known.embedded,
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


@dataclass(frozen=True, slots=True)
class PaddedRows:
    """Sentences laid out with their marks and with empty rows between them."""

    token: Ints  # of each row its place among the known tokens, 0 for an empty row
    place: Ints  # of each row its place among those that are not empty, from 1; 0 for an empty row
    begin: NDArray[np.int64]  # the row of each sentence's begin mark

    @classmethod
    def of(cls, ids: Ints, starts: NDArray[np.int64], known: Ints) -> PaddedRows:
        """Lay some sentences out.

        Args:
            ids: Of all tokens.
            starts: Where the tokens of the sentences start, and where those of the last one stop.
            known: The place of each id among the known tokens.
        """
        lengths = np.diff(starts)
        begin = PAD + np.concatenate([[0], np.cumsum(lengths[:-1] + 2 + PAD)]).astype(np.int64)
        token = np.zeros(int(begin[-1] + lengths[-1] + 2 + PAD), dtype=np.int32)
        token[begin] = known[BEGIN]
        token[begin + lengths + 1] = known[END]
        at = np.repeat(begin + 1 - starts[:-1], lengths) + np.arange(starts[0], starts[-1])
        token[at] = known[ids[starts[0] : starts[-1]]]
        place = np.cumsum(token > 0, dtype=np.int32)
        place[token == 0] = 0
        return cls(token, place, begin)


def second_layer(
    weights: UseWeights, hidden: Floats
) -> tuple[tuple[Whole, ...], Whole, tuple[Whole, ...]]:
    """Return what each row adds to its neighbours, as `_use_kernels.fill_features` wants it.

    Shape of `hidden`: (3, rows, 256); its first row is zero.
    """
    rows = [compiled_rows(layer) for layer in hidden]
    added: tuple[Whole, ...] = tuple(
        row.whole @ matrix.whole for row, matrix in zip(rows, weights.second, strict=True)
    )
    worth = np.stack([row.scale for row in rows])
    return added, worth, tuple(matrix.scale for matrix in weights.second)
