"""Points of the compass that a translation turns round: 以北 and south of.

The Chinese has a place or relation (长江以北, 北部) by a direction that the English does not
have, and the English, in small letters, the opposite one, which the Chinese does not have.
Directions in names of places (河北, South Korea) count for neither. Linear in the texts.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.check.spelt.place_table import place_table
from aligner.lang.shadow import shadow
from aligner.span import Span

_POINTS: Final = {"东": "east", "西": "west", "北": "north", "南": "south"}
_OPPOSITE: Final = {"东": "west", "西": "east", "北": "south", "南": "north"}
_SAID: Final = re.compile("north|south|east|west", re.IGNORECASE)
_ZH: Final = re.compile("以([东南西北])|([东南西北])(?:部|面|边|侧|岸|端|郊|坡)")
_EN: Final = re.compile(
    r"\b(north|south|east|west)(?:ern(?:most|ers?)?|wards?|erly|bound)?\b",
    re.IGNORECASE,
)


def turned_round(src: str, tgt: str) -> tuple[Span, Span] | None:
    """Return the direction of a Chinese text and the opposite one of its translation.

    >>> turned_round("该市位于长江以北。", "The city lies south of the Yangtze.")
    (Span(start=6, stop=8), Span(start=14, stop=19))
    """
    english = {match[1].lower(): match for match in _EN.finditer(tgt)}
    if not english:
        return None
    folded = shadow(src)
    plain = _without_names(folded.text)
    said = {word.lower() for word in _SAID.findall(tgt)}
    chinese = {match[1] or match[2]: match for match in _ZH.finditer(plain)}
    lost = [char for char in chinese if _POINTS[char] not in said]
    meant = {_POINTS[char] for char in plain if char in _POINTS}
    new = [match for point, match in english.items() if point not in meant]
    if len(lost) != 1 or len(new) != 1:
        return None
    (char,), (match,) = lost, new
    if _OPPOSITE[char] != match[1] or not match[0].islower():
        return None
    return folded.original_span(*chinese[char].span()), Span(*match.span())


def _without_names(text: str) -> str:
    characters = list(text)
    for mention in place_table().in_chinese(text):
        characters[slice(*mention.span)] = " " * mention.span.size
    return "".join(characters)
