"""How English writes a Chinese name: by its pinyin without tones.

The dictionary has the great places; the small ones, and most people, are only there
by their sound: 西丽湖 is Xili Lake, 李克强 Li Keqiang. Readings by pypinyin.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

SHORTEST_NAME = 2  # characters of a name written in one word
LONGEST_NAME = 4

_UMLAUTS = {"v": ("u", "yu", "v")}  # 吕梁: Lüliang (Lu- without the dots), Lyuliang, Lvliang


@lru_cache(maxsize=1 << 14)
def syllables(word: str) -> tuple[str, ...]:
    """Return the toneless pinyin of each character, or nothing if one has none.

    ü is written v. Takes traditional characters too; simplified first, because a
    reading hangs on the whole word (重慶 and 重庆 are Chongqing).

    >>> syllables("重慶")
    ('chong', 'qing')
    """
    # On first use: both read large tables.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    from aligner.lang.shadow import shadow  # noqa: PLC0415

    simplified = shadow(word).text
    found = lazy_pinyin(simplified, errors="ignore")
    return tuple(found) if len(found) == len(simplified) else ()


def pinyin(word: str) -> tuple[str, ...]:
    """Return the ways in which a name of 2 to 4 characters, or a part of it, is written.

    Every run of two and more characters counts, because the rest may be translated
    (西丽湖: Xili Lake) or stand by itself (李克强: Li Keqiang). The longest come first.
    Empty for other words and for what has no reading.

    >>> pinyin("西丽湖")
    ('xilihu', 'xili', 'lihu')
    """
    if not SHORTEST_NAME <= len(word) <= LONGEST_NAME:
        return ()
    sounds = syllables(word)
    runs = [
        sounds[start : start + size]
        for size in range(len(sounds), SHORTEST_NAME - 1, -1)
        for start in range(len(sounds) - size + 1)
    ]
    return tuple(dict.fromkeys(join for run in runs for join in _spellings(run)))


def _spellings(run: tuple[str, ...]) -> list[str]:
    """Return the joins of a run, one for each way to write its ü."""
    ways = [
        [sound.replace("v", letter) for letter in _UMLAUTS["v"]] if "v" in sound else [sound]
        for sound in run
    ]
    return ["".join(way) for way in product(*ways)]
