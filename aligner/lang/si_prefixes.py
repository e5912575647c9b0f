"""Chinese SI prefixes that are written as numerals are: 百帕, 千伏, 百万帕.

After a numeral such a prefix can be read in two ways: 三千伏 is 3 kV or 3,000 V, and both
are true. Only one is possible where the numeral would be none with it (二百二十千伏) or is
a decimal fraction (零点六百万帕). Without a unit behind it 百万 is a number.

Sources: GB 3100-1993 (the prefixes 百, 千, 兆 and the units), where 百万 stands for 兆 in
older texts.
"""

from __future__ import annotations

import re
from typing import Final

_KILO: Final = "[克米瓦伏赫卡帕焦]|牛(?![马羊奶肉群只头])|安(?:培|时)|比特|字节|欧姆"
_MEGA: Final = "[瓦伏赫帕焦]|牛顿|比特|字节|欧姆"
KILO_UNIT: Final = f"(?:{_KILO})"
PREFIXED: Final = f"(?:百帕|百万(?:{_MEGA})|千{KILO_UNIT})"  # with the prefix
# 兆 is a prefix wherever one of these follows, and so needs no numeral to tell
MEASURES: Final = f"{PREFIXED}|(?:千?兆|吉)(?:{_MEGA})"
_AFTER: Final = {
    "百万": (re.compile(_MEGA), 1e6),
    "百": (re.compile("帕"), 1e2),
    "千": (re.compile(_KILO), 1e3),
}


def prefix_of(numeral: str, text: str, stop: int) -> tuple[str, float]:
    """Return the prefix in which a numeral before a unit ends, and its factor.

    >>> prefix_of("二百二十千", "二百二十千伏", 5), prefix_of("三千", "三千元", 2)
    (('千', 1000.0), ('', 1.0))
    """
    for prefix, (unit, factor) in _AFTER.items():
        if numeral.endswith(prefix) and numeral != prefix and unit.match(text, stop):
            return prefix, factor
    return "", 1.0
