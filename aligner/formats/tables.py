"""Bitexts in TSV, CSV and JSON Lines: one unit a line.

In TSV a cell is what stands between tabs. One that is in quotation marks, with each `"`
inside doubled, loses them; any other `"` is part of the text, as many programs write
it. CSV has quotation marks as in RFC 4180, with commas, semicolons, tabs or bars between
cells. JSON Lines has an object a line, with the texts under their names or in an object
of languages:
`{"translation": {"zh": .., "en": ..}}`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from aligner.errors import FormatError
from aligner.formats.common.bitext_columns import SAMPLE, Cells, layout_of
from aligner.formats.common.delimiter import LOOK, delimiter_of
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair, is_empty
from aligner.formats.common.text_lines import LONGEST_LINE, open_text

_NESTED = "translation"


def read_tsv(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a table with tabs."""
    return table_pairs(tsv_rows(source, head), source)


def read_csv(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a table with commas or semicolons."""
    return table_pairs(csv_rows(source, head), source)


def read_jsonl(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a file with an object a line."""
    return table_pairs(jsonl_rows(source, head), source)


def tsv_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each line, with its number."""
    text = open_text(source)
    head.encoding, head.notes = text.encoding, text.notes
    for number, line in enumerate(text.lines, start=1):
        yield number, [unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]


def unquoted(cell: str) -> str:
    """Return the text of a TSV cell.

    Only a cell with a doubled mark inside is known to be quoted: one that is simply in
    quotation marks may be a quotation.

    >>> unquoted('"a ""b"" c"'), unquoted('"a b"'), unquoted('"a" and "b"')
    ('a "b" c', '"a b"', '"a" and "b"')
    """
    if '""' not in cell or len(cell) < 4 or cell[0] != '"' or cell[-1] != '"':
        return cell
    inside = cell[1:-1]
    return inside.replace('""', '"') if '"' not in inside.replace('""', "") else cell


def csv_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each row, with the number of its last line."""
    text = open_text(source, newline="")
    head.encoding, head.notes = text.encoding, text.notes
    first = list(islice(text.lines, LOOK))
    mark = delimiter_of(first)
    # the limit holds for the whole process; only its default is too small for a text
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    reader = csv.reader(chain(first, text.lines), delimiter=mark, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FormatError(
                f"{source.name}:{reader.line_num}: is no CSV: {error}",
                hint='put texts with commas or quotation marks into "...", with "" for a mark',
            ) from error
        if row is None:
            return
        yield reader.line_num, row


def jsonl_rows(source: BitextSource, head: BitextHead) -> Iterator[tuple[int, Cells]]:
    """Yield the object of each line that is not blank, with its number."""
    text = open_text(source)
    head.encoding, head.notes = text.encoding, text.notes
    for number, line in enumerate(text.lines, start=1):
        if line.strip():
            yield number, _object(line, f"{source.name}:{number}")


def table_pairs(rows: Iterable[tuple[int, Cells]], source: BitextSource) -> Iterator[RawPair]:
    """Yield the rows of a table as pairs; rows without text are passed over.

    Args:
        rows: With their line numbers; the first may be the head.
        source: The file.

    Raises:
        FormatError: There are no two columns of text.
        LanguageError: They are not one Chinese and one English.
    """
    filled = ((line, row) for line, row in rows if any(_cells(row)))
    sample = list(islice(filled, SAMPLE))
    if not sample:
        return
    first = sample[0][1]
    names = list(first)
    layout = layout_of(names, [row for _, row in sample], name=source.name, langs=source.langs)
    skipped = int(layout.head and not isinstance(first, dict))
    for line, row in islice(chain(sample, filled), skipped, None):
        pair = layout.pair(row, f"{source.name}:{line}")
        if not is_empty(pair):
            yield pair


def _cells(row: Cells) -> Iterable[Any]:
    return row.values() if isinstance(row, dict) else row


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{where}: is no JSON: {error}", hint="write one JSON object a line"
        ) from error
    if not isinstance(value, dict):
        raise FormatError(
            f"{where}: holds {type(value).__name__}, not an object",
            hint='write one object a line, such as {"zh": "...", "en": "..."}',
        )
    nested = value.get(_NESTED)
    return nested if isinstance(nested, dict) else value
