"""The values that every report shows: terms with their findings, places with their sentences.

Units: offsets are characters of a document's text; `p` is a probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from aligner.bitext import Bead, Bitext, Document, Segment
from aligner.findings import SEVERITIES, Finding, Occurrence, Severity, Term, Terms
from aligner.report.place_text import main_place, place_text, short_names
from aligner.span import Span


class Piece(NamedTuple):
    """A run of a sentence's text that is shown in one way."""

    text: str
    marked: bool
    new_line: bool  # in the document a line ends between it and the sentence before


class ShownSide(NamedTuple):
    """One side of a bead: its text in the document, cut where a mark begins or ends."""

    lang: str  # BCP 47
    ids: tuple[int, ...]  # of the segments, counted from 0
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole text, as it stands in the document."""
        return "".join(piece.text for piece in self.pieces)


class ShownBead(NamedTuple):
    """A bead in which a term stands."""

    doc: str
    src: ShownSide
    tgt: ShownSide
    p: float
    place: str = ""  # of a finding: in the user's files, in words
    sentence: int = 0  # by which a review of the same pair knows it
    link: int = 0  # its number in a review of the same pair, as that begins


@dataclass(frozen=True, slots=True)
class Judged:
    """A term with what was found about it."""

    term: Term
    new: tuple[Finding, ...]  # worst first, then in the order of the text
    accepted: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """That of the worst new finding; `none` without one."""
        return self.new[0].severity if self.new else "none"

    @property
    def worst(self) -> int:
        """How many of the new findings are of that severity; one rendering is one."""
        return len({f.group for f in self.new if f.severity == self.severity})

    @property
    def p(self) -> float:
        """How likely the likeliest of these is."""
        return max((f.p for f in self.new if f.severity == self.severity), default=0.0)


def judged(terms: Terms) -> tuple[Judged, ...]:
    """Return every term with its findings: worst first, then likeliest, then most frequent.

    What checks found that is about no term has no place here.

    A finding about something that is no term of its own gets one without places.
    """
    findings: dict[str, list[Finding]] = {}
    of_terms = (finding for finding in terms.findings if finding.of_term)
    for finding in sorted(of_terms, key=_rank):  # stable: the text's order within
        findings.setdefault(finding.term, []).append(finding)
    known = {term.text for term in terms.terms}
    others = [Term(text, (), (), 1.0) for text in findings if text not in known]
    values = [_judged(term, findings.get(term.text, ())) for term in (*terms.terms, *others)]
    return tuple(sorted(values, key=_order))


def _order(item: Judged) -> tuple[int, float, int]:
    return SEVERITIES.index(item.severity), -item.p, -item.term.count


def _judged(term: Term, findings: Iterable[Finding]) -> Judged:
    new: list[Finding] = []
    accepted: list[Finding] = []
    for finding in findings:
        (new if finding.accepted is None else accepted).append(finding)
    return Judged(term, tuple(new), tuple(accepted))


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


class Sentences:
    """Finds the sentences of a place in the bitexts."""

    def __init__(self, bitexts: Iterable[Bitext]) -> None:
        self._bitexts = {bitext.id: bitext for bitext in bitexts}
        self._names = short_names(self._bitexts.values())
        self._links: dict[str, list[int]] = {}

    def languages(self, doc: str) -> tuple[str, str]:
        """Return the languages of a bitext's two sides."""
        return self._bitexts[doc].src_lang, self._bitexts[doc].tgt_lang

    def of(self, place: Occurrence | Finding) -> ShownBead:
        """Return the bead of an occurrence or a finding with both spans marked."""
        bitext = self._bitexts[place.doc]
        bead = bitext.alignment.beads[place.bead]
        src = _side(bitext.src_doc, bitext.src, bead.src, place.src_span, bitext.src_lang)
        tgt = _side(bitext.tgt_doc, bitext.tgt, bead.tgt, place.tgt_span, bitext.tgt_lang)
        told = main_place(place) if isinstance(place, Finding) else None
        words = place_text(told, self._names)
        number = _sentence(bitext, bead, place)
        link = self.link(place)
        return ShownBead(place.doc, src, tgt, place.p, words, number, link)

    def link(self, place: Occurrence | Finding) -> int:
        """Return the number of a place's link, as a review of the same pair counts, from 1.

        There each sentence without partner is a link of its own (`aligner.review.opening`).
        """
        bitext = self._bitexts[place.doc]
        if place.doc not in self._links:
            self._links[place.doc] = list(_first_links(bitext.alignment.beads))
        bead, first = bitext.alignment.beads[place.bead], self._links[place.doc][place.bead]
        if bead.src.size and bead.tgt.size:
            return first
        begin = bead.src.start if bead.src.size else len(bitext.src) + bead.tgt.start
        return first + _sentence(bitext, bead, place) - 1 - begin


def _first_links(beads: Iterable[Bead]) -> Iterator[int]:
    """Yield the number of the first link of each bead."""
    number = 1
    for bead in beads:
        yield number
        number += 1 if bead.src.size and bead.tgt.size else bead.src.size + bead.tgt.size


def _sentence(bitext: Bitext, bead: Bead, place: Occurrence | Finding) -> int:
    """Return the number of the sentence at issue, the translation's before the original's.

    A review counts the sentences of both sides from 1, the Chinese ones first
    (`aligner.review.opening`).
    """
    sides = (
        (bitext.tgt, bead.tgt, place.tgt_span, len(bitext.src)),
        (bitext.src, bead.src, place.src_span, 0),
    )
    used = [side for side in sides if side[1].start < side[1].stop]
    marked = [side for side in used if side[2] is not None]
    for segments, ids, span, before in (marked or used)[:1]:
        start = span.start if span else 0
        holding = (n for n in range(*ids) if segments[n].span.stop > start)
        return before + 1 + next(holding, ids.start)
    return 0


def _side(
    doc: Document, segments: Sequence[Segment], ids: Span, mark: Span | None, lang: str
) -> ShownSide:
    used = segments[slice(*ids)]
    pieces = tuple(_pieces(doc.text, used, mark)) if used else ()
    return ShownSide(lang, tuple(range(*ids)), pieces)


def _pieces(text: str, segments: Sequence[Segment], mark: Span | None) -> Iterator[Piece]:
    """Cut the text from the first to the last segment at the mark and at new lines.

    A line end inside a segment is a hard wrap and no new line. What of the mark lies
    outside of the segments is left out.
    """
    start, stop = segments[0].span.start, segments[-1].span.stop
    lines = {
        after.span.start
        for before, after in pairwise(segments)
        if "\n" in text[before.span.stop : after.span.start]
    }
    low, high = (max(mark.start, start), min(mark.stop, stop)) if mark else (start, start)
    edges = {low, high} if low < high else set()
    for begin, end in pairwise(sorted({start, stop} | lines | edges)):
        yield Piece(text[begin:end], low <= begin < high, begin in lines)
