"""Vectors of any stretch of a sentence, from one pass over its tokens.

The default encoder's vector is `head(sum of token features, number of tokens)` (see
`aligner.encode.use`). With the running sum of the features of every sentence at hand,
the sum over a stretch is one subtraction; its vector, with the encoder's two marks
round it, costs one small network pass. The features saw up to four neighbours on each
side, so a stretch is read in its sentence, not by itself.

A stretch may begin or end inside a token; the token then counts by its share of
characters.

Memory: 2 kB a token. Cost: twice that of `UseEncoder.side` a token, and about 2
million multiplications a vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode._use_kernels import (
    running_sums,
    stretch_sums,
    token_features,
)
from aligner.encode.cosines import whole_vectors
from aligner.encode.exact import MAGIC_64, MOST_64
from aligner.encode.protocol import Floats
from aligner.encode.token_table import shared_table
from aligner.encode.use import BLOCK_TOKENS, portions
from aligner.encode.use_layers import FirstLayers, PaddedRows, Tokens, second_layer
from aligner.encode.use_weights import DIM, UseWeights, dense_head, load_resources
from aligner.one_thread import one_thread

Index = NDArray[np.integer[Any]]
Places = NDArray[np.float32]  # tokens from the first sentence's begin, with fractions
# What one task works on, small enough that its memory is not taken from the system anew:
HEAD_ROWS = 512  # vectors
SPAN_TOKENS = 512


@dataclass(frozen=True, slots=True)
class SpanSide:
    """Sentences, ready to give the vector of any stretch of any of them."""

    weights: UseWeights
    sums: Floats  # running sums of the projected features. Shape (tokens + sentences, 512)
    marks: Floats  # begin and end mark of each sentence, summed. Shape (sentences, 512)
    first: Index  # the row of each sentence in `sums`. Shape (sentences + 1,)
    places: Places  # of each sentence's characters and its end, in tokens
    first_char: Index  # the first of each sentence's places. Shape (sentences,)
    threads: int

    def vectors(self, owner: Index, start: Index, stop: Index, *, whole: bool = False) -> Floats:
        """Return the unit vectors of stretches.

        Args:
            owner: The sentence of each stretch. Shape (n,).
            start: Its first character. Shape (n,).
            stop: The character behind its last one. Shape (n,).
            whole: Round them as `cosines.whole_vectors` does.

        Returns:
            Shape (n, 512); the vector of an empty stretch is that of the marks.
        """
        begin, end = self._place(owner, start), self._place(owner, stop)
        return self._vectors(owner, begin, end, whole=whole)

    def rests(self, owner: Index, start: Index, stop: Index, *, whole: bool = False) -> Floats:
        """Return the vectors of the sentences without the stretches. Shape (n, 512)."""
        begin, end = self._place(owner, start), self._place(owner, stop)
        return self._vectors(owner, begin, end, rest=True, whole=whole)

    def _place(self, owner: Index, char: Index) -> Places:
        places: Places = self.places[self.first_char[owner] + char]
        return places

    def _vectors(
        self, owner: Index, begin: Places, end: Places, *, rest: bool = False, whole: bool = False
    ) -> Floats:
        found = np.empty((len(owner), DIM), dtype=np.float32)

        def fill(part: slice) -> None:
            who = owner[part]
            total = stretch_sums(
                self.sums, self.marks, self.first, who, begin[part], end[part], rest
            )
            size = end[part] - begin[part]
            if rest:
                size = (self.first[who + 1] - 1 - self.first[who]) - size
            unit = dense_head(self.weights, total, size + 2, found[part])
            if whole:
                whole_vectors(unit, out=unit)

        parts = [slice(at, at + HEAD_ROWS) for at in range(0, len(owner), HEAD_ROWS)]
        with (
            one_thread(),
            ThreadPoolExecutor(self.threads) as pool,
        ):
            for each in [pool.submit(fill, part) for part in parts]:
                each.result()
        return found


class SpanEncoder:
    """Universal Sentence Encoder Multilingual v3 for stretches of sentences.

    Args:
        threads: How many threads work at once; the result does not depend on it.
    """

    def __init__(self, *, threads: int = 2) -> None:
        self._weights, self._pieces, _ = load_resources()
        self._table = shared_table()
        self._threads = threads

    def side(self, texts: Sequence[str]) -> SpanSide:
        """Run over the tokens of some sentences."""
        mapped: list[dict[str, Any]] = self._pieces.encode(
            list(texts), return_type="offset_mapping", num_threads=self._threads
        )
        places = [char_places(m["offsets"], len(t)) for m, t in zip(mapped, texts, strict=True)]
        return self._side(
            [m["ids"] for m in mapped],
            np.concatenate([np.zeros(0, dtype=np.float32), *places]),
            np.cumsum([0] + [len(text) + 1 for text in texts])[:-1],
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text by itself. Shape (n, 512)."""
        lists: list[list[int]] = self._pieces.encode(
            list(texts), out_type=int, num_threads=self._threads
        )
        # Whole texts: of their characters only the begin and the end count.
        sizes = np.fromiter(map(len, lists), np.float32, len(lists))
        places = np.stack([np.zeros_like(sizes), sizes], axis=1).ravel()
        owner = np.arange(len(lists))
        side = self._side(lists, places, 2 * owner)
        return side.vectors(owner, np.zeros_like(owner), np.ones_like(owner))

    def _side(self, lists: Sequence[Sequence[int]], places: Places, first_char: Index) -> SpanSide:
        """Run over sentences of token ids; `places` and `first_char` as `SpanSide` has them."""
        lengths = np.fromiter(map(len, lists), np.int64, len(lists))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        ids = np.fromiter(chain.from_iterable(lists), np.int32, int(starts[-1]))
        none = np.zeros(len(lists), dtype=np.int32)
        tokens = Tokens(ids=ids, starts=starts, heads=none, tails=none)
        first = (starts + np.arange(len(starts))).astype(np.int64)
        sums = np.zeros((int(first[-1]), DIM), dtype=np.float32)
        marks = np.zeros((len(lists), DIM), dtype=np.float32)

        def work(layers: FirstLayers, a: int, b: int) -> None:
            _run(layers, (a, b), sums[first[a] : first[b]], marks[a:b])

        sizes = lengths.astype(np.int32)
        with (
            one_thread(),
            ThreadPoolExecutor(self._threads) as pool,
        ):
            for start, stop in portions(sizes, BLOCK_TOKENS):
                layers = FirstLayers.of(self._table, tokens, start, stop)
                tasks = portions(sizes[start:stop], SPAN_TOKENS)
                done = [pool.submit(work, layers, start + a, start + b) for a, b in tasks]
                for each in done:
                    each.result()
        return SpanSide(
            weights=self._weights,
            sums=sums,
            marks=marks,
            first=first,
            places=places,
            first_char=first_char,
            threads=self._threads,
        )


def char_places(offsets: Sequence[tuple[int, int]], size: int) -> Places:
    """Return where each character stands, counted in tokens. Shape (size + 1,).

    >>> char_places([(0, 0), (0, 2), (2, 3)], 3).tolist()
    [0.0, 1.5, 2.0, 3.0]
    """
    tokens = len(offsets)
    if not tokens:
        return np.zeros(size + 1, dtype=np.float32)
    at = np.array([start for start, _ in offsets] + [size], dtype=np.float64)
    at = np.maximum.accumulate(at)
    # Several tokens may begin at one character (a blank mark has no width): the last
    # of them is the one that holds it.
    rising = np.append(np.diff(at) > 0, True)
    where = np.arange(tokens + 1)
    places: Places = np.interp(np.arange(size + 1), at[rising], where[rising]).astype(np.float32)
    places[0] = 0  # a text from its head has the blank mark as well
    return places


def _run(layers: FirstLayers, span: tuple[int, int], sums: Floats, marks: Floats) -> None:
    """Fill the running sums and the marks of a range of sentences."""
    start, stop = span
    w, t = layers.weights, layers.tokens
    starts = t.starts[start : stop + 1]
    rows = PaddedRows.of(t.ids, starts, layers.known.row)
    hidden = layers.hidden(rows)
    features, worth = token_features(
        rows.token,
        rows.place,
        layers.known.embedded,
        hidden,
        *second_layer(w, hidden),
        w.second_bias,
        np.float32(w.eps),
        MOST_64,
        MAGIC_64,
    )
    product = features @ w.out.whole  # in float64, see `projected`
    running_sums(product, worth, w.out.scale, w.out_bias, np.diff(starts), sums, marks)
