"""Han numerals: one written form for all, and the value of a run such as 四千三百.

Whether a run is a number at all in its sentence (统一, 千方百计) is decided in
`numbers_zh`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.lang.digits import LONGEST_NUMBER

HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1_000}
LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
UNITS = SMALL_UNITS | LARGE_UNITS

NUMERALS = "".join(HAN_DIGITS) + "".join(UNITS)
PLACE_DIGITS = "〇零一二三四五六七八九"  # the digits that can stand for places, as in a year


# One character for one, so that offsets stay: figures, the numerals and the
# characters round them that decide whether they count.
_FOLD = str.maketrans(
    "０１２３４５６７８９．％"
    "萬億兩個條項號點級種類節屆場輪歲週圓鐘時畝噸張輛臺層樓間頁戶縣區鎮國會線維歐鎊幣攝"
    "這單統進專劃歸產業從幾數獎貨製碼極"
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟",
    "0123456789.%"
    "万亿两个条项号点级种类节届场轮岁周元钟时亩吨张辆台层楼间页户县区镇国会线维欧镑币摄"
    "这单统进专划归产业从几数奖货制码极"
    "一二二三三四五六六七八九十百千",
)
# The numerals of cheques are also words (陆地, 收拾): folded only in runs.
_CHEQUE = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_CHEQUE_RUN = re.compile(
    rf"[{_CHEQUE}][{_CHEQUE}零〇万萬亿億]+|[壹贰貳叁肆伍陆陸柒捌玖](?=[元圆圓角分](?:[^\w]|整)|[元圆圓角][{_CHEQUE}])"
)
_CHEQUE_ONE = re.compile(rf"[{_CHEQUE}]")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_ROUND_ZERO = re.compile(r"[一二三四五六七八九][一二三四五六七八九〇0０OＯo○]+(?![0-9A-Za-z])")
_ZEROS = str.maketrans("0０OＯo○", "〇" * 6)


def fold_numerals(text: str) -> str:
    r"""Return a copy of the same length in plain figures and simplified characters.

    Only the characters that reading numbers needs are folded.

    >>> fold_numerals("２５，０００元、兩億個、二○二五年、壹拾萬元、大陸")
    '25,000元、两亿个、二〇二五年、一十万元、大\x00'
    """
    text = _WIDE_COMMA.sub(",", text)
    text = _ROUND_ZERO.sub(lambda match: match[0].translate(_ZEROS), text)
    runs = {at for match in _CHEQUE_RUN.finditer(text) for at in range(*match.span())}
    kept = _CHEQUE_ONE.sub(lambda match: match[0] if match.start() in runs else "\0", text)
    return kept.translate(_FOLD)


def han_value(run: str) -> int | None:
    """Return the value of a well-formed run, or None.

    A run of two and more bare digits is read place by place, as a year is. A digit
    right after 百, 千, 万 or 亿 counts the next lower place (三万五 is 35,000). A unit
    at the head counts once (百万). 万 and 亿
    may stand twice (亿亿).

    >>> [han_value(run) for run in ("三十五", "二〇二五", "一亿三千万", "三万五", "一五一十")]
    [35, 2025, 130000000, 35000, None]
    >>> han_value("三十亿亿") == 3 * 10**17
    True
    """
    if len(run) > LONGEST_NUMBER:
        return None
    if len(run) > 1 and all(char in PLACE_DIGITS for char in run):
        return int("".join(str(HAN_DIGITS[char]) for char in run))
    reading = _Reading()
    return reading.total() if all(reading.take(char) for char in run) else None


@dataclass(slots=True)
class _Reading:
    """How far a run has been read: 亿 part, 万 part, what is below, and the open digit."""

    high: int = 0
    middle: int = 0
    low: int = 0
    digit: int | None = None
    last_unit: int = 0  # of the character before; 0 after a digit or 零
    limit: int = 10_000  # the next of 十百千 must be smaller
    empty: bool = True
    doubled: bool = False  # 万 or 亿 stood twice in a row

    def take(self, char: str) -> bool:
        """Read one character; False if the run cannot go on with it."""
        first, self.empty = self.empty, False
        if char in "〇零":
            fits = self.digit is None and not first
            self.last_unit = 0
        elif char in HAN_DIGITS:
            fits = self.digit is None
            self.digit = HAN_DIGITS[char]
        elif char in SMALL_UNITS:
            fits = self._small(SMALL_UNITS[char], first=first)
        else:
            fits = self._large(LARGE_UNITS[char], first=first)
        return fits

    def _small(self, unit: int, *, first: bool) -> bool:
        if self.digit is None and not first and unit != SMALL_UNITS["十"]:
            return False
        fits = unit < self.limit
        self.low += unit * (1 if self.digit is None else self.digit)
        self.digit, self.last_unit, self.limit = None, unit, unit
        return fits

    def _large(self, unit: int, *, first: bool) -> bool:
        below = self.low + (self.digit or 0) or int(first)
        if self.last_unit == unit and not self.doubled:  # 亿亿, 万万
            self.doubled = True
            if unit == LARGE_UNITS["万"]:
                self.middle *= unit
            else:
                self.high *= unit
            return True
        if unit == LARGE_UNITS["万"]:
            fits = below > 0 and self.middle == 0
            self.middle = below * unit
        else:
            part = self.middle + (0 if first else self.low + (self.digit or 0)) or int(first)
            fits = part > 0 and self.high == 0
            self.high, self.middle = part * unit, 0
        self.low, self.digit, self.last_unit, self.limit = 0, None, unit, 10_000
        return fits

    def total(self) -> int:
        """Return the value of what was read."""
        last = self.digit or 0
        if self.last_unit >= SMALL_UNITS["百"]:
            last *= self.last_unit // 10
        return self.high + self.middle + self.low + last
