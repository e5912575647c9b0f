"""Where findings stand in the user's files: page, row or paragraph, and the heading above.

What a reader knows of a paragraph (`Document.places`) is told as it is. Where it knows
nothing, paragraphs are counted from 1. Headings are those that the file names as such; if
it names none, a short line without a full stop above running text is one. Units of a
bitext have no heading above them: what stands before a unit there need not belong to it.

Cost: linear in the text of the documents that have findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from aligner.bitext import Bitext, Document, Segment
from aligner.findings import FilePlace, Finding, FindingPlace
from aligner.span import PlaceParts, Span

_LONGEST_HEADING: Final = 80  # columns; a Chinese character takes two
_SHOWN_HEADING: Final = 60  # characters
_STOPPED: Final = re.compile(r"[。！？!?.…；;：:，,、][\"'”’」』）)》】\]\s]*\Z")
_RUNNING: Final = re.compile(r"[。！？!?.…；;：:][\"'”’」』）)》】\]\s]*\Z")
_BULLET: Final = re.compile(r"\s*(?:[-*•·●○■□◆▪–—]|[（(]?[0-9A-Za-z]{1,3}[)）])\s*")
_LETTER: Final = re.compile(r"[^\W\d_]")
_CHAPTER: Final = re.compile(
    "第 ?[0-9零一二三四五六七八九十百]{1,5} ?[编篇章节]"
    r"|(?:chapter|part|section) (?:[0-9]{1,3}|[ivxlc]{1,7})\b",
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
        self._headings = document.headings or (tuple(likely_headings(document)) if guess else ())

    def place(self, of_bead: Span, span: Span | None) -> FilePlace | None:
        """Return the place of a span, or of a bead's first segment, or the one before it."""
        segments = self._segments[slice(*of_bead)]
        behind = not segments
        if behind:
            segments = self._segments[max(0, of_bead.start - 1) : of_bead.start]
        if not segments:
            return None
        segment = segments[-1 if behind else 0]
        if span is not None:
            segment = next((s for s in segments if span.start < s.span.stop), segment)
        number = min(segment.paragraph, len(self._document.paragraphs) - 1)
        return FilePlace(
            self._document.source or self._document.id,
            self._parts(number),
            self._above(number),
            behind,
        )

    def _parts(self, number: int) -> PlaceParts:
        if self._document.places:
            return self._document.places[number]
        return (("paragraph", number + 1),)

    def _above(self, number: int) -> str:
        """Return the heading above a paragraph; a heading stands below the one before it."""
        at = bisect_right(self._headings, number - 1) - 1
        if at < 0:
            return ""
        text = self._document.text[slice(*self._document.paragraphs[self._headings[at]])]
        line = " ".join(text.split())
        return line if len(line) <= _SHOWN_HEADING else line[: _SHOWN_HEADING - 1] + "…"


def likely_headings(document: Document) -> Iterator[int]:
    r"""Yield the paragraphs that look like headings, of a file that names none.

    >>> text = "春天\n\n花开了。\n\n- 一\n\n鸟来了。"
    >>> spans = (Span(0, 2), Span(4, 8), Span(10, 13), Span(15, 19))
    >>> list(likely_headings(Document("d", text, spans)))
    [0]
    """
    texts = (document.text[slice(*span)] for span in document.paragraphs)
    for number, (text, below) in enumerate(pairwise(texts)):
        if _is_short_line(text) and (_CHAPTER.match(text) or _RUNNING.search(below[-8:])):
            yield number


def _is_short_line(text: str) -> bool:
    if len(text) > _LONGEST_HEADING or "\n" in text:
        return False
    wide = sum(c > "\u2e7f" for c in text)
    return (
        len(text) + wide <= _LONGEST_HEADING
        and bool(_LETTER.search(text))
        and not _STOPPED.search(text)
        and not _BULLET.match(text)
    )
