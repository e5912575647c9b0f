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

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import partial
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.align import _features, _paths
from aligner.align._partners import best_partners
from aligner.align.anchors import find_anchors, length_ratio
from aligner.align.band import Band, lay_band
from aligner.align.cues import surface_cues
from aligner.align.level import centred, doubt, level_of
from aligner.align.pair_evidence import Side, Tile, blocks, kernel_side, pair_index
from aligner.align.shapes import shape_array, shape_features
from aligner.align.weights import SKIP_NAMES, Weights, factors
from aligner.encode.protocol import Bools, EncodedSide, Floats
from aligner.one_thread import one_thread

STRETCH = 2048  # sentences whose vectors are computed at once
NO_LIFT: Floats = np.zeros((0, 2), dtype=np.float32)

Step = tuple[int, int, int, int, float]  # (s, t, x, y, probability); a skip has x or y of 0
Medians = tuple[float, float]


class Scale(NamedTuple):
    """What a part of a pair is measured by, so that it is read as the whole is."""

    ratio: float  # of the tokens of the Chinese side to those of the English one
    level: float  # of the pair (see `level`)


@dataclass(frozen=True, slots=True)
class Field:
    """A pair ready for scoring: its sides, its band and its surface."""

    src: EncodedSide
    tgt: EncodedSide
    band: Band
    zh: Side
    en: Side
    level: float  # of the pair (see `level`)

    @property
    def scale(self) -> Scale:
        """What its parts are measured by."""
        return Scale(float(self.en[1][-1]) / max(1, int(self.tgt.tokens.sum())), self.level)


@dataclass(frozen=True, slots=True)
class Scores:
    """Natural logarithms of the weight of every step in the band."""

    edges: Floats  # (nodes, shapes)
    skip_zh: Floats  # (n,)
    skip_en: Floats  # (m,)
    opening: float
    # what skips are worth by the node that they lead to (see `_paths.forward`)
    lift: Floats = dataclass_field(default_factory=lambda: NO_LIFT)
    medians: Medians = (0.0, 0.0)  # of the sentences' best cosines, by side


@dataclass(frozen=True, slots=True)
class Sums:
    """Logarithms of sums over paths: from the start to each node, from it to the end."""

    before: NDArray[np.float64]  # (nodes, 2), by state
    after: NDArray[np.float64]

    @property
    def total(self) -> float:
        """That of all paths."""
        return float(np.logaddexp(*self.before[-1]))

    @property
    def visits(self) -> NDArray[np.float64]:
        """The logarithm of the probability that the path visits each node. Shape (nodes,)."""
        found: NDArray[np.float64] = np.logaddexp(*(self.before + self.after).T) - self.total
        return found


def sentence_vectors(side: EncodedSide) -> NDArray[np.float16]:
    """Return the vector of each sentence, in half precision. Shape (n, dim)."""
    n = len(side.tokens)
    parts = [side.runs(1, a, min(a + STRETCH, n)).astype(np.float16) for a in range(0, n, STRETCH)]
    return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float16)


def prepare(
    src: EncodedSide,
    tgt: EncodedSide,
    src_texts: Sequence[str],
    tgt_texts: Sequence[str],
    *,
    alone: tuple[Bools, Bools] | None = None,
) -> Field:
    """Find the anchors, lay the band and read the surface of a pair.

    `alone` are the sentences that are known to have no partner, and so are no anchors.
    """
    vectors = sentence_vectors(src), sentence_vectors(tgt)
    if alone:
        rows, columns = (np.flatnonzero(~side).astype(np.int32) for side in alone)
        found = find_anchors(vectors[0][rows], vectors[1][columns], src.tokens[rows])
        anchors = rows[found[0]], columns[found[1]]
    else:
        anchors = find_anchors(*vectors, src.tokens)
    band = lay_band(*anchors, len(src_texts), len(tgt_texts))
    cues_zh, cues_en = surface_cues(src_texts, tgt_texts)
    ratio = length_ratio(anchors, src.tokens, tgt.tokens)
    zh, en = kernel_side(cues_zh, src.tokens, 1.0), kernel_side(cues_en, tgt.tokens, ratio)
    return Field(src, tgt, band, zh, en, level_of(*vectors, band))


def each_tile(field: Field, work: Callable[[Tile], None], *, threads: int) -> None:
    """Call `work` with every tile of the band, filled, several at a time."""
    with one_thread(), ThreadPoolExecutor(threads) as pool:
        lengths = field.zh[1], field.en[1]
        for tiles, filled in blocks(field.src, field.tgt, field.band, lengths, pool):
            list(pool.map(partial(_fill_and_work, filled, work), tiles))


def _fill_and_work(
    filled: Callable[[Tile], Tile], work: Callable[[Tile], None], tile: Tile
) -> None:
    work(filled(tile))


def score(
    field: Field,
    weights: Weights,
    *,
    threads: int = 2,
    keep_singles: list[Floats] | None = None,
    medians: Medians | None = None,
) -> Scores:
    """Score every step of the band.

    Args:
        field: The pair.
        weights: Of the model.
        threads: How many threads compute.
        keep_singles: Gets the cosines of small runs appended.
        medians: Of the sentences' best cosines, if not those of this band.

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
            level, pairs, np.zeros(len(weights.bead), np.float32), edges, singles,
        )  # fmt: skip

    each_tile(field, work, threads=threads)
    if keep_singles is not None:
        keep_singles.append(singles)
    features_zh, features_en = skip_features(field, singles, medians)
    best, relative = SKIP_NAMES.index("maxcos"), SKIP_NAMES.index("relcos")
    return Scores(
        edges=edges,
        skip_zh=(features_zh * weights.skip_zh).sum(axis=1, dtype=np.float64).astype(np.float32),
        skip_en=(features_en * weights.skip_en).sum(axis=1, dtype=np.float64).astype(np.float32),
        opening=weights.opening,
        medians=(
            float(features_zh[0, best] - features_zh[0, relative]),
            float(features_en[0, best] - features_en[0, relative]),
        ),
    )


def skip_features(
    field: Field, singles: Floats, medians: Medians | None = None
) -> tuple[Floats, Floats]:
    """Return the features of leaving each sentence out. Shapes (n, 6) and (m, 6).

    `medians` stand for those of the best cosines, where these are of a part of the text.
    """
    band = field.band
    n, m = len(field.src.tokens), len(field.tgt.tokens)
    best_z, adv_z, best_e, adv_e = best_partners(band.low, band.high, band.offset, singles, n, m)

    doubted = doubt(field.level, min(n, m))

    def side(best: Floats, advantage: Floats, lengths: Floats, number: int) -> Floats:
        median = medians[number] if medians else np.median(best) if len(best) else 0.0
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

    return side(best_z, adv_z, field.zh[1], 0), side(best_e, adv_e, field.en[1], 1)


def sums(band: Band, scores: Scores) -> Sums:
    """Return the sums over the paths of the band."""
    inputs = _inputs(band, scores)
    return Sums(_paths.forward(*inputs), _paths.backward(*inputs))


def decode(band: Band, scores: Scores, found: Sums | None = None) -> list[Step]:
    """Return the best path, from the start to the end.

    Args:
        band: Where it may lead.
        scores: Of the band.
        found: The sums over its paths, if at hand.
    """
    shapes = shape_array()
    path = _paths.viterbi(*_inputs(band, scores))
    found = found or sums(band, scores)
    before, after, total = found.before, found.after, found.total
    kind = {tuple(shape): k for k, shape in enumerate(shapes.tolist())}
    steps = []
    for s, t, x, y in path.tolist():
        here = band.offset[s] + t - band.low[s]
        there = band.offset[s + x] + t + y - band.low[s + x]
        if x and y:
            mass = np.logaddexp(*before[here]) + scores.edges[here, kind[x, y]] + after[there, 0]
        else:
            price = scores.skip_zh[s] if x else scores.skip_en[t]
            if len(scores.lift):
                price += scores.lift[there, 0 if x else 1]
            come = np.logaddexp(before[here, 0] + scores.opening, before[here, 1])
            mass = come + price + after[there, 1]
        steps.append((s, t, x, y, float(min(1.0, np.exp(mass - total)))))
    return steps


def border_chances(band: Band, found: Sums, steps: Sequence[Step]) -> list[float]:
    """Return how likely it is that both sides are parted where each step ends."""
    s, t, x, y = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4).T
    node = band.offset[s + x] + t + y - band.low[s + x]
    chances: list[float] = np.exp(found.visits[node]).clip(max=1.0).tolist()
    return chances


def _inputs(band: Band, scores: Scores) -> tuple[Any, ...]:
    """Return the arguments of the loops over the lattice."""
    costs = scores.edges, scores.skip_zh, scores.skip_en, scores.opening, scores.lift
    return (band.low, band.high, band.offset, shape_array(), *costs)
