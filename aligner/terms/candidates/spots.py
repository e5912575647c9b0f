"""Where texts stand in a cut text, and whether they stand there whole.

可持续发展 has the characters of 持续发展, and 出境旅游业 those of 旅游业; a term in the middle
of a longer word or compound is rendered with that one, not by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from aligner.terms.candidates import word_lists
from aligner.terms.candidates.chunks import GLUED, INSIDE, Cut, Token

_KEY = 2  # characters by which places are looked up; nothing shorter is sought
_IN_WORD = (INSIDE, GLUED)


class Spot(NamedTuple):
    """A place in a shadow."""

    text: int  # number of the text
    start: int  # in its shadow
    stop: int


def find_spots(cuts: Sequence[Cut], wanted: Iterable[str]) -> dict[str, list[Spot]]:
    """Return where each text of at least two characters stands, in order.

    The cost is linear in the length of the texts, times how many of those wanted begin
    alike.
    """
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for text in wanted:
        by_key[text[:_KEY]].append(text)
    spots: defaultdict[str, list[Spot]] = defaultdict(list)
    for number, cut in enumerate(cuts):
        whole = cut.shadow.text
        for start in range(len(whole) - 1):
            for text in by_key.get(whole[start : start + _KEY], ()):
                if whole.startswith(text, start):
                    spots[text].append(Spot(number, start, start + len(text)))
    return spots


def crosses(cut: Cut, spot: Spot) -> bool:
    """Whether a longer word or compound goes on over an edge of a place."""
    return _joined_before(cut, spot) is not None or _joined_after(cut, spot) is not None


def is_marked(cut: Cut, spot: Spot) -> bool:
    """Whether a place is all that stands in its 《》 or quotation marks."""
    whole = cut.shadow.text
    return whole[spot.start - 1 : spot.start] in tuple("《“「『") and whole[
        spot.stop : spot.stop + 1
    ] in tuple("》”」』(")


def is_fragment(cuts: Sequence[Cut], spots: Sequence[Spot]) -> bool:
    """Whether a text is a piece of one longer expression wherever it stands.

    Its right edge counts for more: the head of a Chinese compound is its end, and
    金融管理 of 金融管理局 names nothing that is there. On the left a fixed neighbour is let
    pass if what remains has the end of a name, as in 科技创新|行动方案.
    """
    after = [_joined_after(cuts[spot.text], spot) for spot in spots]
    before = [_joined_before(cuts[spot.text], spot) for spot in spots]
    edges = [(cuts[n].edges[start], cuts[n].edges[stop]) for n, start, stop in spots]
    if all(stop in _IN_WORD for _, stop in edges) or all(start in _IN_WORD for start, _ in edges):
        return True
    if None not in after and len(set(after)) == 1:
        return True
    if None in before or _classed(cuts, spots):
        return False
    number, start, stop = spots[0]
    text = cuts[number].shadow.text[start:stop]
    # The first part of a pair is not whole itself: 外汇|基金票据及债券.
    paired = any(join in text for join in word_lists.JOINS_INSIDE)
    return paired or (len(set(before)) == 1 and not text.endswith(word_lists.NAMING_ENDS))


def _classed(cuts: Sequence[Cut], spots: Sequence[Spot]) -> bool:
    """Whether the word before the first place is an adjective."""
    token = cuts[spots[0].text].ending.get(spots[0].start)
    return token is not None and token.role.adjective


def _joined_before(cut: Cut, spot: Spot) -> str | None:
    """Return the word before a place if the two make a compound; "" for part of a word."""
    token = cut.ending.get(spot.start)
    if cut.edges[spot.start] in _IN_WORD:
        return _text(token)
    joined = token and (token.role.before or token.text in word_lists.HAN_PREFIXES)
    return _text(token) if joined else None


def _joined_after(cut: Cut, spot: Spot) -> str | None:
    """The same for the word after it."""
    token = cut.opening.get(spot.stop)
    if cut.edges[spot.stop] in _IN_WORD:
        return _text(token)
    return _text(token) if token and token.role.after else None


def _text(token: Token | None) -> str:
    return token.text if token else ""


def holders(found: Mapping[str, Sequence[Spot]]) -> dict[str, str]:
    """Return for each text the longest other one that holds all its places, if one does."""
    by_number: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for text, spots in found.items():
        for spot in spots:
            by_number[spot.text].append((spot.start, -spot.stop, text))
    common: dict[str, set[str]] = {}
    for items in by_number.values():
        still_open: list[tuple[int, str]] = []
        for start, minus_stop, text in sorted(items):
            still_open = [(stop, other) for stop, other in still_open if stop > start]
            around = {other for stop, other in still_open if stop >= -minus_stop} - {text}
            common[text] = around & common.get(text, around)
            still_open.append((-minus_stop, text))
    return {text: max(others, key=_by_length) for text, others in common.items() if others}


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text
