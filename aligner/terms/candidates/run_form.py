"""The Chinese side of a repeated run: counts, cohesion, neighbours, marks, kinds of words.

Cohesion is the pointwise mutual information of the words, in bits a joint; freedom on a
side the entropy of the neighbours, in bits, every mark being a new one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.lexicon import load_lexicon
from aligner.lexicon.verbs import is_verb
from aligner.lexicon.words import word_cutter
from aligner.terms.candidates.flat_words import FlatWords, Longs
from aligner.terms.candidates.repeated_runs import RepeatedRuns, grouped
from aligner.terms.candidates.tags import tag_of

Doubles = NDArray[np.float64]

MOST_COHESION: Final = 12.0  # bits; single words, which hold together wholly, have this
_OPENERS: Final = "《〈「『“‘【"
_CLOSERS: Final = "》〉」』”’】"
_DICTIONARY_TOTAL: Final = 60_101_967  # occurrences behind jieba's counts: its own total
_FLOOR: Final = 0.5  # of a count that is none


class Form(IntEnum):
    """Columns of the Chinese side."""

    COUNT = 0  # log
    TEXTS = 1  # in how many texts, log
    WORDS = 2
    CHARACTERS = 3
    COHESION = 4
    LEFT_FREEDOM = 5
    RIGHT_FREEDOM = 6
    LEFT_TOP = 7  # share of the commonest neighbour
    RIGHT_TOP = 8
    LEFT_MARK = 9  # share of places beside a mark or an end
    RIGHT_MARK = 10
    ALIGNED = 11  # share of places between edges of words
    QUOTED = 12  # whole in quotation marks or 《》
    LINE = 13  # the whole text
    LEFT_GLUED = 14  # an edge inside a word of the dictionary that jieba cuts
    RIGHT_GLUED = 15
    KNOWN = 16  # jieba's dictionary has it
    EXPLAINED = 17  # CC-CEDICT has it
    ACT = 18  # and explains it as a verb
    FIRST_ACT = 19
    LAST_ACT = 20
    FIRST_EXPLAINED = 21
    LAST_EXPLAINED = 22
    FIRST_KEEN = 23  # how much commoner the first word is here than in the language, log
    LAST_KEEN = 24
    LEAST_KEEN = 25  # of the words
    MOST_KEEN = 26
    FIRST_LENGTH = 27  # characters of the first word
    LAST_LENGTH = 28
    LATIN = 29  # share of characters
    DIGIT = 30
    LEFT_ACT = 31  # share of places behind a verb by CC-CEDICT
    RIGHT_ACT = 32


# Kinds of words by jieba's tags, nearest first; the last takes all others.
WORD_CLASSES: Final = (
    ("noun", ("n",)), ("place", ("ns", "s", "f")), ("person", ("nr",)), ("new", ("x",)),
    ("latin", ("eng",)), ("number", ("m", "q", "mq")), ("act", ("vn",)),
    ("verb", ("v", "vd", "vi", "vq", "vg")), ("quality", ("a", "an", "ad", "ag")),
    ("attribute", ("b",)), ("adverb", ("d", "df", "dg")), ("time", ("t", "tg")),
    ("relation", ("p", "c", "u", "uj", "ul", "uz", "ug", "ud", "uv", "r", "y", "e", "o")),
    ("phrase", ("l", "i")), ("part", ("ng", "k", "h", "g", "j", "zg", "z")), ("other", ()),
)  # fmt: skip
_SIDES: Final = ("first", "last", "inner", "left", "right")
_CLASS_OF: Final = {tag: n for n, (_, tags) in enumerate(WORD_CLASSES) for tag in tags}
_CLASSES: Final = len(WORD_CLASSES)

FORM_NAMES: Final = (
    *(f"zh {each.name.lower()}" for each in Form),
    *(f"{side} {name}" for side in _SIDES for name, _ in WORD_CLASSES),
)


def describe_form(words: FlatWords, runs: RepeatedRuns, left: Longs, right: Longs) -> Doubles:
    """Describe the Chinese side of each run.

    Args:
        words: Of the texts.
        runs: Repeated ones.
        left: The kind of the word before each place, -1 for a mark.
        right: And of the word behind it.

    Returns:
        Shape (runs, len(FORM_NAMES)).
    """
    out = np.zeros((runs.size, len(Form)))
    count = np.diff(runs.first)
    first, last = words.at[runs.start[runs.sample]], words.at[runs.stop[runs.sample] - 1]
    out[:, Form.COUNT] = np.log(count)
    text = np.searchsorted(words.word_first, words.at[runs.start], side="right") - 1
    fresh = np.ones(len(text), dtype=bool)
    fresh[1:] = (text[1:] != text[:-1]) | (runs.run[1:] != runs.run[:-1])
    out[:, Form.TEXTS] = np.log(_mean(runs, fresh) * count)
    out[:, Form.WORDS] = last - first + 1
    out[:, Form.CHARACTERS] = runs.stop[runs.sample] - runs.start[runs.sample]
    out[:, Form.COHESION] = _cohesion(words, count, first, last)
    for column, beside in ((0, left), (1, right)):
        entropy, top = _freedom(runs, beside)
        out[:, Form.LEFT_FREEDOM + column] = entropy
        out[:, Form.LEFT_TOP + column] = top
        out[:, Form.LEFT_MARK + column] = _mean(runs, beside < 0)
    out[:, Form.ALIGNED] = _mean(runs, runs.aligned)
    _marks(words, runs, out)
    kinds = _kinds(words)
    _whole(words, runs, out)
    _ends(words, kinds, first, last, out)
    is_act = np.append(kinds[:, 0], 0.0)
    out[:, Form.LEFT_ACT] = _mean(runs, is_act[left])
    out[:, Form.RIGHT_ACT] = _mean(runs, is_act[right])
    return np.concatenate([out, _classes(words, runs, first, last, left, right)], axis=1)


def _mean(runs: RepeatedRuns, values: NDArray[np.generic]) -> Doubles:
    """Return the mean of a column over the places of each run."""
    total = np.add.reduceat(values.astype(np.float64), runs.first[:-1], axis=0)
    count = np.diff(runs.first)
    mean: Doubles = total / (count if values.ndim == 1 else count[:, None])
    return mean


def _cohesion(words: FlatWords, count: Longs, first: Longs, last: Longs) -> Doubles:
    total = max(len(words.kind), 1)
    frequency = np.bincount(words.kind, minlength=len(words.kinds)) / total
    log = np.concatenate([[0.0], np.cumsum(np.log2(frequency[words.kind]))])
    joints = last - first
    bits = (np.log2(count / total) - (log[last + 1] - log[first])) / np.maximum(joints, 1)
    cohesion: Doubles = np.where(joints == 0, MOST_COHESION, np.minimum(bits, MOST_COHESION))
    return cohesion


def _freedom(runs: RepeatedRuns, beside: Longs) -> tuple[Doubles, Doubles]:
    """Return the entropy of the neighbours and the share of the commonest one."""
    count = np.diff(runs.first)
    # Every mark is a neighbour of its own.
    value = np.where(beside < 0, -1 - np.arange(len(beside)), beside)
    group, size, _ = grouped(runs.run, value)
    share = size / count[group]
    top = np.zeros(runs.size)
    np.maximum.at(top, group, share)
    bits = np.bincount(group, -share * np.log2(share), minlength=runs.size)
    return bits.astype(np.float64), top


def _marks(words: FlatWords, runs: RepeatedRuns, out: Doubles) -> None:
    codes = np.frombuffer(words.text.encode("utf-32-le"), dtype="<u4")
    codes = np.append(codes, ord("\n"))
    before, behind = codes[runs.start - 1], codes[runs.stop]
    opened = np.isin(before, [ord(mark) for mark in _OPENERS])
    closed = np.isin(behind, [ord(mark) for mark in _CLOSERS])
    out[:, Form.QUOTED] = _mean(runs, opened & closed)
    text = np.searchsorted(words.first, runs.start, side="right") - 1
    alone = (words.word_first[text + 1] - 1 == words.at[runs.stop - 1]) & (
        words.word_first[text] == words.at[runs.start]
    )
    out[:, Form.LINE] = _mean(runs, alone)
    out[:, Form.LEFT_GLUED] = _mean(runs, words.glued[runs.start])
    out[:, Form.RIGHT_GLUED] = _mean(runs, words.glued[runs.stop])


def _kinds(words: FlatWords) -> Doubles:
    """Return facts of each kind of word: verb, explained, keenness, length. Shape (kinds, 4)."""
    lexicon, cutter = load_lexicon(), word_cutter()
    here = np.bincount(words.kind, minlength=len(words.kinds))
    usual = np.array([cutter.FREQ.get(word) or 0 for word in words.kinds], dtype=np.float64)
    keen = np.log((here + _FLOOR) / max(len(words.kind), 1)) - np.log(
        (usual + _FLOOR) / _DICTIONARY_TOTAL
    )
    return np.array(
        [
            (is_verb(word), word in lexicon, own, len(word))
            for word, own in zip(words.kinds, keen.tolist(), strict=True)
        ],
        dtype=np.float64,
    ).reshape(-1, 4)


def _whole(words: FlatWords, runs: RepeatedRuns, out: Doubles) -> None:
    lexicon, cutter = load_lexicon(), word_cutter()
    for number, text in enumerate(runs.texts(words)):
        explained = text in lexicon
        out[number, Form.KNOWN] = bool(cutter.FREQ.get(text))
        out[number, Form.EXPLAINED] = explained
        out[number, Form.ACT] = explained and is_verb(text)
        latin = sum(char.isascii() and char.isalpha() for char in text)
        out[number, Form.LATIN] = latin / len(text)
        out[number, Form.DIGIT] = sum(map(str.isdigit, text)) / len(text)


def _ends(words: FlatWords, kinds: Doubles, first: Longs, last: Longs, out: Doubles) -> None:
    a, b = kinds[words.kind[first]], kinds[words.kind[last]]
    out[:, Form.FIRST_ACT], out[:, Form.LAST_ACT] = a[:, 0], b[:, 0]
    out[:, Form.FIRST_EXPLAINED], out[:, Form.LAST_EXPLAINED] = a[:, 1], b[:, 1]
    out[:, Form.FIRST_KEEN], out[:, Form.LAST_KEEN] = a[:, 2], b[:, 2]
    out[:, Form.FIRST_LENGTH], out[:, Form.LAST_LENGTH] = a[:, 3], b[:, 3]
    keen = np.append(kinds[words.kind, 2], 0.0)
    least, most = a[:, 2].copy(), a[:, 2].copy()
    for step in range(1, 8):
        at = np.minimum(first + step, last)
        least, most = np.minimum(least, keen[at]), np.maximum(most, keen[at])
    out[:, Form.LEAST_KEEN], out[:, Form.MOST_KEEN] = least, most


def _classes(  # noqa: PLR0913, PLR0917 - columns of the places, each said by name
    words: FlatWords, runs: RepeatedRuns, first: Longs, last: Longs, left: Longs, right: Longs
) -> Doubles:
    """Return the shares of the kinds of words in and around each run."""
    own = np.array([_class_of(word) for word in words.kinds] + [_CLASSES - 1], dtype=np.int64)
    eye = np.eye(_CLASSES)
    sums = np.concatenate([np.zeros((1, _CLASSES)), np.cumsum(eye[own[words.kind]], axis=0)])
    inner = np.maximum(last - first - 1, 0)
    between = np.where(inner[:, None] > 0, sums[last] - sums[np.minimum(first + 1, last)], 0.0)
    shares = [eye[own[words.kind[first]]], eye[own[words.kind[last]]]]
    shares.append(between / np.maximum(inner, 1)[:, None])
    for beside in (left, right):
        row = np.bincount(
            runs.run * _CLASSES + own[beside], beside >= 0, minlength=runs.size * _CLASSES
        ).reshape(-1, _CLASSES)
        shares.append(row / np.diff(runs.first)[:, None])
    return np.concatenate(shares, axis=1)


def _class_of(word: str) -> int:
    return _CLASS_OF.get(tag_of(word), _CLASSES - 1)
