"""The rules of bitexts that are tables: TSV, CSV, JSON Lines, Parquet and workbooks.

Any table must have two columns of text, as many cells a row as it has columns, and
text in every row. Of the columns that are ours (see `unit_rows`), numbers go
up without gaps, kinds count the numbers, probabilities are from 0 to 1, and spans go up
and hold their texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from aligner.formats.common.bitext_columns import (
    SAMPLE_ROWS,
    Cells,
    Layout,
    cell,
    head_at,
    layout_of,
)
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import (
    BitextHead,
    BitextSource,
    RawPair,
    ids_of,
    is_empty,
    span_of,
)
from aligner.formats.common.table_pairs import RowReader
from aligner.messages import _

_SIDES: Final = ("src", "tgt")


def check_table(source: BitextSource, read: RowReader) -> Iterator[Problem]:
    """Yield what is wrong with a table, in the order of its lines.

    Args:
        source: The file.
        read: What takes it apart into rows.

    Raises:
        FormatError: It cannot be taken apart into rows.
        LanguageError: It has no column of Chinese, or none of English.
        ReadError: It cannot be read.
    """
    head = BitextHead()
    rows = read(source, head)
    sample = list(islice(rows, SAMPLE_ROWS))
    if head.encoding != "utf-8":
        yield Problem(
            None,
            _("a text is UTF-8"),
            _("it is {encoding}").format(encoding=head.encoding),
            _("save it as UTF-8"),
        )
    if not sample:
        yield Problem(None, _("a bitext holds text"), _("the file is empty"))
        return
    sample = sample[head_at([row for _other, row in sample]) :]
    first = sample[0][1]
    named = isinstance(first, Mapping)
    layout = layout_of(
        list(first), [row for _other, row in sample], name=source.name, langs=source.langs
    )
    if not (layout.head or named):
        yield Problem(
            sample[0][0],
            _("the first row names the columns"),
            _("it does not, so they are told apart by their script"),
            _("name them, such as src and tgt, or zh and en"),
        )
    body = islice(chain(sample, rows), int(layout.head and not named), None)
    yield from _check_rows(body, layout, None if named else len(first))


def _check_rows(
    rows: Iterable[tuple[int, Cells]], layout: Layout, width: int | None
) -> Iterator[Problem]:
    counters: dict[str, _Progress] = {}
    for line, row in rows:
        if width is not None and len(row) != width:
            hint = _("a tab or a line end in a text must be a blank, or in quotation marks in CSV")
            yield Problem(
                line,
                _("a row has {width} cells").format(width=width),
                _("it has {count}").format(count=len(row)),
                hint,
            )
        pair = layout.pair(row, _("line {line}").format(line=line))
        if is_empty(pair):
            yield Problem(line, _("a row has a text"), _("it has none"))
            continue
        get = {name: cell(row, key) for name, key in layout.others.items()}
        yield from _check_p(get, line)
        yield from counters.setdefault(pair.doc, _Progress()).check(get, pair, line)


def _check_p(get: Mapping[str, object], line: int) -> Iterator[Problem]:
    if "p" not in get:
        return
    try:
        good = 0.0 <= float(str(get["p"])) <= 1.0
    except ValueError:
        good = False
    if not good:
        yield Problem(
            line, _("p is a probability from 0 to 1"), _("it is {get!r}").format(get=get["p"])
        )


@dataclass(slots=True)
class _Progress:
    """How far the numbers and spans of a document have gone."""

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SIDES, 0))
    places: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SIDES, 0))

    def check(self, get: Mapping[str, object], pair: RawPair, line: int) -> Iterator[Problem]:
        for name, text in zip(_SIDES, (pair.src.text, pair.tgt.text), strict=True):
            yield from self._check_numbers(name, get, text, line)
            yield from self._check_span(name, get, text, line)
        if {"kind", "src_ids", "tgt_ids"} <= get.keys():
            kind = "-".join(str(len(ids_of(get[f"{name}_ids"]))) for name in _SIDES)
            if get["kind"] != kind:
                rule = _("kind counts the numbers of both sides")
                yield Problem(
                    line, rule, _("it is {get!r}, not {kind}").format(get=get["kind"], kind=kind)
                )

    def _check_numbers(
        self, name: str, get: Mapping[str, object], text: str, line: int
    ) -> Iterator[Problem]:
        key = f"{name}_ids"
        if key not in get:
            return
        numbers, wanted = ids_of(get[key]), self.numbers[name]
        if numbers != tuple(range(wanted, wanted + len(numbers))):
            rule = _("{key} go up from 0 without gaps").format(key=key)
            yield Problem(
                line,
                rule,
                _("they are {get!r}, the next number is {wanted}").format(
                    get=get[key], wanted=wanted
                ),
            )
        if text and not numbers:
            yield Problem(line, _("a side with text has {key}").format(key=key), _("it has none"))
        self.numbers[name] = numbers[-1] + 1 if numbers else wanted

    def _check_span(
        self, name: str, get: Mapping[str, object], text: str, line: int
    ) -> Iterator[Problem]:
        key = f"{name}_span"
        value = get.get(key)
        if value is None or value == "":
            return
        span = span_of(value)
        rule = _("{key} goes up and holds its text").format(key=key)
        if span is None:
            yield Problem(line, rule, _("it is {value!r}, not two numbers").format(value=value))
        elif span.start < self.places[name]:
            yield Problem(
                line,
                rule,
                _("it begins at {start}, before the last one ends").format(start=span.start),
            )
        elif span.size < len(text):
            yield Problem(
                line,
                rule,
                _("it has {size} characters, the text {count}").format(
                    size=span.size, count=len(text)
                ),
            )
        self.places[name] = span.stop if span else self.places[name]
