"""Whether a word of the glossary is a piece of a compound that English renders as a whole.

工作 may be `work`, and 工作经费 is still an operating budget: the compound has a name of its
own, and its first part no rendering. For an entry of one word on both sides a place belongs
to such a compound if

* a noun stands beside it in Chinese, with nothing between;
* a noun or adjective stands beside the English words, on the same side;
* nowhere in the texts is the term rendered by a target with that noun beside it: where it
  sometimes is, the other words are a slip.

A longer entry of the dictionary that one English word renders is such a compound whatever its
words are: 故障排除, troubleshooting.

An entry of several words is a compound itself, whose words the glossary asks for.

Cost: linear in the units with the term.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple

from aligner.glossary.entries import Entry
from aligner.lang.shadow import shadow
from aligner.lexicon import load_lexicon
from aligner.lexicon.tagger import Tag, tag_words
from aligner.lexicon.words import cut_words
from aligner.span import Span
from aligner.terms.candidates.tags import tag_of
from aligner.terms.located import Grouped, Seen
from aligner.terms.own_places.entry_places import english_stems, is_dictionary_word
from aligner.terms.targets import find_targets
from aligner.terms.units import TextUnit, english_words
from aligner.wording.content_words import STOP_WORDS, content_key

CAPITALS: Final = 2  # of an acronym
_Side = Literal["before", "behind"]
_NOUN_TAGS = ("n", "vn", "an", "b", "j", "x", "eng")  # an adjective before a noun makes no compound
_NOUNS = frozenset({Tag.NOUN, Tag.NAME})
_MODIFIERS = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.ING, Tag.PARTICIPLE})


class InCompound(NamedTuple):
    """A compound with a place of a term, and what renders it."""

    text: str  # Chinese
    span: Span  # English
    modifies: bool  # the term stands before the noun


class EntryCompounds:
    """The compounds that one entry of one word stands in.

    Args:
        term: With its entry.
        units: Of all texts.
    """

    def __init__(self, term: Grouped, units: Sequence[TextUnit]) -> None:
        self._term = term
        self._units = units

    def at(self, unit: int, place: Span, words: Span) -> InCompound | None:
        """Return the compound that some words render with a place; None if there is none.

        Args:
            unit: Number of the sentences.
            place: Of the term, in the Chinese text.
            words: That were picked for it, in the English text.
        """
        entry = self._term.wanted.entry
        if entry is None or not _is_one_word(entry):
            return None
        text = self._units[unit]
        if (known := _dictionary_compound(text.src, text.tgt, place, words)) is not None:
            return known
        beside = _beside(text.src, place)
        for side in ("behind", "before"):
            noun = beside.get(side)
            span = _with_neighbour(text.tgt, words, side) if noun else None
            if noun is not None and span is not None and (side, noun.text) not in self._rendered:
                first, last = sorted((place, noun.span))
                chinese = text.src[first.start : last.stop]
                return InCompound(chinese, span, modifies=side == "behind")
        return None

    def is_in_acronym(self, seen: Seen) -> bool:
        """Tell whether the words picked are the acronym of a longer name with the place in it.

        It is no longer one if the entry is the name of a body and has no noun beside it but what
        English renders by itself.
        """
        entry, text = self._term.wanted.entry, self._units[seen.place.unit]
        if entry is None or not is_acronym_alone(entry, seen.text):
            return False
        stems, lexicon = english_stems(text.tgt), load_lexicon()
        return not all(_is_name(target.text) for target in entry.preferred) or any(
            not any(key and stems.issuperset(key) for key in lexicon.glosses(noun.text))
            for noun in _beside(text.src, seen.place.span).values()
        )

    @cached_property
    def _rendered(self) -> frozenset[tuple[_Side, str]]:
        """The nouns with which the term stands in a sentence that has a target."""
        entry = self._term.wanted.entry
        return frozenset(
            (side, noun.text)
            for place in self._term.wanted.places
            if entry is not None and find_targets(self._units[place.unit].tgt, entry)
            for side, noun in _beside(self._units[place.unit].src, place.span).items()
        )


def _is_name(target: str) -> bool:
    words = [
        word for word in target.split() if word[0].isalpha() and word.lower() not in STOP_WORDS
    ]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _dictionary_compound(text: str, sentence: str, place: Span, words: Span) -> InCompound | None:
    """Return the longer entry of the dictionary that one English word renders as a whole.

    故障排除 is troubleshooting, where 排除 has no English of its own.
    """
    if len(content_key(sentence[slice(*words)])) != 1:
        return None
    cut, stems, lexicon = cut_words(text), english_stems(sentence), load_lexicon()
    for n, word in enumerate(cut):
        for first, last in ((n, n + 1), (n - 1, n)):
            if word.span != place or first < 0 or last >= len(cut):
                continue
            span = Span(cut[first].span.start, cut[last].span.stop)
            other = cut[last] if first == n else cut[first]
            whole = shadow(text[slice(*span)]).text
            rendered = any(key and stems.issuperset(key) for key in lexicon.glosses(other.text))
            if whole in lexicon and not rendered:
                return InCompound(text[slice(*span)], words, modifies=True)
    return None


class _Noun(NamedTuple):
    span: Span
    text: str


def _is_one_word(entry: Entry) -> bool:
    """Tell whether an entry is one word of the dictionary, and so is each of its targets."""
    return is_dictionary_word(entry.src) and all(
        len(content_key(target.text)) == 1 for target in entry.preferred
    )


def _beside(text: str, place: Span) -> dict[_Side, _Noun]:
    """Return the nouns directly before and behind a place."""
    found: dict[_Side, _Noun] = {}
    for word in cut_words(text):
        if word.span.stop == place.start and _is_noun(word.text):
            found["before"] = _Noun(word.span, word.text)
        elif word.span.start == place.stop and _is_noun(word.text):
            found["behind"] = _Noun(word.span, word.text)
    return found


def _is_noun(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and tag_of(shadow(word).text).startswith(_NOUN_TAGS)


def _with_neighbour(sentence: str, words: Span, side: _Side) -> Span | None:
    """Return some words with the noun behind them, or with the modifier before them."""
    read = english_words(sentence)
    inside = [n for n, start in enumerate(read.start.tolist()) if words.start <= start < words.stop]
    if not inside:
        return None
    tags = tag_words(read.words)
    if side == "behind":
        n, joint, wanted = inside[-1] + 1, inside[-1] + 1, _NOUNS
    else:
        n, joint, wanted = inside[0] - 1, inside[0], _MODIFIERS
    if not 0 <= n < len(tags) or tags[n] not in wanted or read.gaps[joint].strip(" -"):
        return None
    return Span(min(words.start, int(read.start[n])), max(words.stop, int(read.stop[n])))


def is_acronym_alone(entry: Entry, text: str) -> bool:
    """Tell whether a rendering is acronyms only, and no target has one.

    They stand for a longer name, of which the term is a piece: EFAC for 外匯基金諮詢委員會.
    """
    words = [word for word in re.split(r"[^\w&]+", text) if word]
    capitals = all(sum(map(str.isupper, word)) >= CAPITALS for word in words)
    return capitals and not any(
        sum(map(str.isupper, word)) >= CAPITALS
        for target in entry.targets
        for word in target.text.split()
    )
