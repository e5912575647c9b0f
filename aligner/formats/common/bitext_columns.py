"""Which column of a table is Chinese, which is English, and what the others say.

A head is known by its names: those of our own tables, and those of languages (zh, English,
中文) and of sides (source, 译文), see `lang.column_names`. Sides, and tables without such
a head, are told apart by the script of their texts. A row is a list, or an object
whose keys are the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from aligner.errors import FormatError, LanguageError
from aligner.formats.common.other_tables import refuse_other_table
from aligner.formats.common.raw_pairs import RawPair, confirmation, probability, side, sound
from aligner.lang.codes import tidy
from aligner.lang.column_names import Role, role_of, sides
from aligner.messages import N_, _
from aligner.span import Lang

SAMPLE_ROWS: Final = 200  # rows that tell the languages of columns
MOST_BITEXT_COLUMNS: Final = 1_000  # each of which is looked at in every row of the sample

Key: TypeAlias = int | str
Cells: TypeAlias = Mapping[str, Any] | Sequence[Any]


CONFIRMED: Final = "确认 confirmed"  # the head of a column of our spreadsheets
_OWN: Final = {
    **dict.fromkeys(("p", "prob", "probability", "confidence", "概率", "置信度"), "p"),
    **dict.fromkeys(("doc", "document", "文档", "文檔"), "doc"),
    **dict.fromkeys(("confirmed", "确认", "確認", "已确认", "已確認", CONFIRMED), "confirmed"),
    **dict.fromkeys(("id", "编号", "編號"), "id"),
    **{name: name for name in ("kind", "src_ids", "tgt_ids", "src_span", "tgt_span")},
    **{name: name for name in ("src_times", "tgt_times", "note")},
}
_UNREAD: Final = N_("two columns hold the same language: {} is read, {} is not")
_TITLE_ROWS: Final = 10  # in which a head is looked for
_MUCH: Final = 0.3  # of the text of a column: another one with as much is no remark
_SCALARS: Final = (str, int, float)
_HINT: Final = N_(
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
    unread: tuple[str, ...] = ()  # what to tell of further columns in a language that is read
    useless: tuple[str, ...] = ()  # names of columns that say nothing of a unit

    def pair(self, row: Cells, where: str) -> RawPair:
        """Return a row as a pair.

        Raises:
            FormatError: A text is something else, such as a list; `where` is named.
        """
        get = {name: cell(row, key) for name, key in self.others.items()}
        return RawPair(
            side(_text(row, self.src, where), *map(get.get, ("src_ids", "src_span", "src_times"))),
            side(_text(row, self.tgt, where), *map(get.get, ("tgt_ids", "tgt_span", "tgt_times"))),
            probability(get.get("p")),
            str(get.get("doc") or ""),
            confirmed=self._confirmed(row),
            id=str(get.get("id") or "").strip(),
            note=_note(get["note"]) if "note" in get else None,
        )

    def _confirmed(self, row: Cells) -> bool | None:
        """Return whether a person confirmed a row; None if it does not say."""
        key = self.others.get("confirmed")
        if key is None or (isinstance(row, Mapping) and key not in row):
            return None
        return confirmation(cell(row, key))


def cell(row: Cells, key: Key) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return a cell; None where the row is too short or has no such key."""
    if isinstance(row, Mapping):
        return row.get(str(key))
    return row[key] if isinstance(key, int) and key < len(row) else None


def head_at(rows: Sequence[Cells]) -> int:
    """Return which of the first rows of a table is its head, where a title stands above it.

    Above a head no row has a text in both columns that it names. 0 if there is none such.

    >>> head_at([["双语对照表"], ["编号", "中文", "英文"], ["1", "雨。", "Rain."]])
    1
    >>> head_at([["雨。", "Rain."], ["中文", "英文"]])
    0
    """
    for at, row in enumerate(rows[:_TITLE_ROWS]):
        if isinstance(row, Mapping):
            return 0
        known, pair = sides([(_role(label), key) for key, label in enumerate(row)])
        if two := (known["zh"], known["en"]) if known else pair:
            above = rows[:at]
            free = all(None in (cell(r, two[0]) or None, cell(r, two[1]) or None) for r in above)
            return at if free else 0
    return 0


def layout_of(
    names: Sequence[object],
    sample: Sequence[Cells],
    *,
    name: str,
    langs: Sequence[Lang] | None = None,
    codes: Sequence[str] = (),
) -> Layout:
    """Return the layout of a table.

    Args:
        names: The cells of its first row, or the keys of its first object.
        sample: Some of its rows, the first one too.
        name: Of the file, for messages.
        langs: Of the two columns of text, in their order, if the user named them.

        codes: Names of columns that are read before others of their language.

    Raises:
        FormatError: There are no two columns of text.
        LanguageError: They are not one Chinese and one English.
        OtherKindError: The columns are those of a table that is no bitext.
    """
    refuse_other_table(names, name)
    if len(names) > MOST_BITEXT_COLUMNS:
        raise FormatError(
            _("{name}: has {count:,} columns").format(name=name, count=len(names)), hint=_(_HINT)
        )
    objects = isinstance(next(iter(sample), None), Mapping)
    keys: list[Key] = [str(key) for key in names] if objects else list(range(len(names)))
    others: dict[str, Key] = {}
    for label, key in zip(names, keys, strict=True):
        if own := _OWN.get(_plain(label)):
            others.setdefault(own, key)
    if objects:  # each has the key if there is something to say
        others.setdefault("confirmed", "confirmed")
        others.setdefault("note", "note")
    roles = [(_role(label), key) for label, key in zip(names, keys, strict=True)]
    called = dict(zip(keys, map(str, names), strict=True))
    known, pair = sides([*_named_first(roles, names, codes), *roles])
    useless = _useless(roles, names)
    if known:
        two = known["zh"], known["en"]
        unread = _unread(_named_alike(roles, two), sample[1:], called)
        return Layout(*two, others, True, unread, useless)  # noqa: FBT003
    if pair and {"src_ids", "tgt_ids"} <= others.keys():  # ours: the source is Chinese
        return Layout(*pair, others, head=True, useless=useless)
    head = pair is not None
    rows = sample[1:] if head and not objects else sample
    src, tgt = _told_apart(pair or keys, rows, name, langs)
    alike = _named_alike(roles, (src, tgt)) if pair else _alike(keys, (src, tgt), rows)
    if not (pair or objects):
        called = {key: _("column {at}").format(at=at) for at, key in enumerate(keys, start=1)}
    unread = _unread(alike, rows, called)
    return Layout(
        src, tgt, others if head or objects else {}, head, unread, useless if head else ()
    )


def _named_first(
    roles: Sequence[tuple[Role | None, Key]], names: Sequence[object], codes: Sequence[str]
) -> Iterator[tuple[Role | None, Key]]:
    """Yield the columns of languages that are called as the user wants them."""
    for label, (role, key) in zip(names, roles, strict=True):
        if role in {"zh", "en"} and tidy(str(label)) in codes:
            yield role, key


def _useless(roles: Sequence[tuple[Role | None, Key]], names: Sequence[object]) -> tuple[str, ...]:
    """Return the names of the columns that say nothing of a unit, such as a person's notes."""
    labels = [
        str(label).strip()
        for label, (role, _other) in zip(names, roles, strict=True)
        if role in {None, "note", "status"} and label is not None and _plain(label) not in _OWN
    ]
    return tuple(label for label in labels if label)


def _unread(
    alike: Mapping[Key, Key], rows: Sequence[Cells], called: Mapping[Key, str]
) -> tuple[str, ...]:
    """Return what to tell of columns that say the same as one that is read.

    Args:
        alike: For each such column, the one that is read.
        rows: Some of the table.
        called: The name of each column.
    """
    sizes = {key: sum(map(len, _strings(rows, key))) for key in {*alike, *alike.values()}}
    return tuple(
        _(_UNREAD).format(called[read], called[key])
        for key, read in alike.items()
        if sizes[key] > _MUCH * sizes[read]
    )


def _named_alike(roles: Sequence[tuple[Role | None, Key]], two: tuple[Key, Key]) -> dict[Key, Key]:
    """Return the columns whose names say the same as those of the two that are read."""
    read = {role: key for role, key in roles if key in two}
    return {key: read[role] for role, key in roles if role in read and key not in two}


def _alike(keys: Sequence[Key], two: tuple[Key, Key], rows: Sequence[Cells]) -> dict[Key, Key]:
    """Return the columns whose texts are in the language of one of the two that are read."""
    languages = {key: _language(" ".join(_strings(rows, key))) for key in keys}
    read = {languages[key]: key for key in two}
    return {
        key: read[languages[key]]
        for key in keys
        if key not in two and languages[key] and languages[key] in read
    }


def _plain(label: object) -> str:
    return label.strip().lower() if isinstance(label, str) else ""


def _role(label: object) -> Role | None:
    return role_of(label) if isinstance(label, str) and _plain(label) not in _OWN else None


def _told_apart(
    columns: Sequence[Key], rows: Sequence[Cells], name: str, langs: Sequence[Lang] | None
) -> tuple[Key, Key]:
    """Return the Chinese and the English one of some columns, by their script."""
    texts = {key: " ".join(_strings(rows, key)) for key in columns}
    filled = sorted((key for key in columns if texts[key]), key=lambda k: -len(texts[k]))
    if len(filled) < 2:
        raise FormatError(_("{name}: no two columns of text").format(name=name), hint=_(_HINT))
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
            _("{name}: no two columns of which one is Chinese and one English").format(name=name),
            hint=_(_HINT),
        )
    return found["zh"], found["en"]


def _note(value: object) -> str:
    return sound(str(value)).strip() if isinstance(value, _SCALARS) else ""


def _strings(rows: Sequence[Cells], key: Key) -> list[str]:
    return [value for row in rows if isinstance(value := cell(row, key), str) and value]


def _language(text: str) -> Lang | None:
    from aligner.lang.script import detect_language

    try:
        return detect_language(text)
    except LanguageError:
        return None


def _text(row: Cells, key: Key, where: str) -> str:
    value = cell(row, key)
    if value is None:
        return ""
    if not isinstance(value, _SCALARS):
        raise FormatError(
            _("{where}: column {key} holds {name}, not a text").format(
                where=where, key=key, name=type(value).__name__
            ),
            hint=_("put one text into each cell"),
        )
    return str(value)
