"""Put other words into the English text of a bitext; the alignment stays as it is.

Offsets are characters. Cost: the number of changes times that of the segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from aligner.bitext import Bitext, Segment
from aligner.span import Span


class Change(NamedTuple):
    """Words that stand in place of others."""

    span: Span  # in the document's text
    text: str


def change(bitext: Bitext, changes: Sequence[Change]) -> Bitext:
    """Return a bitext with other words in its English text, and all offsets behind them moved.

    Args:
        bitext: The texts as they are.
        changes: In order; none overlaps another, and each lies inside a segment and
            within a line.
    """
    if not changes:
        return bitext
    document = bitext.tgt_doc
    changed = replace(
        document,
        text=_with(document.text, changes),
        paragraphs=tuple(moved(span, changes) for span in document.paragraphs),
    )
    segments = tuple(_segment(each, document.text, changes) for each in bitext.tgt)
    return replace(bitext, tgt_doc=changed, tgt=segments)


def moved(span: Span, changes: Sequence[Change]) -> Span:
    """Return where a range of a text is after changes, each of which it holds or leaves out."""
    start, stop = (
        at + sum(len(text) - old.size for old, text in changes if old.stop <= at) for at in span
    )
    return Span(start, stop)


def _with(text: str, changes: Sequence[Change]) -> str:
    pieces, at = [], 0
    for span, new in changes:
        pieces += [text[at : span.start], new]
        at = span.stop
    return "".join(pieces) + text[at:]


def _segment(segment: Segment, text: str, changes: Sequence[Change]) -> Segment:
    inside = [
        Change(_in_line(old, segment, text), new)
        for old, new in changes
        if segment.span.start <= old.start and old.stop <= segment.span.stop
    ]
    soft = (
        moved(Span(at, at), inside).start
        for at in segment.soft
        if not any(old.start < at < old.stop for old, _ in inside)
    )
    return replace(
        segment,
        span=moved(segment.span, changes),
        text=_with(segment.text, inside),
        soft=tuple(soft),
    )


def _in_line(span: Span, segment: Segment, text: str) -> Span:
    """Return a range of the document as a range of the segment's one-line text."""
    before = text[segment.span.start : span.start]
    if segment.text.startswith(before):
        start = len(before)
    else:  # hard wraps are joined: count what is no white space, on both sides
        places = [at for at, character in enumerate(segment.text) if not character.isspace()]
        start = places[len("".join(before.split()))]
    return Span(start, start + span.size)
