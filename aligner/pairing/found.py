"""What looking for partners gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from aligner.filenames import shown
from aligner.pairing.manifest import Manifest, pairs_of
from aligner.pairing.manifest_row import WaitingRow

How = Literal["name", "content", "doubtful"]
Why = Literal["unpaired", "same language", "duplicate", "unreadable"]


class FoundPair(NamedTuple):
    """Two files that belong together, or may."""

    original: str  # the Chinese file below the folder, as `filenames.shown` writes it
    translation: str
    score: float  # probability that they do, by their content
    how: How
    note: str = ""


class Loose(NamedTuple):
    """A file without a partner."""

    name: str
    why: Why
    note: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """All files of a folder."""

    folder: Path
    pairs: tuple[FoundPair, ...]  # in the order of their names, as for all that follow
    doubtful: tuple[FoundPair, ...]
    loose: tuple[Loose, ...]
    locks: int = 0  # lock files of office programs, such as ~$draft.docx, which hold no text

    def manifest(self) -> Manifest:
        """Return the pairs that can be aligned without a person's look."""
        rows = [(pair.original, pair.translation, "") for pair in self.pairs]
        return Manifest(
            pairs_of(rows, folder=self.folder, where=shown(self.folder)),
            left_out=len(self.doubtful) + len(self.loose),
            locks=self.locks,
            waiting=(
                *(WaitingRow(p.original, p.translation, p.note) for p in self.doubtful),
                *(
                    WaitingRow(one.name, "", one.note or one.why, one.why == "unreadable")
                    for one in self.loose
                ),
            ),
        )
