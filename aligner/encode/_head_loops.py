"""The compiled loops of the last layers of the default encoder: see `_use_kernels`."""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled
from aligner.encode._exact_loops import LANES, squares_of


@compiled(error_model="numpy")
def rounded_sums(
    one, by, columns, at, two, by_two, columns_two, at_two, least, most, lanes, whole, scale
):
    """Scale one or two products up, add them, and round each row as `exact_rows.whole_rows` does.

    Args:
        one: A product of whole numbers, of which the columns from `at` on are read.
        by: What its rows are worth. Shape (n,).
        columns: What its columns are worth.
        at: Its first column.
        two: Another product, or one without columns.
        by_two: As for `one`.
        columns_two: The same.
        at_two: The same.
        least: A smaller sum counts as this.
        most: Length of a row of whole numbers, float32.
        lanes: Overwritten. Shape (64,).
        whole: Filled with the whole numbers. Shape (n, k).
        scale: Filled with what one of them is worth in each row. Shape (n,).
    """
    width, both = whole.shape[1], two.shape[1] > 0
    magic, nothing = np.float32(1.5 * 2**23), np.float32(0.0)
    worth, worth_two = columns[at : at + width], columns_two[at_two : at_two + width]
    for i in range(len(whole)):
        row, mine = whole[i], one[i, at : at + width]  # slices, which vectors of numbers can read
        for d in range(width):
            row[d] = mine[d] * (by[i] * worth[d])
        if both:
            other = two[i, at_two : at_two + width]
            for d in range(width):
                row[d] += other[d] * (by_two[i] * worth_two[d])
        for d in range(width):
            row[d] = max(row[d], least)
        length = np.sqrt(squares_of(row, nothing, lanes))
        scale[i] = length / most
        gain = most / length if length > np.float32(1e-30) else nothing
        for d in range(width):
            row[d] = (row[d] * gain + magic) - magic


@compiled(error_model="numpy")
def unit_rows(one, by, columns, at, two, by_two, columns_two, up, down, eps, work, out):
    """Scale two products up, add them, and apply `exact_rows.unit_tanh`.

    Args:
        one: As in `rounded_sums`, with the three that follow.
        by: The same.
        columns: The same.
        at: The same.
        two: As in `rounded_sums`, read from its first column on.
        by_two: The same.
        columns_two: The same.
        up: Factors of the polynomial above the line, the highest power first.
        down: Those of the one below it.
        eps: Least square of a length.
        work: Overwritten. Shape (3, k at least).
        out: Filled with the unit vectors. Shape (n, k).
    """
    width = out.shape[1]
    lanes, square, value = work[0, :LANES], work[1, :width], work[2, :width]
    worth, bound = columns[at : at + width], np.float32(7.9)
    for i in range(len(out)):
        row, mine, other = out[i], one[i, at : at + width], two[i]
        for d in range(width):
            total = mine[d] * (by[i] * worth[d])
            total += other[d] * (by_two[i] * columns_two[d])
            row[d] = min(max(total, -bound), bound)
            square[d] = row[d] * row[d]
        for factors in (up, down):
            for d in range(width):
                value[d] = factors[0]
            for k in range(1, len(factors)):
                for d in range(width):
                    value[d] = value[d] * square[d] + factors[k]
            if len(factors) == len(up):
                for d in range(width):
                    row[d] *= value[d]
            else:
                for d in range(width):
                    row[d] /= value[d]
        size = np.sqrt(max(squares_of(row, np.float32(0.0), lanes), eps))
        for d in range(width):
            row[d] /= size
