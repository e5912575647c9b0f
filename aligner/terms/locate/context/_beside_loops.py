"""The compiled loop that tells where the words beside a span come from."""

# mypy: allow-untyped-defs
# numba infers the types

from __future__ import annotations

from aligner.compiled import compiled
from aligner.terms.locate.context._link_loops import fill_shares, word_links, work_of
from aligner.terms.locate.word_flags import BREAK, CLOSED, COMMA, FUNCTION, OPENED


def words_beside(
    first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags,
    pair_first, links, others
):  # fmt: skip
    """Fill P(the word before, and after, each span comes from another word than the term).

    It is 1 at a mark or function word.

    Args:
        first: As in `describe_all_links`, with all that follow.
        start: The same.
        stop: The same.
        unit: The same.
        begin: The same.
        end: The same.
        zh_first: The same.
        zh_start: The same.
        zh_stop: The same.
        en_first: The same.
        flags: The same.
        pair_first: The same.
        links: The same.
        others: Filled. Shape (2, rows).
    """
    _words_beside(
        first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags,
        pair_first, links, *work_of(zh_first, en_first), others,
    )  # fmt: skip


@compiled()
def _words_beside(
    first, start, stop, unit, begin, end, zh_first, zh_start, zh_stop, en_first, flags,
    pair_first, links, shares, work, others
):  # fmt: skip
    """Do the work of `words_beside`. `shares` and `work` are overwritten."""
    marks = BREAK | COMMA | OPENED | CLOSED
    for p in range(len(unit)):
        u = unit[p]
        words = slice(zh_first[u], zh_first[u + 1])
        n, m = zh_first[u + 1] - zh_first[u], en_first[u + 1] - en_first[u]
        came, other, free, share = work[0], work[1], work[2], shares[:n]
        fill_shares(zh_start[words], zh_stop[words], begin[p], end[p], share)
        pairs = links[pair_first[u] : pair_first[u + 1]].reshape((m, n))
        word_links(pairs, share, came, other, free)
        bits = flags[en_first[u] : en_first[u + 1]]
        for s in range(first[p], first[p + 1]):
            a, b = start[s], stop[s]
            left = a > 0 and not bits[a] & marks and not bits[a - 1] & FUNCTION
            right = b < m and not bits[b] & marks and not bits[b] & FUNCTION
            others[0, s] = other[a - 1] if left else 1.0
            others[1, s] = other[b] if right else 1.0
