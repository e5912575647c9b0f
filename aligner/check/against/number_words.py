"""Which places of a term are the end of a number: 亿 in 14亿, 万元 in 5万元.

The two languages count in other steps, 14亿 being 1.4 billion, so that no word stands for
the Chinese one. Whether the value is right is what the check of numbers tells; a glossary may
ask for the unit alone, the yuan of 万元.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.glossary.entries import Entry
from aligner.lang.en_numerals import CARDINALS, SCALES
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.wording.content_words import atoms_of, content_key, words

_SCALE: Final = "十百千万亿兆"
_NUMERAL: Final = re.compile(rf"[\d.,〇零一二三四五六七八九两数几半{_SCALE}余多]\s*\Z")


def ends_a_number(text: str, place: Span, entry: Entry, sentence: str) -> bool:
    """Tell whether a place goes on with a number, and English has the unit that a target has.

    >>> from aligner.glossary.entries import Target
    >>> entry = Entry("万元", (Target("ten thousand yuan"),))
    >>> ends_a_number("付5万元", Span(2, 4), entry, "Pay 50,000 yuan")
    True
    >>> ends_a_number("付5万元", Span(2, 4), entry, "Pay $50,000")
    False
    """
    plain = shadow(text).text
    scaled = len(plain) == len(text) and plain[place.start] in _SCALE
    if not scaled or not _NUMERAL.search(plain[: place.start]):
        return False
    found = set(content_key(sentence))
    return any(found.issuperset(_units_of(target.text)) for target in entry.targets)


def _units_of(target: str) -> set[str]:
    """Return the content words of a target that are no numbers."""
    texts = [target[slice(*span)].lower() for span in words(target)]
    named = [text for text in texts if text not in CARDINALS and text not in SCALES]
    return {atom.key for text in named for atom in atoms_of(text) if not atom.key[0].isdigit()}
