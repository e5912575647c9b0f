"""Where Chinese sentences end.

Written for running text of every kind: official prose, news, novels with dialogue,
simplified and traditional. The marks themselves are in `aligner.lang.marks_zh`.
"""

from __future__ import annotations

import re
from functools import cache

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import ZERO_WIDTH
from aligner.segment.asides import behind_chinese_note, behind_note, is_quoted_mark
from aligner.segment.listed import item_start
from aligner.segment.scan import MarkPlace, Rules, token_pattern

_HARD = re.compile(f"[{zh.ENDS}]")
_SHUT = zh.CLOSERS + "»›〞〟"
_BLANK = f"[\\s{ZERO_WIDTH}]"
_NEXT = re.compile(rf"{_BLANK}*([^\s{ZERO_WIDTH}])")
# A dash behind an end mark opens what follows, save before a closing mark or a blank.
_ENDING = f"{zh.ENDS}{zh.DOTS}"
_RUN = (
    f'[{zh.TRAILS}]*[{_ENDING}][{_ENDING}…]*(?:—+[{_ENDING}…]*(?=[\\s"{re.escape(_SHUT)}]|\\Z))?'
    f"|[{zh.TRAILS}]+"
)
# Marks of which only their place tells whether they open or close; no apostrophes.
_QUOTE = "[\"“”„＂]|(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])"
_HAN = re.compile(f"[{zh.HAN}]")
_NUMBER = re.compile(r"[\d.,]+\Z")
# Closing marks behind an end mark. A blank or a line end may slip in before one; the
# stars of Markdown belong to the sentence too.
_CLOSING = re.compile(
    rf"(?:{_BLANK}{{0,3}}[{re.escape(_SHUT)}]|[*_]{{1,3}}(?=\s|\Z)"
    rf"|'(?=[\s\"{re.escape(_SHUT)}]|\Z))*+"
)
_FEW_BLANKS = re.compile(f"{_BLANK}{{0,3}}")
_OPENING = {*zh.QUOTES, '"', "＂", "'", "〝"}
_OPENER_OF = {**{close: opener for opener, close in zh.QUOTES.items()}, '"': '"', "＂": "＂"}
_CALL = re.compile(rf"曰[：:，,]?[「『“][{zh.HAN}]{{1,2}}[！!]\Z")
# Behind Yahoo! and n! these show that the sentence goes on.
_NAME_GOES_ON = re.compile("[=＝+＋×÷<>≤≥]|的|公司|集团|集團|网|網|[与與和及]")
_NAME_LENGTH = 20  # characters: a longer quotation is speech
_BEFORE_MARKER = " \t\n\r\u3000；：，、;:,（("  # a number and a dot behind these mark a list item


@cache
def rules(*, cut_quotations: bool = True) -> Rules:
    """Return the rules of Chinese, with sentences inside quotations cut or not."""
    brackets = zh.BRACKETS if cut_quotations else {**zh.BRACKETS, **zh.QUOTES}
    tokens = token_pattern(brackets, zh.SOFT, _RUN, _QUOTE)
    quotes = "" if cut_quotations else "".join(zh.QUOTES) + '"'
    return Rules(
        tokens, brackets, zh.TITLE_BRACKETS, quotes, capitals=False, careless=None, cut=_cut
    )


def _cut(text: str, mark: re.Match[str], place: MarkPlace) -> int:
    """Say where the sentence ends that a run of marks may end; 0 if it goes on."""
    run, end = mark.group(), _after_closing(text, mark.end(), place)
    item = item_start(text, place, mark, glued=True)
    if item >= 0 or _is_no_end(text, mark, end, place):
        return item if item > place.start else 0
    found = _NEXT.match(text, end, place.stop)
    after = found.start(1) if found else place.stop
    if text[after : min(after + 1, place.stop)] in zh.CONTINUES and found:
        return 0
    if _HARD.search(run):
        return 0 if _is_inside_address(text, mark, place) else end
    if run in zh.DOTS:
        return end if _dot_ends(text, mark, end, after, place) else 0
    quotation = text[after : after + 1] in _OPENING and after not in place.closing
    return end if end > mark.end() or (quotation and not run.endswith("—")) else 0


def _after_closing(text: str, at: int, place: MarkPlace) -> int:
    """Return the offset behind the closing marks that stand at one."""
    end = _end_of(_CLOSING, text, at, place.stop)
    quote = _end_of(_FEW_BLANKS, text, end, place.stop)  # a straight one
    if quote in place.closing:
        end = _end_of(_CLOSING, text, quote + 1, place.stop)
    note = behind_chinese_note(text, behind_note(text, end, place), place)
    return _end_of(_CLOSING, text, note, place.stop) if note > end else end


def _is_quoted_name(text: str, mark: re.Match[str], end: int, place: MarkPlace) -> bool:
    """Tell whether a sentence goes on behind a quotation that stands in it without a colon.

    It is one word of the sentence, 设立“为什么？”专栏, “砰！”的一声, or what follows has its
    subject before it: 喊了一声“来人！”便跑.
    """
    if zh.QUOTED_GOES_ON.match(text, end):
        return True
    opener = _OPENER_OF.get(text[end - 1])
    if not opener or not _HAN.match(text, end, place.stop):
        return False
    before = text[max(place.start, mark.start() - _NAME_LENGTH) : mark.start()]
    opened = before.rfind(opener)
    word = before[opened - 1 : opened] if opened > 0 else ""
    if not _HAN.match(word):
        return False
    if zh.SAME_SUBJECT.match(text, end, place.stop) or word in zh.TAKING:
        return True
    return opener in zh.QUOTES and "。" not in mark.group() and word not in zh.SAYING


def _is_no_end(text: str, mark: re.Match[str], end: int, place: MarkPlace) -> bool:
    """Tell whether a mark belongs to something inside its sentence."""
    if end == mark.end():
        return _is_call(text, mark, place)
    return is_quoted_mark(text, mark, end, place) or _is_quoted_name(text, mark, end, place)


def _is_call(text: str, mark: re.Match[str], place: MarkPlace) -> bool:
    """Tell whether classical speech goes on behind a form of address: 王曰：「叟！不遠千里而來."""
    return bool(_CALL.search(text[max(place.start, mark.start() - 8) : mark.end()]))


def _is_inside_address(text: str, mark: re.Match[str], place: MarkPlace) -> bool:
    """Tell whether a half-width ? or ! stands in a web address, a formula or a Latin name."""
    if mark.group() == "!" and _NAME_GOES_ON.match(text, mark.end(), place.stop):
        return text[mark.start() - 1].isascii() and text[mark.start() - 1].isalnum()
    around = text[mark.start() - 1 : mark.end() + 1] if mark.start() > place.start else ""
    return around.isascii() and around[:1].isalnum() and around[-1:].isalnum()


def _dot_ends(text: str, mark: re.Match[str], end: int, after: int, place: MarkPlace) -> bool:
    """Tell whether a full stop on the line ends a Chinese sentence.

    Full-width figures and letters are read as half-width ones: `６．５％` is one number.
    """
    dot, follower = mark.start(), text[end : min(end + 1, place.stop)].translate(zh.HALF_WIDTH)
    before = text[max(place.start, dot - 40) : dot].translate(zh.HALF_WIDTH)
    if not before or zh.DOTTED_MARKER.match(text[place.start : min(dot + 1, place.start + 40)]):
        return False
    last = before[-1]
    if not last.isascii():
        return not (follower.isascii() and follower.isalnum())
    if follower and not follower.isspace() and not _HAN.match(follower):
        return False
    if last.isdigit():
        number = _NUMBER.search(before)
        return bool(number and number.start() and before[number.start() - 1] not in _BEFORE_MARKER)
    if before.endswith("etc") and _HAN.match(follower):
        return False
    rest = text[after : min(after + 20, place.stop)].translate(zh.HALF_WIDTH)
    return not rest[:1].islower() and not en.is_abbreviation(before, rest)


def _end_of(pattern: re.Pattern[str], text: str, at: int, stop: int) -> int:
    found = pattern.match(text, at, stop)
    return found.end() if found else at
