"""Check the outputs of a command before its work begins.

No output may replace what the command reads, or another output. Files are compared as
the system sees them, so links of both kinds and names that differ only in case, where
the file system does not tell them apart, are found. Two outputs whose names differ only
in case are refused everywhere: they are one file on many systems.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from aligner.errors import ExportError, SettingError
from aligner.filenames import shown
from aligner.formats.common.unpaired_list import HOLDERS, beside
from aligner.formats.common.writing import failure, is_special, real
from aligner.formats.format_lookup import families
from aligner.messages import _

# what reports are written as, beside the formats of the registry
_OF_REPORTS: Final = {"findings.jsonl": "jsonl", "terms.jsonl": "jsonl", "toml": "toml"}
_OF_CORPUS: Final = frozenset({"corpus.json", "ledger.jsonl", "index.jsonl"})


class Output(NamedTuple):
    """What is written for one `-o`."""

    files: tuple[Path, ...]
    list: Path | None = None  # of units without partner, if the format may need one


def check_suffix(path: str | Path, to: str | None) -> None:
    """Check that a format that was named is not another one than the suffix says.

    Raises:
        SettingError: It is.
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    said, wanted = _family(suffix), _family((to or suffix).lower())
    if said and wanted and said != wanted:
        raise SettingError(
            _("{path}: the format is {to}, the suffix is of {said}").format(
                path=shown(path), to=to, said=said
            ),
            hint=_("leave out --to, or give each file a suffix of that format"),
        )


def _family(name: str) -> str | None:
    """Return the family of formats that a suffix or a name says; None if it says nothing."""
    return _OF_REPORTS.get(name) or families().get(name.removeprefix("glossary."))


def check_files(outputs: Sequence[Output], inputs: Iterable[str | Path] = ()) -> None:
    """Check what is to be written.

    Args:
        outputs: Of one command.
        inputs: The files that it reads, and the folders of corpora.

    Raises:
        ExportError: A folder does not exist, an output is one, or would replace an input
            or another output.
    """
    read = [Path(path) for path in inputs if str(path)]
    lists = [beside(path) for path in read if path.suffix.lower() in HOLDERS]
    taken: dict[str, Path] = {}
    for output in outputs:
        for path in output.files:
            _guard(path, [*read, *lists])
            _take(path, taken)
    for output in outputs:
        if output.list is not None:  # files of one bitext have one list
            _guard(output.list, read)
            if (other := taken.get(_key(output.list))) is not None:
                raise _same(other, output.list)


def _guard(path: Path, inputs: Sequence[Path]) -> None:
    try:
        _check(path, inputs)
    except (OSError, ValueError) as error:  # a name too long, or with a null character
        raise failure(path, error) from error


def _check(path: Path, inputs: Sequence[Path]) -> None:
    folder = real(path).parent
    if not folder.is_dir():
        raise ExportError(
            _("{path}: no folder {folder}").format(path=shown(path), folder=folder),
            hint=_("make it first"),
        )
    if path.is_dir():
        raise ExportError(
            _("{path}: is a folder").format(path=shown(path)), hint=_("name a file in it")
        )
    if is_special(path):
        return
    exists = _exists(path)
    for one in inputs:
        if (exists and one.exists() and path.samefile(one)) or _is_part_of(path, one):
            raise ExportError(
                _("{path}: would replace a document that is read").format(path=shown(path)),
                hint=_("choose another name"),
            )


def _exists(path: Path) -> bool:
    """Tell whether a file is there; a name that cannot be is an error, other than in pathlib."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _is_part_of(path: Path, corpus: Path) -> bool:
    """Tell whether a path is that of a file of a corpus, whether it is there or not."""
    if not (corpus / "corpus.json").is_file():
        return False
    inside = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(corpus))).parts
    return inside[0] != ".." and (len(inside) > 1 or inside[0] in _OF_CORPUS)


def _take(path: Path, taken: dict[str, Path]) -> None:
    if not is_special(path) and taken.setdefault(_key(path), path) is not path:
        raise _same(taken[_key(path)], path)


def _same(first: Path, second: Path) -> ExportError:
    return ExportError(
        _("{second}: would replace another output, {first}").format(second=second, first=first),
        hint=_("give each output a name of its own"),
    )


def _key(path: Path) -> str:
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
