"""The processes of workers: how they are started and ended, for pebble.

It asks for a context of `multiprocessing`, which makes processes, pipes and locks; ours
differs where pebble's own ways do not fit workers that have a pool each and touch no file.
"""

from __future__ import annotations

import multiprocessing.context
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any, Final

FINE: Final = 256  # what `_Process` makes of status 0, which no process can have
_STARTING: Final = threading.Lock()  # held while a process is started or killed
_DEAF: Final = {
    getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)
}


class _Process(multiprocessing.context.SpawnProcess):
    """A worker's process. It never ends by itself, so that status 0 too is a crash.

    pebble takes it for a wanted end, and the pair would be waited for in vain.
    """

    refused = False  # to be started

    def start(self) -> None:
        """Start it, unless its worker has been stopped in between."""
        with _STARTING:
            if self.refused:
                raise OSError("the worker has been stopped")
            super().start()

    @property
    def exitcode(self) -> int | None:
        """What the process ended with; `FINE` instead of 0."""
        status = super().exitcode
        return FINE if status == 0 else status


class _NoLock:
    """Stands for a lock of a pipe that no two workers share.

    A real one is a file in memory, which stays behind if all processes are killed.
    """

    def acquire(self, *_: object, **__: object) -> bool:
        """Return at once."""
        return True

    def release(self) -> None:
        """Do nothing."""


class Context(multiprocessing.context.SpawnContext):
    """Starts the processes of one worker, and ends them.

    pebble asks them to end, which one that still loads answers with a traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made: list[_Process] = []
        self._closed = False

    def Process(self, *args: Any, **kwargs: Any) -> _Process:  # type: ignore[override]  # noqa: ANN401, N802 - a class in multiprocessing
        """Return a process to be started."""
        process = _Process(*args, **kwargs)
        with _STARTING:
            process.refused = self._closed
            self._made = [*self._made[-1:], process]  # one at a time lives
        return process

    def RLock(self) -> Any:  # noqa: ANN401, N802 - a class in multiprocessing
        """Return what pebble takes for a lock."""
        return _NoLock()

    def kill(self) -> None:
        """End the processes at once; they touch no file."""
        with _STARTING:
            self._closed = True
            for process in self._made:
                process.refused = True
                if process.is_alive():
                    process.kill()


@contextmanager
def deaf() -> Iterator[None]:
    """Start processes and threads that do not hear of signals, which this process waits for.

    A signal meant to end this process would otherwise end a worker while it loads, with a
    traceback, or fall between the start of a process and the note that it was started.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _DEAF)
    try:
        resource_tracker.ensure_running()  # which lets this thread hear of Ctrl-C again
        signal.pthread_sigmask(signal.SIG_BLOCK, _DEAF)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
