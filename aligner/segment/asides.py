"""What stands beside a sentence: marks that are spoken of, and references to notes.

`以“。”结尾`: a mark that a sentence quotes ends nothing. `It grew fast. [1] It is large.`: a
reference to a note belongs to the sentence before it, in brackets of any kind or raised,
unless the text is itself a list of notes, which begins with one.
"""

from __future__ import annotations

import re

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.segment.scan import MarkPlace

_OPENING_QUOTES = "\"'“‘「『«"
_CLOSING_QUOTES = "\"'”’」』»"
_ONE_MARK = re.compile(r"[。．.！!？?｡]")

_COUNTED = "[一二三四五六七八九十]{1,3}"
_NUMBERS = (
    rf"(?:(?:注|註|note|nb?|fn)?\.? ?\d{{1,3}}[a-z]?(?:[-–—~～,，、;；] ?\d{{1,3}}[a-z]?)*"
    rf"|(?:注|註)?{_COUNTED}|[a-z])"
)
# What an encyclopedia asks of its writers: [citation needed], [who?], [来源请求].
_DEMAND = (
    rf"(?:[a-z][a-z ]{{1,30}} needed|[a-z][a-z ]{{1,30}}\?|[{zh.HAN}]{{2,8}}(?:请求|請求|[？?]))"
)
_BRACKETED = (
    rf"\[(?:{_NUMBERS}|{_DEMAND})\]|［(?:{_NUMBERS}|{_DEMAND})］|〔{_NUMBERS}〕|【{_NUMBERS}】"
)
_NAMES = rf"[A-Z{zh.HAN}][^()（）.。!?！？\d]{{0,40}}[，,] ?\d{{4}}[a-z]?"
_WORK = rf"[（(]{_NAMES}(?:[；;] ?{_NAMES})*[）)]"  # (Hill, 2004)
# (注1), （见图2）
_POINTED = (
    r"[（(](?:(?:注|註|note )\d{1,3}|下同|(?:参|參|详|詳)?[见見][^（）()。！？!?]{1,30})[）)]"
)
_SIGN = r"[\u00b9\u00b2\u00b3\u2070-\u2079\u207d\u207e]"
_RAISED_SIGNS = rf"{_SIGN}(?:[,，⁻–-]?{_SIGN}){{0,7}}"
_NOTE = re.compile(
    rf"(?:{_BRACKETED}|{_RAISED_SIGNS}|[†‡]+|{_POINTED}|{_WORK})"
    rf"(?:[-–,，]?{_BRACKETED}|{_RAISED_SIGNS}|[†‡]+)*"
)
_SPACED_NOTE = re.compile(
    rf"\s{{1,3}}(?:\[\d{{1,3}}(?:[-,–] ?\d{{1,3}})*\]|［\d{{1,3}}］|〔\d{{1,3}}〕|{_WORK})"
    rf"(?=\s+[A-Z\d\"“(]|\s*[{zh.HAN}“「『]|\s*\Z)"
)
_LISTED_NOTE = re.compile(rf"\W{{0,2}}(?:{_BRACKETED})")
# These mark notes and items of a list alike.
_CIRCLED = "[①-⑳❶-❿⑴-⒇]"
_EITHER = re.compile(rf"{_CIRCLED}|[（(]\d{{1,2}}[）)]")
_ITEM = re.compile(rf"\W*(?:{_CIRCLED}|[（(]?(?:\d{{1,2}}|{_COUNTED})[）)、.．]|第{_COUNTED})")
_ENDS_UNIT = re.compile(rf"[{zh.ENDS}.．][”’」』\"]?(?:{_CIRCLED}|[（(]\d{{1,2}}[）)])\s*\Z")
_ANNOUNCED = re.compile(
    "[：:]|如下|[以下]下|下[列面]|包括|分[为為別别]"
    "|[几幾数數两兩二三四五六七八九十\\d](?:大|个|個|项|項|条|條|点|點|种|種|类|類|步|方面)"
)
_REACH = 400  # characters
_STARS = re.compile(r"\*{1,3}(?=[^\s*])")
_RAISED = re.compile(
    r"(?:\(\d{1,3}\)|\d{1,3}(?:[,–-]\d{1,3})*|[①-⑳§¶]|\[\*+\])(?=\s+[\"“‘(]?[A-Z])"
)
# Pictures that comment on the sentence before, if they do not begin the text.
_PICTURES = (
    "[\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff"
    "\u2639-\u263b\u2764\u2728]"
)
_SMILES = re.compile(
    rf"\s?(?:{_PICTURES}[\U0001f3fb-\U0001f3ff\ufe0f]?(?:\u200d(?={_PICTURES}))?)+"
)
_LISTED_SMILE = re.compile(rf"\W{{0,2}}{_PICTURES}")
_LAST_WORD = re.compile(r"(?<![\w.])[A-Z]?[a-z]{2,}\Z")


def is_quoted_mark(text: str, mark: re.Match[str], end: int, place: MarkPlace) -> bool:
    """Tell whether a mark is all that a quotation inside a sentence holds.

    Behind a colon or a comma it is speech, if only a mark: “？”.

    Args:
        text: The document's text.
        mark: A run of marks.
        end: Behind its closing marks.
        place: Where it stands.
    """
    opener = mark.start() - 1
    if end == mark.end() or opener <= place.start or not _ONE_MARK.fullmatch(mark.group()):
        return False
    if text[opener] not in _OPENING_QUOTES or text[mark.end()] not in _CLOSING_QUOTES:
        return False
    near = text[max(place.start, opener - 3) : opener]
    before = near.rstrip()
    if text[opener] in "\"'" and before == near and before.isascii():
        return False  # it closes: 'that'.'
    return bool(before) and (before[-1].isalnum() or before[-1] == "、")


def behind_note(text: str, end: int, place: MarkPlace) -> int:
    """Return the offset behind the references to notes, or smiles, that follow a sentence.

    Args:
        text: The document's text.
        end: Behind the sentence's mark and closing marks.
        place: Where the mark stands.
    """
    if _LISTED_NOTE.match(text, place.head, place.stop):
        return end
    smiles = _SMILES.match(text, end, place.stop)
    if smiles and not _LISTED_SMILE.match(text, place.head, place.stop):
        return smiles.end()
    note = _NOTE.match(text, end, place.stop) or _SPACED_NOTE.match(text, end, place.stop)
    return note.end() if note else end


def behind_chinese_note(text: str, end: int, place: MarkPlace) -> int:
    """Return the offset behind what marks a note in Chinese text, but also items or emphasis.

    The same signs number the items of a list. They are notes if the unit ends with one, and
    circled ones also if nothing before the first of them announces a list. Stars are a
    note unless they open an emphasis, which the same stars close.

    Args:
        text: The document's text.
        end: Behind the sentence's mark and closing marks.
        place: Where the mark stands.
    """
    stars = _STARS.match(text, end, place.stop)
    if stars:
        same = re.compile(rf"(?<!\*){re.escape(stars.group())}(?!\*)")
        closed = same.search(text, stars.end(), min(place.stop, end + _REACH))
        opened = len(same.findall(text, max(place.head, end - _REACH), end)) % 2
        return end if closed and not opened else stars.end()
    sign = _EITHER.match(text, end, place.stop)
    if not sign or _ITEM.match(text, place.head, place.stop):
        return end
    if _ENDS_UNIT.search(text, max(place.head, place.stop - 12), place.stop):
        return sign.end()
    first = _EITHER.search(text, max(place.head, end - 5 * _REACH), end + 1)
    lead = text[max(place.head, first.start() - 60) : first.start()] if first else ""
    is_list = sign.group()[0] in "(（" or _ANNOUNCED.search(lead)
    return end if is_list else sign.end()


def behind_raised(text: str, mark: re.Match[str], end: int, place: MarkPlace) -> int:
    """Return the offset behind the number of a note that was raised in English text.

    `It grew fast.12 It is large.`: behind a whole word or a closing mark, and before a
    capital. A number has figures before its point, and `p.12` an abbreviation.
    """
    raised = _RAISED.match(text, end, place.stop)
    if not raised:
        return end
    before = text[max(place.start, mark.start() - 40) : mark.start()]
    closes = end > mark.end() or before[-1:] in {*')]”"’'}
    word = _LAST_WORD.search(before)
    is_word = bool(word) and not en.is_abbreviation(before, "1")
    return raised.end() if closes or is_word else end
