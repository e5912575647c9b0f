"""Words that are picked for a noun of the glossary, and are no noun.

学会 is a society, and to learn; 活动 an event, and to move about. An entry whose targets are
nouns says nothing of the verb, so that a verb, an adjective or a participle is hardly what it
forbids: a reviser is asked. Where neither the dictionary nor the text joins them to the term
they are a piece of the clause (`loans making a profit` for 贷款业务), and the noun was left out.
So it was where the words are those of a complex preposition (as regards, with regard to).

A verb is one for certain in Chinese where an aspect particle stands behind it: 学会了.

Sources: Y. R. Chao, "A Grammar of Spoken Chinese", 1968, 4.4.5 (aspect suffixes); R. Quirk et
al., "A Comprehensive Grammar of the English Language", 1985, 9.10 to 9.13.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from aligner.glossary.entries import Entry
from aligner.lexicon.tagger import Tag
from aligner.span import Span
from aligner.terms.located import Seen
from aligner.wording.content_words import content_key
from aligner.wording.forms import parts_of_speech, singular

Speech = Literal["same", "other", "verb", "clause"]

_NOUNS: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.NUMBER})
_ASPECT: Final = ("了", "过", "過", "着", "著", "一下")
_JOINED: Final = 0.5  # mean P(from the term) from which the text joins words to it
_COMPLEX: Final = re.compile(
    r"\b(?:as\s+regards|(?:with|in)\s+(?:regard|respect|reference|relation)\s+to"
    r"|in\s+(?:terms|respect)\s+of)\b",
    re.IGNORECASE,
)
# P(a violation) to P(these words), where they are of another part of speech than all targets.
OTHER_SPEECH_FACTOR: Final = 0.5
VERB_FACTOR: Final = 0.2  # and the Chinese word is a verb there
SPEECH_FACTORS: Final[dict[Speech, float]] = {
    "same": 1.0,
    "other": OTHER_SPEECH_FACTOR,
    "verb": VERB_FACTOR,
}


def speech_of(entry: Entry, seen: Seen, src: str, tgt: str) -> Speech:
    """Return how the words picked for a place stand to the targets of its entry.

    Args:
        entry: Of the place.
        seen: The words.
        src: The Chinese text.
        tgt: The English text.
    """
    if not all(_is_noun(target.text) for target in entry.preferred):
        return "same"
    if seen.span is not None and _in_preposition(tgt, seen.span):
        return "clause"
    if not seen.tags or not _NOUNS.isdisjoint(seen.tags):
        return "same"
    if not _is_joined(seen):
        return "clause"
    behind = src[seen.place.span.stop :].lstrip()
    return "verb" if behind.startswith(_ASPECT) else "other"


def _is_noun(target: str) -> bool:
    """Tell whether a target is a noun and can be no verb.

    >>> _is_noun("learned society"), _is_noun("work"), _is_noun("move about")
    (True, False, False)
    """
    words: Sequence[str] = content_key(target)
    parts = parts_of_speech(singular(words[-1])) if words else {}
    return "NOUN" in parts and "VERB" not in parts


def _in_preposition(sentence: str, span: Span) -> bool:
    return any(
        found.start() <= span.start and span.stop <= found.end()
        for found in _COMPLEX.finditer(sentence)
    )


def _is_joined(seen: Seen) -> bool:
    links = seen.links
    return (
        not links
        or any(link.gloss for link in links)
        or sum(link.term for link in links) >= _JOINED * len(links)
    )
