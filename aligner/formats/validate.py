"""Check a file against the rules of its format.

The rules are those that programs trip over, checked by code of our own; they are no
substitute for a schema, but say the line and the rule in words. A format is a name in
`CHECKS`; the module is imported when a file needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Final

from aligner.errors import FormatError, LanguageError, SettingError
from aligner.filenames import shown
from aligner.formats.common.pairs import Source
from aligner.formats.common.problem import Problem

__all__ = ["CHECKS", "SUFFIXES", "Problem", "validate"]

CHECKS: Final = {
    "align": "aligner.formats.check_align:check_align",
    "csv": "",  # tables have one check, which is told the format
    "glossary": "aligner.formats.check_glossary:check_glossary",
    "jsonl": "",
    "moses": "aligner.formats.check_align:check_moses",
    "parquet": "",
    "tbx": "aligner.formats.check_tbx:check_tbx",
    "tmx": "aligner.formats.check_tmx:check_tmx",
    "tsv": "",
    "xliff": "",  # of whichever version the file is
    "xliff12": "aligner.formats.check_xliff12:check_xliff12",
    "xliff20": "aligner.formats.check_xliff20:check_xliff20",
    "xlsx": "",
}
SUFFIXES: Final = {f".{name}": name for name in CHECKS if name != "glossary"} | {
    ".en": "moses",
    ".mqxliff": "xliff",
    ".ndjson": "jsonl",
    ".sdlxliff": "xliff",
    ".tab": "tsv",
    ".xlf": "xliff",
    ".zh": "moses",
}
MOST: Final = 1_000  # problems that are worth a list


def validate(
    path: str | Path, *, from_: str | None = None, encoding: str | None = None, most: int = MOST
) -> tuple[Problem, ...]:
    """Return what is wrong with a file; nothing if nothing is.

    Args:
        path: A bitext, a termbase in TBX, or one of the two files of a Moses pair.
        from_: Its format; that of its suffix if None. A table of terms is a `glossary`.
        encoding: Its encoding, if it is not to be found out.
        most: How many problems are looked for.

    Raises:
        ReadError: The file cannot be read at all.
        SettingError: There is no such format or encoding.

    Cost: one pass; the ids of a file are held to find those that are there twice.
    """
    path = Path(path)
    source = Source(path, shown(path), encoding)
    form = _format(path, from_)
    found: list[Problem] = []
    try:
        found.extend(islice(_check(source, form), most))  # keeps what came before an error
    except FormatError as error:
        from aligner.formats.check_align import from_error

        found.append(from_error(error, source.name, f"a file is well-formed {form}"))
    except LanguageError as error:
        message = str(error).removeprefix(f"{source.name}: ")
        found.append(Problem(None, "one side is Chinese, the other English", message, error.hint))
    return tuple(found)


def _format(path: Path, from_: str | None) -> str:
    form = (from_ or SUFFIXES.get(path.suffix.lower(), "")).lower()
    if form not in CHECKS:
        what = f"no rules for {form!r}" if form else "no suffix of a format with rules"
        raise SettingError(
            f"{shown(path)}: {what}", hint=f"formats are {', '.join(CHECKS)}; name one with --from"
        )
    return form


def _check(source: Source, form: str) -> Iterator[Problem]:
    if form == "xliff":
        form = _version(source)
    if not CHECKS[form]:
        from aligner.formats.check_tables import check_table

        return check_table(source, form)
    module, _, function = CHECKS[form].partition(":")
    problems: Iterator[Problem] = getattr(import_module(module), function)(source)
    return problems


def _version(source: Source) -> str:
    """Return which check an XLIFF file wants, by what it says of itself."""
    from aligner.formats.common.xmlstream import elements

    for element in elements(source, roots=("xliff",), begins=("xliff",)):
        return "xliff20" if element.node.get("version", "").startswith("2") else "xliff12"
    return "xliff12"
