"""Recognise the targets of an entry in English text, in any form that is no other wording.

A target is the same in singular and plural, small letters and capitals, British and
American spelling, with and without hyphens and articles (`aligner.wording.content_words`). Other
prepositions, another order or other words make it another rendering.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.glossary.entries import STATUSES, Entry, Target, target_key
from aligner.glossary.overlap import longest_apart
from aligner.span import Span
from aligner.terms.target_forms import unhyphened, with_letters
from aligner.wording.content_words import content_key, prepositions_of, read_words, words
from aligner.wording.difference import compare

_SAME: Final = frozenset({"same", "form"})
_BREAKS: Final = frozenset(',;:!?()[]（）“”"/')  # a target goes across none that it does not hold
_SHORTENED: Final = 3  # letters of a word that a full stop may shorten, as in No. and Art.


class _Word(NamedTuple):
    span: Span
    key: str  # its content words in normal form, written together; nothing for a stop word
    gap: str  # what stands between the word before and this one
    gloss: bool  # an acronym in brackets, which may stand in the midst of a target


def accepts(entry: Entry, text: str) -> Target | None:
    """Return the target that a rendering is, whatever its status; None if it is none.

    A target that is written just so goes before one that agrees but for form, and of
    several of these the one of the best status. Cost: one comparison a target.
    """
    matching = [target for target in entry.targets if _is_same(target.text, text)]
    return min(matching, key=lambda target: _rank(target, text), default=None)


def find_targets(sentence: str, entry: Entry) -> list[tuple[Span, Target]]:
    """Return where targets of an entry stand in an English text, in the order of places.

    Articles before a target are not part of its place. Where two targets overlap the
    longer one counts; for one place the rule of `accepts` holds. Cost: linear in the
    text and in the number of targets.
    """
    best: dict[Span, Target] = {}
    lettered = with_letters(sentence)
    for target in entry.targets:
        for span in _all_places(lettered, with_letters(target.text)):
            text = sentence[slice(*span)]
            if span not in best or _rank(target, text) < _rank(best[span], text):
                best[span] = target
    return [(span, best[span]) for span in longest_apart(best)]


def _is_same(target: str, text: str) -> bool:
    """Tell whether two wordings differ in form alone, with hyphens or without."""
    pairs = [(with_letters(target), with_letters(text))]
    pairs.append((unhyphened(pairs[0][0]), unhyphened(pairs[0][1])))
    return any(compare(*pair).difference in _SAME for pair in pairs)


def _rank(target: Target, text: str) -> tuple[bool, int]:
    return target_key(target.text) != target_key(text), STATUSES.index(target.status)


def _all_places(sentence: str, target: str) -> Iterator[Span]:
    """Yield every place of a target, with its hyphens or with blanks for them."""
    yield from _places(sentence, target)
    plain = unhyphened(sentence), unhyphened(target)
    if plain != (sentence, target):
        yield from _places(*plain)


def _places(sentence: str, target: str) -> Iterator[Span]:
    """Yield every place where a target stands in some form."""
    wanted = "".join(content_key(target))
    inner = prepositions_of(target)
    read = _read(sentence)
    breaks = _BREAKS.difference(target)
    for first, word in enumerate(read):
        if word.key and wanted.startswith(word.key):
            last = _reach(read, first, wanted, breaks)
            if last is not None:
                span = Span(word.span.start, read[last].span.stop)
                text = sentence[slice(*span)]
                if prepositions_of(text) == inner and "".join(content_key(text)) == wanted:
                    yield span


def _reach(read: tuple[_Word, ...], first: int, wanted: str, breaks: frozenset[str]) -> int | None:
    """Return the last of the words from `first` on that together have the wanted key."""
    found = read[first].key
    at = first
    while found != wanted:
        at += 1
        if at == len(read) or not _goes_on(read[at - 1], read[at], breaks):
            return None
        if not read[at].gloss:
            found += read[at].key
        if not wanted.startswith(found):
            return None
    return at


def _goes_on(before: _Word, word: _Word, breaks: frozenset[str]) -> bool:
    """Tell whether a target may go on over the gap between two words."""
    gap = word.gap
    if word.gloss:
        gap = gap[:-1]
    if before.gloss:
        gap = gap[1:]
    if "." in gap and before.span.size > _SHORTENED:
        return False
    return breaks.isdisjoint(gap)


@lru_cache(maxsize=1 << 12)
def _read(sentence: str) -> tuple[_Word, ...]:
    """Return the words of a text. Cost: linear."""
    spans = [Span(*span) for span in words(sentence)]
    texts = [sentence[slice(*span)] for span in spans]
    found = []
    at = 0
    for span, text, key in zip(spans, texts, _keys(texts), strict=True):
        around = sentence[max(span.start - 1, 0) : span.start] + sentence[span.stop :][:1]
        gloss = around in ("()", "（）") and sum(map(str.isupper, text)) >= 2
        found.append(_Word(span, key, sentence[at : span.start], gloss))
        at = span.stop
    return tuple(found)


def _keys(texts: list[str]) -> list[str]:
    """Return the content words of each word; a neighbour may tell what it means: No. 5."""
    keys = ["".join(a.key for a in atoms) for _, atoms in read_words(" ".join(texts))]
    if len(keys) == len(texts):
        return keys
    return ["".join(content_key(text)) for text in texts]
