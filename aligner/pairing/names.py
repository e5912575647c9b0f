"""What the name of a file says about its partner.

Names of partners differ in what names a language or a side: notice_zh.txt and
notice_en.txt, zh/notice.txt and en/notice.txt, 公告（中文）.docx and 公告（英文）.docx.
Without these marks, partners have the same key.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

_LATIN: Final = frozenset({
    "zh", "cn", "chi", "zho", "chn", "chs", "cht", "sc", "tc", "hans", "hant", "cmn",
    "chinese", "simplified", "traditional", "en", "eng", "english",
    "source", "target", "src", "tgt", "trg", "original", "orig",
    "translation", "translated", "trans", "zhcn", "zhtw", "zhhk", "enus", "engb",
})  # fmt: skip
_REGION: Final = frozenset({"cn", "tw", "hk", "sg", "us", "gb", "uk"})  # behind zh or en
_LAST: Final = frozenset(["c", "e"])  # marks at the end of a name only: report-c, report-e
_HAN: Final = re.compile(
    "(?:简体|繁体|簡體|繁體)?(?:中文|汉语|漢語|中译|中譯|英文|英语|英語|英译|英譯|译文|譯文|原文|翻译|翻譯|译|譯)"
    "(?:版本|版|稿|文本|本)?|简体|繁体|簡體|繁體"
)
_ATTACHED: Final = re.compile("(?<=[a-z0-9])(?:EN|ENG|ZH|CN|CHN|CHS|CHT)$")
_WORD: Final = re.compile(r"[^\W_]+")


def name_key(name: str) -> str:
    """Return what a name has in common with its partner's.

    Args:
        name: Path below the folder, with `/`.

    >>> name_key("zh-CN/2020/notice.docx"), name_key("en-US/2020/Notice.pdf")
    ('2020/notice', '2020/notice')
    >>> name_key("公告（中文版）.txt"), name_key("公告（英文版）.txt")
    ('公告', '公告')
    >>> name_key("Report_1-c.txt"), name_key("Report_1-e.txt"), name_key("cartoon.txt")
    ('report 1', 'report 1', 'cartoon')
    """
    path = PurePosixPath(unicodedata.normalize("NFKC", name))
    parts = [*path.parent.parts, path.stem]
    keys = [_key(part) for part in parts]
    return "/".join(key for key in keys if key)


def _key(part: str) -> str:
    part = _ATTACHED.sub("", _HAN.sub(" ", part))
    kept: list[str] = []
    before = ""
    words = [word.lower() for word in _WORD.findall(part)]
    for number, word in enumerate(words):
        region = word in _REGION and before in {"zh", "en"}
        last = word in _LAST and 0 < number == len(words) - 1
        if not (word in _LATIN or region or last):
            kept.append(word)
        before = word
    return " ".join(kept)
