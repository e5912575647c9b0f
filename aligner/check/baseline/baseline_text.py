"""The file of accepted findings, TOML or JSON Lines: its text to entries, and back.

Whatever the text, the outcome is entries or a `FormatError` that names the place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.check.baseline.accepted import HINT, NEEDED, OF_SLIPS, OF_TERMS, Accepted
from aligner.errors import FormatError
from aligner.messages import N_, _

_FIELDS: Final = {
    "check": str, "kind": str, "term": str, "rendering": str, "sentence": str, "reason": str,
    "doc": str, "by": str, "count": int,
}  # fmt: skip
_MOST: Final = 10**12  # of a count
_ABOVE: Final = N_("write [[accepted]] above each entry")
_HEADER: Final = re.compile(r"\s*\[\[\s*accepted\s*\]\]")
# A key of many parts, on which a parser's time grows with the square of their number.
_DEEP_KEY: Final = re.compile(
    r"""(?:^|[{,\[])[ \t]*+(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""",
    re.MULTILINE,
)
_HEAD: Final = N_(
    """\
Renderings that were looked at and are kept. A finding that an entry covers is shown as
settled earlier, with its reason, and does not count.

To keep one more, add an entry of term, rendering and reason. To have one reported
again, delete its entry. Capitals, plurals and the like need no entry of their own.
  doc = "..."     limits an entry to one bitext
  by = "text"     limits it to the rendering exactly as it is written here
  sentence = ""   limits it to the places in that sentence, the Chinese one
  count           how often it was found when the file was written; only for you to see
An entry of another check than terms has check, kind and sentence: it is about the words
in that one sentence, the Chinese one where there is one. term and rendering are the words.
Writing the file anew keeps every entry and reason, sorts the entries and drops comments.
"""
)


def parse_toml(text: str, name: str) -> Iterator[Accepted]:
    """Yield the entries of a TOML file.

    Raises:
        FormatError: Names the line, or the number of the entry.
    """
    if _DEEP_KEY.search(text):
        raise FormatError(
            _("{name}: has tables inside each other").format(name=name), hint=_(_ABOVE)
        )
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number too long
        raise FormatError(
            _("{name}: is not TOML: {error}").format(name=name, error=error),
            hint=_(
                "correct that line; texts stand in quotation marks, each entry under [[accepted]]"
            ),
        ) from error
    entries = tables.pop("accepted", [])
    if tables or not isinstance(entries, list):
        raise FormatError(
            _("{name}: {where}: only entries under [[accepted]] are known").format(
                name=name, where=next(iter(tables), "accepted")
            ),
            hint=_(_ABOVE),
        )
    lines = [n for n, line in enumerate(text.split("\n"), start=1) if _HEADER.match(line)]
    for number, entry in enumerate(entries):
        line = _(", line {lines}").format(lines=lines[number]) if len(lines) == len(entries) else ""
        yield entry_of(
            entry, _("{name}: entry {number}{line}").format(name=name, number=number + 1, line=line)
        )


def parse_jsonl(text: str, name: str) -> Iterator[Accepted]:
    """Yield the entries of a file with one JSON object a line.

    Raises:
        FormatError: Names the line.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FormatError(
                _("{name}: line {number}: is not JSON: {error}").format(
                    name=name, number=number, error=error
                ),
                hint=_("one object a line: ") + _(HINT),
            ) from error
        yield entry_of(entry, _("{name}: line {number}").format(name=name, number=number))


def entry_of(found: object, place: str) -> Accepted:
    """Return the entry of some fields.

    Args:
        found: An object as it was read.
        place: Where, for messages.

    Raises:
        FormatError: It is not an entry; names the place.
    """
    if not isinstance(found, dict):
        raise FormatError(_("{place}: is not an entry").format(place=place), hint=_(HINT))
    of_term = found.get("check", "") in OF_TERMS
    for field in NEEDED if of_term else OF_SLIPS:
        if field not in found:
            raise FormatError(
                _("{place}: no {field}").format(place=place, field=field), hint=_(HINT)
            )
    for field, value in found.items():
        if field not in _FIELDS:
            raise FormatError(
                _("{place}: unknown {field}").format(place=place, field=field), hint=_(HINT)
            )
        if not isinstance(value, _FIELDS[field]):
            raise FormatError(
                _("{place}: {field} is {value}, of another type").format(
                    place=place, field=field, value=_shown(value)
                ),
                hint=_(HINT),
            )
        if isinstance(value, int) and abs(value) > _MOST:
            raise FormatError(
                _("{place}: {field} is too large a number").format(place=place, field=field),
                hint=_(HINT),
            )
    try:
        found.setdefault("term", "")
        found.setdefault("rendering", "")
        return Accepted(**found)
    except FormatError as error:
        raise FormatError(f"{place}: {error}", hint=error.hint) from error


def _shown(value: object) -> str:
    try:
        return repr(value)[:60]
    except ValueError:  # a number of more digits than Python writes
        return _("a huge {name}").format(name=type(value).__name__)


def entry_fields(entry: Accepted) -> dict[str, str | int]:
    """Return what is written of an entry: what says no more than its absence is not."""
    fields = {name: getattr(entry, name) for name in _FIELDS}
    return {k: v for k, v in fields.items() if v != "" and (k, v) != ("by", "group")}


def as_jsonl(entries: Sequence[Accepted]) -> str:
    """Return the file of some entries as JSON Lines."""
    return "".join(json.dumps(entry_fields(e), ensure_ascii=False) + "\n" for e in entries)


def as_toml(entries: Sequence[Accepted]) -> str:
    """Return the file of some entries as TOML, with a comment that says how to edit it."""
    import tomlkit

    document = tomlkit.document()
    for line in _(_HEAD).splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.comment(""))
    document.add(tomlkit.nl())
    tables = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        table.update(entry_fields(entry))
        tables.append(table)
    document.add("accepted", tables)
    return tomlkit.dumps(document)
