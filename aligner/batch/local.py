"""The local engine: worker processes of this machine, by pebble.

Each worker loads the encoder once and aligns one pair at a time. A pair over its time is
stopped with its worker, a worker that dies takes only its pair with it, and a new one
starts in its place. Workers begin as fresh processes (`spawn`): a copy of a process
that has threads may lock up. When this process is killed they see that their pipe is
closed and end; as they touch no file, nothing is left behind.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from aligner.batch.engines import processors
from aligner.batch.values import Limits, Outcome, Settings, Trouble, Work
from aligner.batch.work import prepare, run_work
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from types import TracebackType

MAX_TASKS: Final = 1_000  # pairs of a worker before a fresh one takes its place
AHEAD: Final = 2  # works a worker may have: the one it does and the next


class LocalEngine:
    """Runs work in processes of this machine.

    Args:
        jobs: How many at once; as many as there are processors if None.
        limits: Of one pair.
        encoder: Loaded by each worker before its first pair.
    """

    def __init__(self, *, jobs: int | None, limits: Limits, encoder: str = "use") -> None:
        from pebble import ProcessPool  # noqa: PLC0415 - starts the machinery of processes

        self._jobs, self._limits = jobs or processors(), limits
        self._pool = ProcessPool(
            max_workers=self._jobs,
            max_tasks=MAX_TASKS,
            initializer=start_worker,
            initargs=(encoder, limits.memory),
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble gives it no type
        self._pool.join()

    def run(self, works: Iterable[Work]) -> Iterator[Outcome]:
        """Yield outcomes as they come (see `Engine.run`)."""
        waiting = iter(works)
        running: dict[Future[Outcome], Work] = {}
        while True:
            for work in islice(waiting, AHEAD * self._jobs - len(running)):
                begun = self._pool.schedule(run_work, args=(work,), timeout=self._limits.timeout)
                running[begun] = work
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._outcome(future, running.pop(future))

    def _outcome(self, future: Future[Outcome], work: Work) -> Outcome:
        from pebble import ProcessExpired  # noqa: PLC0415

        limit = self._limits.timeout
        try:
            return future.result()
        except (TimeoutError, CancelledError):
            trouble = Trouble(
                "time", f"took longer than {limit:g} seconds", "allow more with --timeout"
            )
            return Outcome(work.id, limit or 0.0, trouble=trouble)
        except ProcessExpired as error:
            return Outcome(work.id, 0.0, trouble=Trouble("crash", _death(error.exitcode)))


def start_worker(encoder: str, memory: int | None) -> None:
    """Make a process a worker, and load and compile what every pair needs.

    So the first pair is not charged for it. What does not load is told by that pair.
    """
    prepare(memory)
    documents = ("。".join("天地玄黄"), ". ".join("ABCD"))
    original, translation = (text.encode() for text in documents)
    with suppress(AlignerError):
        run_work(Work("", ("zh", "en"), original, translation, Settings(encoder=encoder)))


def _death(status: int | None) -> str:
    """Say how a process ended.

    >>> _death(-9)
    'its worker was killed (SIGKILL): by hand, or by the system for want of memory'
    """
    if status is None or status >= 0:
        return f"its worker ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    if name == "SIGKILL":
        return "its worker was killed (SIGKILL): by hand, or by the system for want of memory"
    return f"its worker was ended by {name}"
