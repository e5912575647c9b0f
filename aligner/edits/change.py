"""A change that a person made to a bitext, as a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from aligner.messages import _, ngettext

ChangeKind = Literal[
    "translation edited", "source edited", "merged", "split", "relinked", "inserted", "deleted",
    "text removed", "sentence cut", "repeated id", "unknown id", "moved", "confirmed",
    "no longer confirmed",
]  # fmt: skip
CONFLICTS: Final[frozenset[ChangeKind]] = frozenset({
    "source edited", "deleted", "text removed", "sentence cut", "repeated id", "unknown id",
})  # fmt: skip
_LONGEST: Final = 60  # characters of a text that is shown
_AHEAD: Final = 20  # of them before the first that differs


class Change(NamedTuple):
    """One thing that is other than in the original."""

    kind: ChangeKind
    rows: tuple[int, ...]  # of the edited file, from 1, its head counted; none if it is gone
    units: tuple[int, ...]  # of the original, from 1; none if it is new
    doc: str  # the document's id
    before: str  # the text concerned, as it was
    after: str  # and as it is now
    why: str = ""  # what to know, or to do

    @property
    def is_conflict(self) -> bool:
        """Tell whether a person should look at it."""
        return self.kind in CONFLICTS

    def __str__(self) -> str:
        place = ""
        if self.rows:
            place = ngettext("row {numbers}", "rows {numbers}", len(self.rows)).format(
                numbers=_listed(self.rows)
            )
        if self.units and not place:
            place = _("unit {numbers} of the original").format(numbers=_listed(self.units))
        texts = " -> ".join(_shown(self.before, self.after))
        return ": ".join(part for part in (place, _(self.kind), self.why, texts) if part)


def shortened(text: str) -> str:
    """Return a text on one line, with at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _shown(before: str, after: str) -> list[str]:
    """Return the texts that there are, shortened, from shortly before they differ on."""
    before, after = (" ".join(text.split()) for text in (before, after))
    lines = [text for text in (before, after) if text]
    differ = (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    same = next(differ, min(len(before), len(after)))
    if same <= _LONGEST - _AHEAD:
        return [shortened(line) for line in lines]
    return [shortened(f"…{line[same - _AHEAD :]}") for line in lines]


def counted_changes(changes: Iterable[Change]) -> str:
    """Return how many changes of each kind there are, the most frequent kind first.

    >>> counted_changes([]), counted_changes([Change("inserted", (2,), (), "a", "", "b")])
    ('nothing changed', '1 inserted')
    """
    counts = Counter(change.kind for change in changes).most_common()
    told = (_("{count} {change}").format(count=count, change=_(kind)) for kind, count in counts)
    return _(", ").join(told) or _("nothing changed")


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
