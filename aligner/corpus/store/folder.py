"""Whether a folder is ours to write to, and what in it is not.

Files that no batch has put there are left alone, and reported; what a kill left of a write
is cleared away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from aligner.corpus.store.joined import is_of_table, read_stamp
from aligner.corpus.store.ledger import LEDGER, Ledger
from aligner.corpus.store.mark import mark_layout, refuse_newer
from aligner.corpus.store.seal import PARTS, TABLE
from aligner.corpus.store.sweep import is_leftover
from aligner.errors import AlignerError, SettingError
from aligner.messages import _

LOCK: Final = ".lock"
OTHER_FILES: Final = ("manifest.csv", "summary.json", "summary.html")  # written by `batch`


def is_ours(folder: Path) -> bool:
    """Tell whether a folder is empty, or a corpus whose mark may be damaged or gone.

    Raises:
        SettingError: It is a corpus of a newer version.
    """
    names = [path.name for path in folder.iterdir()]
    if all(name == LOCK or is_leftover(name) for name in names):
        return True
    layout = mark_layout(folder)
    if layout is not None:
        refuse_newer(folder, layout)
        return True
    try:
        stamped = read_stamp(folder) is not None
    except AlignerError:
        stamped = False
    return stamped or bool(Ledger(folder / LEDGER).entries)


def refuse_links(folder: Path) -> None:
    """Raise if a write would lead out of the folder.

    Raises:
        SettingError: It would.
    """
    for name in (LOCK, PARTS, TABLE):
        if (folder / name).is_symlink():
            raise SettingError(
                _("{folder}: is a link, so a batch would write elsewhere").format(
                    folder=folder / name
                ),
                hint=_("replace it with what it points to"),
            )


def foreign_files(folder: Path, parts: set[str]) -> Iterator[str]:
    """Say which files are not of the corpus; hidden ones are passed over."""
    for path in sorted([*(folder / PARTS).iterdir(), *(folder / TABLE).iterdir()]):
        mine = path.name in parts if path.parent.name == PARTS else is_of_table(path.name)
        if not mine and not path.name.startswith("."):
            yield _("{path}: does not belong to this corpus: left alone").format(path=path)
