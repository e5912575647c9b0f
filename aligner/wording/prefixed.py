"""Tell whether a word is another one with a prefix before it: reassess, unlicensed, misaligned.

Such a word uses the other, with its meaning turned or repeated, and is no other word for it:
what is assessed again is reassessed. A word whose meaning has parted from what its letters
show (report, release, subject) is in `root_facts`.

Words are in lower case, as `aligner.wording.roots` takes them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from aligner.wording.forms import base_form, is_word, parts_of_speech
from aligner.wording.root_facts import OPAQUE
from aligner.wording.roots import origins, same_root

_PREFIXES: Final = ("re", "un", "mis", "sub", "non")
_SHORTEST: Final = 4  # letters behind a prefix; shorter ones meet by chance: re-ply


@lru_cache(maxsize=1 << 14)
def is_prefixed(word: str, other: str) -> bool:
    """Tell whether a word is a prefix and another one, or a word of the other's root.

    >>> is_prefixed("misaligned", "alignment"), is_prefixed("resell", "selling")
    (True, True)
    >>> is_prefixed("report", "port"), is_prefixed("reserved", "service")
    (False, False)
    """
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix).removeprefix("-")
        if rest == word or len(rest) < _SHORTEST or not is_word(rest):
            continue
        if OPAQUE.isdisjoint(origins(word)) and _are_one(base_form(rest), base_form(other)):
            return True
    return False


def _are_one(one: str, other: str) -> bool:
    return one == other or bool(_verbs(one) & _verbs(other)) or same_root(one, other)


def _verbs(word: str) -> frozenset[str]:
    return frozenset(base_form(verb) for verb in parts_of_speech(word).get("VERB", ()))
