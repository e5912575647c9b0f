"""Take a clause or a sentence out of one side of some units.

A part of the other side is lost if it is clearly closer to what was taken out than to
anything that is left. Where two units are made one of which a side keeps only one half, the
parts of the other half are lost.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.check.lost.pieces import candidates
from aligner.lang.joins import joined
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

_OFTEN: Final = 0.5  # of the units that have more than one clause
_MERGED: Final = 0.1  # of all units
_PARAGRAPH: Final = 0.3  # of merged units are of two paragraphs
_LEAST_P: Final = 0.8  # of a bead


class DamagedUnit(NamedTuple):
    """A unit with less on one side."""

    unit: TextUnit
    gone: Span | None = None  # what was taken out of the text
    lost: Span | None = None  # of two units in one: what has nothing on the other side


def damaged(units: Sequence[TextUnit], lang: Lang, chance: random.Random) -> dict[int, DamagedUnit]:
    """Return units by number in which a part of the side of `lang` has lost its partner."""
    found = {}
    other: Lang = "en" if lang == "zh" else "zh"
    for n, unit in enumerate(units):
        if unit.p < _LEAST_P:
            continue
        text = unit.tgt if lang == "zh" else unit.src
        parts = candidates(text, other)
        if n + 1 < len(units) and chance.random() < _MERGED:
            found[n] = _merged(unit, units[n + 1], lang, chance)
        elif parts and chance.random() < _OFTEN:
            gone = chance.choice(parts)
            rest = without(text, gone)
            if len(rest) >= 2:  # letters: something is left
                found[n] = DamagedUnit(_with(unit, lang, rest), gone=gone)
    return found


def without(text: str, span: Span) -> str:
    """Return a text without a part, its end mark kept.

    >>> without("It rained, and we left.", Span(10, 23))
    'It rained.'
    """
    head, tail = text[: span.start].rstrip(), text[span.stop :].lstrip()
    if not tail:
        end = text.rstrip()[-1:]
        return head.rstrip("，,；;：: ") + (end if not end.isalnum() else "")
    if not head:
        return tail[:1].upper() + tail[1:]
    return head + (" " if head[-1:].isascii() else "") + tail


def _merged(unit: TextUnit, other: TextUnit, lang: Lang, chance: random.Random) -> DamagedUnit:
    keeps_first = chance.random() < 0.5
    kept = unit if keeps_first else other
    sides = (unit.src, other.src) if lang == "zh" else (unit.tgt, other.tgt)
    whole = joined(sides, "" if lang == "zh" else " ")
    cut = len(whole) - len(sides[1])
    lost = Span(cut, len(whole)) if keeps_first else Span(0, cut)
    merged = _with(unit, lang, kept.tgt if lang == "zh" else kept.src)
    places = np.arange(len(whole), dtype=np.int32)
    places[cut:] += chance.random() < _PARAGRAPH
    return DamagedUnit(_with_text(merged, lang, whole, places), lost=lost)


def _with(unit: TextUnit, lang: Lang, rest: str) -> TextUnit:
    """Return a unit with another text on the side that is not of `lang`."""
    return _with_text(
        unit, "en" if lang == "zh" else "zh", rest, np.arange(len(rest), dtype=np.int32)
    )


def _with_text(unit: TextUnit, lang: Lang, text: str, places: NDArray[np.int32]) -> TextUnit:
    if lang == "zh":
        return replace(unit, src=text, src_char=places)
    return replace(unit, tgt=text, tgt_char=places)
