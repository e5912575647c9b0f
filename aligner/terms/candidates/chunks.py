"""Texts cut into words and into chunks without a mark, and what stands in 《》 and “”.

All places here are in the shadow of a text (see `lang.shadow`). Document numbers such
as 国科发区〔2020〕187号 are cut out first: their characters are an office's initials, no
words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from aligner.lang.shadow import Shadow, shadow
from aligner.lexicon import Lexicon
from aligner.lexicon.words import word_cutter
from aligner.terms.candidates import word_lists
from aligner.terms.candidates.nouns import Role, role
from aligner.terms.candidates.tags import UNKNOWN, tag_of

LONGEST_TITLE = 40  # characters in 《》; a longer one is not looked for elsewhere
LONGEST_QUOTE = 12  # characters in quotation marks; longer ones are speech
LONGEST_CHUNK = 400  # words; a longer run without a mark is no text

_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{1,6}\s?[〔\[(【]\s?(?:19|20)\d\d\s?[〕\])】]\s?第?\s?\d+\s?号"
    r"|第[一二三四五六七八九十百千零〇两\d]+[章节条款项编届次期批号页]"
)
_TITLE = re.compile(rf"《([^《》\n]{{2,{LONGEST_TITLE}}})》")
_QUOTE = re.compile(rf"[“「『]([^“”「」『』《》\n]{{2,{LONGEST_QUOTE}}})[”」』]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPEECH = re.compile(r"[我你您他她它咱谁啊呀吗呢吧嘛是没很，。！？；：、,.!?;:…]")
_NOTE = re.compile(r"\s?[(\[〔][^()\[\]〔〕]*[)\]〕]$")  # (2024-2027年), (试行)
_BLANK = "\n"  # in place of what is cut out; a chunk never goes across
_LONGEST_ENTRY = 4  # words that may be one word of a dictionary together

INSIDE, SOFT, EDGE, GLUED = range(4)  # in a word, in one that no dictionary has, between two
# words, between two that are one in the dictionary

_Word = tuple[str, int, int]  # with its start and stop


class Token(NamedTuple):
    """A word of a chunk."""

    text: str
    start: int  # in the shadow
    stop: int
    role: Role


class Mention(NamedTuple):
    """A whole title or quotation."""

    text: str
    title: bool  # in 《》


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with its words."""

    shadow: Shadow
    chunks: tuple[tuple[Token, ...], ...]
    mentions: tuple[Mention, ...]
    edges: bytes  # INSIDE, SOFT, EDGE or GLUED before each character and at the end
    ending: dict[int, Token]  # the word that ends at a place
    opening: dict[int, Token]  # the word that begins at a place


def cut_texts(texts: Sequence[str], lexicon: Lexicon) -> list[Cut]:
    """Cut texts that belong together: a word that stands in one is known in the others.

    Args:
        texts: In either script.
        lexicon: Several words that are together one word of the dictionary have GLUED
            edges between them: 应用 and 程式 of 应用程式.
    """
    copies = [shadow(text) for text in texts]
    masked = [_NUMBERED.sub(lambda found: _BLANK * len(found[0]), copy.text) for copy in copies]
    words = [list(word_cutter().tokenize(text)) for text in masked]
    new = _new_words(word for found in words for word, _, _ in found)
    return [
        _cut(copy, text, list(_recut(found, new)), lexicon)
        for copy, text, found in zip(copies, masked, words, strict=True)
    ]


def _cut(copy: Shadow, text: str, words: Sequence[_Word], lexicon: Lexicon) -> Cut:
    """Return a text with its words."""
    chunks = tuple(_chunks(words, lexicon))
    edges = bytearray(len(text) + 1)
    tokens = [token for chunk in chunks for token in chunk]
    for token in tokens:
        known = tag_of(token.text) != UNKNOWN or token.text in lexicon
        inside = INSIDE if known else SOFT
        edges[token.start] = edges[token.stop] = EDGE
        edges[token.start + 1 : token.stop] = bytes([inside] * (token.stop - token.start - 1))
    for at in (at for chunk in chunks for at in _glued(chunk, lexicon)):
        edges[at] = GLUED
    return Cut(
        shadow=copy,
        chunks=chunks,
        mentions=tuple(_mentions(text)),
        edges=bytes(edges),
        ending={token.stop: token for token in tokens},
        opening={token.start: token for token in tokens},
    )


def _new_words(words: Iterable[str]) -> frozenset[str]:
    """Return the words that the cutter made up at least twice, and that look sound."""
    counts = Counter(word for word in words if tag_of(word) == UNKNOWN)
    return frozenset(
        word
        for word, count in counts.items()
        if count > 1 and len(word) > 1 and role(word).first and role(word).last
    )


def _recut(words: list[_Word], new: frozenset[str]) -> Iterator[_Word]:
    """Yield the words, cut so that a new word stands free wherever it can.

    The cutter makes up 强云澜 where 云澜 is a word, and cuts 港|岸电 as 港岸|电.
    """
    at = 0
    while at < len(words):
        text, start, _ = words[at]
        single = at + 1 < len(words) and len(words[at + 1][0]) == 1
        joined = text + words[at + 1][0] if single else text
        found = _new_at_end(joined, new) if single and text not in new else ""
        if found:
            at += 1
            yield joined[: -len(found)], start, start + len(joined) - len(found)
            yield found, start + len(joined) - len(found), start + len(joined)
        elif text not in new and tag_of(text) == UNKNOWN:
            yield from _pieces(text, start, new)
        else:
            yield words[at]
        at += 1


def _new_at_end(text: str, new: frozenset[str]) -> str:
    """Return the longest new word that ends a text and is not all of it, or nothing."""
    return next((text[at:] for at in range(1, len(text) - 1) if text[at:] in new), "")


def _pieces(text: str, start: int, new: frozenset[str]) -> Iterator[_Word]:
    """Yield a made-up word cut at the longest new word in it."""
    sizes = range(len(text) - 1, 1, -1)
    places = ((at, at + size) for size in sizes for at in range(len(text) - size + 1))
    first, last = next(((a, b) for a, b in places if text[a:b] in new), (0, len(text)))
    for a, b in pairwise(sorted({0, first, last, len(text)})):
        yield text[a:b], start + a, start + b


def _chunks(words: Sequence[_Word], lexicon: Lexicon) -> Iterator[tuple[Token, ...]]:
    """Yield the runs of words between marks."""
    run: list[Token] = []
    at = 0
    while at < len(words):
        size = _entry_size(words, at, lexicon) if words[at][0] in word_lists.LEADERS else 1
        token = _token(words[at : at + size])
        at += size
        in_chunk = token.text == "·" or any(char.isalnum() for char in token.text)
        if run and (not in_chunk or len(run) == LONGEST_CHUNK):
            yield tuple(run)
            run = []
        if in_chunk:
            run.append(token)
    if run:
        yield tuple(run)


def _entry_size(words: Sequence[_Word], at: int, lexicon: Lexicon) -> int:
    """Return of how many words the longest dictionary word that begins at a place is made."""
    for size in range(3, 1, -1):
        text = "".join(word for word, _, _ in words[at : at + size])
        if len(text) > 2 and text in lexicon:
            return min(size, len(words) - at)
    return 1


def _token(words: Sequence[_Word]) -> Token:
    """Return words as one, such as 可, 持续 and 发展: it ends as the last one does."""
    text = "".join(word for word, _, _ in words)
    own = role(words[-1][0])
    if len(words) > 1:
        own = Role(first=True, inner=True, last=own.last, before=True, after=own.after)
    return Token(text, words[0][1], words[-1][2], own)


def _glued(chunk: tuple[Token, ...], lexicon: Lexicon) -> Iterator[int]:
    """Yield the places inside a dictionary word that the cutter does not know."""
    for first, token in enumerate(chunk):
        text = token.text
        for number, other in enumerate(chunk[first + 1 : first + _LONGEST_ENTRY], first + 1):
            text += other.text
            if text in lexicon:
                yield from (inner.start for inner in chunk[first + 1 : number + 1])


def _mentions(text: str) -> Iterator[Mention]:
    """Yield the titles, without a year or note at their end, and the short quotations."""
    for found in _TITLE.finditer(text):
        name = _NOTE.sub("", found[1])
        if len(_HAN.findall(name)) > 1:
            yield Mention(name, title=True)
    for found in _QUOTE.finditer(text):
        if len(_HAN.findall(found[1])) > 1 and not _SPEECH.search(found[1]):
            yield Mention(found[1], title=False)
