"""Doubt that two short texts are translations of each other at all.

The posteriors of the lattice are of links, given that the texts belong together: two
sentences that have nothing in common are linked when there is no other place for them. Of
a long pair the documents' own medians tell that nothing fits; of a few sentences they tell
nothing. So the probability of a link of a short pair is multiplied by the probability
that its texts belong together, a logistic function of the cosines of its links. By the
law of total probability that is the probability of the link, since no link of unrelated
texts is right.

Fitted by scripts/fit/related.py on runs of one to six links of development texts, and on
runs of two different places. It holds for the default encoder, whose cosines it knows.

Units: `p` is a probability; a cosine is from -1 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np

from aligner.bitext import Alignment, Bead, Segment
from aligner.encode.protocol import Encoder, Floats
from aligner.fitted import Declared, Linear, load
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import joined

FEW_LINKS: Final = 12  # of a short pair; a longer one is judged by its own medians
RELATED_DECLARED: Final = Declared(
    {"related": ("likeness", "links")}, script="scripts/fit/related.py"
)
_ROOT: Final = 0.7  # links of one pair are no independent witnesses: their sum grows slower
_DECIMALS: Final = 4  # of a probability, so that it is the same on every processor
_ENCODER: Final = "use"  # whose cosines the weights know


def doubted(
    alignment: Alignment, src: Sequence[Segment], tgt: Sequence[Segment], encoder: Encoder
) -> Alignment:
    """Return an alignment whose links are as likely as its texts are to belong together.

    Args:
        alignment: Of the texts. One of more than `FEW_LINKS` links is returned as it is.
        src: The Chinese sentences.
        tgt: The English sentences.
        encoder: Of the sentences; the alignment of another than the default stays as it is.
    """
    links = [bead for bead in alignment.beads if bead.src.size and bead.tgt.size]
    if not 0 < len(links) <= FEW_LINKS or not knows_cosines(encoder):
        return alignment
    cosines = _cosines(links, src, tgt, encoder)
    p = round(float(1 / (1 + np.exp(-_related()(related_features([cosines]))[0]))), _DECIMALS)
    beads = (replace(b, p=b.p * p) if b.src.size and b.tgt.size else b for b in alignment.beads)
    return replace(alignment, beads=tuple(beads))


def related_signature(encoder: Encoder) -> str:
    """Return a short name of these weights; `none` if they do not know the encoder."""
    return load("related", RELATED_DECLARED).signature if knows_cosines(encoder) else "none"


def knows_cosines(encoder: Encoder) -> bool:
    """Tell whether weights were fitted on the cosines of an encoder: the default one."""
    return encoder.signature.startswith(_ENCODER)


def related_features(cosines: Sequence[Floats]) -> Floats:
    """Return the numbers of some pairs, from the cosines of the links of each.

    Returns:
        Columns `likeness` and `links` (see `RELATED_DECLARED`). Shape (pairs, 2).
    """
    sums = [float(some.sum()) / len(some) ** _ROOT for some in cosines]
    counts = [len(some) ** (1 - _ROOT) for some in cosines]
    return np.array([sums, counts], dtype=np.float32).T


def _cosines(
    links: Sequence[Bead], src: Sequence[Segment], tgt: Sequence[Segment], encoder: Encoder
) -> Floats:
    zh_texts = [joined((s.text for s in src[slice(*bead.src)]), zh.JOINER) for bead in links]
    en_texts = [joined((s.text for s in tgt[slice(*bead.tgt)]), en.JOINER) for bead in links]
    products = encoder.encode(zh_texts) * encoder.encode(en_texts)
    cosines: Floats = np.round(products.sum(axis=1, dtype=np.float64), 3).astype(np.float32)
    return cosines


@cache
def _related() -> Linear:
    return load("related", RELATED_DECLARED).models["related"]
