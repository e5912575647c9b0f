"""Chinese words that the dictionary explains as verbs.

CC-CEDICT writes the gloss of a verb as "to ...". A word counts as a verb here if at least
half of its glosses are so written: 推动 does, 投资 (investment; to invest) too, 港口 does not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cache

from aligner.lexicon.cache import cache_folder, load_or_build
from aligner.lexicon.cedict import dictionary_entries, dictionary_signature

_FORMAT = 2  # of the cached list
_LEAST_SHARE = 0.5  # of the glosses; measures of other shares told terms no better


def is_verb(word: str) -> bool:
    """Tell whether a word in simplified characters is mostly explained as a verb.

    >>> is_verb("推动"), is_verb("港口")
    (True, False)
    """
    return word in _verbs()


@cache
def _verbs() -> frozenset[str]:
    key = f"{dictionary_signature()},verbs={_FORMAT}"
    name = f"verbs-{hashlib.sha256(key.encode()).hexdigest()[:16]}.bin"
    return load_or_build(cache_folder() / name, load=_unpack, build=_build)


def _build() -> bytes:
    glosses, acts = Counter[str](), Counter[str]()
    for entry in dictionary_entries():
        texts = [each.strip() for each in entry["definitions"]]
        texts = [text for text in texts if not text.startswith("CL:")]
        glosses[entry["simplified"]] += len(texts)
        acts[entry["simplified"]] += sum(text.startswith("to ") for text in texts)
    words = (word for word, n in acts.items() if n and n >= _LEAST_SHARE * glosses[word])
    return "\n".join(sorted(words)).encode()


def _unpack(raw: bytes) -> frozenset[str]:
    return frozenset(raw.decode().splitlines())
