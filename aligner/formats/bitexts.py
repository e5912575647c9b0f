"""Read files of paired texts, whatever program made them, as bitexts.

The formats are those of `registry`, each with a function that yields the pairs of a file;
the module of one is imported when a file needs it. Whatever the bytes, the outcome is a
bitext or an `AlignerError`. Units are streamed: only `read_bitext` holds them all.

What a file does not say is filled in: a probability of 1, one segment a side, documents
in which the texts stand one below the other. What one of our own files says is kept:
its links, probabilities and, where they can be true, its offsets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

from aligner.bitext import Bitext, Unit
from aligner.errors import FormatError, LanguageError, SettingError
from aligner.filenames import shown
from aligner.formats.common.bitext_file import BitextFile, Reader, look_into
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.unread_kinds import refuse_unread
from aligner.formats.format_lookup import by_name, by_suffix, format_for, load
from aligner.formats.registry import Format
from aligner.messages import _
from aligner.pair import ordered_langs

__all__ = [
    "BITEXT_SUFFIXES",
    "LINKS",
    "BitextFile",
    "holds_pairs",
    "is_bitext",
    "iter_units",
    "open_bitext",
    "read_bitext",
    "read_bitexts",
]

BITEXT_SUFFIXES: Final = by_suffix("bitext_in")
LINKS: Final = "align"  # the format that needs two texts beside the file: see `align.read_links`


def is_bitext(path: str | Path) -> bool:
    """Tell from its suffix whether a file is a bitext."""
    return Path(path).suffix.lower() in BITEXT_SUFFIXES


def holds_pairs(
    path: str | Path, *, encoding: str | None = None, langs: Sequence[str] | None = None
) -> bool:
    """Tell whether a file is a bitext, by its content where its suffix leaves that open.

    A workbook may hold pairs row by row, or a text in each language on a sheet of its own:
    then it is a document in two languages.

    Raises:
        ReadError: It cannot be read.
        SettingError: There is no such language or encoding.
    """
    form = BITEXT_SUFFIXES.get(Path(path).suffix.lower())
    if form is None or form.document_in is None:
        return form is not None
    try:
        open_bitext(path, encoding=encoding, langs=langs)
    except (FormatError, LanguageError):
        return False
    return True


def open_bitext(  # noqa: PLR0913 - what may be said of a file
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
    codes: Sequence[str] = (),
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
        codes: Of the variants to read, such as zh-TW, where a file has several.

    Raises:
        FormatError: The file breaks the rules of its format, or is of a kind that is not read.
        LanguageError: Its texts are not Chinese and English.
        ReadError: It cannot be read, or holds no text.
        SettingError: There is no such format, language or encoding.
    """
    path = Path(path)
    form, order = _format(path, from_), ordered_langs(langs)
    if form.name == LINKS:
        found: Bitext = load(form, "bitext_in")(path, texts=texts, encoding=encoding, langs=order)
        return found
    return look_into(BitextSource(path, shown(path), encoding, order, tuple(codes)), _reader(form))


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


def _format(path: Path, from_: str | None) -> Format:
    form = format_for("bitext_in", path.suffix, from_)
    if form is None:
        if not from_:
            refuse_unread(shown(path), b"")
        name = from_ or ""
        what = (
            _("no format {lower!r} of bitexts").format(lower=name.lower())
            if name
            else _("no suffix of a bitext")
        )
        raise SettingError(
            f"{shown(path)}: {what}",
            hint=_("formats are {by_name}; name one with --from").format(
                by_name=", ".join(by_name("bitext_in"))
            ),
        )
    return form


def _reader(form: Format) -> Reader:
    read = cast("Reader", load(form, "bitext_in"))
    if not form.has_list:
        return read
    from aligner.formats.common.unpaired_rows import with_unpaired

    def read_both(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
        return with_unpaired(read(source, head), source, head)

    return read_both
