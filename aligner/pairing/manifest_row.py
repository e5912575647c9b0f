"""A row of a manifest: two files that belong together."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class ManifestRow(NamedTuple):
    """A row of a manifest: two files that belong together."""

    id: str  # names the pair's part and its rows; safe as a file name
    original: Path
    translation: Path
    names: tuple[str, str]  # of the two files, as messages and parts show them


class WaitingRow(NamedTuple):
    """A file, or two, that a person has to decide on."""

    original: str  # as the manifest names it
    translation: str  # empty if none is known
    why: str
    unread: bool = False  # the file could not be read
