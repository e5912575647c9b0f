"""Where findings stand in the user's files: page, row or paragraph, and the heading above.

What a reader knows of a paragraph (`Document.places`) is told as it is. Where it knows
nothing, paragraphs are counted from 1, or of a plain text its lines. Headings are those
that the file names as such; if it names none, a short line without a full stop above
running text is one. Units of a bitext have no heading above them: what stands before a
unit there need not belong to it.

Cost: linear in the text of the documents that have findings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from aligner.bitext import Bitext, Document, Segment
from aligner.findings import FilePlace, Finding, FindingPlace
from aligner.lang.datelines import is_dateline
from aligner.span import PlaceParts, Span

_LONGEST_HEADING: Final = 80  # columns; a Chinese character takes two
_STOPPED: Final = re.compile(r"[。！？!?.…；;：:，,、][\"'”’」』）)》】\]\s]*\Z")
_RUNNING: Final = re.compile(r"[。！？!?.…；;：:][\"'”’」』）)》】\]\s]*\Z")
_BULLET: Final = re.compile(r"\s*(?:[-*•·●○■□◆▪–—]|[（(]?[0-9A-Za-z]{1,3}[)）])\s*")
_LINE_END: Final = re.compile("\n")
_LETTER: Final = re.compile(r"[^\W\d_]")
_CHAPTER: Final = re.compile(
    "第 ?[0-9零一二三四五六七八九十百]{1,5} ?[编篇章节]"
    r"|(?:chapter|part|section) (?:[0-9]{1,3}|[ivxlc]{1,7})\b"
    r"|[一二三四五六七八九十]{1,3}、|(?-i:[IVX]{1,5})\. ",
    re.IGNORECASE,
)


def placed(findings: Iterable[Finding], bitexts: Mapping[str, Bitext]) -> Iterator[Finding]:
    """Yield the findings with their places, in their order."""
    makers: dict[str, _Places] = {}
    for finding in findings:
        if finding.doc not in makers:
            makers[finding.doc] = _Places(bitexts[finding.doc])
        yield replace(finding, place=makers[finding.doc].of(finding))


class _Places:
    """Tells the places of one bitext's findings."""

    def __init__(self, bitext: Bitext) -> None:
        self._beads = bitext.alignment.beads
        both = bitext.src_doc.source == bitext.tgt_doc.source  # units of one file
        self._src = _SidePlaces(bitext.src_doc, bitext.src, guess=not both)
        self._tgt = _SidePlaces(bitext.tgt_doc, bitext.tgt, guess=not both)

    def of(self, finding: Finding) -> FindingPlace:
        bead = self._beads[finding.bead]
        return FindingPlace(
            self._src.place(bead.src, finding.src_span), self._tgt.place(bead.tgt, finding.tgt_span)
        )


class _SidePlaces:
    """Tells the places of one document."""

    def __init__(self, document: Document, segments: Sequence[Segment], *, guess: bool) -> None:
        self._document, self._segments = document, segments
        if document.headings:
            named = set(document.headings)
            headings = [n for n, s in enumerate(segments) if s.paragraph in named]
        else:
            headings = list(likely_headings(document.text, segments)) if guess else []
        self._headings = headings
        self._ends = [m.start() for m in _LINE_END.finditer(document.text if guess else "")]

    def place(self, of_bead: Span, span: Span | None) -> FilePlace | None:
        """Return the place of a span, or of a bead's first segment, or the one before it."""
        behind = not of_bead.size
        numbers = range(max(0, of_bead.start - behind), max(of_bead.start, of_bead.stop))
        if not numbers:
            return None
        number = numbers[0]
        if span is not None:
            number = next((n for n in numbers if span.start < self._segments[n].span.stop), number)
        file = self._document.source or self._document.id
        return FilePlace(file, self._parts(number, span), self._above(number), behind)

    def _parts(self, number: int, span: Span | None) -> PlaceParts:
        segment, document = self._segments[number], self._document
        if document.by_line and self._ends:
            at = span.start if span else segment.span.start
            return (("line", bisect_left(self._ends, at) + 1),)
        paragraph = min(segment.paragraph, len(document.paragraphs) - 1)
        return document.places[paragraph] if document.places else (("paragraph", paragraph + 1),)

    def _above(self, number: int) -> str:
        """Return the heading above a segment; a heading stands below the one before it."""
        at = bisect_left(self._headings, number) - 1
        if at < 0:
            return ""
        return " ".join(self._segments[self._headings[at]].text.split())


def likely_headings(text: str, segments: Sequence[Segment]) -> Iterator[int]:
    r"""Yield the segments that look like headings, of a file that names none.

    >>> text = "春天\n花开了。\n- 一\n鸟来了。"
    >>> spans = (Span(0, 2), Span(3, 7), Span(8, 11), Span(12, 16))
    >>> list(likely_headings(text, [Segment("d", 0, s, text[slice(*s)]) for s in spans]))
    [0]
    >>> text = "II. Tasks\n(1) Roads\nRoads are built."
    >>> spans = (Span(0, 9), Span(10, 19), Span(20, 36))
    >>> list(likely_headings(text, [Segment("d", 0, s, text[slice(*s)]) for s in spans]))
    [0]
    """
    begins = True  # a line
    for number, (one, below) in enumerate(pairwise(segments)):
        ends = "\n" in text[one.span.stop : below.span.start]
        if begins and ends and _is_short_line(one.text):
            running = _RUNNING.search(below.text[-8:])
            if _CHAPTER.match(one.text) or (running and not _is_short_line(below.text)):
                yield number
        begins = ends


def _is_short_line(text: str) -> bool:
    if len(text) > _LONGEST_HEADING or "\n" in text:
        return False
    wide = sum(c > "\u2e7f" for c in text)
    return (
        len(text) + wide <= _LONGEST_HEADING
        and bool(_LETTER.search(text))
        and not _STOPPED.search(text)
        and not _BULLET.match(text)
        and not is_dateline(text)
    )
