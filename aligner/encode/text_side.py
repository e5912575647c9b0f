"""One side of a pair for an encoder that takes whole texts and knows no sums.

Each run of sentences and each clause is encoded as a text of its own, when it is first
asked for, and then kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

import numpy as np

from aligner.encode.clauses import Edges, cut_clauses, edge_clauses
from aligner.encode.protocol import Bools, Floats, Ints
from aligner.lang.joins import joined

TEXT_BLOCK = 64  # neighbours that are encoded together


class TextEncoder(Protocol):
    """What is asked of the encoder."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text. Shape (n, dim)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, without marks."""


class TextSide:
    """The sentences of one side.

    Holds a vector for each run that was asked for and for its neighbours, up to 64 at a
    time: `dim` floats for each sentence and each size of run.
    """

    def __init__(self, encoder: TextEncoder, texts: Sequence[str], *, joiner: str) -> None:
        self._encoder = encoder
        self._texts = list(texts)
        self._joiner = joiner
        self._edges = self._find_edges()
        self._store: dict[tuple[str, int, int], Floats] = {}
        self.tokens: Ints = np.array(encoder.count_tokens(self._texts), np.int32)
        self.has_clauses: Bools = np.array([bool(edges.head) for edges in self._edges], np.bool_)

    def runs(self, size: int, start: int, stop: int) -> Floats:
        """Return vectors of the runs of `size` sentences that begin at start..stop-1.

        Shape (stop - start, dim); `stop - 1 + size` is at most n.
        """

        def text(first: int) -> str:
            return joined(self._texts[first : first + size], self._joiner)

        return self._rows("run", size, start, stop, text)

    def heads(self, start: int, stop: int) -> Floats:
        """Return vectors of the first clauses of sentences start..stop-1.

        A sentence without an inner cut has a row of zeros. Shape (stop - start, dim).
        """
        return self._rows("head", 1, start, stop, lambda n: self._edges[n].head)

    def tails(self, start: int, stop: int) -> Floats:
        """Return vectors of the last clauses, in the shape of `heads`."""
        return self._rows("tail", 1, start, stop, lambda n: self._edges[n].tail)

    def _find_edges(self) -> list[Edges]:
        """Return the outer clauses of every sentence, with one call of the tokenizer."""
        pieces = [cut_clauses(text) for text in self._texts]
        counts = iter(self._encoder.count_tokens([piece for cut in pieces for piece in cut]))
        return [edge_clauses(cut, list(islice(counts, len(cut)))) for cut in pieces]

    def _rows(
        self, kind: str, size: int, start: int, stop: int, text: Callable[[int], str]
    ) -> Floats:
        """Return rows start..stop-1 of one kind, encoding the blocks that are missing."""
        rows = np.empty((stop - start, self._encoder.dim), np.float32)
        last = len(self._texts) - size + 1
        for block in range(start // TEXT_BLOCK, -(-stop // TEXT_BLOCK)):
            first = block * TEXT_BLOCK
            found = self._store.get((kind, size, block))
            if found is None:
                found = self._encode([text(n) for n in range(first, min(first + TEXT_BLOCK, last))])
                self._store[kind, size, block] = found
            low, high = max(start, first), min(stop, first + TEXT_BLOCK)
            rows[low - start : high - start] = found[low - first : high - first]
        return rows

    def _encode(self, texts: list[str]) -> Floats:
        """Return the vectors of texts; an empty one, a clause that is not there, has zeros."""
        there = [n for n, text in enumerate(texts) if text]
        vectors = np.zeros((len(texts), self._encoder.dim), np.float32)
        if there:
            vectors[there] = self._encoder.encode([texts[n] for n in there])
        return vectors
