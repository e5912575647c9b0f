"""Keep running heads and page numbers out of the links of sentences.

What stood on every page has its like on the other side or no partner at all, whatever
it resembles. So every step that would begin or end a link with such a line costs so
much that none is taken, unless one of these faces one of the other side. Inside a link
they may stand: a sentence can go on over a page's end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from aligner.align.band import Band
from aligner.align.lattice import Scores
from aligner.align.shapes import shape_array
from aligner.lang.pages import page_furniture

COST = np.float32(40.0)  # natural logarithm: less likely than anything that is likely


def without_page_lines(
    scores: Scores, band: Band, src_texts: Sequence[str], tgt_texts: Sequence[str]
) -> Scores:
    """Return the scores with links of page lines and sentences made unlikely.

    Cost: linear in the text, and in rows or columns for each page line.
    """
    zh, en = page_furniture(src_texts), page_furniture(tgt_texts)
    if not zh and not en:
        return scores
    edges = scores.edges.copy()
    barred = np.zeros(edges.shape, dtype=bool)
    rows = np.arange(len(band.low))
    for kind, (x, y) in enumerate(shape_array().tolist()):
        for s in _starts(zh, x, len(src_texts)):
            barred[band.offset[s] : _stop(band, s), kind] = True
        for t in _starts(en, y, len(tgt_texts)):
            inside = rows[(band.low <= t) & (t <= band.high)]
            barred[band.offset[inside] + t - band.low[inside], kind] = True
        if x == y == 1:
            for s in zh:
                likes = np.array([t for t in en if band.low[s] <= t <= band.high[s]], dtype=int)
                barred[band.offset[s] + likes - band.low[s], kind] = False
    edges[barred] -= COST
    return replace(scores, edges=edges)


def _starts(lines: Collection[int], size: int, count: int) -> Iterator[int]:
    """Yield where the runs of a size begin that a page line begins or ends."""
    for line in lines:
        yield from {at for at in (line, line - size + 1) if 0 <= at <= count - size}


def _stop(band: Band, row: int) -> int:
    return int(band.offset[row]) + int(band.high[row] - band.low[row]) + 1
