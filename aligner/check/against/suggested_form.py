"""What a finding suggests to write: a target in the form that its place asks for.

A glossary has citation forms; a text has `assigned` and `Suppliers`. Where the words that
stand there tell the form, and the target has just one such form, that is what is suggested;
else the target as the glossary has it.

Sources: inflections by LemmInflect, as in `aligner.wording.forms`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, cast

from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.units import english_words
from aligner.wording.content_words import PREPOSITIONS, RELATIONS, STOP_WORDS
from aligner.wording.forms import is_lemma, parts_of_speech, singular

_PARTICLES: Final = PREPOSITIONS | RELATIONS | {"away", "back"}
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"(?<=\w)['\u2019]s\Z")
# Before a participle: is assigned, had been written.
_AUXILIARIES: Final = frozenset(
    "am are be been being had has have is was were get gets got not".split()  # noqa: SIM905 - reads best as words
)
_VERBAL: Final = frozenset({Tag.VERB, Tag.ING, Tag.PARTICIPLE})
_FINITE: Final = frozenset({"VBD", "VBN"})


def in_place(target: str, sentence: str, span: Span) -> str:
    """Return a target in the form of the words of a sentence in whose place it is to stand.

    Args:
        target: As the glossary has it.
        sentence: The English text.
        span: The words; where there are none the target stays as it is.

    >>> in_place("repeal", "It was scrapped.", Span(7, 15))
    'repealed'
    >>> in_place("supplier of goods", "Vendors shall sign.", Span(0, 7))
    'Suppliers of goods'
    """
    text = sentence[slice(*span)]
    if not target or not text.strip():
        return target
    article = _ARTICLE.match(target)
    if (
        article
        and _ARTICLE.search(sentence[: span.start][-len("the ") :])
        and not _ARTICLE.match(text)
    ):
        target = target[article.end() :]
    inflected = _as_verb(target, sentence, span) or _as_plural(target, sentence, span) or target
    owns = _POSSESSIVE.search(text)
    return in_capitals(inflected, sentence, span) + (owns[0] if owns else "")


def _as_verb(target: str, sentence: str, span: Span) -> str | None:
    """Return a target that is a verb in the form of a verb, if it has one such form."""
    first, _blank, rest = target.partition(" ")
    there = sentence[slice(*span)].lower().split()
    tag = _tag_at(sentence, span)
    if not there or tag not in _VERBAL or not is_lemma(first, "VERB"):
        return None
    if not (_PARTICLES.issuperset(rest.lower().split()) and _PARTICLES.issuperset(there[1:])):
        return None
    verbs = parts_of_speech(there[0]).get("VERB", ())
    if not verbs or there[0] in verbs:
        return None
    asked = {name for verb in verbs for name in _tags_of(verb, there[0], "VERB")}
    if asked & _FINITE:
        before = sentence[: span.start].lower().split()[-1:]
        if before and before[0] in _AUXILIARIES:
            asked = {"VBN"}
        elif "VBD" in asked:
            asked = set(_FINITE)
    form = _only_form(first, asked, "VERB")
    return f"{form} {rest}".strip() if form else None


def _as_plural(target: str, sentence: str, span: Span) -> str | None:
    """Return a target with its noun in the plural, where a plural noun stands."""
    read = english_words(sentence[slice(*span)])
    if not read.words:
        return None
    head = _head(list(read.words))
    there, at = read.words[head].lower(), span.start + int(read.start[head])
    noun = "VERB" not in parts_of_speech(there) or (
        _tag_at(sentence, Span(at, at + len(there))) in {Tag.NOUN, Tag.NAME}
    )
    if singular(there) == there or not noun:
        return None
    words = target.split(" ")
    n = _head(words)
    if not is_lemma(words[n].lower(), "NOUN"):
        return None
    form = _only_form(words[n].lower(), {"NNS"}, "NOUN")
    if not form or form == words[n].lower():
        return None
    words[n] = words[n][:1] + form[1:]
    return " ".join(words)


def _head(words: list[str]) -> int:
    """Return the number of the noun that words are about: the last before a preposition.

    >>> _head("points of sale".split()), _head("pilot zone".split())
    (0, 1)
    """
    inner = (n for n, word in enumerate(words) if n and word.lower() in PREPOSITIONS)
    return next(inner, len(words)) - 1


def _tag_at(sentence: str, span: Span) -> Tag | None:
    """Return what the first word of a range is."""
    read = english_words(sentence)
    inside = [n for n, at in enumerate(read.start.tolist()) if span.start <= at < span.stop]
    return tag_words(read.words)[inside[0]] if inside else None


@lru_cache(maxsize=1 << 12)
def _inflections(lemma: str, part: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllInflections

    return cast("dict[str, tuple[str, ...]]", getAllInflections(lemma, upos=part))


def _tags_of(lemma: str, word: str, part: str) -> list[str]:
    """Return the names of the forms that a word may be; a past form may be the participle."""
    return [name for name, forms in _inflections(lemma, part).items() if word in forms]


def _only_form(lemma: str, names: set[str], part: str) -> str | None:
    """Return the form of a word for some names, if there is just one and it is the word's own."""
    known = _inflections(lemma, part)
    past = known.get("VBD", ())
    forms = {form for name in names for form in known.get(name, past if name == "VBN" else ())}
    return forms.pop() if len(forms) == 1 else None


def begins_sentence(sentence: str, span: Span) -> bool:
    """Tell whether a range stands where a sentence begins, so that its capital says nothing."""
    before = sentence[: span.start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:;"


def in_capitals(target: str, sentence: str, span: Span) -> str:
    """Return a target with capitals where a sentence begins, and where each word has one.

    >>> in_capitals("pilot zone", "Test area", Span(0, 9))
    'Pilot zone'
    >>> in_capitals("pilot zone", "In the Test Area", Span(7, 16))
    'Pilot Zone'
    """
    text = sentence[slice(*span)]
    words = [word for word in text.split() if word.lower() not in STOP_WORDS and word[0].isalpha()]
    if not words or not target[0].islower() or not words[0][0].isupper():
        return target
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return " ".join(
            word if word.lower() in STOP_WORDS else word[:1].upper() + word[1:]
            for word in target.split(" ")
        )
    first = begins_sentence(sentence, span) and sum(map(str.isupper, words[0])) == 1
    return target[0].upper() + target[1:] if first else target
