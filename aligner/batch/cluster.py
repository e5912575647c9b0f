"""The Ray engine: the same work on many machines (extra `ray`).

A task is sent with its documents' bytes and gives back the bytes of its part, so that
the machines share no folder; the process that started the batch alone writes. They need the
same version of this package: a machine that has another one, or none, ends the batch with an
error that says so, for its parts would not be those of the others. In each Ray
worker the pair runs in a local engine of one process (`local`), which keeps its encoder
and enforces the same limits with the same words. What Ray adds is the loss of machines:
a task that was lost with its node, or whose process was killed with SIGKILL, as a system
does that runs out of memory, is sent again, up to `TASK_TRIES` times. A pair that brings its
own process down is not.

Only so many tasks are sent at once as the cluster has processors, and a few more, so
that documents do not pile up in its store.
"""

from __future__ import annotations

import platform
import signal
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any, Final, Self

from aligner import __version__
from aligner.batch.engine_protocol import Limits, Outcome, Work
from aligner.batch.local import KILLED, START, LocalEngine
from aligner.corpus.store.pair_facts import Trouble
from aligner.errors import MissingExtraError, SettingError
from aligner.messages import _

TASK_TRIES: Final = 4  # of a task whose machine is lost, after the first
PATIENCE: Final = 10.0  # seconds until a cluster answers
TASKS_AHEAD: Final = 2  # tasks for each place
_NOT_LOADED: Final = "failed to import on the worker"  # says Ray of a task
_SAME: Final = f"install version {__version__} on every machine of the cluster"


class KilledError(Exception):
    """The process of a pair was killed: Ray tries it again, elsewhere if it can."""


class RayEngine:
    """Runs work on a Ray cluster.

    Args:
        jobs: How many pairs at once; as many as the cluster has processors if None.
        limits: Of one pair.
        encoder: Loaded by each worker before its first pair.
        address: Of the cluster, such as `auto` or `ray://host:10001`; if None, one is
            started on this machine and ended with the engine.

    Raises:
        ModuleNotFoundError: Ray is not installed.
        SettingError: There is no cluster at the address.
    """

    def __init__(
        self, *, jobs: int | None, limits: Limits, encoder: str = "use", address: str | None = None
    ) -> None:
        self._ray: Any = import_module("ray")  # without types, and only in the extra
        self._jobs, self._limits, self._encoder = jobs, limits, encoder
        self._ours = not self._ray.is_initialized()
        if self._ours:
            self._connect(address)
        self._task = self._ray.remote(
            num_cpus=1, max_retries=TASK_TRIES, retry_exceptions=[KilledError]
        )(run_in_worker)

    def _connect(self, address: str | None) -> None:
        local = {} if address else {"num_cpus": self._jobs, "include_dashboard": False}
        try:
            _knock(address)
            with _own_signals():
                self._ray.init(address=address, log_to_driver=False, **local)
        except (OSError, ValueError) as error:
            raise SettingError(
                _("no Ray cluster at {address}: {error}").format(
                    address=address or _("this machine"), error=error
                ),
                hint=_("start one with `ray start --head`, and name it with --address"),
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._ray.shutdown()

    def run(self, works: Iterable[Work]) -> Iterator[Outcome]:
        """Yield outcomes as they come (see `Engine.run`)."""
        waiting = iter(works)
        running: dict[Any, Work] = {}
        while True:
            for work in islice(waiting, max(0, self._places() - len(running))):
                running[self._send(work)] = work
            if not running:
                return
            patience = self._patience(running.values())
            done, _other = self._ray.wait(list(running), num_returns=1, timeout=patience)
            for sent in done:
                yield self._outcome(sent, running.pop(sent).id)
            if not done:
                yield from self._give_up(
                    running, _("no task ended in {patience:,.0f} seconds").format(patience=patience)
                )
                running.clear()

    def _send(self, work: Work) -> Any:  # noqa: ANN401 - Ray's own
        return self._task.remote(work, self._limits, self._encoder, __version__)

    def _patience(self, works: Iterable[Work]) -> float | None:
        """Return in how many seconds one of these ends, whatever is lost; None if no limit."""
        longest = max(self._limits.seconds(work.size) or 0.0 for work in works)
        return (1 + TASK_TRIES) * (START + longest) if longest else None

    def _give_up(self, running: Mapping[Any, Work], message: str) -> Iterator[Outcome]:
        for sent, work in running.items():
            self._ray.cancel(sent, force=True)
            yield Outcome(
                work.id,
                0.0,
                trouble=Trouble("crash", _("{message} on the cluster").format(message=message)),
            )

    def _places(self) -> int:
        """Return how many tasks may be under way; a cluster grows and shrinks."""
        processors = int(self._ray.cluster_resources().get("CPU", 1))
        return TASKS_AHEAD * max(1, min(self._jobs or processors, processors))

    def _outcome(self, sent: Any, name: str) -> Outcome:  # noqa: ANN401 - Ray's own
        errors = self._ray.exceptions
        try:
            found: Outcome = self._ray.get(sent)
        except errors.RayTaskError as error:
            if isinstance(error.cause, (SettingError, MissingExtraError)):
                raise error.cause from error
            if _NOT_LOADED in str(error.cause):
                why = str(error.cause).strip().rpartition("\n")[2]
                raise SettingError(
                    _("a machine of the cluster cannot load aligner: {why}").format(why=why),
                    hint=_SAME,
                ) from error
            if isinstance(error.cause, KilledError):
                message = _("{cause}; tried {task_tries} times").format(
                    cause=error.cause, task_tries=TASK_TRIES + 1
                )
                return Outcome(name, 0.0, trouble=Trouble("crash", message))
            return Outcome(
                name,
                0.0,
                trouble=Trouble("bug", _("in a Ray task: {cause}").format(cause=error.cause)),
            )
        except errors.RayError as error:
            first = str(error).strip().partition("\n")[0]
            return Outcome(
                name,
                0.0,
                trouble=Trouble(
                    "crash",
                    _("its task was lost {task_tries} times: {first}").format(
                        task_tries=TASK_TRIES + 1, first=first
                    ),
                ),
            )
        return found


def run_in_worker(work: Work, limits: Limits, encoder: str, version: str) -> Outcome:
    """Do the work of a task in a process that this Ray worker keeps.

    Raises:
        SettingError: This machine has another version of the package than the sender.
        KilledError: The process was killed.
    """
    if version != __version__:
        raise SettingError(
            _(
                "the machine {node} of the cluster has aligner {here}, and the one that started"
                " the batch {there}"
            ).format(node=platform.node(), here=__version__, there=version),
            hint=_("install the same version on every machine of the cluster"),
        )
    (outcome,) = _engine(limits, encoder).run([work])
    if outcome.trouble and outcome.trouble.message in {KILLED, _(KILLED)}:
        raise KilledError(_(KILLED))
    return outcome


def _knock(address: str | None) -> None:
    """Ask whether anyone listens at an address; Ray itself tries for minutes.

    Raises:
        OSError: Nobody does.
    """
    host, colon, port = (address or "").removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()


@contextmanager
def _own_signals() -> Iterator[None]:
    """Keep the handler of SIGTERM, which Ray replaces by one that exits with another status."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


@cache
def _engine(limits: Limits, encoder: str) -> LocalEngine:
    return LocalEngine(jobs=1, limits=limits, encoder=encoder)
