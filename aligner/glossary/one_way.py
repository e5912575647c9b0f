"""Ways of writing that a term is found in: blanks beside Chinese characters, the middle dot.

Chinese is written without blanks; what a converter or a narrow cell has put between two
characters, or between one and a letter or figure (2 型, CT 检查), is none of the term. The dot
in a foreign name is typed as any of several marks: 马克·吐温, 马克•吐温, 马克．吐温.

Sources: GB/T 15834-2011, "General rules for punctuation", 4.14; W3C, "Requirements for Chinese
Text Layout", https://www.w3.org/TR/clreq/, 3.2.2 (spaces beside Latin letters are style).
"""

from __future__ import annotations

import re
from typing import Final

from aligner.lang import marks_zh as zh
from aligner.lang.shadow import Shadow, shadow

_DOT: Final = "·"
_DOTS: Final = "·•・‧∙⋅."  # of which the full-width and half-width forms have become one
_HAN: Final = f"[{zh.HAN}]"
_OTHER_WAY: Final = re.compile(
    rf"(?<={_HAN})\s*([{_DOTS}])\s*(?={_HAN})|(?<={_HAN})\s+(?=\w)|(?<=\w)\s+(?={_HAN})"
)

# what a dictionary writes where any words may stand: 对……负责, 从~起; 5~10 is a range
_GAP: Final = re.compile(rf"\.{{3,}}|[⋯]|。{{3,}}|(?<={_HAN})[~〜]|[~〜](?={_HAN})")


def has_gap(term: str) -> bool:
    """Tell whether a term has a mark for words that may stand there, so that no text has it.

    >>> has_gap("对……负责"), has_gap("从～起"), has_gap("5~10级"), has_gap("负责")
    (True, True, False, False)
    """
    return _GAP.search(shadow(term).text) is not None


def in_one_way(copy: Shadow) -> Shadow:
    """Return a folded copy of a text without such blanks, and with one kind of dot.

    >>> in_one_way(shadow("马克 • 吐温有 2 型糖尿病")).text
    '马克·吐温有2型糖尿病'
    """
    text: list[str] = []
    offsets: list[int] = []
    last = 0
    for found in _OTHER_WAY.finditer(copy.text):
        text.append(copy.text[last : found.start()])
        offsets += copy.offsets[last : found.start()]
        if found[1]:
            text.append(_DOT)
            offsets.append(copy.offsets[found.start(1)])
        last = found.end()
    if not last:
        return copy
    text.append(copy.text[last:])
    offsets += copy.offsets[last:]
    return Shadow("".join(text), offsets)
