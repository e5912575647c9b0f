"""Capitalised words that differ by a letter and stand for the same Chinese word.

A name that no pinyin spells (约翰逊, Johnson) is known by what it always stands beside. Two
words a letter apart are two spellings of one name if there is a Chinese name that is in the
sentences of both, and hardly in others, or one that the dictionary joins to the usual word
and not to the odd one; and if no sentence has both words.

Cost: linear: words a letter apart are found by the letters that are left when one is
taken away, as in W. Garbe's symmetric deletion, https://github.com/wolfgarbe/SymSpell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from aligner.check.spelt.person_names import is_near
from aligner.lexicon.dictionary import load_lexicon
from aligner.lexicon.words import cut_words
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.wording.forms import is_word

_LEAST: Final = 5  # letters; shorter words are too often a letter apart
_MOST: Final = 64  # words with the same letters left: no names, and dear to compare
_ELSEWHERE: Final = 1.5  # times as many sentences as have the two words may have the Chinese one
_WORD: Final = re.compile(
    r"(?<![\w@/.'’-])[A-Z][a-z]+(?:(?!['’]s(?![a-z]))[-'’][A-Z]?[a-z]+)*(?![\w@/])"
)
# endings that make another word of a name: Korean, Koreans, Iraqi, Italy and Italian
_MADE: Final = re.compile(r"(?:s|n|i|y|a|e|o|an|ns|es|is)$")


class TwoSpellings(NamedTuple):
    """A word that is spelt in two ways."""

    usual: str
    odd: str
    zh: str  # the Chinese word that both stand for
    usual_count: int  # units
    usual_docs: frozenset[str]  # documents of the usual one
    places: tuple[tuple[int, Span], ...]  # of the odd one: number of the unit, place in its text


def two_spellings(units: Sequence[TextUnit]) -> Iterator[TwoSpellings]:
    """Yield the words that are spelt in two ways, in the order of their letters."""
    places = _places(units)
    zh_words = _ChineseWords(units)
    for one, other in _near_words(places):
        usual, odd = sorted((one, other), key=lambda word: (-len(places[word]), min(places[word])))
        here, there = set(places[odd]), set(places[usual])
        if here & there:
            continue
        if zh := zh_words.of_both(odd, usual, here, there):
            at = tuple((n, span) for n in sorted(here) for span in places[odd][n])
            docs = frozenset(units[n].doc for n in there)
            yield TwoSpellings(usual, odd, zh, len(there), docs, at)


def _places(units: Sequence[TextUnit]) -> dict[str, dict[int, list[Span]]]:
    """Return where each word stands that is no English word, by its unit."""
    found: defaultdict[str, defaultdict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for n, unit in enumerate(units):
        for match in _WORD.finditer(unit.tgt):
            if len(match[0]) >= _LEAST:
                found[match[0].replace("’", "'")][n].append(Span(*match.span()))
    return {word: dict(at) for word, at in found.items() if not is_word(word.lower())}


def _near_words(words: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the pairs of words that differ by a letter, not at the end alone."""
    left: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        small = word.lower()
        for at in range(-1, len(small)):
            left[small if at < 0 else small[:at] + small[at + 1 :]].append(word)
    pairs = set()
    for same in left.values():
        if 1 < len(same) <= _MOST:
            for one, other in combinations(sorted(set(same)), 2):
                a, b = one.lower(), other.lower()
                hyphen = a.replace("-", "") == b.replace("-", "")  # a matter of form
                if is_near(a, b) and not hyphen and not _is_made(a, b) and a[0] == b[0]:
                    pairs.add((one, other))
    return sorted(pairs)


def _is_made(one: str, other: str) -> bool:
    """Tell whether the difference is an ending, with which another word is made of a name."""
    head = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if head is None:
        head = min(len(one), len(other))
    tails = one[head:], other[head:]
    return all(not tail or _MADE.fullmatch(tail) for tail in tails)


class _ChineseWords:
    """Which units have which Chinese names; cut when first asked for."""

    def __init__(self, units: Sequence[TextUnit]) -> None:
        self._units = units
        self._words: dict[int, frozenset[str]] = {}
        self._texts = [unit.src for unit in units]

    def of_both(self, odd: str, usual: str, here: set[int], there: set[int]) -> str:
        """Return the longest name that most of both sets of units have, and few others."""
        counts = [Counter(word for n in sorted(at) for word in self._of(n)) for at in (here, there)]
        most = _ELSEWHERE * (len(here) + len(there))
        if word := self._joined(here, usual, odd):
            return word
        fitting = [
            word
            for word in counts[0]
            if 2 * counts[0][word] > len(here)
            and 2 * counts[1][word] > len(there)
            and self._times(word, most) <= most
        ]
        return max(fitting, key=lambda word: (len(word), word), default="")

    def _joined(self, here: set[int], usual: str, odd: str) -> str:
        """Return the word that the dictionary joins to the usual one alone, in most units."""
        lexicon = load_lexicon()
        found = Counter[str]()
        for n in sorted(here):
            words = [word.text for word in cut_words(self._units[n].src)]
            links = lexicon.links(words, [usual, odd])
            if not any(link.tgt == 1 for link in links):
                found.update({words[link.src] for link in links if link.share == 1})
        word, count = max(found.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return word if 2 * count > len(here) else ""

    def _of(self, n: int) -> frozenset[str]:
        if n not in self._words:
            text = self._units[n].src
            cut = (text[slice(*word.span)] for word in cut_words(text))
            self._words[n] = frozenset(word for word in cut if len(word) > 1 and _is_name(word))
        return self._words[n]

    def _times(self, word: str, most: float) -> int:
        """Return how many units have a word; no more are counted than matter."""
        count = 0
        for text in self._texts:
            count += word in text
            if count > most:
                break
        return count


def _is_name(word: str) -> bool:
    """Tell whether a Chinese word may be a name: one by the dictionary, or unknown to it."""
    if word.isascii():
        return False
    lexicon = load_lexicon()
    return lexicon.is_name(word) or word not in lexicon
