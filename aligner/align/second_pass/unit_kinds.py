"""Which units of a text are headings or items of a list, by their shape.

A heading that was left out on one side is easily taken into the link of the sentence beside
it: it is short, and what it says is said there again. But a translator seldom makes one
sentence of a heading and a sentence, so a heading that no heading faces is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from aligner.align.cues import TERMINAL, TRAILING
from aligner.encode.length import estimate_tokens
from aligner.encode.protocol import Bools
from aligner.lang.labels import head_label

SHORT_UNIT = 24  # tokens of a heading at most
MARKUP = ("#", "=")  # of headings, in files of markup
BULLETS = ("-", "*", "•", "·", "–", "●", "■")
GOES_ON = "，,、—-"  # at the end of what is no heading


class UnitKind(IntEnum):
    """What a unit is: the columns of its row."""

    HEADING = 0
    LISTED = 1  # with a number or a bullet at its head


def is_heading(text: str) -> bool:
    """Return whether a unit is short, says something and has no end mark.

    >>> is_heading("三、存在的问题"), is_heading("We moved in May."), is_heading("“")
    (True, False, False)
    """
    core = TRAILING.sub("", text)
    if not any(map(str.isalnum, core)):
        return False  # a quotation mark on a line of its own
    if text.lstrip().startswith(MARKUP):
        return True
    return core[-1] not in TERMINAL + GOES_ON and estimate_tokens(text) <= SHORT_UNIT


def unit_kinds(texts: Sequence[str]) -> Bools:
    """Return what the units of a side are. Shape (n, kinds).

    Cost: linear in the text.
    """
    found = np.zeros((len(texts), len(UnitKind)), dtype=bool)
    found[:, UnitKind.HEADING] = [is_heading(text) for text in texts]
    found[:, UnitKind.LISTED] = [
        text.lstrip().startswith(BULLETS) or head_label(text) is not None for text in texts
    ]
    return found
