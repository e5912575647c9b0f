"""Chinese people's names in a sentence pair, and what spells them in English.

A name is a surname and one or two characters more; its English is the pinyin of both, in
one order or the other. A spelling is read without knowing where the name stands in the
Chinese: it fits if there is a surname there whose characters sound so. Where only one of
the two halves fits and the other is a letter off, the spelling is near.

Wade-Giles (Hsu Wen-tao) is a spelling of its own. Names in other romanisations (Chan Tai-man,
Ma Ying-jeou, Lee Teng-hui) fit nothing and are left alone. So are those that fit by half, unless
something in them is pinyin alone: its letters x, q and zh, or two syllables written as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from aligner.lang.marks_zh import HAN
from aligner.lang.shadow import shadow
from aligner.span import Span

# The commonest surnames, some 98 of 100 people's: report on names of the Ministry of Public
# Security of China, 2020, and the compound ones that are still borne.
SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴"
    "严莫孔向常汤康易乔赖文庞殷兰施翟倪樊俞章温颜鲁葛岳柳齐童毕聂焦冉路牛尤宁阮柯凌纪祝关成包单辛左裴霍"
    "耿娄管卓蓝桂骆梅甘申游欧詹柴舒鲍宫蒲全米苗屈盛景储裘艾祁沙佘房项欧解车胥滕符时"
)
COMPOUND_SURNAMES: Final = frozenset(
    ("欧阳", "司马", "诸葛", "上官", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方")
)
_LONG: Final = 5  # letters of a given name from which one letter off is a slip
_GIVEN: Final = 2  # characters of a given name at most
_HAN: Final = re.compile(f"[{HAN}]")
# a possessive is no part of a name
_WORD: Final = r"[A-Z][a-zü]+(?:(?!['’]s(?![a-z]))['’\-‐][A-Za-zü][a-zü]*)*"
_NAME: Final = re.compile(rf"(?<![\w@/.])({_WORD}) ({_WORD})(?: ({_WORD}))?(?!\w)")
_PINYIN_ONLY: Final = re.compile("x|q|zh")
_POSSESSIVE: Final = re.compile("['’]s(?![a-z])")
_MARKS: Final = re.compile(r"[^a-zü]")


class PersonName(NamedTuple):
    """A spelling of a Chinese name."""

    chars: str  # the name, simplified
    src: Span  # in the Chinese text
    tgt: Span  # in the English text
    text: str  # as it stands there
    given_first: bool
    fits: bool  # whether it is the name's pinyin
    sure: bool  # whether it is pinyin at all, and not another romanisation
    pinyin: str  # as it should be, surname first
    wade_giles: bool = False  # whether it fits in that romanisation, wholly or by half


class _NameReading(NamedTuple):
    chars: str
    span: Span
    surname: frozenset[str]
    given: frozenset[str]


def person_names(src: str, tgt: str) -> list[PersonName]:
    """Return the spellings of Chinese people's names in a sentence pair, in order.

    >>> [(n.chars, n.fits) for n in person_names("张伟和李小红", "Zhang Wei and Li Xiaohon")]
    [('张伟', True), ('李小红', False)]
    """
    spelt = list(_spelt(tgt))
    if not spelt:
        return []
    readings = list(_readings(src))
    found = [_fitting(words, span, tgt, readings) for words, span in spelt]
    exact = {name.chars for name in found if name and name.fits}
    heard = sounds_in(src) if any(name and not name.fits for name in found) else frozenset()
    told: list[PersonName] = []
    stop = 0
    for name in found:
        if (
            name
            and name.tgt.start >= stop
            and (name.fits or (name.chars not in exact and letters(name.text) not in heard))
        ):
            told.append(name)
            stop = name.tgt.stop
    return told


@lru_cache(maxsize=1 << 10)
def sounds_in(src: str) -> frozenset[str]:
    """Return how all runs of two to four characters of a text sound: rare surnames too.

    >>> sorted(sounds_in("西安"))
    ['xian']
    """
    text = shadow(src).text
    runs = {text[n : n + size] for size in (2, 3, 4) for n in range(len(text) - size + 1)}
    return frozenset(sound for run in runs if all(map(_HAN.match, run)) for sound in sounds(run))


def letters(text: str) -> str:
    """Return the letters of a spelling, small, ü as v.

    >>> letters("Lü Xiao-ming")
    'lvxiaoming'
    """
    return _MARKS.sub("", _POSSESSIVE.sub("", text.lower())).replace("ü", "v")


def is_near(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter: another, one more, or two that changed places.

    >>> is_near("zhang", "zhan"), is_near("xiaoming", "xaioming"), is_near("li", "lu")
    (True, True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped


def _spelt(tgt: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Yield each two and three capitalised words in a row, the longer ones first."""
    at = 0
    while match := _NAME.search(tgt, at):
        words = tuple(word for word in match.groups() if word)
        if len(words) > 2:
            yield words, Span(*match.span())
        yield words[:2], Span(match.start(), match.end(2))
        at = match.end(1)


def _readings(src: str) -> Iterator[_NameReading]:
    """Yield what may be a name: a surname with one or two characters behind it."""
    copy = shadow(src)
    text = copy.text
    for n, character in enumerate(text):
        sizes = [1] if character in SURNAMES else []
        sizes += [2] if text[n : n + 2] in COMPOUND_SURNAMES else []
        for size in sizes:
            for more in range(1, _GIVEN + 1):
                given = text[n + size : n + size + more]
                if len(given) == more and all(map(_HAN.match, given)):
                    surname = text[n : n + size]
                    span = copy.original_span(n, n + size + more)
                    yield _NameReading(surname + given, span, sounds(surname), sounds(given))


@lru_cache(maxsize=1 << 14)
def sounds(chars: str) -> frozenset[str]:
    """Return all toneless pinyin of some simplified characters, joined.

    >>> sorted(sounds("单"))
    ['chan', 'dan', 'shan']
    """
    from pypinyin import Style, pinyin

    read = pinyin(chars, style=Style.NORMAL, heteronym=True)
    ways = [{form for one in each for form in _forms(one)} for each in read]
    return frozenset("".join(way) for way in product(*ways))


@lru_cache(maxsize=1 << 12)
def older_sounds(chars: str) -> frozenset[str]:
    """Return all spellings of some simplified characters in Wade-Giles, without its marks.

    >>> sorted(older_sounds("张")), sorted(older_sounds("志强"))
    (['chang'], ['chihchiang'])
    """
    from pypinyin import Style, pinyin

    read = pinyin(chars, style=Style.WADEGILES, heteronym=True)
    ways = [{form for one in each for form in _forms(_MARKS.sub("", one.lower()))} for each in read]
    return frozenset("".join(way) for way in product(*ways))


def _is_wade_giles(surname: str, given: str, reading: _NameReading) -> bool:
    """Tell whether both halves fit in Wade-Giles, or one of them in pinyin: Chang Weimin."""
    size = 2 if reading.chars[:2] in COMPOUND_SURNAMES else 1
    first, rest = reading.chars[:size], reading.chars[size:]
    return surname in reading.surname | older_sounds(first) and (
        given in reading.given | older_sounds(rest)
    )


def _forms(sound: str) -> set[str]:
    return {sound, sound.replace("v", "u"), sound.replace("v", "yu")}


def _fitting(
    words: tuple[str, ...], span: Span, tgt: str, readings: list[_NameReading]
) -> PersonName | None:
    """Return the name that words spell: the longest that fits, else one that is near."""
    orders = (
        (letters(words[0]), letters("".join(words[1:])), False),
        (letters("".join(words[:-1])), letters(words[-1]), True),
    )
    text = tgt[slice(*span)]
    near: PersonName | None = None
    older: PersonName | None = None
    for reading in sorted(readings, key=lambda each: -len(each.chars)):
        for first, last, given_first in orders:
            surname, given = (last, first) if given_first else (first, last)
            right = surname in reading.surname, given in reading.given
            fits = all(right)
            other = not fits and _is_wade_giles(surname, given, reading)
            if not any(right) and not other:
                continue
            sure = fits or _is_pinyin(words, surname, given, reading)
            shown = spelled(reading.chars)
            name = PersonName(
                reading.chars, reading.span, span, text, given_first, fits, sure, shown, other
            )
            if fits:
                return name
            if other:
                older = older or name
                continue
            wrong, wanted = (given, reading.given) if right[0] else (surname, reading.surname)
            whole_name = not given_first or len(reading.chars) > 2
            if whole_name and any(is_near(wrong, each) for each in wanted):
                near = near or name
    return older or near


def _is_pinyin(words: tuple[str, ...], surname: str, given: str, reading: _NameReading) -> bool:
    """Tell whether a spelling of which one half fits is pinyin, and no other romanisation."""
    two = len(reading.chars) - (2 if reading.chars[:2] in COMPOUND_SURNAMES else 1) > 1
    whole = two and not any("-" in word for word in words) and len(words) == 2
    return bool(_PINYIN_ONLY.search(surname + given)) or (whole and len(given) >= _LONG)


@lru_cache(maxsize=1 << 12)
def spelled(chars: str) -> str:
    """Return the pinyin of a name as English has it.

    >>> spelled("欧阳小红")
    'Ouyang Xiaohong'
    """
    from pypinyin import lazy_pinyin

    size = 2 if chars[:2] in COMPOUND_SURNAMES else 1
    parts = "".join(lazy_pinyin(chars[:size])), "".join(lazy_pinyin(chars[size:]))
    return " ".join(parts).title().replace("v", "ü")
