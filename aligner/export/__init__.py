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


def targets(path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Return every file that an output may write.

    Raises:
        SettingError: There is no such format.
    """
    name, path = format_of(path, to=to), Path(path)
    if name == "moses":
        from aligner.export.plain import moses_paths  # noqa: PLC0415 - formats on demand

        return moses_paths(path)
    if name == "tmx":
        from aligner.export.rows import beside  # noqa: PLC0415

        return path, beside(path)
    return (path,)


def check_targets(
    paths: Sequence[str | Path], *, to: str | None = None, inputs: Sequence[str | Path] = ()
) -> None:
    """Check outputs before the work begins.

    Args:
        paths: The outputs.
        to: Their format, if it is not that of their suffix.
        inputs: The documents, none of which an output may replace.

    Raises:
        SettingError: A format does not exist.
        ExportError: A folder does not exist, an output is one, or would replace a
            document.
    """
    for path in paths:
        for target in targets(path, to=to):
            try:
                _check_target(target, inputs)
            except (OSError, ValueError) as error:  # a name too long, or with a null character
                reason = getattr(error, "strerror", None) or str(error)
                raise ExportError(f"{path}: {reason}", hint="choose another name") from error


def _check_target(target: Path, inputs: Sequence[str | Path]) -> None:
    if not target.parent.is_dir():
        raise ExportError(f"{target}: no folder {target.parent}", hint="make it first")
    if target.is_dir():
        raise ExportError(f"{target}: is a folder", hint="name a file in it")
    if target.exists() and any(_is_same(target, Path(path)) for path in inputs):
        raise ExportError(f"{target}: would replace a document", hint="choose another name")


def _is_same(target: Path, path: Path) -> bool:
    return path.exists() and target.samefile(path)


def write_bitext(bitext: Bitext, path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Write a bitext in the format of the path's suffix, or in the format `to`.

    Returns:
        Every file written, the named one first where it is one.

    Raises:
        SettingError: There is no such format.
        ExportError: A file cannot be written or is one of the documents, or the
            format cannot hold the text.
    """
    check_targets([path], to=to, inputs=[bitext.src_doc.source, bitext.tgt_doc.source])
    module, _, function = FORMATS[format_of(path, to=to)].partition(":")
    written: tuple[Path, ...] = getattr(import_module(module), function)(bitext, Path(path))
    return written
