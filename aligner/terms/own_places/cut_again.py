"""Whether a word that the segmenter cut over a term of the glossary was cut wrongly.

The segmenter knows general words and how common they are; that a text speaks of 乙方 all the
time it does not know, and so it reads 方向 in 乙方向银行. A word that lies over a place of a
term is no word of the sentence if

* what it has more than the term is a word of place or time (内, 期间), and the dictionary does
  not have it: 期内 over 保修期内;
* it is a verb with the term behind it, and the dictionary has no such noun, or English has
  the verb and not the noun: 转动轴 is to turn the shaft;
* the words are likelier with the term as one of them, as often as this text has it;
* what is left of it is a word of grammar, and English has no translation of it.

Likelihoods are those of words by themselves, as the segmenter has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final, NamedTuple

from aligner.lang.grammar_words import closes_none, is_localizer, opens_none
from aligner.lang.shadow import shadow
from aligner.lexicon import load_lexicon
from aligner.lexicon.gloss import GlossKey
from aligner.lexicon.words import Word, word_cutter
from aligner.span import Span
from aligner.terms.candidates.tags import tag_of

_UNSEEN_TEXT: Final = 1000  # characters without the term that are added to the text: a few
# places in a few lines say little of how common a term is
_MUCH_LIKELIER: Final = log(1e4)  # where English may have the word that goes over the edge
_NOT_MUCH_LESS: Final = log(1e-2)  # where it has none, and what is left is grammar


class TextUse(NamedTuple):
    """How often a text has a term where no word goes over its edge."""

    places: int
    characters: int  # of the whole text

    @property
    def share(self) -> float:
        """P(a word of the text is the term), at least."""
        return self.places / (self.characters + _UNSEEN_TEXT)


def was_cut_wrongly(
    over: Sequence[Word], place: Span, text: str, stems: frozenset[str], use: TextUse
) -> bool:
    """Tell whether the words over a place leave the place to the term.

    Args:
        over: The words that share a character with the place, in order.
        place: In the Chinese text.
        text: The Chinese text.
        stems: Of the English words, as glosses have them.
        use: Of the term elsewhere.
    """
    across = [w for w in over if w.span.start < place.start or w.span.stop > place.stop]
    return all(
        _is_term_and_localizer(word, place, text) or _is_verb_and_term(word, place, stems)
        for word in across
    ) or _is_likelier(over, across, place, text, stems=stems, use=use)


def is_cut_from_words(word: Word, place: Span, text: str) -> bool:
    """Tell whether a term that is no word lies across one inside a word that was made up.

    >>> is_cut_from_words(Word(Span(0, 3), "中高危"), Span(0, 2), "中高危患者")
    True
    >>> is_cut_from_words(Word(Span(0, 3), "灯亮了"), Span(0, 1), "灯亮了")
    False
    """
    lexicon = load_lexicon()
    if place.size == 1 or shadow(text[slice(*place)]).text in lexicon:
        return False
    edges = [at for at in place if word.span.start < at < word.span.stop]
    return any(
        shadow(text[start:stop]).text in lexicon
        for at in edges
        for start in range(word.span.start, at)
        for stop in range(at + 1, word.span.stop + 1)
        if stop - start < word.span.size and not (start <= place.start and stop >= place.stop)
    )


def _is_term_and_localizer(word: Word, place: Span, text: str) -> bool:
    """Tell whether a word is no word, but the end of a term and one of place or time."""
    rest = shadow(text[place.stop : word.span.stop]).text
    return word.span.start >= place.start and is_localizer(rest) and word.text not in load_lexicon()


def _is_verb_and_term(word: Word, place: Span, stems: frozenset[str]) -> bool:
    """Tell whether a word is a verb with a term of one character behind it."""
    verb = word.text[: place.start - word.span.start]
    if place.size > 1 or word.span.stop != place.stop or tag_of(verb) != "v":
        return False
    lexicon = load_lexicon()
    if word.text not in lexicon:
        return True
    noun = tag_of(word.text).startswith("n")
    return (
        noun and _has(stems, lexicon.glosses(verb)) and not _has(stems, lexicon.glosses(word.text))
    )


def _is_likelier(  # noqa: PLR0913 - all that is known of a place
    over: Sequence[Word],
    across: Sequence[Word],
    place: Span,
    text: str,
    *,
    stems: frozenset[str],
    use: TextUse,
) -> bool:
    """Tell whether the words are likelier with the term as one of them.

    A word of the dictionary that holds the whole term is a word: 中毒 is no 中 with 毒 behind it.
    """
    lexicon = load_lexicon()
    if any(
        w.span.start <= place.start and w.span.stop >= place.stop
        for w in across
        if w.text in lexicon
    ):
        return False
    start, stop = min(over[0].span.start, place.start), max(over[-1].span.stop, place.stop)
    before = _cut(text[start : place.start])
    behind = _cut(text[place.stop : stop])
    term = _chance(shadow(text[slice(*place)]).text)
    mine = max(log(use.share), term) if use.places else term
    gain = mine + sum(map(_chance, (*before, *behind))) - sum(_chance(word.text) for word in over)
    if gain >= _MUCH_LIKELIER:
        return True
    return (
        gain >= _NOT_MUCH_LESS
        and all(map(opens_none, before))
        and all(closes_none(word) or is_localizer(word) for word in behind)
        and not any(_has(stems, lexicon.glosses(word.text)) for word in across)
    )


def _cut(text: str) -> list[str]:
    return list(word_cutter().cut(shadow(text).text)) if text else []


def _chance(word: str) -> float:
    """Return the log of P(a word), as the segmenter has it; that of one use if it has none."""
    cutter = word_cutter()
    return log((cutter.FREQ.get(word) or 1) / cutter.total)


def _has(stems: frozenset[str], keys: Sequence[GlossKey]) -> bool:
    return any(bool(key) and stems.issuperset(key) for key in keys)
