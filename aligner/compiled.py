"""Compile a loop once, and keep the machine code where that is possible.

numba keeps it beside the package or in the user's cache folder. Where neither can be
written, such as a service account in a shared installation, it refuses to compile at
all; there the loop is compiled anew in each process instead.

What a user waits for at the first run is the compiler, so a loop gives it little to do. It
makes no array: numba compiles `np.zeros` and its like anew for each shape and type, and keeps
none of them; what a loop fills or overwrites is an argument, made by the Python function that
calls it. It assigns no row to a row: what numba would say if they did not fit takes twenty
functions for texts. Helpers are called with one type of each argument: a number written in
the call is a type of its own.
"""

from __future__ import annotations

import gc
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import update_wrapper
from types import FunctionType
from typing import Any

from numba import njit
from numba.core.event import Event, Listener, install_listener

from aligner.messages import N_, _

ONCE = N_("compiling this step for your processor (some ten seconds, only once: it is kept)")
EACH_TIME = N_("compiling this step (some ten seconds, each time: no cache folder can be written)")


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:  # noqa: ANN401 - handed on
    """Return numba's `njit` with these options, without the interpreter's lock.

    Nor with an entry for callers in C, of which there are none: it takes a fifth of the time.
    """

    def decorate(loop: Callable[..., Any]) -> Any:  # noqa: ANN401 - a loop has types of its own
        known = _known_to(loop)
        function = update_wrapper(
            FunctionType(loop.__code__, known, loop.__name__, loop.__defaults__), loop
        )
        try:
            made = njit(cache=True, nogil=True, no_cfunc_wrapper=True, **options)(function)
        except RuntimeError:  # numba's word for nowhere to keep it
            made = njit(nogil=True, no_cfunc_wrapper=True, **options)(function)
        known[loop.__name__] = made  # for those that stand before it
        return made

    return decorate


_KNOWN: dict[str, dict[str, Any]] = {}


def _known_to(loop: Callable[..., Any]) -> dict[str, Any]:
    """Return the names that the loops of a module know, enumerations as tuples of numbers.

    The numba that takes the least room knows no member of an enumeration as an index of an
    array, but it knows the fields of a tuple that has names.
    """
    names = _KNOWN.setdefault(loop.__module__, {})
    names |= loop.__globals__
    names |= {
        name: _numbers(name, value)
        for name, value in loop.__globals__.items()
        if isinstance(value, type) and issubclass(value, IntEnum) and value is not IntEnum
    }
    return names


def _numbers(name: str, kinds: Any) -> Any:  # noqa: ANN401 - a tuple with the fields of an enumeration
    made: Any = namedtuple(name, kinds.__members__)  # type: ignore[misc]  # noqa: PYI024 - known only now
    return made(*map(int, kinds.__members__.values()))


@contextmanager
def announced(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell, once, when a loop has to be compiled; called as the compilation starts.

    While loops are compiled, Python does not look for garbage: the compiler makes some
    millions of objects, and each look goes through all that was loaded before.
    """
    with install_listener("numba:compile", _Announcer(tell)):
        yield


class _Announcer(Listener):  # type: ignore[misc, unused-ignore]  # typed in some releases
    """Hands the first start of a compilation on, as a text for the user."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell: Callable[[str], None] | None = tell
        self._depth = 0  # compilations that have begun: one may need another
        self._collects = False  # whether garbage was collected before

    def on_start(self, event: Event) -> None:
        if not self._depth:
            self._collects = gc.isenabled()
            gc.disable()
        self._depth += 1
        tell, self._tell = self._tell, None
        if tell:
            tell(_(ONCE) if event.data["dispatcher"].stats.cache_path else _(EACH_TIME))

    def on_end(self, event: Event) -> None:  # noqa: ARG002 - numba's listeners get it
        self._depth -= 1
        if not self._depth and self._collects:
            gc.enable()
