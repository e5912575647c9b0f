"""Find the terms of a glossary in Chinese text, the longest first.

Text and terms are compared as their shadows (`aligner.lang.shadow`), in lower case:
traditional text finds simplified terms, and full-width letters half-width ones; blanks
between characters do not count (`one_way`). A Latin letter or digit at the end of a term
must end a word in the text, so that 5G is not found in 15G. Where terms overlap the longest
one counts, and of equal ones the first.

The automaton is that of A. Aho and M. Corasick, "Efficient string matching", CACM 18(6),
1975, in the library ahocorasick_rs, imported when the first matcher is made.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from aligner.glossary.entries import Entry, Glossary, fold, source_key
from aligner.glossary.one_way import in_one_way
from aligner.glossary.overlap import longest_apart
from aligner.lang import marks_zh as zh
from aligner.lang.shadow import shadow
from aligner.span import Span

_LETTER: Final = re.compile(rf"[^\W_{zh.HAN}]")  # of a word that is written with spaces


class Match(NamedTuple):
    """One place of a term in a text."""

    entry: Entry
    span: Span  # characters of the text itself, not of its shadow


class Matcher:
    """A glossary made ready for searching. Cost: linear in the size of the glossary."""

    def __init__(self, glossary: Glossary) -> None:
        from ahocorasick_rs import AhoCorasick

        self._entries = glossary.entries
        self._automaton = AhoCorasick([source_key(entry.src) for entry in glossary.entries])

    def find(self, text: str) -> list[Match]:
        """Return the terms in a text in the order of their places; none overlap.

        Cost: linear in the text and in the number of places where any term stands,
        shorter ones inside longer ones included.
        """
        copy = in_one_way(shadow(text))
        folded = fold(copy.text)
        found = {
            Span(start, stop): number
            for number, start, stop in self._automaton.find_matches_as_indexes(
                folded, overlapping=True
            )
            if _is_whole(folded, start, stop)
        }
        return [
            Match(self._entries[found[span]], copy.original_span(*span))
            for span in longest_apart(found)
        ]


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Tell whether no Latin word or number is cut at either end."""
    return not (_inside_word(text, start) or _inside_word(text, stop))


def _inside_word(text: str, at: int) -> bool:
    return (
        0 < at < len(text)
        and _LETTER.match(text, at - 1) is not None
        and _LETTER.match(text, at) is not None
    )
