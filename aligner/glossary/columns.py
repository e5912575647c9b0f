"""What the columns of a table are, from its first row.

A column is named by a locale code (zh, zh-CN, zh_TW, en, en-US), by the name of its
language or by its part, in Chinese or English. Several columns of a language are
several ways of writing a term, or several targets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aligner.bitext import Status
from aligner.lang.shadow import shadow

_NAMES: Final = {
    "zh": re.compile(
        r"(?:zh|cmn|chi)(?:-[a-z0-9]+)*"
        r"|(?:简体|繁体)?(?:中文|汉语|汉字)(?:术语|名称|词条|词|原文|术语名称)?|简体|繁体"
        r"|原文|源文|源语|术语|术语名称|词条"
        r"|(?:simplified |traditional )?chinese(?: term)?|source(?: term| text| language)?|terms?"
    ),
    "en": re.compile(
        r"(?:en|eng)(?:-[a-z0-9]+)*"
        r"|(?:英文|英语)(?:术语|名称|词条|词|译名|译文|翻译|对应词)?|英译(?:名|文)?"
        r"|译文|译名|译法|译语|对应词|翻译"
        r"|english(?: term| translation)?|target(?: term| text| language)?|translations?"
    ),
    "status": re.compile("状态|术语状态|用法|级别|(?:term |administrative ?|usage )?status"),
    "note": re.compile("备注|说明|注|注释|附注|(?:comment|note|remark)s?"),
}
_TAIL: Final = re.compile(r"\s*\(.*\)$")

_STATUS_NAMES: Final[dict[Status, str]] = {
    "preferred": "preferred preferredterm 首选 推荐 规范 优先",
    "admitted": "admitted admittedterm allowed acceptable accepted 准用 允许 许用 可用",
    "deprecated": "deprecated deprecatedterm supersededterm obsolete superseded"
    " 弃用 不推荐 废弃 不建议 曾用 过时",
    "forbidden": "forbidden prohibited banned 禁用 禁止 勿用",
}
_STATUS: Final[dict[str, Status]] = {
    name: status for status, names in _STATUS_NAMES.items() for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns by what they hold, counted from 0."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    status: int | None
    note: int | None
    width: int  # of the header: a row may not have more cells
    unread: tuple[str, ...]  # names of the columns that are something else


def columns_of(header: list[str]) -> Columns:
    """Return what the cells of a first row name. Sides that they do not name are empty."""
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    roles = [role_of(name) for name in names]
    return Columns(
        zh=tuple(k for k, role in enumerate(roles) if role == "zh"),
        en=tuple(k for k, role in enumerate(roles) if role == "en"),
        status=roles.index("status") if "status" in roles else None,
        note=roles.index("note") if "note" in roles else None,
        width=len(names),
        unread=tuple(
            name for name, role in zip(names, roles, strict=True) if name and role is None
        ),
    )


@lru_cache(maxsize=1 << 10)
def role_of(name: str) -> str | None:
    """Return what a column of this name holds: zh, en, status or note.

    >>> [role_of(name) for name in ("zh_TW", "英文（首选）", "译名", "Status", "fr")]
    ['zh', 'en', 'en', 'status', None]
    """
    plain = _TAIL.sub("", shadow(name.strip()).text.lower().replace("_", "-"))
    return next((role for role, names in _NAMES.items() if names.fullmatch(plain)), None)


@lru_cache(maxsize=1 << 10)
def status_of(text: str) -> Status | None:
    """Return the status that a word names, in Chinese, English or TBX; None for none.

    An empty cell says nothing against a target: it is preferred.

    >>> [status_of(word) for word in ("", "禁用", "supersededTerm-admn-sts", "good")]
    ['preferred', 'forbidden', 'deprecated', None]
    """
    plain = shadow(text.strip()).text.lower().removesuffix("-admn-sts")
    return _STATUS.get(plain.replace(" ", "")) if plain else "preferred"
