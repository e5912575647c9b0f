"""Loops that numba compiles: the best assignment of rows to columns, and counts' products.

The assignment is found by shortest augmenting paths, one a row. Source: D. F. Crouse, "On
implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace and
Electronic Systems 52(4), 2016. Ties fall as in the program of scipy, which has the same
source: among columns that are equally near, a free one is taken.
"""

import numpy as np

from aligner.compiled import compiled

NOBODY = -1  # a row or column that has no partner


@compiled()
def columns_of_rows(cost):
    """Return the column of each row at the least total cost. Shape (rows,).

    Args:
        cost: Finite. Shape (rows, columns), with no more rows than columns.
    """
    n_rows, n_columns = cost.shape
    row_price, column_price = np.zeros(n_rows), np.zeros(n_columns)
    column_of = np.full(n_rows, NOBODY)
    row_of = np.full(n_columns, NOBODY)
    came_from = np.full(n_columns, NOBODY)
    remaining = np.empty(n_columns, dtype=np.int64)
    for first in range(n_rows):
        shortest = np.full(n_columns, np.inf)
        seen_row, seen_column = np.zeros(n_rows, np.bool_), np.zeros(n_columns, np.bool_)
        for place in range(n_columns):
            remaining[place] = n_columns - place - 1
        left, row, least, sink = n_columns, first, 0.0, NOBODY
        while sink == NOBODY:
            seen_row[row] = True
            best, lowest = NOBODY, np.inf
            for place in range(left):
                column = remaining[place]
                reached = least + cost[row, column] - row_price[row] - column_price[column]
                if reached < shortest[column]:
                    came_from[column] = row
                    shortest[column] = reached
                if shortest[column] < lowest or (
                    shortest[column] == lowest and row_of[column] == NOBODY
                ):
                    lowest = shortest[column]
                    best = place
            least = lowest
            column = remaining[best]
            if row_of[column] == NOBODY:
                sink = column
            else:
                row = row_of[column]
            seen_column[column] = True
            left -= 1
            remaining[best] = remaining[left]
        row_price[first] += least
        for other in range(n_rows):
            if seen_row[other] and other != first:
                row_price[other] += least - shortest[column_of[other]]
        for column in range(n_columns):
            if seen_column[column]:
                column_price[column] -= least - shortest[column]
        column, row = sink, NOBODY
        while row != first:
            row = came_from[column]
            row_of[column] = row
            column, column_of[row] = column_of[row], column
    return column_of


@compiled()
def products(starts, columns, values, column_starts, others, other_values, n_others):
    """Return the inner products of sparse rows with other sparse rows.

    Args:
        starts: Where the entries of each row begin, and the end. Shape (rows + 1,).
        columns: The column of each entry, by row.
        values: What stands there.
        column_starts: Where the entries of the other rows begin, by column, and the end.
        others: The other row of each of these.
        other_values: What stands there.
        n_others: How many other rows there are.

    Returns:
        Shape (rows, other rows).
    """
    found = np.zeros((len(starts) - 1, n_others))
    for row in range(len(starts) - 1):
        for entry in range(starts[row], starts[row + 1]):
            column = columns[entry]
            for at in range(column_starts[column], column_starts[column + 1]):
                found[row, others[at]] += values[entry] * other_values[at]
    return found
