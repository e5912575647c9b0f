"""The units of a bitext as flat rows, shared by the formats that are tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NamedTuple, Protocol

from aligner.bitext import Span, Unit
from aligner.export.files import write_lines


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
    def signature(self) -> str:
        """What the bitext was made with."""

    def units(self) -> Iterator[Unit]:
        """Yield the units in their order; each call begins anew."""


_SURROGATE = re.compile("[\ud800-\udfff]")
_SPOOL = 1_000_000  # characters
_UNPAIRED = "doc\tside\tids\tkind\tp\tspan\ttext\n"


class Row(NamedTuple):
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


def rows(bitext: Units) -> Iterator[Row]:
    """Yield every unit as a row, one-sided ones too."""
    return map(row, bitext.units())


def row(unit: Unit) -> Row:
    """Return a unit as a row."""
    return Row(
        doc=sound(unit.doc),
        src=sound(unit.src),
        tgt=sound(unit.tgt),
        src_ids=ids_text(unit.src_ids),
        tgt_ids=ids_text(unit.tgt_ids),
        kind=unit.kind,
        p=round(unit.p, 4),
        src_span=span_text(unit.src_span),
        tgt_span=span_text(unit.tgt_span),
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


def two_sided(unit: Unit) -> bool:
    """Tell whether both sides have text to show; white space alone is none."""
    return bool(unit.src.strip() and unit.tgt.strip())


class Aside:
    """The list of the units that a format has no place for, NAME.unpaired.tsv.

    Columns: doc, side, ids, kind, p, span, text. If there are none, no file is made, but
    one of an earlier run is emptied of its rows. Rows wait on disk if they are many.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = SpooledTemporaryFile(  # noqa: SIM115 - closed by `written`
            _SPOOL, "w+", encoding="utf-8", errors="replace", newline=""
        )

    def two_sided(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield the units with text on both sides, and keep the rows of the others."""
        for unit in units:
            if two_sided(unit):
                yield unit
            else:
                self._rows.writelines(_unpaired_rows(unit))

    def written(self) -> tuple[Path, ...]:
        """Write the list, if there is anything to list; return its path if it was."""
        with self._rows as rows:
            if not rows.tell() and not self._path.exists():
                return ()
            rows.seek(0)
            return (write_lines(self._path, chain([_UNPAIRED], rows)),)


def _unpaired_rows(unit: Unit) -> Iterator[str]:
    sides = (
        ("zh", unit.src_ids, unit.src_span, unit.src),
        ("en", unit.tgt_ids, unit.tgt_span, unit.tgt),
    )
    for side, ids, span, text in sides:
        if ids:
            place = (ids_text(ids), unit.kind, f"{unit.p:.4f}", span_text(span))
            yield "\t".join((one_line(unit.doc), side, *place, one_line(text))) + "\n"


def beside(path: Path) -> Path:
    """Return where the units without partner of an output go."""
    return path.with_name(f"{path.stem}.unpaired.tsv")
