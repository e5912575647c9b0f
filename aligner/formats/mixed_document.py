"""One file that holds both languages: split it into its two sides.

Such files go paragraph by paragraph (the original, then its translation), line by line,
or in two columns of a table, whose cells readers return row by row. In each case the
two languages take turns, so the unit is the line or the cell between tabs, and its
language is found from its script. What tells little, such as `GDP` or `2024`, is decided
by the turns of its neighbours: the likeliest sequence of sides is sought (Viterbi) with
the rate of turns that the sure units show. A file in which one language follows the
other as a whole is split in the same way, with few turns.

Units: weights are in Latin letters; a Han character counts as three. Cost: linear in
the length of the text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from aligner.bitext import Document
from aligner.errors import LanguageError
from aligner.formats.common.source import PlacedText, paragraph_spans, with_places
from aligner.lang.marks_zh import HAN
from aligner.messages import _
from aligner.span import Lang, PlaceParts, Shown, Span, shown_within

_HAN: Final = re.compile(f"[{HAN}]+")  # runs, of which there are fewer than characters
_MARK: Final = re.compile("[，。：；？！、]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]+")
_ADDRESS: Final = re.compile(r"https?://[^\s()<>\u3000-\uffff]+|</?[a-z][^<>]{0,500}>")
_LETTERS_A_HAN: Final = 3  # in a translation, two to four letters for each character
_TELLING: Final = 5  # letters against which a Han character in a unit tells
_SURE: Final = 4.0  # log-odds from which a unit counts as sure
_MOST: Final = 12.0
_SHARES: Final = (0.3, 3.5)  # weight of English to Chinese in a document and its translation
_UNITS: Final = (0.4, 2.5)  # the same of the numbers of units
_MOST_UNITS: Final = 200_000  # of a document; the Bible in both languages has 60,000
_SIDES: Final[tuple[Lang, Lang]] = ("zh", "en")


class _Unit(NamedTuple):
    """A line, or a cell of one."""

    span: Span
    paragraph: int
    odds: float  # of Chinese to English, logarithmic; 0 tells nothing


def is_mixed(document: Document) -> bool:
    """Tell whether a document holds a Chinese text and about as much of its translation.

    A Chinese paper with an English abstract, or an English one with Chinese examples,
    is not mixed.
    """
    return _are_mixed(document, list(_units(document)))


def _are_mixed(document: Document, units: Sequence[_Unit]) -> bool:
    sure = [unit for unit in units if abs(unit.odds) >= _SURE]
    zh, en = sum(unit.odds > 0 for unit in sure), sum(unit.odds < 0 for unit in sure)
    if not zh or not en or not _UNITS[0] <= en / zh <= _UNITS[1]:
        return False
    weights = {1: 0.0, -1: 0.0}
    for unit in sure:
        han, latin = _letters(document.text[slice(*unit.span)])
        weights[1 if unit.odds > 0 else -1] += _LETTERS_A_HAN * han + latin
    return _SHARES[0] <= weights[-1] / weights[1] <= _SHARES[1]


def split_sides(document: Document) -> tuple[Document, Document]:
    """Return the Chinese and the English side of a mixed document.

    Units of one side that follow each other in a paragraph stay one; where the other
    side stands between, a paragraph ends. A unit without letters that stands once, such
    as a row's number, goes to both sides. Spans are of the new documents' own texts.

    Raises:
        LanguageError: The document is not mixed, or far too long.
    """
    units = list(_units(document))
    if len(units) > _MOST_UNITS:
        raise LanguageError(
            _("{source}: has more than {most_units:,} lines or cells").format(
                source=document.source or document.id, most_units=_MOST_UNITS
            ),
            hint=_("this is more than one document: split it, or give two files"),
        )
    if not _are_mixed(document, units):
        raise _no_pair(document, units)
    sides = _shared(document, units, _assign(units))
    zh, en = (_side(document, units, sides, side) for side in _SIDES)
    return zh, en


def _no_pair(document: Document, units: Sequence[_Unit]) -> LanguageError:
    """Return the error for a document that does not hold a text and its translation."""
    sides = {unit.odds > 0 for unit in units if abs(unit.odds) >= _SURE}
    message = _("{source}: does not hold both a Chinese text and its English translation")
    if len(sides) == 1:
        only_chinese, only_english = (
            _("{source}: holds only Chinese"),
            _("{source}: holds only English"),
        )
        message = only_chinese if sides.pop() else only_english
    return LanguageError(
        message.format(source=document.source or document.id),
        hint=_("give two files, one in each language"),
    )


def _units(document: Document) -> Iterator[_Unit]:
    """Yield the lines of a document, or their cells where these differ in language."""
    lines = list(_lines(document))
    cells = [_cells(line, at) for _other, line, at in lines]
    odds = [[_odds(document.text[slice(*span)]) for span in spans] for spans in cells]
    two = [min(its) < 0 < max(its) if its else False for its in odds]
    tabbed = sum(len(spans) > 1 for spans in cells)
    is_table = 2 * sum(two) >= tabbed
    for (number, _rest, _text), spans, its, differ in zip(lines, cells, odds, two, strict=True):
        if differ or (is_table and spans):
            yield from (_Unit(span, number, value) for span, value in zip(spans, its, strict=True))
        elif spans:
            span = Span(spans[0].start, spans[-1].stop)
            yield _Unit(span, number, _odds(document.text[slice(*span)]))


def _lines(document: Document) -> Iterator[tuple[int, str, int]]:
    """Yield each line with its paragraph's number and where it begins."""
    for number, paragraph in enumerate(document.paragraphs):
        at = paragraph.start
        for line in document.text[slice(*paragraph)].split("\n"):
            yield number, line, at
            at += len(line) + 1


def _cells(line: str, at: int) -> list[Span]:
    """Return the spans of what stands between tabs."""
    cells: list[Span] = []
    for cell in line.split("\t"):
        bare = cell.strip()
        if bare:
            left = at + cell.index(bare[0])
            cells.append(Span(left, left + len(bare)))
        at += len(cell) + 1
    return cells


def _letters(text: str) -> tuple[int, int]:
    """Count the Han characters and the Latin letters, without addresses and tags."""
    if "<" in text or "://" in text:
        text = _ADDRESS.sub("", text)
    return sum(map(len, _HAN.findall(text))), sum(map(len, _LATIN.findall(text)))


def _odds(text: str) -> float:
    """Return the log-odds of Chinese to English.

    A Chinese sentence may hold a long Latin name, and so may a cell of its column; an
    English one holds a Han character or two at most.
    """
    han, latin = _letters(text)
    if not han:
        return -min(_MOST, latin / 2)
    balance = _TELLING * (han + len(_MARK.findall(text))) - latin
    return max(-_MOST, min(_MOST, balance / 2 + (2.0 if balance > 0 else 0.0)))


def _assign(units: Sequence[_Unit]) -> list[Lang]:
    """Return the likeliest side of each unit, given how often the sure ones take turns."""
    costs = _turns(units)
    odds = units[0].odds
    best = (odds / 2, -odds / 2)  # of the sequences that end on either side
    back: list[tuple[int, int]] = []
    for above, unit in pairwise(units):
        stay, turn = costs[above.paragraph == unit.paragraph]
        from_zh = 0 if best[0] + stay >= best[1] + turn else 1
        from_en = 1 if best[1] + stay >= best[0] + turn else 0
        best = (
            best[from_zh] + (turn if from_zh else stay) + unit.odds / 2,
            best[from_en] + (stay if from_en else turn) - unit.odds / 2,
        )
        back.append((from_zh, from_en))
    side = 0 if best[0] >= best[1] else 1
    path = [side]
    for step in reversed(back):
        side = step[side]
        path.append(side)
    return [_SIDES[side] for side in reversed(path)]


def _turns(units: Sequence[_Unit]) -> dict[bool, tuple[float, float]]:
    """Return the logarithms of the rates to stay and to turn, by whether a paragraph goes on."""
    counts = {True: [1, 1], False: [1, 1]}  # one of each is taken for granted
    for above, unit in pairwise(units):
        if min(abs(above.odds), abs(unit.odds)) >= _SURE:
            counts[above.paragraph == unit.paragraph][(above.odds > 0) != (unit.odds > 0)] += 1
    return {
        inside: (math.log(stays / (stays + turns)), math.log(turns / (stays + turns)))
        for inside, (stays, turns) in counts.items()
    }


def _shared(document: Document, units: Sequence[_Unit], sides: Sequence[Lang]) -> list[Lang | None]:
    """Return the sides, with None for units without letters that both sides need.

    Two that follow each other and are alike, without a Han character, are the same
    number, name or address on both sides. One without letters is its neighbour's
    counterpart if the turns come out even with it.
    """
    texts = [document.text[slice(*unit.span)] for unit in units]
    found: list[Lang | None] = list(sides)
    at = 0
    while at < len(units):
        twice = texts[at] == texts[at + 1] if at + 1 < len(units) else False
        if twice and units[at].odds <= 0:
            found[at : at + 2] = _SIDES
            at += 2
            continue
        if not units[at].odds:
            around = set(found[max(0, at - 1) : at + 2 : 2]) if 0 < at < len(units) - 1 else set()
            found[at] = None if len(around) != 1 or sides[at] in around else sides[at]
        at += 1
    return found


def _side(
    document: Document, units: Sequence[_Unit], sides: Sequence[Lang | None], side: Lang
) -> Document:
    """Make the document of one side."""
    blocks: list[PlacedText] = []
    owners = enumerate(zip(units, sides, strict=True))
    headings = set(document.headings)
    line_ends = [n for n, c in enumerate(document.text) if c == "\n"] if document.by_line else []
    runs = groupby(owners, key=lambda item: (item[1][0].paragraph, item[1][1]))
    for (_other, owner), group in runs:
        if owner in (side, None):
            its = [unit for _number, (unit, _lang) in group]
            lines = [document.text[slice(*unit.span)] for unit in its]
            number = its[0].paragraph
            heading = number in headings
            parts, shown = _parts(document, its[0], line_ends), _shown(document, its)
            blocks.append(PlacedText("\n".join(lines), parts, heading, shown))
    text = "\n\n".join(block.text for block in blocks)
    count = sum(owner == side for owner in sides)
    both = sum(owner is None for owner in sides)
    note = _("split off a file in two languages: {count} of {count2} lines").format(
        count=count, count2=len(units)
    )
    note += _(", {both} of both sides").format(both=both) if both else ""
    made = Document(
        id=f"{document.id}.{side}",
        text=text,
        paragraphs=paragraph_spans(text),
        source=document.source,
        encoding=document.encoding,
        notes=(*document.notes, note),
    )
    return with_places(made, blocks)


def _shown(document: Document, units: Sequence[_Unit]) -> tuple[Shown, ...]:
    """Return when the pieces of some units are shown, as ranges of their text, a line each."""
    found, at = list[Shown](), 0
    for unit in units:
        moved = at - unit.span.start
        for piece in shown_within(document.shown, unit.span):
            start, stop = (
                max(piece.span.start, unit.span.start),
                min(piece.span.stop, unit.span.stop),
            )
            found.append(piece._replace(span=Span(start + moved, stop + moved)))
        at += unit.span.size + len("\n")
    return tuple(found)


def _parts(document: Document, unit: _Unit, line_ends: Sequence[int]) -> PlaceParts:
    """Return where a unit stands in the file."""
    if document.by_line:
        return (("line", bisect_left(line_ends, unit.span.start) + 1),)
    return (
        document.places[unit.paragraph] if document.places else (("paragraph", unit.paragraph + 1),)
    )
