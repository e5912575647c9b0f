"""No vectors: only the lengths of sentences, for comparison and for tests.

Length alone aligns clean parallel text tolerably: W. A. Gale and K. W. Church, "A
Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19
(1993), https://aclanthology.org/J93-1004.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from aligner.encode.protocol import Bools, Floats, Ints

# A multilingual subword model needs about one token for a Han character and 1.3 for an
# English word.
TOKENS_A_WORD = 1.3

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WORD = re.compile(r"[^\W\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")


def estimate_tokens(text: str) -> int:
    """Return about how many subword tokens a text has; at least 1.

    >>> estimate_tokens("支持深圳"), estimate_tokens("Support the city of Shenzhen")
    (4, 6)
    """
    count = len(_HAN.findall(text)) + TOKENS_A_WORD * len(_WORD.findall(text))
    return max(1, int(count))


class LengthEncoder:
    """Gives vectors without numbers, so that only lengths and marks speak."""

    signature = "length/1"
    dim = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row without numbers for each text. Shape (n, 0)."""
        return np.empty((len(texts), 0), np.float32)

    def side(self, texts: Sequence[str], *, joiner: str) -> LengthSide:  # noqa: ARG002
        """Prepare one side; the joiner changes nothing here."""
        return LengthSide(texts)


class LengthSide:
    """The estimated lengths of the sentences of one side."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.tokens: Ints = np.array([estimate_tokens(text) for text in texts], np.int32)
        self.has_clauses: Bools = np.zeros(len(texts), np.bool_)

    def runs(self, size: int, start: int, stop: int) -> Floats:  # noqa: ARG002
        """Return rows without numbers. Shape (stop - start, 0)."""
        return np.empty((stop - start, 0), np.float32)

    def heads(self, start: int, stop: int) -> Floats:
        """Return rows without numbers. Shape (stop - start, 0)."""
        return self.runs(1, start, stop)

    def tails(self, start: int, stop: int) -> Floats:
        """Return rows without numbers. Shape (stop - start, 0)."""
        return self.runs(1, start, stop)
