"""The two-sided units of an input with the links of their words, made once for all stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encode.spans import SpanEncoder
from aligner.lexicon import load_lexicon
from aligner.one_thread import one_thread
from aligner.terms.locate.association import Association, associate
from aligner.terms.locate.unit_words import Corpus, prepare
from aligner.terms.units import TextUnit


@dataclass(frozen=True, slots=True)
class Linked:
    """The units that have both sides, and which of their words render each other."""

    corpus: Corpus
    association: Association
    row: NDArray[np.int64]  # of each unit in the corpus, -1 for one with one side. Shape (units,)


def link_units(units: Sequence[TextUnit], encoder: SpanEncoder) -> Linked:
    """Link the words of units. Cost: see `association`."""
    two_sided = [number for number, unit in enumerate(units) if unit.src and unit.tgt]
    row = np.full(len(units), -1, dtype=np.int64)
    row[two_sided] = np.arange(len(two_sided))
    corpus = prepare([units[number] for number in two_sided])
    # Small products are many times slower if each wakes a pool of threads.
    with one_thread():
        return Linked(corpus, associate(corpus, encoder, load_lexicon()), row)
