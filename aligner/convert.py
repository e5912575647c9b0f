"""From one format of bitexts to another, a unit at a time where the format allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from aligner.bitext import Bitext
from aligner.corpus.store.catalog import check_file
from aligner.formats.bitexts import open_bitext
from aligner.formats.outputs import check_targets, left_lists, write_bitext


def convert(  # noqa: PLR0913 - the options of the command
    path: str | Path,
    out: str | Path,
    *,
    from_: str | None = None,
    to: str | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    texts: Sequence[str | Path] | None = None,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write a bitext in another format.

    Links, probabilities and offsets are kept as far as the format can hold them;
    one-sided units go to NAME.unpaired.tsv where it cannot.

    Args:
        path: The bitext.
        out: The file to write, or the name that its files begin with.
        from_: The format of `path`; that of its suffix if None.
        to: The format of `out`; that of its suffix if None.
        encoding: Of `path`; found from its bytes if None.
        langs: The languages of the two columns of a table, or of `texts`, in order.
        texts: The two texts of a file of links.
        src_lang: Code of the Chinese side to write, such as zh-TW; that of the file,
            or that of its script, if None.
        tgt_lang: Code of the English side, such as en-GB.
        tell: Called with what a user should know about reading and writing.

    Returns:
        Every file written.

    Raises:
        ReadError: The bitext cannot be read.
        ExportError: A file cannot be written, or its format cannot hold the text.
        SettingError: A format, a language or an encoding does not exist.

    Cost: one pass over the file; memory for a part of it, but for Parquet
    and InterText, which are held as a whole.
    """
    check_targets([out], to=to, inputs=[path, *(texts or ())])
    check_file(Path(path))
    bitext = open_bitext(path, from_=from_, encoding=encoding, langs=langs, texts=texts)
    written = write_bitext(bitext, out, to=to, src_lang=src_lang, tgt_lang=tgt_lang)
    notes = bitext.src_doc.notes if isinstance(bitext, Bitext) else bitext.notes
    for note in (*notes, *left_lists([out], written, to=to)):
        (tell or _silent)(note)
    return written


def _silent(_note: str) -> None:
    pass
