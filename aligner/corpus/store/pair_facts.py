"""What the ledger of a corpus says of a pair: numbers of its bitext, or why it failed.

Units: times in seconds, shares and probabilities from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, NamedTuple

from aligner.messages import N_, _

Reason = Literal["document", "time", "memory", "crash", "bug"]


REASONS: Final[Mapping[Reason, str]] = {
    "document": N_("because of their documents"),
    "time": N_("over the time limit"),
    "memory": N_("over the memory limit"),
    "crash": N_("because their worker died"),
    "bug": N_("because of an error of ours"),
}


PairStatus = Literal["done", "failed"]


class Trouble(NamedTuple):
    """Why a pair failed."""

    reason: Reason
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One side of a pair in numbers."""

    sentences: int
    alone: int  # without a partner
    characters: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A pair in numbers, for the summary of the run."""

    src: SideFacts
    tgt: SideFacts
    kinds: Mapping[str, int]  # beads of each kind, such as 1-2
    p: Sequence[int]  # links with p from 0 to .05, .05 to .1, ..., .95 to 1
    likely_share: float  # of the sentences in links more likely right than not, worse side
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Facts:
        """Return the facts that `asdict` made a row of.

        Raises:
            KeyError: The row lacks something.
            TypeError: It holds something else.
        """
        facts = cls(**{
            **row,
            "src": SideFacts(**row["src"]),
            "tgt": SideFacts(**row["tgt"]),
            "warnings": tuple(row["warnings"]),
        })  # fmt: skip
        sides = (asdict(facts.src), asdict(facts.tgt))
        counts = [*facts.kinds.values(), *facts.p, *(n for side in sides for n in side.values())]
        if not (
            all(isinstance(count, int) for count in counts)
            and isinstance(facts.likely_share, (int, float))
            and all(isinstance(warning, str) for warning in facts.warnings)
        ):
            raise TypeError(_("facts that are not numbers"))
        return facts
