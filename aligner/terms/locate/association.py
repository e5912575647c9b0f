"""Which English word comes from which Chinese word, from the whole input at once.

Two lexical translation models, one in each direction: IBM Model 1 with a preference
for like places, fitted by expectation maximisation. Sources: P. F. Brown et al., "The
Mathematics of Statistical Machine Translation", Computational Linguistics 19(2), 1993,
https://aclanthology.org/J93-2003; C. Dyer et al., "A Simple, Fast, and Effective
Reparameterization of IBM Model 2", NAACL 2013, https://aclanthology.org/N13-1073.

A document is short and most of its words are rare, so the models lean on a prior: the
cosine of the two words' vectors and the dictionary. A word that is seen once is linked
by the prior, one that is seen often by its company.

Units: probabilities. Cost: proportional to the word pairs inside units, times rounds; and
one product of the vectors of all distinct words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.protocol import Floats
from aligner.encode.spans import SpanEncoder
from aligner.lexicon import Lexicon
from aligner.terms.locate._association import expect, fill_pairs
from aligner.terms.locate.unit_words import Corpus

ROUNDS = 5
SHARPNESS = 8.0  # of the cosine in the prior
DICTIONARY = 4.0  # what a whole gloss adds to the exponent
TRUST = 2.0  # the prior counts as much as so many links of a word
SLOPE = 2.0
NULL = 0.02
TYPE_BLOCK = 1_024  # Chinese words that are compared with all English ones at once

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Association:
    """Posteriors of word pairs, unit by unit."""

    pair_first: NDArray[np.int64]  # Shape (units + 1,)
    posterior: Doubles  # Shape (2, pairs)
    dictionary: Floats  # share of a gloss that joins the pair. Shape (pairs,)

    def of(self, unit: int, n_zh: int) -> tuple[Doubles, Doubles, Floats]:
        """Return a unit's matrices, English by Chinese words. Shape (m, n) each.

        The first has p(the English word comes from this Chinese word), the second
        p(the Chinese word goes to this English word), the third the dictionary's share.
        """
        part = slice(*self.pair_first[unit : unit + 2])
        shape = (-1, max(n_zh, 1))
        return (
            self.posterior[0, part].reshape(shape),
            self.posterior[1, part].reshape(shape),
            self.dictionary[part].reshape(shape),
        )


def associate(corpus: Corpus, encoder: SpanEncoder, lexicon: Lexicon) -> Association:
    """Fit the two models to a corpus and link its words."""
    n = np.diff(corpus.zh_first).astype(np.int64)
    m = np.diff(corpus.en_first).astype(np.int64)
    pair_first = np.concatenate([[0], np.cumsum(n * m)])
    distinct, pair = _pairs(corpus, pair_first)
    types = max(len(corpus.en_types), 1)
    type_zh, type_en = distinct // types, distinct % types
    dictionary = _dictionary(corpus, lexicon, pair_first)
    share = np.zeros(len(distinct), dtype=np.float32)
    np.maximum.at(share, pair, dictionary)
    prior = _prior(_cosines(corpus, encoder, type_zh, type_en), share)
    priors = np.stack([_normalised(prior, type_zh), _normalised(prior, type_en)])
    model = priors.copy()
    posterior = np.zeros((2, len(pair)))
    for _ in range(ROUNDS):
        counts = np.zeros((2, len(distinct)))
        expect(
            corpus.zh_first,
            corpus.en_first,
            pair_first,
            pair,
            model[0],
            model[1],
            SLOPE,
            NULL,
            counts,
            posterior,
        )
        mixed = counts + TRUST * priors
        model = np.stack([_normalised(mixed[0], type_zh), _normalised(mixed[1], type_en)])
    return Association(pair_first, posterior, dictionary)


def _pairs(
    corpus: Corpus, pair_first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the distinct pairs of word types inside units, and which of them each pair is.

    A pair of types is one number, the Chinese one first; the word pairs of a unit stand
    English word by English word.
    """
    keys: NDArray[np.int64] = np.empty(int(pair_first[-1]), dtype=np.int64)
    types = max(len(corpus.en_types), 1)
    fill_pairs(
        corpus.zh_first, corpus.en_first, pair_first, corpus.zh_word, corpus.en_word, types, keys
    )
    order = np.argsort(keys)
    keys = keys[order]
    new = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    pair = np.empty(len(keys), dtype=np.int32)
    pair[order] = np.cumsum(new, dtype=np.int32)
    pair -= 1
    return keys[new], pair


def _prior(cosine: Floats, share: Floats) -> Doubles:
    """Return how likely pairs of words are before any company is seen, not yet normalised."""
    # The last digits of exp differ between processors; rounded to float32 they are gone.
    exponent = SHARPNESS * cosine.astype(np.float64) + DICTIONARY * share
    return np.exp(exponent).astype(np.float32).astype(np.float64)


def _dictionary(corpus: Corpus, lexicon: Lexicon, pair_first: NDArray[np.int64]) -> Floats:
    share = np.zeros(int(pair_first[-1]), dtype=np.float32)
    for u, english in enumerate(corpus.english):
        first, last = corpus.zh_first[u : u + 2]
        words = [corpus.zh_types[k] for k in corpus.zh_word[first:last].tolist()]
        base, n = int(pair_first[u]), len(words)
        for i, j, value in lexicon.links(words, english.words):
            share[base + j * n + i] = value
    return share


def _cosines(
    corpus: Corpus, encoder: SpanEncoder, type_zh: NDArray[np.int64], type_en: NDArray[np.int64]
) -> Floats:
    zh = whole_vectors(encoder.encode(corpus.zh_types))
    en = whole_vectors(encoder.encode(corpus.en_types))
    cosine = np.empty(len(type_zh), dtype=np.float32)
    # The pairs are sorted by the Chinese word: a block of words has all its pairs together.
    for at in range(0, len(zh), TYPE_BLOCK):
        first, last = np.searchsorted(type_zh, [at, at + TYPE_BLOCK])
        block = cosines(zh[at : at + TYPE_BLOCK], en)
        cosine[first:last] = block[type_zh[first:last] - at, type_en[first:last]]
    return cosine


def _normalised(values: Doubles, group: NDArray[np.int64]) -> Doubles:
    """Divide values by the sum of their group."""
    if not len(values):
        return values
    total = np.bincount(group, weights=values)
    shared: Doubles = values / total[group]
    return shared
