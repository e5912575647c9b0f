"""A process that reads one input after the other, within bounds; made anew when it fails."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from _formats import FORMS, NAME, Input

from aligner.errors import AlignerError

SECONDS = 20.0  # of processor time for one reading, the process and its children together
WALL = 15  # times as many seconds on the clock, since the machine may be busy
MEGABYTES = 1_500
MOST_WARNINGS = 5
MOST_PRINTED = 2_000  # bytes on standard error
TIRED = 400  # MB that a worker may still hold after an input


class Result(NamedTuple):
    """What came of an input."""

    outcome: str  # `document`, the name of an error of ours, or what went wrong
    seconds: float = 0.0
    megabytes: int = 0
    failed: bool = False


class Reader:
    """A worker, seen from outside."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_serve, args=(theirs,))
        self._process.start()
        theirs.close()

    def read(self, one: Input) -> Result:
        """Return what came of an input."""
        result = Result("the process died", failed=True)
        try:
            self._pipe.send(one)
            result = self._answer(SECONDS * len(FORMS[one.form].reads))
        except (EOFError, ConnectionError):
            pass
        if result.failed or _resident(self._process.pid) > TIRED:
            self.close()
            self._start()
        return result

    def _answer(self, seconds: float) -> Result:
        """Wait for the answer, as long as the processor works on it no longer than it may."""
        before, ends = _used(self._process.pid), time.monotonic() + WALL * seconds
        while not self._pipe.poll(0.5):
            used = _used(self._process.pid) - before
            if used > seconds:
                return Result(f"takes more than {seconds:g} s", used, failed=True)
            if time.monotonic() > ends:
                return Result("hangs", used, failed=True)
        answer: Result = self._pipe.recv()
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection) -> None:
    """Read the inputs that come in; answer with what came of each."""
    reserved = _status("/proc/self/status", "VmData:")  # by polars, hardly any of it used
    limit = (reserved + MEGABYTES) * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as printed:
        os.dup2(printed.fileno(), 2)
        while True:
            try:
                one = pipe.recv()
            except EOFError:
                return
            pipe.send(_judged(one, Path(folder), printed.fileno()))


def _judged(one: Input, folder: Path, printed: int) -> Result:
    """Read an input and hold what it took against the bounds."""
    path = folder / f"{NAME}{FORMS[one.form].suffix}"
    for suffix, raw in ((path.suffix, one.raw), *one.beside):
        path.with_suffix(suffix).write_bytes(raw)
    os.ftruncate(printed, 0)
    _forget_peak()
    children, times = _children_peak(), [_processor_time()]
    outcomes = []
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for read in FORMS[one.form].reads:
            outcomes.append(_outcome(read, path))
            times.append(_processor_time())
    seconds = max(after - before for before, after in pairwise(times))
    outcome, failed = max(reversed(outcomes), key=lambda its: its[1])  # a failure, or the last
    peak = _peak() + (after if (after := _children_peak()) > children else 0)
    for file in folder.iterdir():
        file.unlink()
    wrong = [
        (seconds > SECONDS, f"takes {seconds:.1f} s"),
        (peak > MEGABYTES, f"takes {peak} MB"),
        (len(warned) > MOST_WARNINGS, f"{len(warned)} warnings"),
        (os.fstat(printed).st_size > MOST_PRINTED, "floods standard error"),
    ]
    if not failed and (what := ", ".join(words for is_so, words in wrong if is_so)):
        outcome, failed = f"{outcome}, but {what}", True
    return Result(outcome, seconds, peak, failed)


def _outcome(read: Callable[[Path], object], path: Path) -> tuple[str, bool]:
    try:
        read(path)
    except AlignerError as error:
        return type(error).__name__, False
    except BaseException as error:  # noqa: BLE001 - to find any is the purpose
        where = traceback.extract_tb(error.__traceback__)[-1]
        text = f"{type(error).__name__} in {where.filename}:{where.lineno}: {error}"
        return text[:300], True
    return "document", False


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _used(process: int | None) -> float:
    """Return the processor time of a process and its children, seen from outside."""
    total, ticks = 0, os.sysconf("SC_CLK_TCK")
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            if str(process) in {path.parent.name, fields[1]}:
                total += sum(map(int, fields[11:15]))
    return total / ticks


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def _peak() -> int:
    return _status("/proc/self/status", "VmHWM:")


def _children_peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000


def _resident(process: int | None) -> int:
    return _status(f"/proc/{process}/status", "VmRSS:")


def _status(path: str, name: str) -> int:
    """Return a value of a process in MB; 0 if it is gone."""
    try:
        lines = Path(path).read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1000 for line in lines if line.startswith(name)), 0)
