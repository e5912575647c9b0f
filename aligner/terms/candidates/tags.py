"""The part of speech of a Chinese word, by jieba's dictionary.

A word has one tag here, its commonest, whatever the sentence: 服务 is always `vn`.
The tags are those of the ICTCLAS set: `n` noun, `vn` verb that may be a noun, `v`
verb, `a` adjective, `b` attributive, `m` number, and so on. jieba's own tagger would
find them sentence by sentence at ten times the cost, and differs only in words that
the dictionary lacks.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from aligner.lexicon.cache import cache_folder, load_or_build
from aligner.lexicon.words import word_cutter

NOUN = "n"
PLACE = "ns"
PERSON = "nr"  # kept of single characters, the surnames, alone
UNKNOWN = "x"  # a Chinese word that the dictionary lacks: most are names and terms
LATIN_TAG = "eng"  # has a letter: GDP, 5G
NUMBER_TAG = "m"
MARK_TAG = "w"

_FORMAT = 2  # of the cached tags
# Nouns of any kind are left out, which keeps two words in three out of memory. Tags
# of person names are too: jieba has them for 智慧 and 许可 as well.
_NOUNS = frozenset({"n", "nr", "nrt", "nrfg", "nt", "nz", "j"})


def tag_of(word: str) -> str:
    """Return the tag of a word of the simplified shadow.

    >>> [tag_of(word) for word in ("港口", "支持", "上海", "5G", "37", "。")]
    ['n', 'v', 'ns', 'eng', 'm', 'w']
    """
    if word.isascii():
        if any(char.isalpha() for char in word):
            return LATIN_TAG
        return NUMBER_TAG if any(char.isdigit() for char in word) else MARK_TAG
    if not any(char.isalnum() for char in word):
        return MARK_TAG
    tag = _tags().get(word)
    if tag is None:
        tag = NOUN if word_cutter().FREQ.get(word) else UNKNOWN
    return tag


@cache
def _tags() -> dict[str, str]:
    """Return the tag of every word of the dictionary that is no plain noun."""
    key = f"jieba={version('jieba')},format={_FORMAT}"
    name = f"tags-{hashlib.sha256(key.encode()).hexdigest()[:16]}.bin"
    return load_or_build(cache_folder() / name, load=_unpack, build=_build)


def _build() -> bytes:
    """Return the words of each tag, one tag a line."""
    words: dict[str, list[str]] = {}
    with word_cutter().get_dict_file() as file:
        for line in file.read().decode().splitlines():
            word, _, tag = line.split(" ")
            if tag not in _NOUNS or (tag == PERSON and len(word) == 1):
                words.setdefault(tag, []).append(word)
    return "\n".join(" ".join([tag, *found]) for tag, found in words.items()).encode()


def _unpack(raw: bytes) -> dict[str, str]:
    tags: dict[str, str] = {}
    for line in raw.decode().splitlines():
        tag, *words = line.split(" ")
        tags.update(dict.fromkeys(words, tag))
    return tags
