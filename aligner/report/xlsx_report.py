"""A spreadsheet of the findings and terms: every place as a row that can be sorted and filtered.

Sheets: `findings`, `terms`, `occurrences`, `settings`. What a person reads stands first, and
the columns behind it, for programs, are not printed. The Chinese and the English
words of a place are marked in their sentences. As in a bitext's spreadsheet nothing is
ever a formula, a link or a number by accident. A cell holds at most 32,767 UTF-16 units
and a sheet 1,048,575 rows below its head (Excel's limits): of a longer pair of
sentences the part round the mark is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from aligner.check.baseline.baseline_sheet import ENTRY, KEEP, entry_cell
from aligner.errors import ExportError
from aligner.findings import Finding, Occurrence, Severity, Term, Terms
from aligner.formats.common.unit_rows import ids_text, span_text
from aligner.formats.common.workbook import CELL, LINES, WHOLE_SHEET, workbook, write_settings
from aligner.messages import _
from aligner.report.page_words import Words
from aligner.report.sheet_words import SHEET_WORDS
from aligner.report.shown_text import cell_width, changed_words, clean
from aligner.report.view import Judged, Sentences, ShownSide, judged

LINE = 15.0  # points
_A4: Final = 9  # as Excel counts paper
HIGHEST = 409.0  # points, Excel's limit
SLACK = 1.2
INDENT: Final = 2  # columns of a cell that its margins take
AROUND = 8_000  # characters before and after the mark in a text that no cell holds
TERMS: Final = {"term": 24, "severity": 10, "findings": 9, "dominant": 40, "others": 60,
                "consistency": 12, "count": 8, "not found": 10, "not translated": 14,
                "settled": 9, "in glossary": 10, "title": 7}  # fmt: skip
FINDINGS: Final = {"src": 40, "tgt": 50, "why": 38, "suggestion": 24, KEEP: 22, "p": 11,
                   "place": 24, "link": 7, "severity": 10, "check": 11, "class": 13, "term": 20,
                   "rendering": 26, "doc": 14, "src_ids": 10, "tgt_ids": 14, "src_span": 12,
                   "tgt_span": 15, ENTRY: 16}  # fmt: skip
OCCURRENCES: Final = {"term": 24, "src": 50, "tgt": 70, "rendering": 34, "class": 14, "words": 24,
                      "p": 11, "link": 7, "doc": 14, "src_ids": 10, "tgt_ids": 14, "src_span": 12,
                      "tgt_span": 15}  # fmt: skip
_PRINTED: Final = 11  # columns of the findings on paper: those behind them are for programs
_COLOURS: Final = {"error": "#B3261E", "warning": "#935800", "info": "#1F6A80"}
_WORDS: Final = Words(SHEET_WORDS)


class GradedCell(NamedTuple):
    """A text in the colour of its severity."""

    text: str
    severity: Severity


Cell = str | int | float | ShownSide | GradedCell


def write_xlsx(terms: Terms, path: Path) -> tuple[Path, ...]:
    """Write the sheets.

    Raises:
        ExportError: There are more places or findings than a sheet holds.
    """
    most = max(sum(term.count for term in terms.terms), len(terms.findings))
    if most > LINES:
        raise ExportError(
            _("{path}: {most} places are too many for a sheet, which holds {lines}").format(
                path=path, most=most, lines=LINES
            ),
            hint=_("write terms.jsonl and findings.jsonl instead"),
        )
    items, sentences = judged(terms), Sentences(terms.bitexts)
    with workbook(path) as book:
        sheets = _Sheets(book)
        findings = (_finding_row(f, sentences) for f in terms.findings)
        sheets.table("findings", FINDINGS, findings, printed=_PRINTED, held=0)
        if terms.has_terms:
            sheets.table("terms", TERMS, map(_term_row, items))
        if terms.has_terms:
            sheets.table("occurrences", OCCURRENCES, _occurrence_rows(items, sentences))
        write_settings(book, _WORDS("sheet.settings"), _settings(terms))
    return (path,)


def _term_row(item: Judged) -> Sequence[Cell]:
    term = item.term
    return (
        term.text,
        _graded(item.severity),
        len(item.new),
        f"{term.renderings[0].text} ({term.renderings[0].count})" if term.renderings else "",
        _others(term),
        round(term.consistency, 4),
        term.count,
        sum(o.translated for o in term.unrendered),
        sum(not o.translated for o in term.unrendered),
        len(item.accepted),
        _WORDS("yes") if term.in_glossary else "",
        _WORDS("yes") if term.title else "",
    )


def _graded(severity: Severity) -> GradedCell:
    return GradedCell(_WORDS(f"severity.{severity}"), severity)


def _kind(kind: str) -> str:
    return _WORDS.known(f"kind.{kind}", kind)


def _others(term: Term) -> str:
    lines = (
        f"{r.text} ({r.count}) {_kind(r.difference)} {changed_words(r)}".rstrip()
        for r in term.renderings[1:]
    )
    return "\n".join(lines)


def _finding_row(finding: Finding, sentences: Sentences) -> Sequence[Cell]:
    place, entry = sentences.of(finding), entry_cell(finding)
    return (
        place.src,
        place.tgt,
        finding.why,
        finding.suggestion,
        "" if finding.accepted is None else finding.accepted or _WORDS("yes"),
        round(finding.p, 4),
        place.place,
        place.link,
        _graded(finding.severity),
        _WORDS.known(f"check.{finding.check}", finding.check),
        _kind(finding.kind),
        finding.term,
        finding.rendering,
        finding.doc,
        ids_text(finding.src_ids),
        ids_text(finding.tgt_ids),
        span_text(finding.src_span),
        span_text(finding.tgt_span),
        entry if _units(entry) <= CELL else "",
    )


def _occurrence_rows(items: Iterable[Judged], sentences: Sentences) -> Iterator[Sequence[Cell]]:
    """Yield every place, by term, then by rendering, then those without one."""
    for term in (item.term for item in items):
        for r in term.renderings:
            for o in r.occurrences:
                yield _occurrence_row(term, o, _kind(r.difference), changed_words(r), sentences)
        for o in term.unrendered:
            kind = _WORDS("kind.not found" if o.translated else "kind.not translated")
            yield _occurrence_row(term, o, kind, "", sentences)


def _occurrence_row(
    term: Term, occurrence: Occurrence, kind: str, words: str, sentences: Sentences
) -> Sequence[Cell]:
    place = sentences.of(occurrence)
    return (
        term.text,
        place.src,
        place.tgt,
        occurrence.rendering,
        kind,
        words,
        round(occurrence.p, 4),
        place.link,
        occurrence.doc,
        ids_text(place.src.ids),
        ids_text(place.tgt.ids),
        span_text(occurrence.src_span),
        span_text(occurrence.tgt_span),
    )


def _settings(terms: Terms) -> Iterator[tuple[str, str | int | float]]:
    """Yield names and values; a share is a float."""
    for name, value in _values(terms):
        yield name, _cut(clean(value), CELL) if isinstance(value, str) else value


def _values(terms: Terms) -> Iterator[tuple[str, str | int | float]]:
    yield KEEP, _WORDS("how to keep", column=KEEP)
    yield _WORDS("made with"), terms.signature
    if terms.has_terms:
        yield _WORDS("consistency"), round(terms.consistency, 4)
        yield _WORDS("commonest"), round(terms.commonest_share, 4)
        yield _WORDS("n_terms"), len(terms.terms)
    for check, count in terms.count_by_check().items():
        yield _WORDS("findings of", check=_WORDS.known(f"check.{check}", check)), count
    yield _WORDS("places of findings"), len(terms.new)
    yield _WORDS("accepted places"), len(terms.findings) - len(terms.new)
    for bitext in terms.bitexts:
        yield _WORDS("document"), bitext.id
        yield "  " + _WORDS("chinese"), bitext.src_doc.source or bitext.src_doc.id
        yield "  " + _WORDS("english"), bitext.tgt_doc.source or bitext.tgt_doc.id
        yield "  " + _WORDS("made with"), bitext.signature


class _Sheets:
    """Writes tables into a workbook, cell by cell and row by row."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - untyped
        self._book = book
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "align": "left", "indent": 1}
        )
        line = {"bottom": 1, "bottom_color": "#C9D0D7", "valign": "top"}
        self._wrap = book.add_format({**line, "text_wrap": True, "align": "left", "indent": 1})
        self._whole = book.add_format({**line, "align": "center"})
        self._share = book.add_format({**line, "num_format": "0%", "align": "center"})
        self._severities = {
            name: book.add_format(
                {**line, "bold": True, "font_color": colour, "align": "left", "indent": 1}
            )
            for name, colour in _COLOURS.items()
        }
        self._mark = book.add_format({"bold": True, "underline": 1, "font_color": "#9C2A00"})
        self._marked_cell = book.add_format(
            {**line, "bold": True, "underline": 1, "font_color": "#9C2A00", "text_wrap": True,
             "align": "left", "indent": 1}
        )  # fmt: skip

    def table(
        self,
        name: str,
        columns: Mapping[str, int],
        rows: Iterable[Sequence[Cell]],
        *,
        printed: int | None = None,
        held: int = 1,
    ) -> None:
        """Write a sheet with a head that stays, and a filter.

        Args:
            name: Of the sheet, in the table of words.
            columns: Their names there, and their widths.
            rows: A cell for each column.
            printed: How many columns are on paper, and make the rows high enough for what
                they hold; all of them if None.
            held: How many columns stay when the others are moved.
        """
        sheet = self._book.add_worksheet(_WORDS(f"sheet.{name}"))
        for column, (title, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, _WORDS.known(title, title), self._head)
        last, widths = 0, tuple(columns.values())[:printed]
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, _height(row[:printed], widths))
            for column, cell in enumerate(row):
                self._cell(sheet, last, column, cell)
        sheet.freeze_panes(1, held)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R" + _WORDS("page"))
        sheet.print_area(0, 0, max(last, 1), (printed or len(columns)) - 1)
        sheet.fit_to_pages(1, 0)  # on paper one page wide, with the head on each
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": WHOLE_SHEET})  # ids of sentences: 3 or 3,4

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:  # noqa: ANN401
        if isinstance(cell, ShownSide):
            self._sentence(sheet, row, column, cell)
        elif isinstance(cell, GradedCell):
            format_ = self._severities.get(cell.severity, self._wrap)
            sheet.write_string(row, column, cell.text, format_)
        elif isinstance(cell, str):
            sheet.write_string(row, column, _cut(clean(cell), CELL), self._wrap)
        else:
            format_ = self._share if isinstance(cell, float) else self._whole
            sheet.write_number(row, column, cell, format_)

    def _sentence(self, sheet: Any, row: int, column: int, side: ShownSide) -> None:  # noqa: ANN401
        """Write a sentence, its mark in another font."""
        parts = _parts(side)
        marked = [part for part in parts if part[1]]
        if len(parts) == 1 or not marked:
            text = "".join(text for text, _ in parts)
            sheet.write_string(row, column, text, self._marked_cell if marked else self._wrap)
            return
        runs: list[object] = []
        for text, mark in parts:
            runs += [self._mark, text] if mark else [text]
        sheet.write_rich_string(row, column, *runs, self._wrap)


def _parts(side: ShownSide) -> list[tuple[str, bool]]:
    """Return what stands before the mark, the mark, and what stands after, as far as it fits."""
    first = next((n for n, piece in enumerate(side.pieces) if piece.marked), len(side.pieces))
    last = max((n + 1 for n, piece in enumerate(side.pieces) if piece.marked), default=first)
    before, mark, after = (
        clean("".join(piece.text for piece in pieces))
        for pieces in (side.pieces[:first], side.pieces[first:last], side.pieces[last:])
    )
    if _units(before + mark + after) > CELL:
        if not mark:
            return [(_cut(before, CELL), False)]
        before = "…" + before[-AROUND:] if len(before) > AROUND else before
        after, mark = _cut(after, AROUND), _cut(mark, CELL - 4 * AROUND)
    return [part for part in ((before, False), (mark, True), (after, False)) if part[0]]


def _height(row: Sequence[Cell], widths: Iterable[int]) -> float:
    """Return a row's height in points, since not every program fits it to wrapped lines.

    An estimate: a Chinese character takes two of the columns that a width counts, and
    lines break before they are quite full.
    """
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        text = cell.text if isinstance(cell, ShownSide | GradedCell) else str(cell)
        parts = text[:CELL].split("\n")
        lines = max(
            lines, sum(1 + int(cell_width(part) * SLACK / (width - INDENT)) for part in parts)
        )
    return min(LINE * lines, HIGHEST)


def _cut(text: str, most: int) -> str:
    """Return a text of at most so many UTF-16 units, with … where it was cut."""
    if _units(text) <= most:
        return text
    return text[: most // 2 - 1] + "…"  # a character may take two units


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
