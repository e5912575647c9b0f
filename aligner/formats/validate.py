"""Check a file against the rules of its format.

The rules are those that programs trip over, checked by code of our own; they are no
substitute for a schema, but say the line and the rule in words. The formats are those of
`registry`; the module of one is imported when a file needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from aligner.errors import FormatError, LanguageError, SettingError
from aligner.filenames import shown
from aligner.formats.common.format_problem import Problem, from_error
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.format_lookup import by_name, format_for, load
from aligner.formats.registry import Format

__all__ = ["CHECKED_FORMATS", "Problem", "validate"]

CHECKED_FORMATS: Final = by_name("check")
MOST_PROBLEMS: Final = 1_000  # problems that are worth a list


def validate(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    most: int = MOST_PROBLEMS,
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
    source = BitextSource(path, shown(path), encoding)
    form = _format(path, from_)
    found: list[Problem] = []
    try:
        found.extend(islice(_check(source, form), most))  # keeps what came before an error
    except FormatError as error:
        found.append(from_error(error, source.name, f"a file is well-formed {form.name}"))
    except LanguageError as error:
        message = str(error).removeprefix(f"{source.name}: ")
        found.append(Problem(None, "one side is Chinese, the other English", message, error.hint))
    return tuple(found)


def _format(path: Path, from_: str | None) -> Format:
    form = format_for("check", path.suffix, from_)
    if form is None:
        name = (from_ or "").lower()
        what = f"no rules for {name!r}" if name else "no suffix of a format with rules"
        raise SettingError(
            f"{shown(path)}: {what}",
            hint=f"formats are {', '.join(CHECKED_FORMATS)}; name one with --from",
        )
    return form


def _check(source: BitextSource, form: Format) -> Iterator[Problem]:
    problems: Iterator[Problem] = load(form, "check")(source)
    return problems
