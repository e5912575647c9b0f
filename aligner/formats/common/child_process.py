"""Read a file in a process of its own, with bounds on its time and memory.

Libraries that read packed formats (openpyxl, polars) can be made to run for ever, to fill
the memory or to crash, by files of a few hundred kB, and none of them can be stopped
half-way. So they run in another process, which sends a line of JSON for each row; what
happens to it is an error message here. Where the system knows no such bounds (Windows),
those on rows and characters remain.

Units: bytes, and seconds of processor time, so that a busy machine does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from aligner.errors import FormatError
from aligner.formats.common.raw_pairs import BitextSource
from aligner.messages import _

SECONDS, SECONDS_A_MB = 8, 6  # a sheet of 60,000 rows has 2 MB and takes two seconds
MEMORY, MEMORY_A_BYTE = 800_000_000, 4
CHARACTERS, CHARACTERS_A_BYTE = 50_000_000, 30  # of all texts; packed text has five or so
ROW_CHARACTERS = 20_000_000
_END: Final = "null\n"


def child_values(
    module: str, source: BitextSource, *arguments: str, stdin: IO[bytes] | None = None
) -> Iterator[Any]:
    """Yield the JSON values that a module writes, a line each, until it says that it is done.

    Args:
        module: Is run with the arguments.
        source: Names the file in messages.
        arguments: For the module.
        stdin: The file, if the module does not open it by itself.

    Raises:
        FormatError: The process sent a message, a text alone; or it came to an early end.
    """
    if stdin is not None:
        os.lseek(stdin.fileno(), 0, os.SEEK_SET)  # where our buffer ends is not where it begins
    with subprocess.Popen(  # noqa: S603 - our own module
        (sys.executable, "-P", "-m", module, *arguments),
        stdin=stdin or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="surrogatepass",
        env={
            **os.environ,
            "PYTHONIOENCODING": "utf-8:surrogatepass",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "OPENBLAS_NUM_THREADS": "1",  # each thread reserves memory
            "POLARS_MAX_THREADS": "1",
        },
    ) as process:
        try:
            for line in process.stdout or ():
                if line == _END:
                    return
                yield _value(line, source)
        finally:
            process.kill()
    raise broken(source)


def _value(line: str, source: BitextSource) -> Any:  # noqa: ANN401 - whatever the module sends
    try:
        value = json.loads(line)
    except ValueError as error:  # cut off
        raise broken(source) from error
    if isinstance(value, str):
        message = value.strip().partition("\n")[0][:200]
        raise FormatError(
            f"{source.name}: {message}",
            hint=_("write the file again with the program that made it"),
        )
    return value


def broken(source: BitextSource) -> FormatError:
    """Return the error for a process that came to an early end."""
    return FormatError(
        _("{name}: is damaged, or takes more time or memory than a file of its size").format(
            name=source.name
        ),
        hint=_("write the file again with the program that made it, or save it as .csv"),
    )


# What runs in the other process


def limit(size: int) -> None:
    """Bound this process, for a file of so many bytes, where the system can."""
    try:
        import resource
    except ImportError:
        return
    bounds = {
        resource.RLIMIT_CPU: SECONDS + SECONDS_A_MB * size // 1_000_000,
        resource.RLIMIT_DATA: MEMORY + MEMORY_A_BYTE * size,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        _other, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            bound = min(bound, most)  # noqa: PLW2901
        resource.setrlimit(kind, (bound, most))


class Room:
    """How much text may still come out of a file: not far more than it has bytes."""

    def __init__(self, size: int) -> None:
        self._left = max(CHARACTERS, CHARACTERS_A_BYTE * size)

    def take(self, texts: Iterable[object]) -> None:
        """Take the texts of a row, and pass over what is none.

        Raises:
            ValueError: The row, or all of them together, hold too much text.
        """
        length = sum(len(text) for text in texts if isinstance(text, str))
        self._left -= length
        if self._left < 0 or length > ROW_CHARACTERS:
            raise ValueError(_("unpacks to far more text than it has bytes"))


def send(value: object) -> None:
    """Send a value, or a message, a text alone."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def end() -> None:
    """Say that all is sent."""
    sys.stdout.write(_END)
