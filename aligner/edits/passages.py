"""Which sentences of the original each edited text holds, on one side of some rows.

The words of the sentences and of the texts are compared, with white space set aside. If
they are the same, each text holds what stands in it, to the letter. If not, a sentence
belongs to the text that has most of its words; one whose words are nowhere was
rewritten, if its own row has as many new words, or else removed.

Source of the comparison: J. W. Ratcliff and D. Metzener, "Pattern Matching: The Gestalt
Approach", 1988, as difflib has it. Cost: about the square of the words, so callers give
short stretches; from `MOST_COMPARED` on, texts are not compared, and each row keeps its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, NamedTuple

MOST_COMPARED: Final = 20_000
_MANY_WORDS: Final = 3_000  # from which very frequent words are passed over
_SHARE: Final = 0.3  # of a sentence's letters, from which it belongs to a text
_WORD: Final = re.compile(r"[A-Za-z]+|\d+|\S")


class HeldPiece(NamedTuple):
    """A sentence, or the part of it that a text holds."""

    segment: int
    start: int  # in the text of the sentence
    stop: int


@dataclass(slots=True)
class Passages:
    """What each text holds."""

    held: list[list[HeldPiece]]  # a list for each text, in the order of the sentences
    lost: list[int] = field(default_factory=list)  # sentences that no text holds
    cut: list[int] = field(default_factory=list)  # sentences that several texts hold parts of


class _Found(NamedTuple):
    """A word of a sentence in a text."""

    row: int
    start: int  # in the text of the sentence
    size: int


def passages(segments: Sequence[str], texts: Sequence[str], home: Sequence[int | None]) -> Passages:
    """Return which sentences each text holds.

    Args:
        segments: Sentences of the original, in order.
        texts: Of the rows, in order.
        home: For each sentence the text that takes its place, if it is rewritten.

    >>> found = passages(["One.", "Two."], ["One. Two.", ""], [0, 1])
    >>> found.held, found.lost
    ([[HeldPiece(segment=0, start=0, stop=4), HeldPiece(segment=1, start=0, stop=4)], []], [])
    """
    found, is_same = _compared(segments, texts)
    result = Passages([[] for _ in texts])
    left = [len(words_text(text)) for text in texts]
    waiting: list[int] = []
    for number, places in enumerate(found):
        parts = _parts(segments[number], places, 0.0 if is_same else _SHARE)
        for row, piece in parts:
            result.held[row].append(piece._replace(segment=number))
        for place in places:
            left[place.row] -= place.size
        if len(parts) > 1:
            result.cut.append(number)
        if not parts and segments[number].strip():
            waiting.append(number)
    for number in waiting:
        own = _other_home(number, segments, texts, result, home[number], left)
        if own is None:
            result.lost.append(number)
        else:
            result.held[own].append(HeldPiece(number, 0, len(segments[number])))
            result.held[own].sort()
            left[own] -= len(words_text(segments[number]))
    return result


def words(text: str) -> list[str]:
    """Return the words of a text: Latin words, numbers, and any other character alone."""
    return _WORD.findall(text)


def words_text(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def likeness(first: str, second: str) -> float:
    """Return how much of two texts is the same, from 0 to 1."""
    return SequenceMatcher(None, words(first), words(second), autojunk=False).ratio()


def _compared(segments: Sequence[str], texts: Sequence[str]) -> tuple[list[list[_Found]], bool]:
    """Return for each sentence where its words are, and whether the words are the same."""
    old = [(n, m) for n, text in enumerate(segments) for m in _WORD.finditer(text)]
    new = [(n, m) for n, text in enumerate(texts) for m in _WORD.finditer(text)]
    old_words, new_words = [m[0] for _, m in old], [m[0] for _, m in new]
    found: list[list[_Found]] = [[] for _ in segments]
    is_same = old_words == new_words
    most = max(len(old), len(new))
    blocks: list[tuple[int, int, int]] = [(0, 0, len(old))]
    if not is_same:
        matcher = SequenceMatcher(None, old_words, new_words, autojunk=most > _MANY_WORDS)
        blocks = (
            []
            if most > MOST_COMPARED
            else [(b.a, b.b, b.size) for b in matcher.get_matching_blocks()]
        )
    for at, there, size in blocks:
        for k in range(size):
            number, match = old[at + k]
            found[number].append(_Found(new[there + k][0], match.start(), len(match[0])))
    return found, is_same


def _parts(text: str, places: Sequence[_Found], share: float) -> list[tuple[int, HeldPiece]]:
    """Return the rows that hold a sentence, each with its piece."""
    sizes: dict[int, int] = defaultdict(int)
    starts: dict[int, int] = {}
    for place in places:
        sizes[place.row] += place.size
        starts.setdefault(place.row, place.start)
    whole = len(words_text(text))
    rows = [row for row in sorted(sizes) if sizes[row] > share * whole]
    begins = [0, *(starts[row] for row in rows[1:])]
    stops = [*begins[1:], len(text)]
    return [(row, HeldPiece(0, a, b)) for row, a, b in zip(rows, begins, stops, strict=False)]


def _other_home(  # noqa: PLR0913, PLR0917 - the state of the walk
    number: int,
    segments: Sequence[str],
    texts: Sequence[str],
    result: Passages,
    home: int | None,
    left: Sequence[int],
) -> int | None:
    """Return the text of a sentence that was not found: where it was moved to, or its own."""
    wanted = words_text(segments[number])
    for row, text in enumerate(texts):
        if not result.held[row] and words_text(text) == wanted:
            return row
    if home is None or left[home] < _SHARE * len(wanted):
        return None
    before = [row for row, held in enumerate(result.held) for p in held if p.segment < number]
    behind = [row for row, held in enumerate(result.held) for p in held if p.segment > number]
    fits = max(before, default=home) <= home <= min(behind, default=home)
    return home if fits else None
