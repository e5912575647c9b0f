"""From the lines of a PDF to its paragraphs.

Nothing in a PDF says where a paragraph ends. A reader sees it by a wider gap, a
change of size, an indented line, a line that ends before the margin although the next
word would have fitted into it, or a list marker below such a line. In a block of a few
lines the words tell whether a line ends before the margin or breaks off. A paragraph goes
on in the next column or on the next page if its last line is full and no sentence
ends there. Small print at the foot of a page is read after all else, as in Word.

Units: points. Cost: linear in the number of lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from aligner.formats.pdf.layout import Column, Line
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.seams import breaks_off

_OTHER_SIZE = 0.08  # relative difference from which a size is another
_SMALL_PRINT = 0.93  # of the usual size
_FOOT = 0.5  # small print begins below the middle of a column's lines
_APART = 1.3  # of the usual distance of lines: surely a new paragraph
_LOOSE = 1.12  # the same where the line above is short or ends a sentence
_INDENT = 0.8  # of the size
_HANGING = 2.6  # of the size that a full Chinese line may lack: no mark begins a line
_FAR_IN = 0.2  # of a column's width: no indent is so wide
_SLACK = 0.3  # of the size that a full line of words may lack
_BLOCK = 3  # lines from which a block may have a margin of its own
_REACHING = 0.4  # of its lines that must reach it, on either side
_SET_IN = 0.5  # of the column's width that such a block has at least
_SURE_MARGIN = 20  # lines of a slot from which the widest may be strays
_STRAYS = 3
_FEW = 2  # lines that end near the widest: it need not be as wide as the column
_NARROW = 0.4  # of the page: a text so narrow is not wrapped
_LIKELY_RIGHT = 0.95  # of the page's width less the left margin: where the right one is, then
_SHORT = 4  # lines of a block whose own margins tell little
_NARROWEST = 40  # columns: narrower lines are lists or signatures
_TAIL = 20  # characters in which the end of a sentence is looked for
_LONGEST_WORD = 30  # characters; a longer one is an address, and may be broken anywhere

_WIDE = re.compile(f"[{zh.WIDE_HERE}]")
_FIRST_WORD = re.compile(rf"\s*([{zh.WIDE}]|[^\s{zh.WIDE}]+)")
_END = re.compile(r"[。！？!?.…；;：:][\"'”’」』）)》】\]]*\s*\Z")

_NEW_BEHIND = re.compile(rf"[.．:：]?\s+[^a-z\s{zh.CONTINUES}]")

Slots = Mapping[tuple[int, int, int], "_Margins"]


class _Margins(NamedTuple):
    """Between which lines of a column or a block run."""

    left: float
    right: float


class _Spot(NamedTuple):
    """A line, and the margins that hold for it."""

    line: Line
    margins: _Margins


def paragraphs(columns: Sequence[Column]) -> list[list[Line]]:
    """Return the lines of each paragraph of a document, small print at the feet last."""
    usual = _usual_size(chain.from_iterable(column.lines for column in columns))
    leading, slots = _leading(columns), _slots(columns)
    body: list[list[_Spot]] = []
    feet: list[list[_Spot]] = []
    for column in columns:
        lines, foot = _without_foot(column.lines, usual)
        found = _split(lines, leading, slots[column.slot])
        if body and found and _goes_on(body[-1][-1], found[0][0]):
            body[-1] += found.pop(0)
        body += found
        feet += _split(foot, leading, slots[column.slot])
    return [[spot.line for spot in paragraph] for paragraph in body + feet]


def _usual_size(lines: Iterator[Line]) -> float:
    """Return the size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _leading(columns: Sequence[Column]) -> dict[float, float]:
    """Return the distance of lines inside a paragraph for each size: the least that is usual."""
    gaps: dict[float, list[float]] = defaultdict(list)
    for column in columns:
        for above, below in pairwise(column.lines):
            gap = above.base - below.base
            if _same_size(above, below) and gap > 0.5 * above.size:  # not one row
                gaps[above.size].append(gap)
    return {size: _least_usual(sorted(its)) for size, its in gaps.items()}


def _least_usual(gaps: Sequence[float]) -> float:
    """Return the least of sorted gaps that comes again within 3 %, else the least."""
    needed = max(2, len(gaps) // 20)
    for at, gap in enumerate(gaps):
        last = at + needed - 1
        if last < len(gaps) and gaps[last] <= 1.03 * gap:
            return gap
    return gaps[0]


def _slots(columns: Sequence[Column]) -> dict[tuple[int, int, int], _Margins]:
    """Return the margins of the columns that are alike, without a few strays."""
    lines: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for column in columns:
        lines[column.slot] += column.lines
    found = {}
    for slot, its in lines.items():
        strays = _STRAYS if len(its) >= _SURE_MARGIN else 0
        lefts, rights = sorted(line.left for line in its), sorted(line.right for line in its)
        left, right = lefts[strays], rights[-1 - strays]
        page = _right_of_page(slot)
        reaching = sum(stop > right - _HANGING * its[0].size for stop in rights)
        if reaching <= _FEW or right - left < _NARROW * page:
            right = max(right, _LIKELY_RIGHT * page - left)
        found[slot] = _Margins(left, right)
    return found


def _right_of_page(slot: tuple[int, int, int]) -> float:
    """Return the right edge of the page if it has one column, else 0."""
    width, _, count = slot
    return 10.0 * width if count == 1 else 0.0


def _without_foot(lines: Sequence[Line], usual: float) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the lines of a column, and the small print below them."""
    at = len(lines)
    while at > 0 and lines[at - 1].size < _SMALL_PRINT * usual:
        at -= 1
    if at > 0 and at >= _FOOT * len(lines):
        return lines[:at], lines[at:]
    return lines, []


def _split(
    lines: Sequence[Line], leading: Mapping[float, float], slot: _Margins
) -> list[list[_Spot]]:
    """Return the paragraphs of one column."""
    found: list[list[_Spot]] = []
    for block in _blocks(lines, leading):
        margins = _block_margins(block, slot)
        paragraph = [_Spot(block[0], margins)]
        for above, below in pairwise(block):
            broken = len(block) <= _SHORT and _breaks_off(above, below, block)
            if _is_new(paragraph, below, margins, _gap(above, below, leading), broken=broken):
                found.append(paragraph)
                paragraph = []
            paragraph.append(_Spot(below, margins))
        found.append(paragraph)
    return found


def _blocks(lines: Sequence[Line], leading: Mapping[float, float]) -> Iterator[list[Line]]:
    """Yield lines between wider gaps, changes of size and cells of a row."""
    block: list[Line] = []
    for line in lines:
        if block:
            gap = _gap(block[-1], line, leading)
            if not _same_size(block[-1], line) or not 0.5 < gap < _APART:  # one row
                yield block
                block = []
        block.append(line)
    if block:
        yield block


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _OTHER_SIZE * max(one.size, other.size)


def _gap(above: Line, below: Line, leading: Mapping[float, float]) -> float:
    """Return the distance of two lines in terms of the usual one."""
    return (above.base - below.base) / leading.get(above.size, 1.2 * above.size)


def _block_margins(block: Sequence[Line], slot: _Margins) -> _Margins:
    """Return the margins of a block: its own where it is set in, as a quotation is."""
    left, right = min(line.left for line in block), max(line.right for line in block)
    em = block[0].size
    reaching = sum(line.right > right - _HANGING * em for line in block)
    aligned = sum(line.left < left + _SLACK * em for line in block)
    wide = right - left > _SET_IN * (slot.right - slot.left)
    if len(block) < _BLOCK or not wide or min(reaching, aligned) < max(2, _REACHING * len(block)):
        return _Margins(min(left, slot.left), max(right, slot.right))
    return _Margins(left, right)


def _is_new(
    paragraph: Sequence[_Spot], below: Line, margins: _Margins, gap: float, *, broken: bool
) -> bool:
    """Tell whether a line begins a paragraph below another of the same block.

    Args:
        paragraph: The lines so far.
        below: The line.
        margins: Of its block.
        gap: Between it and the line above, in terms of the usual one.
        broken: Whether the words show that the line above breaks off in a sentence.
    """
    above = paragraph[-1].line
    ends = bool(_END.search(above.text[-_TAIL:]))
    full = _is_full(above, below, margins) or broken
    if not full or (ends and gap > _LOOSE):
        return True
    if _is_item(below.text, sure=not ends) and (ends or _is_item(above.text, sure=False)):
        return True
    if _is_centred(above, margins) or _is_centred(below, margins):
        return ends
    step = below.left - above.left
    if step > _INDENT * below.size:
        return ends or not _is_item(paragraph[0].line.text, sure=False)
    indented = below.left - margins.left > _INDENT * below.size
    return len(paragraph) == 1 and indented and abs(step) < _SLACK * below.size and ends


def _breaks_off(above: Line, below: Line, block: Sequence[Line]) -> bool:
    """Tell whether the longest line of a short block breaks off in a sentence.

    Where so few lines are, nothing shows how far a full one goes; their words do.
    """
    longest = max(line.right for line in block) - _HANGING * above.size
    if above.right < longest or _columns(above.text) < _NARROWEST:
        return False
    return breaks_off(above.text.strip(), below.text.strip()) != "none"


def _goes_on(above: _Spot, below: _Spot) -> bool:
    """Tell whether a paragraph goes on in the next column."""
    line, first = above.line, below.line
    if not _same_size(line, first) or not _is_full(line, first, above.margins):
        return False
    indented = first.left - below.margins.left > _INDENT * first.size
    return not (indented or _END.search(line.text[-_TAIL:]) or en.ITEM.match(first.text))


def _is_full(above: Line, below: Line, margins: _Margins) -> bool:
    """Tell whether the first word of the line below would not have fitted into the one above."""
    found = _FIRST_WORD.match(below.text)
    word = found[1][:_LONGEST_WORD] if found else ""
    wide = bool(_WIDE.match(word))
    slack = _HANGING if wide else _SLACK + 0.25  # with the blank before the word
    needed = slack * above.size + (0.0 if wide else _columns(word) * _column(below))
    stop = above.right
    if _is_centred(above, margins) or _is_set_right(above, margins):
        stop = margins.left + above.width
    return margins.right - stop < needed


def _is_centred(line: Line, margins: _Margins) -> bool:
    """Tell whether a line stands clear of both margins, in the middle between them."""
    before, behind = line.left - margins.left, margins.right - line.right
    return min(before, behind) > line.size and abs(before - behind) < 2 * line.size


def _is_set_right(line: Line, margins: _Margins) -> bool:
    """Tell whether a line begins so far in that it must be set to the right margin."""
    return line.left - margins.left > _FAR_IN * (margins.right - margins.left)


def _is_item(text: str, *, sure: bool) -> bool:
    """Tell whether a line begins like a list item, an article or a chapter.

    With `sure`, not if it may also go on with a sentence: `Article 5 of`, `第五条规定`.
    """
    text = text.lstrip()
    if zh.ITEM.match(text) or en.ITEM.match(text):
        return True
    found = zh.MAYBE_ITEM.match(text) or en.MAYBE_ITEM.match(text)
    return bool(found and (not sure or _NEW_BEHIND.match(text, found.end())))


def _column(line: Line) -> float:
    """Return how wide a narrow character of a line is; a wide one takes two."""
    return line.width / max(1, _columns(line.text))


def _columns(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))
