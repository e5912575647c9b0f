"""How close the sentences of a pair come to those of the other side, as one number.

A sentence's best cosine says little by itself: in an official text and its translation
it is .8 for half of the sentences, in a freely translated novel less than .45. So the
model reads its evidence by the level of the document, and where the level is lower
than that of any translation, it is told that the pair may be none.

Measured on the gold sets with the default encoder: .43 and more for translations, .31
and less for unrelated texts, of whatever length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.align.band import Band
from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import Floats

Vectors = NDArray[np.float16] | Floats

ROWS_MULTIPLIED = 128  # multiplied at once
MIDDLE = 0.5  # the level of an ordinary translation
LOW, HIGH = 0.4, 0.8  # the model knows no translations beyond these
UNRELATED = 0.32  # up to this level a pair is doubted in full, from LOW on not at all
FEW = 10  # sentences whose level is worth half of that of a long text


def level_of(src: Vectors, tgt: Vectors, band: Band) -> float:
    """Return the median of the sentences' best cosines near the band.

    Of the two sides the one that is closer to the other counts, since the other may
    hold more text.

    Args:
        src: Unit vectors of the Chinese sentences. Shape (n, dim).
        tgt: The same for the English ones. Shape (m, dim).
        band: Where partners are looked for.

    Cost: that of one of some forty products that the lattice needs.
    """
    n, m = len(src), len(tgt)
    if src.shape[1] == 0:
        return MIDDLE
    best_src, best_tgt = np.zeros(n, dtype=np.float32), np.zeros(m, dtype=np.float32)
    for a in range(0, n, ROWS_MULTIPLIED):
        b = min(n, a + ROWS_MULTIPLIED)
        low, high = int(band.low[a]), int(band.high[b - 1]) + 1
        low = min(low, m - 1)
        near = cosines(whole_vectors(src[a:b]), whole_vectors(tgt[low:high]))
        best_src[a:b] = near.max(axis=1)
        best_tgt[low:high] = np.maximum(best_tgt[low:high], near.max(axis=0))
    return max(float(np.median(best_src)), float(np.median(best_tgt)))


def centred(level: float) -> float:
    """Return the level as the model's feature."""
    return min(HIGH, max(LOW, level)) - MIDDLE


def doubt(level: float, sentences: int) -> float:
    """Return from 0 to 1 how much a pair looks like two unrelated texts.

    Args:
        level: As measured.
        sentences: Of the shorter side; the level of a few is doubtful itself.
    """
    share = (LOW - level) / (LOW - UNRELATED)
    return min(1.0, max(0.0, share)) * sentences / (sentences + FEW)
