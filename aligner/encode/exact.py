"""Products of matrices that are the same on every processor, to the last bit.

A sum of float32 numbers depends on its order, which differs with the processor's
instructions and with the number of threads, so that the usual product of two matrices
has noise in its seventh digit. It has none where every partial sum is a whole number
below 2^24, which float32 holds exactly, in whatever order it is reached. So each row is
scaled and rounded to whole numbers whose squares add up to less than 2^24; by the
inequality of Cauchy and Schwarz no part of the inner product of two such rows is larger.
Source of the idea: K. Ozaki et al., "Error-free transformations of matrix multiplication
by using fast routines of matrix multiplication and its applications", Numerical
Algorithms 59 (2012).

A row of 256 numbers is rounded by about a thousandth of its length. A product costs what
it cost before; rounding is one pass over the operands. Where that is too coarse, the same
is done in float64, whose whole numbers go to 2^53: it rounds by less than float32 does,
for twice the cost.

Here and in `_use_kernels` nothing else depends on the processor either: loops are
compiled as written, without leave to reorder sums, and use no function but the square
root, which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import WHOLE_LENGTH as MOST_32
from aligner.encode.exact_rows import scale_up, whole_rows
from aligner.encode.protocol import Floats

Whole = NDArray[np.floating[Any]]  # whole numbers, float32 or float64

# Length of a row of whole numbers: 2^12 or 2^26, less room for rounding, which adds half
# of the root of the row's size at most (2,000 numbers are fine).
MOST_64 = 67_000_000.0
MAGIC_64 = 1.5 * 2**52
_MOST = {np.dtype(np.float32): MOST_32, np.dtype(np.float64): MOST_64}
_MAGIC = {np.dtype(np.float32): 1.5 * 2**23, np.dtype(np.float64): MAGIC_64}


@dataclass(frozen=True, slots=True)
class Rows:
    """A left-hand side of products: rows of whole numbers and what these are worth."""

    whole: Whole  # Shape (n, k)
    scale: Whole  # Shape (n,)

    @classmethod
    def of(cls, values: Floats, kind: type[np.float32 | np.float64] = np.float32) -> Rows:
        """Round some rows, as float32 or float64. Shape (n, k)."""
        dtype = np.dtype(kind)
        rows = cls(np.empty(values.shape, dtype), np.empty(len(values), dtype))
        values = values.astype(np.float32, copy=False)
        whole_rows(values, kind(_MOST[dtype]), kind(_MAGIC[dtype]), rows.whole, rows.scale)
        return rows

    @classmethod
    def empty(cls, count: int, width: int) -> Rows:
        """Return rows that are to be filled, float32. Shape (count, width)."""
        return cls(np.empty((count, width), np.float32), np.empty(count, np.float32))

    def __matmul__(self, other: Matrix) -> Floats:
        """Return the product with a matrix of the same kind. Shape (n, columns of `other`)."""
        product = self.whole @ other.whole
        scale_up(product, self.scale, other.scale)
        return product.astype(np.float32, copy=False)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A fixed right-hand side of products."""

    whole: Whole  # its columns as whole numbers. Shape (k, n)
    scale: Whole  # what one of them is worth in each column. Shape (n,)

    @classmethod
    def of(cls, values: Floats, kind: type[np.float32 | np.float64] = np.float32) -> Matrix:
        """Round a matrix, as float32 or float64. Shape (k, n)."""
        columns = Rows.of(np.ascontiguousarray(values.T), kind)
        return cls(np.ascontiguousarray(columns.whole.T), columns.scale)
