"""How probable it is that a part of a sentence has nothing on the other side.

A logistic model of the traits, one for each side, fitted by scripts/fit/omissions.py on
development texts from which parts were taken out. `p` is read as if one unit of a hundred
lacked something, as in a careful translation; from `least` on a part is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.check.lost.piece_traits import Parts, PieceTrait, both_sides
from aligner.fitted import Declared, Fitted, load
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

if TYPE_CHECKING:
    from aligner.encode.spans import SpanEncoder

_NAMES: Final = tuple(trait.name.lower() for trait in PieceTrait)
OMISSION_WEIGHTS: Final = Declared(
    models={"zh": _NAMES, "en": _NAMES},
    constants=("least_zh", "least_en"),
    script="scripts/fit/omissions.py",
)


class LostPart(NamedTuple):
    """A part of a unit that has nothing on the other side."""

    unit: int  # number of the unit
    span: Span  # in its text
    p: float


@cache
def load_omission_weights() -> Fitted:
    """Return the weights that ship with the package."""
    return load("omissions", OMISSION_WEIGHTS)


def probabilities(parts: Parts, model: Fitted, lang: Lang) -> NDArray[np.float64]:
    """Return for each part that it has nothing on the other side. Shape (n,)."""
    score = model.models[lang](parts.traits)
    found: NDArray[np.float64] = np.round(1.0 / (1.0 + np.exp(-score)), 6)
    return found


def lost_parts(
    units: Sequence[TextUnit], encoder: SpanEncoder
) -> tuple[list[LostPart], list[LostPart]]:
    """Return the likeliest lost part of each unit that has one, on both sides.

    Args:
        units: Units of one document with two sides, in order.
        encoder: For the vectors.
    """
    if not units:
        return [], []
    model = load_omission_weights()
    zh, en = both_sides(units, encoder)
    return _told(zh, model, "zh"), _told(en, model, "en")


def _told(parts: Parts, model: Fitted, lang: Lang) -> list[LostPart]:
    p = probabilities(parts, model, lang)
    best: dict[int, LostPart] = {}
    for n in np.flatnonzero(p >= model.constants[f"least_{lang}"]).tolist():
        found = LostPart(int(parts.unit[n]), parts.spans[n], float(p[n]))
        if found.unit not in best or found.p > best[found.unit].p:
            best[found.unit] = found
    return list(best.values())
