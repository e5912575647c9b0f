"""Terms: where they stand, what renders them, and which renderings are out of line.

    units -> wanted -> locate -> pick -> group -> judge -> findings

`find_terms` does it all. Importing this package loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.check.terms import find_terms as find_terms


def __getattr__(name: str) -> object:
    if name == "find_terms":
        from aligner.check.terms import find_terms  # noqa: PLC0415 - loads numba and jieba's tables

        return find_terms
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
