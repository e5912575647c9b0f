"""What clauses said of unsure stretches, kept, so that a correction elsewhere asks them nothing.

What they say depends on the sentences of a stretch, on the borders that are looked at and on
which sentences are known to have no partner; where all these are as before, so is the answer.
After a correction that is so for all stretches but the few beside it.

Memory: eight bytes a border, some ten of which a sentence of a stretch has, and a sentence.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

import numpy as np

from aligner.align.second_pass.clause_scores import ClauseEvidence
from aligner.align.second_pass.redecode import ClauseReader, FirstPass
from aligner.align.second_pass.stretches import Laid, Longs, nodes_inside, parted

STRETCHES_KEPT: Final = 50_000  # those that were asked for longest ago are dropped first


@dataclass(frozen=True)
class ClauseMemory(ClauseReader):
    """Reads the clauses of a stretch once."""

    kept: OrderedDict[bytes, ClauseEvidence] = field(default_factory=OrderedDict)

    def read(self, laid: Laid, first: FirstPass) -> ClauseEvidence:
        """Return what the clauses say, those of new stretches read now."""
        nodes = list(nodes_inside(laid))
        keys = [_key(laid, k, own, first) for k, own in enumerate(nodes)]
        new = [k for k, key in enumerate(keys) if key not in self.kept]
        if new:
            part = laid if len(new) == len(keys) else parted(laid, new)
            said = _by_stretch(part, ClauseReader.read(self, part, first))
            self.kept.update(zip([keys[k] for k in new], said, strict=True))
        visits = np.empty(laid.band.nodes)
        for key, own in zip(keys, nodes, strict=True):
            visits[own] = self.kept[key].visits
            self.kept.move_to_end(key)
        lost = zip(*(self.kept[key].lost for key in keys), strict=True)
        zh, en = (np.concatenate(side) for side in lost)
        while len(self.kept) > STRETCHES_KEPT:
            self.kept.popitem(last=False)
        return ClauseEvidence(visits, (zh, en))


def _by_stretch(laid: Laid, said: ClauseEvidence) -> Iterator[ClauseEvidence]:
    """Yield what is said of each stretch."""
    for k, nodes in enumerate(nodes_inside(laid)):
        zh, en = slice(*laid.pins[k : k + 2]), slice(*laid.pin_columns[k : k + 2])
        lost = said.lost[0][zh].copy(), said.lost[1][en].copy()
        yield ClauseEvidence(said.visits[nodes], lost)


def _key(laid: Laid, k: int, nodes: Longs, first: FirstPass) -> bytes:
    """Return the digest of all that the clauses of a stretch depend on."""
    rect = laid.stretches[k]
    spans = (rect.s0, rect.s1), (rect.t0, rect.t1)
    found = blake2b(digest_size=16)
    for texts, span in zip(first.texts, spans, strict=True):
        _add_texts(found, texts[slice(*span)])
    rows = np.searchsorted(laid.band.offset, nodes, side="right") - 1
    columns = nodes - laid.band.offset[rows] + laid.band.low[rows]
    for places, origin in ((rows, laid.pins[k]), (columns, laid.pin_columns[k])):
        found.update((places - origin).tobytes())
    alone = [
        np.flatnonzero(flags[slice(*span)]).tolist()
        for flags, span in zip(first.alone or (), spans, strict=False)
    ]
    if any(alone):  # where none of the stretch is known to be alone, others do not matter
        found.update(repr(alone).encode())
    return found.digest()


def _add_texts(found: blake2b, texts: Sequence[str]) -> None:
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(raw) + raw)
    found.update(b"/")
