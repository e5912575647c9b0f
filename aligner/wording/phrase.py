"""An English wording as tagged words, as it stands in its sentence.

A word is tagged in its sentence, where its neighbours tell what it is, and cut at its
hyphens. Classes of words are coarser than tags: what may fill one slot of a noun compound
(testing kit, test kit, rapid kit) is tagged as noun, participle or adjective almost at will.

Cost: linear in the sentence, each sentence tagged once (`aligner.lexicon.tagger`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.wording.content_words import PREPOSITIONS, RELATIONS, Atom, read_words, words

NOUNS: Final = frozenset((Tag.NOUN, Tag.NAME))
VERBS: Final = frozenset((Tag.VERB, Tag.ING, Tag.PARTICIPLE))
MODIFIERS: Final = frozenset((*NOUNS, Tag.ADJECTIVE, Tag.ING, Tag.PARTICIPLE, Tag.NUMBER))


class PhraseWord(NamedTuple):
    """A content word of a phrase."""

    surface: str  # lower case
    key: str  # in the form that is compared
    tag: Tag
    capital: bool

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a name."""
        return self.tag in NOUNS

    @property
    def is_verb(self) -> bool:
        """Whether it is a form of a verb."""
        return self.tag in VERBS


class Phrase(NamedTuple):
    """The content words of a rendering, and which of them is its head."""

    words: tuple[PhraseWord, ...]
    head: int  # its number; -1 if there is no word
    text: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The words in the form that is compared."""
        return tuple(word.key for word in self.words)

    @property
    def head_word(self) -> PhraseWord | None:
        """The last content word before the first preposition behind one."""
        return self.words[self.head] if self.words else None


class SentenceWords(NamedTuple):
    """The words of a sentence."""

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    tags: tuple[Tag, ...]


@lru_cache(maxsize=1 << 14)
def sentence_words(sentence: str) -> SentenceWords:
    """Return the words of a sentence with their tags."""
    spans = tuple(Span(*found) for found in words(sentence))
    texts = tuple(sentence[slice(*span)] for span in spans)
    return SentenceWords(spans, texts, tag_words(texts))


def phrase_at(sentence: str, span: Span) -> Phrase:
    """Return what stands at a place of a sentence.

    >>> found = phrase_at("They sold the testing kits of the firm.", Span(14, 38))
    >>> found.keys, found.head_word.surface
    (('testing', 'kit', 'firm'), 'kits')
    """
    spans, _, tags = sentence_words(sentence)
    text = sentence[slice(*span)]
    tag_at = {start - span.start: tag for (start, _), tag in zip(spans, tags, strict=True)}
    found: list[PhraseWord] = []
    head = -1
    for (start, _), (word, atoms) in zip(words(text), _read(text), strict=True):
        low = word.lower()
        if head < 0 and found and low in PREPOSITIONS | RELATIONS | {"by"}:
            head = len(found) - 1
        tag = tag_at.get(start, Tag.OTHER)
        found += (PhraseWord(a.surface, a.key, tag, word[0].isupper()) for a in atoms)
    return Phrase(tuple(found), head if head >= 0 else len(found) - 1, " ".join(text.split()))


def _read(text: str) -> Sequence[tuple[str, tuple[Atom, ...]]]:
    """Return each word with its content words; all of them, with the glosses in brackets."""
    read = read_words(text)
    found = [text[a:b] for a, b in words(text)]
    if len(read) == len(found):
        return read
    return [(word, read_words(word)[0][1] if read_words(word) else ()) for word in found]
