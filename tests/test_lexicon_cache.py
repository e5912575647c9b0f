"""The cache: never trusted, never half written, never needed."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner.lexicon.cache import cache_folder, load_or_build

CONTENT = bytes(range(256)) * 64
ROUNDS = 20


class Builder:
    """Makes the content and counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> bytes:
        """Return the content."""
        self.times += 1
        return CONTENT


def _load(path: Path, build: Callable[[], bytes]) -> bytes:
    return load_or_build(path, load=bytes, build=build)


def test_the_file_is_built_once_and_then_read(tmp_path: Path) -> None:
    """The second call does not build, and folders are made as needed."""
    build, path = Builder(), tmp_path / "a" / "b" / "table.bin"
    assert _load(path, build) == _load(path, build) == CONTENT
    assert build.times == 1
    assert list(path.parent.iterdir()) == [path]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """The file depends on its name and content alone."""
    first, second = tmp_path / "one" / "table.bin", tmp_path / "two" / "table.bin"
    _load(first, Builder())
    _load(second, Builder())
    assert first.read_bytes() == second.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_built_anew(tmp_path: Path, data: st.DataObject) -> None:
    """Any one changed byte, in the head, the digest or the content, is seen and mended."""
    path = tmp_path / "table.bin"
    _load(path, Builder())
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    bad = bytearray(good)
    bad[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bad)
    build = Builder()
    assert _load(path, build) == CONTENT
    assert build.times == 1
    assert path.read_bytes() == good


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_cut_file_is_built_anew(tmp_path: Path, data: st.DataObject) -> None:
    """A file of any smaller size, even none, is seen and mended."""
    path = tmp_path / "table.bin"
    _load(path, Builder())
    good = path.read_bytes()
    path.write_bytes(good[: data.draw(st.integers(0, len(good) - 1))])
    assert _load(path, Builder()) == CONTENT
    assert path.read_bytes() == good


def test_a_file_of_another_name_is_not_read(tmp_path: Path) -> None:
    """A renamed file of another version is not taken for this one."""
    old, new = tmp_path / "table-1.bin", tmp_path / "table-2.bin"
    _load(old, Builder())
    old.rename(new)
    build = Builder()
    _load(new, build)
    assert build.times == 1


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    """Where the folder is a file, or the file a folder, the work is done in memory."""
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "table.bin").mkdir()
    for path in (tmp_path / "file" / "table.bin", tmp_path / "table.bin"):
        assert _load(path, Builder()) == CONTENT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "table.bin"]


def test_a_read_only_folder_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file may be made, the value is there all the same and nothing is left."""

    def refuse(**_: object) -> NoReturn:
        raise PermissionError("read-only")

    # Rights do not stop a test that runs as root, so the refusal is put in by hand too.
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    tmp_path.chmod(0o500)
    try:
        assert _load(tmp_path / "table.bin", Builder()) == CONTENT
        assert list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file cannot be put in its place, its temporary copy goes too."""

    def refuse(*_: object) -> NoReturn:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert _load(tmp_path / "table.bin", Builder()) == CONTENT
    assert list(tmp_path.iterdir()) == []


def _work(folder: str, barrier: Barrier, answers: multiprocessing.Queue[bool]) -> None:
    """Build or read the same files as another process, starting each at the same moment."""
    for turn in range(ROUNDS):
        barrier.wait()
        answers.put(_load(Path(folder) / f"table-{turn}.bin", Builder()) == CONTENT)


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    """Both get the value every time, and whole files are left and nothing else."""
    # forked, since a spawned process cannot import a test module by name
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(2, timeout=60), context.Queue()
    workers = [
        context.Process(target=_work, args=(str(tmp_path), barrier, answers)) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    assert [answers.get(timeout=60) for _ in range(2 * ROUNDS)] == [True] * (2 * ROUNDS)
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(f"table-{turn}.bin" for turn in range(ROUNDS))
    build = Builder()
    assert all(_load(tmp_path / name, build) == CONTENT for name in names)
    assert build.times == 0


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """ALIGNER_CACHE overrides the user's cache folder; empty or unset, it does not."""
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("ALIGNER_CACHE", "")
    usual = cache_folder()
    monkeypatch.delenv("ALIGNER_CACHE")
    assert cache_folder() == usual != tmp_path
    assert "aligner" in usual.parts
