"""Compile a loop once, and keep the machine code where that is possible.

numba keeps it beside the package or in the user's cache folder. Where neither can be
written, such as a service account in a shared installation, it refuses to compile at
all; there the loop is compiled anew in each process instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:  # noqa: ANN401 - handed on
    """Return numba's `njit` with these options, without the interpreter's lock."""

    def decorate(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - a loop has types of its own
        try:
            return njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:  # numba's word for nowhere to keep it
            return njit(nogil=True, **options)(function)

    return decorate
