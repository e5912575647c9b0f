"""Doubt links of one sentence to one whose sides only stand where a pair would stand.

Where a translation leaves a sentence out and has another one in its place, two sentences
without partner face each other between right links. The lattice links them, and is sure of it:
two gaps beside each other are rare in the texts that it was fitted on. So the probability of
such a link is multiplied by the probability that its sides belong together, given what they
say. That is a logistic function of their cosine, above the document's level and above those
of each with the sentences round the other one, and of their lengths; where this leaves a doubt,
of their numbers too. By the law of total probability that is the probability of the link, since
no link of strangers is right; where its sides are most likely strangers, they have no partner.

Fitted by scripts/fit/facing.py on copies of development texts in which sentences face each other
like that. It holds for the default encoder, whose cosines it knows.

Units: `p` is a probability; a cosine is from -1 to 1; lengths are tokens of the encoder.

Cost: linear in the links, a dozen inner products each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.align.lattice import Scale, Step
from aligner.align.level import MIDDLE, centred
from aligner.align.related import knows_cosines, related_signature
from aligner.encode.cosines import paired_cosines, whole_vectors
from aligner.encode.protocol import EncodedSide, Encoder, Floats
from aligner.fitted import Declared, Fitted, load
from aligner.lang.numbers import number_values

# Below this probability the sides of a link have no partner. With .5 the development texts
# themselves, in which hardly a sentence faces another by chance, lost up to .004 of F1. Between
# the two a link stays, and its p says that it is hardly one.
STRANGERS: Final = 0.05
SURELY_ALIKE: Final = 0.95  # from this probability on a link is not looked at more closely
SEEN_AROUND: Final = 3  # sentences to either side with which a cosine is compared
_ALIKE: Final = ("likeness", "above beside", "above best beside", "length", "size", "level")
FACING_DECLARED: Final = Declared(
    {"alike": _ALIKE, "facing": (*_ALIKE, "numbers apart", "numbers shared")},
    script="scripts/fit/facing.py",
)
_TOGETHER: Final = 2_048  # links whose vectors are in memory at once
_DECIMALS: Final = 4  # of what decides, so that it is the same on every processor
_FORGIVEN: Final = 1  # numbers of one side only that say nothing: "a dozen", or another unit
_MOST_NUMBERS: Final = 2  # more say no more

Longs = NDArray[np.int64]
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FacingText:
    """What is read of a pair, or of a part of it with some sentences round it."""

    src: EncodedSide
    tgt: EncodedSide
    texts: tuple[Sequence[str], Sequence[str]]  # of both sides
    scale: Scale  # of the pair


def without_strangers(steps: Sequence[Step], text: FacingText) -> list[Step]:
    """Return steps whose links of one to one are as likely as their sides belong together.

    A link whose sides are most likely strangers becomes two sentences without partner.

    Args:
        steps: Of the text, in order.
        text: What they link, by an encoder that the weights know (see `knows_cosines`).
    """
    chances = iter(together(steps, text).tolist())
    found: list[Step] = []
    for step in steps:
        s, t, x, y, p = step
        chance = next(chances) if x == y == 1 else 1.0
        if chance < STRANGERS:
            lone = p * (1.0 - chance)
            found += [(s, t, 1, 0, lone), (s + 1, t, 0, 1, lone)]
        else:
            found.append((s, t, x, y, p * chance))
    return found


def doubt_signature(encoder: Encoder) -> str:
    """Return a short name of all weights that doubt an encoder's links; `none` if none do."""
    if not knows_cosines(encoder):
        return "none"
    return f"{related_signature(encoder)}+{_weights().signature}"


def together(steps: Sequence[Step], text: FacingText) -> Chances:
    """Return how likely the sides of each link of one to one belong together. Shape (links,)."""
    places = single_links(steps)
    models = _weights().models
    rows = facing_traits(places, text)
    chances = _chances(models["alike"](rows))
    asked = np.flatnonzero(chances < SURELY_ALIKE)
    chances[:] = 1.0
    if len(asked):
        more = np.concatenate([rows[asked], number_traits(places[asked], text)], axis=1)
        chances[asked] = _chances(models["facing"](more))
    return chances


def single_links(steps: Sequence[Step]) -> Longs:
    """Return the places of the links of one sentence to one. Shape (links, 2)."""
    table = np.array([step[:4] for step in steps], dtype=np.int64).reshape(-1, 4)
    found: Longs = table[(table[:, 2] == 1) & (table[:, 3] == 1), :2]
    return found


def facing_traits(places: Longs, text: FacingText) -> Floats:
    """Return what is known of links by their vectors and lengths.

    Args:
        places: Of each link its Chinese and its English sentence, in order. Shape (links, 2).
        text: What they link.

    Returns:
        The features of the model `alike` (see `FACING_DECLARED`). Shape (links, 6).
    """
    parts = [_compared(places[a : a + _TOGETHER], text) for a in range(0, len(places), _TOGETHER)]
    cosine, beside, best = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0), np.float32)
    zh = text.src.tokens[places[:, 0]].astype(np.float64)
    en = text.tgt.tokens[places[:, 1]] * text.scale.ratio
    level = centred(text.scale.level)
    columns = [
        cosine - MIDDLE - level,
        cosine - beside,
        cosine - best,
        np.abs(np.log((zh + 3.0) / (en + 3.0))),
        np.log1p(zh),
        np.full(len(places), level),
    ]
    found: Floats = np.stack(columns, axis=1).round(_DECIMALS).astype(np.float32)
    return found


def number_traits(places: Longs, text: FacingText) -> Floats:
    """Return how many numbers stand on one side only, and on both. Shape (links, 2).

    Where both have one in common the rest say nothing: articles of a law are numbered anew.
    """
    rows = []
    for s, t in places.tolist():
        zh = Counter(number_values(text.texts[0][s], "zh"))
        en = Counter(number_values(text.texts[1][t], "en"))
        shared = (zh & en).total()
        apart = 0 if shared else max(0, zh.total() + en.total() - _FORGIVEN)
        rows.append((min(apart, _MOST_NUMBERS), min(shared, _MOST_NUMBERS)))
    return np.array(rows, dtype=np.float32).reshape(-1, 2)


def _compared(places: Longs, text: FacingText) -> Floats:
    """Return the cosine of each link, and the mean and the largest of those beside it.

    A sentence that stands again beside itself is no rival of itself. Shape (3, links).
    """
    (zh, zh_names, s), (en, en_names, t) = (
        _near(side, texts, at)
        for side, texts, at in zip((text.src, text.tgt), text.texts, places.T, strict=True)
    )
    near = np.stack([
        np.where(there, paired_cosines(zh[rows], en[columns]), np.float32(np.nan))
        for rows, columns, there in _beside(s, t, zh_names, en_names)
    ])  # fmt: skip
    there = ~np.isnan(near)
    total = np.where(there, near, np.float32(0.0)).sum(axis=0, dtype=np.float64)
    most = np.where(there, near, np.float32(-1.0)).max(axis=0)
    most[~there.any(axis=0)] = 0.0
    mean = total / there.sum(axis=0).clip(1)
    return np.stack([paired_cosines(zh[s], en[t]), mean, most]).astype(np.float32)


def _beside(
    s: Longs, t: Longs, zh_names: Longs, en_names: Longs
) -> Iterator[tuple[Longs, Longs, NDArray[np.bool_]]]:
    """Yield pairs of which one sentence is a link's and the other near it; whether it counts."""
    for step in (k for k in range(-SEEN_AROUND, SEEN_AROUND + 1) if k):
        yield s, *_other(t, step, en_names)
        rows, there = _other(s, step, zh_names)
        yield rows, t, there


def _other(at: Longs, step: int, names: Longs) -> tuple[Longs, NDArray[np.bool_]]:
    """Return the sentences so far from some, and whether they exist and are other ones."""
    there = (at + step).clip(0, len(names) - 1)
    return there, (there == at + step) & (names[there] != names[at])


def _near(side: EncodedSide, texts: Sequence[str], at: Longs) -> tuple[Floats, Longs, Longs]:
    """Return the vectors of some sentences and of those round them, and where these are now.

    Between these, a number for each sentence that is the same for the same one.
    """
    first = max(0, int(at.min()) - SEEN_AROUND)
    last = min(len(side.tokens), int(at.max()) + SEEN_AROUND + 1)
    known: dict[str, int] = {}
    names = [known.setdefault(text, len(known)) for text in texts[first:last]]
    return whole_vectors(side.runs(1, first, last)), np.array(names), at - first


def _chances(scores: Chances) -> Chances:
    found: Chances = (1.0 / (1.0 + np.exp(-scores))).round(_DECIMALS)
    return found


@cache
def _weights() -> Fitted:
    return load("facing", FACING_DECLARED)
