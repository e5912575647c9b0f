"""The engines by name: where work is done.

An engine is a name in a table and is imported when asked for; `ray` belongs to an extra.
"""

from __future__ import annotations

import math
import os
from importlib import import_module
from typing import Final, cast

from aligner.batch.engine_protocol import Engine, Limits
from aligner.errors import MissingExtraError, SettingError
from aligner.messages import _

ENGINES: Final = {
    "local": "aligner.batch.local:LocalEngine",
    "ray": "aligner.batch.cluster:RayEngine",
}
SECONDS: Final = 600  # that a pair may take by default, and
SECONDS_A_MB: Final = 600  # as many more for each MB of its documents, see `time_limit`
_GIGABYTE: Final = 1 << 30


def start_engine(
    name: str, *, jobs: int | None, limits: Limits, encoder: str, address: str | None = None
) -> Engine:
    """Start the workers of an engine.

    Args:
        name: A key of `ENGINES`.
        jobs: How many pairs at once; as many as there are processors if None.
        limits: Of one pair.
        encoder: The name of the encoder that workers load.
        address: Of a Ray cluster.

    Raises:
        SettingError: There is no such engine, or it does not take a setting.
        MissingExtraError: What the engine needs is not installed.
    """
    if name not in ENGINES:
        raise SettingError(
            _("unknown engine {name!r}").format(name=name), hint=_("choose local or ray")
        )
    if jobs is not None and jobs < 1:
        raise SettingError(
            _("invalid number of jobs: {jobs}").format(jobs=jobs), hint=_("give 1 or more")
        )
    if address is not None and name != "ray":
        raise SettingError(
            _("the engine {name} takes no address").format(name=name), hint=_("add --engine ray")
        )
    module, _other, function = ENGINES[name].partition(":")
    make = getattr(import_module(module), function)
    settings = {"address": address} if name == "ray" else {}
    try:
        return cast("Engine", make(jobs=jobs, limits=limits, encoder=encoder, **settings))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "ray":
            raise
        raise MissingExtraError(
            _("the engine ray needs ray, which is not installed"),
            hint="pip install 'zh-en-aligner[ray]'",
        ) from error


def limits_of(
    timeout: float | None, memory: float | None, jobs: int | None, *, shared: bool = True
) -> Limits:
    """Return the limits of a pair.

    Args:
        timeout: Seconds; by the size of its documents if None, no limit if 0.
        memory: Gigabytes of a worker; its share of this machine's if None.
        jobs: How many workers share it.
        shared: Whether the workers are on this machine; otherwise there is no limit of
            memory but the one named.

    Raises:
        SettingError: `memory` is less than a worker needs, or `timeout` is invalid.
    """
    return time_limit(timeout)._replace(memory=_bytes(memory, jobs, shared=shared))


def time_limit(timeout: float | None) -> Limits:
    """Return the limits of a pair's time: see `limits_of`.

    The default does not measure a good run, it ends one that hangs: a pair takes
    about half a minute for each MB of text, and one of a few pages a second. A megabyte of
    a packed format holds several of text, and a machine may be slow, or busy.
    """
    if timeout is None:
        return Limits(SECONDS, more=SECONDS_A_MB)
    if not timeout >= 0:
        raise SettingError(
            _("invalid time limit: {timeout:g} s").format(timeout=timeout),
            hint=_("give seconds above 0, or 0 for no limit"),
        )
    return Limits(None if timeout in {0, math.inf} else timeout)


def _bytes(memory: float | None, jobs: int | None, *, shared: bool) -> int | None:
    if memory is None:
        total = _machine_memory() if shared else None
        return total // (jobs or processors()) if total else None
    if not 1 <= memory < math.inf:
        raise SettingError(
            _("invalid memory limit: {memory:g} GB").format(memory=memory),
            hint=_("give at least 1 GB, and 2 GB or more for books"),
        )
    return int(memory * _GIGABYTE)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _machine_memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
