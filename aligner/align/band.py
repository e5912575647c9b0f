"""The part of the lattice that is searched: a band round the anchors.

Cost: linear in the number of sentences. Where two stretches face each other without
a single anchor, such as two unrelated chapters, the band keeps to their diagonal, so
that its area stays bounded; all of both can still be skipped, since going from skip
to skip costs the same in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encode.protocol import Ints

STEP = 5  # rows by which an anchor must be away to bound a row
MARGIN = 10  # columns on either side
MAX_AREA = 60_000  # borders between two anchors that are all searched
MIN_SIDE = 150  # a rectangle narrower than this is searched whatever its length
BAND_WIDTH = 240  # of the band through a larger one


@dataclass(frozen=True, slots=True)
class Band:
    """Columns low[i]..high[i] of each row of borders, stored end to end.

    Node `offset[i] + j - low[i]` is the border before sentences i and j.
    """

    low: NDArray[np.int64]  # (n + 1,), not falling, low[0] == 0
    high: NDArray[np.int64]  # (n + 1,), not falling, high[n] == m, included
    offset: NDArray[np.int64]  # (n + 1,)

    @property
    def nodes(self) -> int:
        """How many borders lie in the band."""
        return int(self.offset[-1] + self.high[-1] - self.low[-1] + 1)


def lay_band(rows: Ints, cols: Ints, n: int, m: int) -> Band:
    """Return the band round the anchors of n and m sentences."""
    r = np.concatenate([[-STEP], rows, [n + STEP]]).astype(np.int64)
    c = np.concatenate([[0], cols, [m]]).astype(np.int64)
    i = np.arange(n + 1)
    before = np.searchsorted(r, i - STEP, side="right") - 1
    after = np.searchsorted(r, i + STEP, side="left")
    before, after = np.maximum(before, 0), np.minimum(after, len(r) - 1)
    low, high = c[before] - MARGIN, c[after] + MARGIN
    tall, broad = np.maximum(1, r[after] - r[before]), c[after] - c[before]
    wide = (tall * broad > MAX_AREA) & (np.minimum(tall, broad) > MIN_SIDE)
    slope = broad / tall
    centre = c[before] + slope * (i - r[before])
    reach = np.maximum(BAND_WIDTH / 2, 2 * slope + MARGIN)
    low = np.where(wide, np.maximum(low, centre - reach), low)
    high = np.where(wide, np.minimum(high, centre + reach), high)
    low = np.clip(low, 0, m).astype(np.int64)
    high = np.clip(high, 0, m).astype(np.int64)
    low[0], high[n] = 0, m
    low = np.minimum.accumulate(low[::-1])[::-1].copy()  # of one layout for the compiled loops
    high = np.maximum.accumulate(high)
    high[:-1] = np.maximum(high[:-1], low[1:])  # rows overlap, so a path exists
    width = high - low + 1
    offset = np.concatenate([[0], np.cumsum(width[:-1])])
    return Band(low, high, offset)
