"""Beads with one side: sentences in a row that the other side lacks, and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from aligner.check.lost.outline import line_kind
from aligner.check.lost.pieces import size
from aligner.lang.shadow import shadow
from aligner.span import Lang
from aligner.terms.units import TextUnit

_LEAST: Final = {"zh": 6, "en": 4}  # characters, words: a shorter sentence may well come twice
_NOT_A_WORD: Final = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class LoneBlock:
    """Units in a row that have only one side, and the same one."""

    units: tuple[TextUnit, ...]
    lang: Lang  # of the side that is there
    kind: str
    p: float  # that they have no partner

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the side that is there."""
        return tuple(unit.src if self.lang == "zh" else unit.tgt for unit in self.units)


def blocks(of_doc: Sequence[TextUnit]) -> Iterator[LoneBlock]:
    """Yield the units of a document that have only one side, those in a row together."""
    for lang, group in groupby(of_doc, key=_side):
        if lang is not None:
            members = tuple(group)
            p = sum(unit.p for unit in members) / len(members)
            yield LoneBlock(members, lang, _kind(members, lang), p * _is_text(members))


def sentence_key(text: str, lang: Lang) -> str:
    """Return what is equal for a sentence that is given twice; nothing for a short one."""
    if size(text, lang) < _LEAST[lang]:
        return ""
    return _NOT_A_WORD.sub("", shadow(text).text.lower())


def _side(unit: TextUnit) -> Lang | None:
    if unit.src and unit.tgt:
        return None
    return "zh" if unit.src else "en"


def _kind(members: Sequence[TextUnit], lang: Lang) -> str:
    """Name what is missing by the first of some units: as its file says, or by its shape."""
    if lang == "en":
        return "added"
    if len(members) > 1:
        return "not translated"
    is_heading, _tgt = members[0].headings
    if is_heading:
        return "heading"
    shape = line_kind(members[0].src, lang)
    return "not translated" if not shape or (shape == "heading" and is_heading is False) else shape


def _is_text(members: Sequence[TextUnit]) -> float:
    """Return 1 for text, less for marks and numbers alone, such as those of pages."""
    return 1.0 if any(_NOT_A_WORD.sub("", unit.src or unit.tgt) for unit in members) else 0.3
