"""Facts about English words at the edges and inside of a rendering.

`flags` gives one number a word, a sum of the bits below. They are facts of form; a
model weighs them (see `aligner.terms.locate.score`).
"""

from __future__ import annotations

from functools import lru_cache

from aligner.lang.marks_en import abbreviations
from aligner.terms.units import EnglishWords
from aligner.wording.letter_a import letters_a

FUNCTION = 1  # cannot begin or end a rendering
ARTICLE = 2
CAPITAL = 4  # its first letter
NUMBER = 8
ADVERB = 16  # ends in -ly
VERB = 32  # a form of be, have, do, a modal verb, `to`
AND = 64
OF_WORD = 128  # of, for, in, on, to: may stand inside a rendering
ACRONYM = 256  # two capitals or more and no small letter
PARTICIPLE = 512  # ends in -ed or -ing
BREAK = 1 << 10  # a sentence or a clause ends before it
COMMA = 1 << 11  # a comma or another light mark stands before it
JOINED = 1 << 12  # a hyphen or a slash joins it to the word before
OPENED = 1 << 13  # a quotation mark or bracket opens before it
CLOSED = 1 << 14  # a quotation mark or bracket closes before it
BRACKET = 1 << 15  # a bracket opens before it
UNBRACKET = 1 << 16  # a bracket closes before it

_WORDS = {
    "articles": "a an the this that these those",
    "of": "of for in on to with at from by under into within among between through",
    "verbs": """be am is are was were been being have has had having do does did will would
        shall should can could may might must to not""",
    "others": """and or but nor so yet if as than then that which who whom whose what when where
        why how it its he him his she her hers they them their theirs we us our ours you your
        yours i me my mine itself himself themselves there here such also both either neither
        each every any some all no about above after against along around before behind below
        beside besides beyond during except inside near off onto out outside over since till
        toward towards until up upon via without while because although though whether very
        more most less other another same own only just even still too etc per amid amongst
        across % &""",
}
_ENDS = ";:?!。；：\n•·>→›|"  # no phrase goes across these; > leads through a menu: File > Save
_ARTICLES, _OF, _VERBS, _OTHERS = (frozenset(text.split()) for text in _WORDS.values())
_FUNCTION = _ARTICLES | _OF | _VERBS | _OTHERS


@lru_cache(maxsize=1 << 16)
def _word_flags(word: str) -> int:
    acronym = sum(map(str.isupper, word)) > 1 and not any(map(str.islower, word))
    low = word if acronym else word.lower()  # US and IT are no pronouns
    found = FUNCTION * (low in _FUNCTION)
    found |= ACRONYM * acronym
    found |= ARTICLE * (low in _ARTICLES)
    found |= CAPITAL * word[0].isupper()
    found |= NUMBER * word[0].isdigit()
    found |= ADVERB * (low.endswith("ly") and len(low) > 4)
    found |= VERB * (low in _VERBS)
    found |= AND * (low in {"and", "or", "&"})
    found |= OF_WORD * (low in _OF)
    return found | PARTICIPLE * (low.endswith(("ed", "ing")) and len(low) > 5)


@lru_cache(maxsize=1 << 12)
def _gap_flags(gap: str) -> int:
    marks = gap.strip()
    if not marks:
        return 0 if gap else JOINED
    found = BREAK * any(c in _ENDS or (c == "." and gap[-1:].isspace()) for c in gap)
    found |= COMMA * any(c in ",、，—–" for c in marks)
    found |= JOINED * (gap in {"-", "/", "‐", "‑"})
    found |= BRACKET * any(c in "([{" for c in marks)
    found |= UNBRACKET * any(c in ")]}" for c in marks)
    found |= OPENED * any(c in '([{"“‘«《' for c in marks)
    return found | CLOSED * any(c in ')]}"”’»》' for c in marks)


def flags(english: EnglishWords) -> list[int]:
    """Return the bits of each word, those of the gap before it included."""
    short = abbreviations().always
    letters = letters_a(english.text)  # Party A: no article
    bits, before = [], ""
    starts = english.start.tolist()
    for word, gap, start in zip(english.words, english.gaps, starts, strict=False):
        goes_on = word[0].isdigit() or (gap == ". " and before in short)  # St. Mary
        own = _word_flags(word) & (~(FUNCTION | ARTICLE) if start in letters else -1)
        bits.append(own | (_gap_flags(gap) & (~BREAK if goes_on else -1)))
        before = word
    return bits
