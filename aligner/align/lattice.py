"""Score the band and read the alignment and its probabilities off it.

The model is a semi-Markov conditional random field (S. Sarawagi and W. Cohen,
"Semi-Markov Conditional Random Fields for Information Extraction", NIPS 2004): a path
of beads and skips has the sum of their scores, and its probability is the exponential
of that, over the same summed over all paths of the band. Viterbi gives the alignment;
forward and backward sums give the probability of each of its beads.

Two states make gaps affine: a skip after a bead pays for opening a gap, a skip after
a skip does not, so that a missing page is one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import fsum

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aligner.align import _features, _paths
from aligner.align._partners import best_partners
from aligner.align.anchors import find_anchors, length_ratio
from aligner.align.band import Band, lay_band
from aligner.align.cues import surface_cues
from aligner.align.level import centred, doubt, level_of
from aligner.align.pair_evidence import Side, Tile, blocks, kernel_side, pair_index
from aligner.align.shapes import shape_array, shape_features
from aligner.align.weights import SKIP_NAMES, Weights, factors
from aligner.encode.protocol import EncodedSide, Floats

STRETCH = 2048  # sentences whose vectors are computed at once


@dataclass(frozen=True, slots=True)
class Field:
    """A pair ready for scoring: its sides, its band and its surface."""

    src: EncodedSide
    tgt: EncodedSide
    band: Band
    zh: Side
    en: Side
    level: float  # of the pair (see `level`)


@dataclass(frozen=True, slots=True)
class Scores:
    """Natural logarithms of the weight of every step in the band."""

    edges: Floats  # (nodes, shapes)
    skip_zh: Floats  # (n,)
    skip_en: Floats  # (m,)
    opening: float


def sentence_vectors(side: EncodedSide) -> NDArray[np.float16]:
    """Return the vector of each sentence, in half precision. Shape (n, dim)."""
    n = len(side.tokens)
    parts = [side.runs(1, a, min(a + STRETCH, n)).astype(np.float16) for a in range(0, n, STRETCH)]
    return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float16)


def prepare(
    src: EncodedSide, tgt: EncodedSide, src_texts: Sequence[str], tgt_texts: Sequence[str]
) -> Field:
    """Find the anchors, lay the band and read the surface of a pair."""
    vectors = sentence_vectors(src), sentence_vectors(tgt)
    anchors = find_anchors(*vectors, src.tokens)
    band = lay_band(*anchors, len(src_texts), len(tgt_texts))
    cues_zh, cues_en = surface_cues(src_texts, tgt_texts)
    ratio = length_ratio(anchors, src.tokens, tgt.tokens)
    zh, en = kernel_side(cues_zh, src.tokens, 1.0), kernel_side(cues_en, tgt.tokens, ratio)
    return Field(src, tgt, band, zh, en, level_of(*vectors, band))


def each_tile(field: Field, work: Callable[[Tile], None], *, threads: int) -> None:
    """Call `work` with every tile of the band, filled, several at a time."""
    with threadpool_limits(limits=1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
        lengths = field.zh[1], field.en[1]
        for tiles, filled in blocks(field.src, field.tgt, field.band, lengths, pool):
            list(pool.map(partial(_fill_and_work, filled, work), tiles))


def _fill_and_work(
    filled: Callable[[Tile], Tile], work: Callable[[Tile], None], tile: Tile
) -> None:
    work(filled(tile))


def score(
    field: Field, weights: Weights, *, threads: int = 2, keep_singles: list[Floats] | None = None
) -> Scores:
    """Score every step of the band.

    Cost: linear in the band's area; memory 150 bytes a node.
    """
    band, shapes = field.band, shape_array()
    shape_score = np.array([fsum(row) for row in shape_features() * weights.shape], np.float32)
    edges = np.full((band.nodes, len(shapes)), _features.NO_EDGE, dtype=np.float32)
    singles = np.full((band.nodes, _features.SMALL_WIDTH), _features.ABSENT, dtype=np.float32)
    index, pairs, level = pair_index(), factors(), np.float32(centred(field.level))

    def work(tile: Tile) -> None:
        _features.score_rows(
            tile.first, tile.last, band.low, band.high, band.offset, shapes, shape_score,
            weights.bead, tile.grid, tile.clause, index, tile.s0, tile.t0, field.zh, field.en,
            level, pairs, edges, singles,
        )  # fmt: skip

    each_tile(field, work, threads=threads)
    if keep_singles is not None:
        keep_singles.append(singles)
    features_zh, features_en = skip_features(field, singles)
    return Scores(
        edges=edges,
        skip_zh=(features_zh * weights.skip_zh).sum(axis=1, dtype=np.float64).astype(np.float32),
        skip_en=(features_en * weights.skip_en).sum(axis=1, dtype=np.float64).astype(np.float32),
        opening=weights.opening,
    )


def skip_features(field: Field, singles: Floats) -> tuple[Floats, Floats]:
    """Return the features of leaving each sentence out. Shapes (n, 6) and (m, 6)."""
    band = field.band
    n, m = len(field.src.tokens), len(field.tgt.tokens)
    best_z, adv_z, best_e, adv_e = best_partners(band.low, band.high, band.offset, singles, n, m)

    doubted = doubt(field.level, min(n, m))

    def side(best: Floats, advantage: Floats, lengths: Floats) -> Floats:
        median = np.median(best) if len(best) else 0.0
        long = np.log1p(np.diff(lengths) / 10.0)
        whole = np.full_like(best, doubted)
        columns = {
            "one": np.ones_like(best),
            "maxcos": best,
            "relcos": best - median,
            "adv": advantage,
            "loglen": long,
            "doubt": whole,
        }
        return np.stack([columns[name] for name in SKIP_NAMES], axis=1).astype(np.float32)

    return side(best_z, adv_z, field.zh[1]), side(best_e, adv_e, field.en[1])


def decode(field: Field, scores: Scores) -> Iterable[tuple[int, int, int, int, float]]:
    """Return the best path as (s, t, x, y, probability), skips with x or y of 0."""
    band, shapes = field.band, shape_array()
    steps = (band.low, band.high, band.offset, shapes)
    costs = (scores.edges, scores.skip_zh, scores.skip_en, scores.opening)
    path = _paths.viterbi(*steps, *costs)
    before = _paths.forward(*steps, *costs)
    after = _paths.backward(*steps, *costs)
    total = float(np.logaddexp(*before[-1]))
    kind = {tuple(shape): k for k, shape in enumerate(shapes.tolist())}
    found = []
    for s, t, x, y in path.tolist():
        here = band.offset[s] + t - band.low[s]
        there = band.offset[s + x] + t + y - band.low[s + x]
        if x and y:
            mass = np.logaddexp(*before[here]) + scores.edges[here, kind[x, y]] + after[there, 0]
        else:
            price = scores.skip_zh[s] if x else scores.skip_en[t]
            come = np.logaddexp(before[here, 0] + scores.opening, before[here, 1])
            mass = come + price + after[there, 1]
        found.append((s, t, x, y, float(min(1.0, np.exp(mass - total)))))
    return found
