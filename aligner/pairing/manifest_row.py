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
