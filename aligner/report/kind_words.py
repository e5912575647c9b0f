"""What findings and renderings are called, and what is meant, for every report; see `page_words`.

A kind that is not in the table is shown by the name that its check gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DIFFERENCES: Final = {
    "form": "case, number, hyphen, article or spelling",
    "preposition": "the same words, another preposition",
    "order": "the same content words, moved",
    "acronym": "initials of the whole or of a part",
    "short form": "content words left out",
    "expansion": "content words added",
    "derivation": "words of one root, such as innovation and innovative",
    "substitution": "other words",
    "status": "forbidden, deprecated or not preferred in the glossary",
    "shared rendering": "one rendering of several terms",
    "not rendered": "no words of the glossary where its term stands",
}
_KINDS: Final = (
    "same",
    *DIFFERENCES,
    # numbers
    *("magnitude", "figure", "value", "date", "unit", "currency", "missing", "added"),
    # references
    *("label", "document number", "note mark", "citation", "not closed"),
    # omissions
    *("not translated", "clause", "added clause", "given twice", "much longer", "much shorter"),
    *("heading", "list item"),
    # leftovers
    *("Chinese characters", "English sentence", "full-width marks"),
    # segments
    *("other translation", "same translation", "near sentence"),
    # names
    *("two spellings", "name order", "pinyin", "another place", "direction"),
    # form
    *("doubled word", "doubled blank", "blank before a mark", "empty brackets"),
    *("half-width mark", "word spelt in two ways", "mixed spelling"),
)
_STATUSES: Final = ("preferred", "proposed", "admitted", "deprecated", "forbidden")
KIND_WORDS: Final[Mapping[str, str]] = {
    **{f"kind.{kind}": kind for kind in _KINDS},
    **{f"meaning.{kind}": meaning for kind, meaning in DIFFERENCES.items()},
    **{f"status.{status}": status for status in _STATUSES},
}
