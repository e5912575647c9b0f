"""Short forms that a text announces: （以下简称《方案》）, (hereinafter "the Plan").

A short form after its announcement is a legitimate rendering, and worth tracing even
where it is too short or too common to be taken for a term otherwise. What it stands for
(`full`) is a guess from the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aligner.span import Span

LONGEST_ANTECEDENT = 40  # Chinese characters
MOST_ANTECEDENT_WORDS = 16  # of an English antecedent


class ShortForm(NamedTuple):
    """A short form where it is announced."""

    short: str  # without quotation marks, brackets and article
    span: Span  # of `short` in the text
    full: str  # what it stands for; empty where nothing before it could be


_OPEN, _CLOSE = "《“「『\"'‘", "》”」』\"'’"
_ANNOUNCED = re.compile(
    r"(?P<bracket>[(\[〔]\s?)?(?:(?:以下|下文|后文|文中|下)\s?(?:分别|统一|合并)?\s?(?:简称|统称|合称|称)"
    r"|(?P<bare>(?:简称|统称|合称)))(?:为|作|是)?\s?[::]?\s?"
)
_MARKED = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]{{1,20}})[{_CLOSE}]")
_UNMARKED = re.compile(r"[^\s,，。;；:：、()（）\[\]〔〕《》“”「」]{2,12}(?=\s?[)\]〕,，。;；]|$)")
_AND = re.compile(r"\s?(?:和|与|及|、|或)\s?")
_STOPS = re.compile(r"[\s,，。;；:：、!?！？()（）《》“”「」『』\n]")

# Tags of jieba's dictionary: relations, adverbs, pronouns, numbers, times, marks; verbs.
_NO_NOUN = frozenset("p c d r m q u uj ul uz ug ud uv y e o t w i".split())  # noqa: SIM905 - a table
_VERBS = frozenset({"v", "vn", "vd", "vi", "vq"})

_EN_QUOTED = (
    r"(?:the\s)?[\"“”'‘’«]\s?(?:[Tt]he |[Aa]n? )?(?P<{0}>[^\"“”()\n]{{1,60}}?)\s?[\"“”'‘’»]"
)
_EN_CALLED = r"(?:referred\sto|known|abbreviated|called|defined|designated)(?:\s(?:as|to))?\s?"
_EN_ANNOUNCED = re.compile(
    rf"\b(?:(?:hereinafter|hereafter)\b,?\s(?:(?:also|collectively|jointly|simply|be|is|are)\s)*"
    rf"(?P<called>{_EN_CALLED})?|(?:herein|below)\s{_EN_CALLED})"
    rf"(?:{_EN_QUOTED.format('quoted')}"
    r"|(?:[Tt]he\s)?(?P<plain>[A-Z][\w&'’-]*(?:\s[A-Z][\w&'’-]*){0,5})"
    r"|(?(called)(?:the\s)?(?P<lower>[a-z][^()\"“”\n]{1,60})(?=\))))"
)
_EN_BRACKETED = re.compile(rf"\((?:or\s)?(?:[Tt]he\s)?{_EN_QUOTED.format('name')}[^()]{{0,30}}\)")
_EN_GROUPS = ("quoted", "plain", "lower", "name")
_EN_ACRONYM = re.compile(r"\((?:the\s)?(?P<name>[A-Z][A-Za-z&-]*[A-Z][A-Za-z&-]*?)s?\)")
_EN_WORD = re.compile(r"[A-Za-z0-9][\w'’&/-]*")
_EN_STOP = re.compile(r"[.;:!?](?:\s|$)|[\n()]")
_CONNECTORS = frozenset(
    "of for the and in on with to by at from under an a".split()  # noqa: SIM905 - a table
)


def chinese_short_forms(text: str) -> list[ShortForm]:
    """Return the short forms that a Chinese text announces, in either script.

    >>> chinese_short_forms("印发《海岛行动方案》（以下简称《方案》）。")
    [ShortForm(short='方案', span=Span(start=16, stop=18), full='海岛行动方案')]
    """
    from aligner.lang.shadow import shadow

    copy = shadow(text)
    return [
        ShortForm(text[slice(*place)], place, text[slice(*copy.original_span(*full))])
        for start, stop, full in _announced(copy.text)
        for place in [copy.original_span(start, stop)]
    ]


def _announced(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield start and stop of each short form, and of what it stands for."""
    for found in _ANNOUNCED.finditer(text):
        at = found.end()
        while name := _MARKED.match(text, at):
            yield name.start(1), name.end(1), _antecedent(text, found.start(), name[1])
            joined = _AND.match(text, name.end())
            at = joined.end() if joined else name.end()
        marked = at > found.end()
        plain = _UNMARKED.match(text, at) if found["bracket"] or not found["bare"] else None
        if plain and not marked:
            yield plain.start(), plain.end(), _antecedent(text, found.start(), plain[0])


def _antecedent(text: str, stop: int, short: str) -> tuple[int, int]:
    """Return the title before a place, or the last words that hold the short form's characters."""
    while stop and text[stop - 1] in " ,，(":
        stop -= 1
    if stop and text[stop - 1] in _CLOSE:
        opener = _OPEN[_CLOSE.index(text[stop - 1])]
        start = text.rfind(opener, 0, stop - 1)
        return (start + 1, stop - 1) if start >= 0 else (stop, stop)
    least = max(0, stop - LONGEST_ANTECEDENT)
    start = max((found.end() for found in _STOPS.finditer(text, least, stop)), default=least)
    holds = _start_of(text, start, stop, short)
    last = stop - 1 if holds is None else holds
    return (_noun_start(text, start, stop, last), stop) if start < stop else (stop, stop)


def _start_of(text: str, start: int, stop: int, short: str) -> int | None:
    """Return where the last run that holds the characters in order begins."""
    at = stop
    for char in reversed(short):
        at = text.rfind(char, start, at)
        if at < 0:
            return None
    return at


def _noun_start(text: str, start: int, stop: int, holds: int) -> int:
    """Return where the noun phrase begins that has the place `holds` in it.

    A relation, an adverb, a pronoun or the like ends the phrase before it, and no phrase
    opens with a verb.
    """
    from aligner.lexicon.words import word_cutter
    from aligner.terms.candidates.tags import tag_of

    words = [(word, start + a) for word, a, _ in word_cutter().tokenize(text[start:stop])]
    first = start
    for number, (word, at) in enumerate(words):
        if at >= holds:
            break
        tag = tag_of(word)
        if tag in _NO_NOUN or (first == at and tag in _VERBS):
            first = words[number + 1][1] if number + 1 < len(words) else holds
    return min(first, holds)


def english_short_forms(text: str) -> list[ShortForm]:
    """Return the short forms and acronyms that an English text announces.

    An acronym in brackets counts if its letters are the initials of the words before it.

    >>> english_short_forms("the Bay Pilot Zone (hereinafter the Zone)")
    [ShortForm(short='Zone', span=Span(start=36, stop=40), full='Bay Pilot Zone')]
    >>> english_short_forms("the Yunlan Pilot Zone (YPZ)")
    [ShortForm(short='YPZ', span=Span(start=23, stop=26), full='Yunlan Pilot Zone')]
    """
    forms: dict[Span, ShortForm] = {}
    for pattern in (_EN_ANNOUNCED, _EN_BRACKETED):
        for found in pattern.finditer(text):
            group = next((name for name in _EN_GROUPS if found.groupdict().get(name)), "")
            if not group:
                continue
            place = Span(*found.span(group))
            full = _capitalised_before(text, found.start(), found[group])
            forms.setdefault(place, ShortForm(found[group], place, full))
    for found in _EN_ACRONYM.finditer(text):
        if full := _initials_before(text, found.start(), found["name"]):
            place = Span(*found.span("name"))
            forms.setdefault(place, ShortForm(found["name"], place, full))
    return sorted(forms.values(), key=lambda form: form.span)


def _words_before(text: str, stop: int) -> list[tuple[str, int, int]]:
    """Return the last words of the clause before a place."""
    least = max(0, stop - 30 * MOST_ANTECEDENT_WORDS)
    start = max((found.end() for found in _EN_STOP.finditer(text, least, stop)), default=least)
    return [(m[0], *m.span()) for m in _EN_WORD.finditer(text, start, stop)][
        -MOST_ANTECEDENT_WORDS:
    ]


def _capitalised_before(text: str, stop: int, short: str) -> str:
    """Return the capitalised run before a place, else the last words with the short form's."""
    while stop and text[stop - 1] in " ,(":
        stop -= 1
    words = _words_before(text, stop)
    first = len(words)
    for number in range(len(words) - 1, -1, -1):
        word = words[number][0]
        if word[0].isupper() or word[0].isdigit():
            first = number
        elif word not in _CONNECTORS:
            break
    if first == len(words):
        wanted = {word.lower() for word in _EN_WORD.findall(short)}
        held = [n for n, (word, *_) in enumerate(words) if word.lower() in wanted]
        if not held:
            return ""
        first = held[0]
    if first and len(words[first][0]) == 1:  # company A
        first -= 1
    return text[words[first][1] : words[-1][2]]


def _initials_before(text: str, stop: int, acronym: str) -> str:
    """Return the words before a place whose initials are the acronym's letters, or nothing."""
    wanted = [char.lower() for char in acronym if char.isalpha()]
    words = _words_before(text, stop)
    number = len(words)
    while wanted and number:
        number -= 1
        parts = [part for part in re.split(r"[-/]", words[number][0]) if part]
        initials = [part[0].lower() for part in parts]
        if wanted[-len(initials) :] == initials:
            del wanted[-len(initials) :]
        elif wanted[-1] == initials[0]:
            wanted.pop()
        elif words[number][0].lower() not in _CONNECTORS:
            return ""
    return "" if wanted or not words else text[words[number][1] : words[-1][2]]
