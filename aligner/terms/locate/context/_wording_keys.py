"""The compiled helpers that number a wording and find a number among rising ones."""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled
from aligner.terms.locate.word_flags import FUNCTION


@compiled()
def key_of(flags, words, a, b):
    """Return the number of the content words of a span, see `hash_spans`."""
    key = np.int64(17)
    for j in range(a, b):
        if not flags[j] & FUNCTION:
            key = key * np.int64(1000003) ^ np.int64(words[j] + 1)
            key ^= key >> np.int64(29)
    return key


@compiled()
def place_of(rising, value):
    """Return where a value stands in rising ones, or would: `np.searchsorted`."""
    low, high = 0, len(rising)
    while low < high:
        middle = (low + high) // 2
        if rising[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low
