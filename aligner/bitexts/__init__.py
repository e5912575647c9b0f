"""Read files of paired texts, whatever program made them, as bitexts.

A format is a name in `READERS` with a function that yields the pairs of a file; the
module is imported when a file needs it. Whatever the bytes, the outcome is a bitext or
an `AlignerError`. Units are streamed: only `read_bitext` holds them all.

What a file does not say is filled in: a probability of 1, one segment a side, documents
in which the texts stand one below the other. What one of our own files says is kept:
its links, probabilities and, where they can be true, its offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby, islice
from pathlib import Path
from typing import Final, cast

from aligner.bitext import Bitext, Lang, Unit
from aligner.bitexts.assemble import assemble
from aligner.bitexts.numbering import numbered
from aligner.bitexts.pairs import Head, Pair, Source
from aligner.errors import ReadError, SettingError
from aligner.read.source import document_id

__all__ = [
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
    "csv": "aligner.bitexts.tables:read_csv",
    "jsonl": "aligner.bitexts.tables:read_jsonl",
    "parquet": "aligner.bitexts.parquet:read_parquet",
    "tmx": "aligner.bitexts.tmx:read_tmx",
    "tsv": "aligner.bitexts.tables:read_tsv",
    "xlsx": "aligner.bitexts.xlsx:read_xlsx",
}
SUFFIXES: Final = {f".{name}": name for name in READERS} | {".tab": "tsv", ".ndjson": "jsonl"}
_BESIDE: Final = frozenset({"tmx"})  # formats without one-sided units
_SAMPLE: Final = 1_000  # units that tell the variant of Chinese
_NO_TEXT: Final = "check that this is the right file and that it was saved in full"


@dataclass(frozen=True, slots=True)
class BitextFile:
    """A file of units, read anew whenever they are asked for."""

    id: str
    src_lang: str  # BCP 47
    tgt_lang: str
    signature: str
    encoding: str
    notes: tuple[str, ...]  # what a user should know about the reading
    name: str  # of the file, as the user wrote it
    pairs: Callable[[], Iterator[Pair]]

    def units(self) -> Iterator[Unit]:
        """Yield the units in the order of the file, numbered anew in each document.

        Raises:
            AlignerError: The file breaks the rules of its format.
        """
        return numbered(self.pairs(), self.id)


def is_bitext(path: str | Path) -> bool:
    """Tell from its suffix whether a file is a bitext."""
    return Path(path).suffix.lower() in SUFFIXES


def open_bitext(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
) -> BitextFile:
    """Look into a file of units.

    Args:
        path: The file.
        from_: Its format; that of its suffix if None.
        encoding: Its encoding, if it is not to be found out.
        langs: The languages of the two columns of a table, in their order; found from
            their names or their script if None.

    Raises:
        FormatError: The file breaks the rules of its format.
        LanguageError: Its texts are not Chinese and English.
        ReadError: It cannot be read, or holds no text.
        SettingError: There is no such format, language or encoding.
    """
    path, name = Path(path), str(path)
    form = _format(path, from_)
    source = Source(path, name, encoding, _languages(langs))
    read = _reader(form)
    head = Head()
    first = list(islice(read(source, head), _SAMPLE))
    if not first:
        raise ReadError(f"{name}: holds no text", hint=_NO_TEXT)
    docs = {pair.doc for pair in first}
    return BitextFile(
        id=document_id(f"{docs.pop()}.x" if len(docs) == 1 and docs != {""} else name),
        src_lang=head.src_lang or _variant(first),
        tgt_lang=head.tgt_lang or "en-US",
        signature=head.signature,
        encoding=head.encoding,
        notes=head.notes,
        name=name,
        pairs=lambda: _pairs(form, read, source),
    )


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
) -> Bitext:
    """Read a file of units as one bitext, even if it is of several documents.

    See `open_bitext` for the arguments and errors. Cost: about 1 kB a unit of memory,
    beside the texts.
    """
    file = open_bitext(path, from_=from_, encoding=encoding, langs=langs)
    return _bitext(file, numbered(file.pairs(), file.id, as_one=True), file.id)


def read_bitexts(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
) -> Iterator[Bitext]:
    """Yield one bitext for each document that a file names, in their order."""
    file = open_bitext(path, from_=from_, encoding=encoding, langs=langs)
    for name, units in groupby(file.units(), key=lambda unit: unit.doc):
        yield _bitext(file, units, name)


def _bitext(file: BitextFile, units: Iterator[Unit], name: str) -> Bitext:
    return assemble(
        units,
        name=name,
        source=file.name,
        src_lang=file.src_lang,
        tgt_lang=file.tgt_lang,
        signature=file.signature,
        encoding=file.encoding,
        notes=file.notes,
    )


def _format(path: Path, from_: str | None) -> str:
    name = from_ or SUFFIXES.get(path.suffix.lower(), "")
    if name not in READERS:
        what = f"no format {name!r} of bitexts" if name else "no suffix of a bitext"
        raise SettingError(
            f"{path}: {what}", hint=f"formats are {', '.join(READERS)}; name one with --from"
        )
    return name


def _languages(langs: Sequence[str] | None) -> tuple[Lang, Lang] | None:
    if langs is None:
        return None
    if sorted(langs) != ["en", "zh"]:
        raise SettingError(
            f"the languages are {', '.join(langs)}",
            hint="name zh and en, in the order of the columns, such as --langs zh,en",
        )
    return cast("tuple[Lang, Lang]", tuple(langs))


def _reader(form: str) -> Callable[[Source, Head], Iterator[Pair]]:
    module, _, function = READERS[form].partition(":")
    return cast(
        "Callable[[Source, Head], Iterator[Pair]]", getattr(import_module(module), function)
    )


def _pairs(
    form: str, read: Callable[[Source, Head], Iterator[Pair]], source: Source
) -> Iterator[Pair]:
    pairs = read(source, Head())
    if form not in _BESIDE:
        return pairs
    from aligner.bitexts.unpaired import with_unpaired  # noqa: PLC0415 - formats on demand

    return with_unpaired(pairs, source)


def _variant(pairs: Sequence[Pair]) -> str:
    from aligner.lang.script import detect_variant  # noqa: PLC0415 - loads tables

    return detect_variant("".join(pair.src.text for pair in pairs))
