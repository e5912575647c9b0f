"""What the parts of a batch pass on: pairs, work, outcomes, progress.

Units: sizes in bytes, times in seconds, shares and probabilities from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

from aligner.corpus.store.pair_facts import Facts, Trouble
from aligner.messages import _


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the bytes of a part, beside the documents: options of `align`."""

    pre_split: bool = False
    encoder: str = "use"
    min_p: float = 0.0
    encoding: str | None = None
    langs: tuple[str, str] | None = None
    keep_furniture: bool = False
    refine: str | None = None  # a second encoder, loaded with the first pair


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
            return _("none")
        more = (
            _(", and {more:g} more for each MB of its documents").format(more=self.more)
            if self.more
            else ""
        )
        return _("{timeout:g} seconds{more}").format(timeout=self.timeout, more=more)


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
    """How far a run is; reported after each pair."""

    total: int  # pairs
    kept: int  # done by an earlier run
    done: int  # by this run
    failed: int
    rate: float  # pairs a second in this run; 0 before the first
    seconds_left: float | None  # by the size of the documents; None before the first
    id: str = ""  # of the pair that ended
    trouble: Trouble | None = None


PairsProgress = Callable[[BatchProgress], None]
