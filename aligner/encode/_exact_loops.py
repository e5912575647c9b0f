"""The compiled sums of one row, for the loops of `aligner.encode._use_kernels`.

Sums run over 64 lanes that are added up in a fixed order: the compiler may then use
whatever vectors the processor has without a change to any bit.
"""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# compiled by numba, which infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled

LANES = 64


@compiled(error_model="numpy")
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


@compiled(error_model="numpy")
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


@compiled(error_model="numpy")
def folded(lanes):
    """Return the sum of the lanes, which are overwritten."""
    half = LANES // 2
    while half:
        for k in range(half):
            lanes[k] += lanes[k + half]
        half //= 2
    return lanes[0]
