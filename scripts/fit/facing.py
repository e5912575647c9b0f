#!/usr/bin/env python3
"""Fit how likely the sides of a link of one sentence to one belong together.

    python scripts fit.facing GOLD_FOLDER [-o aligner/data/weights-facing.json]

The documents of GOLD_FOLDER are aligned with places put in where two sentences without
partner face each other (see `helpers.facing`). What is fitted on are the links of one to one
that the aligner makes: those of such places, and those that the gold has. Two models: `alike`
by vectors and lengths, of all links, and `facing` by numbers too, of those that `alike` is
not sure of. The links that face each other weigh together a hundredth of the right ones of
their set, since in most texts they are rare; how often an aligner meets them differs.

The figures printed are of sets that were not fitted on; of the novels, each was left out by
itself. Takes about five minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner import __version__
from aligner.align import undoubted_steps
from aligner.align.facing import (
    FACING_DECLARED,
    SURELY_ALIKE,
    FacingText,
    facing_traits,
    number_traits,
    single_links,
)
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder, Floats
from aligner.fitted import Doubles, Fitted, Linear, dump, sources
from fit._gold_mix import part_of
from fit._logistic import area, fit_logistic
from helpers.facing import with_facing
from helpers.gold import PARAGRAPHS, Sample, load_set

COPIES: Final = {
    "mac-dev": 2, "hkma-dev": 1, "tico19-split": 1, "bible-5k": 2, "open-sdg": 2,
    "opensource-guide": 2, "ntrex-cn": 1, "news21": 2, "effective-go": 1, "pud": 1,
}  # fmt: skip
LONGEST: Final = 600  # blocks of a document that are used
FACING_SHARE: Final = 0.01  # of the weight of a set's right links
L2: Final = 1.0
LOW: Final = 0.7  # probability below which a user looks at a link


@dataclass(frozen=True)
class Linked:
    """Links of one to one of some documents, a row each."""

    group: NDArray[np.str_]  # what is left out together
    kind: NDArray[np.str_]  # the set
    p: Doubles  # before they were doubted
    rows: Floats  # the features of `facing`
    is_right: NDArray[np.bool_]

    def __getitem__(self, which: NDArray[np.bool_]) -> Linked:
        """Return some of the rows."""
        return Linked(
            self.group[which],
            self.kind[which],
            self.p[which],
            self.rows[which],
            self.is_right[which],
        )

    @property
    def weights(self) -> Doubles:
        """What each row counts."""
        found = np.ones(len(self.p))
        for name in set(self.kind.tolist()):
            own = self.kind == name
            facing = own & ~self.is_right
            right = int((own & self.is_right).sum())
            found[facing] = FACING_SHARE * right / max(1, int(facing.sum()))
        return found


def copies(
    folder: Path, rng: np.random.Generator
) -> Iterator[tuple[Sample, frozenset[tuple[int, int]]]]:
    """Yield the copies of a set's documents, and the sentences that face each other."""
    found = list(load_set(folder, paragraphs=folder.name in PARAGRAPHS))
    for sample in found:
        for _ in range(COPIES[folder.name]):
            part = sample
            if len(sample.blocks) > LONGEST:
                part = part_of(sample, rng, LONGEST)
            others = [other for other in found if other is not sample]
            yield with_facing(part, others, rng)


def rows_of(
    sample: Sample, facing: frozenset[tuple[int, int]], encoder: Encoder
) -> Iterator[tuple[float, Floats, bool]]:
    """Yield the probability, features and truth of a copy's links of one to one."""
    steps, text = undoubted_steps(sample.src, sample.tgt, encoder=encoder)
    right = {
        (block.src[0], block.tgt[0])
        for block in sample.blocks
        if block.kind == "exact" and block.src[1] - block.src[0] == block.tgt[1] - block.tgt[0] == 1
    }
    places = single_links(steps)
    traits = all_traits(places, text)
    p = [step[4] for step in steps if step[2] == step[3] == 1]
    for place, row, chance in zip(map(tuple, places.tolist()), traits, p, strict=True):
        if place in facing or place in right:
            yield chance, row, place in right


def all_traits(places: NDArray[np.int64], text: FacingText) -> Floats:
    """Return the features of the model `facing`."""
    return np.concatenate([facing_traits(places, text), number_traits(places, text)], axis=1)


def linked(folder: Path, seed: int) -> Linked:
    """Return the links of all sets."""
    encoder = load_encoder("use")
    found: list[tuple[str, str, float, Floats, bool]] = []
    for name in COPIES:
        if not any((folder / name).glob("*.align")):
            continue
        rng = np.random.default_rng(seed)
        for sample, facing in copies(folder / name, rng):
            group = sample.name.partition("+")[0] if name == "mac-dev" else name
            found += [(group, name, *row) for row in rows_of(sample, facing, encoder)]
        own = [row for row in found if row[1] == name]
        print(name, len(own), sum(not row[-1] for row in own), file=sys.stderr, flush=True)
    return Linked(*(np.array(column) for column in zip(*found, strict=True)))


def fitted_models(data: Linked) -> dict[str, Linear]:
    """Return both models."""
    names = FACING_DECLARED.models
    rows = data.rows[:, : len(names["alike"])]
    alike = fit_logistic(rows, data.is_right, data.weights, l2=L2)
    asked = chances(alike(rows)) < SURELY_ALIKE
    facing = fit_logistic(data.rows[asked], data.is_right[asked], data.weights[asked], l2=L2)
    return {"alike": alike, "facing": facing}


def chances(scores: Doubles) -> Doubles:
    """Return the probabilities of logistic scores."""
    found: Doubles = 1.0 / (1.0 + np.exp(-scores))
    return found


def applied(models: dict[str, Linear], data: Linked) -> Doubles:
    """Return how likely the sides of each link belong together, as the aligner finds it."""
    first = chances(models["alike"](data.rows[:, : len(models["alike"].weights)]))
    return np.where(first < SURELY_ALIKE, chances(models["facing"](data.rows)), 1.0)


def unseen(data: Linked) -> Doubles:
    """Return the same under models that saw nothing of the link's group."""
    found = np.ones(len(data.p))
    for group in sorted(set(data.group.tolist())):
        own = data.group == group
        found[own] = applied(fitted_models(data[~own]), data[own])
    return found


def report(data: Linked, together: Doubles) -> None:
    """Print, by set, what becomes of links that face each other and of right ones."""
    print(f"{'set':18}{'facing':>8}{'p>=.7':>8}{'then':>8}{'null':>8}{'right':>8}{'fall':>8}"
          f"{'null':>8}{'AUC':>8}{'then':>8}")  # fmt: skip
    for name in [*dict.fromkeys(data.kind.tolist()), "all"]:
        own = (data.kind == name) | (name == "all")
        wrong, right = own & ~data.is_right, own & data.is_right
        then = data.p * together
        likely = right & (data.p >= LOW)
        if not wrong.any():
            continue
        figures = [
            (data.p[wrong] >= LOW).mean(), (then[wrong] >= LOW).mean(),
            (together[wrong] < 0.5).mean(),
        ]  # fmt: skip
        falls = [(then[likely] < LOW).mean(), (together[right] < 0.5).mean()]
        areas = [area(p[own], data.is_right[own]) for p in (data.p, then)]
        print(f"{name:18}{wrong.sum():8}", *(f"{x:7.3f}" for x in figures), f"{right.sum():7}",
              *(f"{x:7.4f}" for x in falls), *(f"{x:7.3f}" for x in areas))  # fmt: skip


def main(words: Sequence[str] | None = None) -> None:
    """Fit, print what is right of unseen sets, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args(words)
    data = linked(a.gold, a.seed)
    report(data, unseen(data))
    if a.out:
        used = dict.fromkeys(data.kind.tolist())
        provenance = {
            "script": "scripts/fit/facing.py",
            "version": __version__,
            "data": {name: sources((a.gold / name).iterdir()) for name in used},
            "items": {"links": len(data.p), "facing": int((~data.is_right).sum())},
            "settings": {"share of facing": FACING_SHARE, "l2": L2, "seed": a.seed},
        }
        text = dump(Fitted(FACING_DECLARED, fitted_models(data), {}, provenance))
        a.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
