"""A bitext to files: the formats, by name.

A format is a function from a bitext and a path to the files it wrote. Files are
written under a temporary name and renamed, so that none is ever half there, and two
runs give the same bytes. A format that cannot hold a unit without partner puts such
units into a table beside it, `NAME.unpaired.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import ExportError, SettingError

if TYPE_CHECKING:
    from aligner.bitext import Bitext

FORMATS: Final = {
    "align": "aligner.export.plain:write_align",
    "csv": "aligner.export.tables:write_csv",
    "jsonl": "aligner.export.plain:write_jsonl",
    "moses": "aligner.export.plain:write_moses",
    "parquet": "aligner.export.tables:write_parquet",
    "tmx": "aligner.export.tmx:write_tmx",
    "tsv": "aligner.export.tables:write_tsv",
    "xlsx": "aligner.export.xlsx:write_xlsx",
}


def format_of(path: str | Path, *, to: str | None = None) -> str:
    """Return the format of an output: `to`, or what the path's suffix says.

    Raises:
        SettingError: There is no such format.
    """
    name = (to or Path(path).suffix.removeprefix(".")).lower()
    if name not in FORMATS:
        raise SettingError(
            f"{path}: no format {name!r}" if name else f"{path}: no suffix that names a format",
            hint=f"formats are {', '.join(FORMATS)}; name one with --to",
        )
    return name


def check_targets(paths: Sequence[str | Path], *, to: str | None = None) -> None:
    """Check outputs before the work begins.

    Raises:
        SettingError: A format does not exist.
        ExportError: A folder does not exist, or an output is one.
    """
    for path in map(Path, paths):
        format_of(path, to=to)
        if not path.parent.is_dir():
            raise ExportError(f"{path}: no folder {path.parent}", hint="make it first")
        if path.is_dir():
            raise ExportError(f"{path}: is a folder", hint="name a file in it")


def write_bitext(bitext: Bitext, path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Write a bitext in the format of the path's suffix, or in the format `to`.

    Returns:
        Every file written, the named one first where it is one.

    Raises:
        SettingError: There is no such format.
        ExportError: A file cannot be written, or the format cannot hold the text.
    """
    check_targets([path], to=to)
    module, _, function = FORMATS[format_of(path, to=to)].partition(":")
    written: tuple[Path, ...] = getattr(import_module(module), function)(bitext, Path(path))
    return written
