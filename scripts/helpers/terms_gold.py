"""Places of terms whose English rendering is known, from a dictionary and a parallel text.

A place is gold if the term stands once in the Chinese side of a unit and exactly one
rendering of the dictionary stands once in its English side. A dictionary that was
extracted from text is noisy, and so is this gold: a rendering that stands there for
another reason counts as right.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick

from aligner.bitext import Bitext, Document
from aligner.encode import load_encoder
from aligner.lang.shadow import shadow
from aligner.pipeline import align_documents
from aligner.span import Span
from aligner.terms.units import TextUnit, units


@dataclass(frozen=True)
class Gold:
    """One place with its rendering."""

    unit: int  # in the list of units
    term: str  # in its simplified shadow
    src: Span  # in the unit's Chinese text
    tgt: Span  # in its English text


def bitexts(folder: Path) -> Iterator[Bitext]:
    """Align the documents of a gold folder anew, one paragraph a line."""
    encoder = load_encoder("use")
    for path in sorted(folder.glob("*.zh")):
        sides = [document(path.with_suffix(suffix)) for suffix in (".zh", ".en")]
        yield replace(align_documents(*sides, encoder=encoder), id=path.stem)


def document(path: Path) -> Document:
    """Read a text file, a paragraph a line."""
    text = path.read_text(encoding="utf-8")
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return Document(id=path.stem + path.suffix, text=text, paragraphs=tuple(spans))


def both_sided(bitext: Bitext) -> list[TextUnit]:
    """Return the units that have two sides."""
    return [unit for unit in units(bitext) if unit.src and unit.tgt]


def read_dictionary(path: Path) -> dict[str, frozenset[str]]:
    """Return each term's renderings in small letters, from a table with columns zh and en."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            term = shadow(row["zh"].strip()).text
            if len(term) > 1 and row["en"].strip():
                found[term].add(row["en"].strip().lower())
    return {term: frozenset(renderings) for term, renderings in found.items()}


def gold_places(found: Sequence[TextUnit], dictionary: dict[str, frozenset[str]]) -> list[Gold]:
    """Return every gold place, unit by unit."""
    terms = sorted(dictionary)
    machine = AhoCorasick(terms)
    gold = []
    for number, unit in enumerate(found):
        folded = shadow(unit.src)
        places: defaultdict[int, list[int]] = defaultdict(list)
        for which, start, _ in machine.find_matches_as_indexes(folded.text, overlapping=True):
            places[which].append(start)
        low = unit.tgt.lower()
        if len(low) != len(unit.tgt):
            continue
        for which, starts in sorted(places.items()):
            term = terms[which]
            hits = [
                Span(*hit.span())
                for rendering in dictionary[term]
                for hit in re.finditer(rf"(?<!\w){re.escape(rendering)}(?!\w)", low)
            ]
            if len(starts) == len(hits) == 1:
                src = folded.original_span(starts[0], starts[0] + len(term))
                gold.append(Gold(number, term, src, hits[0]))
    return gold


def without_rendering(
    found: Sequence[TextUnit], gold: Sequence[Gold], *, share: float, seed: int
) -> tuple[list[TextUnit], list[Gold]]:
    """Cut the rendering of one place out of some of the units.

    Returns:
        All units, the cut ones changed, and the places whose rendering is gone.
    """
    random = np.random.default_rng(seed)
    changed = list(found)
    by_unit: defaultdict[int, list[Gold]] = defaultdict(list)
    for place in gold:
        by_unit[place.unit].append(place)
    gone = []
    for number, places in by_unit.items():
        if random.random() > share:
            continue
        place = places[int(random.integers(len(places)))]
        unit = found[number]
        text = unit.tgt[: place.tgt.start] + unit.tgt[place.tgt.stop :]
        chars = np.concatenate([unit.tgt_char[: place.tgt.start], unit.tgt_char[place.tgt.stop :]])
        changed[number] = replace(unit, tgt=text, tgt_char=chars)
        gone.append(place)
    return changed, gone
