"""The aligned sentence pairs as texts, tokens and offsets, ready to look for terms.

A unit is a bead with its texts on one line, as an output shows it. Terms are found in
the units; a user is shown places in the document as it was read. `src_char` and
`tgt_char` lead from the one to the other.

English words here are smaller than a reader's: `day-care` is two, so that a rendering
may begin or end at a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aligner.bitext import Bitext, Document, Segment
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import gap
from aligner.span import Span

Offsets = NDArray[np.int32]

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_EN_WORD = re.compile(
    r"([^\W\d_](?:\.[^\W\d_])+\.?"  # U.S.
    r"|[^\W\d_](?:&[^\W\d_])+(?![^\W_])"  # R&D
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b"
    rf"|[^\W_]+(?:[{_APOSTROPHES}](?!s\b)[^\W\d_]+)?"
    r"|[%&])"
    rf"(?:[{_APOSTROPHES}]s\b)?"  # no part of the word: a rendering ends before it
)


@dataclass(frozen=True, slots=True)
class TextUnit:
    """One bead with its texts and the way back into the documents."""

    doc: str  # the bitext's id
    bead: int  # its number in the alignment
    src: str
    tgt: str
    src_char: Offsets  # for each character of `src`, its place in the document's text
    tgt_char: Offsets
    p: float  # posterior of the bead
    # whether its sides are headings by what their files say; None: they say nothing of that
    headings: tuple[bool | None, bool | None] = (None, None)

    def src_span(self, span: Span) -> Span:
        """Return a range of `src` as a range of the Chinese document's text."""
        return _in_document(self.src_char, span)

    def tgt_span(self, span: Span) -> Span:
        """Return a range of `tgt` as a range of the English document's text."""
        return _in_document(self.tgt_char, span)


def units(bitext: Bitext) -> Iterator[TextUnit]:
    """Yield every bead of a bitext as a unit. Cost: linear in the text."""
    named = [_heading_paragraphs(doc) for doc in (bitext.src_doc, bitext.tgt_doc)]
    for number, bead in enumerate(bitext.alignment.beads):
        sides = bitext.src[slice(*bead.src)], bitext.tgt[slice(*bead.tgt)]
        src, src_char = _joined(sides[0], bitext.src_doc.text, zh.JOINER)
        tgt, tgt_char = _joined(sides[1], bitext.tgt_doc.text, en.JOINER)
        headings = (_is_heading(sides[0], named[0]), _is_heading(sides[1], named[1]))
        yield TextUnit(bitext.id, number, src, tgt, src_char, tgt_char, bead.p, headings)


def _heading_paragraphs(document: Document) -> frozenset[int] | None:
    return frozenset(document.headings) if document.headings else None


def _is_heading(segments: Sequence[Segment], named: frozenset[int] | None) -> bool | None:
    """Tell whether all of some segments are headings by their file, if that names any."""
    if named is None or not segments:
        return None
    return all(segment.paragraph in named for segment in segments)


def _joined(segments: Sequence[Segment], text: str, joiner: str) -> tuple[str, Offsets]:
    """Return segments as one text, and the place of each of its characters."""
    pieces: list[str] = []
    places: list[Offsets] = []
    for segment in segments:
        blank = gap(pieces[-1], segment.text, joiner) if pieces else ""
        if blank:
            pieces.append(blank)
            places.append(np.full(len(blank), segment.span.start, dtype=np.int32))
        pieces.append(segment.text)
        places.append(_places(segment, text))
    return "".join(pieces), np.concatenate(places) if places else np.zeros(0, dtype=np.int32)


def _places(segment: Segment, text: str) -> Offsets:
    """Return where each character of a segment's one-line text stands in the document."""
    start, stop = segment.span
    if segment.text == text[start:stop]:
        return np.arange(start, stop, dtype=np.int32)
    found = np.empty(len(segment.text), dtype=np.int32)
    at = start
    for number, character in enumerate(segment.text):
        blank = character.isspace()
        while not blank and at < stop - 1 and text[at] != character:
            at += 1
        found[number] = min(at, stop - 1)
        at += not blank
    return found


def _in_document(char: Offsets, span: Span) -> Span:
    if span.size <= 0:
        at = int(char[span.start]) if span.start < len(char) else 0
        return Span(at, at)
    return Span(int(char[span.start]), int(char[span.stop - 1]) + 1)


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """The words of an English text with their places in it."""

    text: str
    words: tuple[str, ...]  # as they stand
    start: Offsets  # Shape (n,)
    stop: Offsets
    gaps: tuple[str, ...]  # what stands before each word and behind the last. n + 1


def english_words(text: str) -> EnglishWords:
    """Find the words of an English text. Cost: linear."""
    found = list(_EN_WORD.finditer(text))
    edges = np.array([m.span(1) for m in found], dtype=np.int32).reshape(-1, 2)
    ends = [0, *edges[:, 1].tolist()]
    begins = [*edges[:, 0].tolist(), len(text)]
    return EnglishWords(
        text=text,
        words=tuple(m[1] for m in found),
        start=edges[:, 0].copy(),
        stop=edges[:, 1].copy(),
        gaps=tuple(text[a:b] for a, b in zip(ends, begins, strict=True)),
    )


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return what an English word counts as: its stem, in lower case.

    >>> word_key("Zones"), word_key("U.S."), word_key("Day")
    ('zone', 'us', 'day')
    """
    from aligner.lexicon.gloss import plain_words, stem

    parts = plain_words(word)
    return stem("".join(parts)) if parts else word
