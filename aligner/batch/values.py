"""What the parts of a batch pass on: pairs, work, outcomes, progress.

Units: sizes in bytes, times in seconds, shares and probabilities from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol, Self

Reason = Literal["document", "time", "memory", "crash", "bug"]
REASONS: Final[Mapping[Reason, str]] = {
    "document": "because of their documents",
    "time": "over the time limit",
    "memory": "over the memory limit",
    "crash": "because their worker died",
    "bug": "because of an error of ours",
}
Status = Literal["done", "failed"]


class Pair(NamedTuple):
    """A row of a manifest: two files that belong together."""

    id: str  # names the pair's part and its rows; safe as a file name
    original: Path
    translation: Path
    names: tuple[str, str]  # of the two files, as messages and parts show them


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the bytes of a part, beside the documents: options of `align`."""

    pre_split: bool = False
    encoder: str = "use"
    min_p: float = 0.0
    encoding: str | None = None
    langs: tuple[str, str] | None = None
    seed: int = 0
    keep_furniture: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """One pair as it is sent to a worker. Workers touch no file."""

    id: str
    names: tuple[str, str]
    original: bytes = field(repr=False)
    translation: bytes = field(repr=False)
    settings: Settings = Settings()

    @property
    def size(self) -> int:
        """Of both documents, in bytes."""
        return len(self.original) + len(self.translation)


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
            raise TypeError("facts that are no numbers")
        return facts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pair: a part, or trouble."""

    id: str
    seconds: float
    part: bytes = field(default=b"", repr=False)
    facts: Facts | None = None
    trouble: Trouble | None = None


class Limits(NamedTuple):
    """What one pair may use."""

    timeout: float | None = None  # seconds
    memory: int | None = None  # bytes of a worker
    more: float = 0.0  # seconds for each MB of the pair's documents

    def seconds(self, size: int) -> float | None:
        """Return the time for a pair whose documents have so many bytes.

        >>> Limits(600, more=60).seconds(2_000_000)
        720.0
        """
        return None if self.timeout is None else self.timeout + self.more * size / 1e6

    @property
    def time(self) -> str:
        """The time for a pair, in words.

        >>> Limits(600, more=60).time
        '600 seconds, and 60 more for each MB of its documents'
        """
        if self.timeout is None:
            return "none"
        more = f", and {self.more:g} more for each MB of its documents" if self.more else ""
        return f"{self.timeout:g} seconds{more}"


class Engine(Protocol):
    """Runs work somewhere else. Used as a context, which ends the workers."""

    def run(self, works: Iterable[Work]) -> Iterator[Outcome]:
        """Yield an outcome for each work, in the order in which they end.

        Works are taken as places get free, so that few are held at a time.

        Raises:
            SettingError: No pair can be aligned with these settings.
            MissingExtraError: The encoder's dependencies are not installed.
        """

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a run is; told after each pair."""

    total: int  # pairs
    kept: int  # done by an earlier run
    done: int  # by this run
    failed: int
    rate: float  # pairs a second in this run; 0 before the first
    seconds_left: float | None  # by the size of the documents; None before the first
    id: str = ""  # of the pair that ended
    trouble: Trouble | None = None


Progress = Callable[[BatchProgress], None]


def facts_row(facts: Facts) -> dict[str, Any]:
    """Return facts as an object for JSON."""
    return asdict(facts)
