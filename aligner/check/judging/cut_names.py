"""Whether words are a name, or a piece of a longer word or name than what is compared.

An English span may be cut: out of a hyphenated word (on-⟦site visits⟧), or out of a name that
goes on beside it. Then what is compared with the dominant rendering is not what stands there.
A name of something else may have the very Chinese words of a term: 国际金融中心 is a building
in one city, and what the city wants to be.

Cost: linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aligner.check.judging.compounds import LOOSE
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.wording.content_words import STOP_WORDS
from aligner.wording.names import is_title
from aligner.wording.phrase import Phrase, sentence_words

RUNNING: Final = 0.5  # share of the other content words that are lower case: no heading
_LINKS: Final = frozenset(("for", "of", "on", "the"))  # small words inside names; "and" joins two
_BEFORE: Final = re.compile(r"(?:\w+[-‐‑])+\Z")
_BEHIND: Final = re.compile(r"(?:[-‐‑]\w+)+")


def whole_words(sentence: str, span: Span) -> Span:
    """Return a span that begins and ends with whole words, hyphenated ones too.

    >>> whole_words("two on-site visits", Span(7, 18))
    Span(start=4, stop=18)
    """
    before = _BEFORE.search(sentence, 0, span.start)
    behind = _BEHIND.match(sentence, span.stop)
    start = before.start() if before else span.start
    return Span(start, behind.end() if behind else span.stop)


def is_name_in_text(sentence: str, span: Span, dominant: Phrase) -> bool:
    """Tell whether words are a name in running text, where the dominant rendering is none.

    In a heading, capitals say nothing.
    """
    if not is_title(sentence[slice(*span)]) or any(word.capital for word in dominant.words):
        return False
    spans, texts, _ = sentence_words(sentence)
    others = [
        text
        for text, each in zip(texts, spans, strict=True)
        if not (span.start <= each.start < span.stop) and text.lower() not in STOP_WORDS
    ]
    return sum(text[:1].islower() for text in others) > RUNNING * len(others)


def is_joined_alike(one: TextUnit, at: Span, other: TextUnit, there: Span) -> bool:
    """Tell whether the same character, which may belong to a compound, is beside two places.

    Where a name goes on in English on either side of a term, it is the same name only if
    Chinese goes on alike.
    """
    before = one.src[at.start - 1 : at.start], other.src[there.start - 1 : there.start]
    behind = one.src[at.stop : at.stop + 1], other.src[there.stop : there.stop + 1]
    return any(
        mine == theirs and mine.isalnum() and mine not in LOOSE for mine, theirs in (before, behind)
    )


def name_goes_on(sentence: str, span: Span) -> bool:
    """Tell whether a capitalised name goes on beside a span that begins or ends with a capital.

    >>> text = "The Harbour Office of the Coast Guard opened."
    >>> name_goes_on(text, Span(4, 18)), name_goes_on(text, Span(4, 37))
    (True, False)
    """
    spans, texts, _ = sentence_words(sentence)
    inside = [n for n, each in enumerate(spans) if span.start <= each.start < span.stop]
    if not inside or not (texts[inside[0]][0].isupper() or texts[inside[-1]][0].isupper()):
        return False
    return _capital(sentence, spans, texts, inside[0], -1) or _capital(
        sentence, spans, texts, inside[-1], 1
    )


def _capital(
    sentence: str, spans: Sequence[Span], texts: Sequence[str], at: int, step: int
) -> bool:
    """Tell whether a capitalised word follows in one direction, small words of names between.

    The first word of a sentence has a capital of its own.
    """
    while 0 < at + step < len(spans) or (at + step == 0 and texts[0].lower() not in STOP_WORDS):
        here, there = sorted((at, at + step))
        if sentence[spans[here].stop : spans[there].start].strip(" -&"):
            return False
        at += step
        if texts[at][0].isupper():
            return at > 0
        if texts[at] not in _LINKS:
            return False
    return False
