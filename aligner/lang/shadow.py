"""A copy of a text in one form, for comparing and searching, with the way back.

In the copy full-width letters, digits and marks are half-width and characters are
simplified, so that `ＧＤＰ`, `GDP` or 發展, 发展 are the same. Every offset in the copy
leads back to the text itself, which is what a user is shown.

Width: Unicode's compatibility normalisation (NFKC, Unicode Standard Annex #15) of each
character by itself. Most characters give one; some give several (`…` three dots, `㎡` m2).
A mark that would give a blank and a combining mark stays as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

from aligner.lang.variants import simplified
from aligner.span import Span


@dataclass(frozen=True, slots=True)
class Shadow:
    """A folded copy of a text. `offsets` has the source of each of its characters."""

    text: str
    offsets: Sequence[int]  # in the original, rising; as many as `text` has characters

    def original_span(self, start: int, stop: int) -> Span:
        """Return the range of the original that a range of the copy comes from.

        A character that gave several is taken whole. An empty range stays empty.

        >>> copy = shadow("增長４.８％…")
        >>> copy.text, copy.original_span(2, 6)
        ('增长4.8%...', Span(start=2, stop=6))
        """
        if start >= stop:
            at = self.offsets[start] if start < len(self.offsets) else self._end()
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[stop - 1] + 1)

    def _end(self) -> int:
        return self.offsets[-1] + 1 if self.offsets else 0


def shadow(text: str) -> Shadow:
    """Return the folded copy of a text. Cost: linear in its length."""
    if text.isascii():
        return Shadow(text, range(len(text)))
    pieces = list(map(_folded, text))
    copy = "".join(pieces)
    if len(copy) == len(text):  # no piece is empty
        return Shadow(copy, range(len(text)))
    return Shadow(copy, tuple(chain.from_iterable(map(repeat, range(len(text)), map(len, pieces)))))


@cache
def _folded(character: str) -> str:
    """Return a character half-width and simplified; never nothing."""
    if character.isascii():
        return character
    folded = unicodedata.normalize("NFKC", character)
    if not folded or (" " in folded and not character.isspace()):
        folded = character
    return "".join(map(simplified, folded))
