"""The compiled loops behind `aligner.encode.exact`.

Sums run over 64 lanes that are added up in a fixed order: the compiler may then use
whatever vectors the processor has without a change to any bit.
"""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# compiled by numba, which infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled

LANES = 64


@compiled(inline="always", error_model="numpy")
def total_of(row, lanes):
    """Return the sum of a row. `lanes` is overwritten. Shape (64,)."""
    lanes[:] = np.float32(0.0)
    full = len(row) // LANES * LANES
    for at in range(0, full, LANES):
        for k in range(LANES):
            lanes[k] += row[at + k]
    for k in range(full, len(row)):
        lanes[k - full] += row[k]
    return folded(lanes)


@compiled(inline="always", error_model="numpy")
def squares_of(row, centre, lanes):
    """Return the sum of the squared distances of a row's numbers from `centre`."""
    lanes[:] = np.float32(0.0)
    full = len(row) // LANES * LANES
    for at in range(0, full, LANES):
        for k in range(LANES):
            off = row[at + k] - centre
            lanes[k] += off * off
    for k in range(full, len(row)):
        off = row[k] - centre
        lanes[k - full] += off * off
    return folded(lanes)


@compiled(inline="always", error_model="numpy")
def folded(lanes):
    """Return the sum of the lanes, which are overwritten."""
    half = LANES // 2
    while half:
        for k in range(half):
            lanes[k] += lanes[k + half]
        half //= 2
    return lanes[0]


@compiled(error_model="numpy")
def whole_rows(rows, most, magic, whole, scale):
    """Round each row to whole numbers of a given length.

    Args:
        rows: Shape (n, k).
        most: The length, of the type of `whole`.
        magic: What rounds to whole numbers if it is added and taken away: 1.5 * 2^23 or
            1.5 * 2^52.
        whole: Filled with the whole numbers. Shape (n, k).
        scale: Filled with what one of them is worth in each row. Shape (n,).
    """
    lanes = np.empty(LANES, dtype=np.float32)
    for i in range(rows.shape[0]):
        row, out = rows[i], whole[i]
        length = np.sqrt(squares_of(row, np.float32(0.0), lanes))
        scale[i] = length / most
        by = most / length if length > np.float32(1e-30) else most * np.float32(0.0)
        for k in range(len(row)):
            out[k] = (row[k] * by + magic) - magic


@compiled(error_model="numpy")
def scale_up(product, rows, columns):
    """Multiply a product by what its rows and columns are worth. Shape (n, m)."""
    for i in range(product.shape[0]):
        out, by = product[i], rows[i]
        for k in range(product.shape[1]):
            out[k] *= by * columns[k]


@compiled(error_model="numpy")
def standardise(rows, eps):
    """Shift and scale each row to mean 0 and variance 1. Shape (n, k)."""
    n, width = rows.shape
    size = np.float32(width)
    lanes = np.empty(LANES, dtype=np.float32)
    for i in range(n):
        row = rows[i]
        mean = total_of(row, lanes) / size
        gain = np.float32(1.0) / np.sqrt(squares_of(row, mean, lanes) / size + eps)
        for k in range(width):
            row[k] = (row[k] - mean) * gain


@compiled(error_model="numpy")
def unit_tanh(rows, eps):
    """Replace each row by its hyperbolic tangents, scaled to unit length. Shape (n, k).

    A rational approximation, good to a few units of the last place: the one of the
    Eigen library, https://eigen.tuxfamily.org (`ptanh_float`). The functions of C and of
    numpy differ between processors.
    """
    n, width = rows.shape
    lanes = np.empty(LANES, dtype=np.float32)
    f = np.float32
    for i in range(n):
        row = rows[i]
        for k in range(width):
            x = min(max(row[k], f(-7.9)), f(7.9))
            s = x * x
            up = f(-2.76076847742355e-16)
            up = up * s + f(2.00018790482477e-13)
            up = up * s + f(-8.60467152213735e-11)
            up = up * s + f(5.12229709037114e-08)
            up = up * s + f(1.48572235717979e-05)
            up = up * s + f(6.37261928875436e-04)
            up = up * s + f(4.89352455891786e-03)
            down = f(1.19825839466702e-06)
            down = down * s + f(1.18534705686654e-04)
            down = down * s + f(2.26843463243900e-03)
            down = down * s + f(4.89352518554385e-03)
            row[k] = x * up / down
        length = np.sqrt(max(squares_of(row, f(0.0), lanes), eps))
        for k in range(width):
            row[k] /= length
