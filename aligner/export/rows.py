"""The units of a bitext as flat rows, shared by the formats that are tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aligner.bitext import Bitext, Span, Unit
from aligner.export.files import write_text


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


def rows(bitext: Bitext) -> Iterator[Row]:
    """Yield every unit as a row, one-sided ones too."""
    return map(row, bitext.units())


def row(unit: Unit) -> Row:
    """Return a unit as a row."""
    return Row(
        doc=unit.doc,
        src=unit.src,
        tgt=unit.tgt,
        src_ids=ids_text(unit.src_ids),
        tgt_ids=ids_text(unit.tgt_ids),
        kind=unit.kind,
        p=round(unit.p, 4),
        src_span=span_text(unit.src_span),
        tgt_span=span_text(unit.tgt_span),
    )


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


def write_unpaired(bitext: Bitext, path: Path) -> tuple[Path, ...]:
    """Write the sides of the units that are not two-sided as a table to `path`.

    Columns: doc, side, ids, kind, p, span, text. If there are none, no file is made, but
    one of an earlier run is emptied of its rows.
    """
    lines = ["doc\tside\tids\tkind\tp\tspan\ttext"]
    for unit in bitext.units():
        if two_sided(unit):
            continue
        sides = (
            ("zh", unit.src_ids, unit.src_span, unit.src),
            ("en", unit.tgt_ids, unit.tgt_span, unit.tgt),
        )
        for side, ids, span, text in sides:
            if ids:
                place = (ids_text(ids), unit.kind, f"{unit.p:.4f}", span_text(span))
                lines.append("\t".join((unit.doc, side, *place, one_line(text))))
    if len(lines) == 1 and not path.exists():
        return ()
    return (write_text(path, "\n".join(lines) + "\n"),)


def beside(path: Path) -> Path:
    """Return where the units without partner of an output go."""
    return path.with_name(f"{path.stem}.unpaired.tsv")
