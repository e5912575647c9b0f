"""Vectors of clauses by a second encoder, laid beside those of the first.

Encoders differ in what their cosines mean: of one model two texts by chance have .8, of
another .1. So the vectors of each side are taken from the middle of that side, and what
is left is stretched until the cosines of both encoders have the same mean and spread over
the pairs of clauses that are looked at. No weights need to know which model it is.

A run of clauses has the sum of their vectors, each by its length, so that every clause
is encoded once. Source of the centring: J. Mu and P. Viswanath, "All-but-the-Top", ICLR
2018, https://arxiv.org/abs/1702.01417.

Units: the inner product of two rows is a weighted sum of two cosines and may exceed 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.align.second_pass.stretches import Longs
from aligner.encode.protocol import Bools, EncodedSide, Encoder, Floats, Ints
from aligner.fitted import Doubles

FIRST_SHARE = 0.5  # of the first encoder's cosines, and
OTHER_SHARE = 0.75  # of the other's; together more than 1, as the mean of two cosines varies less
VECTOR_DIGITS = 4  # of the other's vectors: the last ones differ between processors
SCALE_DIGITS = 3
PAIRS = 4096  # of clauses, over which cosines are compared at most


class Pairs(NamedTuple):
    """Pairs of clauses that are looked at, by their numbers on either side."""

    zh: Longs
    en: Longs


class CosineScale(NamedTuple):
    """What makes the other encoder's cosines comparable."""

    slope: float
    shift: float


class SummedClauses:
    """The clauses of one side under the other encoder.

    Args:
        texts: Of the clauses; each different one is encoded once.
        encoder: The other encoder.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        row = {text: k for k, text in enumerate(dict.fromkeys(texts))}
        known = np.round(encoder.encode(list(row)).astype(np.float64), VECTOR_DIGITS)
        lengths = np.array([len(text) for text in texts], dtype=np.float64)
        vectors = known[[row[text] for text in texts]] * lengths[:, None]
        self._sums = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
        self.middle: Doubles = self._sums[-1] / lengths.sum()

    def runs(self, size: int, start: int, stop: int, middle: Doubles) -> Doubles:
        """Return unit vectors of runs (see `EncodedSide.runs`), seen from a middle."""
        sums = self._sums[start + size : stop + size] - self._sums[start:stop]
        return _unit(_unit(sums) - middle)


@dataclass(frozen=True)
class JointSide:
    """One side whose vectors are those of both encoders, end to end."""

    first: EncodedSide
    other: SummedClauses
    middle: Doubles
    slope: float
    shift: float  # the product of those of both sides is added to every cosine

    @property
    def tokens(self) -> Ints:
        """Those of the first encoder."""
        return self.first.tokens

    @property
    def has_clauses(self) -> Bools:
        """Those of the first encoder."""
        return self.first.has_clauses

    def runs(self, size: int, start: int, stop: int) -> Floats:
        """Return joint vectors of runs (see `EncodedSide.runs`)."""
        own = self.first.runs(size, start, stop) * np.sqrt(FIRST_SHARE)
        others = self.other.runs(size, start, stop, self.middle) * np.sqrt(self.slope)
        return _joint(own, others, self.shift)

    def heads(self, start: int, stop: int) -> Floats:
        """Return joint vectors of first clauses, of which the first encoder alone speaks."""
        return self._alone(self.first.heads(start, stop))

    def tails(self, start: int, stop: int) -> Floats:
        """Return joint vectors of last clauses, in the shape of `heads`."""
        return self._alone(self.first.tails(start, stop))

    def _alone(self, vectors: Floats) -> Floats:
        """Return vectors whose product with a run's is the first encoder's cosine."""
        none = np.zeros((len(vectors), len(self.middle)))
        return _joint(vectors / np.sqrt(FIRST_SHARE), none, 0.0)


def scale_of(
    first: tuple[EncodedSide, EncodedSide],
    other: tuple[SummedClauses, SummedClauses],
    middles: tuple[Doubles, Doubles],
    pairs: Pairs,
) -> CosineScale:
    """Return what gives the other's cosines the mean and the spread of the first one's."""
    step = -(-len(pairs.zh) // PAIRS)
    at = [numbers[::step] for numbers in pairs]
    sizes = [int(numbers.max()) + 1 for numbers in at]
    own = [side.runs(1, 0, n) for side, n in zip(first, sizes, strict=True)]
    others = [s.runs(1, 0, n, m) for s, n, m in zip(other, sizes, middles, strict=True)]
    u, v = (_products(*rows, *at) for rows in (own, others))
    spread = float(v.std())
    slope = OTHER_SHARE * float(u.std()) / spread if spread else 0.0
    shift = (1 - FIRST_SHARE) * float(u.mean()) - slope * float(v.mean())
    return CosineScale(round(slope, SCALE_DIGITS), round(shift, SCALE_DIGITS))


def joint_sides(
    first: tuple[EncodedSide, EncodedSide],
    other: tuple[SummedClauses, SummedClauses],
    middles: tuple[Doubles, Doubles],
    scale: CosineScale,
) -> tuple[JointSide, JointSide]:
    """Return both sides with joint vectors."""
    root = float(np.sqrt(abs(scale.shift)))
    signed = -root if scale.shift < 0 else root
    return (
        JointSide(first[0], other[0], middles[0], scale.slope, signed),
        JointSide(first[1], other[1], middles[1], scale.slope, root),
    )


def _products(
    src: NDArray[np.floating], tgt: NDArray[np.floating], zh: Longs, en: Longs
) -> Doubles:
    """Return the inner products of some rows."""
    found: Doubles = (src[zh].astype(np.float64) * tgt[en]).sum(axis=1)
    return found


def _joint(own: NDArray[np.floating], others: Doubles, shift: float) -> Floats:
    constant = np.full((len(own), 1), shift)
    vectors: Floats = np.concatenate([own, others, constant], axis=1).astype(np.float32)
    return vectors


def _unit(vectors: Doubles) -> Doubles:
    """Return vectors of unit length; one without length stays as it is."""
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    found: Doubles = vectors / np.where(lengths, lengths, 1.0)
    return found
