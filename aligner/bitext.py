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

from aligner.errors import AlignmentError
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import joined
from aligner.messages import _
from aligner.span import PlaceParts, Span


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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

    def __post_init__(self) -> None:
        if (len(self.src), len(self.tgt)) != (self.alignment.n_src, self.alignment.n_tgt):
            raise AlignmentError(
                _("{id}: the alignment is not one of these segments").format(id=self.id)
            )

    def units(self) -> Iterator[Unit]:
        """Yield every bead with its texts, in reading order, one-sided ones too."""
        for bead in self.alignment.beads:
            src, tgt = self.src[slice(*bead.src)], self.tgt[slice(*bead.tgt)]
            yield Unit(
                doc=self.id,
                src=joined((s.text for s in src), zh.JOINER),
                tgt=joined((s.text for s in tgt), en.JOINER),
                src_ids=tuple(range(*bead.src)),
                tgt_ids=tuple(range(*bead.tgt)),
                kind=bead.kind,
                p=bead.p,
                src_span=Span(src[0].span.start, src[-1].span.stop) if src else None,
                tgt_span=Span(tgt[0].span.start, tgt[-1].span.stop) if tgt else None,
            )
