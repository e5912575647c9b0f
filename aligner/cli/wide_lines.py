"""Lines of Chinese on a terminal: wide characters take two columns, and may be parted."""

from __future__ import annotations

import re
from typing import Final

from aligner.report.shown_text import cell_width

# A run of narrow characters is a word and stays whole; a mark stays with what it closes or opens.
_WORD: Final = re.compile("[（《“‘「[]*(?:[!-~·–…]+|[^!-~\\s])[，。；：、？！）》”’」…]*|\\s+")


def wrapped(text: str, width: int) -> list[str]:
    """Return a paragraph as lines of at most so many columns, but for a longer word.

    >>> wrapped("写入 FILE，格式由后缀决定。", 12)
    ['写入 FILE，', '格式由后缀决', '定。']
    """
    lines = [""]
    for word in _WORD.findall(" ".join(text.split())):
        if lines[-1] and cell_width(lines[-1] + word.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return lines


def left(text: str, width: int) -> str:
    """Return a text in so many columns, at their left.

    >>> left("类型", 6)
    '类型  '
    """
    return text + " " * (width - cell_width(text))


def right(text: str, width: int) -> str:
    """Return a text in so many columns, at their right."""
    return " " * (width - cell_width(text)) + text
