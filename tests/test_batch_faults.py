"""Batches when something breaks: workers, documents, the disk, the batch itself."""

from __future__ import annotations

import ctypes
import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self, cast

import pytest

from aligner.batch import local
from aligner.batch import run_batch as run_module
from aligner.batch.engine_protocol import BatchProgress, Limits, Outcome, Settings, Work
from aligner.batch.engines import SECONDS, SECONDS_A_MB, time_limit
from aligner.batch.local import LocalEngine
from aligner.batch.run_batch import run_batch
from aligner.batch.summary import RunSummary
from aligner.batch.work import run_work
from aligner.cli import main
from aligner.corpus.store.sweep import sweep
from aligner.errors import AlignerError, ExportError, SettingError

TIMES = ("ledger.jsonl", "summary.json", "summary.html")  # hold seconds
GIGABYTE = 1 << 30


def work(name: str, action: Iterable[object] = ()) -> Work:
    """Return a small pair; a worker that aligns it does what `action` does when iterated."""
    names = cast("tuple[str, str]", action or ("z", "e"))
    settings = Settings(encoder="length")
    return Work(name, names, "天亮了。他走了。".encode(), b"Day broke. He left.", settings)


def bombs() -> dict[str, Work]:
    """Return pairs that end, stop or fill the worker that aligns them."""
    return {
        name: work(name, cast("Iterable[object]", action))
        for name, action in {
            "exits": map(os._exit, [3]),
            "exits well": map(os._exit, [0]),
            "segfaults": map(ctypes.string_at, [0]),
            "is killed": map(signal.raise_signal, [9]),
            "hangs": map(time.sleep, [600]),
            "is large": map(bytearray, [64 * GIGABYTE]),
        }.items()
    }


class Here:
    """An engine in this process, which starts at once."""

    def __init__(self, **_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, works: Iterable[Work]) -> Iterator[Outcome]:
        """Align one pair after the other."""
        return map(run_work, works)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Align in this process."""
    monkeypatch.setattr(run_module, "start_engine", lambda *_, **settings: Here(**settings))


def write_pairs(folder: Path, count: int = 3) -> Path:
    """Write pairs of small documents and a manifest."""
    rows = ["original,translation,id"]
    for number in range(count):
        (folder / f"{number}.zh").write_text(f"第{number}天。他走了。", encoding="utf-8")
        (folder / f"{number}.en").write_text(f"Day {number}. He left.", encoding="utf-8")
        rows.append(f"{number}.zh,{number}.en,p{number}")
    manifest = folder / "pairs.csv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def run(source: Path, out: Path, **settings: Any) -> RunSummary:  # noqa: ANN401
    """Run a batch with the quickest encoder."""
    return run_batch(source, out, encoder="length", **settings)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a corpus, without what is in those that hold times."""
    return {
        str(path.relative_to(folder)): b"" if path.name in TIMES else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


# --- workers -----------------------------------------------------------------------------


@pytest.mark.slow
def test_whatever_ends_a_worker_takes_only_its_pair() -> None:
    """A crash, a hang and too much memory have their reasons, and the others are aligned."""
    works = [work("first"), *bombs().values(), work("last")]
    with LocalEngine(jobs=2, limits=Limits(8.0, 4 * GIGABYTE), encoder="length") as engine:
        found = {outcome.id: outcome.trouble for outcome in engine.run(works)}
        for child in multiprocessing.active_children():  # while it is idle
            child.kill()
            child.join(10)
        time.sleep(0.5)
        (again,) = engine.run([work("again")])
    assert {name: trouble and trouble.reason for name, trouble in found.items()} == {
        "first": None, "exits": "crash", "exits well": "crash", "segfaults": "crash",
        "is killed": "crash",
        "hangs": "time", "is large": "memory", "last": None,
    }  # fmt: skip
    said = {name: trouble.message for name, trouble in found.items() if trouble}
    assert said["exits"].endswith("status 3")
    assert said["exits well"].endswith("status 0")
    assert said["segfaults"].endswith("SIGSEGV")
    assert "SIGKILL" in said["is killed"]
    assert "time limit of 8 seconds" in said["hangs"]
    assert found["hangs"] is not None
    assert "--timeout" in found["hangs"].hint
    assert again.trouble is None
    assert not multiprocessing.active_children()


def test_a_worker_that_does_not_begin_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever for a worker that hangs while it loads."""
    monkeypatch.setattr(local, "START", 0.0)
    monkeypatch.setattr(local, "_LOOK", 0.1)
    monkeypatch.setattr(local, "BEGIN_TRIES", 2)
    with LocalEngine(jobs=1, limits=Limits(), encoder="length") as engine:
        (outcome,) = engine.run([work("a")])
    assert outcome.trouble is not None
    assert outcome.trouble[:2] == ("crash", "its worker did not start, 2 times")


def test_the_time_limit_grows_with_the_documents() -> None:
    """By default it is generous; a named one is the same for all; 0 and inf are none."""
    default = time_limit(None)
    assert default.seconds(0) == SECONDS
    assert default.seconds(2_000_000) == SECONDS + 2 * SECONDS_A_MB
    assert default.time == "600 seconds, and 600 more for each MB of its documents"
    assert time_limit(5).seconds(2_000_000) == 5
    assert time_limit(0).seconds(1) is time_limit(float("inf")).seconds(1) is None
    for wrong in (-1.0, float("nan")):
        with pytest.raises(SettingError, match="time limit"):
            time_limit(wrong)


# --- signals and kills -------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_sigterm_leaves_nothing_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No worker, no temporary file; the summary says that the run was interrupted."""
    manifest, out = write_pairs(tmp_path), tmp_path / "corpus"
    replace, names = os.replace, []

    def signalled(old: str, new: str) -> None:
        names.append(Path(new).name)
        if len([n for n in names if n.startswith("p")]) == 2:
            monkeypatch.setattr(os, "replace", replace)
            os.kill(os.getpid(), signal.SIGTERM)
        replace(old, new)

    monkeypatch.setattr(os, "replace", signalled)
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        argv = ["batch", str(manifest), "-o", str(out), "--encoder", "length", "--jobs", "1"]
        assert main(argv) == 143
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "time limit of a pair (--timeout): 600 seconds" in capsys.readouterr().err
    assert not multiprocessing.active_children()
    assert not [name for name in contents(out) if Path(name).name.startswith(".")]
    told = json.loads((out / "summary.json").read_bytes())
    assert (told["done"], told["broken_off"]) == (1, True)
    summary = run(manifest, out, jobs=1)
    assert (summary.kept, len(summary.done)) == (1, 3)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_batch_that_is_killed() -> None:
    """Also one that is busy: it would work on for as long as its pair takes."""
    program = """
import multiprocessing, time
from aligner.batch.local import LocalEngine
from aligner.batch.engine_protocol import Limits, Settings, Work
if __name__ == "__main__":
    engine = LocalEngine(jobs=1, limits=Limits(), encoder="length")
    texts = ("天。".encode(), b"Day.")
    works = [Work("a", n, *texts, Settings(encoder="length"))
             for n in (("z", "e"), map(time.sleep, [600]))]
    for outcome in engine.run(works):
        print(*(p.pid for p in multiprocessing.active_children()), flush=True)
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        (pid,) = map(int, process.stdout.readline().split())
        process.kill()
    deadline = time.monotonic() + 20
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(pid)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_only_our_temporary_files_are_swept(tmp_path: Path) -> None:
    """What a kill left is removed anywhere in the corpus; hidden files of others stay."""
    long = "长" * 50
    ours = [
        ".ledger.jsonl.0a1b2c3d", ".manifest.csv.k3_x9abc", ".summary.html.zzzzzzzz",
        "parts/.report.parquet.0a1b2c3d", f"parts/.{long[:40]}.0a1b2c3d",
        "table/.00000.parquet.0a1b2c3d", "table/.stamp.json.0a1b2c3d",
    ]  # fmt: skip
    others = [
        ".lock", ".DS_Store", ".config.settings", ".notes.csv.0a1b2c3d", "notes.txt",
        "parts/.DS_Store", "parts/._a.parquet", "parts/.gitignore.original",
        "parts/.report.parquet.icloud", "table/.directory", "mine/.index.jsonl.0a1b2c3d",
    ]  # fmt: skip
    for folder in ("parts", "table", "mine"):
        (tmp_path / folder).mkdir()
    for name in (*ours, *others):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".index.jsonl.0a1b2c3d").mkdir()
    sweep(tmp_path)
    left = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert left == set(others)
    assert (tmp_path / ".index.jsonl.0a1b2c3d").is_dir()


@pytest.mark.usefixtures("here")
def test_a_run_sweeps_before_it_works(tmp_path: Path) -> None:
    """The corpus holds the files of an unbroken run and no other."""
    manifest = write_pairs(tmp_path)
    run(manifest, tmp_path / "whole")
    broken = tmp_path / "broken"
    run(manifest, broken)
    for name in (".index.jsonl", "parts/.p1.parquet", "table/.stamp.json"):
        (broken / f"{name}.0a1b2c3d").write_bytes(b"half")
    run(manifest, broken)
    assert contents(broken) == contents(tmp_path / "whole")


# --- documents that change ---------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_a_document_that_changes_runs_again_alone(tmp_path: Path) -> None:
    """Between two runs, and during one: what was read is what the ledger knows."""
    manifest, out = write_pairs(tmp_path), tmp_path / "corpus"
    text = tmp_path / "1.en"

    def change(progress: BatchProgress) -> None:
        if progress.id == "p1":  # it has been read
            text.write_text("Another day. He stayed.", encoding="utf-8")

    assert len(run(manifest, out, progress=change).done) == 3
    told: list[BatchProgress] = []
    assert run(manifest, out, progress=told.append).kept == 2
    assert (told[-1].done, told[-1].kept) == (1, 2)
    text.write_text("A third day. He ran.", encoding="utf-8")
    assert run(manifest, out).kept == 2
    assert run(manifest, out).kept == 3
    run(manifest, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("here")
def test_a_document_that_is_removed_fails_alone(tmp_path: Path) -> None:
    """Its pair says so, and is aligned when the file is back."""
    manifest, out = write_pairs(tmp_path), tmp_path / "corpus"
    text = tmp_path / "2.zh"
    raw = text.read_bytes()

    def remove(progress: BatchProgress) -> None:
        if progress.id == "p0":
            text.unlink()

    summary = run(manifest, out, progress=remove)
    assert [entry.id for entry in summary.failed] == ["p2"]
    assert summary.reasons == {"document": 1}
    text.write_bytes(raw)
    summary = run(manifest, out)
    assert (summary.kept, len(summary.done)) == (2, 3)
    run(manifest, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


# --- nothing to do, and no room ----------------------------------------------------------


@pytest.mark.parametrize("engine", ["local", "none"])
@pytest.mark.parametrize("source", ["missing.csv", "empty.csv", "empty", "missing"])
def test_without_pairs_no_folder_is_left(tmp_path: Path, source: str, engine: str) -> None:
    """A wrong name, a source without pairs or a wrong setting makes no corpus."""
    (tmp_path / "empty.csv").write_text("original,translation\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    out = tmp_path / "new" / "corpus"
    with pytest.raises(AlignerError):
        run(tmp_path / source, out, engine=engine)
    assert not out.parent.exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "name", ["corpus.json", "p1.parquet", "ledger.jsonl", "index.jsonl", "00000.parquet",
             "stamp.json", "summary.json", "summary.html"]
)  # fmt: skip
def test_a_full_disk_is_an_error_and_the_next_run_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever file has no room, the error names the folder; then all bytes are right."""
    manifest, out = write_pairs(tmp_path), tmp_path / "corpus"
    replace, fsync = os.replace, os.fsync

    def no_room(old: str, new: str) -> None:
        if Path(new).name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(old, new)

    def no_room_to_add(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", no_room)
        if name == "ledger.jsonl":
            patched.setattr(os, "fsync", no_room_to_add)
        with pytest.raises(ExportError, match="No space left"):
            run(manifest, out)
        assert main(["batch", str(manifest), "-o", str(out), "--encoder", "length"]) == 2
    assert os.fsync is fsync
    assert not [path for path in contents(out) if Path(path).name.startswith(".")]
    assert len(run(manifest, out).done) == 3
    run(manifest, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")
