"""Sentence pairs whose words were aligned by hand, as gold for located renderings.

NAME.zh, NAME.en hold tokens with blanks between, NAME.align links `3-4` (sure) and
`3-4-P` (possible), counted from 0. A span is gold if its Chinese words have sure links
to one unbroken English stretch only, and that stretch to no other Chinese word; both
sides without punctuation, the Chinese one of two to eight characters, the English one with
a content word, as a rendering of a term has. The English text is written as usual, with
no blank before `'s`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from aligner.span import Span
from aligner.terms.locate.word_flags import FUNCTION, flags
from aligner.terms.units import TextUnit, english_words

LONGEST = 4  # Chinese words
CHARS = (2, 8)


def read(stem: Path) -> Iterator[tuple[TextUnit, list[tuple[Span, Span]]]]:
    """Yield each sentence pair as a unit, with its gold spans."""
    lines = [
        stem.with_name(stem.name + suffix).read_text(encoding="utf-8").split("\n")
        for suffix in (".zh", ".en", ".align")
    ]
    for number, (zh, en, links) in enumerate(zip(*lines, strict=False)):
        if not zh.strip():
            continue
        src, tgt = zh.split(), [_plain(token) for token in en.split()]
        sure = {
            (int(link.split("-")[0]), int(link.split("-")[1]))
            for link in links.split()
            if link.count("-") == 1
        }
        src_text, tgt_text = "".join(src), "".join(map(_spaced, tgt))[1:]
        unit = TextUnit(
            doc="gold",
            bead=number,
            src=src_text,
            tgt=tgt_text,
            src_char=np.arange(len(src_text), dtype=np.int32),
            tgt_char=np.arange(len(tgt_text), dtype=np.int32),
            p=1.0,
        )
        yield unit, list(_gold(src, tgt, sure))


def _plain(token: str) -> str:
    return {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}.get(token, token)


def _gold(
    src: list[str], tgt: list[str], links: set[tuple[int, int]]
) -> Iterator[tuple[Span, Span]]:
    src_at = np.concatenate([[0], np.cumsum([len(word) for word in src])])
    tgt_stop = np.cumsum([len(_spaced(word)) for word in tgt]) - 1
    for i in range(len(src)):
        for k in range(i + 1, min(i + LONGEST, len(src)) + 1):
            if not all(word.isalnum() for word in src[i:k]):
                break
            ends = {e for z, e in links if i <= z < k}
            chars = int(src_at[k] - src_at[i])
            if not ends or not CHARS[0] <= chars <= CHARS[1]:
                continue
            first, last = min(ends), max(ends) + 1
            back = {z for z, e in links if first <= e < last}
            if min(back) < i or max(back) >= k or {i, k - 1} - {z for z, _ in links}:
                continue
            if all(word[0].isalnum() for word in tgt[first:last]) and _content(tgt[first:last]):
                yield (
                    Span(int(src_at[i]), int(src_at[k])),
                    Span(int(tgt_stop[first]) - len(tgt[first]), int(tgt_stop[last - 1])),
                )


def _spaced(token: str) -> str:
    """Return a token with the blank before it."""
    return token if token.lower() in {"'s", "'", "n't"} else f" {token}"


def _content(words: list[str]) -> bool:
    return not all(bits & FUNCTION for bits in flags(english_words(" ".join(words))))


def bare_span(text: str, span: Span) -> Span:
    """Return a span without function words at its edges, which no rendering has."""
    words = english_words(text[slice(*span)])
    kept = [n for n, bits in enumerate(flags(words)) if not bits & FUNCTION]
    if not kept:
        return span
    return Span(span.start + int(words.start[kept[0]]), span.start + int(words.stop[kept[-1]]))
