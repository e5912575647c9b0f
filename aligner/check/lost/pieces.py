"""Cut the texts of a unit into what may be left out: clauses, and sentences of several.

A clause ends after , ; : — and their full-width forms; 、 only lists. What is too short to
say something by itself goes with what follows. A sentence is a candidate of its own where
the unit has more than one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from aligner.span import Lang, Span

_CLOSERS: Final = "”’」』）》】)\\]\"'"
_CUTS: Final = {
    "zh": re.compile(rf"(?:[，；：。！？…—;!?]|[,:](?!\d))+[{_CLOSERS}]*"),
    "en": re.compile(rf"[,;:.!?…]+[{_CLOSERS}]*(?=\s)|—"),
}
_ENDS: Final = {
    "zh": re.compile(rf"[。！？!?]+[{_CLOSERS}]*"),
    "en": re.compile(rf"[.!?。！？]+[{_CLOSERS}]*(?=\s)"),
}
_SIZES: Final = {"zh": re.compile(r"[^\W_a-zA-Z\d]|[a-zA-Z\d]+"), "en": re.compile(r"[^\W_]+")}
_LEAST: Final = {"zh": 4, "en": 3}  # characters, words


def size(text: str, lang: Lang) -> int:
    """Return how many Han characters and words a text has.

    >>> size("新馆2019年开放", "zh"), size("It opened in 2019.", "en")
    (6, 4)
    """
    return len(_SIZES[lang].findall(text))


def clauses(text: str, lang: Lang) -> list[Span]:
    """Return the clauses of a text, in order, without gaps; one if it has no inner cut.

    >>> [tuple(span) for span in clauses("是的，他来了，我们却没有看见他。", "zh")]
    [(0, 7), (7, 16)]
    """
    return _joined(text, [match.end() for match in _CUTS[lang].finditer(text)], lang)


def sentences(text: str, lang: Lang) -> list[Span]:
    """Return the sentences of a text, in order, without gaps."""
    return _joined(text, [match.end() for match in _ENDS[lang].finditer(text)], lang)


def candidates(text: str, lang: Lang) -> list[Span]:
    """Return what may be left out of a text: nothing if it has only one clause."""
    parts = clauses(text, lang)
    if len(parts) == 1:
        return []
    wholes = sentences(text, lang)
    return parts if len(wholes) == 1 else [*parts, *(s for s in wholes if s not in parts)]


def _joined(text: str, cuts: list[int], lang: Lang) -> list[Span]:
    """Return the spans between cuts; a short one goes with the next, the last with the former."""
    edges = [0]
    for cut in cuts:
        if size(text[edges[-1] : cut], lang) >= _LEAST[lang]:
            edges.append(cut)
    if len(edges) > 1 and size(text[edges[-1] :], lang) < _LEAST[lang]:
        edges.pop()
    return [Span(a, b) for a, b in pairwise([*edges, len(text)])]
