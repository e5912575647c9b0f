"""How likely a string is as Chinese or English text, to choose between encodings.

Wrongly decoded bytes are characters too, but rare ones. A string is scored as if
each character were drawn by itself: a frequent Han character, one of the first
levels of GB 2312 and Big5 (which were chosen by frequency when these standards
were made, so the codecs themselves carry the table), or something rarer. Shares
measured on running text of six kinds: about 550 frequent characters and marks
cover 60 to 80 %, the first levels all but 0.7 % of the rest.

Units: natural logarithms; larger is better. Decodings of the same bytes may be
compared by their sums even where they differ in length.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import NamedTuple

# The most frequent characters of general text, and those of official prose. The
# second string holds the traditional forms that differ.
_FREQUENT = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本"
    "前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很"
    "最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度"
    "门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电"
    "数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马"
    "科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万"
    "取拉格望觉术领共确传师观清今切院让识候带导争运笔议收根干造言流济组织专企技投府责省级需支持推"
    "项标准办按单措施服改革环境护监督例依负育创城农村律央策善落案研究"
    "這個們來爲為國說時會對於過發後裏裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰"
    "頭體見產話內給門兒東聲員論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽卻達強難權"
    "設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運筆議幹濟組織專責級項標準辦單環護監負創農著"
    "，。、：；？！（）《》「」\u3000"
)
_TYPOGRAPHY = "‘’“”–—…•·£€©®™°§"  # of both languages
# Of scientific and typographic English; thin, fixed and zero-width blanks among them.
_SPECIAL = (
    "\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u2010\u2011\u2032\u2033†‡×÷±≤≥≈≠−→√∞µ‰½¼¾²³¹¶º«»"
    "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
)
_ASCII, _COMMON_MARK, _ACCENTED = -3.5, -6.7, -8.5
_FIRST_LEVEL, _SECOND_LEVEL, _OTHER, _CONTROL = -10.0, -14.0, -18.0, -25.0
_LATIN_LETTERS = range(0xC0, 0x180)
_NO_TEXT = (range(0x80, 0xA0), range(0xD800, 0xF900), range(0xFFF0, 0x10000))  # private use too
_ALLOWED_CONTROLS = "\t\n\r\f"


class Fit(NamedTuple):
    """How well a string reads as Chinese or English."""

    total: float  # log-likelihood of all characters
    mean: float  # of those that tell: neither ASCII letters nor marks; 0 if there are none
    telling: int  # how many tell

    @property
    def plausible(self) -> bool:
        """Whether it may pass as text. Few characters get more room than many.

        Running text of either script has a mean of -8.0 to -8.6, wrong decodings
        -12 and below.
        """
        return not self.telling or self.mean > -9.2 - 6.0 / math.sqrt(self.telling)


def fit(text: str) -> Fit:
    """Return the likelihood of a string. Cost: linear.

    >>> fit("各有关单位：").total > fit("跺衄壽等弇ㄩ").total
    True
    """
    table = _table()
    total, telling_sum, telling = 0.0, 0.0, 0
    for character, count in Counter(text).items():
        score = table.get(character)
        if score is None:
            score = _rare(ord(character))
        total += count * score
        if score != _ASCII:
            telling_sum += count * score
            telling += count
    return Fit(total, telling_sum / telling if telling else 0.0, telling)


@cache
def _table() -> dict[str, float]:
    """Return the score of every character that text may be expected to hold."""
    table = dict.fromkeys(map(chr, _LATIN_LETTERS), _ACCENTED)
    table |= dict.fromkeys(_level("gb2312", 0xD8, 0xF8) + _level("big5", 0xC9, 0xFA), _SECOND_LEVEL)
    table |= dict.fromkeys(_level("gb2312", 0xB0, 0xD8) + _level("big5", 0xA4, 0xC7), _FIRST_LEVEL)
    marks = _level("gb2312", 0xA1, 0xA4) + _level("big5", 0xA1, 0xA4)  # numerals, full width
    table |= dict.fromkeys(marks, _FIRST_LEVEL) | dict.fromkeys(_SPECIAL, _ACCENTED)
    table |= dict.fromkeys(_FREQUENT + _TYPOGRAPHY, _COMMON_MARK)
    table |= dict.fromkeys(map(chr, range(0x20, 0x7F)), _ASCII)
    return table | dict.fromkeys(_ALLOWED_CONTROLS, _ASCII)


def _level(codec: str, first: int, stop: int) -> str:
    """Return the characters whose lead byte in a two-byte code lies in first..stop-1."""
    pairs = (bytes((lead, trail)) for lead in range(first, stop) for trail in range(0x40, 0xFF))
    decoded = (pair.decode(codec, "ignore") for pair in pairs)
    return "".join(character for character in decoded if len(character) == 1)


def _rare(code: int) -> float:
    if code < 0x20 or code == 0x7F or any(code in block for block in _NO_TEXT):
        return _CONTROL
    return _OTHER
