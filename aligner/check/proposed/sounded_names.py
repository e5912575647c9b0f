"""The whole of a name that is written as it sounds, where a piece of it was found.

The cutter cuts names that it does not know now so and now so: 陆景|行. English says how far the
name goes: what is Lu Jingxing at every place is 陆景行, and what stands behind He is 何佩兰.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from aligner.check.spelt.person_names import letters, sounds
from aligner.lang.marks_zh import HAN
from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.located import Looked, RenderingGroup, Seen
from aligner.terms.units import TextUnit

_MORE: Final = 2  # characters that a name has beside the found ones, at most
_LONGEST: Final = 5  # characters of a name
_NAME: Final = re.compile(f"[{HAN}]+")


class SoundedName(NamedTuple):
    """A name in both languages."""

    src: str
    text: str


def sounded_name(group: RenderingGroup, looked: Looked, *, source: str) -> SoundedName | None:
    """Return the name that a term and its rendering are pieces of, the same at every place.

    Args:
        group: The rendering.
        looked: For the texts round its places.
        source: The term.

    Returns:
        None if the rendering is not written as the term and its neighbours sound.
    """
    if len(source) > _LONGEST or not group.text[:1].isupper() or not _is_han(shadow(source).text):
        return None
    found = Counter(_at(seen, looked.units[seen.place.unit]) for seen in group.places)
    names = {(name.src, letters(name.text)) for name in found if name}
    if len(names) != 1 or None in found:
        return None
    return max(sorted(name for name in found if name), key=found.__getitem__)


def _at(seen: Seen, unit: TextUnit) -> SoundedName | None:
    """Return the name at one place."""
    if seen.span is None:
        return None
    words = seen.text.split()
    while words and words[0].islower():  # said Lu Jingxing
        words = words[1:]
    before = (
        unit.tgt[: seen.span.start].split()[-1:] if len(words) == len(seen.text.split()) else []
    )
    return _around(unit.src, seen.place.span, " ".join(words), before) if words else None


def _around(text: str, place: Span, name: str, before: list[str]) -> SoundedName | None:
    """Return the characters round a place that sound as a name, or as it and the word before."""
    whole = [" ".join([*before, name])] if before and before[0].istitle() else []
    for english in (*whole, name):
        sound = letters(english)
        for left in range(_MORE + 1):
            for right in range(_MORE + 1 - left):
                start, stop = place.start - left, place.stop + right
                piece = shadow(text[max(0, start) : stop]).text
                if start >= 0 and _is_han(piece) and sound in sounds(piece):
                    return SoundedName(text[start:stop], english)
    return None


def _is_han(text: str) -> bool:
    return _NAME.fullmatch(text) is not None
