"""What makes two wordings differ: which words stand in which slot.

The content words of both are aligned in their normal form. What is left over is paired, if
it can be: the same word elsewhere (moved), a form of one verb (inflected), a word of one
root (derived). The rest was removed or added. If all that differs stands at one place, with
the same words before and behind it, that place is a *slot*.

A slot filled by other words of one class is the surest sign of a real variant: pilot zone,
pilot area. So is another modifier of one head noun, be it of one root: testing kit, test kit.

Cost: the product of the two numbers of words, both small.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from aligner.lexicon.tagger import Tag
from aligner.wording.forms import is_word, parts_of_speech, singular
from aligner.wording.phrase import MODIFIERS, Phrase, PhraseWord
from aligner.wording.roots import same_root

_Words = tuple[PhraseWord, ...]
_Pairs = tuple[tuple[PhraseWord, PhraseWord], ...]
# What makes another word of a name: a family, a people, a follower.
_NAME_ENDINGS: Final = frozenset(
    "s es n ns an ans i is er ers eer eers ite ites".split()  # noqa: SIM905 - reads best as words
)


@dataclass(frozen=True, slots=True)
class WordChange:
    """How the content words of a rendering differ from those of the dominant one."""

    dominant: Phrase
    other: Phrase
    kept: int  # words that both have
    moved: int  # of them, those in another order
    inflected: _Pairs  # forms of one verb
    derived: _Pairs  # words of one root
    removed: _Words
    added: _Words
    one_slot: bool  # all that differs stands at one place, the rest is the same

    @property
    def same_head(self) -> bool:
        """Whether the heads are one word."""
        one, two = self.dominant.head_word, self.other.head_word
        return one is not None and two is not None and one.key == two.key

    @property
    def same_compound(self) -> bool:
        """Whether both are noun compounds of one head that differ in a modifier."""
        one, two = self.dominant, self.other
        if not self.same_head or min(len(one.words), len(two.words)) < 2:
            return False
        head = one.head_word, two.head_word
        nouns = any(word is not None and word.is_noun for word in head)
        modifiers = one.words[: one.head] + two.words[: two.head]
        return nouns and bool(modifiers) and all(word.tag in MODIFIERS for word in modifiers)

    @property
    def is_one_for_one(self) -> bool:
        """Whether one word stands for one of the same class, and all else is the same."""
        pairs = self.replaced
        return self.one_slot and len(pairs) == 1 and same_class(*pairs[0]) and not self.moved

    @property
    def is_other_modifier(self) -> bool:
        """Whether one word before the same head is another one, and all else is the same."""
        return self.one_slot and len(self.replaced) == 1 and self._is_of_modifier(self.replaced[0])

    @property
    def is_form_of_modifier(self) -> bool:
        """Whether a word before the same head is another one of its root: testing kit, test kit."""
        pairs = self.derived
        rest = self.removed or self.added or self.inflected or self.moved
        if not (self.one_slot and self.kept and len(pairs) == 1) or rest:
            return False
        return self._is_of_modifier(pairs[0])

    def _is_of_modifier(self, pair: tuple[PhraseWord, PhraseWord]) -> bool:
        heads = self.dominant.head_word, self.other.head_word
        both = all(word is not head for word, head in zip(pair, heads, strict=True))
        return self.same_head and both

    @property
    def replaced(self) -> _Pairs:
        """Words that stand for one another, if as many were removed as added."""
        if len(self.removed) != len(self.added):
            return ()
        return tuple(zip(self.removed, self.added, strict=True))

    @property
    def contains_dominant(self) -> bool:
        """Whether the dominant rendering is whole in the other one."""
        return not (self.removed or self.inflected or self.derived)

    @property
    def is_name_form(self) -> bool:
        """Whether names differ but in their endings: Zhou, Zhous."""
        pairs = self.replaced
        return bool(pairs) and not any(_are_spellings(a, b) for a, b in pairs)

    @property
    def misspelling(self) -> float:
        """How many letters names that stand for one another share, the least; else 0.

        Words of the lexicon are no spellings of each other (Turkey, Turkish), nor is Zhous
        one of Zhou.
        """
        pairs = self.replaced
        named = all(_is_name(a) and _is_name(b) and _are_spellings(a, b) for a, b in pairs)
        return min((letter_likeness(a.surface, b.surface) for a, b in pairs), default=0.0) * named


def _is_name(word: PhraseWord) -> bool:
    """Tell whether a word is a proper name: capitalised, and in no lexicon of words."""
    known = is_word(word.surface) or is_word(singular(word.surface))
    return word.capital and word.is_noun and not known


def _are_spellings(one: PhraseWord, other: PhraseWord) -> bool:
    """Tell whether names differ by more than an ending: Zhou and Zhous do not."""
    short, long = sorted((one.surface, other.surface), key=len)
    return not (long.startswith(short) and long[len(short) :] in _NAME_ENDINGS)


def change_of(dominant: Phrase, other: Phrase) -> WordChange:
    """Compare the words of two renderings.

    >>> from aligner.span import Span
    >>> from aligner.wording.phrase import phrase_at
    >>> read = lambda text: phrase_at(text, Span(0, len(text)))
    >>> found = change_of(read("the pilot zone"), read("pilot areas"))
    >>> found.removed[0].surface, found.added[0].surface, found.one_slot
    ('zone', 'areas', True)
    """
    matcher = SequenceMatcher(None, dominant.keys, other.keys, autojunk=False)
    gaps = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    gone = [word for _, a, b, _, _ in gaps for word in dominant.words[a:b]]
    new = [word for _, _, _, c, d in gaps for word in other.words[c:d]]
    gone, new, moved = _paired(gone, new, lambda a, b: a.key == b.key)
    gone, new, inflected = _paired(gone, new, _is_inflected)
    gone, new, derived = _paired(gone, new, lambda a, b: same_root(a.key, b.key))
    return WordChange(
        dominant=dominant,
        other=other,
        kept=sum(block.size for block in matcher.get_matching_blocks()) + len(moved),
        moved=len(moved),
        inflected=inflected,
        derived=derived,
        removed=tuple(gone),
        added=tuple(new),
        one_slot=len(gaps) == 1 and not moved,
    )


def _paired(
    gone: list[PhraseWord], new: list[PhraseWord], alike: Callable[[PhraseWord, PhraseWord], bool]
) -> tuple[list[PhraseWord], list[PhraseWord], _Pairs]:
    """Take out the pairs that are alike; return what is left on either side, and the pairs."""
    left, rest, pairs = [], list(new), []
    for word in gone:
        mate = next((other for other in rest if alike(word, other)), None)
        if mate is None:
            left.append(word)
        else:
            rest.remove(mate)
            pairs.append((word, mate))
    return left, rest, tuple(pairs)


def same_class(one: PhraseWord, other: PhraseWord) -> bool:
    """Tell whether two words are of one class: noun and name are."""
    return one.tag == other.tag or (one.is_noun and other.is_noun)


@lru_cache(maxsize=1 << 14)
def letter_likeness(one: str, other: str) -> float:
    """Return the share of letters that two words have in common, in order, from 0 to 1.

    >>> round(letter_likeness("shanxi", "shaanxi"), 2)
    0.92
    """
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_inflected(one: PhraseWord, other: PhraseWord) -> bool:
    """Tell whether two words are forms of one verb, and one of them is used as a verb."""
    if not (one.is_verb or other.is_verb or Tag.OTHER in {one.tag, other.tag}):
        return False
    mine, theirs = (set(parts_of_speech(w.surface).get("VERB", ())) for w in (one, other))
    return not mine.isdisjoint(theirs)
