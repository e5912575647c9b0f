"""Loops know the enumerations of their module as numbers, and each other."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from aligner.compiled import compiled


class Place(IntEnum):
    """Columns of a table, one of them with two names."""

    LEFT = 2
    RIGHT = 0
    STARBOARD = 0


@compiled()
def first(table: NDArray[np.float64]) -> float:
    """Call a loop that stands further down."""
    return float(second(table))


@compiled()
def second(table: NDArray[np.float64]) -> float:
    """Index an array by a member of an enumeration."""
    table[Place.STARBOARD, Place.LEFT] = 7.0
    return float(table[Place.RIGHT, Place.LEFT])


def test_members_are_indices() -> None:
    """A member of an enumeration is the number that it stands for, whatever its order."""
    assert first(np.zeros((3, 3))) == 7.0
    assert first.__doc__ == "Call a loop that stands further down."
