"""Blocks of lines that stand more than once in a text, word for word.

A run is a stretch of lines each of which equals the one so many lines above. A run longer than
that distance overlaps itself: the block was put there several times, one after the other.

Cost: linear in the text, by hashing of pairs of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

from aligner.span import Span

LEAST_COPIED: Final = 40  # columns of a block
_ROUND: Final = 4  # lines of a copy round one that differs
_LOOKED_BACK: Final = 256  # lines before the place where a run was noticed

Copies = tuple[Span, ...]  # of one block, in order; none overlaps another


@dataclass(slots=True)
class _Run:
    """Lines start..stop-1 equal those `distance` above."""

    start: int
    stop: int
    distance: int

    def goes_on(self, keys: Sequence[str], at: int) -> bool:
        """Tell whether it goes on behind one line that differs, in the same copy."""
        end = min(len(keys), self.start + self.distance)
        before = self._same(keys, range(at - 1, self.start - 1, -1))
        behind = self._same(keys, range(at + 1, end))
        return before > 0 < behind and before + behind >= _ROUND

    def _same(self, keys: Sequence[str], lines: Sequence[int]) -> int:
        """Return how many of the first lines are the same above, as far as that is asked."""
        found = 0
        for line in lines[:_ROUND]:
            if keys[line] != keys[line - self.distance]:
                break
            found += 1
        return found

    def copies(self) -> Copies:
        size = min(self.distance, self.stop - self.start)
        times = 1 + (self.stop - self.start) // size
        first = self.start - self.distance
        places = (first + n * self.distance for n in range(times))
        return tuple(Span(at, at + size) for at in places)


def same_lines(lines: Iterable[str]) -> list[str]:
    """Return lines such that those that differ in blanks and letter case only are equal."""
    return [" ".join(line.split()).casefold() for line in lines]


def columns(lines: Iterable[str]) -> int:
    """Return how wide lines are together: a Chinese character counts as two letters.

    >>> columns(["第一章", "Part 1"])
    12
    """
    return sum(1 + (east_asian_width(c) in "WF") for line in lines for c in line)


def copied_blocks(
    keys: Sequence[str], least: int = LEAST_COPIED, *, changed: bool = True
) -> tuple[Copies, ...]:
    """Return the blocks of two or more lines that stand again, and single ones that do at once.

    Args:
        keys: The lines, as `same_lines` gives them.
        least: Columns of a block.
        changed: Whether single lines of a copy may differ, where those round them do not.

    >>> copied_blocks(["a", "b", "b", "c", "d", "x", "c", "d"], least=1)
    ((Span(start=1, stop=2), Span(start=2, stop=3)), (Span(start=3, stop=5), Span(start=6, stop=8)))
    """
    ends: dict[Span, int] = {}  # the number of the block whose last copy a span is
    found: list[list[Span]] = []
    for run in _runs(keys, changed=changed):
        first, *others = run.copies()
        if columns(keys[slice(*first)]) < least:
            continue
        number = ends.pop(first, len(found))
        if number == len(found):
            found.append([first])
        found[number] += others
        ends[others[-1]] = number
    return tuple(map(tuple, found))


def _runs(keys: Sequence[str], *, changed: bool) -> Iterator[_Run]:
    """Yield the runs in order; of those that overlap, the longer one."""
    runs: list[_Run] = []
    seen: dict[tuple[str, str], int] = {}
    pairs = [*pairwise(keys), None]
    run: _Run | None = None
    for at, pair in enumerate(pairs):
        before = seen.get(pair, -1) if pair else -1
        if pair:
            seen[pair] = at
        if run and keys[at] == keys[at - run.distance]:
            run.stop = at + 1
            continue
        if run and changed and run.goes_on(keys, at):
            continue
        run = None
        if before < 0 and at and keys[at] == keys[at - 1]:
            before = at - 1
        if before >= 0:
            run = _begun(keys, at, at - before, runs)
            runs.append(run)
    yield from runs


def _begun(keys: Sequence[str], at: int, distance: int, runs: list[_Run]) -> _Run:
    """Return the run that holds a line, in place of the last ones if it holds these."""
    start = at
    least = max(distance, at - _LOOKED_BACK)
    while start > least and keys[start - 1] == keys[start - 1 - distance]:
        start -= 1
    while runs and start <= runs[-1].start:
        runs.pop()
    if runs:
        start = min(at, max(start, runs[-1].stop))
    return _Run(start, at + 1, distance)
