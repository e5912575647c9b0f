"""From a dictionary's English gloss to the stems that a translation would contain.

CC-CEDICT writes its glosses for people: "to carry out; (coll.) to pull off",
"CL:個|个[ge4]", "abbr. for 國家發展和改革委員會|国家发展和改革委员会 (NDRC)". What is
left here of a gloss is its content words, stemmed, as a key: all of them together
translate the Chinese word. Stems are those of Snowball's English stemmer, "Porter2":
M. F. Porter, https://snowballstem.org/algorithms/english/stemmer.html.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

GlossKey = tuple[str, ...]  # the stems of one gloss, in order, each once

LONGEST_KEY = 6  # stems; a longer gloss is a description, not a translation

_HAN = r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff·，]"
_NOTE = re.compile(  # says something about the Chinese word, in place of a translation
    r"\s*(?:CL:|surname\b|(?:\w+ )?variant of\b|classifier\b|Kangxi radical|radical in"
    r"|also (?:written|pr\.|called)|(?:\w+ )?pr\. |used in (?:the )?[^a-z]|see (?:also )?[^a-z ]"
    r"|same as [^a-z]|homophon|phonetic )"
)
_REFERENCE = re.compile(
    rf"(?:variant of|abbr\. (?:for|of|to)|see(?: also)?|same as|also written|equivalent to)"
    rf"\s({_HAN}+)(?:\|({_HAN}+))?"
)
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9&-]{1,9})\)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HAN_RUN = re.compile(rf"(?:{_HAN}|\|)+")
_LABEL = re.compile(
    r"\b(?:abbr\.(?: (?:for|of|to)\b)?|lit\.|fig\.|esp\.|e\.g\..*|i\.e\.|etc\.?|sth\b|sb\b|coll\.)"
)
_NAME = re.compile(r"\s*((?:[A-Z][\w'’-]*\s?)+)(?=[a-z,]|$)")
_PLAIN = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"['’](?:s\b)?")

_STOP_WORDS = """
a about above after again against all along also am among an and another any are around as at
away back be because been before being below between both but by can could did do does done down
during each either else every few for from further get had has have having he her here hers
herself him himself his how i if in into is it its itself just let ll may me might more most much
must my myself no nor not of off on once one oneself only onto or other others our ours out over
own s shall she should so some such t than that the their theirs them then there these they this
those through to together too under until up upon us very via was we were what when where which
while who whom whose why will with within without would you your yours
"""
GLOSS_STOP_WORDS = frozenset(_STOP_WORDS.split())


def gloss_keys(definition: str, *, name: bool = False) -> Iterator[GlossKey]:
    """Yield the keys of one gloss: of the whole, of its head and of its acronym.

    Args:
        definition: The gloss as the dictionary has it.
        name: Whether it explains a proper name, so that the capitalised words that it
            begins with are the name by themselves.

    >>> list(gloss_keys("to carry out (a plan)"))
    [('carri',)]
    >>> list(gloss_keys("Shenzhen subprovincial city in Guangdong", name=True))
    [('shenzhen', 'subprovinci', 'citi', 'guangdong'), ('shenzhen',)]
    >>> list(gloss_keys("CL:個|个[ge4]"))
    []
    """
    if _NOTE.match(definition):
        return
    yield from ((acronym.lower(),) for acronym in _ACRONYM.findall(definition))
    text = _LABEL.sub(" ", _HAN_RUN.sub(" ", _strip_brackets(definition))).strip(" ,")
    parts = [text, text.partition(",")[0]] if "," in text else [text]
    if name and (head := _NAME.match(text)):
        parts.append(head[1])
    seen: set[GlossKey] = set()
    for part in parts:
        key = content_stems(part)
        if 0 < len(key) <= LONGEST_KEY and key not in seen:
            seen.add(key)
            yield key


def references(definition: str) -> Iterator[str]:
    """Yield the Chinese words that a gloss refers to instead of explaining its own.

    >>> list(references("abbr. for 科學技術|科学技术"))
    ['科学技术']
    """
    for match in _REFERENCE.finditer(definition):
        yield match[2] or match[1]


def content_stems(text: str) -> GlossKey:
    """Return the stems of the content words, in order, each once."""
    words = (word for word in plain_words(text) if word not in GLOSS_STOP_WORDS)
    return tuple(dict.fromkeys(stem(word) for word in words))


def plain_words(text: str) -> list[str]:
    """Return the words in lower case, without accents, apostrophes and hyphens.

    >>> plain_words("Xi'an, Lü's co-operation")
    ['xian', 'lu', 'co', 'operation']
    """
    bare = _APOSTROPHE.sub("", text).lower()
    if not bare.isascii():
        marked = unicodedata.normalize("NFKD", bare)
        bare = "".join(char for char in marked if not unicodedata.combining(char))
    return _PLAIN.findall(bare)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    return _stemmer()(word)


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    # The pure stemmer by name: the package's own choice would take a compiled one of
    # another version where that happens to be installed, and the stems must not vary.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415 - on first use

    stem_word: Callable[[str], str] = EnglishStemmer().stemWord
    return stem_word


def _strip_brackets(text: str) -> str:
    """Return the text without what stands in brackets, nested once at most."""
    return _BRACKETS.sub(" ", _BRACKETS.sub(" ", text))
