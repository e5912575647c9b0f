"""The local engine: worker processes of this machine, by pebble.

Each worker loads the encoder once and aligns one pair at a time. A pair over its time is
stopped with its worker, a worker that dies takes only its pair with it, and a new one
starts in its place.

Every worker has a pool, and so a pipe, of its own: of one pipe for all, a worker that is
killed while it reads would leave half a message to the others. Workers begin as fresh
processes (`spawn`), since a copy of a process that has threads may lock up. When this
process is killed they end with it; as they touch no file, nothing is left behind.

Ctrl-C and a closed terminal reach every process of a group. Workers do not hear of
either: this process ends them when it has been told itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from aligner.batch.engine_protocol import Limits, Outcome, Settings, Work
from aligner.batch.engines import processors
from aligner.batch.process import FINE, Context, deaf
from aligner.batch.work import prepare, run_work
from aligner.corpus.store.pair_facts import Trouble
from aligner.errors import AlignerError
from aligner.lifeline import end_with_parent
from aligner.messages import N_, _

if TYPE_CHECKING:
    from types import TracebackType

    from pebble import ProcessPool

MAX_TASKS: Final = 1_000  # pairs of a worker before a fresh one takes its place
BEGIN_TRIES: Final = 3  # of a pair whose worker dies before it has begun
START: Final = 600.0  # seconds that a worker may take until it begins: it loads and compiles
KILLED: Final = N_(
    "its worker was killed (SIGKILL), by a person or because the system ran out of memory"
)
_LOOK: Final = 5.0  # seconds between looks for workers that do not begin


class LocalEngine:
    """Runs work in processes of this machine.

    Args:
        jobs: How many at once; as many as there are processors if None.
        limits: Of one pair.
        encoder: Loaded by each worker before its first pair.
    """

    def __init__(self, *, jobs: int | None, limits: Limits, encoder: str = "use") -> None:
        self._workers = [_Worker(limits, encoder) for _other in range(jobs or processors())]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()

    def run(self, works: Iterable[Work]) -> Iterator[Outcome]:
        """Yield outcomes as they come (see `Engine.run`)."""
        idle = list(self._workers)
        running: dict[Future[Outcome], _Worker] = {}
        waiting, ahead = iter(works), None
        found: list[Outcome] = []
        while True:
            while idle and (work := ahead or next(waiting, None)) is not None:
                ahead = None
                worker = idle.pop()
                running[worker.begin(work)] = worker
            yield from found  # the caller writes while the workers go on
            if not running:
                return
            ahead = ahead or next(waiting, None)  # read before a worker asks for it
            found = []
            for future in _ended(running):
                worker = running.pop(future)
                outcome = worker.outcome(future)
                if outcome is None:
                    running[worker.again()] = worker
                else:
                    found.append(outcome)
                    idle.append(worker)


def _ended(running: Mapping[Future[Outcome], _Worker]) -> Iterable[Future[Outcome]]:
    """Wait until a pair has ended, or its worker has taken too long to begin."""
    while True:
        done = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED).done
        done |= {future for future, worker in running.items() if worker.is_late(future)}
        if done:
            return done


class _Worker:
    """One process, started when there is work and renewed when it ends."""

    def __init__(self, limits: Limits, encoder: str) -> None:
        self._limits, self._encoder = limits, encoder
        self._pool: ProcessPool | None = None
        self._context = Context()
        self._work: Work | None = None
        self._limit: float | None = None
        self._tries = self._tasks = 0
        self._sent = 0.0

    def begin(self, work: Work) -> Future[Outcome]:
        """Send a pair."""
        self._work, self._tries = work, 0
        self._limit = self._limits.seconds(work.size)
        self._tasks += 1
        if self._tasks > MAX_TASKS:
            self.stop()
        return self.again()

    def again(self) -> Future[Outcome]:
        """Send the pair, for the first time or once more."""
        self._tries += 1
        self._sent = time.monotonic()
        with deaf():
            try:
                return self._schedule()
            except (RuntimeError, BrokenProcessPool):  # the process died while it was idle
                self.stop()
                return self._schedule()

    def _schedule(self) -> Future[Outcome]:
        from pebble import ProcessPool  # starts the machinery of processes

        if self._pool is None:
            self._tasks, self._context = 1, Context()
            self._pool = ProcessPool(
                max_workers=1,
                initializer=start_worker,
                initargs=(self._encoder, self._limits.memory),
                context=self._context,
            )
        return self._pool.schedule(run_work, args=(self._work,), timeout=self._limit)

    def is_late(self, future: Future[Outcome]) -> bool:
        """Tell whether the worker should have begun by now."""
        return not future.running() and time.monotonic() - self._sent > START

    def outcome(self, future: Future[Outcome]) -> Outcome | None:
        """Return what became of the pair; None if it has to be sent again."""
        from pebble import ProcessExpired

        limit, name = self._limit or 0.0, self._work.id if self._work else ""
        if not future.done():  # it does not begin
            return self._not_begun(name, _("did not start"))
        try:
            return future.result()
        except (TimeoutError, CancelledError):
            self.stop()
            return Outcome(name, limit, trouble=over_time(limit))
        except ProcessExpired as error:
            self.stop()
            return Outcome(name, 0.0, trouble=Trouble("crash", _death(error.exitcode)))
        except BrokenProcessPool:  # it died before it had taken the pair
            return self._not_begun(name, _("died before it could start"))

    def _not_begun(self, name: str, what: str) -> Outcome | None:
        self.stop()
        if self._tries < BEGIN_TRIES:
            return None
        return Outcome(
            name,
            0.0,
            trouble=Trouble(
                "crash",
                _("its worker {what}, {begin_tries} times").format(
                    what=what, begin_tries=BEGIN_TRIES
                ),
            ),
        )

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            pool.stop()  # type: ignore[no-untyped-call] # pebble gives it no type
            self._context.kill()
            pool.join()


def start_worker(encoder: str, memory: int | None) -> None:
    """Make a process a worker, and load and compile what every pair needs.

    So the first pair is not charged for it. What does not load is reported by that pair.
    """
    end_with_parent()
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():  # it was killed while this one loaded
        os._exit(1)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # by which it is ended
    prepare(memory)
    documents = ("。".join("天地玄黄"), ". ".join("ABCD"))
    original, translation = (text.encode() for text in documents)
    with suppress(AlignerError):
        run_work(Work("", ("zh", "en"), original, translation, Settings(encoder=encoder)))


def over_time(limit: float) -> Trouble:
    """Say that a pair took too long, and how to give it more time."""
    return Trouble(
        "time",
        _("exceeded its time limit of {limit:,.0f} seconds").format(limit=limit),
        _("raise the limit with --timeout SECONDS, or remove it with --timeout none"),
    )


def _death(status: int | None) -> str:
    """Say how a process ended.

    >>> _death(-9)
    'its worker was killed (SIGKILL), by a person or because the system ran out of memory'
    """
    if status is None or status >= 0:
        status = 0 if status == FINE else status
        return _("its worker exited with status {status}").format(status=status)
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = _("signal {status}").format(status=-status)
    if name == "SIGKILL":
        return _(KILLED)
    return _("its worker was terminated by {name}").format(name=name)
