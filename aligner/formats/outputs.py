"""A bitext to files: the formats, by name.

A format (see `registry`) has a function from a bitext and a path to the files it wrote.
Files are written under a temporary name and renamed (see `writing`), so that none is ever
half there, and two runs give the same bytes. A format that cannot hold a unit without
partner puts such units into a table beside it, `NAME.unpaired.tsv` (see `unpaired_list`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from aligner.errors import ExportError, SettingError
from aligner.filenames import named, shown
from aligner.formats.common.check_outputs import Output, check_files, check_suffix
from aligner.formats.common.unpaired_list import beside
from aligner.formats.common.writing import is_special
from aligner.formats.format_lookup import by_name, format_for, load, load_function
from aligner.formats.registry import Format
from aligner.messages import _, ngettext

if TYPE_CHECKING:
    from aligner.bitext import Bitext
    from aligner.formats.bitexts import BitextFile
    from aligner.span import Lang

BITEXT_FORMATS: Final = by_name("bitext_out")


def format_of(path: str | Path, *, to: str | None = None) -> str:
    """Return the name of the format of an output: `to`, or what the path's suffix says.

    Raises:
        SettingError: There is no such format, or the suffix is of another one than `to`.
    """
    return _format(path, to).name


def _format(path: str | Path, to: str | None) -> Format:
    suffix = Path(path).suffix
    form = format_for("bitext_out", suffix, to)
    if form is None:
        name = (to or suffix.removeprefix(".")).lower()
        wrong = (
            _("no format {name!r}").format(name=name)
            if name
            else _("no suffix that names a format")
        )
        raise SettingError(
            f"{shown(path)}: {wrong}",
            hint=_("formats are {bitext_formats}; name one with --to").format(
                bitext_formats=", ".join(BITEXT_FORMATS)
            ),
        )
    check_suffix(path, to)
    return form


def lost_notes(
    count: int, paths: Sequence[str | Path], *, to: str | None = None
) -> tuple[str, ...]:
    """Return what to tell if some outputs have no place for the notes of a bitext, once.

    Args:
        count: How many units have a note.
        paths: The outputs.
        to: Their format, if it is not that of their suffix.
    """
    names = dict.fromkeys(f.name for p in paths if not (f := _format(p, to)).keeps_notes)
    if not count or not names:
        return ()
    told = ngettext(
        "{count} note was left out: {names} has no place for it",
        "{count} notes were left out: {names} has no place for them",
        count,
    )
    return (told.format(count=count, names=", ".join(names)),)


def targets(path: str | Path, *, to: str | None = None) -> tuple[Path, ...]:
    """Return every file that an output may write.

    Raises:
        SettingError: There is no such format.
    """
    output = _output(path, to)
    return (*output.files, output.list) if output.list else output.files


def _output(path: str | Path, to: str | None) -> Output:
    form, path = _format(path, to), Path(path)
    if form.outputs:
        if is_special(path):
            raise ExportError(
                _("{path}: {name} is several files, and a device holds one").format(
                    path=shown(path), name=form.name
                ),
                hint=_("name a file: the others are named after it"),
            )
        output: Output = load_function(form.outputs)(path)
        return output
    return Output((path,), beside(path) if form.has_list and not is_special(path) else None)


def check_targets(
    paths: Sequence[str | Path],
    *,
    to: str | None = None,
    inputs: Sequence[str | Path] = (),
) -> None:
    """Check outputs before the work begins.

    Args:
        paths: The outputs.
        to: Their format, if it is not that of their suffix.
        inputs: What is read: files, none of which an output may replace, and corpora.

    Raises:
        SettingError: A format does not exist, or the suffix is of another one.
        ExportError: A folder does not exist, an output is one, or would replace an input
            or another output.
    """
    check_files([_output(path, to) for path in paths], inputs)


def left_lists(
    paths: Sequence[str | Path], written: Sequence[Path], *, to: str | None = None
) -> tuple[str, ...]:
    """Return notes on the lists of units without partner beside outputs that have none.

    Such a list was changed, is of another program or belongs to another file, so that it
    was not removed.

    Args:
        paths: The outputs.
        written: The files that were written for them.
        to: Their format, if it is not that of their suffix.
    """
    lists = {list_: path for path in paths if (list_ := _output(path, to).list)}
    return tuple(
        _("{list}: was left as it is, and does not belong to {path}").format(
            list=shown(list_), path=shown(path)
        )
        for list_, path in lists.items()
        if list_ not in written and list_.exists()
    )


def write_bitext(  # noqa: PLR0913 - what may be said of an output
    bitext: Bitext | BitextFile,
    path: str | Path,
    *,
    to: str | None = None,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    source: Lang | None = None,
) -> tuple[Path, ...]:
    """Write a bitext in the format of the path's suffix, or in the format `to`.

    Args:
        bitext: A bitext, or a file of units as `aligner.formats.bitexts.open_bitext` gives it,
            which is never held as a whole.
        path: The file to write, or the name that its files begin with.
        to: The format, whatever the suffix.
        src_lang: Code of the Chinese side, such as zh-TW, instead of the bitext's own.
        tgt_lang: Code of the English side, such as en-GB.
        source: Language of the original, instead of the bitext's own.

    Returns:
        Every file written, the named one first where it is one.

    Raises:
        SettingError: There is no such format or language code.
        ExportError: A file cannot be written or is one of the documents, or the
            format cannot hold the text.
    """
    form = _format(path, to)
    changed = language_codes(src_lang, tgt_lang) | ({"source": source} if source else {})
    # both kinds have the fields, which mypy cannot see
    value = replace(cast("Bitext", bitext), **changed) if changed else bitext  # type: ignore[arg-type]
    check_targets([path], to=to, inputs=_inputs(bitext))
    written: tuple[Path, ...] = load(form, "bitext_out")(value, Path(path))
    return written


def language_codes(src_lang: str | None, tgt_lang: str | None) -> dict[str, str]:
    """Return the codes that a user named, by the side, in the shape of BCP 47.

    Raises:
        SettingError: One is no code of its language.
    """
    from aligner.lang.codes import code_for

    codes = {"src_lang": src_lang and code_for(src_lang, "zh")}
    codes["tgt_lang"] = tgt_lang and code_for(tgt_lang, "en")
    return {name: code for name, code in codes.items() if code}


def _inputs(bitext: Bitext | BitextFile) -> list[Path]:
    """Return the files that a bitext was read from."""
    from aligner.bitext import Bitext

    if isinstance(bitext, Bitext):
        return [named(Path(), d.source) for d in (bitext.src_doc, bitext.tgt_doc)]
    return [named(Path(), bitext.name)]
