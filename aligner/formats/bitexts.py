"""Read files of paired texts, whatever program made them, as bitexts.

A format is a name in `READERS` with a function that yields the pairs of a file; the
module is imported when a file needs it. Whatever the bytes, the outcome is a bitext or
an `AlignerError`. Units are streamed: only `read_bitext` holds them all.

What a file does not say is filled in: a probability of 1, one segment a side, documents
in which the texts stand one below the other. What one of our own files says is kept:
its links, probabilities and, where they can be true, its offsets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from aligner.bitext import Bitext, Unit
from aligner.errors import SettingError
from aligner.filenames import shown
from aligner.formats.common.bitext_file import BitextFile, Reader, look_into
from aligner.formats.common.pairs import Head, Pair, Source
from aligner.pair import ordered_langs

__all__ = [
    "LINKS",
    "READERS",
    "SUFFIXES",
    "BitextFile",
    "is_bitext",
    "iter_units",
    "open_bitext",
    "read_bitext",
    "read_bitexts",
]

READERS: Final = {
    "csv": "aligner.formats.tables:read_csv",
    "jsonl": "aligner.formats.tables:read_jsonl",
    "parquet": "aligner.formats.parquet:read_parquet",
    "tmx": "aligner.formats.tmx:read_tmx",
    "tsv": "aligner.formats.tables:read_tsv",
    "xliff": "aligner.formats.xliff:read_xliff",
    "xlsx": "aligner.formats.xlsx:read_xlsx",
}
LINKS: Final = "align"  # a file of links needs its texts, see `links`
SUFFIXES: Final = {f".{name}": name for name in (*READERS, LINKS)} | {
    ".mqxliff": "xliff",
    ".ndjson": "jsonl",
    ".sdlxliff": "xliff",
    ".tab": "tsv",
    ".xlf": "xliff",
}
_BESIDE: Final = frozenset({"tmx", "xliff"})  # formats without one-sided units
_VARIANTS: Final = {"xlf": "xliff", "xliff12": "xliff", "xliff20": "xliff"}  # names of writers


def is_bitext(path: str | Path) -> bool:
    """Tell from its suffix whether a file is a bitext."""
    return Path(path).suffix.lower() in SUFFIXES


def open_bitext(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
) -> BitextFile | Bitext:
    """Look into a bitext, whose units can then be streamed.

    Args:
        path: A file of units; or of links, with its texts, which is read as a whole.
        from_: Its format; that of its suffix if None.
        encoding: Its encoding, if it is not to be found out.
        langs: The languages of the two columns of a table, or of `texts`, in their
            order; found from their names or their script if None.
        texts: The two texts of a file of links, one sentence a line; NAME.zh and
            NAME.en beside NAME.align if None.

    Raises:
        FormatError: The file breaks the rules of its format.
        LanguageError: Its texts are not Chinese and English.
        ReadError: It cannot be read, or holds no text.
        SettingError: There is no such format, language or encoding.
    """
    path = Path(path)
    form, order = _format(path, from_), ordered_langs(langs)
    if form == LINKS:
        from aligner.formats.align import read_links

        return read_links(path, texts=texts, encoding=encoding, langs=order)
    return look_into(Source(path, shown(path), encoding, order), _reader(form))


def iter_units(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
) -> Iterator[Unit]:
    """Yield the units of a file without holding them (see `open_bitext`)."""
    return open_bitext(path, from_=from_, encoding=encoding, langs=langs).units()


def read_bitext(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
) -> Bitext:
    """Read a file as one bitext, even if its units are of several documents.

    See `open_bitext` for the arguments and errors. Cost: about 1 kB of memory a unit,
    beside the texts.
    """
    opened = open_bitext(path, from_=from_, encoding=encoding, langs=langs, texts=texts)
    return opened if isinstance(opened, Bitext) else opened.whole()


def read_bitexts(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
) -> Iterator[Bitext]:
    """Yield one bitext for each document that a file names, in their order.

    See `open_bitext` for the arguments and errors. Cost: all units are held.
    """
    opened = open_bitext(path, from_=from_, encoding=encoding, langs=langs, texts=texts)
    if isinstance(opened, Bitext):
        yield opened
        return
    documents: dict[str, list[Unit]] = {}
    for unit in opened.units():  # those of one document need not stand together
        documents.setdefault(unit.doc, []).append(unit)
    for name in list(documents):
        yield opened.bitext(documents.pop(name), name)


def _format(path: Path, from_: str | None) -> str:
    name = (from_ or SUFFIXES.get(path.suffix.lower(), "")).lower()
    name = _VARIANTS.get(name, name)
    if name not in {*READERS, LINKS}:
        what = f"no format {name!r} of bitexts" if name else "no suffix of a bitext"
        raise SettingError(
            f"{shown(path)}: {what}",
            hint=f"formats are {', '.join((*READERS, LINKS))}; name one with --from",
        )
    return name


def _reader(form: str) -> Reader:
    module, _, function = READERS[form].partition(":")
    read = cast("Reader", getattr(import_module(module), function))
    if form not in _BESIDE:
        return read
    from aligner.formats.common.unpaired import with_unpaired

    def read_both(source: Source, head: Head) -> Iterator[Pair]:
        return with_unpaired(read(source, head), source, head)

    return read_both
