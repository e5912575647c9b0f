"""Maximum likelihood for the aligner's model, over pruned lattices.

The loss of a lattice is log(mass of all paths) - log(mass of the paths that the gold
allows); its gradient is the difference of the expected features. Only the edges that
some sensible weights give any probability are kept, so that a step over all training
data takes less than a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.align import _features, _paths
from aligner.align.band import Band
from aligner.align.lattice import Field, Scores, each_tile, score, skip_features
from aligner.align.level import centred
from aligner.align.pair_evidence import Tile, pair_index
from aligner.align.shapes import shape_array, shape_features
from aligner.align.weights import BEAD_NAMES, SKIP_NAMES, Weights, factors
from fit._crf_loops import scatter, sums_over_paths
from helpers.gold import Block, Sample

KEEP = 1e-4  # posterior from which on an edge is kept
TEMPERATURE = 0.6
Places = NDArray[np.integer[Any]]
N_BEAD, N_SKIP = len(BEAD_NAMES), len(SKIP_NAMES)


@dataclass(frozen=True)
class Lattice:
    """Kept edges of one pair, by rising destination.

    kind: 0 bead, 1 Chinese skip, 2 English skip. `feature`: row of `features` or, for
    a skip, of `skip_zh` or `skip_en`.
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    kind: NDArray[np.int8]
    feature: NDArray[np.int32]
    allowed: NDArray[np.bool_]
    nodes: int
    features: NDArray[np.float32]  # bead and shape features. Shape (beads, ...)
    skip_zh: NDArray[np.float32]
    skip_en: NDArray[np.float32]


def allowed_mask(
    blocks: tuple[Block, ...], s: NDArray[Any], t: NDArray[Any], x: NDArray[Any], y: NDArray[Any]
) -> NDArray[np.bool_]:
    """Return which steps from (s, t) by (x, y) the gold allows."""
    first = np.array([b.src[0] + b.tgt[0] for b in blocks])
    last = np.array([b.src[1] + b.tgt[1] for b in blocks])
    # blocks follow each other, so s + t tells the block that a step begins in
    k = np.clip(np.searchsorted(last, s + t, side="right"), 0, len(blocks) - 1)
    table = np.array([(*b.src, *b.tgt) for b in blocks])[k]
    kinds = np.array([("exact", "any", "null").index(b.kind) for b in blocks])[k]
    inside = (
        (s + t >= first[k])
        & (s >= table[:, 0])
        & (s + x <= table[:, 1])
        & (t >= table[:, 2])
        & (t + y <= table[:, 3])
    )
    skip = (x == 0) | (y == 0)
    whole = (x == table[:, 1] - table[:, 0]) & (y == table[:, 3] - table[:, 2])
    right = np.where(kinds == 0, whole, (kinds != 2) | skip)
    allowed: NDArray[np.bool_] = inside & right
    return allowed


@dataclass(frozen=True)
class Kept:
    """The steps of a band that are worth their place, by rising destination."""

    tail: Places  # nodes of the band
    head: Places
    kind: NDArray[np.int8]  # 0 bead, 1 Chinese skip, 2 English skip
    row: Places  # of `bead_node`, or the sentence that a skip leaves out
    gold: NDArray[np.bool_]
    bead_node: Places  # of each kept bead, by rising node
    bead_shape: Places

    def places(self, nodes: int) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
        """Return tails and heads numbered without holes, and how many nodes are left."""
        used = np.unique(np.concatenate([self.tail, self.head, [0, nodes - 1]]))
        tail, head = (np.searchsorted(used, n).astype(np.int32) for n in (self.tail, self.head))
        return tail, head, len(used)


def prune(band: Band, scores: Scores, blocks: tuple[Block, ...]) -> Kept:
    """Keep the steps that have some probability or that the gold allows."""
    shapes = shape_array()
    n, m = len(scores.skip_zh), len(scores.skip_en)
    warm = TEMPERATURE
    steps = (band.low, band.high, band.offset, shapes)
    costs = (
        scores.edges * np.float32(warm),
        scores.skip_zh * warm,
        scores.skip_en * warm,
        scores.opening * warm,
    )
    costs[0][scores.edges <= _features.NO_EDGE] = _features.NO_EDGE
    before, after = _paths.forward(*steps, *costs), _paths.backward(*steps, *costs)
    total = np.logaddexp(*before[-1])
    node_s = np.repeat(np.arange(n + 1), np.diff(np.append(band.offset, band.nodes)))
    node_t = np.arange(band.nodes) - band.offset[node_s] + band.low[node_s]
    come = np.logaddexp(before[:, 0], before[:, 1])

    node, kind = np.nonzero(scores.edges > _features.NO_EDGE)
    s, t = node_s[node], node_t[node]
    x, y = shapes[kind, 0], shapes[kind, 1]
    end = np.minimum(s + x, n)
    there = (s + x <= n) & (t + y >= band.low[end]) & (t + y <= band.high[end])
    node, kind, s, t, x, y = (part[there] for part in (node, kind, s, t, x, y))
    head = band.offset[s + x] + t + y - band.low[s + x]
    mass = come[node] + costs[0][node, kind] + after[head, 0] - total
    ok = allowed_mask(blocks, s, t, x, y)
    kept = (mass > np.log(KEEP)) | ok
    node, kind, head, ok = node[kept], kind[kept], head[kept], ok[kept]
    alive = (before + after).max(axis=1) - total > np.log(KEEP)

    parts = [(node, head, np.zeros(len(node), np.int8), np.arange(len(node)), ok)]
    for code in (1, 2):
        dx, dy = (1, 0) if code == 1 else (0, 1)
        free = (node_s < n) if code == 1 else (node_t < m)
        here = np.flatnonzero(free)
        s, t = node_s[here], node_t[here]
        inside = (t + dy >= band.low[s + dx]) & (t + dy <= band.high[s + dx])
        here, s, t = here[inside], s[inside], t[inside]
        there = band.offset[s + dx] + t + dy - band.low[s + dx]
        gold = allowed_mask(blocks, s, t, np.full_like(s, dx), np.full_like(s, dy))
        kept = (alive[here] & alive[there]) | gold
        row = s if code == 1 else t
        parts.append(
            (here[kept], there[kept], np.full(kept.sum(), code, np.int8), row[kept], gold[kept])
        )
    tails, heads, kinds, rows, gold = (np.concatenate(p) for p in zip(*parts, strict=True))
    order = np.argsort(heads, kind="stable")
    return Kept(tails[order], heads[order], kinds[order], rows[order], gold[order], node, kind)


def build(field: Field, sample: Sample, weights: Weights) -> Lattice:
    """Prune a pair's band with some first weights and collect the features."""
    singles: list[NDArray[np.float32]] = []
    scores = score(field, weights, keep_singles=singles)
    kept = prune(field.band, scores, sample.blocks)
    return lattice_of(field, kept, skip_features(field, singles[0]))


def lattice_of(
    field: Field, kept: Kept, skips: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> Lattice:
    """Collect the features of the steps that were kept."""
    band = field.band
    node_s = np.repeat(np.arange(len(band.low)), np.diff(np.append(band.offset, band.nodes)))
    node_t = np.arange(band.nodes) - band.offset[node_s] + band.low[node_s]
    tail, head, nodes = kept.places(band.nodes)
    features = collect(field, kept.bead_node, kept.bead_shape, node_s, node_t)
    return Lattice(
        tail,
        head,
        kept.kind,
        kept.row.astype(np.int32),
        kept.gold,
        nodes,
        np.concatenate([features, shape_features()[kept.bead_shape]], axis=1),
        *skips,
    )


def collect(
    field: Field, node: Places, kind: Places, node_s: Places, node_t: Places
) -> NDArray[np.float32]:
    """Return the features of chosen edges, sorted by node. Shape (edges, features)."""
    out = np.zeros((len(node), N_BEAD), dtype=np.float32)
    s, t = node_s[node], node_t[node]
    index, shapes, pairs = pair_index(), shape_array(), factors()
    level = np.float32(centred(field.level))

    def work(tile: Tile) -> None:
        a, b = np.searchsorted(s, [tile.first, tile.last])
        _features.edge_rows(
            node[a:b],
            kind[a:b],
            s[a:b],
            t[a:b],
            shapes,
            tile.grid,
            tile.clause,
            index,
            tile.s0,
            tile.t0,
            field.zh,
            field.en,
            level,
            pairs,
            out[a:b],
        )

    each_tile(field, work, threads=2)
    return out


def loss_and_gradient(
    lattice: Lattice, numbers: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]] | None:
    """Return the negative log likelihood of the gold and its gradient.

    None if the lattice holds no path that the gold allows.
    """
    width = lattice.features.shape[1]
    bead, zh, en, opening = np.split(numbers, [width, width + N_SKIP, width + 2 * N_SKIP])
    tables = lattice.features @ bead, lattice.skip_zh @ zh, lattice.skip_en @ en
    value = np.empty(len(lattice.kind))
    for code in range(3):
        mask = lattice.kind == code
        value[mask] = tables[code][lattice.feature[mask]]
    free, opened = np.empty_like(value), np.empty_like(value)
    gold, opened_gold = np.empty_like(value), np.empty_like(value)
    args = (
        lattice.tail,
        lattice.head,
        lattice.kind,
        value,
        float(opening[0]),
        lattice.allowed,
        lattice.nodes,
    )
    total = sums_over_paths(*args, constrained=False, post=free, opened=opened)
    right = sums_over_paths(*args, constrained=True, post=gold, opened=opened_gold)
    if not right > -1e20:
        return None
    diff = free - gold
    per_bead = np.zeros(len(lattice.features))
    grad_zh, grad_en = np.zeros(N_SKIP), np.zeros(N_SKIP)
    scatter(
        lattice.kind,
        lattice.feature,
        diff,
        lattice.skip_zh,
        lattice.skip_en,
        per_bead,
        grad_zh,
        grad_en,
    )
    gradient = np.concatenate(
        [
            per_bead.astype(np.float32) @ lattice.features,
            grad_zh,
            grad_en,
            [(opened - opened_gold).sum()],
        ]
    )
    return float(total - right), gradient
