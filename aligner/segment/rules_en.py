"""Where English sentences end.

Written for running text of every kind: translated official prose, news, novels with
dialogue. The marks and the abbreviations are in `aligner.lang.marks_en`.
"""

from __future__ import annotations

import re
from functools import cache

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import ZERO_WIDTH
from aligner.segment.abbreviated import announces_number, begins_behind
from aligner.segment.asides import behind_note, behind_raised, is_quoted_mark
from aligner.segment.glued import parts_glued
from aligner.segment.listed import item_start
from aligner.segment.scan import SCAN_REACH, MarkPlace, Rules, token_pattern
from aligner.span import Span

_HARD = re.compile(f"[{en.ENDS}]")
_BLANK = f"[\\s{ZERO_WIDTH}]"
_NEXT = re.compile(rf"{_BLANK}*([^\s{ZERO_WIDTH}])")
_WIDE = re.compile(f"[{zh.WIDE}]")
# Closing marks behind an end mark; the stars of Markdown too.
# A blank or a line end may slip in before those that never open. Some languages close
# with “, ‘ or «: before a blank these never open.
_FEW_BLANKS = re.compile(f"{_BLANK}{{0,3}}")
_CLOSING = re.compile(
    rf"(?:{_BLANK}{{1,3}}[”»›)\]}}」』）》】]|"
    r"[\"'”’»›)\]}」』）》】]|[“‘«‹](?=\s|\Z)|[*_]{1,3}(?=\s|\Z))*+"
)
# What may stand before the first letter or digit of a sentence.
_OPENING = re.compile(r"(?:[\"'“‘«‹„‚(\[{「『（《*_~`<¿¡]|[-–—]+\s*)*+")
_QUOTES = "\"'“‘«‹„‚「『"
_GOES_ON = ",;:.!?)]}%&/|，；：。！？）」』》】"
_NOTE_ENDS = "]†‡\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_CLOSING_QUOTE = re.compile(r"[\"'”’»›“‘«‹]")
_REPORT = re.compile(rf"(?:(?:[A-Z][\w’'.-]*|the|old|young) ){{1,4}}(?:\w+ly )?{en.REPORTING}\b")
_LAST_WORD = re.compile(r"([^\W_]+)\s*\Z")
# eBay, (b), b), p =: begin a sentence all the same
_LOWER = re.compile(
    r"[a-z]{1,2}[A-Z]|\([a-z]{1,4}\)\s|(?:[a-z]|[ivx]{2,5})\)\s|[a-z] ?[=<>≤≥] ?[\d.]"
)
_LIST_NUMBER = re.compile(r"[:;]\s+\d{1,2}\Z")


@cache
def rules(*, cut_quotations: bool = True) -> Rules:
    """Return the rules of English, with sentences inside quotations cut or not."""
    brackets = en.BRACKETS if cut_quotations else {**en.BRACKETS, **en.QUOTES}
    end = f"[{en.ENDS}.．…]+|(?<![—–-])[—–-]++(?=[\"'”’])"
    tokens = token_pattern(brackets, en.SOFT, end)
    quotes = "" if cut_quotations else "".join(en.QUOTES) + '"'
    return Rules(
        tokens, brackets, en.TITLE_BRACKETS, quotes, capitals=True, careless=en.CARELESS, cut=_cut
    )


def _cut(text: str, mark: re.Match[str], place: MarkPlace) -> int:
    """Say where the sentence ends that a run of marks may end; 0 if it goes on."""
    run, end = mark.group(), _after_closing(text, mark, place)
    item = item_start(text, place, mark)
    if item >= 0 or is_quoted_mark(text, mark, end, place):
        return item if item > place.start else 0
    found = _NEXT.match(text, end, place.stop)
    if not found:
        return end
    after, follower = found.start(1), found.group(1)
    if follower in _GOES_ON:
        return 0
    noted = end > mark.end() and text[end - 1] in _NOTE_ENDS and follower.isupper()
    if after == end and not (
        noted or _stands_off(run, follower) or parts_glued(text, place, mark, after)
    ):
        return 0
    return end if _begins(text, mark, Span(end, after), place) else 0


def _after_closing(text: str, mark: re.Match[str], place: MarkPlace) -> int:
    """Return the offset behind the closing marks and notes that follow a run of marks."""
    end = _end_of(_CLOSING, text, mark.end(), place.stop)
    if end > mark.end() and _opens_glued(text, end - 1, place):
        return end - 1
    quote = _end_of(_FEW_BLANKS, text, end, place.stop)
    if quote in place.closing and not text[quote + 1 : min(quote + 2, place.stop)].strip():
        end = _end_of(_CLOSING, text, quote + 1, place.stop)  # a straight one behind a blank
    note = behind_note(text, end, place)
    if note == end:
        return behind_raised(text, mark, end, place)
    return _end_of(_CLOSING, text, note, place.stop)


def _opens_glued(text: str, at: int, place: MarkPlace) -> bool:
    """Tell whether a straight quote right before a word opens: `lost."We will," he said.`."""
    if text[at] != '"' or at in place.closing or not text[at + 1 : at + 2].isalpha():
        return False
    partner = text.find('"', at + 1, min(at + SCAN_REACH, place.stop))
    return partner > 0 and not text[partner - 1].isspace()


def _begins(text: str, mark: re.Match[str], gap: Span, place: MarkPlace) -> bool:
    """Tell whether a sentence begins behind a mark, its closing marks and a blank."""
    rest = _peek(text, _end_of(_OPENING, text, gap.stop, place.stop), place)
    quoted = text[gap.stop] in _QUOTES
    if quoted and _CLOSING_QUOTE.search(text, mark.end(), gap.start):
        return True  # one speaker after the other
    if rest[:1].islower() and not (quoted or _LOWER.match(text, gap.stop, place.stop)):
        stands_off = gap.size and gap.start == mark.end() and "." not in mark.group()[1:]
        if not (place.careless and stands_off):
            return False
    if mark.group() in zh.DOTS:
        return _dot_ends(text, mark, rest if quoted else _peek(text, gap.stop, place), place)
    if gap.start > mark.end() and not quoted and _is_report(rest):
        return False
    is_hard = bool(_HARD.search(mark.group()))
    return is_hard or (rest[:1].isupper() and not _is_stutter(text, mark, rest, place))


def _peek(text: str, at: int, place: MarkPlace) -> str:
    """Return the next characters of a unit, enough for a name and a verb."""
    return text[at : min(at + 60, place.stop)]


def _is_report(rest: str) -> bool:
    """Tell whether a text says who spoke the quotation before it: `Anna asked.`."""
    return bool(_REPORT.match(rest)) and not en.starts_sentence(rest)


def _is_stutter(text: str, mark: re.Match[str], rest: str, place: MarkPlace) -> bool:
    """Tell whether the word before an ellipsis is said again behind it: `I ... I`."""
    word = _LAST_WORD.search(text[max(place.start, mark.start() - 30) : mark.start()])
    return bool(word and re.match(re.escape(word.group(1)) + r"\b", rest))


def _stands_off(run: str, follower: str) -> bool:
    """Tell whether a sentence may begin right behind an end mark, without a blank."""
    if run == "．" and follower.isalnum():
        return False  # ６．５
    return bool(_WIDE.match(follower) or not run.isascii() or follower in "“‘「『")


def _dot_ends(text: str, mark: re.Match[str], rest: str, place: MarkPlace) -> bool:
    """Tell whether a full stop ends a sentence, not a word or a list marker."""
    dot = mark.start()
    if en.DOTTED_MARKER.match(text[place.start : min(dot + 1, place.start + 40)]):
        return False
    before = text[max(place.start, dot - 40) : dot].translate(zh.HALF_WIDTH)
    if not before or _LIST_NUMBER.search(before):
        return False
    rest = rest.translate(zh.HALF_WIDTH)
    if en.is_abbreviation(before, rest):
        return begins_behind(before, rest)
    return not announces_number(before if dot - 40 > place.start else before.lstrip(), rest)


def _end_of(pattern: re.Pattern[str], text: str, at: int, stop: int) -> int:
    found = pattern.match(text, at, stop)
    return found.end() if found else at
