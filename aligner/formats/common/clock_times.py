"""When a unit of subtitles is shown, as bitexts write it: `00:01:02.500-00:01:04.000`.

In JSON and Parquet it is two numbers. What makes no sense is passed over, as if the file
were silent. Units: seconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from aligner.span import Times

_CLOCK: Final = r"(\d{1,4}):([0-5]?\d):([0-5]?\d(?:[.,]\d{1,3})?)"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-\s*{_CLOCK}\s*")
_LATEST: Final = 36_000_000  # ten thousand hours


def times_text(times: Times | None) -> str:
    """Return times as text; nothing for none.

    >>> times_text((62.5, 3664.0)), times_text(None)
    ('00:01:02.500-01:01:04.000', '')
    """
    return "-".join(map(_clock, times)) if times else ""


def times_from(value: object) -> Times | None:
    """Return the times that a file gives as text or as two numbers; None if it gives none.

    >>> times_from("00:01:02.500-01:01:04.000"), times_from([1, 2.5]), times_from("soon")
    ((62.5, 3664.0), (1.0, 2.5), None)
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        numbers = [float(each) for each in value if isinstance(each, int | float)]
        times = numbers if len(value) == len(numbers) else []
    else:
        found = _TIMES.fullmatch(value) if isinstance(value, str) else None
        times = [_seconds(*found.groups()[k : k + 3]) for k in (0, 3)] if found else []
    if len(times) != 2 or not all(map(math.isfinite, times)):
        return None
    return (times[0], times[1]) if min(times) >= 0 and max(times) < _LATEST else None


def _clock(seconds: float) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    whole = 3600 * int(hours) + 60 * int(minutes)
    return round(whole + float(seconds.replace(",", ".")), 3)
