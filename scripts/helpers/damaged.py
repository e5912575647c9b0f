"""Take a clause or a sentence out of one side of some units.

Which part of the other side it leaves alone is known where the two are each other's closest
parts. Where two units are made one of which a side keeps only one half, it is known without.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from aligner.check.lost.pieces import candidates
from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.spans import SpanEncoder
from aligner.lang.joins import joined
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit

_OFTEN: Final = 0.4  # of the units that have a pair of parts
_MERGED: Final = 0.1  # of all units
_LEAST: Final = 0.35  # cosine of two parts that render each other
_LEAST_P: Final = 0.8  # of a bead

PartPair = tuple[Span, Span]  # of the Chinese and the English text


class DamagedUnit(NamedTuple):
    """A unit with less on one side."""

    unit: TextUnit
    lost: tuple[Span, ...]  # parts of the whole side that have nothing on the other one


def undamaged_best(units: Sequence[TextUnit], encoder: SpanEncoder) -> list[list[PartPair]]:
    """Return for each unit the parts that are each other's closest."""
    sides = []
    for lang, texts in (("zh", [u.src for u in units]), ("en", [u.tgt for u in units])):
        side = encoder.side(texts)
        spans = [candidates(text, lang) for text in texts]  # type: ignore[arg-type]
        rows = [(n, *span) for n, of_unit in enumerate(spans) for span in of_unit]
        flat = np.array(rows, dtype=np.int64).reshape(-1, 3)
        vectors = whole_vectors(side.vectors(*flat.T))
        first = np.searchsorted(flat[:, 0], np.arange(len(texts) + 1))
        sides.append((spans, vectors, first))
    (zh, zh_vectors, zh_first), (en, en_vectors, en_first) = sides
    found = []
    for n in range(len(units)):
        close = cosines(
            zh_vectors[zh_first[n] : zh_first[n + 1]], en_vectors[en_first[n] : en_first[n + 1]]
        )
        pairs = []
        for a in range(close.shape[0] if close.size else 0):
            b = int(close[a].argmax())
            if close[a, b] >= _LEAST and int(close[:, b].argmax()) == a:
                pairs.append((zh[n][a], en[n][b]))
        found.append(pairs)
    return found


def damaged(
    units: Sequence[TextUnit], best: Sequence[Sequence[PartPair]], lang: Lang, chance: random.Random
) -> dict[int, DamagedUnit]:
    """Return units by number in which a part of the side of `lang` has lost its partner."""
    found = {}
    for n, unit in enumerate(units):
        if unit.p < _LEAST_P:
            continue
        if n + 1 < len(units) and chance.random() < _MERGED:
            found[n] = _merged(unit, units[n + 1], lang, chance)
        elif best[n] and chance.random() < _OFTEN:
            zh, en = chance.choice(best[n])
            keep, lost = (zh, en) if lang == "zh" else (en, zh)
            whole = unit.tgt if lang == "zh" else unit.src
            rest = without(whole, lost)
            if len(rest) >= 2:  # letters: something is left  # noqa: PLR2004
                found[n] = DamagedUnit(_with(unit, lang, rest), (keep,))
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
    keeps_first = chance.random() < 0.5  # noqa: PLR2004 - a coin
    kept = unit if keeps_first else other
    sides = (unit.src, other.src) if lang == "zh" else (unit.tgt, other.tgt)
    whole = joined(sides, "" if lang == "zh" else " ")
    cut = len(whole) - len(sides[1])
    lost = Span(cut, len(whole)) if keeps_first else Span(0, cut)
    merged = _with(unit, lang, kept.tgt if lang == "zh" else kept.src)
    text = "src" if lang == "zh" else "tgt"
    merged = replace(merged, **{text: whole, f"{text}_char": np.arange(len(whole), dtype=np.int32)})
    inner = [s for s in candidates(whole, lang) if lost.start <= s.start and s.stop <= lost.stop]
    return DamagedUnit(merged, tuple(inner))


def _with(unit: TextUnit, lang: Lang, rest: str) -> TextUnit:
    """Return a unit with another text on the side that is not of `lang`."""
    text = "tgt" if lang == "zh" else "src"
    return replace(unit, **{text: rest, f"{text}_char": np.arange(len(rest), dtype=np.int32)})
