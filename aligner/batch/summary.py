"""What became of a batch, as a value and as an object for JSON.

Units: seconds, shares and probabilities from 0 to 1, sentences are segments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aligner.batch.work import BINS
from aligner.corpus.store.ledger import LedgerEntry
from aligner.corpus.store.pair_facts import REASONS, Facts
from aligner.pairing.manifest_row import WaitingRow

DOUBTFUL_ALONE: Final = 0.3  # a pair with a larger share of sentences without partner is doubtful,
DOUBTFUL_LIKELY: Final = 0.6  # and one with a smaller share in likely links
SLOWEST: Final = 10


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The pairs of a source after a run."""

    total: int  # pairs that the source names
    kept: int  # that an earlier run had settled
    left_out: int  # files or rows of the source that wait for a decision
    elsewhere: int  # pairs in the corpus that the source does not name
    seconds: float
    entries: tuple[LedgerEntry, ...]  # of the pairs, in the order of their ids
    broken_off: bool = False
    notes: tuple[str, ...] = ()  # what was damaged in the corpus, or is not of it
    waiting: tuple[WaitingRow, ...] = ()  # what was left out
    locks: int = 0  # lock files of office programs that were passed over
    table: str = ""  # where a person decides on these, as the user would name it
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # from the corpus to files

    @property
    def failed(self) -> tuple[LedgerEntry, ...]:
        """The pairs that could not be aligned."""
        return tuple(e for e in self.entries if e.trouble)

    @property
    def unread(self) -> tuple[WaitingRow, ...]:
        """The files of the source that could not be read."""
        return tuple(row for row in self.waiting if row.unread)

    @property
    def done(self) -> tuple[LedgerEntry, ...]:
        """The pairs that have a part."""
        return tuple(e for e in self.entries if not e.trouble)

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many pairs failed for each reason, in the order of `REASONS`."""
        counts = Counter(e.trouble.reason for e in self.failed if e.trouble)
        return {reason: counts[reason] for reason in REASONS if counts[reason]}

    @property
    def kinds(self) -> Mapping[str, int]:
        """Beads of each kind, the most frequent first."""
        counts: Counter[str] = Counter()
        for facts in self._facts():
            counts.update(facts.kinds)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def p(self) -> Sequence[int]:
        """Links by their probability, in bins of equal width from 0 to 1."""
        columns = list(zip(*(facts.p for facts in self._facts()), strict=True))
        return [sum(column) for column in columns] or [0] * BINS

    @property
    def slowest(self) -> tuple[LedgerEntry, ...]:
        """The pairs that took the longest."""
        return tuple(sorted(self.done, key=lambda e: (-e.seconds, e.id))[:SLOWEST])

    @property
    def doubtful(self) -> tuple[LedgerEntry, ...]:
        """The pairs that may not be translations of each other, the worst first."""
        found = [e for e in self.done if e.facts and is_doubtful(e.facts)]
        return tuple(sorted(found, key=lambda e: (e.facts.likely_share if e.facts else 0, e.id)))

    def sentences(self, side: str) -> int:
        """Return the sentences of a side, `src` or `tgt`."""
        return sum(getattr(facts, side).sentences for facts in self._facts())

    def alone(self, side: str) -> int:
        """Return the sentences of a side that have no partner."""
        return sum(getattr(facts, side).alone for facts in self._facts())

    def _facts(self) -> list[Facts]:
        return [e.facts for e in self.entries if e.facts]


def alone_share(facts: Facts) -> float:
    """Return the share of a pair's sentences without a partner, on the worse side."""
    return max(s.alone / s.sentences if s.sentences else 0.0 for s in (facts.src, facts.tgt))


def is_doubtful(facts: Facts) -> bool:
    """Tell whether a person should look at a pair."""
    return alone_share(facts) > DOUBTFUL_ALONE or facts.likely_share < DOUBTFUL_LIKELY


def summary_row(summary: RunSummary) -> dict[str, Any]:
    """Return the summary as an object for JSON."""
    return {
        "pairs": summary.total,
        "done": len(summary.done),
        "failed": len(summary.failed),
        "kept": summary.kept,
        "left_out": summary.left_out,
        "waiting": [row._asdict() for row in summary.waiting],
        "lock_files": summary.locks,
        "elsewhere": summary.elsewhere,
        "broken_off": summary.broken_off,
        "notes": summary.notes,
        "seconds": round(summary.seconds, 3),
        "reasons": summary.reasons,
        "failures": [
            {"id": e.id, "original": e.original, "translation": e.translation,
             **e.trouble._asdict()}
            for e in summary.failed if e.trouble
        ],
        "sentences": {side: summary.sentences(side) for side in ("src", "tgt")},
        "alone": {side: summary.alone(side) for side in ("src", "tgt")},
        "kinds": summary.kinds,
        "p": summary.p,
        "slowest": [{"id": e.id, "seconds": e.seconds} for e in summary.slowest],
        "doubtful": [
            {"id": e.id, "likely_share": round(e.facts.likely_share, 4),
             "alone_share": round(alone_share(e.facts), 4), "warnings": e.facts.warnings}
            for e in summary.doubtful if e.facts
        ],
    }  # fmt: skip
