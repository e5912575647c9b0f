"""Which English words are dictionary translations of which Chinese words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from aligner.lexicon.cache import cache_folder, load_or_build
from aligner.lexicon.cedict import build_table, dictionary_signature, table_name
from aligner.lexicon.gloss import GlossKey, plain_words, stem
from aligner.lexicon.gloss_table import GlossTable
from aligner.lexicon.pinyin import pinyin, syllables

WHOLE = 1.0  # the share of a gloss that is wholly there

_UNKNOWN = -1  # the id of a stem that no gloss has
_LONGEST_PIECE = 8  # characters; no entry that is worth looking for is longer
_SHORTEST_NAME = 3  # letters; shorter joins are English words too often

IdKey = tuple[int, ...]


class GlossLink(NamedTuple):
    """A Chinese and an English word that translate each other by the dictionary."""

    src: int  # place of the Chinese word
    tgt: int  # place of the English word
    share: float  # of the gloss that joins them, how much is in the English text; up to 1


class Lexicon:
    """CC-CEDICT by stems, and names by their pinyin.

    Words may be in either script. Holds about 60 MB, and small bounded caches.
    """

    def __init__(self, table: GlossTable) -> None:
        self._table = table
        self._index = {word: n for n, word in enumerate(table.words)}
        self._ids = {text: n for n, text in enumerate(table.stems)}
        self._keys = lru_cache(maxsize=1 << 14)(self._find_keys)
        self._heard = lru_cache(maxsize=1 << 14)(self._find_sound)
        self._sounds_like = lru_cache(maxsize=1 << 14)(self._find_likeness)
        self._spelt = lru_cache(maxsize=1 << 14)(pinyin)

    def __contains__(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        return word in self._index

    def is_name(self, word: str) -> bool:
        """Tell whether the dictionary has the word as a proper name."""
        at = self._index.get(word)
        return at is not None and bool(self._table.names[at])

    @property
    def signature(self) -> str:
        """Name and version of the dictionary and of the rules that its keys follow."""
        return dictionary_signature()

    def glosses(self, word: str) -> tuple[GlossKey, ...]:
        """Return the translations of a word, each as the stems of its content words.

        Empty for a word that the dictionary does not have or does not translate.
        """
        stems = self._table.stems
        return tuple(tuple(stems[n] for n in key) for key in self._entry(word))

    def has_english(self, word: str) -> bool:
        """Tell whether some gloss has all parts of an English word, in whatever form."""
        parts = plain_words(word)
        return bool(parts) and all(stem(part) in self._ids for part in parts)

    def pinyin(self, word: str) -> tuple[str, ...]:
        """Return the toneless spellings of a name and of its parts, the longest first.

        Empty for a word of 1 character or of more than 4.
        """
        return pinyin(word)

    def links(self, zh_words: Sequence[str], en_words: Sequence[str]) -> list[GlossLink]:
        """Return every pair of words that the dictionary or the sound joins.

        A pair is joined if a stem of the English word is in a gloss of the Chinese
        word; its share is the largest share of such a gloss whose stems are all among
        `en_words`. 1 means that a whole gloss is there: 集成电路 with both of
        "integrated circuit", but only .5 with "integrated" alone. A name joined by its
        pinyin has share 1. A Chinese word that the dictionary lacks counts by its
        longest pieces (示范区 by 示范 and 区).

        Args:
            zh_words: Words as a word cutter gives them.
            en_words: Words as they stand in the text, in any case.

        Returns:
            The pairs in order, Chinese place first. The cost is proportional to the
            number of English words and of the glosses of the Chinese words.
        """
        places, sounds = self._places(en_words)
        return [
            GlossLink(number, place, share)
            for number, word in enumerate(zh_words)
            for place, share in sorted(self._shares(word, places, sounds).items())
        ]

    def _places(
        self, en_words: Sequence[str]
    ) -> tuple[Mapping[int, Sequence[int]], Mapping[str, Sequence[int]]]:
        """Return where each stem and each plain word stands."""
        by_stem: defaultdict[int, list[int]] = defaultdict(list)
        by_sound: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(en_words):
            sound, stems = self._heard(word)
            by_sound[sound].append(place)
            for number in stems:
                by_stem[number].append(place)
        return by_stem, by_sound

    def _find_sound(self, word: str) -> tuple[str, IdKey]:
        """Return an English word without marks, and the stems of its parts that glosses have."""
        plain = plain_words(word)
        stems = (self._ids.get(stem(part), _UNKNOWN) for part in plain)
        return "".join(plain), tuple(number for number in stems if number != _UNKNOWN)

    def _shares(
        self, word: str, places: Mapping[int, Sequence[int]], sounds: Mapping[str, Sequence[int]]
    ) -> dict[int, float]:
        """Return the English places that one Chinese word is joined to, with their shares."""
        shares: dict[int, float] = {}
        for key in self._keys(word):
            if places.keys().isdisjoint(key):
                continue
            present = [number for number in key if number in places]
            share = len(present) / len(key)
            for number in present:
                for place in places[number]:
                    shares[place] = max(share, shares.get(place, 0.0))
        shares.update(dict.fromkeys(self._named(word, sounds), WHOLE))
        return shares

    def _named(self, word: str, sounds: Mapping[str, Sequence[int]]) -> set[int]:
        """Return the places where a word stands by its pinyin.

        A join that is an English word (我们 and women) counts only for a proper name,
        a syllable by itself (Li) only beside a longer part of the same name.
        """
        joins = [
            join for join in self._spelt(word) if join in sounds and self._sounds_like(word, join)
        ]
        found = {place for join in joins for place in sounds[join]}
        if found:
            single = {place for sound in syllables(word) for place in sounds.get(sound, ())}
            found |= {place for place in single if {place - 1, place + 1} & found}
        return found

    def _find_likeness(self, word: str, join: str) -> bool:
        number = self._ids.get(stem(join), _UNKNOWN)
        english = number != _UNKNOWN and bool(self._table.common[number])
        return len(join) >= _SHORTEST_NAME and (self.is_name(word) or not english)

    def _entry(self, word: str) -> tuple[IdKey, ...]:
        at = self._index.get(word)
        if at is None:
            return ()
        first, last = (int(n) for n in self._table.gloss_start[at : at + 2])
        edges = self._table.stem_start[first : last + 1]
        ids = self._table.stem_ids[edges[0] : edges[-1]].tolist()
        cuts = (edges - edges[0]).tolist()
        return tuple(tuple(ids[a:b]) for a, b in pairwise(cuts))

    def _find_keys(self, word: str) -> tuple[IdKey, ...]:
        """Return the keys of a word, or of its longest pieces if the dictionary lacks it."""
        if word in self._index:
            return self._entry(word)
        keys: list[IdKey] = []
        at = 0
        while at < len(word):
            sizes = range(min(_LONGEST_PIECE, len(word) - at), 0, -1)
            size = next((n for n in sizes if word[at : at + n] in self._index), 0)
            keys += self._entry(word[at : at + size])
            at += size or 1
        return tuple(dict.fromkeys(keys))


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon, built on first use and then kept in the user's cache folder.

    The first call on a machine takes some seconds, later ones a tenth of one.
    Within a process it is the same object every time.

    Raises:
        SettingError: The dictionary package cannot be read on this system.
    """
    path = cache_folder() / table_name()
    table = load_or_build(path, load=GlossTable.unpack, build=lambda: build_table().pack())
    return Lexicon(table)
