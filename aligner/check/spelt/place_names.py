"""Places and other names of one English word that are not quite their pinyin.

The Chinese word is one that the dictionary has as a name and explains by its pinyin; any
other may be a foreign name, whose characters only sound alike. The English is looked for
among the capitalised words that nothing joins to a word of the sentence: Shaanxi stands in
the dictionary as it is spelt.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.check.spelt.person_names import is_near, letters, sounds
from aligner.lexicon.dictionary import load_lexicon
from aligner.lexicon.gloss import stem
from aligner.lexicon.words import cut_words
from aligner.span import Span
from aligner.wording.forms import is_word

_LEAST: Final = 6  # letters of the pinyin: shorter names are a letter from many others
_SIZES: Final = (2, 3)  # characters that are written in one word
_KINDS: Final = frozenset("省市县区镇乡村州")  # behind the name of a place
_WORD: Final = re.compile(r"(?<![\w@/.'’-])[A-Z][a-z]{4,}(?:['’][a-z]+)?(?![\w@/'’-])")


class PlaceName(NamedTuple):
    """A word that is a letter from the pinyin of a name."""

    chars: str
    src: Span
    tgt: Span
    text: str
    pinyin: str


def wrong_places(src: str, tgt: str) -> list[PlaceName]:
    """Return the words of the English that are nearly, but not, the pinyin of a name.

    >>> [(n.chars, n.pinyin) for n in wrong_places("他住在深圳。", "He lives in Shenzen.")]
    [('深圳', 'Shenzhen')]
    """
    words = [match for match in _WORD.finditer(tgt) if not is_word(match[0].lower())]
    if not words:
        return []
    lexicon = load_lexicon()
    said = {letters(match[0]) for match in words}
    cut = cut_words(src)
    names = [(w.span, base) for w in cut if (base := _by_sound(w.text))]
    if not names:
        return []
    links = lexicon.links([w.text for w in cut], [match[0] for match in words])
    joined = {link.tgt for link in links}
    free = [match for n, match in enumerate(words) if n not in joined]
    found = []
    for src_span, chars in names:
        read = {one for one in sounds(chars) if len(one) >= _LEAST}
        if read & said:
            continue
        for match in free:
            mine = letters(match[0])
            wanted = next((one for one in sorted(read) if is_near(mine, one)), "")
            if wanted and mine[0] == wanted[0]:
                tgt_span = Span(*match.span())
                found.append(PlaceName(chars, src_span, tgt_span, match[0], wanted.capitalize()))
    return found


@lru_cache(maxsize=1 << 12)
def _by_sound(word: str) -> str:
    """Return the name in a word that the dictionary explains by its pinyin, or nothing."""
    lexicon = load_lexicon()
    bases = [word, word[:-1]] if word[-1] in _KINDS else [word]
    for base in bases:
        if len(base) in _SIZES and lexicon.is_name(base):
            stems = {one for key in lexicon.glosses(base) for one in key}
            if any(stem(sound) in stems for sound in sounds(base)):
                return base
    return ""
