"""Compile a loop once, and keep the machine code where that is possible.

numba keeps it beside the package or in the user's cache folder. Where neither can be
written, such as a service account in a shared installation, it refuses to compile at
all; there the loop is compiled anew in each process instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from numba import njit
from numba.core.event import Event, Listener, install_listener

from aligner.messages import N_, _

ONCE = N_("compiling this step for your processor (up to half a minute, the first time only)")
EACH_TIME = N_(
    "compiling this step (up to half a minute, each time: no cache folder can be written)"
)


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:  # noqa: ANN401 - handed on
    """Return numba's `njit` with these options, without the interpreter's lock."""

    def decorate(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - a loop has types of its own
        try:
            return njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:  # numba's word for nowhere to keep it
            return njit(nogil=True, **options)(function)

    return decorate


@contextmanager
def announced(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell, once, when a loop has to be compiled; called as the compilation starts."""
    with install_listener("numba:compile", _Announcer(tell)):
        yield


class _Announcer(Listener):
    """Hands the first start of a compilation on, as a text for the user."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell: Callable[[str], None] | None = tell

    def on_start(self, event: Event) -> None:
        tell, self._tell = self._tell, None
        if tell:
            tell(_(ONCE) if event.data["dispatcher"].stats.cache_path else _(EACH_TIME))

    def on_end(self, event: Event) -> None:
        """Nothing to do: the next stage is told as usual."""
