"""How likely two documents are translations of each other, from what is in them.

Evidence, each between 0 and 1:

- meaning: how well each part of one document is matched by a part of the other at about
  the same place, and the other way round; mean cosine of their vectors. Documents on
  one subject reach .3 to .5, translations .41 to .8;
- numbers by value, dates and document numbers among them, and Latin strings in the
  Chinese text: cosine of their counts, the rarer the heavier. They tell the yearly
  reports of one office apart, whose meaning is nearly the same. They count less where
  they are few: the numbers of a novel are seldom translated as such;
- length: English has 1.9 to 5 times the characters of Chinese.

The weights were set by hand on 98 pairs of six collections: central bank reports, health,
fiction, guides, statistics, human rights. All of these pairs score above 1.0, and every
other two documents of one collection below -0.9, but for two copies of one text.

Units: a score is a logit; 0 is as likely as not, 2 is .88.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import cosines, whole_vectors

if TYPE_CHECKING:
    from aligner.encode.protocol import Floats
    from aligner.pairing.prints import Print

Scores = NDArray[np.float64]
Parts = tuple["Floats", Sequence[float]]  # vectors of a document's parts, and their places


class _CountRows(NamedTuple):
    """Rows that are mostly zeros: the entries that are not, row by row."""

    starts: NDArray[np.int64]  # of each row's entries, and the end. Shape (rows + 1,)
    rows: NDArray[np.int64]  # of each entry
    columns: NDArray[np.int64]
    values: Scores


SCORE_DIGITS: Final = 9  # of a score: the last ones differ between processors
CANDIDATES: Final = 20  # that a document is compared with part by part
NEVER: Final = -30.0
_NEAR: Final = 0.12  # of the document's length: parts that are compared
_FEW: Final = 8  # different numbers of a document; with fewer their evidence counts less,
_SPARSE: Final = 200  # and with less than one in so many Chinese characters
_MEANING, _MEANING_LEVEL = 14.0, 0.415
_NUMBERS, _NUMBERS_LEVEL = 8.0, 0.65
_LATIN, _LATIN_LEVEL = 2.0, 0.3
_LENGTH, _LENGTH_RATIO, _LENGTH_SPAN = 4.0, 1.15, 0.5  # beyond the span each unit costs so much


def scores(
    zh: Sequence[Print], en: Sequence[Print], zh_parts: Sequence[Parts], en_parts: Sequence[Parts]
) -> Scores:
    """Return the score of each Chinese document with each English one.

    Only the most promising ones are compared part by part; all others score `NEVER`.

    Returns:
        Shape (Chinese documents, English documents).

    Cost: a product of their parts' vectors for `CANDIDATES` pairs a document; memory 50
    bytes a pair of documents.
    """
    rest = facts_scores(zh, en)
    rough = rest + _MEANING * cosines(_means(zh_parts), _means(en_parts))
    found = np.full(rough.shape, NEVER)
    for row, column in zip(*np.nonzero(_promising(rough)), strict=True):
        alike = meaning(zh_parts[row], en_parts[column])
        found[row, column] = rest[row, column] + _MEANING * (alike - _MEANING_LEVEL)
    return found


def facts_scores(zh: Sequence[Print], en: Sequence[Print]) -> Scores:
    """Return the part of the score that numbers, Latin strings and lengths give."""
    numbers, counted = _overlap([p.numbers or Counter() for p in zh],
                                [p.numbers or Counter() for p in en])  # fmt: skip
    said = set().union(*(p.latin or () for p in zh))
    latin, n_latin = _overlap(
        [p.latin or Counter() for p in zh],
        [Counter({w: n for w, n in (p.latin or {}).items() if w in said}) for p in en],
    )
    lengths = [np.log(np.array([max(1, p.length) for p in side])) for side in (zh, en)]
    off = np.abs(lengths[1][None, :] - lengths[0][:, None] - _LENGTH_RATIO)
    dense = np.minimum(1, counted * _SPARSE / np.exp(lengths[0])[:, None])
    found: Scores = (
        _NUMBERS * dense * np.minimum(1, counted / _FEW) * (numbers - _NUMBERS_LEVEL)
        + _LATIN * np.minimum(1, n_latin / _FEW) * (latin - _LATIN_LEVEL)
        - _LENGTH * np.maximum(0, off - _LENGTH_SPAN)
    )
    return np.round(found, SCORE_DIGITS)


def meaning(zh: Parts, en: Parts) -> float:
    """Return how well the parts of two documents match at about the same places."""
    alike = cosines(whole_vectors(zh[0]), whole_vectors(en[0]))
    apart = np.abs(np.array(zh[1])[:, None] - np.array(en[1])[None, :])
    near = apart <= np.maximum(_NEAR, np.minimum(apart.min(1, keepdims=True), apart.min(0)))
    alike = np.where(near, alike, -1.0)
    best = [alike.max(axis) for axis in (0, 1)]
    return float(np.mean([side[side > -1].mean() for side in best]))


def _means(parts: Sequence[Parts]) -> Floats:
    means = np.stack([vectors.mean(axis=0) for vectors, _ in parts])
    return whole_vectors(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9))


def _promising(rough: Scores) -> NDArray[np.bool_]:
    """Mark the best candidates of each row and of each column."""
    marked = np.zeros(rough.shape, dtype=bool)
    for axis in (0, 1):
        count = min(CANDIDATES, rough.shape[axis])
        best = np.argsort(-rough, axis=axis, kind="stable").take(range(count), axis=axis)
        np.put_along_axis(marked, best, values=True, axis=axis)
    return marked


def _overlap(zh: Sequence[Counter[Any]], en: Sequence[Counter[Any]]) -> tuple[Scores, Scores]:
    """Return the cosines of counts weighted by rarity, and how many kinds there are.

    Both have shape (Chinese documents, English documents). The number of kinds is that
    of the side with more of them.
    """
    seen: Counter[Any] = Counter()
    for counts in (*zh, *en):
        seen.update(counts.keys())
    place = {key: number for number, key in enumerate(seen)}
    every = len(zh) + len(en)
    rarity = np.log(1 + every / np.array([max(1, n) for n in seen.values()]))
    left, right = _weighted(zh, place, rarity), _weighted(en, place, rarity)
    kinds = [np.array([len(counts) for counts in side], dtype=np.float64) for side in (zh, en)]
    return _products(left, right, len(place)), np.maximum(kinds[0][:, None], kinds[1][None, :])


def _weighted(side: Sequence[Counter[Any]], place: dict[Any, int], rarity: Scores) -> _CountRows:
    """Return sparse rows of unit length, one a document."""
    sizes = [len(counts) for counts in side]
    rows = np.repeat(np.arange(len(side)), sizes)
    columns = np.array([place[key] for counts in side for key in counts], dtype=np.int64)
    values = np.sqrt(np.array([n for counts in side for n in counts.values()], dtype=np.float64))
    values *= rarity[columns]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=len(side)))
    values /= norms[rows]
    return _CountRows(np.cumsum([0, *sizes]), rows, columns, values)


def _products(left: _CountRows, right: _CountRows, n_columns: int) -> Scores:
    """Return the inner product of each row of one side with each of the other."""
    from aligner.pairing._assignment import products

    order = np.argsort(right.columns, kind="stable")
    begin = np.searchsorted(right.columns[order], np.arange(n_columns + 1))
    found: Scores = products(
        left.starts,
        left.columns,
        left.values,
        begin,
        right.rows[order],
        right.values[order],
        len(right.starts) - 1,
    )
    return found
