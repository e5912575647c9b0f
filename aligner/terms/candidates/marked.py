"""What the texts mark as names: 《》, short quotations, definitions, and whole repeated texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.lang.shadow import shadow
from aligner.terms.announced import chinese_short_forms
from aligner.terms.candidates.flat_words import IN_NUMBER, FlatWords

LONGEST_TITLE = 40  # characters in 《》; a longer one is not looked for elsewhere
LONGEST_QUOTE = 12  # characters in quotation marks; longer ones are speech
SHORTEST_MARKED = 2  # characters

_TITLE = re.compile(rf"《([^《》\n]{{2,{LONGEST_TITLE}}})》")
_QUOTE = re.compile(rf"[“「『]([^“”「」『』《》\n]{{2,{LONGEST_QUOTE}}})[”」』]")
# A clause that says what a word means: “交付日”指……; 本法所称个人信息，是指…….
_MEANS = r"\s?[,，:：]?\s?(?:系指|是指|均指|指(?![出导标引数示定责挥纹南向点明]))"
_DEFINED = re.compile(
    rf"[“「『]([^“”「」『』《》\n]{{2,{LONGEST_QUOTE}}})[”」』]{_MEANS}"
    rf"|[本该](?:法|条例|办法|规定|细则|规则|章程|合同|协议|标准|指南|通知)所称的?([\u4e00-\u9fff]{{2,{LONGEST_QUOTE}}}){_MEANS}"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Pronouns, particles, negations of speech and marks: a quotation with one is a sentence.
_SPEECH = re.compile(r"[我你您他她它咱谁啊呀吗呢吧嘛是没很，。！？；：、,.!?;:…]")
_NOTE = re.compile(r"\s?[(\[〔][^()\[\]〔〕]*[)\]〕]$")  # (2024-2027年), (试行)
_SENTENCE = re.compile(r"[。！？!?，,;；…]")  # a whole text with one is speech or a sentence
_EDGE = " \t.。:：、*#|-—–·•()[]0123456789"  # numbers and marks around a heading
_OPEN, _CLOSE = "《“「『", "》”」』("
_KEY = 2  # characters by which places are looked up; nothing shorter is sought


@dataclass(slots=True)
class Mark:
    """How the texts mark a run as a name."""

    quoted: bool = False
    title: bool = False
    defined: bool = False  # announced as a short form, or said what it means
    line: bool = False  # is a whole text more than once


def marks_of(texts: Sequence[str], words: FlatWords) -> dict[str, Mark]:
    """Return what the texts mark, by its simplified shadow."""
    marks: defaultdict[str, Mark] = defaultdict(Mark)
    for text, copy in zip(texts, words.shadows, strict=True):
        for found in _TITLE.finditer(copy.text):
            name = _NOTE.sub("", found[1])
            if len(_HAN.findall(name)) > 1:
                marks[name].title = True
        for found in _QUOTE.finditer(copy.text):
            if len(_HAN.findall(found[1])) > 1 and not _SPEECH.search(found[1]):
                marks[found[1]].quoted = True
        for found in _DEFINED.finditer(copy.text):
            marks[found[1] or found[2]].defined = True
        for form in chinese_short_forms(text):
            if len(shadow(form.short).text) >= SHORTEST_MARKED:
                marks[shadow(form.short).text].defined = True
    for line in _repeated_lines(words):
        marks[line].line = True
    return dict(marks)


def _repeated_lines(words: FlatWords) -> list[str]:
    lines = Counter(_line(copy.text) for copy in words.shadows)
    return [line for line, count in lines.items() if line and count > 1]


def _line(text: str) -> str:
    """Return a short text without numbers and marks around it, or nothing."""
    if len(text) > LONGEST_TITLE + len(_EDGE):
        return ""
    line = text.strip(_EDGE)
    if IN_NUMBER.match(text, text.find(line)):  # 月18日 of 6月18日
        return ""
    named = SHORTEST_MARKED <= len(line) <= LONGEST_TITLE and not _SENTENCE.search(line)
    return line if named and len(_HAN.findall(line)) > 1 else ""


def find_spots(text: str, wanted: Iterable[str]) -> dict[str, list[int]]:
    """Return where each of some texts of at least two characters begins, in order.

    Cost: linear in the text, times how many of those wanted begin alike.
    """
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for each in wanted:
        by_key[each[:_KEY]].append(each)
    spots: defaultdict[str, list[int]] = defaultdict(list)
    if not by_key:
        return spots
    for start in range(len(text) - 1):
        for each in by_key.get(text[start : start + _KEY], ()):
            if text.startswith(each, start):
                spots[each].append(start)
    return spots


def is_marked(text: str, start: int, stop: int) -> bool:
    """Whether a stretch is all that stands in its 《》 or quotation marks."""
    opened = text[start - 1 : start] in tuple(_OPEN)
    return opened and text[stop : stop + 1] in tuple(_CLOSE)
