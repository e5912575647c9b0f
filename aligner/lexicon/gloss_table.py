"""The dictionary as a few arrays: compact in memory and quick to load.

Word w has glosses gloss_start[w] to gloss_start[w + 1], gloss g has the stem ids
stem_start[g] to stem_start[g + 1] of `stem_ids`. Words and stems are sorted, so the
same dictionary always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.lexicon.gloss import GlossKey

Ids = NDArray[np.int32]
Flags = NDArray[np.bool_]

_LENGTH = np.dtype("<i8")
_INT = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class GlossTable:
    """Words, stems, and which stems each gloss of each word has."""

    words: list[str]
    stems: list[str]
    gloss_start: Ids  # shape (words + 1,)
    stem_start: Ids  # shape (glosses + 1,)
    stem_ids: Ids  # shape (all stems of all glosses,)
    names: Flags  # whether the dictionary has the word as a proper name. Shape (words,)
    common: Flags  # whether a gloss has the stem in lower case. Shape (stems,)

    @classmethod
    def of(
        cls, glosses: Mapping[str, Iterable[GlossKey]], names: set[str], common: set[str]
    ) -> GlossTable:
        """Build the table from the keys of each word."""
        words = sorted(glosses)
        keys = [list(glosses[word]) for word in words]
        stems = sorted({stem for word in keys for key in word for stem in key})
        number = {stem: n for n, stem in enumerate(stems)}
        flat = [key for word in keys for key in word]
        return cls(
            words=words,
            stems=stems,
            gloss_start=_starts(len(word) for word in keys),
            stem_start=_starts(len(key) for key in flat),
            stem_ids=np.fromiter((number[stem] for key in flat for stem in key), _INT),
            names=np.fromiter((word in names for word in words), np.bool_),
            common=np.fromiter((stem in common for stem in stems), np.bool_),
        )

    def pack(self) -> bytes:
        """Return the table as bytes: each part after its length."""
        parts = [
            "\n".join(self.words).encode(),
            "\n".join(self.stems).encode(),
            *(ids.astype(_INT).tobytes() for ids in (self.gloss_start, self.stem_start)),
            self.stem_ids.astype(_INT).tobytes(),
            *(flags.tobytes() for flags in (self.names, self.common)),
        ]
        return b"".join(np.array(len(part), _LENGTH).tobytes() + part for part in parts)

    @classmethod
    def unpack(cls, raw: bytes) -> GlossTable:
        """Return the table that was packed. The arrays are views of the bytes."""
        parts, at = [], 0
        while at < len(raw):
            size = int(np.frombuffer(raw, _LENGTH, count=1, offset=at)[0])
            at += _LENGTH.itemsize
            parts.append(memoryview(raw)[at : at + size])
            at += size
        words, stems, gloss_start, stem_start, stem_ids, names, common = parts
        return cls(
            words=bytes(words).decode().split("\n"),
            stems=bytes(stems).decode().split("\n"),
            gloss_start=np.frombuffer(gloss_start, _INT),
            stem_start=np.frombuffer(stem_start, _INT),
            stem_ids=np.frombuffer(stem_ids, _INT),
            names=np.frombuffer(names, np.bool_),
            common=np.frombuffer(common, np.bool_),
        )


def _starts(sizes: Iterable[int]) -> Ids:
    return np.cumsum(np.fromiter((0, *sizes), _INT), dtype=_INT)
