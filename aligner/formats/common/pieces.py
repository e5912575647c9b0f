"""Cut the text of a unit into as many segments as its file says that it has.

A file of units does not hold where its sentences end. They are found again by the
rules that made them; where these give another number, the cuts that divide the text
most evenly are taken, or added. Joined again, the pieces are the text to the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from aligner.lang.joins import gap
from aligner.lang.marks_zh import JOINER
from aligner.segment import rules_en as en
from aligner.segment import rules_zh as zh
from aligner.segment.scan import cuts
from aligner.span import Lang, Span

_RULES: Final = {"zh": zh.rules, "en": en.rules}
_BLANK: Final = re.compile(" ")


def pieces(text: str, size: int, lang: Lang) -> tuple[Span, ...]:
    """Return the ranges of a text's segments, with between them what joins segments.

    There are fewer than `size` if an English text has too few blanks; pieces are
    empty if a Chinese one has too few places to cut.

    >>> text = "他来了。她走了。"
    >>> [text[slice(*span)] for span in pieces(text, 2, "zh")]
    ['他来了。', '她走了。']
    >>> pieces("Go Java", 2, "zh")
    (Span(start=0, stop=2), Span(start=3, stop=7))

    Cost: linear in the text, and in size times the number of possible cuts.
    """
    if size == 1:
        return (Span(0, len(text)),)
    gaps = _gaps(text, lang)  # from where a piece may begin to where the one before ends
    sentences = cuts(text, Span(0, len(text)), _RULES[lang]()).hard
    likely = sorted(
        {at + blank for at in sentences for blank in (0, 1) if _is_gap(gaps, at, blank)}
    )
    possible = sorted(gaps)
    if lang == "zh":  # what is wanting is empty
        possible += [len(text)] * max(0, size - 1 - len(possible))
    starts = _chosen(likely, possible, min(size - 1, len(possible)), len(text))
    stops = [gaps.get(at, len(text)) for at in starts]
    return tuple(map(Span, [0, *starts], [*stops, len(text)]))


def _gaps(text: str, lang: Lang) -> dict[int, int]:
    """Return where a piece may begin, each with where the one before it then ends."""
    if lang == "en":
        return {found.end(): found.start() for found in _BLANK.finditer(text)}
    found = {0: 0, len(text): len(text)}
    for at in range(1, len(text)):
        if text[at - 1] == " " and at > 1 and gap(text[at - 2], text[at], JOINER):
            found[at] = at - 1
        elif not gap(text[at - 1], text[at], JOINER) and not _opens_joint(text, at):
            found[at] = at
    return found


def _opens_joint(text: str, at: int) -> bool:
    """Tell whether a blank stands at an offset that two pieces would be joined with."""
    return text[at] == " " and at + 1 < len(text) and bool(gap(text[at - 1], text[at + 1], JOINER))


def _is_gap(gaps: dict[int, int], at: int, blank: int) -> bool:
    return gaps.get(at + blank) == at


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
