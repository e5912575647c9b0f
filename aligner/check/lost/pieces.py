"""Cut the texts of a unit into what may be left out: clauses, and sentences of several.

A clause ends after , ; : — and their full-width forms, and where a line ended, as that of a
heading does. What is too short to say something by itself goes with what follows. A sentence
is a candidate of its own where the unit has more than one, and so is a member of a list with 、.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
_LISTED: Final = re.compile("、")
_SIZES: Final = {"zh": re.compile(r"[^\W_a-zA-Z\d]|[a-zA-Z\d]+"), "en": re.compile(r"[^\W_]+")}
LEAST_SIZE: Final = {"zh": 4, "en": 3}  # characters, words


def size(text: str, lang: Lang) -> int:
    """Return how many Han characters and words a text has.

    >>> size("新馆2019年开放", "zh"), size("It opened in 2019.", "en")
    (6, 4)
    """
    return len(_SIZES[lang].findall(text))


def clauses(text: str, lang: Lang, edges: Sequence[int] = ()) -> list[Span]:
    """Return the clauses of a text, in order, without gaps; one if it has no inner cut.

    Args:
        text: Of one side of a unit.
        lang: Its language.
        edges: Offsets at which the text is cut in any case.

    >>> [tuple(span) for span in clauses("是的，他来了，我们却没有看见他。", "zh")]
    [(0, 7), (7, 16)]
    """
    return _joined(text, [match.end() for match in _CUTS[lang].finditer(text)], lang, edges)


def sentences(text: str, lang: Lang, edges: Sequence[int] = ()) -> list[Span]:
    """Return the sentences of a text, in order, without gaps."""
    return _joined(text, [match.end() for match in _ENDS[lang].finditer(text)], lang, edges)


def line_edges(places: NDArray[np.int32]) -> list[int]:
    """Return where a line of the document ends inside a text.

    Args:
        places: For each character of the text, its place in the document.
    """
    found: list[int] = (np.flatnonzero(np.diff(places) > 1) + 1).tolist()
    return found


def candidates(text: str, lang: Lang, edges: Sequence[int] = ()) -> list[Span]:
    """Return what may be left out of a text: nothing if it has only one clause.

    >>> [tuple(span) for span in candidates("馆内有图书借阅处、儿童阅览室和展厅。", "zh")]
    [(0, 9), (9, 18)]
    """
    parts = clauses(text, lang, edges)
    found = dict.fromkeys(parts if len(parts) > 1 else ())
    wholes = sentences(text, lang, edges)
    if len(wholes) > 1:
        found |= dict.fromkeys(wholes)
    listed = [match.end() for match in _LISTED.finditer(text)] if lang == "zh" else []
    if listed:
        cuts = sorted({*listed, *(part.stop for part in parts)})
        found |= dict.fromkeys(_joined(text, cuts, lang, edges))
    return list(found)


def _joined(text: str, cuts: Sequence[int], lang: Lang, edges: Sequence[int]) -> list[Span]:
    """Return the spans between cuts; a short one goes with the next, the last with the former."""
    fixed = frozenset(edge for edge in edges if 0 < edge < len(text))
    found = [0]
    for cut in sorted({*cuts, *fixed}):
        # before a fixed edge a single character is something, such as a short heading
        least = 1 if cut in fixed and found[-1] in {0, *fixed} else LEAST_SIZE[lang]
        enough = size(text[found[-1] : cut], lang) >= least
        if enough and cut > found[-1]:
            found.append(cut)
    if len(found) > 1 and size(text[found[-1] :], lang) < LEAST_SIZE[lang]:
        found.pop()
    return [Span(a, b) for a, b in pairwise([*found, len(text)])]
