"""Work in threads that a process does not wait for when it ends.

A thread that is inside compiled code while the interpreter ends is unwound there as soon as
it comes back to Python; C++ takes that for a fault and aborts the process with a message.
So a process that ends while such work goes on leaves at once, without ending the interpreter.

Loads nothing but the standard library.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Never
from weakref import WeakSet

_THREADS: Final[WeakSet[threading.Thread]] = WeakSet()


def in_background(work: Callable[[], object], *, name: str) -> None:
    """Do some work in a thread of its own; what has to be kept must be on the disk at any time."""
    thread = threading.Thread(target=work, name=name, daemon=True)
    _THREADS.add(thread)
    thread.start()


def is_working() -> bool:
    """Tell whether any such work is going on."""
    return any(thread.is_alive() for thread in tuple(_THREADS))


def leave(status: int) -> Never:
    """End the process with an exit status, whatever its threads are doing.

    What was registered to be done at the end of the interpreter is left out.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    os._exit(status)
