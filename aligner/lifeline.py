"""End a process that works for another one as soon as that one has ended.

A process that is killed cannot end those that it started, and one that is busy does not
notice that nobody waits for it: it would work on for minutes. Loads nothing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # of prctl(2)
_SECONDS: Final = 0.5  # between two looks, where the system tells nothing


def end_with_parent() -> None:
    """End this process when its parent ends, however that comes about.

    On Linux the system sees to it, even if this process is busy outside of Python. It
    goes by the thread that started this process. Elsewhere a thread looks now and then.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    elif hasattr(os, "getppid") and os.name == "posix":
        threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
