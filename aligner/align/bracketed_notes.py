"""Hold notes in brackets against the other side: a translator seldom takes the brackets away.

A sentence that stands wholly in brackets, such as a note of the translator or of an editor, is
easily taken into the link of its neighbour: what it says is near by. But where it was
translated, words in brackets face it: so do all 28 such sentences that the development texts
link, those of the Bible left out, whose two sides were made from other languages. So a link
that holds one, and on its other side no words in brackets, is worth less by about that
(`BRACKET_COST`, a natural logarithm).

What is in brackets in a Chinese text counts if it holds a Chinese character, since the names
of a translated text often stand there in Latin letters; in an English one, if it holds two
words, since an abbreviation stands there as often.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.align.band import Band
from aligner.align.lattice import Scores
from aligner.align.shapes import shape_array

BRACKET_COST: Final = np.float32(3.0)

Longs = NDArray[np.int64]

_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕"}
_END: Final = re.compile(r"[\s.。!！?？;；]*\Z")
_ASIDE: Final = (
    re.compile(r"[(（\[［【〔][^)）\]］】〕]*[\u3400-\u9fff]"),
    re.compile(
        r"[(（\[［【〔][^)）\]］】〕]*[^\W\d_]{2}[^)）\]］】〕]*\s[^)）\]］】〕]*[^\W\d_]{2}"
    ),
)


def in_brackets(text: str) -> bool:
    """Tell whether a sentence stands in one pair of brackets.

    >>> in_brackets("（译者注：一亩约合六百六十七平方米。）"), in_brackets("(a) roads (and paths)")
    (True, False)
    """
    core = _END.sub("", text).lstrip()
    close = _PAIRS.get(core[:1])
    if close is None or core[-1] != close:
        return False
    depth = 0
    for at, mark in enumerate(core):
        depth += (mark == core[0]) - (mark == close)
        if not depth:
            return at == len(core) - 1
    return False


def without_lone_notes(
    scores: Scores, band: Band, src_texts: Sequence[str], tgt_texts: Sequence[str]
) -> Scores:
    """Return the scores with links of sentences in brackets that face none made less likely.

    Cost: linear in the text, and in the band if there are any.
    """
    texts = src_texts, tgt_texts
    notes = [_counts([in_brackets(text) for text in side]) for side in texts]
    if not notes[0][-1] and not notes[1][-1]:
        return scores
    facing = [
        _counts([aside.search(text) is not None for text in side])
        for side, aside in zip(texts, _ASIDE, strict=True)
    ]
    edges = scores.edges.copy()
    rows = np.repeat(np.arange(len(band.low)), band.high - band.low + 1)
    columns = np.arange(len(rows)) - band.offset[rows] + band.low[rows]
    starts = rows, columns
    for kind, shape in enumerate(shape_array().tolist()):
        stops = [
            np.minimum(at + size, len(side))
            for at, size, side in zip(starts, shape, texts, strict=True)
        ]
        held, faced = (
            [sums[b] > sums[a] for sums, a, b in zip(of, starts, stops, strict=True)]
            for of in (notes, facing)
        )
        lone = (held[0] & ~faced[1]) | (held[1] & ~faced[0])
        edges[lone, kind] -= BRACKET_COST
    return replace(scores, edges=edges)


def _counts(flags: Sequence[bool]) -> Longs:
    """Return how many of the first sentences have a flag. Shape (sentences + 1,)."""
    found: Longs = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    return found
