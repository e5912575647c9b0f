"""What became of a stretch: its rows as pairs, and the changes in words.

Rows and units that share a sentence are one group. One row of one unit was edited at most;
several units in one row were merged, several rows of one unit are a split, and any other
group was linked anew. A link that a person made so has the probability 1, as has one that
she confirmed; any other keeps that of the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from aligner.bitext import Unit
from aligner.edits.change import Change, ChangeKind
from aligner.edits.passages import words_text
from aligner.edits.placing import PlacedRow
from aligner.edits.stretch import EditedStretch, HeldSide, OriginalDocument, held_side
from aligner.messages import N_, _
from aligner.span import Span

_EDITED: Final[dict[str, ChangeKind]] = {"src": "source edited", "tgt": "translation edited"}
_SIDES: Final = ("src", "tgt")
_WHY: Final[dict[ChangeKind, str]] = {
    "source edited": N_("the original text is another one now; kept as edited"),
    "deleted": N_("its row is gone, or empty"),
    "text removed": N_("a sentence is in no row any more"),
    "sentence cut": N_("the rows divide a sentence of the original, so they have parts of it"),
    "repeated id": N_("another row has the same id"),
    "unknown id": N_("the original has no unit of this id; the row counts as new"),
}


class NewSide(NamedTuple):
    """One side of a row of the result."""

    text: str
    size: int  # sentences
    span: Span | None  # in the document of the original; None for a new text


class NewRow(NamedTuple):
    """A row of the result."""

    src: NewSide
    tgt: NewSide
    p: float
    confirmed: bool
    note: str


@dataclass(slots=True)
class _Group:
    """Rows and units that share sentences."""

    rows: list[int] = field(default_factory=list)  # places in the stretch
    units: list[int] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Tell whether it is one row of one unit."""
        return len(self.rows) == len(self.units) == 1


@dataclass(slots=True)
class Told:
    """What was found in the stretches of a document so far."""

    rows: list[NewRow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def add(self, document: OriginalDocument, stretch: EditedStretch) -> None:
        """Add a stretch."""
        if stretch.is_unchanged:
            unit, row = document.unit(stretch.units[0]), stretch.rows[0]
            sides = (
                NewSide(unit.src, len(unit.src_ids), unit.src_span),
                NewSide(unit.tgt, len(unit.tgt_ids), unit.tgt_span),
            )
            self.take(row, sides, unit)
            self.changes += _confirmations(row, stretch.units, unit, document.bitext.id)
            return
        _Work(self, document, stretch).run()

    def take(self, row: PlacedRow, sides: tuple[NewSide, NewSide], unit: Unit | None) -> None:
        """Add a row to the result; `unit` is given if its link is that of the original."""
        confirmed = row.pair.confirmed
        if confirmed is None:
            confirmed = bool(unit and unit.confirmed)
        p = 1.0 if confirmed or unit is None else unit.p
        note = row.pair.note
        if note is None:
            note = unit.note if unit else ""
        self.rows.append(NewRow(*sides, p, confirmed, note))


class _Work:
    """The telling of one stretch."""

    def __init__(self, told: Told, document: OriginalDocument, stretch: EditedStretch) -> None:
        self.told, self.document, self.stretch = told, document, stretch
        self.doc = document.bitext.id
        self.sides: dict[str, HeldSide] = {n: held_side(document, stretch, n) for n in _SIDES}

    def run(self) -> None:
        groups = self._groups()
        of_row = {row: group for group in groups for row in group.rows}
        for at, row in enumerate(self.stretch.rows):
            group = of_row[at]
            unit = self.document.unit(group.units[0]) if group.is_plain else None
            self.told.take(row, (self._side("src", at), self._side("tgt", at)), unit)
            numbers = range(group.units[0], group.units[0] + 1) if unit else range(0)
            self.told.changes += _confirmations(row, numbers, unit, self.doc)
        changes = [change for group in groups for change in self._told(group)]
        self.told.changes += [*changes, *self._removed(groups, changes)]

    def _side(self, name: str, at: int) -> NewSide:
        side = self.sides[name]
        text = getattr(self.stretch.rows[at].pair, name).text
        pieces = side.found.held[at]
        if not text.strip():
            return NewSide("", 0, None)
        return NewSide(text, max(1, len(pieces)), side.span(pieces))

    def _groups(self) -> list[_Group]:
        """Return rows and units that share a sentence, and those that share none."""
        nodes = [("row", at) for at in range(len(self.stretch.rows))]
        nodes += [("unit", number) for number in self.stretch.units]
        root = {node: node for node in nodes}

        def find(node: tuple[str, int]) -> tuple[str, int]:
            while root[node] != node:
                root[node] = root[root[node]]
                node = root[node]
            return node

        for side in self.sides.values():
            for at, pieces in enumerate(side.found.held):
                for piece in pieces:
                    root[find(("unit", side.owners[piece.segment]))] = find(("row", at))
        groups: dict[tuple[str, int], _Group] = {}
        for kind, number in nodes:
            group = groups.setdefault(find((kind, number)), _Group())
            (group.rows if kind == "row" else group.units).append(number)
        return list(groups.values())

    def _told(self, group: _Group) -> Iterator[Change]:
        """Yield what to tell of a group."""
        rows = [self.stretch.rows[at] for at in group.rows]
        edits = [change for at in group.rows for change in self._edits(at, group)]
        if not rows:
            yield self._change("deleted", group)
        elif not group.units:
            yield self._change("inserted", group)
        elif len(group.units) > 1:
            yield self._change("merged" if len(rows) == 1 else "relinked", group)
        elif len(rows) > 1:
            yield self._change("split", group)
        yield from edits
        yield from self._cut(group)
        is_split = len(group.units) == 1 and not edits
        for at in group.rows:
            row = self.stretch.rows[at]
            if row.is_copy and not (is_split and row.unit == group.units[0]):
                yield self._change("repeated id", _Group([at], group.units))
            if row.is_strange:
                yield self._change("unknown id", _Group([at]))

    def _edits(self, at: int, group: _Group) -> Iterator[Change]:
        """Yield the sides of a row whose text is not that of its sentences."""
        if not group.units:
            return
        for name, side in self.sides.items():
            new = getattr(self.stretch.rows[at].pair, name).text
            old = side.text(side.found.held[at])
            is_same = words_text(new) == words_text(old)
            if group.is_plain:
                whole = getattr(self.document.unit(group.units[0]), name)
                was_cut = words_text(old) != words_text(whole)  # that is told as such
                old, is_same = whole, new == whole or (is_same and was_cut)
            if not is_same and new.strip():
                row = self.stretch.rows[at]
                why = _(_WHY.get(_EDITED[name], ""))
                numbers = tuple(number + 1 for number in group.units)
                yield Change(_EDITED[name], (row.line,), numbers, self.doc, old, new, why)

    def _cut(self, group: _Group) -> Iterator[Change]:
        for side in self.sides.values():
            for number in side.found.cut:
                if side.owners[number] in group.units:
                    rows = [
                        at
                        for at in group.rows
                        if any(piece.segment == number for piece in side.found.held[at])
                    ]
                    texts = [
                        side.text([p for p in side.found.held[at] if p.segment == number])
                        for at in rows
                    ]
                    yield self._change(
                        "sentence cut", _Group(rows, [side.owners[number]])
                    )._replace(before=side.segments[number].text, after=" | ".join(texts))

    def _removed(self, groups: Sequence[_Group], changes: Sequence[Change]) -> Iterator[Change]:
        """Yield the sentences that no row holds, if no other change has told of them."""
        gone = {number for group in groups if not group.rows for number in group.units}
        plain = {group.units[0] + 1 for group in groups if group.is_plain}
        rewritten = {(c.units[0], c.kind) for c in changes if c.units and c.units[0] in plain}
        lines = {row.unit: row.line for row in self.stretch.rows}
        for name, side in self.sides.items():
            for number in side.found.lost:
                owner = side.owners[number]
                if owner not in gone and (owner + 1, _EDITED[name]) not in rewritten:
                    row = (lines[owner],) if owner in lines else ()
                    text, why = side.segments[number].text, _(_WHY["text removed"])
                    yield Change("text removed", row, (owner + 1,), self.doc, text, "", why)

    def _change(self, kind: ChangeKind, group: _Group) -> Change:
        units = [self.document.unit(number) for number in group.units]
        pairs = [self.stretch.rows[at].pair for at in group.rows]
        return Change(
            kind,
            tuple(self.stretch.rows[at].line for at in group.rows),
            tuple(number + 1 for number in group.units),
            self.doc,
            " | ".join(_texts(unit.src, unit.tgt) for unit in units),
            " | ".join(_texts(pair.src.text, pair.tgt.text) for pair in pairs),
            _(_WHY.get(kind, "")),
        )


def _confirmations(row: PlacedRow, numbers: range, unit: Unit | None, doc: str) -> Iterator[Change]:
    """Yield whether a person confirmed a row, or took that back."""
    new, old = row.pair.confirmed, bool(unit and unit.confirmed)
    if new is None or new == old:
        return
    kind: ChangeKind = "confirmed" if new else "no longer confirmed"
    text = _texts(row.pair.src.text, row.pair.tgt.text)
    yield Change(kind, (row.line,), tuple(n + 1 for n in numbers), doc, "", text)


def _texts(src: str, tgt: str) -> str:
    return " / ".join(text for text in (src, tgt) if text)
