"""Tables that are not what they are taken for, told by their first row.

Our own lists of terms and findings, reports, baselines and manifests hold Chinese and English
beside each other; read as bitexts or as glossaries they would give nonsense without a word. A
glossary may be read as a bitext, but is to be checked by the rules of glossaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from aligner.errors import OtherKindError
from aligner.formats.common.glossary_columns import Columns, columns_of, status_of
from aligner.lang.column_names import names_term
from aligner.messages import N_, _


class OtherTable(NamedTuple):
    """A kind of table, and what to do with one."""

    columns: frozenset[str]  # names of which it has every one
    what: str
    do: str


_OTHERS: Final = (
    OtherTable(
        frozenset({"term", "renderings", "consistency"}),
        N_("a list of terms"),
        N_("give the bitext or the two documents instead; terms -o glossary.xlsx makes a glossary"),
    ),
    OtherTable(
        frozenset({"term", "rendering", "severity", "why"}),
        N_("a list of findings"),
        N_("give the bitext or the two documents instead"),
    ),
    OtherTable(
        frozenset({"保留 keep", "baseline entry"}),
        N_("the report of a check"),
        N_("give the bitext or the two documents instead; --baseline reads a report"),
    ),
    OtherTable(
        frozenset({"term", "rendering", "reason"}),
        N_("a baseline of accepted findings"),
        N_("give it to --baseline, which says what is wrong with it"),
    ),
    OtherTable(
        frozenset({"original", "translation", "id", "score"}),
        N_("a manifest of pairs"),
        N_("give it to aligner batch"),
    ),
    OtherTable(
        frozenset({"change", "units", "before", "after"}),
        N_("a list of changes"),
        N_("give the bitext that was edited, or the one that was written"),
    ),
)
_BITEXT: Final = OtherTable(
    frozenset({"src_ids", "tgt_ids"}),
    N_("a bitext"),
    N_("give a table of terms; terms -o glossary.xlsx makes one of a bitext"),
)
_TERMS: Final = N_("give a table of terms, with columns such as zh, en, status and note")
_ENDS: Final = ("。", "！", "？", "；", ".", "!", "?", ";")  # of a sentence
_OF_BITEXTS: Final = frozenset({
    "p", "kind", "src_ids", "tgt_ids", "src_span", "tgt_span", "doc", "confirmed", "确认 confirmed",
})  # fmt: skip


def refuse_other_table(
    names: Iterable[object], name: str, *, wanted: Literal["bitext", "glossary"] = "bitext"
) -> None:
    """Refuse a table whose columns say that it is something else than what is wanted.

    Args:
        names: The cells of its first row, or the keys of its first object.
        name: Of the file.
        wanted: What it is to be.

    Raises:
        OtherKindError: Says what it is, and what to do with it.
    """
    plain = {_plain(label) for label in names}
    for other in (*_OTHERS, _BITEXT):
        if other.columns <= plain and (wanted == "glossary" or other is not _BITEXT):
            told = (
                _("{name}: is {what}, not a bitext")
                if wanted == "bitext"
                else _("{name}: is {what}, not a glossary")
            )
            do = other.do if wanted == "bitext" or other is _BITEXT else _TERMS
            raise OtherKindError(told.format(name=name, what=_(other.what)), hint=_(do))


def is_glossary(rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether the first rows of a table are those of a glossary.

    It names a column of each language or side and none that only bitexts have; and it says
    that there are terms, by a name of a column or by their status: in every row, or in most rows
    if none holds a sentence, since a status may be misspelt.

    >>> is_glossary([["zh", "en", "status"], ["闸门", "sluice gate", "首选"], ["堰", "weir", ""]])
    True
    >>> rows = [["闸门", "", "首选"], ["堰", "weir", "首先"], ["坝", "dam", "首选"]]
    >>> is_glossary([["zh", "en", "status"], *rows])
    True
    >>> is_glossary([["zh", "en", "status"], ["雨停了。", "The rain stopped.", "Translated"]])
    False
    """
    if not rows:
        return False
    head = ["" if cell is None else str(cell) for cell in rows[0]]
    columns = columns_of(head)
    if not (columns.zh and columns.en) or _OF_BITEXTS & set(map(_plain, head)):
        return False
    return any(map(names_term, head)) or _has_statuses(rows[1:], columns)


def _has_statuses(rows: Sequence[Sequence[object]], columns: Columns) -> bool:
    """Tell whether the column of statuses holds such, as far as can be known."""
    if columns.status is None:
        return False
    said = [word for row in rows if (word := _said(row, columns.status))]
    known = sum(status_of(word) is not None for word in said)
    if known == len(said):
        return bool(said)
    texts = (_said(row, column) for row in rows for column in (*columns.zh, *columns.en))
    return 2 * known > len(said) and not any(text.endswith(_ENDS) for text in texts)


def _said(row: Sequence[object], column: int) -> str:
    return str(row[column] or "").strip() if column < len(row) else ""


def _plain(label: object) -> str:
    return label.strip().lower() if isinstance(label, str) else ""
