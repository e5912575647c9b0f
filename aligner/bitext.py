"""The values that the stages pass on: documents, segments, beads, bitexts.

All are frozen, and none can be made wrong: a constructor checks the law of its
value. `src` is always the Chinese side and `tgt` the English one, whichever the
user named first.

Units: offsets and lengths are characters of the document's text as read, counted
from 0, with `stop` not included; `p` is a probability from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.errors import AlignmentError
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import joined
from aligner.messages import _
from aligner.span import Lang, PlaceParts, Shown, Span, Times, times_of

if TYPE_CHECKING:
    import polars as pl

UNSURE = 0.5  # probability below which a link is more likely wrong than right


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A text as read. Its paragraphs are in order; between them is only white space."""

    id: str  # names the document in every output; made from the file's name
    text: str
    paragraphs: tuple[Span, ...]
    source: str = ""  # where it came from, as the user wrote it
    encoding: str = "utf-8"  # of the file's bytes, as found or as told
    notes: tuple[str, ...] = ()  # what a user should know about the reading
    # where each paragraph stands in the file, in a user's terms; empty: it is that paragraph
    places: tuple[PlaceParts, ...] = ()
    headings: tuple[int, ...] = ()  # paragraphs that the file says are headings, rising
    by_line: bool = False  # its lines are the file's, and tell a place better than paragraphs
    shown: tuple[Shown, ...] = ()  # of subtitles: when each piece of the text is shown, in order

    def __post_init__(self) -> None:
        if self.places and len(self.places) != len(self.paragraphs):
            raise AlignmentError(
                _("{id}: {count} places of its paragraphs").format(
                    id=self.id, count=len(self.places)
                )
            )
        at = 0
        for number, span in enumerate(self.paragraphs, start=1):
            if not at <= span.start < span.stop <= len(self.text):
                raise AlignmentError(
                    _("{id}: paragraph {number} is out of place: {span}").format(
                        id=self.id, number=number, span=span
                    )
                )
            if self.text[at : span.start].strip():
                raise AlignmentError(
                    _("{id}: text before paragraph {number} is in no paragraph").format(
                        id=self.id, number=number
                    )
                )
            at = span.stop
        if self.text[at:].strip():
            raise AlignmentError(
                _("{id}: text after the last paragraph is in no paragraph").format(id=self.id)
            )
        self._check_times()

    def _check_times(self) -> None:
        at = 0
        for piece in self.shown:
            if not at <= piece.span.start <= piece.span.stop <= len(self.text):
                raise AlignmentError(
                    _("{id}: a cue is out of place: {piece}").format(id=self.id, piece=piece)
                )
            at = piece.span.stop

    def __repr__(self) -> str:
        size = f"{len(self.text):,} characters, {len(self.paragraphs):,} paragraphs"
        return f"<Document {self.id}: {size}>"


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, heading or list item: the smallest piece that is aligned."""

    doc: str  # the document's id
    paragraph: int  # counted from 0
    span: Span  # in the document's text
    text: str  # on one line: hard wraps inside the span are joined
    soft: tuple[int, ...] = ()  # offsets in `text` where it may be cut, such as after ；


@dataclass(frozen=True, slots=True)
class Bead:
    """One link: `tgt` translates `src`. An empty side still keeps its place."""

    src: Span  # of segments
    tgt: Span
    p: float  # posterior probability of exactly this link
    confirmed: bool = False  # by a person
    note: str = ""  # of a person on the link

    @property
    def kind(self) -> str:
        """The numbers of segments on the two sides, such as `1-2`."""
        return f"{self.src.size}-{self.tgt.size}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads in reading order that use every segment of both sides exactly once."""

    beads: tuple[Bead, ...]
    n_src: int
    n_tgt: int

    def __post_init__(self) -> None:
        used = (0, 0)
        for number, bead in enumerate(self.beads, start=1):
            if used != (bead.src.start, bead.tgt.start):
                raise AlignmentError(
                    _("bead {number} leaves a gap or overlaps: {bead}").format(
                        number=number, bead=bead
                    )
                )
            if bead.src.size < 0 or bead.tgt.size < 0 or bead.src.size + bead.tgt.size == 0:
                raise AlignmentError(
                    _("bead {number} is empty or runs backwards: {bead}").format(
                        number=number, bead=bead
                    )
                )
            if not 0.0 <= bead.p <= 1.0:
                raise AlignmentError(
                    _("bead {number} has a probability outside 0..1: {bead}").format(
                        number=number, bead=bead
                    )
                )
            used = (bead.src.stop, bead.tgt.stop)
        if used != (self.n_src, self.n_tgt):
            raise AlignmentError(
                _("beads end at {used}, not {value}").format(
                    used=used, value=(self.n_src, self.n_tgt)
                )
            )


@dataclass(frozen=True, slots=True)
class Unit:
    """A bead with its texts, as every output shows it."""

    doc: str
    src: str
    tgt: str
    src_ids: tuple[int, ...]
    tgt_ids: tuple[int, ...]
    kind: str
    p: float
    src_span: Span | None  # in the document's text; None for an empty side
    tgt_span: Span | None
    number: int = field(default=0, compare=False)  # in the file that it was read from, from 1
    confirmed: bool = False  # by a person
    src_times: Times | None = None  # when it is shown, of subtitles; None if that is not known
    tgt_times: Times | None = None
    note: str = ""  # of a person on the link
    sheet: str = field(default="", compare=False)  # of the workbook, if it is read from several


@dataclass(frozen=True, slots=True, repr=False)
class Bitext:
    """Two segmented documents and their alignment."""

    id: str
    src_doc: Document
    tgt_doc: Document
    src: tuple[Segment, ...]
    tgt: tuple[Segment, ...]
    alignment: Alignment
    src_lang: str = "zh-CN"  # BCP 47, for the formats that name the language
    tgt_lang: str = "en-US"
    signature: str = ""  # version, encoder, weights, settings: enough to make it again
    source: Lang = "zh"  # the language of the original, for the formats that name it

    def __post_init__(self) -> None:
        if (len(self.src), len(self.tgt)) != (self.alignment.n_src, self.alignment.n_tgt):
            raise AlignmentError(
                _("{id}: the alignment is not one of these segments").format(id=self.id)
            )

    def units(self) -> Iterator[Unit]:
        """Yield every bead with its texts, in reading order, one-sided ones too."""
        for bead in self.alignment.beads:
            src, tgt = self.src[slice(*bead.src)], self.tgt[slice(*bead.tgt)]
            src_span = Span(src[0].span.start, src[-1].span.stop) if src else None
            tgt_span = Span(tgt[0].span.start, tgt[-1].span.stop) if tgt else None
            yield Unit(
                doc=self.id,
                src=joined((s.text for s in src), zh.JOINER),
                tgt=joined((s.text for s in tgt), en.JOINER),
                src_ids=tuple(range(*bead.src)),
                tgt_ids=tuple(range(*bead.tgt)),
                kind=bead.kind,
                p=bead.p,
                src_span=src_span,
                tgt_span=tgt_span,
                confirmed=bead.confirmed,
                src_times=times_of(self.src_doc.shown, src_span),
                tgt_times=times_of(self.tgt_doc.shown, tgt_span),
                note=bead.note,
            )

    @property
    def timed(self) -> bool:
        """Whether it is known when units are shown: those of subtitles."""
        return bool(self.src_doc.shown or self.tgt_doc.shown)

    @property
    def noted(self) -> bool:
        """Whether a link has a note."""
        return any(bead.note for bead in self.alignment.beads)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame with a row a unit: the columns of our Parquet files.

        `doc`, `src`, `tgt`, `kind` (such as `1-2`) and `p`; `src_ids` and `tgt_ids`, lists of
        sentence numbers, from 0; `src_span` and `tgt_span`, lists of start and stop in the
        document's text, null for an empty side. Of subtitles also `src_times` and `tgt_times`,
        lists of seconds, from when to when the unit is shown; where a person wrote notes on
        links also `note`, null for none.
        """
        import polars as pl

        rows = [
            (
                unit.doc, unit.src, unit.tgt, list(unit.src_ids), list(unit.tgt_ids), unit.kind,
                unit.p, *(list(pair) if pair else None for pair in (
                    unit.src_span, unit.tgt_span, unit.src_times, unit.tgt_times,
                )),
                unit.note or None,
            )
            for unit in self.units()
        ]  # fmt: skip
        whole, seconds = pl.List(pl.Int64), pl.List(pl.Float64)
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "doc": pl.String, "src": pl.String, "tgt": pl.String,
            "src_ids": whole, "tgt_ids": whole, "kind": pl.String, "p": pl.Float64,
            "src_span": whole, "tgt_span": whole, "src_times": seconds, "tgt_times": seconds,
            "note": pl.String,
        }  # fmt: skip
        table = pl.DataFrame(rows, schema=schema, orient="row")
        times = () if self.timed else ("src_times", "tgt_times")
        return table.drop(*times, *(() if self.noted else ("note",)))

    def __repr__(self) -> str:
        sizes = f"{len(self.src):,} {self.src_lang} and {len(self.tgt):,} {self.tgt_lang} sentences"
        return f"<Bitext {self.id}: {sizes}, {len(self.alignment.beads):,} beads>"

    def _repr_html_(self) -> str:
        """Return a table of the first units for a notebook; links below .5 are marked."""
        from aligner.notebook import HtmlCell, table_html

        rows = (
            (
                HtmlCell(unit.kind),
                HtmlCell(f"{unit.p:.3f}", stop=5 if unit.p < UNSURE else 0),
                HtmlCell(unit.src, self.src_lang),
                HtmlCell(unit.tgt, self.tgt_lang),
            )
            for unit in self.units()
        )
        columns = ("kind", "p", self.src_lang, self.tgt_lang)
        return table_html(repr(self)[1:-1], columns, rows, count=len(self.alignment.beads))
