"""Tell whether two renderings of a term follow two senses of it.

研讨会 may be a conference in one chapter and a seminar in another because two events are
meant. Then the sentences around the one rendering are like one another and unlike those
around the other, so that the surroundings of a place tell which rendering stands there.
The places are put to the test one by one: each is nearer to the mean of its own side, it
left out, or to that of the other side. Where nearly all are, a reader is asked, not warned.

Cost: at most `SENSES_SAMPLED` short texts are encoded for each rendering that is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import Floats
from aligner.terms.located import Looked, Seen

SENSE_PLACES: Final = 3  # on either side; fewer are alike by chance
SENSES_SAMPLED: Final = 16
_AROUND: Final = 40  # characters on either side of the term
TOLD_APART: Final = 0.9  # mean share of the places of both sides that are nearer to their own


def are_two_senses(looked: Looked, one: Sequence[Seen], other: Sequence[Seen]) -> bool:
    """Tell whether the surroundings of the places of two renderings tell them apart."""
    if min(len(one), len(other)) < SENSE_PLACES:
        return False
    sides = [_surroundings(looked, places[:SENSES_SAMPLED]) for places in (one, other)]
    shares = [_share_at_home(sides[n], sides[1 - n]) for n in (0, 1)]
    return round(sum(shares) / 2, 4) >= TOLD_APART


def _surroundings(looked: Looked, places: Sequence[Seen]) -> Floats:
    """Return a vector for the text around each place, the term left out. Shape (n, dim)."""
    texts = []
    for seen in places:
        text, (start, stop) = looked.units[seen.place.unit].src, seen.place.span
        texts.append(f"{text[max(0, start - _AROUND) : start]} {text[stop : stop + _AROUND]}")
    return whole_vectors(looked.encoder.encode(texts))


def _share_at_home(mine: Floats, theirs: Floats) -> float:
    """Return the share of rows that are nearer to the rest of their side than to the other.

    Nearer by the mean cosine, of which every term is the same on every processor.
    """
    own = cosines(mine, mine)
    np.fill_diagonal(own, 0.0)
    at_home = own.sum(axis=1, dtype=np.float64) / (len(mine) - 1)
    away = cosines(mine, theirs).mean(axis=1, dtype=np.float64)
    return float((np.round(at_home, 4) > np.round(away, 4)).mean())
