"""Cosines that are the same on every processor, to the last bit, and tie where texts do.

Vectors are rounded to whole numbers so small that float32 holds every partial sum of
their products exactly, in whatever order a processor adds them up (see `exact`). That
moves a cosine of two vectors of 512 numbers by about .0001.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Floats

WHOLE_LENGTH: Final = 4_073.0  # length of a vector of whole numbers: 2^12, less room for rounding
_UNIT = np.float32(1.0 / WHOLE_LENGTH**2)


def whole_vectors(vectors: Floats | NDArray[np.float16], out: Floats | None = None) -> Floats:
    """Round vectors of unit length to whole numbers, for `cosines`. Shape (n, dim).

    `out` is filled, if given; it may be `vectors` itself.
    """
    whole: Floats = np.multiply(vectors, np.float32(WHOLE_LENGTH), out=out)
    return np.rint(whole, out=whole)


def paired_cosines(src: Floats, tgt: Floats) -> Floats:
    """Return the cosine of each row with the same row of the other side. Shape (n,).

    Both sides are from `whole_vectors`.
    """
    found: Floats = np.einsum("ij,ij->i", src, tgt) * _UNIT
    return found


def cosines(src: Floats, tgt: Floats, out: Floats | None = None) -> Floats:
    """Return the cosines of all pairs of vectors from `whole_vectors`.

    Args:
        src: Shape (n, dim).
        tgt: Shape (m, dim).
        out: Filled, if given. Shape (n, m).

    Returns:
        Shape (n, m). Equal vectors have equal cosines, on every processor.
    """
    product = np.matmul(src, tgt.T, out=out)
    product *= _UNIT
    return product
