"""From one format of bitexts to another, a unit at a time where the format allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner.bitext import Bitext
from aligner.corpus.store.catalog import check_file
from aligner.edits.change import Change
from aligner.edits.change_list import check_list, write_changes
from aligner.edits.read_edits import EditedBitext, read_edits
from aligner.errors import SettingError
from aligner.formats.bitexts import BitextFile, open_bitext
from aligner.formats.common.check_outputs import Output, check_files
from aligner.formats.common.unkept import unkept_note
from aligner.formats.outputs import (
    BITEXT_FORMATS,
    check_targets,
    format_of,
    language_codes,
    left_lists,
    lost_notes,
    write_bitext,
)
from aligner.messages import _, ngettext
from aligner.span import Lang


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
    source: Lang | None = None,
    against: str | Path | None = None,
    changes: str | Path | None = None,
    tell: Callable[[str], None] | None = None,
    tell_changes: Callable[[Sequence[Change]], None] | None = None,
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
            or that of its script, if None. Where the file has several, this one is read.
        tgt_lang: Code of the English side, such as en-GB.
        source: Language of the original, zh or en, for the formats that name it; that of
            the file if None.
        against: The bitext that `path` was made from before a person edited it: what she
            changed is carried over, and listed (see `aligner.edits`).
        changes: Write the list of changes here, as tsv, csv, jsonl or xlsx.
        tell: Called with what a user should know about reading and writing.
        tell_changes: Called with the changes, if there is an original.

    Returns:
        Every file written.

    Raises:
        ReadError: The bitext cannot be read.
        ExportError: A file cannot be written, or its format cannot hold the text.
        SettingError: A format, a language or an encoding does not exist.

    Cost: one pass over the file; memory for a part of it, but for Parquet
    and InterText, which are held as a whole.
    """
    inputs = [path, *(texts or ()), *([against] if against else [])]
    check_targets([out], to=to, inputs=inputs)
    lists = [check_list(changes)] if changes else []
    if lists and against is None:
        raise SettingError(
            _("a list of changes needs the original"), hint=_("name it with --against")
        )
    check_files([Output((one,)) for one in (Path(out), *lists)], inputs)
    check_file(Path(path))
    edited: EditedBitext | None = None
    if against is None:
        codes = tuple(language_codes(src_lang, tgt_lang).values())
        bitext = open_bitext(
            path, from_=from_, encoding=encoding, langs=langs, texts=texts, codes=codes
        )
    else:
        edited = read_edits(path, against, from_=from_, encoding=encoding, langs=langs)
        bitext = edited.bitext
    written = write_bitext(bitext, out, to=to, src_lang=src_lang, tgt_lang=tgt_lang, source=source)
    written += tuple(write_changes(edited.changes, one) for one in lists if edited)
    notes = bitext.src_doc.notes if isinstance(bitext, Bitext) else bitext.notes
    notes = (*(edited.notes if edited else notes), *_unheld(bitext, out, to))
    for note in (*notes, *left_lists([out], written, to=to)):
        (tell or _silent)(note)
    if edited and tell_changes:
        tell_changes(edited.changes)
    return written


def _unheld(bitext: Bitext | BitextFile, out: str | Path, to: str | None) -> Iterator[str]:
    """Yield notes on what a person said of units and the output has no place for."""
    if isinstance(bitext, Bitext):
        return
    yield from unkept_note(bitext.head.unkept)
    yield from lost_notes(bitext.head.noted, [out], to=to)
    form = BITEXT_FORMATS[format_of(out, to=to)]
    count = bitext.head.confirmed_alone if form.confirms else bitext.head.confirmed
    if count and (not form.confirms or form.has_list):
        alone = _(" without partner") if form.confirms else ""
        yield ngettext(
            "{count} confirmed unit{alone}: {name} has no place for that",
            "{count} confirmed units{alone}: {name} has no place for that",
            count,
        ).format(count=count, alone=alone, name=form.name)


def _silent(_note: str) -> None:
    pass
