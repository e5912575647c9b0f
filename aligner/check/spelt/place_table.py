"""Names of countries, provinces and cities in Chinese and English, and where a text has them.

The table is `aligner/data/places.tsv`, a line a place: the members of the United Nations, the
provinces of China, its larger cities, and cities of the world, with their adjectives, people
and languages. It is a closed list of facts, not drawn from texts. A name behind `?` may be what
the other side has, and accuses nobody: it is short (浙), ambiguous (Georgia), stands for the
place (白宫), or is a longer name of something else (the Indian Ocean).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from aligner.span import Span

_WORD: Final = re.compile(r"(?<!\w)[^\W\d_]+")
_UNSURE: Final = "?"
_COMMENT: Final = "#"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the table, and what it may be: country, province, city."""

    name: str  # in English
    kinds: frozenset[str]
    short: frozenset[str]  # its Chinese names of one character


class Mention(NamedTuple):
    """A name of the table in a text."""

    span: Span
    rows: frozenset[PlaceRow]  # all that it may stand for
    sure: frozenset[PlaceRow]  # those that it names beyond doubt


class _Name(NamedTuple):
    text: str
    rows: frozenset[PlaceRow]
    sure: frozenset[PlaceRow]


_Names = dict[str, tuple[_Name, ...]]  # by how they begin, the longest first


class PlaceTable(NamedTuple):
    """The names by how they begin: with two characters, or with an English word."""

    zh: _Names
    en: _Names

    def in_chinese(self, text: str) -> Iterator[Mention]:
        """Yield the names of two characters or more in a simplified text, the longest ones."""
        stop = 0
        for at in range(len(text) - 1):
            names = self.zh.get(text[at : at + 2]) if at >= stop else None
            found = next((n for n in names or () if text.startswith(n.text, at)), None)
            if found:
                stop = at + len(found.text)
                yield Mention(Span(at, stop), found.rows, found.sure)

    def in_english(self, text: str) -> Iterator[Mention]:
        """Yield the names in an English text, the longest ones."""
        stop = 0
        for match in _WORD.finditer(text):
            at = match.start()
            names = self.en.get(match[0]) if at >= stop else None
            found = next((n for n in names or () if _is_at(text, n.text, at)), None)
            if found:
                stop = at + len(found.text)
                yield Mention(Span(at, stop), found.rows, found.sure)


def _is_at(text: str, name: str, at: int) -> bool:
    return text.startswith(name, at) and not text[at + len(name) :][:1].isalnum()


@cache
def place_table() -> PlaceTable:
    """Return the table, read on first use."""
    text = (files("aligner") / "data" / "places.tsv").read_text("utf-8")
    return read_table(text.splitlines())


def read_table(lines: Iterable[str]) -> PlaceTable:
    r"""Read the lines of a table.

    >>> table = read_table(["country\t挪威\tNorway,Norwegian"])
    >>> [mention.span for mention in table.in_english("a Norwegian fjord")]
    [Span(start=2, stop=11)]
    """
    zh: defaultdict[str, dict[PlaceRow, bool]] = defaultdict(dict)
    en: defaultdict[str, dict[PlaceRow, bool]] = defaultdict(dict)
    for line in lines:
        if line.startswith(_COMMENT):
            continue
        kinds, zh_names, en_names = line.split("\t")
        plain = zh_names.replace(_UNSURE, "").split(",")
        row = PlaceRow(
            name=en_names.partition(",")[0].removeprefix(_UNSURE),
            kinds=frozenset(kinds.split(",")),
            short=frozenset(name for name in plain if len(name) == 1),
        )
        for side, names in ((zh, zh_names), (en, en_names)):
            for name in names.split(","):
                side[name.removeprefix(_UNSURE)][row] = not name.startswith(_UNSURE)
    return PlaceTable(
        _by_beginning({name: zh[name] for name in zh if len(name) > 1}, lambda name: name[:2]),
        _by_beginning(en, lambda name: _WORD.findall(name)[0]),
    )


def _by_beginning(
    names: dict[str, dict[PlaceRow, bool]], beginning: Callable[[str], str]
) -> _Names:
    found: defaultdict[str, list[_Name]] = defaultdict(list)
    for text in sorted(names, key=len, reverse=True):
        rows = names[text]
        sure = frozenset(row for row, is_sure in rows.items() if is_sure)
        found[beginning(text)].append(_Name(text, frozenset(rows), sure))
    return {begin: tuple(group) for begin, group in found.items()}
