"""Sentences that are much shorter or longer than their partner asks for.

The logarithm of the ratio of two lengths spreads about the document's own median, the more
the shorter the sentences are: a variance of two parts, one that falls with the length, as in
W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora",
Computational Linguistics 19 (1993), https://aclanthology.org/J93-1004.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from aligner.check.lost.pieces import size
from aligner.terms.units import TextUnit

_FEW: Final = 20  # units from which a document shows how long its translation is
_LEAST: Final = 8  # characters or words of the longer side
_PRIOR: Final = 1.6  # words for a character's worth, where there are few units: 1 / 1.6
_SPREAD: Final = 0.18  # at least, of long sentences
_BY_SIZE: Final = 12.0  # length at which the two parts of the variance are equal
_FAR: Final = 4.5  # spreads from which a sentence is told
_SURELY: Final = 7.0
_P: Final = (0.4, 0.7)


class Misfit(NamedTuple):
    """A unit whose lengths do not fit."""

    unit: int  # its number
    factor: float  # how many times longer the translation is than expected
    p: float


def misfits(units: Sequence[TextUnit]) -> list[Misfit]:
    """Return the units with two sides whose lengths do not fit, in order."""
    zh = np.array([max(1, size(unit.src, "zh")) for unit in units], dtype=np.float64)
    en = np.array([max(1, size(unit.tgt, "en")) for unit in units], dtype=np.float64)
    if not len(units):
        return []
    ratio = np.log(en / zh)
    middle = float(np.median(ratio)) if len(units) >= _FEW else -float(np.log(_PRIOR))
    off = ratio - middle
    expected = np.minimum(zh * np.exp(middle), en)
    share = 1.0 + _BY_SIZE / np.maximum(1.0, expected)
    spread = max(_SPREAD, 1.4826 * float(np.median(np.abs(off / np.sqrt(share)))))
    far = np.round(off / (spread * np.sqrt(share)), 6)
    told = np.flatnonzero((np.abs(far) >= _FAR) & (np.maximum(zh, en) >= _LEAST))
    return [
        Misfit(n, float(np.exp(off[n])), _P[abs(float(far[n])) >= _SURELY]) for n in told.tolist()
    ]
