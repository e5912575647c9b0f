"""Row by row arithmetic behind `aligner.encode.exact`, the same to the last bit everywhere.

A sum runs over 64 lanes that are added up in a fixed order, as in `_exact_loops`, whose
sums these equal: numpy adds whole lanes one after the other. Written without compiled
loops, since a first run would wait longer for the compiler than these take.

Cost: linear; a block of rows at a time, so that no copy of a large array is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode._exact_loops import LANES
from aligner.encode.protocol import Floats

Whole = NDArray[np.floating[Any]]  # whole numbers, float32 or float64

_BLOCK = 2**16  # numbers of a block: it and its copies stay in the cache
_SHORTEST = np.float32(1e-30)  # a shorter row counts as 0


def totals(rows: Floats) -> Floats:
    """Return the sum of each row. Shape (n,)."""
    full = rows.shape[1] // LANES * LANES
    parts = rows[:, :full].reshape(len(rows), -1, LANES)
    lanes: Floats = np.add.reduce(parts, axis=1, initial=np.float32(0.0))
    lanes[:, : rows.shape[1] - full] += rows[:, full:]
    half = LANES // 2
    while half:
        lanes[:, :half] += lanes[:, half : 2 * half]
        half //= 2
    return lanes[:, 0]


def whole_rows(rows: Floats, most: Any, magic: Any, whole: Whole, scale: Whole) -> None:  # noqa: ANN401 - numbers of the type of `whole`
    """Round each row to whole numbers of a given length.

    Args:
        rows: Shape (n, k).
        most: The length, of the type of `whole`.
        magic: What rounds to whole numbers if it is added and taken away: 1.5 * 2^23 or
            1.5 * 2^52.
        whole: Filled with the whole numbers. Shape (n, k).
        scale: Filled with what one of them is worth in each row. Shape (n,).
    """
    for block in _blocks(rows):
        part = rows[block]
        length = np.sqrt(totals(part * part))
        scale[block] = length / most
        with np.errstate(divide="ignore"):
            by = np.where(length > _SHORTEST, most / length, most * np.float32(0.0))
        whole[block] = (part * by[:, None] + magic) - magic


def scale_up(product: Whole, rows: Whole, columns: Whole) -> None:
    """Multiply a product by what its rows and columns are worth. Shape (n, m)."""
    for block in _blocks(product):
        product[block] *= rows[block][:, None] * columns


def standardise(rows: Floats, eps: np.float32) -> None:
    """Shift and scale each row to mean 0 and variance 1. Shape (n, k)."""
    size = np.float32(rows.shape[1])
    for block in _blocks(rows):
        part = rows[block]
        part -= (totals(part) / size)[:, None]
        part *= (np.float32(1.0) / np.sqrt(totals(part * part) / size + eps))[:, None]


def unit_tanh(rows: Floats, eps: np.float32) -> None:
    """Replace each row by its hyperbolic tangents, scaled to unit length. Shape (n, k).

    A rational approximation, good to a few units of the last place: the one of the
    Eigen library, https://eigen.tuxfamily.org (`ptanh_float`). The functions of C and of
    numpy differ between processors.
    """
    for block in _blocks(rows):
        part = rows[block]
        np.clip(part, np.float32(-7.9), np.float32(7.9), out=part)
        square = part * part
        part *= _polynomial(square, TANH_UP)
        part /= _polynomial(square, TANH_DOWN)
        part /= np.sqrt(np.maximum(totals(part * part), eps))[:, None]


TANH_UP = np.array(
    [
        -2.76076847742355e-16,
        2.00018790482477e-13,
        -8.60467152213735e-11,
        5.12229709037114e-08,
        1.48572235717979e-05,
        6.37261928875436e-04,
        4.89352455891786e-03,
    ],
    dtype=np.float32,
)
TANH_DOWN = np.array(
    [1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03],
    dtype=np.float32,
)


def _polynomial(at: Floats, factors: Floats) -> Floats:
    """Return the value of a polynomial, the factor of its highest power first."""
    value = np.full_like(at, factors[0])
    for factor in factors[1:]:
        value *= at
        value += factor
    return value


def _blocks(rows: NDArray[Any]) -> Iterator[slice]:
    """Yield the blocks of rows that are worked on at a time."""
    size = max(1, _BLOCK // max(1, rows.shape[1]))
    for at in range(0, len(rows), size):
        yield slice(at, at + size)
