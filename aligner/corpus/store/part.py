"""A part: one pair's bitext as a Parquet file, from which the bitext can be made again.

A row is a bead. Its columns are those of the format `parquet` of `aligner.formats.outputs`, and
for searching `src_key`, the Chinese text half-width, simplified and in lower case. The
rest is for making the bitext again:

    src_raw, tgt_raw    the document's text from the end of the last bead to that of this
    src_cuts, tgt_cuts  numbers: for each segment its paragraph, start, stop, the length
                        of its text, how many soft boundaries it has, and these

What holds for the whole stands in the file's metadata: `signature`, and as JSON `pair`,
both documents without their texts. No time and no folder of this machine is in it, so
that a part is the same bytes wherever and whenever the same versions make it.

polars is imported on first use: whoever only plans a batch does not wait for it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.corpus.store.seal import Checked, damaged, file_bytes
from aligner.errors import AlignmentError
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import gap
from aligner.messages import _
from aligner.span import Shown, Span

if TYPE_CHECKING:
    import polars as pl

TEXT_COLUMNS: Final = (
    "doc", "src", "tgt", "src_ids", "tgt_ids", "kind", "p", "src_span", "tgt_span", "src_key",
)  # fmt: skip
_HEAD: Final = 5  # numbers of a segment before its soft boundaries


def part_bytes(bitext: Bitext) -> bytes:
    """Return the part of a bitext. Cost: linear in its texts."""
    file = io.BytesIO()
    table(bitext).write_parquet(
        file,
        compression="zstd",
        statistics=False,
        metadata={"signature": bitext.signature, "pair": json.dumps(_pair(bitext))},
    )
    return file.getvalue()


def table(bitext: Bitext) -> pl.DataFrame:
    """Return the rows of a part."""
    import polars as pl

    from aligner.lang.shadow import shadow

    units = list(bitext.units())
    beads = bitext.alignment.beads
    spans = [(u.src_span, u.tgt_span) for u in units]
    src = _Side(bitext.src_doc.text, bitext.src, [b.src for b in beads])
    tgt = _Side(bitext.tgt_doc.text, bitext.tgt, [b.tgt for b in beads])
    whole = pl.List(pl.Int64)
    return pl.DataFrame(
        [
            pl.Series("doc", [bitext.id] * len(units), pl.String),
            pl.Series("src", [u.src for u in units], pl.String),
            pl.Series("tgt", [u.tgt for u in units], pl.String),
            pl.Series("src_ids", [u.src_ids for u in units], whole),
            pl.Series("tgt_ids", [u.tgt_ids for u in units], whole),
            pl.Series("kind", [u.kind for u in units], pl.String),
            pl.Series("p", [u.p for u in units], pl.Float64),
            pl.Series("src_span", [a and list(a) for a, _other in spans], whole),
            pl.Series("tgt_span", [b and list(b) for _other, b in spans], whole),
            pl.Series("src_key", [shadow(u.src).text.lower() for u in units], pl.String),
            pl.Series("src_raw", list(src.raw()), pl.String),
            pl.Series("tgt_raw", list(tgt.raw()), pl.String),
            pl.Series("src_cuts", list(src.cuts()), whole),
            pl.Series("tgt_cuts", list(tgt.cuts()), whole),
        ]
    )


def read_part(path: Path) -> Bitext:
    """Make the bitext of a part again, whose digest nobody knows.

    Raises:
        FormatError: The file is damaged, or is not a part.
    """
    return part_bitext(file_bytes(path), path)


def part_bitext(raw: bytes, path: Path) -> Bitext:
    """Make the bitext of a part again.

    Args:
        raw: Its bytes.
        path: Where they come from, for messages.

    Raises:
        FormatError: They are damaged, or are not a part.
    """
    import polars as pl

    try:
        meta = pl.read_parquet_metadata(io.BytesIO(raw))
        pair = json.loads(meta["pair"])
        rows = pl.read_parquet(io.BytesIO(raw))
        return _bitext(rows, pair, meta["signature"])
    except (pl.exceptions.PolarsError, OSError, KeyError, TypeError, ValueError,
            IndexError, AlignmentError, RecursionError) as error:  # fmt: skip
        raise damaged(
            path, _("it is not a part of a corpus: {error}").format(error=error)
        ) from error


def part_rows(part: Checked, columns: Sequence[str]) -> pl.DataFrame:
    """Return the rows of a part or a shard.

    Raises:
        FormatError: It is damaged.
    """
    import polars as pl

    raw = part.read()
    try:
        return pl.read_parquet(io.BytesIO(raw), columns=list(columns))
    except pl.exceptions.PolarsError as error:
        raise damaged(part.path, str(error)) from error


class _Side:
    """One side's document, cut at the ends of its beads."""

    def __init__(self, text: str, segments: Sequence[Segment], beads: Sequence[Span]) -> None:
        self._text, self._segments, self._beads = text, segments, beads

    def raw(self) -> Iterator[str]:
        ends = [0]
        for bead in self._beads:
            ends.append(self._segments[bead.stop - 1].span.stop if bead.size else ends[-1])
        return (self._text[a:b] for a, b in pairwise(ends))

    def cuts(self) -> Iterator[list[int]]:
        for bead in self._beads:
            numbers: list[int] = []
            for s in self._segments[slice(*bead)]:
                numbers += s.paragraph, *s.span, len(s.text), len(s.soft), *s.soft
            yield numbers


def _pair(bitext: Bitext) -> dict[str, Any]:
    return {
        "id": bitext.id,
        "src_lang": bitext.src_lang,
        "tgt_lang": bitext.tgt_lang,
        "src": _document(bitext.src_doc, bitext.src),
        "tgt": _document(bitext.tgt_doc, bitext.tgt),
    }


def _document(document: Document, segments: Sequence[Segment]) -> dict[str, Any]:
    end = segments[-1].span.stop if segments else 0
    return {
        "id": document.id,
        "source": document.source,
        "encoding": document.encoding,
        "notes": document.notes,
        "paragraphs": [at for span in document.paragraphs for at in span],
        "tail": document.text[end:],
        "places": document.places,
        "headings": document.headings,
        "by_line": document.by_line,
        **({"shown": document.shown} if document.shown else {}),
    }


def _bitext(rows: pl.DataFrame, pair: dict[str, Any], signature: str) -> Bitext:
    src_beads, src = _segments(rows, "src", pair["src"]["id"], zh.JOINER)
    tgt_beads, tgt = _segments(rows, "tgt", pair["tgt"]["id"], en.JOINER)
    beads = (Bead(*bead) for bead in zip(src_beads, tgt_beads, rows["p"], strict=True))
    return Bitext(
        id=pair["id"],
        src_doc=_document_of(rows["src_raw"], pair["src"]),
        tgt_doc=_document_of(rows["tgt_raw"], pair["tgt"]),
        src=src,
        tgt=tgt,
        alignment=Alignment(tuple(beads), len(src), len(tgt)),
        src_lang=pair["src_lang"],
        tgt_lang=pair["tgt_lang"],
        signature=signature,
    )


def _document_of(raw: pl.Series, facts: dict[str, Any]) -> Document:
    at = facts["paragraphs"]
    return Document(
        id=facts["id"],
        text="".join(raw) + facts["tail"],
        paragraphs=tuple(map(Span, at[::2], at[1::2])),
        source=facts["source"],
        encoding=facts["encoding"],
        notes=tuple(facts["notes"]),
        # a part that an older version wrote does not have them
        places=tuple(tuple(map(tuple, parts)) for parts in facts.get("places", ())),
        headings=tuple(facts.get("headings", ())),
        by_line=facts.get("by_line", False),
        shown=tuple(Shown(Span(*span), *times) for span, *times in facts.get("shown", ())),
    )


def _segments(
    rows: pl.DataFrame, side: str, doc: str, joiner: str
) -> tuple[list[Span], tuple[Segment, ...]]:
    """Cut the texts of a side's beads into segments; return the beads' ranges too."""
    segments: list[Segment] = []
    beads: list[Span] = []
    for text, numbers in zip(rows[side], rows[f"{side}_cuts"].to_list(), strict=True):
        first, at, k = len(segments), 0, 0
        while k < len(numbers):
            paragraph, start, stop, size, soft = numbers[k : k + _HEAD]
            k += _HEAD + soft
            places = tuple(numbers[k - soft : k])
            piece = text[at : at + size]
            segments.append(Segment(doc, paragraph, Span(start, stop), piece, places))
            at += size
            if k < len(numbers):  # a blank inside the text is a joint's if one must be there
                behind = at + (text[at : at + 1] == " ")
                at += len(gap(piece, text[behind : behind + 1], joiner))
        beads.append(Span(first, len(segments)))
    return beads, tuple(segments)
