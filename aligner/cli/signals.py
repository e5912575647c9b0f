"""End a command by a signal as by an exception, so that it cleans up behind itself.

By default SIGTERM and SIGHUP end a process on the spot: temporary files and workers stay
behind. Here they raise `SystemExit` in the main thread, and every `finally` has its turn.
Only the command line does so: a library must leave signals to the program that uses it.

A signal that is ignored stays ignored, such as SIGHUP under `nohup`, and one that
somebody else takes care of is left to them.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)
SAME: Final = 5.0  # seconds in which a second signal means the same wish, as of `timeout`


def stoppable(run: Callable[[], int]) -> int:
    """Call a function; return what it returns.

    Returns:
        128 + the number of the signal if one ended the function, as shells report it.
    """
    received: list[tuple[int, float]] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        again = bool(received) and now - received[-1][1] < SAME
        received.append((number, now))
        if again:  # do not break off what cleans up
            return
        raise SystemExit(128 + number)

    taken = [number for number in SIGNALS if signal.getsignal(number) == signal.SIG_DFL]
    try:
        for number in taken:
            signal.signal(number, stop)
    except ValueError:  # not in the main thread, which alone may do this
        return run()
    try:
        return run()
    except KeyboardInterrupt:  # while the command is being loaded
        return 128 + signal.SIGINT
    except BaseException:
        # even if it is another one: what cleans up cannot write to a terminal that is gone
        if received:
            return 128 + received[0][0]
        raise
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
