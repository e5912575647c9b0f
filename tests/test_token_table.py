"""What the network makes of single tokens is kept, and makes no difference."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.encode import token_table
from aligner.encode.spans import SpanEncoder
from aligner.encode.token_table import TokenTable
from aligner.encode.use_weights import load_resources

HARBOUR = ["The harbour pilot zone opened in May.", "海港先导区今年开放。"]
OTHERS = ["Nine lighthouses stand on the northern shore.", "北岸有九座灯塔。", ""]


def test_vectors_do_not_depend_on_what_was_read_before() -> None:
    """An encoder that has read other texts gives the same vectors, to the last bit."""
    used = SpanEncoder()
    used.encode(OTHERS)
    assert np.array_equal(used.encode(HARBOUR), SpanEncoder().encode(HARBOUR))


def test_a_full_table_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room left the table forgets; rows that were given out stay."""
    monkeypatch.setattr(token_table, "MOST_TOKENS", 4)
    weights, _, _ = load_resources()
    table = TokenTable(weights)
    old = table.with_tokens(np.array([10, 11, 12, 13], dtype=np.int32))
    row, kept = old.row[12], old.inputs[old.row[12]].copy()
    new = table.with_tokens(np.array([12, 14, 15, 16], dtype=np.int32))
    assert new.row[10] == 0
    assert np.array_equal(new.inputs[new.row[12]], kept)
    assert old.row[12] == row
    assert np.array_equal(old.inputs[row], kept)
