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

from aligner.filenames import legible

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
_PIECE: Final = re.compile(rf"(?P<word>{_WORD.pattern})|[\W_]+")


def name_key(name: str) -> str:
    """Return what a name has in common with its partner's.

    Args:
        name: Path below the folder, with `/`, as `filenames.shown` writes it.

    >>> name_key("zh-CN/2020/notice.docx"), name_key("en-US/2020/Notice.pdf")
    ('2020/notice', '2020/notice')
    >>> name_key("公告（中文版）.txt"), name_key("公告（英文版）.txt")
    ('公告', '公告')
    >>> name_key("Report_1-c.txt"), name_key("Report_1-e.txt"), name_key("cartoon.txt")
    ('report 1', 'report 1', 'cartoon')
    """
    keys = (" ".join(_kept(part)).lower() for part in _parts(unicodedata.normalize("NFKC", name)))
    return "/".join(key for key in keys if key)


def exact_key(name: str) -> str:
    """Return the same with case, width, marks and blanks as they are.

    It tells the pairs apart that have one `name_key`.

    >>> exact_key("第1章（上）_zh.txt"), exact_key("第1章(上)_en.txt")
    ('第1章（上）_', '第1章(上)_')
    """
    return "/".join("".join(_kept(part, between=True)) for part in _parts(name))


def _parts(name: str) -> list[str]:
    path = PurePosixPath(legible(name))
    return [*path.parent.parts, path.stem]


def _kept(part: str, *, between: bool = False) -> list[str]:
    """Return the words that name no language or side, and what stands between words if asked."""
    part = _ATTACHED.sub("", _HAN.sub(" ", part))
    pieces = [found[0] for found in _PIECE.finditer(part) if between or found["word"]]
    last = sum(bool(_WORD.fullmatch(piece)) for piece in pieces) - 1
    kept: list[str] = []
    before, number = "", -1
    for piece in pieces:
        word = piece.lower()
        if _WORD.fullmatch(piece):
            number += 1
            region = word in _REGION and before in {"zh", "en"}
            ends = word in _LAST and 0 < number == last
            before = word
            if word in _LATIN or region or ends:
                continue
        kept.append(piece)
    return kept
