"""Inputs with slips planted in them, and whether a finding points at one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Final

from aligner.bitext import Bitext
from aligner.findings import Finding
from aligner.lang.shadow import shadow
from aligner.span import Span
from helpers.judged import GENRE_OF, gold_spans, listed, texts_of
from helpers.slips import Slip, plant
from helpers.terms_gold import read_dictionary

_LISTS: Final = {"finance": "hkma-2015-2019.tsv", "health": "tico19-merged.tsv"}


def planted(
    name: str, shared: Path, *, terms: int = 20, names: int = 0, seed: int = 1
) -> tuple[list[Bitext], list[Slip]]:
    """Return the texts of an input with planted slips, and the slips.

    Args:
        name: Of the input (helpers/judged.py).
        shared: Has `gold` and `terms`.
        terms: How many terms get slips.
        names: How many names and titles get slips besides.
        seed: Another one chooses other terms, places and words.
    """
    genre = GENRE_OF[name]
    path = shared / "terms" / _LISTS.get(genre, "")
    known = read_dictionary(path) if genre in _LISTS else of_readers(genre, shared)
    return plant(texts_of(name, shared), known, terms=terms, names=names, seed=seed)


def of_readers(genre: str, shared: Path) -> dict[str, frozenset[str]]:
    """Return the renderings that readers marked in a genre, or listed as consistent."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for span in gold_spans(shared):
        if GENRE_OF.get(span.input) == genre and span.rendering and "..." not in span.rendering:
            found[shadow(span.term).text].add(span.rendering.lower())
    for each in listed(shared):
        if GENRE_OF.get(each.input) == genre and each.verdict in {"consistent", "justified"}:
            found[shadow(each.term).text] |= {text.lower() for text in each.renderings}
    return {term: frozenset(texts) for term, texts in found.items() if texts}


def hits(finding: Finding, slip: Slip) -> bool:
    """Tell whether a finding points at a slip's new words."""
    return finding.doc == slip.doc and overlap(finding.tgt_span, slip.tgt_span)


def overlap(one: Span | None, other: Span) -> bool:
    """Tell whether two ranges share a character."""
    return one is not None and one.start < other.stop and other.start < one.stop
