"""The same bytes whatever the threads, the processor's kernels, the locale and the folder.

Each way of running is a process of its own, since the linear algebra library reads its
settings when it is loaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.align import _rounded
from aligner.align._paths import largest
from aligner.bitext import Bead
from aligner.encode.cosines import cosines, whole_vectors
from aligner.encode.exact import Matrix, Rows
from aligner.encode.exact_rows import standardise, unit_tanh
from aligner.encode.protocol import Floats
from aligner.span import Span

CORPORA = Path(__file__).parents[1] / "corpora"
UNSET = ("OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "OMP_NUM_THREADS", "LC_ALL", "LANG")
WAYS: dict[str, dict[str, str]] = {
    "as it comes": {"PYTHONHASHSEED": "1"},
    "one thread, an old kernel": {
        "OPENBLAS_NUM_THREADS": "1",
        "OPENBLAS_CORETYPE": "Prescott",
        "PYTHONHASHSEED": "2",
        "LC_ALL": "C",
    },
    "two threads, a middling kernel": {
        "OPENBLAS_NUM_THREADS": "2",
        "OPENBLAS_CORETYPE": "Haswell",
        "PYTHONHASHSEED": "3",
        "LC_ALL": "C.UTF-8",
    },
}
# Aligns a pair of documents and a text in which lines are repeated, and writes everything.
PROGRAM = """
import hashlib, json, sys
from pathlib import Path
from threadpoolctl import threadpool_info
from aligner import report
from aligner.formats.format_lookup import by_name
from aligner.corpus.store.part import part_bytes
from aligner.bitext import Document
from aligner.span import Span
from aligner.pipeline import align, align_documents, write
from aligner.check.find_terms import find_terms
from aligner.report.report_outputs import write_output

src, tgt, out = map(Path, sys.argv[1:])
bitext = align(src, tgt)
write(bitext, [out / f"b.{name}" for name in by_name("bitext_out")])

def repeated(path, name):
    # the marks of a menu or a form: the same line many times, then others, then again
    lines = path.read_text("utf-8").split("\\n")
    lines = [line for line in lines if line.strip()][:12]
    text = "\\n".join([*lines[:3] * 4, *lines, lines[0], *[lines[1]] * 5, *lines[:6]])
    return Document(name, text, (Span(0, len(text)),))

again = align_documents(repeated(src, "zh"), repeated(tgt, "en"), pre_split=True)
for name, one in (("bitext", bitext), ("again", again)):
    (out / f"{name}.part").write_bytes(part_bytes(one))
terms = find_terms(bitext)
names = [f"t.{name}" for name in report.REPORT_WRITERS]
for name in [*names, *(f"g.{name}" for name in by_name("glossary_out")), "glossary.xlsx"]:
    write_output(terms, out / name)
(out / "values.txt").write_text(repr((bitext.alignment, again.alignment, terms.findings)))
digests = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}
kernels = sorted({one.get("architecture", "") for one in threadpool_info()})
print(json.dumps({"kernels": kernels, "digests": digests, "links": len(bitext.alignment.beads),
                  "findings": len(terms.findings)}))
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mapping[str, Any]]:
    """What each way of running wrote, as digests."""
    found = {}
    for name, settings in WAYS.items():
        folder = tmp_path_factory.mktemp("way")  # another working folder each time
        (folder / "out").mkdir()
        notice = (CORPORA / "notice" / f"notice.{side}.txt" for side in ("zh", "en"))
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, notice), str(folder / "out")],
            cwd=folder,
            env={k: v for k, v in os.environ.items() if k not in UNSET} | settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        found[name] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("way", list(WAYS)[1:])
def test_every_output_has_the_same_bytes(way: str, runs: dict[str, Mapping[str, Any]]) -> None:
    """Threads, kernels, hash seed, locale and working folder change no byte of any format."""
    plain, other = runs["as it comes"], runs[way]
    assert plain["links"] > 20
    assert plain["findings"] > 0
    assert len(plain["digests"]) > 20
    assert other["digests"] == plain["digests"]


def test_the_kernel_really_changed(runs: dict[str, Mapping[str, Any]]) -> None:
    """At least one of the ways ran on other code of the linear algebra library."""
    kernels = {name: run["kernels"] for name, run in runs.items()}
    if all(used == kernels["as it comes"] for used in kernels.values()):
        pytest.skip(f"this library has one kernel here: {kernels}")
    assert len({tuple(used) for used in kernels.values()}) > 1


# --- why it is so ------------------------------------------------------------------------


def texts(rows: int, width: int, seed: int) -> Floats:
    """Return rows as they occur: a common part, and a small one that tells them apart."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=width)
    values: Floats = (common + 0.5 * rng.normal(size=(rows, width))).astype(np.float32)
    return values


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_product_is_exact(kind: type[np.float32 | np.float64]) -> None:
    """It is that of whole numbers, in any order, also for rows that are as one column."""
    values = texts(60, 500, 1)
    rows, matrix = Rows.of(values, kind), Matrix.of(np.ascontiguousarray(values[:40].T), kind)
    whole = rows.whole.astype(np.int64) @ matrix.whole.astype(np.int64)
    assert np.array_equal(rows.whole @ matrix.whole, whole)
    order = np.random.default_rng(2).permutation(500)
    other = Rows.of(values.astype(np.float64), kind)
    assert np.array_equal(other.whole[:, order] @ matrix.whole[order], whole)
    assert np.abs(whole).max() <= (2**24 if kind is np.float32 else 2**53)
    error = np.abs(rows @ matrix - values.astype(np.float64) @ values[:40].T.astype(np.float64))
    assert error.max() < (0.3 if kind is np.float32 else 1e-3)  # of about 600


def test_equal_texts_have_equal_cosines() -> None:
    """Wherever they stand, and however many others are multiplied with them."""
    values = texts(37, 512, 3)
    unit = values / np.linalg.norm(values, axis=1, keepdims=True)
    unit[[5, 11, 36]] = unit[0]
    whole = whole_vectors(unit)
    found = cosines(whole, whole)
    assert np.array_equal(found, found.T)
    for row in (5, 11, 36):
        assert np.array_equal(found[row], found[0])
        assert np.array_equal(cosines(whole[row : row + 1], whole)[0], found[0])
    assert np.abs(found - unit @ unit.T).max() < 1e-3
    assert np.abs(np.diag(found) - 1).max() < 1e-3


def test_a_row_of_nothing_stays_nothing() -> None:
    """A sentence without an inner cut has a row of zeros, and no vector may have no numbers."""
    empty = np.zeros((2, 64), dtype=np.float32)
    assert not (Rows.of(empty) @ Matrix.of(texts(64, 3, 4))).any()
    assert (
        cosines(whole_vectors(empty[:, :0]), whole_vectors(empty[:, :0])).tolist() == [[0, 0]] * 2
    )


def test_own_functions_are_those_of_numpy() -> None:
    """The hyperbolic tangent and the standard form are numpy's, but for the last digits."""
    rows = texts(9, 100, 5)
    unit, wanted = rows.copy(), np.tanh(rows.astype(np.float64))
    unit_tanh(unit, np.float32(1e-12))
    assert np.allclose(unit, wanted / np.linalg.norm(wanted, axis=1, keepdims=True), atol=1e-6)
    standard = rows.copy()
    standardise(standard, np.float32(1e-6))
    wanted = rows.astype(np.float64) - rows.mean(axis=1, keepdims=True, dtype=np.float64)
    assert np.allclose(standard, wanted / wanted.std(axis=1, keepdims=True), atol=1e-5)


def test_among_equals_the_first_are_taken() -> None:
    """A line that is repeated has candidates that tie; the choice is by position."""
    values = np.zeros((2, 50), dtype=np.float32)
    values[0, [7, 20, 21, 30]] = 0.5
    values[0, 40] = 0.9
    assert sorted(largest(values, 3)[0].tolist()) == [7, 20, 40]
    assert sorted(largest(values, 3)[1].tolist()) == [0, 1, 2]
    assert sorted(largest(values[:, :2], 2)[0].tolist()) == [0, 1]


def test_a_posterior_has_four_decimals_from_the_start() -> None:
    """What is stored is what is written; two lone sentences never look like one link."""
    steps = [(0, 0, 1, 1, 0.99996), (1, 1, 1, 0, 0.62134), (2, 1, 0, 1, 0.62131)]
    assert _rounded(steps) == [
        Bead(Span(0, 1), Span(0, 1), 1.0),
        Bead(Span(1, 2), Span(1, 1), 0.6213),
        Bead(Span(2, 2), Span(1, 2), 0.6212),
    ]
    assert [b.p for b in _rounded([(0, 0, 1, 0, 0.0), (1, 0, 0, 1, 0.0)])] == [0.0, 0.0001]
