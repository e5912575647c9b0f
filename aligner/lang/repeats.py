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

from aligner.lang.copied_blocks import columns, copied_blocks, same_lines
from aligner.lang.labels import head_label
from aligner.lang.pages import LEAST_PAGES, page_furniture
from aligner.span import Span

RepeatKind = Literal["block", "contents", "head"]

_LEAST_BLOCK: Final = 60  # columns of a block of three sentences or more
_LEAST_PAIR: Final = 120  # of one of two
_LEAST_CONTENTS: Final = 4  # lines of a table of contents
_LONGEST_LINE: Final = 80  # characters of a heading or head
_LEAST_HEADS: Final = 4  # places of a running head
_LEAST_GAP: Final = 5  # sentences between two places of a running head
_LEADERS: Final = re.compile(r"[\s.·…⋯]*[(（]?[0-9０-９]{0,4}[)）]?\Z")
_DIGITS: Final = re.compile(r"[0-9０-９]+")
# a page number before or behind a title: two words of letters or four Chinese characters
_TITLE: Final = r"(?=\D*(?:[^\W\d_]\W+[^\W\d_]|[\u3400-\u9fff]{4}))\D+"
_TITLED: Final = re.compile(rf"{_TITLE}([0-9０-９]{{1,4}})|([0-9０-９]{{1,4}}){_TITLE}")
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
    keys = same_lines(lines)
    found = [*_blocks(keys), *_contents(keys), *_heads(lines, keys)]
    return tuple(sorted(found, key=lambda one: (one.first.start, one.again.start)))


def _blocks(keys: Sequence[str]) -> Iterator[Repeat]:
    """Yield the runs of two or more lines that stand again, the longest ones."""
    for copies in copied_blocks(keys, _LEAST_BLOCK, changed=False):
        size = copies[0].size
        if size > 2 or (size == 2 and columns(keys[slice(*copies[0])]) >= _LEAST_PAIR):
            yield from (Repeat("block", first, again, 2) for first, again in pairwise(copies))


def _contents(keys: Sequence[str]) -> Iterator[Repeat]:
    """Yield the runs of short lines that stand again behind the run, in order and apart."""
    plain = [_LEADERS.sub("", key).lstrip("# ") for key in keys]
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
        if its[0] in sure or (often and (same or _counts_pages([keys[at] for at in its]))):
            yield Repeat("head", _one(its[0]), _one(its[-1]), len(its))


def _counts_pages(keys: Sequence[str]) -> bool:
    """Tell whether lines are a title with a page number: no label, a number that rises."""
    found = [_TITLED.fullmatch(key) for key in keys]
    if head_label(keys[0]) or not all(found):
        return False
    numbers = [int(one[1] or one[2]) for one in found if one]
    return all(0 < b - a <= LEAST_PAGES for a, b in pairwise(numbers))


def _is_heading(key: str) -> bool:
    return 1 < len(key) <= _LONGEST_LINE and not _RUNNING.search(key)


def _one(at: int) -> Span:
    return Span(at, at + 1)
