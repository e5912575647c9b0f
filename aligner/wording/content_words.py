"""Words of English text, and the key under which renderings of a term are grouped.

A key holds the content words of a text in order, each in the form that all its
inflections and spellings share: lower case, singular, American spelling, numbers
and ordinals in digits, hyphens resolved. Articles, possessives, `and` and
prepositions are no content. Texts with one key differ at most in form and in
prepositions; `group_key` tells the prepositions apart as well.

The letter A, as in Party A, is content (`letter_a`). Words that turn a meaning round stay
content: by, under, against, or, not, without,
and the prefixes non-, anti-, inter-, intra-.

Cost: linear in the text; about 10 microseconds for a phrase, less when seen before.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from aligner.lang.en_numerals import CARDINALS, ORDINALS
from aligner.wording.forms import base_form, is_word
from aligner.wording.letter_a import letters_a

_LETTERS: Final = (
    r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"  # an accent may stand behind its letter
)
_HYPHEN: Final = "[-\u2010\u2011]"
_WORD: Final = re.compile(
    rf"""(?=[A-Z][.&\ ])(?:
        (?:[A-Z]\.){{2,}}(?:[A-Z](?![A-Za-z]))?     # U.S., U.S.A
        |[A-Z]\ ?&\ ?[A-Z]{{1,3}}(?![A-Za-z]))      # R&D, R & D
    |(?:[a-z]\.){{2,}}                              # e.g.
    |{_LETTERS}\d*                                  # word, A4
     (?:(?:['\u2019]|{_HYPHEN}(?=\w))(?:{_LETTERS}|\d+))*  # Xi'an, day-care, COVID-19
    |\d+(?:[.,]\d+)*(?:{_LETTERS})?                 # 1,000; 3rd; 5G
     (?:[-\u2010-\u2013](?:\d+|{_LETTERS}))*%?      # 2021-2025, 3-year, 35%
    |%
    """,
    re.VERBOSE,
)
_NOTED: Final = re.compile(r"\b([A-Z]?[a-z]{4,})\d\d?\Z")  # a name such as Web2 is shorter
_HYPHENS: Final = re.compile("[-\u2010-\u2013]")
_NUMERIC: Final = re.compile(r"(\d[\d.,]*)(st|nd|rd|th)?(%?)\Z", re.IGNORECASE)
_RANGE: Final = re.compile("\\d+[-\u2010-\u2013]\\d+\\Z")
_POSSESSIVE: Final = re.compile("['\u2019]s\\Z")
_MARKS: Final = str.maketrans("", "", "'.& ")
_ROMAN: Final = re.compile(r"(?=[IVX]{2,6}\Z)(X{0,3})(IX|IV|V?I{0,3})\Z")
_GLOSS: Final = re.compile(r"\s*[(（]\s*([^()（）]{2,12}?)\s*[)）]")

PREPOSITIONS: Final = frozenset(
    """about across among amongst as at concerning for from in into of on onto over regarding
    through throughout to toward towards upon via with within""".split()  # noqa: SIM905 - reads best as words
)
# Relations that no other word may replace. They count as content.
RELATIONS: Final = frozenset(
    """above after against before below beneath between beyond by despite down except inside neither
    no nor not off or out outside since than under unless until up versus without""".split()  # noqa: SIM905 - reads best as words
)
_EMPTY: Final = frozenset(
    """a an and the this that these those its their his her our your my one's such both said
    per""".split()  # noqa: SIM905 - reads best as words
)
STOP_WORDS: Final = PREPOSITIONS | _EMPTY
# Prefixes that are one word with what follows the hyphen: co-operation, cooperation.
PREFIXES: Final = frozenset(
    """aero agro anti auto bi bio co counter cyber de dis e eco electro ex extra geo hydro hyper il
    im in infra inter intra ir m macro mega meta micro mid mini mis multi nano neuro non off on out
    over photo post pre pro pseudo psycho quasi re semi socio sub super tele thermo trans tri ultra
    un under uni up x""".split()  # noqa: SIM905 - reads best as words
)
_LOOSE_PREFIXES: Final = frozenset("anti co inter intra multi non pre semi sub".split())  # noqa: SIM905 - reads best as words
# A single Roman letter is a number after these: Phase V, Class I.
_COUNTED: Final = frozenset(
    """annex appendix article book category chapter class grade group level part phase schedule
    section stage table tier type volume war zone""".split()  # noqa: SIM905 - reads best as words
)
# Shortened only before a number: No. 5, but "no"; and read only there as a whole word.
_BEFORE_NUMBER: Final = {
    "art": "article", "ch": "chapter", "no": "number", "nos": "number", "sec": "section",
    "vol": "volume", "fig": "figure", "para": "paragraph",
}  # fmt: skip


_ROMAN_LETTERS: Final = {"I": 1, "V": 5, "X": 10}
# Words that are not read alone.
_IN_CONTEXT: Final = frozenset(
    [*_BEFORE_NUMBER, *map(str.title, _BEFORE_NUMBER), *_ROMAN_LETTERS, "cent", "Cent"]
)


class Atom(NamedTuple):
    """A content word: as it stands in the text, and in the form that is compared."""

    surface: str  # lower case
    key: str


_LETTER_A: Final = Atom("a", "a")


def words(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the words of a text, the end not included.

    A word keeps its inner hyphens, apostrophes and full stops.

    >>> [text[a:b] for text in ["U.S. day-care, R&D in 2021-2025."] for a, b in words(text)]
    ['U.S.', 'day-care', 'R&D', 'in', '2021-2025']
    """
    return [found.span() for found in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 17)
def content_key(text: str) -> tuple[str, ...]:
    """Return the content words of a text in order, each in its normal form.

    >>> content_key("the Fourteenth Five-Year Programmes for Xi'an")
    ('14th', '5', 'year', 'program', 'xian')
    """
    keys: list[str] = []
    last = ""  # the content word just before, nothing behind a stop word
    for _, atoms in read_words(text):
        if not atoms:
            last = ""
        for atom in atoms:
            joined = _joined(last, atom[1]) if last else ""
            if joined:
                keys[-1] = joined
            else:
                keys.append(atom[1])
            last = keys[-1]
    return tuple(keys)


@lru_cache(maxsize=1 << 16)
def prepositions_of(text: str) -> tuple[str, ...]:
    """Return the prepositions between the first and the last content word, in order.

    >>> prepositions_of("of a Zone for Trade in Goods"), prepositions_of("end-to-end test")
    (('for', 'in'), ('to',))
    """
    found: list[str] = []
    kept = 0
    inside = False
    for word, atoms in read_words(text):
        if atoms:
            joined = _HYPHENS.split(word.lower())[1:-1]
            found += [part for part in joined if part in PREPOSITIONS]
            inside, kept = True, len(found)
        elif inside and word.lower() in PREPOSITIONS:
            found.append(word.lower())
    return tuple(found[:kept])


def group_key(text: str) -> tuple[str, ...]:
    """Return what renderings are grouped by: the content key, then the prepositions."""
    inner = prepositions_of(text)
    return (*content_key(text), "/", *inner) if inner else content_key(text)


@lru_cache(maxsize=1 << 15)
def read_words(text: str) -> tuple[tuple[str, tuple[Atom, ...]], ...]:
    """Return each word of a text with its content words: none, one, or several if hyphenated.

    An acronym in brackets behind what it stands for is passed over.
    """
    text = without_gloss(text) if "(" in text or "（" in text else text
    found = _WORD.findall(text)
    read = [(word, atoms_of(word)) for word in found]
    if letters := letters_a(text):
        for i, (start, stop) in enumerate(words(text)):
            if any(start <= at < stop for at in letters):
                read[i] = (found[i], _with_letter(found[i]))
    if not _IN_CONTEXT.isdisjoint(found):
        for i, word in enumerate(found):
            if word in _IN_CONTEXT:
                read[i] = (word, _in_context(found, i))
    return tuple(read)


def _with_letter(word: str) -> tuple[Atom, ...]:
    """Return the content of a word that has the letter A as a part: A, A's, A-share."""
    parts = [part for part in _HYPHENS.split(_POSSESSIVE.sub("", word)) if part]
    return tuple(
        atom for part in parts for atom in ((_LETTER_A,) if part == "A" else _part(plain(part)))
    )


def _in_context(found: list[str], i: int) -> tuple[Atom, ...]:
    """Return the content of a word that the words beside it decide."""
    word, low = found[i], found[i].lower()
    before = found[i - 1].lower() if i else ""
    after = found[i + 1] if i + 1 < len(found) else " "
    if low in _BEFORE_NUMBER and after[0].isdigit():
        return (Atom(low, _BEFORE_NUMBER[low]),)
    if word in _ROMAN_LETTERS and before in _COUNTED:
        return (Atom(low, str(_ROMAN_LETTERS[word])),)
    if low == "cent" and before == "per":
        return (Atom("per cent", "percent"),)
    return atoms_of(word)


def without_gloss(text: str) -> str:
    """Return a text without the acronyms that it gives in brackets.

    >>> without_gloss("Monetary Authority (MA) of Hong Kong (draft)")
    'Monetary Authority of Hong Kong (draft)'
    """
    return _GLOSS.sub(lambda m: "" if sum(map(str.isupper, m[1])) >= 2 else m[0], text)


@lru_cache(maxsize=1 << 16)
def atoms_of(word: str) -> tuple[Atom, ...]:
    """Return the content words in one word of a text."""
    roman = _ROMAN.match(word)
    if roman:
        return (Atom(word.lower(), str(_roman(word))),)
    if word == "%":
        return (Atom(word, "percent"),)
    low = plain(word)
    if low in STOP_WORDS:
        return ()
    if _RANGE.match(low):
        return (Atom(low, _HYPHENS.sub("-", low)),)
    parts = [part for part in _HYPHENS.split(low) if part]
    if len(parts) == 2 and CARDINALS.get(parts[0], 0) >= 20:
        number = _number(parts[1])
        if number and len(number.rstrip("dhnrst")) == 1:  # twenty-first
            return (Atom(low, f"{CARDINALS[parts[0]] // 10}{number}"),)
    while len(parts) > 1 and parts[0] in PREFIXES:
        parts[:2] = [parts[0] + parts[1]]
    return tuple(atom for part in parts for atom in _part(part))


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Return a word in lower case without marks: no accents, possessive or full stops.

    A note mark that became a part of the word goes too: Board1.

    >>> plain("Lüliang’s"), plain("U.S."), plain("Xi'an"), plain("Board1"), plain("H1N1")
    ('luliang', 'us', 'xian', 'board', 'h1n1')
    """
    low = _NOTED.sub(r"\1", word).lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.replace("\u2019", "'"))
        low = "".join(c for c in low if not unicodedata.combining(c))
    if low[0].isdigit():
        return low
    low = low.removesuffix("'s").translate(_MARKS)
    return f"{low[0]}u{low[2:]}" if low.startswith(("lv", "nv")) else low


def _part(part: str) -> tuple[Atom, ...]:
    if part in STOP_WORDS:
        return ()
    numeric = _NUMERIC.match(part)
    if numeric:
        number = Atom(part, numeric[1].replace(",", "").rstrip(".") + (numeric[2] or ""))
        return (number, Atom("%", "percent")) if numeric[3] else (number,)
    return (Atom(part, _number(part) or base_form(part)),)


def _number(word: str) -> str:
    if word in CARDINALS:
        return str(CARDINALS[word])
    if word in ORDINALS:
        value = ORDINALS[word]
        return f"{value}{'th' if 10 < value < 20 else _SUFFIX.get(value % 10, 'th')}"
    return ""


_SUFFIX: Final = {1: "st", 2: "nd", 3: "rd"}


def _roman(word: str) -> int:
    values = [_ROMAN_LETTERS[letter] for letter in word]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


@lru_cache(maxsize=1 << 16)
def _joined(one: str, other: str) -> str:
    """Return two neighbours as one word if they are also written so, else nothing."""
    if one in _LOOSE_PREFIXES:
        return one + other
    if len(one) < 3 or len(other) < 3 or one in RELATIONS or other in RELATIONS:
        return ""
    together = one + other
    return together if is_word(together) else ""
