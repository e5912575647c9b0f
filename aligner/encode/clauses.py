"""The first and the last clause of a sentence, for encoders that take any text.

Where a clause belongs to the other side's next sentence, its own vector shows it. A
clause ends after , ; : — or … (not 、, which only lists), and has at least three
tokens on both sides of its cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

MIN_CLAUSE = 3  # tokens

_CUT = re.compile(r"(?<=[，；：—…])(?![，；：—…])|(?<=[,;:])(?![,;:0-9])")


class Edges(NamedTuple):
    """The first and the last clause of a sentence; both empty if it has no inner cut."""

    head: str
    tail: str


def cut_clauses(text: str) -> list[str]:
    """Cut a text after each clause mark; joined, the pieces are the text.

    >>> cut_clauses("到2025年，超过25,000件——再创新高")
    ['到2025年，', '超过25,000件——', '再创新高']
    """
    return [piece for piece in _CUT.split(text) if piece]


def edge_clauses(pieces: Sequence[str], tokens: Sequence[int]) -> Edges:
    """Return the shortest head and the shortest tail that are long enough.

    Args:
        pieces: The sentence as `cut_clauses` gives it.
        tokens: How many tokens each piece has.
    """
    before = [0, *accumulate(tokens)]
    cuts = [
        cut for cut in range(1, len(pieces)) if MIN_CLAUSE <= before[cut] <= before[-1] - MIN_CLAUSE
    ]
    if not cuts:
        return Edges("", "")
    return Edges("".join(pieces[: cuts[0]]), "".join(pieces[cuts[-1] :]))
