"""How probable it is that a part of a sentence has nothing on the other side.

A logistic model of the traits and their products, one for each side, fitted by
scripts/fit/omissions.py on development texts from which parts were taken out. `p` is read as
if one unit of a hundred lacked something, as in a careful translation; from `least` on a
part is told. A heading or list item is likelier lost where the other side has fewer of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.check.lost.outline import surplus_lines
from aligner.check.lost.piece_traits import Parts, PieceTrait, both_sides
from aligner.fitted import Declared, Fitted, load
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

if TYPE_CHECKING:
    from aligner.encode.protocol import Floats
    from aligner.encode.spans import SpanEncoder

_NAMES: Final = tuple(trait.name.lower() for trait in PieceTrait)
_PAIRS: Final = tuple(combinations_with_replacement(range(len(_NAMES)), 2))
_FEATURES: Final = (*_NAMES, *(f"{_NAMES[a]}*{_NAMES[b]}" for a, b in _PAIRS))
# about their means, so that a product is no copy of its factors
_MIDDLES: Final = {
    PieceTrait.BEST: 0.5,
    PieceTrait.NEAR: 0.4,
    PieceTrait.WHOLE: 0.6,
    PieceTrait.COVER: 0.5,
    PieceTrait.OTHERS: 0.5,
    PieceTrait.SIZE: 2.0,
    PieceTrait.SHARE: 0.4,
    PieceTrait.LEVEL: 0.6,
}
OMISSION_WEIGHTS: Final = Declared(
    models={"zh": _FEATURES, "en": _FEATURES},
    constants=("least_zh", "least_en"),
    script="scripts/fit/omissions.py",
)


# what remains of the logarithm of p where the other side has fewer headings and list items
_OF_A_LINE: Final = 0.15


class LostPart(NamedTuple):
    """A part of a unit that has nothing on the other side."""

    unit: int  # number of the unit
    span: Span  # in its text
    p: float


@cache
def load_omission_weights() -> Fitted:
    """Return the weights that ship with the package."""
    return load("omissions", OMISSION_WEIGHTS)


def with_products(traits: Floats) -> Floats:
    """Return the traits and the products of every two. Shape (n, features)."""
    middles = np.array([_MIDDLES.get(trait, 0.0) for trait in PieceTrait], dtype=np.float32)
    centred = traits - middles
    one, other = (list(numbers) for numbers in zip(*_PAIRS, strict=True))
    both: Floats = np.concatenate([traits, centred[:, one] * centred[:, other]], axis=1)
    return both


def probabilities(parts: Parts, model: Fitted, lang: Lang) -> NDArray[np.float64]:
    """Return for each part that it has nothing on the other side. Shape (n,)."""
    score = model.models[lang](with_products(parts.traits))
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
    return (
        _told(zh, model, "zh", surplus_lines(units, "zh")),
        _told(en, model, "en", surplus_lines(units, "en")),
    )


def _told(
    parts: Parts, model: Fitted, lang: Lang, surplus: set[tuple[int, Span]]
) -> list[LostPart]:
    p = probabilities(parts, model, lang)
    lines = [key in surplus for key in zip(parts.unit.tolist(), parts.spans, strict=True)]
    p = np.where(lines, np.maximum(p, p**_OF_A_LINE), p)
    best: dict[int, LostPart] = {}
    for n in np.flatnonzero(p >= model.constants[f"least_{lang}"]).tolist():
        found = LostPart(int(parts.unit[n]), parts.spans[n], float(p[n]))
        if found.unit not in best or found.p > best[found.unit].p:
            best[found.unit] = found
    return list(best.values())
