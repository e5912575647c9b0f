"""Cut the text of a unit into as many segments as its file says that it has.

A file of units does not hold where its sentences end. They are found again by the
rules that made them; where these give another number, the cuts that divide the text
most evenly are taken, or added. Joined again, the pieces are the text to the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from aligner.bitext import Lang, Span
from aligner.segment import en, zh
from aligner.segment.scan import cuts

_RULES: Final = {"zh": zh.rules, "en": en.rules}
_BLANK: Final = re.compile(" ")


def pieces(text: str, size: int, lang: Lang) -> tuple[Span, ...]:
    """Return the ranges of a text's segments: English ones have one blank between them.

    There are fewer than `size` if an English text has too few blanks; pieces are
    empty if a Chinese one has too few characters.

    >>> text = "他来了。她走了。"
    >>> [text[slice(*span)] for span in pieces(text, 2, "zh")]
    ['他来了。', '她走了。']

    Cost: linear in the text, and in size times the number of possible cuts.
    """
    if size == 1:
        return (Span(0, len(text)),)
    gap = 1 if lang == "en" else 0
    # an offset is where the next piece begins
    possible = [m.end() for m in _BLANK.finditer(text)] if gap else list(range(len(text) + 1))
    sentences = cuts(text, Span(0, len(text)), _RULES[lang]()).hard
    likely = sorted({at + gap for at in sentences if not gap or text[at : at + 1] == " "})
    starts = _chosen(likely, possible, min(size - 1, len(possible)), len(text))
    bounds = [0, *starts, len(text) + gap]
    return tuple(Span(a, b - gap) for a, b in pairwise(bounds))


def _chosen(likely: list[int], possible: list[int], wanted: int, length: int) -> list[int]:
    """Return the wanted number of cuts, all likely ones if these are too few."""
    if len(likely) == wanted:
        return likely
    if len(likely) > wanted:
        return _even(likely, wanted, length)
    rest = [at for at in possible if at not in set(likely)]
    return sorted([*likely, *_even(rest, min(wanted - len(likely), len(rest)), length)])


def _even(places: Sequence[int], wanted: int, length: int) -> list[int]:
    """Return the wanted number of rising places, near to equal shares of the length."""
    found: list[int] = []
    low = 0
    for k in range(wanted):
        high = len(places) - (wanted - k) + 1  # leave one for each that follows
        aim = length * (k + 1) // (wanted + 1)
        at = bisect_left(places, aim, low, high)
        if at == high or (at > low and aim - places[at - 1] < places[at] - aim):
            at -= 1
        found.append(places[at])
        low = at + 1
    return found
