"""The aligner's parameters: what each feature is worth, and where that came from.

They are fitted by scripts/fit/alignment.py and ship in the format of `aligner.fitted`. The
features are not standardised: their means are 0 and their scales 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from aligner import fitted
from aligner.align._features import BeadFeature
from aligner.align.shapes import SHAPE_NAMES
from aligner.encode.protocol import Floats, Ints

PLAIN_NAMES = tuple(feature.name.lower() for feature in BeadFeature)
PRODUCT_NAMES = (
    "gain*level", "ext*level", "nmax*level", "toklen*level",
    "gain*both", "nmax*both", "cos*both",
    "cos*cos", "gain*gain", "ext*ext", "nmax*nmax",
    "toklen*loglen", "toklen2*loglen",
    "cos*loglen", "gain*loglen", "ext*loglen", "nmax*loglen",
)  # fmt: skip
BEAD_NAMES = PLAIN_NAMES + PRODUCT_NAMES
SKIP_NAMES = ("one", "maxcos", "relcos", "adv", "loglen", "doubt")
BEADS_DECLARED = fitted.Declared(
    models={
        "bead": BEAD_NAMES,
        "shape": SHAPE_NAMES,
        "skip_zh": SKIP_NAMES,
        "skip_en": SKIP_NAMES,
    },
    constants=("opening",),
    script="scripts/fit/alignment.py",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a feature; the score of a path is the sum over its steps."""

    bead: Floats  # in the order of BEAD_NAMES
    shape: Floats  # in the order of SHAPE_NAMES
    skip_zh: Floats  # (6,), in the order of SKIP_NAMES
    skip_en: Floats
    opening: float  # added when a skip follows a bead or the start
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """A short name that changes when any weight does."""
        return _fitted(self).signature


def factors() -> Ints:
    """Return which two plain features each product multiplies. Shape (products, 2)."""
    pairs = (name.split("*") for name in PRODUCT_NAMES)
    return np.array([[PLAIN_NAMES.index(n) for n in pair] for pair in pairs], dtype=np.int32)


def vector(weights: Weights) -> Floats:
    """Return all weights end to end, as the fitting script orders them."""
    parts = [weights.bead, weights.shape, weights.skip_zh, weights.skip_en]
    numbers: Floats = np.append(np.concatenate(parts), np.float32(weights.opening))
    return numbers


def from_vector(numbers: Floats, provenance: Mapping[str, Any]) -> Weights:
    """Return the weights that `vector` gave."""
    sizes = [len(BEAD_NAMES), len(SHAPE_NAMES), len(SKIP_NAMES), len(SKIP_NAMES)]
    bead, shape, zh, en, opening = np.split(numbers.astype(np.float32), np.cumsum(sizes))
    return Weights(bead, shape, zh, en, float(opening[0]), provenance)


def dump(weights: Weights) -> str:
    """Return the text of a file of weights."""
    return fitted.dump(_fitted(weights))


def parse(text: str, name: str) -> Weights:
    """Read what `dump` wrote.

    Raises:
        SettingError: It is not such a file, or names other features than ours.
    """
    return _weights(fitted.parse(text, name, BEADS_DECLARED))


def load_weights(source: str | Path = "use") -> Weights:
    """Return shipped weights by name (`use`, `length`), or those of a file.

    Raises:
        SettingError: There are no such weights, or they name other features than ours.
    """
    return _weights(fitted.load(source, BEADS_DECLARED))


def _fitted(weights: Weights) -> fitted.Fitted:
    models = {name: fitted.plain(getattr(weights, name)) for name in BEADS_DECLARED.models}
    return fitted.Fitted(BEADS_DECLARED, models, {"opening": weights.opening}, weights.provenance)


def _weights(found: fitted.Fitted) -> Weights:
    numbers = {name: model.weights.astype(np.float32) for name, model in found.models.items()}
    return Weights(**numbers, opening=found.constants["opening"], provenance=found.provenance)
