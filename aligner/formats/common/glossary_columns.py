"""What the columns of a table are, from its first row.

A column is named by a locale code (zh, zh-CN, zh_TW, en, en-US), by the name of its
language or by its side, in Chinese or English (see `aligner.lang.column_names`). Several
columns of a language are several ways of writing a term, or several targets. Sides alone,
as in source and target, leave it to the cells which language each of them is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from aligner.findings import Status
from aligner.lang.column_names import Role, role_of, sides
from aligner.lang.shadow import shadow

_STATUS_NAMES: Final[dict[Status, str]] = {
    "preferred": "preferred preferredterm standardized standardizedterm legalterm regulatedterm"
    " 首选 推荐 规范 优先",
    "proposed": "proposed candidate 建议 候选 拟用",
    "admitted": "admitted admittedterm allowed acceptable accepted 准用 允许 许用 可用",
    "deprecated": "deprecated deprecatedterm supersededterm obsolete obsoleteterm superseded"
    " notrecommended notrecommendedterm discouraged 弃用 不推荐 废弃 不建议 曾用 过时",
    "forbidden": "forbidden forbiddenterm prohibited prohibitedterm banned donotuse 禁用 禁止 勿用",
}
_STATUS: Final[dict[str, Status]] = {
    name: status for status, names in _STATUS_NAMES.items() for name in names.split()
}

_CASE_NAMES: Final = frozenset(
    "case casesensitive casesensitivity matchcase casematch 区分大小写 大小写敏感 大小写".split()  # noqa: SIM905 - reads best as words
)
_CASE_WORDS: Final[dict[bool, str]] = {
    True: "yes y true 1 x ✓ √ sensitive casesensitive casesense 是",
    False: "no n false 0 insensitive caseinsensitive caseinsense permissive casepermissive 否",
}
_CASE: Final = {name: says for says, names in _CASE_WORDS.items() for name in names.split()}
_BLANKS: Final = str.maketrans("", "", " -_?？")
_JOINTS: Final = re.compile(r"[\s_-]+")  # not_recommended, not-recommended
_FIGURES: Final = frozenset({"count", "consistency"})  # of our own glossaries; they say nothing


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns by what they hold, counted from 0."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    status: int | None
    note: int | None
    width: int  # of the header: a row may not have more cells
    names: tuple[str, ...]
    unread: tuple[str, ...]  # names of the columns that are something else
    case: int | None = None  # whether the capitals of the targets count
    sides_only: bool = False  # the names are of sides: the first may as well be English

    def swapped(self) -> Columns:
        """Return the same columns with the two sides the other way round."""
        return replace(self, zh=self.en, en=self.zh)


def columns_of(header: Sequence[str]) -> Columns:
    """Return what the cells of a first row name. Sides that they do not name are empty."""
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    roles = [role_of(name) for name in names]
    zh, en = _side_roles(roles)
    case = next((k for k, name in enumerate(names) if _plain(name) in _CASE_NAMES), None)
    read = {"status", "note", *zh, *en}
    return Columns(
        zh=tuple(k for k, role in enumerate(roles) if role in zh),
        en=tuple(k for k, role in enumerate(roles) if role in en),
        status=roles.index("status") if "status" in roles else None,
        note=roles.index("note") if "note" in roles else None,
        case=case,
        width=len(names),
        names=tuple(names),
        unread=tuple(
            name
            for k, (name, role) in enumerate(zip(names, roles, strict=True))
            if name and role not in read and k != case and name.casefold() not in _FIGURES
        ),
        sides_only=zh == {"first"} and en == {"second"},
    )


def _side_roles(roles: Sequence[Role | None]) -> tuple[set[Role], set[Role]]:
    """Return which roles are the Chinese side here, and which the English one."""
    known, _ = sides([(role, role) for role in roles])
    if known:
        zh, en = known["zh"], known["en"]
        return ({zh} if zh else set()), ({en} if en else set())
    if "zh" in roles or "en" in roles:  # and no name of a side
        return {"zh"}, {"en"}
    return {"first"}, {"second"}


def is_cased(text: str) -> bool | None:
    """Return whether a cell of the column says that capitals count; None if it says neither.

    >>> [is_cased(word) for word in ("yes", "否", "", "CaseSense", "perhaps")]
    [True, False, False, True, None]
    """
    plain = _plain(text)
    return _CASE.get(plain) if plain else False


def _plain(text: str) -> str:
    return shadow(text.strip()).text.lower().translate(_BLANKS)


@lru_cache(maxsize=1 << 10)
def status_of(text: str) -> Status | None:
    """Return the status that a word names, in Chinese, English or TBX; None for none.

    An empty cell says nothing against a target: it is preferred.

    >>> [status_of(word) for word in ("", "禁用", "supersededTerm-admn-sts", "not recommended")]
    ['preferred', 'forbidden', 'deprecated', 'deprecated']
    >>> status_of("good") is None
    True
    """
    plain = shadow(text.strip()).text.lower().removesuffix("-admn-sts")
    return _STATUS.get(_JOINTS.sub("", plain)) if plain else "preferred"
