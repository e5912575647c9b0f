"""What the commands write stays as it was: a digest of every output of some twenty commands.

A digest is of what a file says: versions and signatures are set aside, and so are checksums
of files that hold them. A spreadsheet or a Parquet file counts by its cells, so that another
version of a library changes nothing. Where a change of behaviour is meant, the digests are
written anew and the commit says why:

    python tests/test_outputs_kept.py
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from aligner import __version__
from aligner.cli import main

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed"
WANTED = Path(__file__).parent / "cases" / "outputs.json"
# `FOLDER` stands for the folder of the command's own outputs, "seed" for the seed pair.
COMMANDS = {
    "align": "align notice.zh.txt notice.en.txt -o FOLDER/a.tmx -o FOLDER/a.xliff -o FOLDER/a.tsv"
    " -o FOLDER/a.csv -o FOLDER/a.jsonl -o FOLDER/a.parquet -o FOLDER/a.xlsx -o FOLDER/a.align",
    "align-xliff20": "align news.zh.html news.en.html --to xliff20 -o FOLDER/a.xliff",
    "align-moses": "align story.zh.md story.en.md --to moses -o FOLDER/a",
    "align-intertext": "align story.zh.txt story.en.txt --to intertext -o FOLDER/a",
    "align-pre-split": "align news.sent.zh news.sent.en --pre-split --to align -o FOLDER/a.align",
    "align-min-p": "align news.en.txt news.zh.txt --min-p 0.95 -o FOLDER/a.tmx",
    "align-length": "align regulation.zh.docx regulation.en.docx --encoder length -o FOLDER/a.tsv",
    "align-stdout": "align story.zh.txt story.en.txt",
    "align-seed": "align seed/notice.zh.txt seed/notice.en.txt -o FOLDER/a.jsonl -o FOLDER/a.tmx",
    "segment-zh": "segment notice.zh.pdf",
    "segment-en": "segment regulation.en.md -o FOLDER/s.txt",
    "terms": "terms notice.zh.txt notice.en.txt -o FOLDER/terms.jsonl -o FOLDER/findings.jsonl"
    " -o FOLDER/report.html -o FOLDER/report.xlsx",
    "terms-glossary": "terms news.zh.txt news.en.txt --glossary glossary.csv"
    " -o FOLDER/findings.jsonl --write-baseline FOLDER/accepted.toml",
    "terms-quiet": "terms regulation.zh.txt regulation.en.txt --sensitivity quiet"
    " -o FOLDER/glossary.xlsx -o FOLDER/g.tbx -o FOLDER/g.xbckl -o FOLDER/findings.jsonl",
    "terms-seed": "terms seed/notice.zh.txt seed/notice.en.txt -o FOLDER/findings.jsonl",
    "convert-xliff": "convert given/a.tmx -o FOLDER/b.xliff",
    "convert-xlsx": "convert given/a.jsonl -o FOLDER/b.xlsx",
    "convert-tmx": "convert given/a.xlsx -o FOLDER/b.tmx",
    "validate": "validate given/a.tmx given/a.jsonl",
    "evaluate": "evaluate news.sent.align given/a.align --per-doc",
    "pair": "pair documents -o FOLDER/pairs.csv",
    "batch": "batch documents -o FOLDER/corpus --encoder length --jobs 1",
    "export": "corpus export corpus -o FOLDER/c.tmx --min-p 0.5 --numbers --duplicates near",
    "stats": "corpus stats corpus",
    "search": "search 航运 corpus",
    "terms-corpus": "terms corpus -o FOLDER/findings.jsonl",
}  # fmt: skip
_SIGNATURE = re.compile(r"aligner \d+\.\d+\.\d+[^\"<\n|]*")
_STAMPS = re.compile(
    r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?|[\d.,]+ s\b|[\d.]+ a second"
    r"|\b[0-9a-f]{64}\b"  # digests of parts, which hold signatures
)
_UNTIMED = frozenset({"ledger.jsonl", "summary.json", "summary.html", ".lock"})


def prepared(folder: Path) -> None:
    """Lay the inputs of all commands into a folder and go there."""
    for path in sorted((ROOT / "corpora").rglob("*.*")):
        shutil.copy(path, folder / path.name)
    for name in ("news", "regulation"):
        for side in ("zh", "en"):
            (folder / "documents").mkdir(exist_ok=True)
            shutil.copy(folder / f"{name}.{side}.txt", folder / "documents")
    if SEED.is_dir():
        shutil.copytree(SEED, folder / "seed")
    (folder / "given").mkdir()
    os.chdir(folder)
    with contextlib.redirect_stderr(io.StringIO()):
        given = ["-o", "given/a.tmx", "-o", "given/a.jsonl", "-o", "given/a.xlsx"]
        assert main(["align", "news.zh.txt", "news.en.txt", *given, "-o", "given/a.align"]) == 0
        assert main(["batch", "documents", "-o", "corpus", "--encoder", "length"]) == 0


def digests_of(words: str, folder: Path) -> dict[str, str]:
    """Run a command; return a digest of what it printed and of every file it wrote."""
    folder.mkdir()
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with (
        mock.patch.dict(os.environ, COLUMNS="100"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        status = main([word.replace("FOLDER", folder.name) for word in words.split()])
        out.flush()
    printed = out.buffer.getvalue()
    said = {"status": str(status), "stdout": _digest(printed.decode())}
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in _UNTIMED)
    return said | {p.relative_to(folder).as_posix(): _digest(_content(p)) for p in files}


def _digest(text: str) -> str:
    plain = _STAMPS.sub("", _SIGNATURE.sub("", text)).replace(__version__, "")
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _content(path: Path) -> str:
    if path.suffix == ".xlsx":
        return _cells(path)
    return _rows(path) if path.suffix == ".parquet" else path.read_text("utf-8")


def _cells(path: Path) -> str:
    from openpyxl import load_workbook

    sheets: Any = load_workbook(path, rich_text=True)
    return json.dumps(
        {s.title: [[str(c) for c in row] for row in s.iter_rows(values_only=True)] for s in sheets}
    )


def _rows(path: Path) -> str:
    import polars as pl

    return str(pl.read_parquet(path).write_ndjson())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Return in a folder with the inputs."""
    back = Path.cwd()
    prepared(tmp_path_factory.mktemp("kept"))
    yield
    os.chdir(back)


@pytest.mark.parametrize("name", COMMANDS)
def test_outputs_are_kept(name: str, inputs: None) -> None:
    """Every output of a command says what it said before."""
    if "seed/" in COMMANDS[name] and not SEED.is_dir():
        pytest.skip("the seed pair is not at hand")
    wanted: dict[str, Any] = json.loads(WANTED.read_text("utf-8"))
    assert digests_of(COMMANDS[name], Path(f"of-{name}")) == wanted[name]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        prepared(Path(place))
        found = {name: digests_of(line, Path(f"of-{name}")) for name, line in COMMANDS.items()}
        os.chdir(ROOT)
    WANTED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
