"""Findings that were looked at and accepted, each with its reason, in a file for people.

An entry names a term and a rendering. It holds for every finding of that term, in
simplified or traditional characters, whose rendering is the same but for form: case,
number, hyphen, article, spelling. `doc` limits it to one bitext; `by = "text"` to this
rendering letter by letter, where `by = "group"`, or nothing, means its whole group.

The file is TOML or, with the suffix .jsonl, one object a line. It is written sorted, so
that two versions of it can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from aligner.bitext import Finding
from aligner.check.accepted import Accepted, Baseline, rendering_key, term_key
from aligner.check.baseline_file import as_jsonl, as_toml, parse_jsonl, parse_toml
from aligner.errors import FormatError, SettingError
from aligner.formats.common.file_bytes import read_bytes
from aligner.formats.common.writing import write_text

__all__ = ["Accepted", "Baseline", "apply", "merged", "read_baseline", "unused", "write_baseline"]

NO_REASON: Final = "accepted, no reason given"
_LARGEST: Final = 10_000_000  # bytes: 100,000 entries


class _Format(NamedTuple):
    parse: Callable[[str, str], Iterator[Accepted]]  # a text, and the file's name for messages
    render: Callable[[Sequence[Accepted]], str]


_FORMATS: Final = {".toml": _Format(parse_toml, as_toml), ".jsonl": _Format(parse_jsonl, as_jsonl)}


def read_baseline(path: str | Path) -> Baseline:
    """Read a file of accepted renderings, TOML or JSON Lines by its suffix.

    Raises:
        FormatError: The file breaks the rules of its format, or an entry is not one;
            names the line or the number of the entry.
        ReadError: The file is missing or cannot be read.
        SettingError: The suffix is another one.
    """
    name = str(path)
    form = _format(name)
    raw = read_bytes(
        Path(path),
        name,
        most=_LARGEST,
        one="baseline",
        large="check that it is the right file",
        missing="make it with --write-baseline, or check the name",
    )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{name}: byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8",
            hint="save it as UTF-8",
        ) from error
    return Baseline(tuple(form.parse(text, name)), name)


def check_suffix(path: str | Path) -> None:
    """Check that a baseline can be written to a path, before the work begins.

    Raises:
        SettingError: The suffix is another one.
    """
    _format(str(path))


def apply(findings: Iterable[Finding], baseline: Baseline) -> tuple[Finding, ...]:
    """Return the findings in their order, those that the baseline covers with its reason.

    Cost: linear in the findings, times the entries of one term.
    """
    index = _index(baseline)
    return tuple(
        replace(finding, accepted=entry.reason) if (entry := _cover(finding, index)) else finding
        for finding in findings
    )


def unused(baseline: Baseline, findings: Iterable[Finding]) -> tuple[Accepted, ...]:
    """Return the entries that cover none of the findings: they may be deleted."""
    index = _index(baseline)
    used = {
        entry
        for finding in findings
        for entry in index.get(term_key(finding.term), ())
        if entry.covers(finding)
    }
    return tuple(entry for entry in baseline.entries if entry not in used)


def write_baseline(
    findings: Iterable[Finding], path: str | Path, *, old: Baseline | None = None
) -> Path:
    """Write a file that accepts the findings, in TOML or JSON Lines by its suffix.

    Entries of the old baseline stay with their reasons, even if nothing matches them any
    more (then their count is 0). What no entry covers gets one of its own, with a reason
    that says that none was given.

    Raises:
        ExportError: The file cannot be written.
        SettingError: The suffix is another one.
    """
    form = _format(str(path))
    entries = merged(findings, old or Baseline(()))
    return write_text(Path(path), form.render(entries))


def merged(findings: Iterable[Finding], old: Baseline) -> tuple[Accepted, ...]:
    """Return the old entries and new ones for what they do not cover, counted and sorted."""
    index = _index(old)
    counts: Counter[Accepted] = Counter()
    new: dict[tuple[str, tuple[str, ...]], Accepted] = {}
    for finding in findings:
        entry = _cover(finding, index)
        if entry is None:
            key = term_key(finding.term), rendering_key(finding.rendering, "group")
            fresh = Accepted(finding.term, " ".join(finding.rendering.split()), NO_REASON)
            entry = new.setdefault(key, fresh)
        counts[entry] += 1
    entries = dict.fromkeys([*old.entries, *new.values()])
    return tuple(sorted((replace(entry, count=counts[entry]) for entry in entries), key=_order))


def _order(entry: Accepted) -> tuple[str, ...]:
    return (
        term_key(entry.term), entry.rendering.lower(), entry.rendering, entry.doc, entry.by,
        entry.term, entry.reason,
    )  # fmt: skip


def _index(baseline: Baseline) -> dict[str, list[Accepted]]:
    index: dict[str, list[Accepted]] = {}
    for entry in baseline.entries:
        index.setdefault(term_key(entry.term), []).append(entry)
    return index


def _cover(finding: Finding, index: dict[str, list[Accepted]]) -> Accepted | None:
    entries = index.get(term_key(finding.term), ())
    return next((entry for entry in entries if entry.covers(finding)), None)


def _format(name: str) -> _Format:
    suffix = Path(name).suffix.lower()
    if suffix not in _FORMATS:
        raise SettingError(
            f"{name}: a baseline has the suffix .toml or .jsonl", hint="give it one of these"
        )
    return _FORMATS[suffix]
