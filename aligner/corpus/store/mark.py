"""The mark of a corpus folder: `corpus.json`, with the version of the folder's layout.

1: no digests of the table, lines without seals (see `seal`)
2: each line of the ledger, the stamp and the mark sealed; the stamp has the digests
   of the index and of every file of the table
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from aligner.corpus.store.seal import damaged, file_bytes, sealed, unsealed
from aligner.errors import AlignerError, SettingError
from aligner.formats.common.writing import write_text
from aligner.messages import _, reason_of

MARK_FILE: Final = "corpus.json"
LAYOUT: Final = 2
_FIRST: Final = json.dumps({"layout": 1}).encode()  # which had no seal


def is_corpus(folder: str | Path) -> bool:
    """Tell whether a folder is a corpus that `batch` made."""
    return (Path(folder) / MARK_FILE).is_file()


def layout_of(folder: Path) -> int:
    """Return the version of a corpus's layout.

    Raises:
        FormatError: The mark is damaged.
    """
    raw = file_bytes(folder / MARK_FILE)
    if raw.strip() == _FIRST:
        return 1
    try:
        layout = unsealed(raw)["layout"]
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(folder / MARK_FILE, str(error)) from error
    return int(layout) if isinstance(layout, int) else 0


def check_name(folder: Path) -> None:
    """Refuse a name that polars cannot open.

    Raises:
        SettingError: The name is not UTF-8.
    """
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise SettingError(
            _("{folder}: a corpus cannot be in a folder whose name is not UTF-8").format(
                folder=folder
            ),
            hint=_("rename the folder, or choose another one"),
        ) from error


def check_mark(corpus: str | Path) -> Path:
    """Return the folder of a corpus that this version can read.

    Raises:
        FormatError: The mark is damaged.
        SettingError: The folder is not a corpus, or one of another version.
    """
    folder = Path(corpus)
    check_name(folder)
    try:
        known = is_corpus(folder)
    except (OSError, ValueError) as error:
        raise SettingError(
            _("{corpus}: cannot be read: {reason}").format(corpus=corpus, reason=reason_of(error)),
            hint=_("check the name, and that you may read the folder"),
        ) from error
    if not known:
        raise SettingError(
            _("{corpus}: is not a corpus").format(corpus=corpus),
            hint=_("give a folder made by `aligner batch`"),
        )
    layout = layout_of(folder)
    if layout < LAYOUT:
        raise SettingError(
            _("{corpus}: was made by an older version of aligner").format(corpus=corpus),
            hint=_("rerun `aligner batch SOURCE -o {corpus}`: it upgrades the corpus").format(
                corpus=corpus
            ),
        )
    refuse_newer(folder, layout)
    return folder


def refuse_newer(folder: Path, layout: int) -> None:
    """Raise if a corpus was made by a version that is newer than this one.

    Raises:
        SettingError: It was.
    """
    if layout > LAYOUT:
        raise SettingError(
            _("{folder}: was made by a newer version of aligner").format(folder=folder),
            hint=_("update aligner"),
        )


def mark_layout(folder: Path) -> int | None:
    """Return the version of a folder's layout; None if it has no mark or a damaged one."""
    try:
        return layout_of(folder)
    except AlignerError:
        return None


def write_mark(folder: Path) -> None:
    """Mark a folder as a corpus of this version."""
    write_text(folder / MARK_FILE, sealed({"layout": LAYOUT}))
