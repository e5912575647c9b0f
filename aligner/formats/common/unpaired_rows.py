"""The list of one-sided units beside a file whose format has no place for them.

`NAME.unpaired.tsv` is written by `aligner.formats.common.unpaired_list`, in the order of the
alignment. Its rows go back to where their numbers say, before the first unit with a
higher one; units without numbers leave them to the end of their document.

A list is read only for the file that says its mark. One of a version that knew no marks
is read for a file of such a version, with a note; any other is left out, with a note.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from aligner.errors import FormatError, ReadError
from aligner.filenames import shown
from aligner.formats.common.raw_pairs import (
    BitextHead,
    BitextSource,
    RawPair,
    RawSide,
    probability,
    side,
)
from aligner.formats.common.text_lines import open_text
from aligner.formats.common.unit_rows import unquoted
from aligner.formats.common.unpaired_list import LIST_COLUMNS, LIST_HEADS, NO_LIST, NOTED, beside
from aligner.messages import _

_SIDES: Final = ("zh", "en")
_Waiting = dict[str, deque[RawPair]]  # the rows of each document


def with_unpaired(
    pairs: Iterable[RawPair], source: BitextSource, head: BitextHead
) -> Iterator[RawPair]:
    """Yield the pairs of a file, and those of the list beside it in their places.

    Args:
        pairs: Of the file; its head has been read when the first is there.
        source: The file.
        head: What it says of itself; a note is added if a list is not read.

    Raises:
        FormatError: The list is damaged.
    """
    pairs = iter(pairs)
    first = list(_first(pairs))
    waiting = _waiting(source, head)
    doc: str | None = None
    for pair in chain(first, pairs):
        if doc is not None and pair.doc != doc:
            yield from waiting.pop(doc, ())
        doc = pair.doc
        rows = waiting.get(doc, deque())
        while rows and _stands_before(rows[0], pair):
            yield rows.popleft()
        yield pair
    yield from waiting.pop(doc or "", ())
    for rows in waiting.values():
        yield from rows


def _first(pairs: Iterator[RawPair]) -> Iterator[RawPair]:
    for pair in pairs:
        yield pair
        return


def _stands_before(row: RawPair, pair: RawPair) -> bool:
    return _lower(row.src, pair.src) or _lower(row.tgt, pair.tgt)


def _lower(row: RawSide, other: RawSide) -> bool:
    return row.first is not None and other.first is not None and row.first < other.first


def _waiting(source: BitextSource, head: BitextHead) -> _Waiting:
    """Return the rows that belong to a file, by document; none if the list is of another."""
    path = beside(source.path)
    try:
        there = path.is_file()
    except OSError:  # the name is too long for a list to be there
        there = False
    if not there:
        if head.unpaired not in {None, NO_LIST}:
            head.notes += (
                _("{path}: the list of units without partner is not there").format(
                    path=shown(path)
                ),
            )
        return {}
    found, note = _read(BitextSource(path, shown(path)), source, head.unpaired)
    if note:
        head.notes += (f"{shown(path)}: {note}",)
    return found


def _read(source: BitextSource, owner: BitextSource, mark: str | None) -> tuple[_Waiting, str]:
    """Return the rows of a list, and a note if it cannot be told that they belong there."""
    try:
        lines = [line.rstrip("\r\n").split("\t") for line in open_text(source).lines]
    except ReadError:  # an empty file, or no text
        lines = [[]]
    bound = lines[0] in LIST_HEADS
    columns = NOTED if lines[0] == LIST_HEADS[1] else LIST_COLUMNS
    if not bound and lines[0] != [*LIST_COLUMNS]:
        return {}, _("was left out: it is not a list of units without partner")
    rows = lines[1:]
    if bound and rows and all(row[-1] != mark for row in rows):
        return {}, _("was left out: it does not belong to {name}").format(name=owner.name)
    if not bound and rows and mark is not None:
        return {}, _("was left out: it is of an earlier run, and not of {name}").format(
            name=owner.name
        )
    found: _Waiting = {}
    for number, row in enumerate(rows, start=2):
        cells = [unquoted(cell) for cell in row[:-1]] if bound else row
        if len(cells) != len(columns) or cells[1] not in _SIDES or (bound and row[-1] != mark):
            raise FormatError(
                _("{name}:{number}: is not a row of {list_columns}").format(
                    name=source.name, number=number, list_columns=", ".join(LIST_COLUMNS)
                ),
                hint=_("remove the file if it does not belong to the bitext beside it"),
            )
        _add(found.setdefault(cells[0], deque()), cells)
    if not bound and rows:
        return found, _("was read; it does not say that it belongs to {name}").format(
            name=owner.name
        )
    return found, ""


def _add(found: deque[RawPair], row: list[str]) -> None:
    """Add a row; the second side of a unit joins the first."""
    doc, name, ids, kind, p, span, text, *note = row
    filled, empty = side(text, ids, span), RawSide("", 0)
    pair = RawPair(filled, empty, probability(p), doc, note="".join(note))
    if name == "en":
        pair = pair._replace(src=empty, tgt=filled)
        if found and not kind.startswith("0-") and not found[-1].tgt.size:
            pair = found.pop()._replace(tgt=filled)
    found.append(pair)
