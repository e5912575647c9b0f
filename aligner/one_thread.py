"""Products of matrices by one thread each.

Small products are many times slower if each wakes a pool of threads, and where several of
our own threads multiply, each has its processor already.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Keep numpy's products to one thread while this lasts; afterwards as before."""
    limited: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    """Return numpy's libraries; to look for them takes some thousandths of a second."""
    return ThreadpoolController()
