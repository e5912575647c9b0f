"""The shapes of beads that the aligner considers, and what the shape alone is worth.

A shape is (x, y): x Chinese sentences facing y English ones. Skips, 1-0 and 0-1, are
not shapes here: they have a score of their own.
"""

from __future__ import annotations

from math import log
from typing import Final

import numpy as np

from aligner.encode.protocol import Floats, Ints

MAX_X: Final = 8  # longest run on either side
MAX_Y: Final = 9

LONG: Final = ((1, 7), (1, 8), (1, 9), (2, 7), (6, 1), (7, 1), (8, 1))
SHAPES: Final = tuple((x, y) for x in range(1, 6) for y in range(1, 7) if x + y <= 8) + LONG

ONE_HOT: Final = tuple(shape for shape in SHAPES if 2 < sum(shape) <= 6)  # 1-1 is below
SMOOTH_NAMES: Final = (
    "one", "x-1", "y-1", "log x", "log y", "(x-1)(y-1)", "min-1", "is 1-1",
    "over 5", "|x-y|",
)  # fmt: skip
SHAPE_NAMES: Final = SMOOTH_NAMES + tuple(f"is {x}-{y}" for x, y in ONE_HOT)


def shape_features() -> Floats:
    """Return the features that depend on the shape alone. Shape (shapes, names)."""
    rows = [
        [
            1, x - 1, y - 1, log(x), log(y), (x - 1) * (y - 1), min(x, y) - 1,
            (x, y) == (1, 1), max(0, x + y - 5), abs(x - y),
            *((x, y) == other for other in ONE_HOT),
        ]
        for x, y in SHAPES
    ]  # fmt: skip
    return np.array(rows, dtype=np.float32)


def shape_array() -> Ints:
    """Return the shapes as rows (x, y)."""
    return np.array(SHAPES, dtype=np.int32)


def needed_pairs() -> tuple[tuple[int, int], ...]:
    """Return the sizes of runs whose cosine some feature of some shape asks for.

    These are the shapes, the same with one sentence less or more on one side, and the
    single sentences against every run.
    """
    wanted = set(SHAPES)
    for x, y in SHAPES:
        wanted |= {(x - 1, y), (x, y - 1), (x + 1, y), (x, y + 1), (1, y), (x, 1)}
    return tuple(sorted((x, y) for x, y in wanted if 1 <= x <= MAX_X and 1 <= y <= MAX_Y))
