"""The values of a glossary: a Chinese term and the English targets it may have.

A term is the same in simplified and traditional characters, in full and half width (see
`aligner.lang.shadow`), with blanks and without, and with any middle dot (`one_way`); a target
is the same whatever its letter case and blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from aligner.errors import FormatError
from aligner.findings import Status
from aligner.glossary.one_way import in_one_way
from aligner.lang.shadow import shadow
from aligner.messages import _

STATUSES: Final[tuple[Status, ...]] = get_args(Status)  # best first
SEPARATORS: Final = "|;；｜"  # of several terms or targets in one cell
_LETTER: Final = re.compile(r"[^\W_]")


def source_key(text: str) -> str:
    """Return what is equal for two ways of writing one Chinese term.

    >>> source_key("５Ｇ網絡") == source_key("5g 网络")
    True
    """
    return fold(in_one_way(shadow(" ".join(text.split()))).text)


def target_key(text: str) -> str:
    """Return what is equal for two ways of writing one target: case and blanks go.

    >>> target_key("Pilot  Zone")
    'pilot zone'
    """
    return " ".join(text.split()).casefold()


def fold(text: str) -> str:
    """Return a text in lower case and of the same length.

    A character that would become two, such as `İ`, stays, so that offsets hold.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def has_letter(text: str) -> bool:
    """Tell whether there is a letter or a digit in a text: a dash alone is no term."""
    return _LETTER.search(text) is not None


@dataclass(frozen=True, slots=True)
class Target:
    """One English rendering, and whether a translator may use it."""

    text: str
    status: Status = "preferred"
    note: str = ""
    count: int | None = None  # in how many places of a text it was found
    consistency: float | None = None  # share of the places of its term that it has there
    cased: bool = False  # whether it is a target with its own capitals and small letters alone

    def __post_init__(self) -> None:
        if not has_letter(self.text):
            raise FormatError(_("a target without a letter: {text!r}").format(text=self.text))
        if self.status not in STATUSES:
            raise FormatError(
                _("{text}: no status {status!r}").format(text=self.text, status=self.status)
            )


@dataclass(frozen=True, slots=True)
class Entry:
    """A Chinese term with its targets, in the order in which they were given."""

    src: str
    targets: tuple[Target, ...]
    place: str = ""  # in the file, such as `row 7`
    note: str = ""

    def __post_init__(self) -> None:
        if not has_letter(self.src):
            raise FormatError(_("a term without a character: {src!r}").format(src=self.src))
        if not self.targets:
            raise FormatError(_("{src}: no target").format(src=self.src))
        if (double := _double(target_key(target.text) for target in self.targets)) is not None:
            raise FormatError(
                _("{src}: two targets {double!r}").format(src=self.src, double=double)
            )

    @property
    def preferred(self) -> tuple[Target, ...]:
        """The targets of the best status that any has, and that may be used."""
        for status in ("preferred", "proposed", "admitted"):
            if found := tuple(target for target in self.targets if target.status == status):
                return found
        return ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in the order of their first place, each term once."""

    entries: tuple[Entry, ...]
    source: str = ""  # the file, as the user wrote it
    notes: tuple[str, ...] = ()  # what a user should know about the reading

    def __post_init__(self) -> None:
        if (double := _double(source_key(entry.src) for entry in self.entries)) is not None:
            raise FormatError(
                _("{source}: two entries for {double}").format(
                    source=self.source or _("glossary"), double=double
                )
            )


def _double(keys: Iterable[str]) -> str | None:
    """Return the first key that comes a second time."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None
