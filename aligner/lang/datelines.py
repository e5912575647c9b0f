"""Lines that say when and where a text was written, and by whom: no headings, though short.

News begin with a place, a date and an agency (北京，5月3日电; BEIJING, May 3 —), letters and
notices stand over or end with a date in brackets or alone (（2024年5月3日）; 3 May 2024), articles
name their writer (本报记者 …; By …). What is told of them is that they are such lines only if
nothing else stands in them: 5月3日大会 is a heading.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.lang.en_numerals import MONTHS, any_of
from aligner.lang.known_words import is_english_word

_LONGEST: Final = 80  # characters of such a line
_MONTH: Final = any_of([*MONTHS, *(name.upper() for name in MONTHS)])
_FIGURE: Final = "[0-9〇零○一二三四五六七八九十廿]"
_NUMERIC: Final = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_DATE_ZH: Final = (
    rf"(?:(?:(?:公元|民国)?{_FIGURE}{{2,4}} ?年 ?)?"
    rf"(?:农历)?{_FIGURE}{{1,3}} ?月 ?{_FIGURE}{{1,3}} ?[日号]"
    rf"|{_FIGURE}{{4}} ?年(?: ?{_FIGURE}{{1,2}} ?月)?|{_NUMERIC})"
    r"(?: ?(?:星期|周)[一二三四五六日天])?(?: ?[上下]午)?(?: ?\d{1,2}[:：]\d\d)?"
)
_PLACE_ZH: Final = r"[\u4e00-\u9fff·]{2,12}"
_WRITERS_ZH: Final = r"[\u4e00-\u9fff·、 \u3000]{2,20}"
_PAPER: Final = "(?:本报|本刊|本网|特约|实习|见习|新华社)"
_REPORTER: Final = "(?:记者|記者|通讯员|通訊員)"
_WIRED: Final = "[电電讯訊]"
_WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE_EN: Final = (
    rf"(?:(?:{_WEEKDAY},? )?(?:(?:{_MONTH})\.? {_DAY}|{_DAY} (?:of )?(?:{_MONTH})\.?"
    rf"|(?:{_MONTH})\.?(?=,? \d{{4}}))(?:,? \d{{4}})?|{_NUMERIC}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
)
_CAPITALISED: Final = r"[A-Z][\w'’.-]*"
_PLACE_EN: Final = rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,2}}"
_NAME_EN: Final = rf"{_CAPITALISED}(?:[ -]{_CAPITALISED}){{1,3}}"
_AGENCY: Final = r"\((?:Reuters|AP|AFP|Xinhua|CNS)\)"
_DATED_ZH: Final = (
    rf"(?:{_PLACE_ZH}[,，、 \u3000]*)?{_DATE_ZH}"
    rf"(?:(?:{_PLACE_ZH})?{_WIRED}|[于於]{_PLACE_ZH})?"
)
_DATED_EN: Final = (
    rf"(?:(?:{_PLACE_EN}[,:] ?){{1,2}}|[A-Z]+(?: [A-Z]+)? |{_CAPITALISED} )?"
    rf"{_DATE_EN}(?: {_AGENCY})?"
)
_LINES: Final = tuple(
    re.compile(rf"[(（\[［【]?(?:{line})[)）\]］】]?[\s。.,，:：;；—–-]*")
    for line in (
        _DATED_ZH,
        _DATED_EN,
        rf"{_PLACE_EN}(?:, {_PLACE_EN})? {_AGENCY}",
        rf"{_PLACE_ZH}{_DATE_ZH}{_WIRED}(?:[ \u3000（(]+{_REPORTER}?{_WRITERS_ZH}[)）]?)?",
        rf"(?:文|撰文|图文|编辑|编译|译者|作者|{_PAPER}?{_REPORTER})[:：/／]{_WRITERS_ZH}",
        rf"{_PAPER}{_REPORTER}{_WRITERS_ZH}|{_REPORTER}[ \u3000]{_WRITERS_ZH}",
    )
)
_BY: Final = re.compile(
    rf"(?:(?:Written|Reported|Story|Text|Photos) by|[Bb]y|BY)"
    rf" ({_NAME_EN}(?:(?:,| and|, and) {_NAME_EN})*)"
    r"(?:,? (?:[Ss]taff [Ww]riter|[Cc]orrespondent|[Rr]eporter))?[.:]?"
)


def is_dateline(text: str) -> bool:
    """Tell whether a line holds a place and a date, a date, or who wrote, and nothing else.

    >>> [is_dateline(line) for line in ("北京，5月3日电", "BEIJING, May 3 —", "（2024年5月3日）")]
    [True, True, True]
    >>> [is_dateline(line) for line in ("5月3日大会", "May Day in Beijing", "By Region and Year")]
    [False, False, False]
    """
    line = text.strip()
    if len(line) > _LONGEST:
        return False
    return any(form.fullmatch(line) for form in _LINES) or _is_byline(line)


def _is_byline(line: str) -> bool:
    """Tell By Jane Liu from By Business Segment: a name has a word that is no common one."""
    match = _BY.fullmatch(line)
    if match is None:
        return False
    words = re.findall(r"[A-Za-z]{2,}", match[1].replace(" and ", " "))
    return not all(map(is_english_word, words))
