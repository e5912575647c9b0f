"""Ids of pairs: readable, distinct, and the same whatever the order of the pairs.

An id becomes a file name and the name of a document in every output, so it holds
letters, digits, Han, `.`, `_` and `-` alone, and no two differ only in case. It is made
of what the two names have in common, with the folders that both stand in: zh/2020/law.txt
and en/2020/law.txt are 2020_law. So it stays when other pairs are added. Names that differ
only in what an id cannot hold, such as （上） and (上), get a few digits of a hash behind.

Files outside the manifest's folder are named from the folder that holds all of them, so
that no id begins with the folders of one machine.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePath
from typing import Final, NamedTuple

from aligner.pair import pair_id

MOST_ID_BYTES: Final = 200  # of an id; with a hash and a suffix it is a file name of up to 255
_DIGITS: Final = 8


class _Id(NamedTuple):
    """An id as far as its own row tells."""

    name: str
    exact: bool  # it stands so in the row
    given: bool  # by a person
    row: str  # tells the row from all others


def ids_of(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the id of each row.

    Args:
        rows: Original, translation and id; an empty id is made of the names.

    Ids given twice stay so: this is for the caller to refuse.
    """
    skipped = _outside(rows)
    found = [_given(name) if name else _made(a, b, skipped) for a, b, name in rows]
    groups: defaultdict[str, list[_Id]] = defaultdict(list)
    for one in found:
        groups[one.name.casefold()].append(one)
    return [_apart(one, groups[one.name.casefold()]) for one in found]


def _apart(one: _Id, group: Sequence[_Id]) -> str:
    """Return an id that differs from those of its group; the only exact one stays."""
    if len(group) == 1:
        return one.name
    exact = [other for other in group if other.exact]
    given = [other for other in exact if other.given]
    if one in (given or exact) and (given or len(exact) == 1):
        return one.name
    digest = hashlib.sha256(one.row.encode(errors="surrogatepass")).hexdigest()
    return f"{one.name}-{digest[:_DIGITS]}"


def _given(name: str) -> _Id:
    safe = _bounded([_safe(name.replace("/", "_"))])
    return _Id(safe, safe == name, given=True, row=name.casefold())


def _made(original: str, translation: str, skipped: int) -> _Id:
    """Make an id of two names; of one outside, so many folders are left out."""
    a, b = PurePath(original), PurePath(translation)
    folders, others = (_folders(p)[skipped if _is_outside(p) else 0 :] for p in (a, b))
    shared = [_safe(part) for part in folders if part in others]
    stem = pair_id(_safe(a.stem), _safe(b.stem))
    if not _says_something(stem):  # only a language or a side
        stem = "" if shared else _safe(pair_id(a.stem, b.stem))
    if shared and stem in {"", shared[-1]}:  # chapter1/zh.txt, news/news.zh.txt
        stem = shared.pop()
    exact = not shared and pair_id(a.stem, b.stem) == stem
    name = _bounded([*shared, stem])
    return _Id(name, exact and name == stem, given=False, row=f"{original}\n{translation}")


def _folders(path: PurePath) -> tuple[str, ...]:
    return tuple(p for p in path.parent.parts if p not in {"..", path.anchor})


def _is_outside(path: PurePath) -> bool:
    return path.is_absolute() or ".." in path.parts


def _outside(rows: Sequence[tuple[str, str, str]]) -> int:
    """Return how many folders all files have in common that are not in the manifest's."""
    paths = [PurePath(name) for a, b, given in rows if not given for name in (a, b)]
    shared = [_folders(path) for path in paths if _is_outside(path)]
    levels = zip(*shared, strict=False)  # as far as the shortest one goes
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))


def _says_something(stem: str) -> bool:
    """Tell whether a name says more than which language or side it is."""
    from aligner.pairing.name_keys import name_key  # pairing stands on batch

    return bool(name_key(f"{stem}.x"))


def _bounded(parts: Sequence[str]) -> str:
    """Join parts, without the first ones if there is no room, cut at the end if need be."""
    for start in range(len(parts)):
        name = "_".join(parts[start:])
        if len(name.encode()) <= MOST_ID_BYTES:
            return name
    return parts[-1].encode()[:MOST_ID_BYTES].decode(errors="ignore")


def _safe(name: str) -> str:
    from aligner.formats.common.source import document_id  # as outputs name documents

    return document_id(f"{name}.x")
