"""What a rendering is to a target of the glossary: kin, a part of it, or a phrase of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aligner.span import Span
from aligner.wording.content_words import content_key
from aligner.wording.forms import is_word, parts_of_speech, singular
from aligner.wording.prefixed import is_prefixed
from aligner.wording.roots import same_root

# prognosis, prognostic; zoonosis, zoonotic; symptom, symptomatically
_GREEK: Final = ("sis", "tic", "stic", "atic")
_GLUED: Final = 4  # letters of a word that has run into another
_PHRASE_WORDS: Final = 2


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
