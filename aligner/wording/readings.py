"""Two renderings read as content words that can be compared one by one.

Closed compounds are cut as the other rendering writes them (daycare, day care), and
an acronym is replaced by the words of the other rendering that it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from aligner.wording.content_words import Atom, read_words
from aligner.wording.initials import is_short, parts_of, single_letter_head, spelled_out

_Word = tuple[str, tuple[Atom, ...]]  # as it stands, and its content words


class WordingPair(NamedTuple):
    """Two renderings as lists of content words."""

    dominant: tuple[Atom, ...]
    other: tuple[Atom, ...]
    long: tuple[str, ...]  # acronyms of the dominant rendering that the other spells out
    short: tuple[str, ...]  # acronyms of the other rendering
    ends_spelled_out: bool  # the other ends with what the dominant acronym stands for

    @property
    def shortened(self) -> bool:
        """Whether an acronym stands in either."""
        return bool(self.long or self.short)


def read_pair(dominant: str, other: str) -> WordingPair:
    """Read two renderings so that their words can be compared."""
    one, two = list(read_words(dominant)), list(read_words(other))
    one, two = _cut_as(one, two), _cut_as(two, one)
    two, short = _spell_out(two, one, dominant)
    one, long = _spell_out(one, two, other)
    atoms, others = _atoms(one), _atoms(two)
    ends = bool(long and atoms and others) and atoms[-1].key == others[-1].key
    return WordingPair(atoms, others, long, short, ends)


def _atoms(text: Sequence[_Word]) -> tuple[Atom, ...]:
    return tuple(atom for _, atoms in text for atom in atoms)


def _cut_as(one: list[_Word], two: list[_Word]) -> list[_Word]:
    """Cut the closed compounds of one text where the other has two words for them."""
    theirs = _atoms(two)
    keys = {atom.key for atom in theirs}
    pairs = {form: ab for ab in pairwise(theirs) for form in _closed(*ab)}

    def cut(atom: Atom) -> tuple[Atom, ...]:
        return (atom,) if atom.key in keys else pairs.get(atom.key, (atom,))

    return [(word, tuple(a for atom in atoms for a in cut(atom))) for word, atoms in one]


def _closed(one: Atom, two: Atom) -> tuple[str, str, str]:
    return one.surface + two.surface, one.key + two.key, one.surface + two.key


def _spell_out(
    short: list[_Word], long: list[_Word], text: str
) -> tuple[list[_Word], tuple[str, ...]]:
    """Return a text with the other's words for its acronyms, and these acronyms."""
    known = {atom.key for atom in _atoms(long)}
    result: list[_Word] = []
    found: list[str] = []
    for word, atoms in short:
        meant = atoms
        if any(atom.key not in known for atom in atoms):
            spelled = spelled_out(word, parts_of(text)) if is_short(word) else ()
            runs = [_atoms(long[slice(*run)]) for run in spelled]
            meant = max([*runs, *_headed(word, long)], key=len, default=atoms)
        if meant != atoms:
            found.append(word.lower())
        result.append((word, meant))
    return result, tuple(found)


def _headed(word: str, long: list[_Word]) -> list[tuple[Atom, ...]]:
    """Return the two words that one such as e-commerce stands for."""
    split = single_letter_head(word)
    if split is None:
        return []
    head, rest = split
    return [
        (a, b)
        for a, b in pairwise(_atoms(long))
        if a.surface.startswith(head) and len(a.surface) > 1 and rest in {b.surface, b.key}
    ]
