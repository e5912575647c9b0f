#!/usr/bin/env python3
"""Fit the aligner's weights on gold alignments and write them with their provenance.

    python scripts fit.alignment GOLD_FOLDER -o aligner/data/weights-use.json
    python scripts fit.alignment GOLD_FOLDER --encoder length -o aligner/data/weights-length.json
    python scripts fit.alignment GOLD_FOLDER --leave-out mac-dev --leave-out hkma-dev --folds 6
    python scripts fit.alignment GOLD_FOLDER --without mac-dev/002,mac-dev/005 -o FILE

GOLD_FOLDER holds the sets mac-dev, hkma-dev, tico19-split and bible-5k. Beside the
texts themselves the model is fitted on damaged copies of them (see `helpers.gold.damaged`)
and on pairs of unrelated documents: without those it never learns to leave a sentence
out. With --leave-out SET, the documents of that set are aligned with weights that saw
nothing of them, and the scores are printed: --folds says into how many parts the set
is divided, by default one for each document. Links inside a paragraph or a verse, of
which only the borders are known, are joined before they are scored. --without names
documents that stay out altogether, for measure.robustness.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner import __version__
from aligner.align.lattice import Field, decode, prepare, score
from aligner.align.shapes import SHAPE_NAMES
from aligner.align.weights import BEAD_NAMES, SKIP_NAMES, Weights, dump, from_vector, vector
from aligner.encode import load_encoder
from aligner.encode.protocol import EncodedSide, Encoder
from aligner.encode.use import UseSide
from aligner.fitted import sources
from aligner.scoring import Link, LinkCounts, calibrate, count, judge, scores
from fit._crf import N_BEAD, N_SKIP, Lattice, build, loss_and_gradient
from fit._gold_mix import SETS, samples
from helpers.gold import Sample, gold_links, merged

COPY_WEIGHT = 0.25  # of a damaged copy, beside its document's
STEPS = 200  # of the search for the best weights; about 120 are needed
L2 = 30.0  # on standardised weights
L2_FREE = 1.0  # on the overall bias, the skips' biases and the gap opening
SEARCHED = 110_000  # borders of a pair without vectors, where nothing narrows the search
START = {
    "cos": 6.7, "nbr": -1.5, "gain": 6.7, "ext": -10.0, "toklen": -2.5, "toklen2": -0.9,
    "loglen": 0.3, "nmax": -6.0, "qstate": -1.0, "close": -1.6,
}  # fmt: skip
START_SHAPES = {"one": 1.5}
START_SKIPS = {"one": -1.0, "relcos": -2.0, "adv": -2.0}
START_OPENING = -2.3


class Fittable(Protocol):
    """What a fit needs of a sample."""

    @property
    def lattice(self) -> Lattice:
        """Its steps and their features."""

    @property
    def weight(self) -> float:
        """What it counts."""


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


@dataclass(frozen=True)
class Encoded:
    """Every sentence of a language, encoded once, since damaged copies repeat them."""

    encoder: Encoder
    joiner: str
    whole: EncodedSide
    row: dict[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], encoder: Encoder, joiner: str) -> Encoded:
        """Encode the distinct texts."""
        row = {text: k for k, text in enumerate(dict.fromkeys(texts))}
        return cls(encoder, joiner, encoder.side(list(row), joiner=joiner), row)

    def side(self, texts: Sequence[str]) -> EncodedSide:
        """Return the side of some of the texts, in their order."""
        whole = self.whole
        if not isinstance(whole, UseSide):
            return self.encoder.side(texts, joiner=self.joiner)
        rows = np.array([self.row[text] for text in texts])
        arrays = ("tokens", "begin", "inner", "end", "head", "tail", "has_clauses")
        return replace(whole, **{name: getattr(whole, name)[rows] for name in arrays})


def items_of(found: list[Sample], encoder: Encoder, weights: Weights) -> list[Item]:
    """Encode the samples, lay their bands and prune their lattices."""
    zh = Encoded.of((t for s in found for t in s.src), encoder, "")
    en = Encoded.of((t for s in found for t in s.tgt), encoder, " ")
    items = []
    for sample in found:
        sides = zh.side(sample.src), en.side(sample.tgt)
        field = prepare(*sides, sample.src, sample.tgt)
        weight = SETS[sample.group] * (COPY_WEIGHT if sample.damage else 1.0)
        items.append(Item(sample, field, build(field, sample, weights), weight))
    return items


def searchable(found: list[Sample]) -> list[Sample]:
    """Return what can be fitted on without anchors: no long texts, and fewer copies."""
    short = [s for s in found if len(s.src) * len(s.tgt) <= SEARCHED]
    copies = [s for s in short if s.damage]
    return [s for s in short if not s.damage] + copies[::4]


def with_gold_path(items: list[Item]) -> list[Item]:
    """Return the items whose lattice holds a path that the gold allows."""
    width = items[0].lattice.features.shape[1]
    numbers = np.zeros(width + 2 * N_SKIP + 1)
    return [i for i in items if loss_and_gradient(i.lattice, numbers) is not None]


def kept_features(drop: frozenset[str]) -> NDArray[np.float64]:
    """Return 1 for each weight that is fitted and 0 for the others, as `vector` orders them.

    A product goes with either of its factors; `skip NAME` is a feature of skips.
    """
    skips = [f"skip {name}" for name in SKIP_NAMES]
    all_names = [*BEAD_NAMES, *SHAPE_NAMES, *skips, *skips, "opening"]
    return np.array([float(not drop & {name, *name.split("*")}) for name in all_names])


def fit(
    items: Sequence[Fittable],
    *,
    l2: float = L2,
    drop: frozenset[str] = frozenset(),
    begin: Weights | None = None,
    steps: int = STEPS,
) -> Weights:
    """Return the weights of maximum likelihood under a Gaussian prior.

    The weights are penalised in units of their features' standard deviations.
    `drop` names features that stay out (see `kept_features`); the search begins at `begin`
    and ends after so many steps at the latest.
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
    active = kept_features(drop)
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

    start = vector(begin or first_weights()) * sd
    result = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    numbers = (result.x * active / sd).astype(np.float32)
    return from_vector(numbers, {})


def decoded(one: Item, weights: Weights) -> list[Link]:
    """Return the links that the weights give a sample."""
    steps = decode(one.field.band, score(one.field, weights))
    return [Link(tuple(range(s, s + x)), tuple(range(t, t + y)), p) for s, t, x, y, p in steps]


def unseen(items: list[Item], names: frozenset[str]) -> list[Item]:
    """Return the items that hold no text of the named documents."""
    return [i for i in items if not i.sample.sources & names]


def cross_validate(
    items: list[Item], group: str, folds: int, *, l2: float = L2, drop: frozenset[str] = frozenset()
) -> None:
    """Print the scores of a set, each document under weights that did not see it.

    Its documents are divided into `folds` parts; with 0, each is one of its own.
    """
    own = [i for i in items if i.sample.group == group and not i.sample.damage]
    folds = min(folds or len(own), len(own))
    total, marks = LinkCounts(), []
    for k in range(folds):
        part = own[k::folds]
        names = frozenset().union(*(one.sample.sources for one in part))
        weights = fit(unseen(items, names), l2=l2, drop=drop)
        for one in part:
            gold = gold_links(one.sample)
            found = merged(one.sample, decoded(one, weights))
            counts = count(gold, found)
            total += counts
            marks += judge(gold, found)
            print(one.sample.name, f"{scores(counts)['all-links'].f1:.4f}", flush=True)
    table = {name: round(value.f1, 4) for name, value in scores(total).items()}
    print(group, table, f"ECE {calibrate(marks).ece:.4f}", flush=True)


def provenance_of(items: list[Item], encoder: Encoder, a: argparse.Namespace) -> dict[str, Any]:
    """Return what weights were made from."""
    damages = [i.sample.damage for i in items]
    sets = {g: w for g, w in SETS.items() if any(i.sample.group == g for i in items)}
    return {
        "script": "scripts/fit/alignment.py",
        "version": __version__,
        "encoder": encoder.signature,
        "data": {name: sources((a.gold / name).iterdir()) for name in sets},
        "items": {
            "documents": damages.count(""),
            "damaged copies": sum(bool(d) and d != "unrelated" for d in damages),
            "unrelated pairs": damages.count("unrelated"),
        },
        "settings": {
            "weight of a set": sets,
            "weight of a damaged copy": COPY_WEIGHT,
            "without": a.without,
            "features left out": sorted(a.drop),
            "l2": a.l2,
            "seed": a.seed,
        },
    }


def names(text: str) -> list[str]:
    """Return the names in a list with commas."""
    return [name for name in text.split(",") if name]


def parse_args() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--leave-out", metavar="SET", action="append", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--without", type=names, default=[], help="documents, with commas")
    parser.add_argument("--drop", type=names, default=[], help="features, with commas")
    parser.add_argument("--l2", type=float, default=L2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main() -> int:
    """Fit, test, write."""
    a = parse_args()
    begun = time.perf_counter()
    encoder = load_encoder(a.encoder)
    found = samples(a.gold, seed=a.seed)
    found = [s for s in found if not s.sources & frozenset(a.without)]
    if encoder.dim == 0:
        found = searchable(found)
    made = items_of(found, encoder, first_weights())
    items = with_gold_path(made)
    print(f"{len(made) - len(items)} pairs left out: the band holds no path of their gold")
    edges = sum(len(i.lattice.kind) for i in items)
    print(f"{len(items)} lattices, {edges} edges, {time.perf_counter() - begun:.0f} s", flush=True)
    for group in a.leave_out:
        cross_validate(items, group, a.folds, l2=a.l2, drop=frozenset(a.drop))
    if a.out:
        weights = fit(items, l2=a.l2, drop=frozenset(a.drop))
        provenance = provenance_of(items, encoder, a)
        a.out.write_text(dump(replace(weights, provenance=provenance)), encoding="utf-8")
        print(json.dumps(provenance))
    return 0


if __name__ == "__main__":
    sys.exit(main())
