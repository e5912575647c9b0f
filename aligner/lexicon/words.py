"""The words of a Chinese text, cut by jieba.

jieba knows simplified words, so the text is cut in its simplified shadow; spans are
those of the text. jieba would keep its prefix dictionary in the shared folder for
temporary files, where any user can put one, and reads it without a check. Ours lies
in the user's cache folder with a digest (see `cache`).
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from functools import cache, lru_cache
from importlib.metadata import version
from math import log
from sys import intern
from typing import Any, Final, NamedTuple

import numpy as np

from aligner.lexicon.cache import cache_folder, load_or_build
from aligner.span import Span

_FORMAT = 1  # of the cached prefix dictionary
_COUNT = np.dtype("<i4")
TEXTS_KEPT: Final = 1 << 15  # that several stages cut
UNKNOWN_COUNT: Final = 0.5  # of a word that jieba does not know


class Word(NamedTuple):
    """A word and its place."""

    span: Span  # characters of the text that was cut
    text: str  # as it stands in the simplified shadow, which the lexicon knows


def cut_words(text: str) -> tuple[Word, ...]:
    """Cut a Chinese text into words, in order; white space is left out.

    Punctuation, figures and foreign words come as words too. The cost grows with the
    length of the text; the first call of a process takes up to a second.
    """
    from aligner.lang.shadow import shadow

    folded = shadow(text)
    words = []
    start = 0
    for word in cut_shadow(folded.text):
        if not word.isspace():
            words.append(Word(folded.original_span(start, start + len(word)), word))
        start += len(word)
    return tuple(words)


@lru_cache(maxsize=TEXTS_KEPT)
def cut_shadow(text: str) -> tuple[str, ...]:
    """Cut the simplified shadow of a text into words, which joined are that text."""
    return tuple(map(intern, word_cutter().cut(text)))


@lru_cache(maxsize=TEXTS_KEPT)
def word_shares(text: str) -> tuple[float, ...]:
    """Return the logarithm of the share that each word of a text has in Chinese texts at large.

    By jieba's counts; a word that it does not know counts as half of one.

    >>> common, rare = word_shares("发展套利")
    >>> common > rare
    True
    """
    from aligner.lang.shadow import shadow

    cutter = word_cutter()
    every = log(cutter.total)
    words = cut_shadow(shadow(text).text)
    counts = (cutter.FREQ.get(word) or UNKNOWN_COUNT for word in words if not word.isspace())
    return tuple(log(count) - every for count in counts)


@cache
def word_cutter() -> Any:  # noqa: ANN401 - jieba has no types
    """Return our own `jieba.Tokenizer`; the default one of the module is left alone.

    `jieba.posseg.POSTokenizer` takes it, for words with their part of speech.
    """
    with warnings.catch_warnings():
        # jieba 0.42 has invalid escapes, and imports pkg_resources where it is there.
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.CRITICAL)  # it writes its progress to stderr otherwise
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = load_or_build(
        cache_folder() / _file_name(),
        load=_unpack,
        build=lambda: _pack(*cutter.gen_pfdict(cutter.get_dict_file())),
    )
    cutter.initialized = True
    return cutter


def _file_name() -> str:
    key = f"jieba={version('jieba')},format={_FORMAT}"
    return f"words-{hashlib.sha256(key.encode()).hexdigest()[:16]}.bin"


def _pack(counts: dict[str, int], total: int) -> bytes:
    """Return words with their counts as bytes; a prefix that is no word has count 0."""
    numbers = np.fromiter((len(counts), total, *counts.values()), _COUNT, len(counts) + 2)
    return numbers.tobytes() + "\n".join(counts).encode()


def _unpack(raw: bytes) -> tuple[dict[str, int], int]:
    size, total = np.frombuffer(raw, _COUNT, count=2).tolist()
    numbers = np.frombuffer(raw, _COUNT, count=size + 2)
    words = raw[numbers.nbytes :].decode().split("\n")
    return dict(zip(words, numbers[2:].tolist(), strict=True)), total
