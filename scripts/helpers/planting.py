"""Sets of aligned texts with slips planted in them, and whether a finding points at one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from aligner.bitext import Bitext
from aligner.findings import Finding
from aligner.span import Span
from helpers.slips import Slip, plant
from helpers.terms_gold import bitexts, read_dictionary

LEFT_OUT: Final = frozenset(("CMU_1",))  # single phrases, no running text


def half(name: str) -> str:
    """Return which half of tico19 a document belongs to."""
    return "tico19-a" if sum(map(ord, name)) % 2 else "tico19-b"


def of_set(documents: Sequence[Bitext], name: str) -> list[Bitext]:
    """Return the documents of a set."""
    if name.startswith("hkma-"):
        return [each for each in documents if each.id.startswith(name[5:])]
    return [each for each in documents if half(each.id) == name and each.id not in LEFT_OUT]


def folder_of(name: str) -> str:
    """Return the folder below `gold` that holds a set."""
    return "hkma-dev" if name.startswith("hkma-") else name


def planted(
    name: str,
    shared: Path,
    *,
    terms: int = 20,
    seed: int = 1,
    documents: Iterable[Bitext] | None = None,
) -> tuple[list[Bitext], list[Slip]]:
    """Return the texts of a set with planted slips, and the slips.

    Args:
        name: A yearly report, such as hkma-2015, or tico19.
        shared: Has `gold` and `terms`.
        terms: How many terms get slips.
        seed: Another one chooses other terms, places and words.
        documents: The aligned documents of the folder, if they are at hand.
    """
    aligned = bitexts(shared / "gold" / folder_of(name)) if documents is None else documents
    year = name.removeprefix("hkma-") if name.startswith("hkma-") else ""
    mine = [each for each in aligned if each.id.startswith(year) and each.id not in LEFT_OUT]
    table = "hkma-2015-2019.tsv" if year else "tico19-merged.tsv"
    return plant(mine, read_dictionary(shared / "terms" / table), terms=terms, seed=seed)


def hits(finding: Finding, slip: Slip) -> bool:
    """Tell whether a finding points at a slip's new words."""
    return finding.doc == slip.doc and overlap(finding.tgt_span, slip.tgt_span)


def overlap(one: Span | None, other: Span) -> bool:
    """Tell whether two ranges share a character."""
    return one is not None and one.start < other.stop and other.start < one.stop
