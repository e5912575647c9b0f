#!/usr/bin/env python3
"""Fit the aligner's weights on gold alignments and write them with their provenance.

    python scripts/fit_weights.py GOLD_FOLDER -o aligner/data/weights-use.json
    python scripts/fit_weights.py GOLD_FOLDER --leave-out mac-dev
    python scripts/fit_weights.py GOLD_FOLDER --encoder length -o aligner/data/weights-length.json

GOLD_FOLDER holds the sets mac-dev, hkma-dev, tico19-split and bible-5k. Beside the
texts themselves the model is fitted on damaged copies of them (see `_gold.damaged`):
without those it never learns to leave a sentence out. With --leave-out SET, the
documents of that set are aligned one by one with weights that saw nothing of them,
and the scores are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from _crf import N_BEAD, N_SKIP, Lattice, build, loss_and_gradient
from _gold import Sample, damaged, load_set
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.align.lattice import Field, decode, prepare, score
from aligner.align.shapes import SHAPE_NAMES
from aligner.align.weights import BEAD_NAMES, SKIP_NAMES, Weights, dump, from_vector, vector
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.scoring import Counts, Link, calibrate, count, judge, scores

SETS = {"mac-dev": 1.0, "hkma-dev": 0.3, "tico19-split": 0.3, "bible-5k": 0.1}
PARAGRAPHS = {"hkma-dev"}
COPIES = {"mac-dev": 12, "hkma-dev": 1, "tico19-split": 1, "bible-5k": 4}  # of a document
COPY_WEIGHT = 0.25  # of a damaged copy, beside its document's
DAMAGE = ("block", "single", "foreign", "replaced")
L2 = 20.0  # on standardised weights
L2_FREE = 1.0  # on the overall bias, the skips' biases and the gap opening
START = {
    "cos": 6.7, "nbr": -1.5, "gain": 6.7, "ext": -10.0, "toklen": -2.5, "toklen2": -0.9,
    "loglen": 0.3, "nmax": -6.0, "qstate": -1.0, "close": -1.6,
}  # fmt: skip
START_SHAPES = {"one": 1.5}
START_SKIPS = {"one": -1.0, "relcos": -2.0, "adv": -2.0}
START_OPENING = -2.3


@dataclass(frozen=True)
class Item:
    """One sample with all that fitting and testing need of it."""

    sample: Sample
    field: Field
    lattice: Lattice
    weight: float


def first_weights() -> Weights:
    """Return rough weights, good enough to prune the lattices with."""

    def named(names: tuple[str, ...], values: dict[str, float]) -> NDArray[np.float32]:
        return np.array([values.get(name, 0.0) for name in names], dtype=np.float32)

    skip = named(SKIP_NAMES, START_SKIPS)
    return Weights(
        named(BEAD_NAMES, START), named(SHAPE_NAMES, START_SHAPES), skip, skip, START_OPENING
    )


def samples(folder: Path, *, seed: int) -> list[Sample]:
    """Return the documents of all sets and their damaged copies."""
    clean = [
        sample
        for name in SETS
        if (folder / name).is_dir()
        for sample in load_set(folder / name, paragraphs=name in PARAGRAPHS)
    ]
    rng = np.random.default_rng(seed)
    copies = []
    for sample in clean:
        for k in range(COPIES[sample.group]):
            other = [s for s in clean if s.group != sample.group]
            foreign = other[int(rng.integers(len(other)))]
            kind = DAMAGE[int(rng.integers(len(DAMAGE))) if COPIES[sample.group] == 1 else k % 4]
            source = sample if sample.group != "bible-5k" else _part(sample, rng)
            copies.append(damaged(source, kind, foreign, rng))
    return clean + copies


def _part(sample: Sample, rng: np.random.Generator, count: int = 600) -> Sample:
    """Return some hundred blocks of a long document as one of its own."""
    start = int(rng.integers(0, len(sample.blocks) - count))
    blocks = sample.blocks[start : start + count]
    (a, _), (c, _) = blocks[0].src, blocks[0].tgt
    (_, b), (_, d) = blocks[-1].src, blocks[-1].tgt
    moved = tuple(
        type(k)(k.kind, (k.src[0] - a, k.src[1] - a), (k.tgt[0] - c, k.tgt[1] - c)) for k in blocks
    )
    return Sample(
        sample.name, sample.group, sample.src[a:b], sample.tgt[c:d], moved, "", sample.sources
    )


def item(sample: Sample, encoder: Encoder, weights: Weights) -> Item:
    """Encode a sample, lay its band and prune its lattice."""
    sides = encoder.side(sample.src, joiner=""), encoder.side(sample.tgt, joiner=" ")
    field = prepare(*sides, sample.src, sample.tgt)
    weight = SETS[sample.group] * (COPY_WEIGHT if sample.damage else 1.0)
    return Item(sample, field, build(field, sample, weights), weight)


def with_gold_path(items: list[Item]) -> list[Item]:
    """Return the items whose lattice holds a path that the gold allows."""
    width = items[0].lattice.features.shape[1]
    numbers = np.zeros(width + 2 * N_SKIP + 1)
    return [i for i in items if loss_and_gradient(i.lattice, numbers) is not None]


def fit(items: list[Item], *, l2: float = L2, drop: frozenset[str] = frozenset()) -> Weights:
    """Return the weights of maximum likelihood under a Gaussian prior.

    The weights are penalised in units of their features' standard deviations.
    `drop` names bead features that stay out.
    """
    width = items[0].lattice.features.shape[1]
    pooled = np.concatenate([i.lattice.features for i in items])
    skips = [np.concatenate([getattr(i.lattice, k) for i in items]) for k in ("skip_zh", "skip_en")]
    sd = np.concatenate([pooled.std(axis=0), *(s.std(axis=0) for s in skips), [1.0]])
    free = sd < 1e-6
    sd = np.where(free, 1.0, sd).astype(np.float64)
    penalty = np.full(len(sd), l2)
    biases = [N_BEAD, width, width + N_SKIP, width + 2 * N_SKIP]
    penalty[biases] = L2_FREE
    active = np.ones(len(sd))
    active[[BEAD_NAMES.index(name) for name in drop]] = 0.0
    del pooled, skips
    order = sorted(items, key=lambda i: -len(i.lattice.kind))

    def objective(z: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        numbers = z * active / sd
        with ThreadPoolExecutor(2) as pool:
            parts = list(pool.map(lambda i: loss_and_gradient(i.lattice, numbers), order))
        both = [(i.weight, part) for i, part in zip(order, parts, strict=True) if part]
        loss = sum(weight * part[0] for weight, part in both)
        slope = sum(weight * part[1] for weight, part in both)
        return loss + 0.5 * float(penalty @ z**2), slope * active / sd + penalty * z

    begin = vector(first_weights()) * sd
    result = minimize(objective, begin, jac=True, method="L-BFGS-B", options={"maxiter": 100})
    numbers = (result.x * active / sd).astype(np.float32)
    return from_vector(numbers, {})


def decoded(one: Item, weights: Weights) -> list[Link]:
    """Return the links that the weights give a sample."""
    steps = decode(one.field, score(one.field, weights))
    return [Link(tuple(range(s, s + x)), tuple(range(t, t + y)), p) for s, t, x, y, p in steps]


def gold_links(sample: Sample) -> list[Link]:
    """Return the sample's blocks as links, null blocks as one link a sentence."""
    links: list[Link] = []
    for block in sample.blocks:
        src, tgt = tuple(range(*block.src)), tuple(range(*block.tgt))
        if block.kind == "null":
            links += [Link((i,), ()) for i in src] + [Link((), (j,)) for j in tgt]
        else:
            links.append(Link(src, tgt))
    return links


def unseen(items: list[Item], names: frozenset[str]) -> list[Item]:
    """Return the items that hold no text of the named documents."""
    return [i for i in items if not i.sample.sources & names]


def cross_validate(
    items: list[Item], group: str, *, l2: float = L2, drop: frozenset[str] = frozenset()
) -> None:
    """Print the scores of a set, each document under weights that did not see it."""
    total, marks = Counts(), []
    for one in (i for i in items if i.sample.group == group and not i.sample.damage):
        weights = fit(unseen(items, one.sample.sources), l2=l2, drop=drop)
        gold, found = gold_links(one.sample), decoded(one, weights)
        counts = count(gold, found)
        total += counts
        marks += judge(gold, found)
        print(one.sample.name, f"{scores(counts)['all-links'].f1:.4f}", flush=True)
    table = {name: round(value.f1, 4) for name, value in scores(total).items()}
    print(group, table, f"ECE {calibrate(marks).ece:.4f}", flush=True)


def main() -> int:
    """Read the command line, fit, test, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--leave-out", metavar="SET")
    parser.add_argument("--drop", default="", help="bead features to leave out, with commas")
    parser.add_argument("--l2", type=float, default=L2)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    begun = time.perf_counter()
    encoder = load_encoder(a.encoder)
    drop = frozenset(filter(None, a.drop.split(",")))
    made = [item(s, encoder, first_weights()) for s in samples(a.gold, seed=a.seed)]
    items = with_gold_path(made)
    print(f"{len(made) - len(items)} pairs left out: the band holds no path of their gold")
    edges = sum(len(i.lattice.kind) for i in items)
    print(f"{len(items)} lattices, {edges} edges, {time.perf_counter() - begun:.0f} s", flush=True)
    if a.leave_out:
        cross_validate(items, a.leave_out, l2=a.l2, drop=drop)
    if a.out:
        weights = fit(items, l2=a.l2, drop=drop)
        provenance = {
            "encoder": encoder.signature,
            "sets": {g: w for g, w in SETS.items() if (a.gold / g).is_dir()},
            "documents": sum(not i.sample.damage for i in items),
            "damaged copies": sum(bool(i.sample.damage) for i in items),
            "weight of a damaged copy": COPY_WEIGHT,
            "l2": a.l2,
            "seed": a.seed,
            "made by": f"scripts/fit_weights.py, aligner {version('aligner')}",
        }
        final = Weights(weights.bead, weights.shape, weights.skip_zh, weights.skip_en,
                        weights.opening, provenance)  # fmt: skip
        a.out.write_text(dump(final), encoding="utf-8")
        print(json.dumps(provenance))
    return 0


if __name__ == "__main__":
    sys.exit(main())
