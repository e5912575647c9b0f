"""Join the lines of a paragraph that was set on a page.

Words need a blank between two lines, Han characters none. A hyphen at a line's end is
part of its word, as in “low-carbon”, or was put there by the printer: the rest of the
document tells which, and where it does not, whether the whole is a word of English, and how many
lines end so. A soft hyphen is always the printer's.

Cost: linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from aligner.formats.common.font_glyphs import legible
from aligner.lang.broken_words import FIRST_PARTS, HYPHENS, SOFT_HYPHEN, is_one_word
from aligner.lang.joins import parts_scripts
from aligner.lang.marks_zh import WIDE, WIDE_HERE

_ENDS_WIDE = re.compile(f"[{WIDE}][{WIDE_HERE}]*\\Z")
_BEGINS_WIDE = re.compile(f"[{WIDE_HERE}]*[{WIDE}]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(rf"(?<![^\W_])([^\W\d_]+)[{HYPHENS}]\Z")
_REST = re.compile(r"[^\W\d_]+")
_DASHES = "—–"
_NO_BLANK_AFTER = _DASHES + "/([{“‘"
_PRINTED = 0.04  # share of lines with a hyphen at the end from which a printer put them there


def join_paragraphs(paragraphs: Sequence[Sequence[str]]) -> list[str]:
    """Return each paragraph's lines as one text.

    Args:
        paragraphs: Lines as the file has them, with a blank at the end or without.
    """
    texts = [[legible(line) for line in lines] for lines in paragraphs]
    join = _Joiner(texts)
    return [join(lines) for lines in texts]


class _Joiner:
    """Joins lines in the way of one document."""

    def __init__(self, paragraphs: Sequence[Sequence[str]]) -> None:
        self._words = _vocabulary(paragraphs)
        self._printed = _ends_in_hyphens(paragraphs) > _PRINTED
        self._parted = parts_scripts("\n".join(chain.from_iterable(paragraphs)))

    def __call__(self, lines: Sequence[str]) -> str:
        text = ""
        for line in lines:
            text = self._pair(text, line) if text else line
        return text.strip()

    def _pair(self, above: str, below: str) -> str:
        bare, below = above.rstrip(), below.lstrip()
        if not bare or not below:
            return bare + below
        ends, begins = _ENDS_WIDE.search(bare[-8:]), _BEGINS_WIDE.match(below[:8])
        if ends and begins:
            return bare + below
        if ends or begins:
            return bare + (" " if self._parted.between(bare[-1], below[0]) else "") + below
        if bare[-1] in HYPHENS:
            return self._hyphen(bare, below)
        tight = bare[-1] in _NO_BLANK_AFTER or below[0] in _DASHES
        return bare + ("" if tight and bare == above else " ") + below

    def _hyphen(self, above: str, below: str) -> str:
        """Join a word that a hyphen breaks, with the hyphen or without."""
        first, rest = _BROKEN.search(above), _REST.match(below)
        if first is None or rest is None:
            return above + below
        left, right = first[1].lower(), rest[0].lower()
        if above.endswith(SOFT_HYPHEN):
            return above[:-1] + below
        if self._is_compound(left, right) or not rest[0][0].islower():
            return above + below
        return above[:-1] + below

    def _is_compound(self, left: str, right: str) -> bool:
        whole, parted = self._words[left + right], self._words[f"{left}-{right}"]
        if whole or parted:
            return parted >= whole
        if is_one_word(left, right):
            return False
        if left in FIRST_PARTS or not self._printed:
            return True
        return bool(self._words[left] and self._words[right])


def _vocabulary(paragraphs: Iterable[Iterable[str]]) -> Counter[str]:
    """Count the words of all lines, but for those at a line's end that may be broken."""
    words: Counter[str] = Counter()
    for lines in paragraphs:
        for line in lines:
            whole = _BROKEN.sub("", line.rstrip())
            words.update(word.lower().replace("\u2010", "-") for word in _WORD.findall(whole))
    return words


def _ends_in_hyphens(paragraphs: Iterable[Sequence[str]]) -> float:
    """Return the share of the lines inside paragraphs that end with a hyphen."""
    lines = [line.rstrip() for its in paragraphs for line in its[:-1]]
    return sum(line[-1:] in HYPHENS for line in lines if line) / max(1, len(lines))
