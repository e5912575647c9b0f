"""Links to beads: a bitext runs in one direction and uses every sentence once.

Links that cross or leave out a sentence between two of theirs are joined into the
smallest run that holds them, as unlikely as the least likely of them, and a sentence
without any link stands alone.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from aligner.bitext import Bead
from aligner.formats.common.link_lines import Link
from aligner.span import Span

_NOWHERE: Final = sys.maxsize  # in the order of the file
_Alone: TypeAlias = dict[int, tuple[int, Span, float]]  # first number: order, run, p


class _Piece(NamedTuple):
    """A one-sided bead to be."""

    order: int  # of its link in the file
    span: Span
    p: float


def beads_of(links: Iterable[Link], n_src: int, n_tgt: int) -> tuple[Bead, ...]:
    """Return links as beads that use every sentence once, in order.

    >>> [bead.kind for bead in beads_of([Link((0,), (1,)), Link((1,), (0,))], 3, 2)]
    ['2-2', '1-0']

    Cost: that of sorting.
    """
    runs: list[Bead] = []
    alone: tuple[_Alone, _Alone] = ({}, {})
    for order, link in enumerate(links):
        p = 1.0 if link.p is None else link.p
        if link.is_null:
            for side, numbers in zip(alone, (link.src, link.tgt), strict=True):
                side |= {run.start: (order, run, p) for run in _runs(numbers)}
        else:
            runs.append(Bead(_hull(link.src), _hull(link.tgt), p))
    return tuple(_filled(_uncrossed(runs), alone, n_src, n_tgt))


def _hull(numbers: tuple[int, ...]) -> Span:
    return Span(numbers[0], numbers[-1] + 1)


def _runs(numbers: Iterable[int]) -> Iterator[Span]:
    """Yield the runs of neighbours in rising numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield _hull(tuple(number for _, number in run))


def _uncrossed(beads: Iterable[Bead]) -> list[Bead]:
    """Return beads in order, those that cross joined."""
    found: list[Bead] = []
    for bead in sorted(beads, key=lambda b: (b.src, b.tgt)):
        joined = bead
        while found and _crosses(found[-1], joined):
            joined = _joined(found.pop(), joined)
        found.append(joined)
    return found


def _crosses(a: Bead, b: Bead) -> bool:
    return a.src.stop > b.src.start or a.tgt.stop > b.tgt.start


def _joined(a: Bead, b: Bead) -> Bead:
    src = Span(min(a.src.start, b.src.start), max(a.src.stop, b.src.stop))
    tgt = Span(min(a.tgt.start, b.tgt.start), max(a.tgt.stop, b.tgt.stop))
    return Bead(src, tgt, min(a.p, b.p))


def _filled(
    runs: Sequence[Bead], alone: tuple[_Alone, _Alone], n_src: int, n_tgt: int
) -> Iterator[Bead]:
    """Yield the runs, and one-sided beads for what lies between them."""
    src = tgt = 0
    end = Bead(Span(n_src, n_src), Span(n_tgt, n_tgt), 1.0)
    for run in (*runs, end):
        left = deque(_gap(Span(src, run.src.start), alone[0]))
        right = deque(_gap(Span(tgt, run.tgt.start), alone[1]))
        while left or right:  # in the order of the file, as far as that of the sentences allows
            if left and (not right or left[0].order <= right[0].order):
                piece = left.popleft()
                src = piece.span.stop
                yield Bead(piece.span, Span(tgt, tgt), piece.p)
            else:
                piece = right.popleft()
                tgt = piece.span.stop
                yield Bead(Span(src, src), piece.span, piece.p)
        if run is not end:
            yield run
        src, tgt = run.src.stop, run.tgt.stop


def _gap(gap: Span, alone: _Alone) -> Iterator[_Piece]:
    """Yield the pieces of a gap: what stands alone in a line, and single sentences."""
    at = gap.start
    while at < gap.stop:
        order, span, p = alone.get(at, (_NOWHERE, Span(at, at + 1), 1.0))
        yield _Piece(order, Span(at, min(span.stop, gap.stop)), p)
        at = min(span.stop, gap.stop)
