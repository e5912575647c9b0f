"""Manifests: which files belong together, as a table that a person can edit.

A row has `original` and `translation`, two files relative to the manifest's folder, and
if you like an `id`; more columns, such as those of `aligner pair`, are passed over. Rows
without a translation, and rows whose `how` says `doubtful`, wait for a person and are
not aligned.

A name that is not UTF-8, or holds what a cell cannot, stands there as `filenames.shown`
writes it. How a pair gets its id: see `ids`. A name that no file can have is no reason to
refuse the manifest: its pair fails alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, Final

from aligner.errors import FormatError, SettingError
from aligner.filenames import named, printable, shown
from aligner.lang.column_names import role_of
from aligner.messages import N_, _
from aligner.pairing.ids import ids_of
from aligner.pairing.manifest_row import ManifestRow, WaitingRow

MANIFEST_READERS: Final = {
    ".csv": "aligner.formats.csv_tsv:csv_rows",
    ".jsonl": "aligner.formats.jsonl:jsonl_rows",
    ".parquet": "aligner.formats.parquet:parquet_rows",
    ".tsv": "aligner.formats.csv_tsv:tsv_rows",
    ".xlsx": "aligner.formats.xlsx:sheet_rows",
}
DOUBTFUL: Final = "doubtful"
MANIFEST_COLUMNS: Final = ("original", "translation", "id", "score", "how", "note")
_SIDES: Final = {
    "first": "original", "zh": "original", "second": "translation", "en": "translation",
}  # fmt: skip
_OTHERS: Final = ("id", "how")
_NO_PARTNER: Final = N_("no translation is named")
_AGAIN: Final = N_("the same row stands above")
_HINT: Final = N_("name the columns original, translation and, if you like, id in the first row")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The pairs of a batch, and what was not taken."""

    pairs: tuple[ManifestRow, ...]  # in the order of their ids
    left_out: int = 0  # files or rows that wait for a decision
    waiting: tuple[WaitingRow, ...] = ()  # these
    locks: int = 0  # lock files of office programs that were passed over


def read_manifest(path: str | Path) -> Manifest:
    """Read a manifest: CSV, TSV, XLSX, Parquet or JSON Lines, by its suffix.

    Raises:
        FormatError: It is damaged, or has no columns of these names.
        ReadError: It cannot be read.
        SettingError: Its suffix is another one, or an id stands in two rows.
    """
    path = Path(path)
    rows = list(_rows(path))
    named_rows = [row for row in rows if row["translation"] and row["how"].lower() != DOUBTFUL]
    first = {tuple(row.items()): n for n, row in reversed(list(enumerate(named_rows)))}
    taken = [row for n, row in enumerate(named_rows) if first[tuple(row.items())] == n]
    again = [row for n, row in enumerate(named_rows) if first[tuple(row.items())] < n]
    return Manifest(
        pairs_of(
            [(row["original"], row["translation"], row["id"]) for row in taken],
            folder=path.parent,
            where=shown(path),
        ),
        left_out=len(rows) - len(taken),
        waiting=tuple(
            WaitingRow(
                row["original"],
                row["translation"],
                row["how"] or _(_NO_PARTNER),
                row["how"].lower() == "unreadable",
            )
            for row in rows
            if row not in taken
        )
        + tuple(WaitingRow(row["original"], row["translation"], _(_AGAIN)) for row in again),
    )


def pairs_of(
    rows: Sequence[tuple[str, str, str]], *, folder: Path, where: str
) -> tuple[ManifestRow, ...]:
    """Return pairs in the order of their ids.

    Args:
        rows: Original, translation and id of each; an empty id is made of the names.
        folder: Which the names are relative to.
        where: Names the source in messages.

    Raises:
        SettingError: Two rows have the same id.
    """
    ids = ids_of(rows)
    name, count = next(iter(Counter(map(str.casefold, ids)).most_common(1)), ("", 0))
    if count > 1:
        raise SettingError(
            _("{where}: {count} pairs have the id {name!r}").format(
                where=where, count=count, name=name
            ),
            hint=_("give each pair a distinct id; case is ignored"),
        )
    pairs = (
        ManifestRow(one, named(folder, a), named(folder, b), (printable(a), printable(b)))
        for one, (a, b, _other) in zip(ids, rows, strict=True)
    )
    return tuple(sorted(pairs))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield original, translation, id and how of each row with an original.

    A row is a list of cells, or an object with a key for each column.
    """
    rows = _table(path)
    first = next(rows, ())
    keys: dict[str, Any] = {}
    for number, name in enumerate(first):
        role = _role(str(name))
        if role:
            keys.setdefault(role, name if isinstance(first, Mapping) else number)
    if not {"original", "translation"} <= keys.keys():
        raise FormatError(
            _("{path}: the columns original and translation are missing").format(path=path),
            hint=_(_HINT),
        )
    for row in chain([first], rows) if isinstance(first, Mapping) else rows:
        values = {role: _cell(row, key) for role, key in keys.items()}
        if values["original"]:
            yield {"id": "", "how": "", **values}


def _role(name: str) -> str:
    plain = name.strip().lower()
    return plain if plain in _OTHERS else _SIDES.get(role_of(name) or "", "")


def _table(path: Path) -> Iterator[Any]:
    from aligner.formats.common.raw_pairs import BitextHead, BitextSource

    suffix = path.suffix.lower()
    if suffix not in MANIFEST_READERS:
        raise SettingError(
            _("{path}: is not a manifest").format(path=path),
            hint=_("give a folder, or a file in ") + ", ".join(MANIFEST_READERS),
        )
    module, _other, function = MANIFEST_READERS[suffix].partition(":")
    read = getattr(import_module(module), function)
    return (row for _other, row in read(BitextSource(path, shown(path)), BitextHead()))


def cells(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each row of a table, the first one too, as `read_manifest` sees them.

    Raises:
        AlignerError: As in `read_manifest`.
    """
    for row in _table(path):
        yield [_cell(row, key) for key in (row if isinstance(row, Mapping) else range(len(row)))]


def _cell(row: Any, key: Any) -> str:  # noqa: ANN401 - whatever the file holds
    from aligner.formats.common.bitext_columns import cell

    value = cell(row, key)
    text = "" if value is None else str(value).strip()
    if len(text) > 1 and text[0] == text[-1] == '"':  # some programs quote in TSV
        text = text[1:-1].replace('""', '"').strip()
    return text
