"""The list of one-sided units beside a file whose format has no place for them.

`NAME.unpaired.tsv` is written by `aligner.export`, in the order of the alignment. Its
rows go back to where their numbers say, before the first unit with a higher one;
units without numbers leave them to the end of their document.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from aligner.bitexts.pairs import Pair, Side, Source, probability, side
from aligner.bitexts.textfile import open_text
from aligner.errors import FormatError
from aligner.filenames import shown

HEAD: Final = ["doc", "side", "ids", "kind", "p", "span", "text"]
_SIDES: Final = ("zh", "en")


def with_unpaired(pairs: Iterable[Pair], source: Source) -> Iterator[Pair]:
    """Yield the pairs of a file, and those of the list beside it in their places.

    Raises:
        FormatError: The list is damaged.
    """
    path = source.path.with_name(f"{source.path.stem}.unpaired.tsv")
    waiting = _read(Source(path, shown(path))) if path.is_file() else {}
    doc: str | None = None
    for pair in pairs:
        if doc is not None and pair.doc != doc:
            yield from waiting.pop(doc, ())
        doc = pair.doc
        rows = waiting.get(doc, deque())
        while rows and _stands_before(rows[0], pair):
            yield rows.popleft()
        yield pair
    yield from waiting.pop(doc or "", ())
    for rows in waiting.values():
        yield from rows


def _stands_before(row: Pair, pair: Pair) -> bool:
    return _lower(row.src, pair.src) or _lower(row.tgt, pair.tgt)


def _lower(row: Side, other: Side) -> bool:
    return row.first is not None and other.first is not None and row.first < other.first


def _read(source: Source) -> dict[str, deque[Pair]]:
    """Return the rows of a list by document; none if the file is something else."""
    lines = enumerate(open_text(source).lines, start=1)
    rows = ((number, line.rstrip("\r\n").split("\t")) for number, line in lines)
    if next(rows, (0, []))[1] != HEAD:
        return {}
    found: dict[str, deque[Pair]] = {}
    for number, row in rows:
        if len(row) != len(HEAD) or row[1] not in _SIDES:
            raise FormatError(
                f"{source.name}:{number}: is no row of {', '.join(HEAD)}",
                hint="remove the file if it does not belong to the bitext beside it",
            )
        _add(found.setdefault(row[0], deque()), row)
    return found


def _add(found: deque[Pair], row: list[str]) -> None:
    """Add a row; the second side of a unit joins the first."""
    doc, name, ids, kind, p, span, text = row
    filled, empty = side(text, ids, span), Side("", 0)
    pair = Pair(filled, empty, probability(p), doc)
    if name == "en":
        pair = Pair(empty, filled, probability(p), doc)
        if found and not kind.startswith("0-") and not found[-1].tgt.size:
            pair = found.pop()._replace(tgt=filled)
    found.append(pair)
