"""What every reader of bitexts yields: pairs of texts, with what the file says of them.

A reader says what stands in the file and no more; numbers and offsets that hold for
the whole are given later (`unit_numbers`). Values that make no sense, such as a
probability of 7, are passed over, as if the file were silent: other programs write
other things under the same names.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from aligner.formats.common.clock_times import times_from
from aligner.messages import N_, _, ngettext
from aligner.span import Lang, PlaceKind, Span, Times

MOST_IN_SIDE: Final = 100  # of one side of a unit; more is no bead
_FORBIDDEN: Final = N_("it holds a character that XML forbids, such as {}")
_UNDEFINED: Final = N_("it holds a reference that is not defined, such as {}")
_NUMERIC: Final = re.compile(r"&#(?:x[0-9A-Fa-f]+|\d+);")
_LONGEST_IDS: Final = 20 * MOST_IN_SIDE  # characters
_CLEANED: Final = "cleaned"
_CUT: Final = "cut"
_LONGEST_CUT: Final = 60  # characters of what is told of a row
_NAMED: Final = 5  # lines of units that are left out
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_IDS: Final = re.compile(r"\[?\s*(\d{1,12}(?:\s*,\s*\d{1,12})*)?\s*\]?")
_SPAN: Final = re.compile(r"\s*(\d{1,12})\s*-\s*(\d{1,12})\s*")
_YES: Final = frozenset({
    "yes", "y", "true", "1", "1.0", "x", "ok", "✓", "✔", "√", "是", "对", "對", "confirmed",
    "已确认", "已確認", "确认", "確認",
})  # fmt: skip
_NO: Final = frozenset({"", "no", "n", "false", "0", "0.0", "否", "未确认", "未確認"})
_STATED: Final = re.compile(r"\b(?:p|prob|probability|score)\s*[=:]\s*([0-9.]+)", re.IGNORECASE)


class RawSide(NamedTuple):
    """One side of a pair."""

    text: str
    size: int  # segments; 0 for a side without any
    first: int | None = None  # number of its first segment, as the file gives it
    span: Span | None = None  # in the document's text, as the file gives it
    times: Times | None = None  # when it is shown, as the file gives it


class RawPair(NamedTuple):
    """A unit of a file as it stands there."""

    src: RawSide  # Chinese
    tgt: RawSide  # English
    p: float = 1.0
    doc: str = ""  # as the file names the document; empty if it does not
    number: int = 0  # of the unit, line or row in the file, from 1; 0 if that is not known
    confirmed: bool | None = None  # by a person; None if the file does not say
    id: str = ""  # of the unit, in a spreadsheet of ours
    note: str | None = None  # of a person on the link; None if the file has no place for one
    sheet: str = ""  # of a workbook, if pairs stand on several


@dataclass(frozen=True, slots=True)
class BitextSource:
    """A file to read, and what the user said of it."""

    path: Path
    name: str  # as the user wrote it
    encoding: str | None = None  # as told; None: find out
    langs: tuple[Lang, Lang] | None = None  # of the two columns of a table, in their order
    codes: tuple[str, ...] = ()  # BCP 47: which variants to read, where there are several


@dataclass(slots=True)
class BitextHead:
    """What a file says about itself, as far as it has been read."""

    src_lang: str = ""  # BCP 47
    tgt_lang: str = ""
    signature: str = ""
    source: Lang = "zh"  # language of the original
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    counted: PlaceKind = "unit"  # what the numbers of pairs count
    other_columns: tuple[str, ...] = ()  # of a table, that are of no use here
    confirmed: int = 0  # units that a person confirmed, as far as they have been read,
    confirmed_alone: int = 0  # and those of them without partner
    noted: int = 0  # units with a note, as far as they have been read
    may_have_notes: bool = True  # a table without such a column has none
    unpaired: str | None = None  # the mark of the list beside it; None if it says nothing
    left_out: dict[str, list[int]] = field(default_factory=dict)  # by why: the first lines,
    counts: Counter[str] = field(default_factory=Counter)  # and how many there are
    cleaned: list[int] = field(default_factory=list)  # first lines of units without a character
    unkept: Counter[str] = field(default_factory=Counter)  # what a bitext has no place for
    cut: list[str] = field(default_factory=list)  # first lines with cells beyond the columns

    def tell(self, *notes: str) -> None:
        """Take down what a user should know, once."""
        self.notes = tuple(dict.fromkeys((*self.notes, *notes)))

    def leave_out(self, line: int, why: str) -> None:
        """Take down that a unit is not read, since one bad unit is no reason to refuse all."""
        self.counts[why] += 1
        if self.counts[why] <= _NAMED:
            self.left_out.setdefault(why, []).append(line)

    def take_out(self, line: int, written: str) -> None:
        """Take down that a unit is read without a control character; nothing if there is none."""
        if written:
            self.counts[_CLEANED] += 1
            self.cleaned += [line] * (len(self.cleaned) < _NAMED)

    def cut_off(self, line: int, cells: Sequence[object]) -> None:
        """Take down that cells of a row are not read, since the first row has none there."""
        self.counts[_CUT] += 1
        if len(self.cut) < _NAMED:
            text = " | ".join(str(value) for value in cells if value not in {None, ""})
            short = text if len(text) <= _LONGEST_CUT else text[: _LONGEST_CUT - 1] + "…"
            self.cut.append(f"{line} ({short})")

    def forget_units(self) -> None:
        """Forget what was told of units, since they are read again from the first."""
        self.left_out.clear()
        self.counts.clear()
        self.cleaned.clear()
        self.cut.clear()
        self.unkept.clear()

    def all_notes(self) -> tuple[str, ...]:
        """Return the notes, with one for each reason why units were left out."""
        cleaned = (self._cleaned(),) if self.cleaned else ()
        cut = (self._cut(),) if self.cut else ()
        return (*self.notes, *cleaned, *cut, *(self._left_out(why) for why in self.left_out))

    def _cleaned(self) -> str:
        count, lines = self.counts[_CLEANED], self.cleaned
        more = _(" and {count} more").format(count=count - len(lines)) if count > len(lines) else ""
        return ngettext(
            "1 unit is read without the control characters in it, which XML forbids: line"
            " {lines}{more}",
            "{count} units are read without the control characters in them, which XML forbids:"
            " lines {lines}{more}",
            count,
        ).format(count=count, lines=", ".join(map(str, lines)), more=more)

    def _cut(self) -> str:
        count = self.counts[_CUT]
        rest = count - len(self.cut)
        return ngettext(
            "1 row has more cells than the first, and these are not read: {lines}{more}; put a"
            " text with the sign between cells into quotation marks, or name the column",
            "{count} rows have more cells than the first, and these are not read: {lines}{more};"
            " put a text with the sign between cells into quotation marks, or name the column",
            count,
        ).format(
            count=count,
            lines=", ".join(self.cut),
            more=_(" and {count} more").format(count=rest) if rest else "",
        )

    def _left_out(self, why: str) -> str:
        lines, count = self.left_out[why], self.counts[why]
        more = _(" and {count} more").format(count=count - len(lines)) if count > len(lines) else ""
        return ngettext(
            "1 unit is left out, line {lines}{more}: {why}",
            "{count} units are left out, lines {lines}{more}: {why}",
            count,
        ).format(count=count, lines=", ".join(map(str, lines)), more=more, why=why)


def forbidden_reason(written: str) -> str:
    """Return why a unit is left out for what XML does not read in it.

    >>> forbidden_reason("&#x1F;"), forbidden_reason("&foo;")  # doctest: +ELLIPSIS
    ('it holds a character that XML forbids, ...', 'it holds a reference that is not defined, ...')
    """
    is_number = _NUMERIC.fullmatch(written) or not written.startswith("&")
    return (_(_FORBIDDEN) if is_number else _(_UNDEFINED)).format(written)


def side(text: str, ids: object = None, span: object = None, times: object = None) -> RawSide:
    """Return one side, with the numbers, the offsets and the times that the file gives.

    Without numbers, a text is one segment and an empty one is none.
    """
    text = sound(text)
    numbers = ids_of(ids)
    size = min(len(numbers), MOST_IN_SIDE) or int(bool(text))
    return RawSide(text, size, numbers[0] if numbers else None, span_of(span), times_from(times))


def is_empty(pair: RawPair) -> bool:
    """Tell whether a pair holds nothing at all."""
    return not (pair.src.size or pair.tgt.size)


def sound(text: str) -> str:
    """Return a text that can be written as UTF-8: lone surrogates are U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def ids_of(value: object) -> tuple[int, ...]:
    """Return sentence numbers from a list or from text such as `3,4`; none if it is neither.

    >>> ids_of([3, 4]), ids_of("3,4"), ids_of(None), ids_of("x")
    ((3, 4), (3, 4), (), ())
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(number, int) and number >= 0 for number in value):
            return tuple(value)
        return ()
    text = "" if value is None else str(value).strip()
    found = _IDS.fullmatch(text) if len(text) <= _LONGEST_IDS else None
    return tuple(map(int, found[1].split(","))) if found and found[1] else ()


def span_of(value: object) -> Span | None:
    """Return a span from a list of two numbers or from text such as `10-52`.

    >>> span_of([10, 52]), span_of("10-52"), span_of("52-10")
    (Span(start=10, stop=52), Span(start=10, stop=52), None)
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        numbers = ids_of(value)
    else:
        found = _SPAN.fullmatch(str(value)) if value is not None else None
        numbers = (int(found[1]), int(found[2])) if found else ()
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        return None
    return Span(*numbers)


def probability(*values: object) -> float:
    """Return the first value that is a probability; 1 if none is.

    >>> probability("0.5"), probability(None, ".25"), probability("97 %"), probability(7)
    (0.5, 0.25, 1.0, 1.0)
    """
    for value in values:
        try:
            number = float(value)  # type: ignore[arg-type] # what it cannot take is passed over
        except (TypeError, ValueError, OverflowError):
            continue
        if math.isfinite(number) and 0.0 <= number <= 1.0:
            return number
    return 1.0


def confirmation(value: object) -> bool | None:
    """Return what a cell says of a unit: confirmed or not; None if it says neither.

    >>> confirmation("是"), confirmation("No"), confirmation(None), confirmation("perhaps")
    (True, False, False, None)
    """
    text = "" if value is None else str(value).strip().lower()
    return True if text in _YES else False if text in _NO else None


def stated_probability(note: str) -> str | None:
    """Return what a note in words gives as probability, such as `p=0.83`."""
    found = _STATED.search(note)
    return found[1] if found else None
