"""Which column of a table is Chinese, which is English, and what the others say.

A head is known by its names: those of our own tables, of languages (zh, English,
中文, zh-CN) and of sides (source, target, 原文, 译文). Sides, and tables without such
a head, are told apart by the script of their texts. A row is a list, or an object
whose keys are the columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from aligner.bitext import Lang
from aligner.bitexts.pairs import Pair, probability, side
from aligner.errors import FormatError, LanguageError
from aligner.lang.codes import is_well_formed, lang_of, tidy

SAMPLE: Final = 200  # rows that tell the languages of columns

Key: TypeAlias = int | str
Row: TypeAlias = Mapping[str, Any] | Sequence[Any]


def _roles(**names: str) -> dict[str, str]:
    return {name: role for role, line in names.items() for name in line.split("|")}


_ROLES: Final = _roles(
    zh="chinese|simplified chinese|traditional chinese|中文|汉语|漢語|汉文|漢文|华语|國語"
    "|简体|简体中文|簡體|簡體中文|繁体|繁体中文|繁體|繁體中文",
    en="english|英文|英语|英語",
    first="src|source|source text|original|原文|源文|源语|源語|原句",
    second="tgt|trg|target|target text|translation|译文|譯文|目标|目標|译句",
    p="p|prob|probability|confidence|概率|置信度",
    doc="doc|document|文档|文檔",
    kind="kind",
    src_ids="src_ids",
    tgt_ids="tgt_ids",
    src_span="src_span",
    tgt_span="tgt_span",
)
_SIDES: Final = frozenset({"zh", "en", "first", "second"})
_SCALARS: Final = (str, int, float)
_HINT: Final = (
    "name the columns in the first row, such as zh and en; or say their languages in order,"
    " such as --langs zh,en"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row the parts of a unit stand."""

    src: Key  # the Chinese text
    tgt: Key
    others: Mapping[str, Key]  # p, doc, ids and spans, for the columns that there are
    head: bool  # the first row holds names

    def pair(self, row: Row, where: str) -> Pair:
        """Return a row as a pair.

        Raises:
            FormatError: A text is something else, such as a list; `where` is named.
        """
        get = {name: cell(row, key) for name, key in self.others.items()}
        return Pair(
            side(_text(row, self.src, where), get.get("src_ids"), get.get("src_span")),
            side(_text(row, self.tgt, where), get.get("tgt_ids"), get.get("tgt_span")),
            probability(get.get("p")),
            str(get.get("doc") or ""),
        )


def cell(row: Row, key: Key) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return a cell; None where the row is too short or has no such key."""
    if isinstance(row, Mapping):
        return row.get(str(key))
    return row[key] if isinstance(key, int) and key < len(row) else None


def layout_of(
    names: Sequence[object],
    sample: Sequence[Row],
    *,
    name: str,
    langs: Sequence[Lang] | None = None,
) -> Layout:
    """Return the layout of a table.

    Args:
        names: The cells of its first row, or the keys of its first object.
        sample: Some of its rows, the first one too.
        name: Of the file, for messages.
        langs: Of the two columns of text, in their order, if the user named them.

    Raises:
        FormatError: There are no two columns of text.
        LanguageError: They are not one Chinese and one English.
    """
    objects = isinstance(next(iter(sample), None), Mapping)
    keys: list[Key] = [str(key) for key in names] if objects else list(range(len(names)))
    roles: dict[str, Key] = {}
    for label, key in zip(names, keys, strict=True):
        roles.setdefault(_role(label), key)
    others = {role: key for role, key in roles.items() if role and role not in _SIDES}
    if {"zh", "en"} <= roles.keys():
        return Layout(roles["zh"], roles["en"], others, head=True)
    head = {"first", "second"} <= roles.keys()
    if head and {"src_ids", "tgt_ids"} <= roles.keys():  # ours: the source is Chinese
        return Layout(roles["first"], roles["second"], others, head=True)
    columns = [roles["first"], roles["second"]] if head else keys
    rows = sample[1:] if head and not objects else sample
    src, tgt = _told_apart(columns, rows, name, langs)
    return Layout(src, tgt, others if head or objects else {}, head)


def _role(label: object) -> str:
    text = str(label).strip().lower() if isinstance(label, str) else ""
    code = tidy(text)
    if is_well_formed(code):
        return lang_of(code) or _ROLES.get(text, "")
    return _ROLES.get(text, "")


def _told_apart(
    columns: Sequence[Key], rows: Sequence[Row], name: str, langs: Sequence[Lang] | None
) -> tuple[Key, Key]:
    """Return the Chinese and the English one of some columns, by their script."""
    texts = {key: " ".join(_strings(rows, key)) for key in columns}
    filled = sorted((key for key in columns if texts[key]), key=lambda k: -len(texts[k]))
    if len(filled) < 2:
        raise FormatError(f"{name}: no two columns of text", hint=_HINT)
    if langs is not None:
        first, second = sorted(filled[:2], key=columns.index)
        return (first, second) if langs[0] == "zh" else (second, first)
    found: dict[Lang | None, Key] = {}
    for key in filled:  # the longest texts first
        found.setdefault(_language(texts[key]), key)
    if len(filled) == 2 and None in found and len(found) == 2:
        known: Lang = "zh" if "zh" in found else "en"
        found["en" if known == "zh" else "zh"] = found[None]
    if not {"zh", "en"} <= found.keys():
        raise LanguageError(
            f"{name}: no two columns of which one is Chinese and one English", hint=_HINT
        )
    return found["zh"], found["en"]


def _strings(rows: Sequence[Row], key: Key) -> list[str]:
    return [value for row in rows if isinstance(value := cell(row, key), str) and value]


def _language(text: str) -> Lang | None:
    from aligner.lang.script import detect_language  # noqa: PLC0415 - loads tables

    try:
        return detect_language(text)
    except LanguageError:
        return None


def _text(row: Row, key: Key, where: str) -> str:
    value = cell(row, key)
    if value is None:
        return ""
    if not isinstance(value, _SCALARS):
        raise FormatError(
            f"{where}: column {key} holds {type(value).__name__}, not a text",
            hint="put one text into each cell",
        )
    return str(value)
