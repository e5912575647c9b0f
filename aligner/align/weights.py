"""The aligner's parameters: what each feature is worth, and where that came from.

A file of weights is JSON: the weights by name, the encoder they were fitted for and
their provenance (data, settings, scores), as written by scripts/fit_weights.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from aligner.align.shapes import SHAPE_NAMES
from aligner.encode.protocol import Floats, Ints
from aligner.errors import SettingError

PLAIN_NAMES = (
    "cos", "nbr", "gain", "ext", "toklen", "toklen2", "loglen", "minmem", "split", "lenmem",
    "nz1", "nz2", "ne1", "ne2", "nmax",
    "open", "close", "qstate", "quest", "excl", "colon", "endq",
    "num", "numun", "lower", "intlow", "nonterm", "speech",
    "both", "level",
)  # fmt: skip
PRODUCT_NAMES = (
    "gain*level", "ext*level", "nmax*level", "toklen*level",
    "gain*both", "nmax*both", "cos*both",
    "cos*cos", "gain*gain", "ext*ext", "nmax*nmax",
    "toklen*loglen", "toklen2*loglen",
    "cos*loglen", "gain*loglen", "ext*loglen", "nmax*loglen",
)  # fmt: skip
BEAD_NAMES = PLAIN_NAMES + PRODUCT_NAMES
SKIP_NAMES = ("one", "maxcos", "relcos", "adv", "loglen", "doubt")


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
        numbers = np.concatenate([self.bead, self.shape, self.skip_zh, self.skip_en])
        raw = numbers.astype("<f4").tobytes() + np.float32(self.opening).tobytes()
        return hashlib.sha256(raw).hexdigest()[:12]


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

    def named(names: tuple[str, ...], numbers: Floats) -> dict[str, float]:
        return {n: round(float(v), 6) for n, v in zip(names, numbers, strict=True)}

    value = {
        "bead": named(BEAD_NAMES, weights.bead),
        "shape": named(SHAPE_NAMES, weights.shape),
        "skip_zh": named(SKIP_NAMES, weights.skip_zh),
        "skip_en": named(SKIP_NAMES, weights.skip_en),
        "opening": round(weights.opening, 6),
        "provenance": dict(weights.provenance),
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def parse(text: str, name: str) -> Weights:
    """Read what `dump` wrote.

    Raises:
        SettingError: It is not such a file, or names other features than ours.
    """
    try:
        value = json.loads(text)
        return Weights(
            bead=_ordered(value["bead"], BEAD_NAMES),
            shape=_ordered(value["shape"], SHAPE_NAMES),
            skip_zh=_ordered(value["skip_zh"], SKIP_NAMES),
            skip_en=_ordered(value["skip_en"], SKIP_NAMES),
            opening=float(value["opening"]),
            provenance=value.get("provenance", {}),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SettingError(
            f"{name}: not a file of weights for this version ({error})",
            hint="make one with scripts/fit_weights.py",
        ) from error


def _ordered(values: Mapping[str, float], names: tuple[str, ...]) -> Floats:
    if unknown := set(values) - set(names):
        raise ValueError(f"unknown feature {min(unknown)}")
    return np.array([values[name] for name in names], dtype=np.float32)


def load_weights(source: str | Path = "use") -> Weights:
    """Return shipped weights by name (`use`, `length`), or those of a file.

    Raises:
        SettingError: There are no such weights.
    """
    shipped = files("aligner") / "data" / f"weights-{source}.json"
    path = shipped if isinstance(source, str) and shipped.is_file() else Path(source)
    if not path.is_file():
        raise SettingError(f"{source}: no such weights", hint="shipped are: use, length")
    return parse(path.read_text(encoding="utf-8"), str(source))
