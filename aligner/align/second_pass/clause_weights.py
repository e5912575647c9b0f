"""The weights of the second pass: of clauses, and of what they say of sentences.

They are fitted by scripts/fit/clauses.py and ship in the format of `aligner.fitted`. The
model of clauses has the features of that of sentences (`align.weights`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from aligner import fitted
from aligner.align.second_pass.border_evidence import BORDER_NAMES, GAP_NAMES
from aligner.align.weights import BEADS_DECLARED, Weights
from aligner.encode.protocol import Floats

SECOND_DECLARED = fitted.Declared(
    models={
        **BEADS_DECLARED.models,
        "border": BORDER_NAMES,
        "gap_zh": GAP_NAMES,
        "gap_en": GAP_NAMES,
    },
    constants=("opening", "gap_opening", "first_share"),
    script="scripts/fit/clauses.py",
)


@dataclass(frozen=True, slots=True)
class BorderWeights:
    """What is added to the scores of sentences, and what part of these counts beside it."""

    border: Floats  # of a bead, in the order of BORDER_NAMES
    gap_zh: Floats  # of a Chinese skip, in the order of GAP_NAMES
    gap_en: Floats
    gap_opening: float
    first_share: float  # of a score of the first pass; less than 1, as the evidence overlaps


@dataclass(frozen=True, slots=True)
class SecondWeights:
    """All that the second pass needs."""

    clauses: Weights
    borders: BorderWeights
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """A short name that changes when any weight does."""
        return _fitted(self).signature


def load_second_weights(source: str | Path = "clauses") -> SecondWeights:
    """Return shipped weights by name, or those of a file.

    Raises:
        SettingError: There are no such weights, or they name other features than ours.
    """
    found = fitted.load(source, SECOND_DECLARED)
    numbers = {name: model.weights.astype(np.float32) for name, model in found.models.items()}
    bead, shape, skip_zh, skip_en, border, gap_zh, gap_en = (
        numbers[name] for name in SECOND_DECLARED.models
    )
    clauses = Weights(bead, shape, skip_zh, skip_en, found.constants["opening"])
    constants = found.constants
    borders = BorderWeights(
        border, gap_zh, gap_en, constants["gap_opening"], constants["first_share"]
    )
    return SecondWeights(clauses, borders, found.provenance)


def dump_second(weights: SecondWeights) -> str:
    """Return the text of a file of weights."""
    return fitted.dump(_fitted(weights))


def _fitted(weights: SecondWeights) -> fitted.Fitted:
    models = {name: getattr(weights.clauses, name) for name in BEADS_DECLARED.models}
    models |= {name: getattr(weights.borders, name) for name in ("border", "gap_zh", "gap_en")}
    constants = {
        "opening": weights.clauses.opening,
        "gap_opening": weights.borders.gap_opening,
        "first_share": weights.borders.first_share,
    }
    plain = {name: fitted.plain(values) for name, values in models.items()}
    return fitted.Fitted(SECOND_DECLARED, plain, constants, weights.provenance)
