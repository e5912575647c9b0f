"""Places that the translation takes for others: 利比亚 and Liberia.

The English of a unit has one name of a country, province or city that its Chinese does not
have, and the Chinese has one of the same kind that its English does not have, or has less
often: that is one name, rendered wrong. Names that something else explains are none: a short
form (中美, 浙), a capital for its country, what the dictionary joins, and what the sentence
before or after has in their place.

Cost: linear in the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from aligner.check.spelt.place_table import Mention, PlaceRow, place_table
from aligner.lang.shadow import Shadow, shadow
from aligner.lexicon.dictionary import WHOLE, load_lexicon
from aligner.lexicon.words import Word, cut_words
from aligner.span import Span
from aligner.terms.units import TextUnit

_KINDS: Final = ("country", "province", "city")
_AROUND: Final = 1  # units before and after in which a translator may say what is missing here
_JOINED: Final = 0.5  # of a gloss: 山西 is explained as being beside Shaanxi
_WIDE: Final = 20  # units before and after that show what a text is about
# what stands before or behind a short name: 赴美, 中方, 日元
_BEFORE_SHORT: Final = tuple("赴驻对访抗援亲反旅留在与和同向从中美日韩英法德俄欧印澳")
_BEHIND_SHORT: Final = tuple(
    "方军媒元金股债商企裔籍式语文国制产队府警人汇币联中美日韩英法德俄欧印澳"
)


class OtherPlace(NamedTuple):
    """A Chinese name and the English one of another place."""

    unit: TextUnit
    src: Span
    tgt: Span
    wanted: str  # what to write instead, where it is plain
    sure: bool  # whether the English has the right name nowhere


@dataclass
class _UnitPlaces:
    """A unit with the names of places on its two sides."""

    unit: TextUnit

    @cached_property
    def folded(self) -> Shadow:
        return shadow(self.unit.src)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return cut_words(self.unit.src)

    @cached_property
    def zh(self) -> list[Mention]:
        return list(place_table().in_chinese(self.folded.text))

    @cached_property
    def en(self) -> list[Mention]:
        return list(place_table().in_english(self.unit.tgt))

    @cached_property
    def zh_rows(self) -> frozenset[PlaceRow]:
        return frozenset(row for mention in self.zh for row in mention.rows)

    @cached_property
    def en_rows(self) -> frozenset[PlaceRow]:
        return frozenset(row for mention in self.en for row in mention.rows)


def other_places(units: Sequence[TextUnit]) -> Iterator[OtherPlace]:
    """Yield the names of other places, one a unit at most."""
    named = [_UnitPlaces(unit) for unit in units]
    for n, one in enumerate(named):
        if not any(mention.sure and not mention.rows & one.zh_rows for mention in one.en):
            continue
        for kind in _KINDS:
            if pair := _pair(named, n, kind):
                zh, en, sure = pair
                src, wanted = one.folded.original_span(*zh.span), _wanted(one, zh, en)
                yield OtherPlace(one.unit, src, en.span, wanted, sure)
                break


def _pair(named: Sequence[_UnitPlaces], n: int, kind: str) -> tuple[Mention, Mention, bool] | None:
    """Return the Chinese name of a kind that is missed, and the only English one too many."""
    one = named[n]
    added = {m.rows: m for m in one.en if _is_of(kind, m) and not m.rows & one.zh_rows}
    if len(added) != 1:
        return None
    (en,) = added.values()
    lost = [m for m in one.zh if _is_of(kind, m) and not m.rows & one.en_rows]
    sure = bool(lost)
    if sure:
        lost = [m for m in lost if not _is_worded(one, m)]
    elif not any(en.rows & other.zh_rows for other in _near(named, n, _WIDE)):
        lost = _rarer(one, kind)
    lost = [m for m in lost if _is_word(one, m) and not _is_moved(named, n, m)]
    if not lost or _has_short(one, en.rows) or _is_added(named, n, en):
        return None
    return _at_same_place(lost, en, one), en, sure


def _is_of(kind: str, mention: Mention) -> bool:
    return any(kind in row.kinds for row in mention.sure)


def _rarer(one: _UnitPlaces, kind: str) -> list[Mention]:
    """Return the Chinese names of a kind that the English has less often."""
    zh, en = (Counter(row for m in side for row in m.rows) for side in (one.zh, one.en))
    return [
        m
        for m in one.zh
        if _is_of(kind, m) and all(zh[row] > en[row] for row in m.sure if kind in row.kinds)
    ]


def _near(named: Sequence[_UnitPlaces], n: int, reach: int) -> Iterator[_UnitPlaces]:
    """Yield the units of the same document before and after one."""
    for at in range(max(0, n - reach), min(len(named), n + reach + 1)):
        if at != n and named[at].unit.doc == named[n].unit.doc:
            yield named[at]


def _is_word(one: _UnitPlaces, zh: Mention) -> bool:
    """Tell whether a name begins a word: 多哥, but not in 好多哥哥."""
    start = one.folded.original_span(*zh.span).start
    return any(word.span.start == start for word in one.words)


def _is_worded(one: _UnitPlaces, zh: Mention) -> bool:
    """Tell whether the English has a Chinese name in words that the dictionary knows."""
    name = one.folded.text[slice(*zh.span)]
    links = load_lexicon().links([name], one.unit.tgt.split())
    return any(link.share >= WHOLE for link in links)


def _is_moved(named: Sequence[_UnitPlaces], n: int, zh: Mention) -> bool:
    """Tell whether the English has a Chinese name in a sentence near by."""
    return any(
        zh.rows & other.en_rows and not (zh.rows & other.zh_rows or _has_short(other, zh.rows))
        for other in _near(named, n, _AROUND)
    )


def _has_short(one: _UnitPlaces, rows: Iterable[PlaceRow]) -> bool:
    """Tell whether the Chinese has a place by its short name."""
    short = frozenset(char for row in rows for char in row.short)
    text, lexicon = one.folded.text, load_lexicon()
    return any(
        char in short
        and (text[:n].endswith(_BEFORE_SHORT) or text.startswith(_BEHIND_SHORT, n + 1))
        for n, char in enumerate(text)
    ) or any(
        short & set(word.text) and (len(word.text) == 1 or word.text not in lexicon)
        for word in one.words
    )


def _is_added(named: Sequence[_UnitPlaces], n: int, en: Mention) -> bool:
    """Tell whether an English name renders another Chinese word, or is from a sentence near by."""
    one = named[n]
    start, stop = en.span
    name = one.unit.tgt[start:stop].split()
    words = [*name, *one.unit.tgt[:start].split(), *one.unit.tgt[stop:].split()]
    links = load_lexicon().links([word.text for word in one.words], words)
    joined = {link.tgt for link in links if link.share >= _JOINED}
    return joined >= set(range(len(name))) or any(
        en.rows & other.zh_rows and not en.rows & other.en_rows
        for other in _near(named, n, _AROUND)
    )


def _at_same_place(lost: Sequence[Mention], en: Mention, one: _UnitPlaces) -> Mention:
    """Return the name that stands where the English one does, by the lengths of the texts."""
    place = en.span.start / len(one.unit.tgt)
    return min(lost, key=lambda m: abs(m.span.start / len(one.folded.text) - place))


def _wanted(one: _UnitPlaces, zh: Mention, en: Mention) -> str:
    """Return the English noun for a Chinese name where a noun is to be replaced."""
    (rendered, *_), (name, *_) = (sorted({row.name for row in m.sure}) for m in (en, zh))
    language = one.folded.text[: zh.span.stop].endswith(("语", "文"))
    return name if one.unit.tgt[slice(*en.span)] == rendered and not language else ""
