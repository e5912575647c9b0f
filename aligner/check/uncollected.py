"""Work that makes many values and no garbage in circles, without looking for such.

Python looks for circles of values again and again while values are made, and goes through
all that are alive. Terms, places and findings are some hundred thousand, which stay until
the end, so that a tenth of the time went there.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for garbage in circles while this lasts; afterwards as before."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
