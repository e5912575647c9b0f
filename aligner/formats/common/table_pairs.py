"""The rows of a table to pairs: what all bitexts that are tables are read with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final, TypeAlias

from aligner.formats.common.bitext_columns import SAMPLE_ROWS, Cells, cell, head_at, layout_of
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair, is_empty
from aligner.messages import N_, _

Rows: TypeAlias = Iterator[tuple[int, Cells]]  # with the numbers of their lines
RowReader: TypeAlias = Callable[[BitextSource, BitextHead], Rows]

_TITLE: Final = N_("what stands above the head of the table is not read: {}")
_UNCLEAR: Final = N_("row {}: what stands under confirmed is neither yes nor no, and counts as no")


def table_pairs(
    rows: Iterable[tuple[int, Cells]], source: BitextSource, head: BitextHead
) -> Iterator[RawPair]:
    """Yield the rows of a table as pairs; rows without text are passed over.

    Args:
        rows: With their line numbers; the first may be the head.
        source: The file.
        head: Is told of columns that are not read.

    Raises:
        FormatError: There are no two columns of text.
        LanguageError: They are not one Chinese and one English.
    """
    filled = ((line, row) for line, row in rows if any(_cells(row)))
    sample = list(islice(filled, SAMPLE_ROWS))
    if not sample:
        return
    if at := head_at([row for _other, row in sample]):
        _tell_title(sample[:at], head)
        sample = sample[at:]
    first = sample[0][1]
    names = list(first)
    width = None if isinstance(first, dict) else len(names)
    layout = layout_of(
        names,
        [row for _other, row in sample],
        name=source.name,
        langs=source.langs,
        codes=source.codes,
    )
    head.tell(*layout.unread)
    head.other_columns = layout.useless
    head.may_have_notes = "note" in layout.others
    said = layout.others.get("confirmed")  # the column where a person says so
    skipped = int(layout.head and not isinstance(first, dict))
    for line, row in islice(chain(sample, filled), skipped, None):
        if width is not None and any(beyond := list(_cells(row))[width:]):
            head.cut_off(line, beyond)
        pair = layout.pair(row, f"{source.name}:{line}")
        if not is_empty(pair):
            if said is not None and pair.confirmed is None and cell(row, said):
                head.tell(_(_UNCLEAR).format(line))
            yield pair._replace(number=line)


def _tell_title(rows: Sequence[tuple[int, Cells]], head: BitextHead) -> None:
    """Name what stands above the head of a table."""
    texts = (" ".join(str(value) for value in _cells(row) if value) for _line, row in rows)
    head.tell(_(_TITLE).format("; ".join(texts)))


def _cells(row: Cells) -> Iterable[Any]:
    return row.values() if isinstance(row, dict) else row
