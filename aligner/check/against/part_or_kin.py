"""What a rendering is to a target of the glossary: kin, a part of it, or a phrase of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aligner.lexicon import load_lexicon
from aligner.lexicon.gloss import stem
from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.units import english_words
from aligner.wording.content_words import content_key
from aligner.wording.forms import is_lemma, is_word, parts_of_speech, singular
from aligner.wording.prefixed import is_prefixed
from aligner.wording.roots import same_root

# prognosis, prognostic; zoonosis, zoonotic; symptom, symptomatically
_GREEK: Final = ("sis", "tic", "stic", "atic")
_GLUED: Final = 4  # letters of a word that has run into another
_PHRASE_WORDS: Final = 2
_PARTS: Final = {Tag.NOUN: "NOUN", Tag.VERB: "VERB"}


def is_phrase(text: str) -> bool:
    """Tell whether words are a noun with another content word.

    >>> is_phrase("test area"), is_phrase("area"), is_phrase("grew slowly")
    (True, False, False)
    """
    words = text.lower().split() or [""]
    noun = "NOUN" in parts_of_speech(singular(words[-1]))
    return noun and len(content_key(text)) >= _PHRASE_WORDS


def are_kin(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Tell whether one word is another with a Greek ending, a prefix, or a word run into it.

    Texts from a PDF lose hyphens at the ends of lines: harbourrelated.

    >>> are_kin(["symptom"], ["symptomatically"]), are_kin(["harbour"], ["harbourrelated"])
    (True, True)
    >>> are_kin(["assessment"], ["reassessed"]), are_kin(["cytolysis"], ["cytolytics"])
    (True, True)
    >>> are_kin(["commission"], ["commissioner"])
    False
    """
    if len(removed) != 1 or len(added) != 1:
        return False
    if is_prefixed(added[0], removed[0]):
        return True
    short, long = sorted((*removed, *added), key=len)
    rest = long.removeprefix(short)
    glued = rest != long and not is_word(long) and len(rest) >= _GLUED and is_word(rest)
    return glued or not _greek_stems(short).isdisjoint(_greek_stems(long))


def is_in_another_part(term: str, target: str, sentence: str, span: Span) -> bool:
    """Tell whether one word renders a term by another part of speech, as the dictionary has it.

    A verb may have a noun of another root: notify, notice; borrow, loan. Where the sentence
    asks for the noun, that is what the entry has no word for.

    >>> is_in_another_part("借款", "borrow", "Repay the loan now.", Span(10, 14))
    True
    >>> is_in_another_part("借款", "credit", "Repay the loan now.", Span(10, 14))
    False
    """
    found, asked = content_key(sentence[slice(*span)]), content_key(target)
    if len(found) != 1 or len(asked) != 1:
        return False
    if (stem(found[0]),) not in load_lexicon().glosses(term):
        return False
    read = english_words(sentence)
    tags = tag_words(read.words)
    here = [tags[n] for n, at in enumerate(read.stop.tolist()) if span.start < at <= span.stop]
    part = _PARTS.get(here[-1]) if here else None
    return part is not None and bool(parts_of_speech(asked[0])) and not is_lemma(asked[0], part)


def is_modifier(target: str, text: str) -> bool:
    """Tell whether a rendering has neither the noun of a target nor a word of its root.

    >>> is_modifier("harbour check", "the harbour"), is_modifier("harbour check", "checked")
    (True, False)
    """
    asked = content_key(target)[-1:]
    return not any(same_root(head, word) for head in asked for word in content_key(text))


def _greek_stems(word: str) -> frozenset[str]:
    word = singular(word).removesuffix("ally")
    ends = [end for end in _GREEK if word.endswith(end)]
    return frozenset(word.removesuffix(end) for end in ends) | {word}


def stands_apart(target: str, text: str, sentence: str, span: Span) -> bool:
    """Tell whether a rendering has a part of a target, and the sentence the rest elsewhere.

    >>> text = "stability of the money and bank systems"
    >>> stands_apart("bank stability", "bank systems", text, Span(27, 39))
    True
    """
    asked, found = set(content_key(target)), set(content_key(text))
    lacking = asked - found
    rest = {*content_key(sentence[: span.start]), *content_key(sentence[span.stop :])}
    return bool(lacking) and lacking != asked and lacking <= rest
