"""What stands more than once on one side of a text, and why that may be.

Three kinds that have no partner on the other side, if that does not repeat it too: a
block that was pasted twice; a table of contents, whose lines stand again as headings; a
running head, which stood on every page. An aligner can only leave them alone or, worse,
give them the partners of what they repeat, so the user should know.

Cost: linear in the text, by hashing of lines and of pairs of lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from aligner.lang.pages import page_furniture
from aligner.span import Span

RepeatKind = Literal["block", "contents", "head"]

_LEAST_BLOCK: Final = 60  # characters of a block of three sentences or more
_LEAST_PAIR: Final = 120  # of one of two
_LEAST_CONTENTS: Final = 4  # lines of a table of contents
_LONGEST_LINE: Final = 80  # characters of a heading or head
_LEAST_HEADS: Final = 4  # places of a running head
_LEAST_GAP: Final = 5  # sentences between two places of a running head
_LEADERS: Final = re.compile(r"[\s.·…⋯]*[(（]?[0-9０-９]{0,4}[)）]?\Z")
_DIGITS: Final = re.compile(r"[0-9０-９]+")
_RUNNING: Final = re.compile(r"[。！？!?；;]|[^.]\.\Z|[,，:：、]\Z")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that stands more than once among the sentences of a text."""

    kind: RepeatKind
    first: Span  # sentences, counted from 0; of a running head its first place
    again: Span  # where it stands again: all headings of a table of contents, the last head
    times: int  # how often


def repeats(lines: Sequence[str]) -> tuple[Repeat, ...]:
    """Return what stands more than once, each kind in order, no block inside another.

    Args:
        lines: The sentences of one side.
    """
    keys = [" ".join(line.split()).casefold() for line in lines]
    found = [*_blocks(keys), *_contents(keys), *_heads(lines, keys)]
    return tuple(sorted(found, key=lambda one: (one.first.start, one.again.start)))


def _blocks(keys: Sequence[str]) -> Iterator[Repeat]:
    """Yield the runs of two or more lines that stand again, the longest ones."""
    seen: dict[tuple[str, str], int] = {}
    first, start, stop = -1, -1, -1  # of the run that is open: its first place, and this one
    for at, pair in enumerate(pairwise(keys)):
        before = seen.get(pair, -1)
        seen[pair] = at
        if start >= 0 and before >= 0 and before - first == at - start:
            stop = at + 2
            continue
        yield from _block(keys, first, start, stop)
        first, start, stop = (before, at, at + 2) if before >= 0 else (-1, -1, -1)
    yield from _block(keys, first, start, stop)


def _block(keys: Sequence[str], first: int, start: int, stop: int) -> Iterator[Repeat]:
    size = min(stop - start, start - first)  # what overlaps itself is counted once
    least = _LEAST_BLOCK if size > 2 else _LEAST_PAIR
    if start >= 0 and size >= 2 and sum(map(len, keys[start : start + size])) >= least:
        yield Repeat("block", Span(first, first + size), Span(start, start + size), 2)


def _contents(keys: Sequence[str]) -> Iterator[Repeat]:
    """Yield the runs of short lines that stand again behind the run, in order and apart."""
    plain = [_LEADERS.sub("", key) for key in keys]
    last = {key: at for at, key in enumerate(plain)}
    run: list[int] = []  # where the lines of the run stand again
    for at, key in enumerate([*plain, ""]):
        again = last.get(key, -1) if _is_heading(key) else -1
        if again > at and (not run or again > run[-1]):
            run.append(again)
            continue
        span = Span(at - len(run), at)
        apart = len(run) >= _LEAST_CONTENTS and run[-1] - run[0] >= 2 * len(run)
        if apart and run[0] >= span.stop:
            yield Repeat("contents", span, Span(run[0], run[-1] + 1), 2)
        run = [again] if again > at else []


def _heads(lines: Sequence[str], keys: Sequence[str]) -> Iterator[Repeat]:
    """Yield the lines that stood on every page."""
    sure = page_furniture(lines)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if at in sure or _is_heading(key):
            places[_DIGITS.sub("#", key)].append(at)
    for its in places.values():
        gaps = sorted(b - a for a, b in pairwise(its))
        often = len(its) >= _LEAST_HEADS and gaps[len(gaps) // 4] >= _LEAST_GAP
        same = len({keys[at] for at in its}) == 1
        if its[0] in sure or (often and same):
            yield Repeat("head", _one(its[0]), _one(its[-1]), len(its))


def _is_heading(key: str) -> bool:
    return 1 < len(key) <= _LONGEST_LINE and not _RUNNING.search(key)


def _one(at: int) -> Span:
    return Span(at, at + 1)
