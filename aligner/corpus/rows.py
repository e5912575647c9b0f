"""The beads of a corpus as tables, and its pairs as bitexts.

polars is imported on first use.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.batch.corpus import INDEX, check_name, is_corpus
from aligner.batch.joined import PARTS, corpus_files
from aligner.batch.part import read_part
from aligner.bitext import Bitext
from aligner.errors import FormatError, SettingError

if TYPE_CHECKING:
    import polars as pl

BATCH: Final = 20_000  # rows
_SAMPLE: Final = 1_000  # rows that tell the variant of Chinese


def files_of(corpus: str | Path) -> list[Path]:
    """Return the Parquet files of a corpus's rows, in order.

    Raises:
        SettingError: The folder is no corpus, or an empty one.
    """
    folder = Path(corpus)
    check_name(folder)
    if not is_corpus(folder):
        raise SettingError(
            f"{corpus}: is no corpus", hint="give a folder that `aligner batch` has made"
        )
    files = corpus_files(folder)
    if not files:
        raise SettingError(
            f"{corpus}: holds no aligned pair", hint="see its summary.html for the reasons"
        )
    return files


def batches(corpus: str | Path) -> Iterator[pl.DataFrame]:
    """Yield the rows of a corpus in order, at most `BATCH` at a time.

    Raises:
        FormatError: A file is damaged.
        SettingError: The folder is no corpus.

    Cost: one file of the corpus in memory, of 100,000 rows or one document pair.
    """
    import polars as pl  # noqa: PLC0415 - slow to import

    from aligner.batch.part import TEXT_COLUMNS  # noqa: PLC0415

    for path in files_of(corpus):
        try:
            rows = pl.read_parquet(path, columns=list(TEXT_COLUMNS), glob=False)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise damaged(path, error) from error
        yield from rows.iter_slices(BATCH)


def damaged(path: Path, error: Exception) -> FormatError:
    """Return the error of a file that cannot be read."""
    return FormatError(f"{path}: is damaged: {error}", hint="run the batch again: it mends this")


def read_corpus(corpus: str | Path) -> Iterator[Bitext]:
    """Yield the bitexts of a corpus, one at a time, in the order of their ids.

    Raises:
        FormatError: A part is damaged: its bytes are not those that the batch wrote.
        SettingError: The folder is no corpus, or its batch has not ended.
    """
    files_of(corpus)
    folder = Path(corpus)
    try:
        lines = (folder / INDEX).read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise SettingError(
            f"{corpus}: its batch has not ended", hint="run it again: it goes on where it stopped"
        ) from error
    for line in lines:
        row = json.loads(line)
        path = folder / PARTS / row["part"]
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise damaged(path, error) from error
        if digest != row["part_sha256"]:
            raise damaged(path, ValueError("it is not what the batch wrote"))
        yield read_part(path)


def signature_of(corpus: str | Path) -> str:
    """Return what the parts of a corpus were made with; one line of it for each setting."""
    try:
        lines = (Path(corpus) / INDEX).read_text("utf-8").splitlines()
        return " | ".join(sorted({json.loads(line)["settings"] for line in lines}))
    except (OSError, ValueError, KeyError):
        return ""


def variant_of(rows: pl.DataFrame) -> str:
    """Return the BCP 47 code of the Chinese of some rows."""
    from aligner.lang.script import detect_variant  # noqa: PLC0415 - loads tables

    return detect_variant("".join(rows["src"].head(_SAMPLE)))
