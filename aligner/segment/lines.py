"""From paragraphs to units: what a line end, a tab or a bullet inside a paragraph means.

A unit is text that runs on: no sentence goes beyond it. A blank line always ends one. A
single line end is a hard wrap, which the unit goes across, where the line is full and
nothing shows that the next line begins something new; elsewhere it ends the unit:
headings, signatures, verses, and texts with one paragraph a line.

A line is full if the next line's first word would not have fitted into it. The width
that it must fit into is taken from the document: the one at which the most lines without
an end mark are full, if these are many enough to be no accident (`_wrap_width`).

Units: columns; a Chinese character takes two. Cost: linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from aligner.bitext import Document
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import EDGES
from aligner.lang.pages import page_furniture
from aligner.lang.seams import Marks, breaks_off, is_loose, only_closes, only_opens
from aligner.span import Lang, Span

LINE_BREAK: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

NARROWEST: Final = 40  # columns: narrower lines are verse, lists or signatures
WIDEST: Final = 200  # columns: longer lines are paragraphs
_SHORT: Final = 24  # columns: in a short text, narrower lines break off nowhere
_HANG: Final = 2  # columns by which a mark may stand over the margin
_RAGGED: Final = 4  # columns that a full Chinese line may lack: no mark begins a line
_WIDE_PAGE: Final = 110  # columns: few texts are wrapped to more
_FEW: Final = 10  # line ends from which their widths tell whether they are wraps
_MANY: Final = 50  # line ends from which the words of a single one do not tell
_LONGEST_WORD: Final = 30  # columns; a longer one is an address and tells nothing

_WIDE: Final = {"zh": re.compile(f"[{zh.WIDE_HERE}]"), "en": re.compile(f"[{zh.WIDE}]")}
_ITEM: Final = {"zh": zh.ITEM, "en": en.ITEM}
_MAYBE_ITEM: Final = {"zh": zh.MAYBE_ITEM, "en": en.MAYBE_ITEM}
_END_MARK: Final = re.compile(r"[。！？!?｡.…；;：:][\"'”’」』）)》】\]*_]*\Z")
_FIRST_WORD: Final = re.compile(rf"[{zh.WIDE}]|[^\s{zh.WIDE}]+")
# Inside a line a tab parts cells and a bullet opens an item; stars are bullets only
# where the line begins with one.
_INNER: Final = re.compile(r"\t|(?<=\s)[•●■◆▪‣](?=\s?\S)")
_INNER_STARRED: Final = re.compile(r"\t|(?<=\s)[•●■◆▪‣*](?=\s\S)")
# Behind a list marker a tab is only a wide blank.
_MARKER: Final = re.compile(
    rf"(?:[(（]?\w{{1,5}}[.)．）、]|[•●■◆▪‣○◦*–-]|#{{1,6}}|第\w{{1,5}}[{zh.DIVISIONS}]"
    r"|[A-Z]\w+ \w{1,4})\Z"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a block, without the white space round it."""

    span: Span
    head: str  # its first characters, with the white space before them
    indent: int  # columns
    width: int  # columns from the margin to its last character
    first: int  # columns that its first word would have taken in the line above
    ends: bool  # with an end mark
    cells: bool  # holds a tab


_Margins = list[tuple[int, Span]]  # of the lines of a block: where each begins, and its text


def units(document: Document, lang: Lang) -> Iterator[tuple[int, Span]]:
    """Yield the units of a document in order, each with its paragraph's number."""
    text = document.text
    blocks = list(_blocks(document))
    measured = [
        [_line(text, margin, span, lang) for margin, span in margins] if len(margins) > 1 else []
        for _, margins in blocks
    ]
    alone = _page_lines(text, blocks)
    pairs = [pair for lines in measured for pair in pairwise(lines)]
    pairs = [pair for pair in pairs if not _begins_anew(*pair, lang)]
    width, widest = _wrap_width(pairs), _widest(text, blocks, lang)
    seams = _Seams(text, lang, width, widest, len(pairs), alone)
    for (number, margins), lines in zip(blocks, measured, strict=True):
        for span in seams.joined(lines) if lines else [margins[0][1]]:
            for part in _parts(text, span):
                yield number, part


def _page_lines(text: str, blocks: Sequence[tuple[int, _Margins]]) -> frozenset[int]:
    """Return where the lines begin that stood on every page."""
    spans = [span for _, margins in blocks for _, span in margins]
    found = page_furniture([text[slice(*span)] for span in spans])
    return frozenset(spans[number].start for number in found)


def _widest(text: str, blocks: Sequence[tuple[int, _Margins]], lang: Lang) -> int:
    """Return the columns that the longest line of a document takes."""
    return max(
        (_columns(text[m : span.stop], lang) for _, margins in blocks for m, span in margins),
        default=0,
    )


def stripped(text: str, span: Span, edges: str | None = EDGES) -> Span:
    """Return a span without the white space at its ends; empty if it holds nothing else."""
    piece = text[slice(*span)]
    start = span.start + len(piece) - len(piece.lstrip(edges))
    return Span(start, max(start, span.start + len(piece.rstrip(edges))))


def _blocks(document: Document) -> Iterator[tuple[int, _Margins]]:
    """Yield the runs of lines between blank ones, each with its paragraph's number."""
    text, before = document.text, 0
    for number, paragraph in enumerate(document.paragraphs):
        block: _Margins = []
        parted = False  # by a blank line
        breaks = [found.span() for found in LINE_BREAK.finditer(text, before, paragraph.stop)]
        starts = [before, *(stop for _, stop in breaks)]
        stops = [*(start for start, _ in breaks), paragraph.stop]
        for margin, stop in zip(starts, stops, strict=True):
            line = stripped(text, Span(margin, stop))
            if not line.size:
                parted = True
                continue
            if block and parted and not _is_loose_line(text, block[-1][1], line):
                yield number, block
                block = []
            block.append((margin, line))
            parted = False
        if block:
            yield number, block
        before = paragraph.stop


def _is_loose_line(text: str, above: Span, below: Span) -> bool:
    """Tell whether one of two lines holds only a mark that belongs to the other."""
    return only_opens(text[slice(*above)]) or only_closes(text[slice(*below)])


def _line(text: str, margin: int, span: Span, lang: Lang) -> _Line:
    """Measure a line."""
    line = text[slice(*span)]
    word = _FIRST_WORD.match(line)
    first = word.group()[:_LONGEST_WORD] if word else ""
    slack = _RAGGED if lang == "zh" and _WIDE["zh"].match(first) else 1
    indent = _columns(text[margin : span.start], lang)
    return _Line(
        span,
        text[margin : min(span.stop, span.start + 40)],
        indent,
        indent + _columns(line, lang),
        _columns(first, lang) + slack,
        bool(_END_MARK.search(line[-12:])) and not _ends_word(line),
        "\t" in line,
    )


def _ends_word(line: str) -> bool:
    """Tell whether a line ends with the full stop of an abbreviation."""
    return line.endswith(".") and en.is_abbreviation(line[-41:-1], "")


def _waits(above: str, below: str) -> bool:
    """Tell whether an English line ends in a title without its name, or in half a word."""
    if re.search(r"[A-Za-z]-\Z", above[-2:]):
        return below[:1].islower()
    word = above[-20:].rsplit(maxsplit=1)[-1]
    is_title = word.endswith(".") and word[:-1] in en.abbreviations().always
    return is_title and (below[:1].isupper() or below[:1].isdecimal())


def _columns(text: str, lang: Lang) -> int:
    """Return how many columns a text takes on a screen."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE[lang].findall(text)))


def _wrap_width(pairs: Sequence[tuple[_Line, _Line]]) -> int:
    """Return the width to which a document is wrapped, or 0 if it seems not to be.

    For each width, count the lines that are full at it and have no end mark, less those
    that are longer. Lines that end in the middle of a sentence at one same width are no
    accident, if there are three and a quarter of all, or two and more than half.
    """
    steps = [0] * (WIDEST + 2)  # of the balance, from one width to the next
    opens = [0] * (WIDEST + 2)  # of the count of full lines
    for above, below in pairs:
        fits = min(max(above.width - _HANG, NARROWEST), WIDEST + 1)
        steps[fits] += 1
        if not above.ends and above.width - _HANG <= WIDEST:
            breaks = min(max(above.width + below.first, NARROWEST), WIDEST + 1)
            for counts in (steps, opens):
                counts[fits] += 1
                counts[breaks] -= 1
    balance = list(accumulate(steps))[: WIDEST + 1]
    width = max(range(NARROWEST, WIDEST + 1), key=balance.__getitem__)
    full = sum(opens[: width + 1])
    enough = (full >= 3 and 4 * full >= len(pairs)) or (full >= 2 and 2 * full > len(pairs))
    return width if enough else 0


def _begins_anew(above: _Line, below: _Line, lang: Lang) -> bool:
    """Tell whether a line begins something new whatever the length of the one above."""
    begun = above.head.lstrip()
    if _ITEM[lang].match(below.head.lstrip()) or below.head.startswith("\u3000\u3000"):
        return True
    if begun.startswith("#") or above.cells or below.cells:
        return True
    hangs = _ITEM[lang].match(begun) or _MAYBE_ITEM[lang].match(begun)
    return below.indent > above.indent + 1 and not hangs


@dataclass(frozen=True, slots=True)
class _Seams:
    """Tells line ends that are hard wraps from those that end a unit."""

    text: str
    lang: Lang
    width: int  # to which the document is wrapped; 0 if it seems not to be
    widest: int  # columns of the longest line
    seams: int  # line ends in the document that may be hard wraps
    alone: frozenset[int]  # where lines begin that stood on every page

    def joined(self, lines: Sequence[_Line]) -> Iterator[Span]:
        """Yield the spans of the lines of a block, joined where they run on."""
        start, marks = lines[0].span.start, Marks()
        loose = True  # whether the line above was no unfinished one that stands alone
        for above, below in pairwise(lines):
            marks.add(self._of(above))
            runs_on = self._runs_on(above, below, marks, loose=loose)
            loose = runs_on or above.ends or above.width < NARROWEST
            if not runs_on:
                yield Span(start, above.span.stop)
                start = below.span.start
        yield Span(start, lines[-1].span.stop)

    def _runs_on(self, above: _Line, below: _Line, marks: Marks, *, loose: bool) -> bool:
        """Tell whether a line end is a hard wrap."""
        if above.cells or below.cells or {above.span.start, below.span.start} & self.alone:
            return False
        if is_loose(self._of(above), self._of(below), marks):
            return True
        may_begin = above.ends and _MAYBE_ITEM[self.lang].match(below.head.lstrip())
        if may_begin or _begins_anew(above, below, self.lang):
            return False
        if self.width and above.width - _HANG <= self.width < above.width + below.first:
            return True
        return self._goes_on(above, below, loose=loose)

    def _goes_on(self, above: _Line, below: _Line, *, loose: bool) -> bool:
        """Tell whether the words show a hard wrap, where the widths do not."""
        if self.lang == "en" and _waits(self._of(above), self._of(below)):
            return True
        if above.ends:
            return False
        hanging = below.indent > above.indent + 1
        alone = self.seams == 1 and below.ends  # the only line end in a text
        # Without a known width, an English line that goes on in lower case still tells.
        lower = below.head.lstrip()[:1].islower()
        if lower and (above.width >= NARROWEST or hanging or alone):
            return True
        return loose and self._breaks_off(above, below)

    def _breaks_off(self, above: _Line, below: _Line) -> bool:
        """Tell whether the words say that a line was wrapped, where widths say nothing.

        Many lines of which hardly any is wrapped have one unit each, whatever they say.
        """
        if above.width < _SHORT or self.seams > _MANY:
            return False
        found = breaks_off(self._of(above), self._of(below))
        if above.width < NARROWEST:
            return found == "sure" and self.seams <= _FEW
        if found != "some":
            return found == "sure"
        full = self.widest - _RAGGED - _HANG <= above.width <= _WIDE_PAGE
        set_in = above.indent > below.indent + 1  # the first line of a paragraph
        return set_in or (full and not self.width and self.seams <= _FEW)

    def _of(self, line: _Line) -> str:
        return self.text[slice(*line.span)]


def _parts(text: str, unit: Span) -> Iterator[Span]:
    """Yield the cells of a table row and the items of a list on one line."""
    inner = _INNER_STARRED if text[unit.start] == "*" else _INNER
    start = unit.start
    for found in inner.finditer(text, *unit):
        part = stripped(text, Span(start, found.start()))
        is_marker = part.size <= 12 and _MARKER.match(text, *part)
        if part.size and not is_marker:
            yield part
        if not is_marker:
            start = found.start()
    last = stripped(text, Span(start, unit.stop))
    if last.size:
        yield last
