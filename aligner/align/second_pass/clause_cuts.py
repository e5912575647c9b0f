"""Cut sentences into clauses, finely: at their marks, and in English before conjunctions.

A translator moves clauses across a full stop, and seldom less than a clause. English
joins by words where Chinese has a comma, so it is cut before some of these as well, where
both sides keep three words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.encode.clauses import cut_clauses
from aligner.span import Lang

MIN_WORDS = 3  # on either side of a joining word

_JOINS = re.compile(r"\s(?=(?:and|but|which|that|who|where)\s)")
_CLOSERS = re.compile(r"[”’」』）)\]】〕〉》\"']+\s*")


def clauses_of(sentence: str, lang: Lang) -> list[str]:
    """Return the clauses of a sentence, none of them blank; one at the least.

    >>> clauses_of("她说，今天不去了；明天再说。", "zh")
    ['她说，', '今天不去了；', '明天再说。']
    >>> clauses_of("She opened the old door, and the wind that came in was cold.", "en")
    ['She opened the old door,', 'and the wind', 'that came in was cold.']
    """
    pieces = _closed(cut_clauses(sentence))
    if lang == "en":
        pieces = [part for piece in pieces for part in _at_joins(piece)]
    found = [piece.strip() for piece in pieces if piece.strip()]
    return found or [sentence]


def cut_all(sentences: Sequence[str], lang: Lang) -> tuple[list[str], list[int]]:
    """Return the clauses of some sentences end to end, and how many each has."""
    cut = [clauses_of(sentence, lang) for sentence in sentences]
    return [clause for clauses in cut for clause in clauses], [len(c) for c in cut]


def _closed(pieces: list[str]) -> list[str]:
    """Return the pieces with closing marks at the end of what they close."""
    found: list[str] = []
    for piece in pieces:
        closers = _CLOSERS.match(piece) if found else None
        size = closers.end() if closers else 0
        if size:
            found[-1] += piece[:size]
        found.append(piece[size:])
    return found


def _at_joins(piece: str) -> Iterator[str]:
    start = 0
    for match in _JOINS.finditer(piece):
        left, right = piece[start : match.start()], piece[match.end() :]
        if len(left.split()) >= MIN_WORDS <= len(right.split()):
            yield left
            start = match.end()
    yield piece[start:]
