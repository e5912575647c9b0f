"""Cut a document into segments: sentences, headings, list items, signatures.

First the paragraphs fall into units, in which the text runs on (`lines`), then the
marks of a unit cut it into sentences (`scan`, with `rules_zh` and `rules_en`). There is
no model, and a lexicon is asked only where English sentences stand without a blank between
them (`glued`): the same text always gives the same segments.

Law: the segments of a document are in order and do not overlap, none is empty, and
between them is only white space, with characters of no width; segments and gaps give
the text back. Cost: linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from aligner.bitext import Document, Segment
from aligner.errors import AlignmentError, ReadError
from aligner.lang.joins import EDGES, NOT_PARTED, parts_scripts
from aligner.messages import _
from aligner.segment import rules_en as en
from aligner.segment import rules_zh as zh
from aligner.segment.flat import flatten
from aligner.segment.lines import LINE_BREAK, stripped, units
from aligner.segment.scan import Rules, cuts
from aligner.span import Lang, Span

__all__ = ["MOST_SEGMENTS", "gaps", "segment", "split_lines"]

MOST_SEGMENTS: Final = 300_000  # of a document; the Bible has 30,000 or so


def segment(document: Document, lang: Lang, *, cut_quotations: bool = True) -> tuple[Segment, ...]:
    """Return the segments of a document.

    Args:
        document: Its paragraphs may hold line ends: hard wraps are told from real ones.
        lang: The language whose rules hold.
        cut_quotations: Whether the sentences inside a quotation become segments of their
            own. Translators cut there, so an aligner should.

    Raises:
        ReadError: There are more than `MOST_SEGMENTS`.
    """
    rules = _rules(lang, cut_quotations=cut_quotations)
    found = tuple(islice(_segments(document, lang, rules), MOST_SEGMENTS + 1))
    if len(found) > MOST_SEGMENTS:
        raise ReadError(
            _("{source}: has more than {most_segments:,} sentences").format(
                source=document.source or document.id, most_segments=MOST_SEGMENTS
            ),
            hint=_("this is more than one document: split it into chapters and align these"),
        )
    return found


def split_lines(document: Document) -> tuple[Segment, ...]:
    """Return one segment for each line that is not blank, its text as it is.

    Only line feeds, alone or behind a carriage return, end a line: an odd separator of
    lines inside a sentence, which becomes a blank, must not move all that follow.
    """
    return tuple(_lines(document))


def gaps(document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
    """Return the white space before, between and behind segments: one more than these.

    Raises:
        AlignmentError: Segments overlap, are out of order, or leave out text.
    """
    bounds = [0, *(at for item in segments for at in item.span), len(document.text)]
    spaces = tuple(Span(start, stop) for start, stop in zip(bounds[::2], bounds[1::2], strict=True))
    for number, space in enumerate(spaces):
        if space.size < 0 or document.text[slice(*space)].strip(EDGES):
            raise AlignmentError(
                _("{id}: segments {number} and {number2} do not meet").format(
                    id=document.id, number=number, number2=number + 1
                )
            )
    return spaces


def _rules(lang: Lang, *, cut_quotations: bool) -> Rules:
    if lang == "zh":
        return zh.rules(cut_quotations=cut_quotations)
    return en.rules(cut_quotations=cut_quotations)


def _segments(document: Document, lang: Lang, rules: Rules) -> Iterator[Segment]:
    text = document.text
    parted = parts_scripts(text) if lang == "zh" else NOT_PARTED
    for number, unit in units(document, lang):
        hard, soft = cuts(text, unit, rules)
        used = 0
        for start, stop in pairwise([unit.start, *hard, unit.stop]):
            span = stripped(text, Span(start, stop))
            first, used = used, bisect_right(soft, span.stop - 1, lo=used)
            inner, places = flatten(text, span, soft[first:used], lang, parted=parted)
            yield Segment(document.id, number, span, inner, places)


def _lines(document: Document) -> Iterator[Segment]:
    text, starts = document.text, [span.start for span in document.paragraphs]
    at = 0
    for line in text.split("\n"):
        span = stripped(text, Span(at, at + len(line)), EDGES if line.strip(EDGES) else None)
        if span.size:
            number = bisect_right(starts, span.start) - 1
            yield Segment(document.id, number, span, LINE_BREAK.sub(" ", text[slice(*span)]))
        at += len(line) + 1
