"""What is known of each part of a sentence that may have nothing on the other side.

A translated part has a part of the other side close to it in meaning; without it the
sentence is further from its translation; the dictionary joins its words to words there; and
the translation is about as long as the whole sentence asks for. Where a part was left out,
each of these fails.

Cost: linear in the text; some twenty vectors a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from aligner.check.lost.pieces import (
    LEAST_SIZE,
    candidates,
    clauses,
    line_edges,
    sentences,
    size,
)
from aligner.encode.cosines import cosines, paired_cosines, whole_vectors
from aligner.lexicon.dictionary import load_lexicon
from aligner.lexicon.gloss import GLOSS_STOP_WORDS
from aligner.lexicon.words import cut_words
from aligner.span import Lang, Span
from aligner.terms.units import TextUnit, english_words

if TYPE_CHECKING:
    from aligner.encode.protocol import Floats
    from aligner.encode.spans import SpanEncoder, SpanSide

Doubles = NDArray[np.float64]

_HALF: Final = 0.5  # of a gloss must be there; also what is told of a part without words
_SMALL: Final = 0.02  # what a mark or a small word takes from a run of words that are not found
_DIGITS: Final = 6  # the last ones differ between processors


class PieceTrait(IntEnum):
    """A number that is known of a part."""

    BEST = 0  # cosine to the closest part of the other side
    NEAR = auto()  # to the closest part of the neighbours' other sides
    GAIN = auto()  # of the cosine of the two sides, if the part is taken out
    WHOLE = auto()  # cosine of the two sides
    COVER = auto()  # share of its words that the dictionary finds on the other side
    OTHERS = auto()  # the same of the rest of its side
    LACK = auto()  # length that the other side lacks, in lengths of the part
    SIZE = auto()  # logarithm of its length
    SHARE = auto()  # of its side's length
    LEVEL = auto()  # median of the document's cosines
    BEST_BELOW = auto()  # BEST less the mean of the other parts' BEST
    SENTENCE = auto()  # 1 for a whole sentence, where there are more
    WINDOW = auto()  # 1 for words in a row that the dictionary finds nowhere
    MORE = auto()  # sentences of its side less those of the other side, 2 at most


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one side of some units, with what is known of them."""

    unit: NDArray[np.int64]  # number of the unit. Shape (n,)
    spans: tuple[Span, ...]  # in the unit's text
    traits: Floats  # Shape (n, traits)
    vectors: Floats  # Shape (n, dim)


@dataclass(frozen=True, slots=True)
class _PartSide:
    """One side of the units: its parts as vectors."""

    vectors: Floats  # of the whole texts
    parts: NDArray[np.int64]  # rows of (unit, start, stop)
    kinds: NDArray[np.bool_]  # whether each is a sentence, a window. Shape (n, 2)
    count: Doubles  # of sentences, in each text
    part_vectors: Floats
    rests: Floats  # of the texts without the part
    facing: NDArray[np.int64]  # unit of each thing that a part of the other side may render
    facing_vectors: Floats
    cover: tuple[NDArray[np.float64], ...]  # of each character, nan where it is in no word
    sizes: Doubles  # of the texts


def both_sides(units: Sequence[TextUnit], encoder: SpanEncoder) -> tuple[Parts, Parts]:
    """Return the parts of the Chinese and of the English side.

    Args:
        units: Units of one document with two sides, in order.
        encoder: For the vectors.
    """
    zh_cover, en_cover = _covers(units)
    zh = _side(
        [unit.src for unit in units], [unit.src_char for unit in units], "zh", zh_cover, encoder
    )
    en = _side(
        [unit.tgt for unit in units], [unit.tgt_char for unit in units], "en", en_cover, encoder
    )
    whole = paired_cosines(zh.vectors, en.vectors)
    ratio = float(np.median(en.sizes / zh.sizes)) if len(units) else 1.0
    return (
        _parts(zh, en, whole, ratio, [unit.src for unit in units], "zh"),
        _parts(en, zh, whole, 1.0 / ratio, [unit.tgt for unit in units], "en"),
    )


def _side(
    texts: Sequence[str],
    places: Sequence[NDArray[np.int32]],
    lang: Lang,
    cover: tuple[Doubles, ...],
    encoder: SpanEncoder,
) -> _PartSide:
    side = encoder.side(texts)
    edges = [line_edges(at) for at in places]
    found: list[tuple[int, Span]] = []
    kinds: list[tuple[bool, bool]] = []
    count = np.zeros(len(texts))
    for n, text in enumerate(texts):
        wholes = sentences(text, lang, edges[n])
        count[n] = len(wholes)
        spans = candidates(text, lang, edges[n])
        window = _window(text, cover[n], lang)
        if window and window not in spans:
            spans.append(window)
        found += ((n, span) for span in spans)
        kinds += ((len(wholes) > 1 and span in wholes, span == window) for span in spans)
    parts = _rows(found)
    facing = _rows(
        (n, span) for n, text in enumerate(texts) for span in _runs(text, lang, edges[n])
    )
    whole_rows = _rows((n, Span(0, len(text))) for n, text in enumerate(texts))
    return _PartSide(
        vectors=_vectors(side, whole_rows),
        parts=parts,
        kinds=np.array(kinds, dtype=np.bool_).reshape(-1, 2),
        count=count,
        part_vectors=_vectors(side, parts),
        rests=whole_vectors(side.rests(*parts.T)),
        facing=facing[:, 0],
        facing_vectors=_vectors(side, facing),
        cover=cover,
        sizes=np.array([max(1, size(text, lang)) for text in texts], dtype=np.float64),
    )


def _window(text: str, cover: Doubles, lang: Lang) -> Span | None:
    """Return the words in a row of which the dictionary finds least on the other side.

    The run with the largest sum of what is not found less what is (J. Bentley, "Programming
    Pearls: Algorithm Design Techniques", Communications of the ACM 27, 1984).
    """
    worth = np.where(np.isnan(cover), -_SMALL, _HALF - np.nan_to_num(cover))
    sums = np.concatenate([[0.0], np.cumsum(worth)])
    lowest = np.minimum.accumulate(sums)
    stop = int(np.argmax(np.round(sums - lowest, _DIGITS)))
    start = int(np.argmin(np.round(sums[: stop + 1], _DIGITS)))
    while start < stop and np.isnan(cover[start]):
        start += 1
    while stop > start and np.isnan(cover[stop - 1]):
        stop -= 1
    whole = start == 0 and stop >= len(text) - 1
    return None if whole or size(text[start:stop], lang) < LEAST_SIZE[lang] else Span(start, stop)


def _runs(text: str, lang: Lang, edges: Sequence[int]) -> list[Span]:
    """Return the clauses, every two and every three neighbouring ones."""
    parts = clauses(text, lang, edges)
    return [
        Span(parts[n].start, parts[n + more].stop)
        for more in range(3)
        for n in range(len(parts) - more)
    ]


def _rows(found: Iterable[tuple[int, Span]]) -> NDArray[np.int64]:
    rows = [(n, span.start, span.stop) for n, span in found]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _vectors(side: SpanSide, rows: NDArray[np.int64]) -> Floats:
    return whole_vectors(side.vectors(*rows.T))


def _parts(  # noqa: PLR0913, PLR0917 - two sides have this much to compare
    mine: _PartSide,
    other: _PartSide,
    whole: Floats,
    ratio: float,
    texts: Sequence[str],
    lang: Lang,
) -> Parts:
    unit = mine.parts[:, 0]
    spans = tuple(Span(int(a), int(b)) for _, a, b in mine.parts)
    best, near = _closest(mine, other, len(texts))
    sizes = np.array(
        [
            max(1, size(texts[n][slice(*s)], lang))
            for n, s in zip(unit.tolist(), spans, strict=True)
        ],
        dtype=np.float64,
    )
    cover = np.array([_covered(mine.cover[n], s) for n, s in zip(unit, spans, strict=True)])
    traits = np.zeros((len(spans), len(PieceTrait)), dtype=np.float64)
    traits[:, PieceTrait.BEST] = best
    traits[:, PieceTrait.NEAR] = near
    traits[:, PieceTrait.GAIN] = paired_cosines(mine.rests, other.vectors[unit]) - whole[unit]
    traits[:, PieceTrait.WHOLE] = whole[unit]
    traits[:, PieceTrait.COVER] = cover[:, 0] if len(cover) else 0
    traits[:, PieceTrait.OTHERS] = cover[:, 1] if len(cover) else 0
    lack = mine.sizes[unit] * ratio - other.sizes[unit]
    traits[:, PieceTrait.LACK] = np.clip(lack / (sizes * ratio), -2.0, 2.0)
    traits[:, PieceTrait.SIZE] = np.log(sizes)
    traits[:, PieceTrait.SHARE] = sizes / mine.sizes[unit]
    traits[:, PieceTrait.LEVEL] = float(np.median(whole)) if len(whole) else 0.0
    traits[:, PieceTrait.BEST_BELOW] = best - _mean_of_others(best, unit)
    traits[:, [PieceTrait.SENTENCE, PieceTrait.WINDOW]] = mine.kinds
    traits[:, PieceTrait.MORE] = np.clip(mine.count - other.count, -2.0, 2.0)[unit]
    rounded = np.round(traits, _DIGITS).astype(np.float32)
    return Parts(unit, spans, rounded, mine.part_vectors)


def _closest(mine: _PartSide, other: _PartSide, count: int) -> tuple[Doubles, Doubles]:
    """Return the cosine of each part to what faces it, and to what faces its neighbours."""
    best, near = np.zeros(len(mine.parts)), np.zeros(len(mine.parts))
    first = np.searchsorted(mine.parts[:, 0], np.arange(count + 1))
    at = np.searchsorted(other.facing, np.arange(count + 1))
    for n in range(count):
        rows = slice(first[n], first[n + 1])
        if first[n] == first[n + 1]:
            continue
        low, high = max(0, n - 1), min(count, n + 2)
        found = cosines(mine.part_vectors[rows], other.facing_vectors[at[low] : at[high]])
        own = slice(at[n] - at[low], at[n + 1] - at[low])
        best[rows] = found[:, own].max(axis=1)
        found[:, own] = 0
        near[rows] = found.max(axis=1)
    return best, near


def _mean_of_others(best: Doubles, unit: NDArray[np.int64]) -> Doubles:
    if not len(unit):
        return best
    total, count = np.bincount(unit, best), np.bincount(unit)
    mean: Doubles = (total[unit] - best) / np.maximum(1, count[unit] - 1)
    return mean


def _covers(
    units: Sequence[TextUnit],
) -> tuple[tuple[NDArray[np.float64], ...], tuple[NDArray[np.float64], ...]]:
    """Return for each character how well its word is found on the other side."""
    pairs = [_cover(unit.src, unit.tgt) for unit in units]
    return tuple(zh for zh, _ in pairs), tuple(en for _, en in pairs)


def _cover(src: str, tgt: str) -> tuple[Doubles, Doubles]:
    lexicon = load_lexicon()
    zh_words = cut_words(src)
    en = english_words(tgt)
    shares = _shares([word.text for word in zh_words], en.words)
    by_zh, by_en = np.zeros(len(zh_words)), np.zeros(len(en.words))
    many_zh, many_en = np.zeros(len(zh_words)), np.zeros(len(en.words))
    for (n, m), share in shares.items():
        many_zh[n] += share >= _HALF
        many_en[m] += share >= _HALF
    for (n, m), share in shares.items():
        by_zh[n] = max(by_zh[n], share / max(1.0, many_en[m]))
        by_en[m] = max(by_en[m], share / max(1.0, many_zh[n]))
    zh_chars, en_chars = np.full(len(src), np.nan), np.full(len(tgt), np.nan)
    for n, word in enumerate(zh_words):
        known = word.text in lexicon or word.text.isascii()
        if known and any(c.isalnum() for c in word.text):
            zh_chars[slice(*word.span)] = by_zh[n]
    for m, en_word in enumerate(en.words):
        if en_word.lower() not in GLOSS_STOP_WORDS:
            en_chars[en.start[m] : en.stop[m]] = by_en[m]
    return zh_chars, en_chars


def _shares(zh_words: Sequence[str], en_words: Sequence[str]) -> dict[tuple[int, int], float]:
    """Return how well pairs of words translate each other, the same in both texts too."""
    links = load_lexicon().links(zh_words, en_words)
    shares = {(link.src, link.tgt): link.share for link in links}
    small: dict[str, list[int]] = {}
    for m, word in enumerate(en_words):
        small.setdefault(word.lower(), []).append(m)
    for n, word in enumerate(zh_words):
        for m in small.get(word.lower(), ()):
            shares[n, m] = 1.0
    return shares


def _covered(cover: Doubles, span: Span) -> tuple[float, float]:
    """Return the mean cover of a part and of the rest; .5 where there is no word."""
    part = cover[slice(*span)]
    rest = np.concatenate([cover[: span.start], cover[span.stop :]])
    return _mean(part), _mean(rest)


def _mean(cover: Doubles) -> float:
    known = cover[~np.isnan(cover)]
    return float(known.mean()) if len(known) else _HALF
