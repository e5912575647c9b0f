"""Put a stretch of a document on one line, as a segment shows it.

A hard wrap leaves what `lang.joins.across` says: nothing between Chinese characters, a
blank between words, nothing behind a hyphen, which goes too if a printer put it there. Every
other run of white space becomes one blank. Cost: linear in the length of the stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.broken_words import HYPHENS, is_broken
from aligner.lang.joins import NOT_PARTED, Parted, across
from aligner.segment.lines import LINE_BREAK
from aligner.span import Lang, Span

JOINERS: Final = {"zh": zh.JOINER, "en": en.JOINER}

_WORD: Final = 40  # characters that a word has at most
_UNEVEN = re.compile(r"\s{2,}|[^\S ]")


def flatten(
    text: str, span: Span, soft: Iterable[int], lang: Lang, *, parted: Parted = NOT_PARTED
) -> tuple[str, tuple[int, ...]]:
    """Return a span's text on one line, and the soft boundaries counted in it.

    Args:
        text: The document's text.
        span: A range of it without white space at its ends.
        soft: Rising offsets in the document's text, inside the span.
        lang: Whose joiner a hard wrap between unlike characters gets.
        parted: Whether the document sets blanks between scripts.
    """
    if not _UNEVEN.search(text, *span):
        return text[slice(*span)], tuple(at - span.start for at in soft)
    pieces: list[str] = []
    moved: list[int] = []
    start, size = span.start, 0
    waiting = list(soft)[::-1]
    for blank in _UNEVEN.finditer(text, *span):
        while waiting and waiting[-1] <= blank.start():
            moved.append(size + waiting.pop() - start)
        if _is_broken_word(text, span, blank):
            pieces += text[start : blank.start() - 1], ""
        else:
            pieces += text[start : blank.start()], _joiner(text, span, blank, lang, parted=parted)
        size += len(pieces[-2]) + len(pieces[-1])
        start = blank.end()
    moved += [size + at - start for at in reversed(waiting)]
    return "".join([*pieces, text[start : span.stop]]), tuple(moved)


def _is_broken_word(text: str, span: Span, blank: re.Match[str]) -> bool:
    """Tell whether a hard wrap stands behind the hyphen of a word that a printer broke."""
    if text[blank.start() - 1] not in HYPHENS or not LINE_BREAK.search(blank.group()):
        return False
    return is_broken(
        text[max(span.start, blank.start() - _WORD) : blank.start()],
        text[blank.end() : min(span.stop, blank.end() + _WORD)],
    )


def _joiner(text: str, span: Span, blank: re.Match[str], lang: Lang, *, parted: Parted) -> str:
    """Return what stands on one line for a run of white space inside a span."""
    if not LINE_BREAK.search(blank.group()):
        return " "
    left = text[max(span.start, blank.start() - 2) : blank.start()]
    right = text[blank.end() : min(span.stop, blank.end() + 2)]
    return across(left, right, JOINERS[lang], parted=parted)
