"""The beads of a corpus as tables, and its pairs as bitexts.

polars is imported on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.bitext import Bitext
from aligner.corpus.store.catalog import Catalog, open_catalog
from aligner.errors import FormatError, SettingError
from aligner.messages import _

if TYPE_CHECKING:
    import polars as pl

ROWS_AT_ONCE: Final = 20_000  # rows
_SAMPLE: Final = 1_000  # rows that tell the variant of Chinese
_AT_ONCE: Final = 16_000_000  # bytes of files that polars goes through together


def catalog_of(corpus: str | Path) -> Catalog:
    """Return what a corpus holds.

    Raises:
        FormatError: What says so is damaged.
        SettingError: The folder is not a corpus, or an empty one.
    """
    catalog = open_catalog(corpus)
    if not catalog.tables():
        raise SettingError(
            _("{corpus}: contains no aligned pairs").format(corpus=corpus),
            hint=_("see its summary.html for the reasons"),
        )
    return catalog


def frames(corpus: str | Path) -> Iterator[pl.LazyFrame]:
    """Yield the rows of a corpus in order, some whole documents at a time.

    The bytes of each file are checked, and what polars reads are those bytes.

    Raises:
        FormatError: A file is damaged.
        SettingError: The folder is not a corpus, or an empty one.

    Cost: a few files of the corpus in memory, as they are packed.
    """
    import polars as pl

    for raws in _groups(catalog_of(corpus)):
        yield pl.scan_parquet(list(raws), glob=False)


def batches(corpus: str | Path) -> Iterator[pl.DataFrame]:
    """Yield the rows of a corpus in order, at most `ROWS_AT_ONCE` at a time.

    Raises:
        FormatError: A file is damaged.
        SettingError: The folder is not a corpus.

    Cost: one file of the corpus in memory, of 100,000 rows or one document pair.
    """
    from aligner.corpus.store.part import TEXT_COLUMNS, part_rows

    for file in catalog_of(corpus).tables():
        yield from part_rows(file, TEXT_COLUMNS).iter_slices(ROWS_AT_ONCE)


@contextmanager
def no_table(corpus: str | Path) -> Iterator[None]:
    """Make an error of what polars says of files that are whole and yet no table of ours.

    Raises:
        FormatError: polars says so.
    """
    import polars as pl

    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise FormatError(
            _("{corpus}: its table cannot be read: {error}").format(corpus=corpus, error=error),
            hint=_("give the batch a new folder with -o"),
        ) from error


def read_corpus(corpus: str | Path) -> Iterator[Bitext]:
    """Yield the bitexts of a corpus, one at a time, in the order of their ids.

    Of a corpus whose batch has not ended these are the pairs that are done.

    Raises:
        FormatError: A file is damaged: its bytes are not those that the batch wrote.
        SettingError: The folder is not a corpus, or an empty one.
    """
    from aligner.corpus.store.part import part_bitext

    for part in catalog_of(corpus).parts():
        yield part_bitext(part.read(), part.path)


def signature_of(corpus: str | Path) -> str:
    """Return what the parts of a corpus were made with; one line of it for each setting."""
    return " | ".join(open_catalog(corpus).settings())


def variant_of(rows: pl.DataFrame) -> str:
    """Return the BCP 47 code of the Chinese of some rows."""
    from aligner.lang.script import detect_variant

    return detect_variant("".join(rows["src"].head(_SAMPLE)))


def _groups(catalog: Catalog) -> Iterator[Sequence[bytes]]:
    """Yield the checked bytes of the files, small ones together."""
    raws: list[bytes] = []
    size = 0
    for file in catalog.tables():
        raws.append(file.read())
        size += len(raws[-1])
        if size >= _AT_ONCE:
            yield raws
            raws, size = [], 0
    if raws:
        yield raws
