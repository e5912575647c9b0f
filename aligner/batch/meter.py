"""How fast a run is and how long it will take, from what it has done so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aligner.batch.engine_protocol import BatchProgress, PairsProgress
from aligner.corpus.store.pair_facts import Trouble
from aligner.pairing.manifest_row import ManifestRow


class Meter:
    """Counts pairs and tells a listener.

    The time left goes by the size of the documents, since pairs differ in size a
    thousandfold; the files are not read for it.
    """

    def __init__(
        self,
        pairs: Sequence[ManifestRow],
        listener: PairsProgress | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sizes = {pair.id: _size(pair) for pair in pairs}
        self._left = sum(self._sizes.values())
        self._listener, self._clock = listener, clock
        self._begun: float | None = None
        self._worked = 0  # bytes
        self.kept = self.done = self.failed = 0

    def begin(self) -> None:
        """Start the clock, if it does not run: work has been found to do."""
        self._begun = self._clock() if self._begun is None else self._begun

    def keep(self, name: str) -> None:
        """Count a pair that an earlier run did, or could not do."""
        self.kept += 1
        self._left -= self._sizes[name]
        self._tell(name, None)

    def end(self, name: str, trouble: Trouble | None) -> None:
        """Count a pair of this run."""
        self.done += trouble is None
        self.failed += trouble is not None
        self._left -= self._sizes[name]
        self._worked += self._sizes[name]
        self._tell(name, trouble)

    @property
    def seconds(self) -> float:
        """Since the first work was found; 0 if there was none."""
        return self._clock() - self._begun if self._begun is not None else 0.0

    def _tell(self, name: str, trouble: Trouble | None) -> None:
        if self._listener is None:
            return
        seconds = self.seconds
        known = seconds > 0 and self._worked > 0
        self._listener(
            BatchProgress(
                total=len(self._sizes),
                kept=self.kept,
                done=self.done,
                failed=self.failed,
                rate=(self.done + self.failed) / seconds if known else 0.0,
                seconds_left=seconds * self._left / self._worked if known else None,
                id=name,
                trouble=trouble,
            )
        )


def _size(pair: ManifestRow) -> int:
    return _file_size(pair.original) + _file_size(pair.translation)


def _file_size(path: Path) -> int:
    """Return the bytes of a file; 1 for a missing one, so that no sum is 0."""
    try:
        return max(1, path.stat().st_size)
    except (OSError, ValueError):
        return 1
