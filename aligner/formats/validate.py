"""Check a file against the rules of its format.

A table of terms is known by its columns and checked as a glossary.

The rules are those that programs trip over, checked by code of our own; they are no
substitute for a schema, but say the line and the rule in words. The formats are those of
`registry`; the module of one is imported when a file needs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from aligner.errors import FormatError, LanguageError, SettingError
from aligner.filenames import shown
from aligner.formats.common.bitext_columns import SAMPLE_ROWS
from aligner.formats.common.file_bytes import open_regular
from aligner.formats.common.format_problem import Problem, from_error
from aligner.formats.common.other_tables import is_glossary
from aligner.formats.common.raw_pairs import BitextHead, BitextSource
from aligner.formats.format_lookup import all_formats, by_name, format_for, load, load_function
from aligner.formats.registry import Format
from aligner.messages import N_, _

__all__ = ["CHECKED_FORMATS", "Problem", "rules_for", "validate"]

CHECKED_FORMATS: Final = by_name("check")
_SHOWN: Final = 3  # problems of one rule that stand in the list as they are
MOST_PROBLEMS: Final = 1_000  # problems that are worth a list
_GLOSSARY: Final = "glossary"
_ROWS: Final = {  # what takes a table apart that may be a bitext or a glossary
    "tsv": "csv_tsv:tsv_rows",
    "csv": "csv_tsv:csv_rows",
    "xlsx": "xlsx:sheet_rows",
}


def validate(
    path: str | Path,
    *,
    from_: str | None = None,
    encoding: str | None = None,
    most: int = MOST_PROBLEMS,
) -> tuple[Problem, ...]:
    """Return what is wrong with a file; nothing if nothing is.

    Of the problems with one rule the first three stand there; the others are counted.

    Args:
        path: A bitext, a termbase in TBX, or one of the two files of a Moses pair.
        from_: Its format; that of `rules_for` if None. A table of terms is a `glossary`.
        encoding: Its encoding, if it is not to be found out.
        most: How many problems are listed.

    Raises:
        OtherKindError: It is neither, but something else of ours, such as a list of findings.
        ReadError: The file cannot be read at all.
        SettingError: There is no such format or encoding.

    Cost: one pass; the ids of a file are held to find those that are there twice.
    """
    path = Path(path)
    source = BitextSource(path, shown(path), encoding)
    form = CHECKED_FORMATS[rules_for(path, from_=from_, encoding=encoding)]
    found = _Folded()  # keeps what came before an error
    try:
        for problem in _check(source, form):
            found.add(problem)
            if len(found.listed) >= most:
                break
    except FormatError as error:
        found.add(
            from_error(error, source.name, _("a file is well-formed {name}").format(name=form.name))
        )
    except LanguageError as error:
        message = str(error).removeprefix(f"{source.name}: ")
        found.add(Problem(None, _("one side is Chinese, the other English"), message, error.hint))
    return found.problems()


@dataclass(slots=True)
class _Folded:
    """Problems of which those of one rule beyond the third are one, with their number.

    >>> folded = _Folded()
    >>> for line in range(1, 9):
    ...     folded.add(Problem(line, "a rule", "it is broken"))
    >>> print(folded.problems()[-1], len(folded.problems()))
    line 4: a rule: 5 more like this, up to line 8 4
    """

    listed: list[Problem] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _more: dict[str, int] = field(default_factory=dict)  # where the first beyond the third stands
    _last: dict[str, Problem] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        rule = problem.rule
        self._counts[rule] += 1
        if self._counts[rule] <= _SHOWN:
            self.listed.append(problem)
            return
        if rule not in self._more:
            self._more[rule] = len(self.listed)
            self.listed.append(problem)
        self._last[rule] = problem

    def problems(self) -> tuple[Problem, ...]:
        found = self.listed.copy()
        for rule, at in self._more.items():
            first, last, count = found[at], self._last[rule], self._counts[rule] - _SHOWN
            if count > 1:
                upto = "" if last.line is None else _(", up to line {line}").format(line=last.line)
                message = _("{count} more like this{upto}").format(count=count, upto=upto)
                found[at] = Problem(first.line, rule, message, first.hint)
        return tuple(found)


def rules_for(path: str | Path, *, from_: str | None = None, encoding: str | None = None) -> str:
    """Return the format by whose rules a file is checked.

    It is the one that is named, or else that of its suffix; of a table of terms, `glossary`.

    Raises:
        ReadError: The file cannot be read.
        SettingError: There is no such format or encoding, or none with the suffix has rules.
    """
    path = Path(path)
    if path.is_dir():
        open_regular(path, shown(path), one=N_("bitext"))  # says that it is a folder
    form = format_for("check", path.suffix, from_)
    if form is None:
        names = ", ".join(CHECKED_FORMATS)
        raise SettingError(
            f"{shown(path)}: {_no_rules(path, from_)}",
            hint=_("bitexts and glossaries are checked, as {names}; --from names one").format(
                names=names
            ),
        )
    if not from_ and form.name in _ROWS and _holds_terms(path, form.name, encoding):
        return _GLOSSARY
    return form.name


def _no_rules(path: Path, from_: str | None) -> str:
    """Return that there are no rules, and for what."""
    if from_:
        return _("no rules for {name!r}").format(name=from_.lower())
    suffix = path.suffix.lower()
    if not suffix:
        return _("no suffix of a format with rules")
    form = next((form for form in all_formats() if suffix in form.suffixes), None)
    what = f"{suffix} ({_(form.what)})" if form else suffix
    return _("no rules for {what}").format(what=what)


def _holds_terms(path: Path, name: str, encoding: str | None) -> bool:
    """Tell whether the first rows of a table are those of a glossary."""
    read = load_function(_ROWS[name])
    rows = read(BitextSource(path, shown(path), encoding), BitextHead())
    try:
        return is_glossary([cells for _number, cells in islice(rows, SAMPLE_ROWS)])
    except FormatError:
        return False  # what is wrong with it is told by whoever checks it


def _check(source: BitextSource, form: Format) -> Iterator[Problem]:
    problems: Iterator[Problem] = load(form, "check")(source)
    return problems
