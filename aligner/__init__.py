"""Segment and align Chinese originals and their English translations.

Importing this package does no work and loads none of its heavy dependencies; each
stage is a module of its own (see `aligner.pipeline` for their order).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from aligner.bitext import Bitext

__all__ = ["__version__", "load"]

__version__ = "0.2.0"


def load(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
) -> Bitext:
    """Read a file of paired texts as one bitext: `aligner.load("notice.tmx")`.

    Args:
        path: The file: tmx, xliff, xlsx, jsonl, parquet and others.
        from_: Its format, if its suffix does not tell.
        encoding: Its encoding, if it is not to be found out.
        langs: The languages of the two columns of a table; found from their names or their
            script if None.
        texts: The two texts of a file of links (`align`).

    Raises:
        AlignerError: The file cannot be read, or is no bitext in Chinese and English.
    """
    from aligner.formats.bitexts import read_bitext

    return read_bitext(path, from_=from_, encoding=encoding, langs=langs, texts=texts)
