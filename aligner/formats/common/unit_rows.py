"""The units of a bitext as flat rows, shared by the formats that are tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple, Protocol

from aligner.bitext import Unit
from aligner.formats.common.clock_times import times_text
from aligner.span import Lang, Span


class Units(Protocol):
    """What a format writes: a bitext, or the units of a file that is read as they go."""

    @property
    def id(self) -> str:
        """Name of the bitext."""

    @property
    def src_lang(self) -> str:
        """BCP 47 code of the Chinese side."""

    @property
    def tgt_lang(self) -> str:
        """BCP 47 code of the English side."""

    @property
    def source(self) -> Lang:
        """Language of the original."""

    @property
    def signature(self) -> str:
        """What the bitext was made with."""

    @property
    def timed(self) -> bool:
        """Whether it is known when units are shown."""

    @property
    def noted(self) -> bool:
        """Whether a unit has a note of a person."""

    def units(self) -> Iterator[Unit]:
        """Yield the units in their order; each call begins anew."""


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_BATCH: Final = 20_000  # units


class UnitRow(NamedTuple):
    """One unit as text; p is a number with four decimals."""

    doc: str
    src: str
    tgt: str
    src_ids: str  # such as 3,4; counted from 0
    tgt_ids: str
    kind: str
    p: float
    src_span: str  # such as 10-52, characters of the document's text, 52 not included
    tgt_span: str
    src_times: str  # such as 00:01:02.500-00:01:04.000; empty but for subtitles
    tgt_times: str
    note: str  # of a person; a column only where there is one


TIME_COLUMNS: Final = ("src_times", "tgt_times")  # columns of subtitles alone
NOTE_COLUMN: Final = "note"


def needless(bitext: Units) -> tuple[str, ...]:
    """Return the columns that would be empty in every row of a table."""
    times = () if bitext.timed else TIME_COLUMNS
    return times if bitext.noted else (*times, NOTE_COLUMN)


def batches(bitext: Units) -> Iterator[list[Unit]]:
    """Yield the units in lists of 20,000; one empty list if there are none."""
    units = bitext.units()
    batch = list(islice(units, _BATCH))
    yield batch
    while batch := list(islice(units, _BATCH)):
        yield batch


def row(unit: Unit) -> UnitRow:
    """Return a unit as a row."""
    return UnitRow(
        doc=sound(unit.doc),
        src=sound(unit.src),
        tgt=sound(unit.tgt),
        src_ids=ids_text(unit.src_ids),
        tgt_ids=ids_text(unit.tgt_ids),
        kind=unit.kind,
        p=round(unit.p, 4),
        src_span=span_text(unit.src_span),
        tgt_span=span_text(unit.tgt_span),
        src_times=times_text(unit.src_times),
        tgt_times=times_text(unit.tgt_times),
        note=sound(unit.note),
    )


def sound(text: str) -> str:
    r"""Return a text that is UTF-8 when it is written: lone surrogates are U+FFFD.

    >>> sound("a\ud800") == "a\ufffd"
    True
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def ids_text(ids: tuple[int, ...]) -> str:
    """Return sentence numbers with commas."""
    return ",".join(map(str, ids))


def span_text(span: Span | None) -> str:
    """Return a span as `start-stop`; nothing for none."""
    return f"{span.start}-{span.stop}" if span else ""


def one_line(text: str) -> str:
    r"""Return a text in which every tab and line end is a blank.

    >>> one_line("a\tb\nc")
    'a b c'
    """
    return " ".join(text.replace("\t", " ").splitlines())


def tsv_cell(text: str) -> str:
    r"""Return a text as a cell of a TSV file.

    It never holds a tab or a line end. With a quotation mark in it, it stands in
    quotation marks itself, its own ones twice, as every reader of tables wants it.

    >>> print(tsv_cell('say "yes"\tor no'))
    "say ""yes"" or no"
    """
    text = one_line(text)
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


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
