"""Remove what a killed batch left half-written in its corpus folder.

A file is written under a temporary name beside its place (`export.files.replacing`):
`.NAME.` and eight random characters. Who is killed with SIGKILL cannot remove it. Only
files of such a name, for a NAME that a batch writes, are removed: a person may keep
hidden files of their own in the folder, and a program such as a file manager or a
synchroniser does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from aligner.corpus.store.seal import PARTS, TABLE

_NAMES: Final = {
    "": r"(corpus|summary)\.json|(index|ledger)\.jsonl|manifest\.csv|summary\.html",
    PARTS: r".+\.parquet|.{25,}",  # a long name is cut, the suffix first
    TABLE: r"\d{5,}\.parquet|stamp\.json",
}


def sweep(folder: Path) -> None:
    """Remove stray temporary files. Call it with the lock of the folder held."""
    for place in _NAMES:
        where = folder / place
        for path in where.iterdir() if where.is_dir() else ():
            if is_leftover(path.name, place) and path.is_file() and not path.is_symlink():
                path.unlink()


def is_leftover(name: str, place: str = "") -> bool:
    """Tell from its name whether a file in a corpus, or in a folder of it, is temporary.

    >>> is_leftover(".corpus.json.x1y2z3a_"), is_leftover(".corpus.json.swp")
    (True, False)
    """
    return bool(re.fullmatch(rf"\.({_NAMES[place]})\.[a-z0-9_]{{8}}", name, re.DOTALL))
