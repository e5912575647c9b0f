"""What renders a term in each line of a concordance.

All lines are one input: what renders the term in one line is likelier in the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.corpus.search import TermPair
from aligner.encode.spans import SpanEncoder
from aligner.span import Lang, Span
from aligner.terms.linked import link_units
from aligner.terms.locate.score import load_term_weights
from aligner.terms.look import find_places
from aligner.terms.units import TextUnit
from aligner.terms.wanted import TermPlace, Wanted, in_title


def locate_renderings(side: Lang, places: Sequence[TermPair]) -> list[Span | None]:
    """Return the English words that render a Chinese term in each place.

    None where none was found. English terms are not traced back to Chinese: all None.

    Cost: some milliseconds a place.
    """
    if side == "en":
        return [None] * len(places)
    none = np.zeros(0, dtype=np.int32)
    units = [
        TextUnit("concordance", n, place.src, place.tgt, none, none, 1.0)
        for n, place in enumerate(places)
    ]
    first = places[0]
    wanted = Wanted(
        key=first.src[slice(*first.span)],
        text=first.src[slice(*first.span)],
        places=tuple(
            TermPlace(n, place.span, crosses=False, title=in_title(place.src, place.span))
            for n, place in enumerate(places)
        ),
    )
    encoder, weights = SpanEncoder(), load_term_weights()
    (seen,) = find_places(link_units(units, encoder), [wanted], encoder=encoder, weights=weights)
    return [each.span if each.rendered else None for each in seen]
