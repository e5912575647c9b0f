"""Which unit of the original each row of an edited file comes from, and in what order.

A row is known by its id; without one, by both its texts, or by one of them if that is
the text of no other unit. Any other row is new, and stands behind the row before it.
Rows are put into the order of the original: a table may have been sorted.

Cost: n log n for n rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aligner.bitext import Unit
from aligner.formats.common.raw_pairs import RawPair
from aligner.formats.common.unit_id import digest_of, taken_apart


class PlacedRow(NamedTuple):
    """A row of the edited file, and where it belongs."""

    pair: RawPair
    line: int
    unit: int | None  # of the original, from 0; None for a row that is new
    after: int  # the unit behind which a new row stands; its own unit for any other
    is_copy: bool = False  # an earlier row has the same id
    is_strange: bool = False  # it has an id that no unit of the original has


def placed_rows(pairs: Iterable[RawPair], units: Sequence[Unit]) -> list[PlacedRow]:
    """Return the rows of an edited file in the order of the original.

    Args:
        pairs: The rows, in their order.
        units: Of the original, in theirs.
    """
    rows = [
        (pair, pair.number or number) for number, pair in enumerate(pairs, start=1)
    ]  # files that are no tables count their units
    index = _Index(units)
    owners, strange = _by_id([pair for pair, _ in rows], index)
    index.take_texts([pair for pair, _ in rows], owners)
    placed, seen, after = list[PlacedRow](), set[int](), -1
    for (pair, line), owner, odd in zip(rows, owners, strange, strict=True):
        after = after if owner is None else owner
        placed.append(PlacedRow(pair, line, owner, after, owner in seen, odd))
        if owner is not None:
            seen.add(owner)
    return sorted(placed, key=lambda row: row.after)


def moved_rows(rows: Sequence[PlacedRow]) -> list[PlacedRow]:
    """Return the rows that stood elsewhere: the fewest whose move gives the order of the file.

    Args:
        rows: In the order of the original.

    Source: the longest increasing subsequence, by C. Schensted, "Longest Increasing and
    Decreasing Subsequences", 1961, as patience sorting.
    """
    tops: list[int] = []
    lasts: list[int] = []  # the row that ends the best sequence of each length
    before: list[int] = []
    for number, row in enumerate(rows):
        at = bisect_left(tops, row.line)
        before.append(lasts[at - 1] if at else -1)
        tops[at : at + 1] = [row.line]
        lasts[at : at + 1] = [number]
    kept, number = set[int](), lasts[-1] if lasts else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return [row for number, row in enumerate(rows) if number not in kept]


class _Index:
    """The units of the original by what a row may say of them."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.by_digest: dict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(units):
            self.by_digest[digest_of(unit.src, unit.tgt)].append(number)

    def find(self, id_: str) -> int | None:
        """Return the unit of an id: of several with its texts, the one nearest its number."""
        parts = taken_apart(id_)
        found = self.by_digest.get(parts.digest, []) if parts else []
        return min(found, key=lambda n: abs(n + 1 - parts.number), default=None) if parts else None

    def take_texts(self, pairs: Sequence[RawPair], owners: list[int | None]) -> None:
        """Find the unit of each row without an id by its texts, first by both of them."""
        taken = {owner for owner in owners if owner is not None}
        for key in (_both, _source, _target):
            free: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for number, unit in enumerate(self.units):
                if number not in taken:
                    free[key(unit.src, unit.tgt)].append(number)
            for at, pair in enumerate(pairs):
                wanted = key(pair.src.text, pair.tgt.text)
                found = free.get(wanted, []) if any(wanted) and not pair.id else []
                if owners[at] is None and found and (key is _both or len(found) == 1):
                    owner = owners[at] = found.pop(0)
                    taken.add(owner)


def _by_id(pairs: Sequence[RawPair], index: _Index) -> tuple[list[int | None], list[bool]]:
    """Return the unit of each row by its id, and whether an id is of no unit."""
    owners = [index.find(pair.id) for pair in pairs]
    return owners, [bool(p.id) and owner is None for p, owner in zip(pairs, owners, strict=True)]


def _both(src: str, tgt: str) -> tuple[str, ...]:
    return (plain(src), plain(tgt))


def _source(src: str, _tgt: str) -> tuple[str, ...]:
    return (plain(src),)


def _target(_src: str, tgt: str) -> tuple[str, ...]:
    return (plain(tgt),)


def plain(text: str) -> str:
    """Return a text without the white space that spreadsheet programs change."""
    return " ".join(text.split())


def documents(
    rows: Sequence[PlacedRow], units: Sequence[Unit]
) -> Iterator[tuple[str, list[PlacedRow]]]:
    """Yield the documents of the original in their order, each with its rows."""
    names = list(dict.fromkeys(unit.doc for unit in units))
    found: dict[str, list[PlacedRow]] = {name: [] for name in names}
    for row in rows:
        said = row.pair.doc if row.unit is None and row.pair.doc in found else ""
        found[said or units[max(row.after, 0)].doc].append(row)
    yield from found.items()
