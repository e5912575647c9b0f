"""Find pairs of sentences that surely belong together, to lay the band along.

A candidate is a pair whose cosine is high and well above that of its rivals, the
margin of M. Artetxe and H. Schwenk, "Margin-based Parallel Corpus Mining with
Multilingual Sentence Embeddings", ACL 2019, https://aclanthology.org/P19-1309. The
heaviest chain of candidates that rises on both sides is taken, and a member of it is
kept where enough of its neighbours run in the same direction.

Cost: a full search needs n_src x n_tgt products. Where that is too many, a sample of
the Chinese sentences is searched for in the whole text first, and the others only in
a window round the line through what was found, so that the cost grows with the
length of the text and not with its square.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.align._paths import heaviest_chain, largest
from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import Floats, Ints

TOP = 8  # candidates of a sentence, and the rivals it is held against
ROWS_SEARCHED = 1024  # rows searched at once
FULL_SEARCH = 60_000_000  # products up to which everything is searched
SAMPLED_SENTENCES = 3_000  # sentences looked for in the whole text where that is too many
WINDOW = 600  # columns to either side of the coarse line, at the least
# Taken from a cosine for standing at the other end of the text. Of a block that both sides repeat
# more often than a sentence has candidates, only those that face each other have a margin.
FAR_COPY = 1e-4
MIN_COS = 0.3
NEIGHBOURS = 12  # chain members on either side that are asked
ANCHOR_REACH = 25  # rows within which a neighbour counts
AGREEING = 3
NEAR = 3  # sentences from an anchor to the next within which nothing is missing
FEW_STRETCHES = 5  # stretches between anchors that are believed as much as what else is known

Vectors = NDArray[np.float16] | Floats
Candidates = tuple[Ints, Ints, Floats]  # rows, columns, weights


def find_anchors(src: Vectors, tgt: Vectors, lengths: Ints) -> tuple[Ints, Ints]:
    """Return rows and columns of the anchors, both rising.

    Args:
        src: Unit vectors of the Chinese sentences. Shape (n, dim).
        tgt: The same for the English ones. Shape (m, dim).
        lengths: Of the Chinese sentences; long ones are the better landmarks.
    """
    n, m = len(src), len(tgt)
    if n == 0 or m == 0 or src.shape[1] == 0:
        empty = np.zeros(0, dtype=np.int32)
        return empty, empty
    everything = np.arange(n, dtype=np.int32)
    whole: tuple[NDArray[np.int64], NDArray[np.int64]]
    whole = np.zeros(n, dtype=np.int64), np.full(n, m, dtype=np.int64)
    if n * m > FULL_SEARCH:
        rows = _landmarks(lengths, SAMPLED_SENTENCES)
        found = candidates(src, tgt, rows, whole[0][rows], whole[1][rows])
        coarse = _chain(found, m)
        if len(coarse[0]) > 1:
            centre = np.interp(everything, *coarse)
            width = WINDOW + 2 * n // SAMPLED_SENTENCES
            low = np.maximum(0, centre - width).astype(np.int64)
            whole = low, np.minimum(m, low + 2 * width)
    return agreeing(*_chain(candidates(src, tgt, everything, *whole), m))


def _landmarks(lengths: Ints, count: int) -> Ints:
    """Return the longest sentence of each of `count` equal stretches."""
    cuts = np.linspace(0, len(lengths), count + 1).astype(int)
    return np.array(
        [a + int(np.argmax(lengths[a:b])) for a, b in pairwise(cuts) if b > a],
        dtype=np.int32,
    )


def candidates(
    src: Vectors, tgt: Vectors, rows: Ints, low: NDArray[np.int64], high: NDArray[np.int64]
) -> Candidates:
    """Return the pairs above their rivals, by rising row and falling column.

    Row `rows[k]` is searched for in columns low[k]..high[k]-1 (or a little round
    them). Weight: cosine times margin.
    """
    m = len(tgt)
    columns = np.arange(m, dtype=np.float32) / np.float32(max(1, m))
    found_r, found_c, found_v, means = [], [], [], []
    for a in range(0, len(rows), ROWS_SEARCHED):
        part = rows[a : a + ROWS_SEARCHED]
        start, stop = int(low[a : a + ROWS_SEARCHED].min()), int(high[a : a + ROWS_SEARCHED].max())
        found = cosines(whole_vectors(src[part]), whole_vectors(tgt[start:stop]))
        k = min(TOP, stop - start)
        expected = part.astype(np.float32)[:, None] / np.float32(len(src))
        found -= np.float32(FAR_COPY) * np.abs(columns[start:stop] - expected)
        top = largest(found, k)
        values = np.take_along_axis(found, top, axis=1)
        found_r.append(np.repeat(part, k))
        found_c.append((top + start).ravel().astype(np.int32))
        found_v.append(values.ravel())
        means.append(np.repeat(_background(values), k))
    r, c, v = np.concatenate(found_r), np.concatenate(found_c), np.concatenate(found_v)
    margin = v - (np.concatenate(means) + _column_background(c, v, m)[c]) / 2
    kept = (v > MIN_COS) & (margin > 0)
    r, c, w = r[kept], c[kept], (v * margin)[kept]
    order = np.lexsort((-c, r))
    return r[order], c[order], w[order].astype(np.float32)


def _background(values: Floats) -> Floats:
    """Return what a row's weaker candidates reach: the mean of the lower half."""
    half = np.sort(values, axis=1)[:, : max(1, values.shape[1] // 2)]
    mean: Floats = half.mean(axis=1, dtype=np.float64).astype(np.float32)
    return mean


def _column_background(cols: Ints, values: Floats, m: int) -> Floats:
    """Return the mean cosine of the candidates in each column; of a lone one, nine tenths.

    Shape (m,).
    """
    count = np.bincount(cols, minlength=m)
    total = np.bincount(cols, weights=values, minlength=m)
    mean = np.where(count > 1, total / np.maximum(count, 1), 0.9 * total)
    return mean.astype(np.float32)


def _chain(found: Candidates, m: int) -> tuple[Ints, Ints]:
    rows, cols, weights = found
    members = heaviest_chain(rows, cols, weights.astype(np.float64), m)
    return rows[members], cols[members]


def agreeing(rows: Ints, cols: Ints) -> tuple[Ints, Ints]:
    """Keep the chain's members that enough neighbours run along with.

    A neighbour agrees if it lies within 25 rows and its column differs by at most
    5 + 0.6 times the rows between them from a parallel course.
    """
    count = len(rows)
    votes = np.zeros(count, dtype=np.int32)
    for step in range(1, NEIGHBOURS + 1):
        if step >= count:
            break
        dr, dc = rows[step:] - rows[:-step], cols[step:] - cols[:-step]
        agree = (dr <= ANCHOR_REACH) & (np.abs(dc - dr) <= 5 + 0.6 * dr)
        votes[step:] += agree
        votes[:-step] += agree
    kept = votes >= min(AGREEING, max(0, count - 1))
    return rows[kept], cols[kept]


def length_ratio(anchors: tuple[Ints, Ints], src: Ints, tgt: Ints) -> float:
    """Return how many Chinese tokens stand for one English token.

    The totals tell that only where each side holds the same text. So the text from an
    anchor to the next one counts, if that is near on both sides; where there is little
    of that, the anchors alone; and where there are few of them, the totals.

    Args:
        anchors: Rows and columns, both rising.
        src: Tokens of the Chinese sentences. Shape (n,).
        tgt: The same for the English ones. Shape (m,).
    """
    rows, cols = anchors
    near = np.flatnonzero((np.diff(rows) <= NEAR) & (np.diff(cols) <= NEAR))

    def log_ratio(src_tokens: Ints, tgt_tokens: Ints) -> float:
        return float(np.log(max(1, int(src_tokens.sum())) / max(1, int(tgt_tokens.sum()))))

    def until_next(tokens: Ints, at: Ints) -> Ints:
        sums = np.concatenate([[0], np.cumsum(tokens)])
        long: Ints = (sums[at[near + 1]] - sums[at[near]]).astype(np.int32)
        return long

    believed = log_ratio(src, tgt)
    for count, ratio in (
        (len(rows), log_ratio(src[rows], tgt[cols])),
        (len(near) / FEW_STRETCHES, log_ratio(until_next(src, rows), until_next(tgt, cols))),
    ):
        believed += count / (count + 1) * (ratio - believed)
    return round(float(np.exp(believed)), 9)  # the last digits differ between processors
