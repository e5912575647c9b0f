"""The compiled loops that list the spans of a sentence that could be a rendering.

Cost: a sentence takes its words times the longest rendering.
"""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

import numpy as np

from aligner.compiled import compiled
from aligner.terms.locate.word_flags import BRACKET, BREAK, FUNCTION, JOINED, UNBRACKET


def list_spans(flags, longest):
    """Return first word and end of every span that could be a rendering.

    It begins and ends with a content word, or at a hyphen, no sentence ends inside, and a
    bracket that opens inside closes there, or the reverse. Shape (spans,) each.
    """
    start, stop = np.empty((2, len(flags) * longest), dtype=np.int32)
    count = _list_spans(flags, longest, start, stop)
    return start[:count].copy(), stop[:count].copy()


@compiled()
def _list_spans(flags, longest, start, stop):
    """Fill what `list_spans` returns; return how many there are."""
    m = len(flags)
    count = 0
    for i in range(m):
        if flags[i] & FUNCTION and not (i + 1 < m and flags[i + 1] & JOINED):
            continue
        depth = 0
        for j in range(i + 1, min(i + longest, m) + 1):
            if j > i + 1:
                if flags[j - 1] & BREAK or (flags[j - 1] & UNBRACKET and depth == 0):
                    break
                depth -= (flags[j - 1] & UNBRACKET) != 0
                depth += (flags[j - 1] & BRACKET) != 0
            if depth > 0:
                continue
            if flags[j - 1] & FUNCTION and not (j > i + 1 and flags[j - 1] & JOINED):
                continue
            start[count], stop[count] = i, j
            count += 1
    return count


def hash_spans(start, stop, flags, words):
    """Return one number for the content words of each span, in order. Shape (spans,)."""
    keys = np.empty(len(start), dtype=np.int64)
    _hash_spans(start, stop, flags, words, keys)
    return keys


@compiled()
def _hash_spans(start, stop, flags, words, keys):
    """Fill what `hash_spans` returns."""
    for s in range(len(start)):
        key = np.int64(17)
        for j in range(start[s], stop[s]):
            if not flags[j] & FUNCTION:
                key = key * np.int64(1000003) ^ np.int64(words[j] + 1)
                key ^= key >> np.int64(29)
        keys[s] = key


def wider(start, stop, m):
    """Return the next longer span to the left and to the right of each, -1 for none."""
    left, right = np.full((2, len(start)), -1, dtype=np.int32)
    _widen(start, stop, np.full(m + 1, -1, dtype=np.int32), left, right)
    return left, right


@compiled()
def _widen(start, stop, first, left, right):
    """Fill what `wider` returns, all -1 before; `first`: where the spans of a first word begin."""
    for s in range(len(start) - 1, -1, -1):
        first[start[s]] = s
    for s in range(len(start)):
        if s + 1 < len(start) and start[s + 1] == start[s]:
            right[s] = s + 1
        for a in range(start[s] - 1, max(start[s] - 4, -1), -1):
            k = first[a]
            while k >= 0 and k < len(start) and start[k] == a and stop[k] < stop[s]:
                k += 1
            if k >= 0 and k < len(start) and start[k] == a and stop[k] == stop[s]:
                left[s] = k
                break
