"""The Ray engine: the same corpus, even if a machine of the cluster is lost."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from aligner.batch import cluster as cluster_module
from aligner.batch.engine_protocol import BatchProgress, Limits, Settings, Work
from aligner.batch.engines import start_engine
from aligner.batch.run_batch import run_batch
from aligner.errors import MissingExtraError

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = ("news", "notice", "regulation", "story")
COPIES = 3


def test_without_ray_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the engine without the extra is told what to install."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError) as error:
        start_engine("ray", jobs=1, limits=Limits(), encoder="length")
    assert error.value.hint == "pip install 'zh-en-aligner[ray]'"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Start a cluster of two nodes of one processor each on this machine."""
    ray: Any = pytest.importorskip("ray", reason="needs the extra `ray`")
    make: Any = pytest.importorskip("ray.cluster_utils").Cluster
    store = {"object_store_memory": 100_000_000}
    cluster = make(initialize_head=True, head_node_args={"num_cpus": 1, **store})
    cluster.add_node(num_cpus=1, **store)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def parts(folder: Path) -> dict[str, bytes]:
    """Return the files of a corpus that are the same in every run."""
    names = [*folder.glob("parts/*"), *folder.glob("table/*"), folder / "index.jsonl"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in names}


@pytest.mark.slow
def test_a_lost_machine_changes_nothing(cluster: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """One of two nodes is killed in the middle; the bytes are those of the local engine."""
    rows = ["original,translation,id"]
    for name in NAMES:
        for lang in ("zh", "en"):
            raw = (CORPORA / name / f"{name}.{lang}.txt").read_bytes()
            (tmp_path / f"{name}.{lang}.txt").write_bytes(raw)
        rows += [f"{name}.zh.txt,{name}.en.txt,{name}-{n}" for n in range(COPIES)]
    manifest = tmp_path / "pairs.csv"
    manifest.write_text("\n".join(rows), encoding="utf-8")
    killed: list[str] = []

    def kill_a_node(progress: BatchProgress) -> None:
        if progress.done == COPIES and not killed:
            killed.append(progress.id)
            node = next(n for n in cluster.list_all_nodes() if n is not cluster.head_node)
            cluster.remove_node(node, allow_graceful=False)

    out, handler = tmp_path / "ray", signal.getsignal(signal.SIGTERM)
    summary = run_batch(manifest, out, engine="ray", encoder="length", progress=kill_a_node)
    assert killed
    assert (len(summary.done), summary.failed) == (len(NAMES) * COPIES, ())
    assert signal.getsignal(signal.SIGTERM) == handler
    run_batch(manifest, tmp_path / "local", jobs=2, encoder="length")
    assert parts(out) == parts(tmp_path / "local")
    (tmp_path / "story.en.txt").write_text("A story. It ended.", encoding="utf-8")
    summary = run_batch(manifest, out, engine="ray", encoder="length")
    assert (summary.kept, len(summary.done)) == ((len(NAMES) - 1) * COPIES, len(NAMES) * COPIES)
    run_batch(manifest, tmp_path / "local", jobs=2, encoder="length")
    assert parts(out) == parts(tmp_path / "local")


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_pair_fails_alone_on_a_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reasons are those of the local engine; what is killed is tried again, but not for ever."""
    monkeypatch.setattr(cluster_module, "TASK_TRIES", 1)
    actions: dict[str, Iterator[object]] = {  # what the pair's worker does
        "exits": map(os._exit, [3]),
        "hangs": map(time.sleep, [600]),
        "is large": map(bytearray, [1 << 36]),
        "is killed": map(signal.raise_signal, [9]),
        "kills the worker of Ray": map(os.kill, iter(os.getppid, None), [9]),
    }
    texts, settings = ("天亮了。".encode(), b"Day broke."), Settings(encoder="length")
    works = [Work(name, cast("Any", do), *texts, settings) for name, do in actions.items()]
    works += [Work("empty", ("z", "e"), b"", b"text", settings)]
    works += [Work("good", ("z", "e"), *texts, settings)]
    limits = Limits(3.0, 4 << 30)
    with start_engine("ray", jobs=None, limits=limits, encoder="length") as engine:
        found = {outcome.id: outcome.trouble for outcome in engine.run(works)}
    assert {name: trouble and trouble.reason for name, trouble in found.items()} == {
        "exits": "crash", "hangs": "time", "is large": "memory", "is killed": "crash",
        "kills the worker of Ray": "crash", "empty": "document", "good": None,
    }  # fmt: skip
    said = {name: trouble.message for name, trouble in found.items() if trouble}
    assert said["is killed"].endswith("tried 2 times")
    assert said["kills the worker of Ray"].startswith("its task was lost 2 times")
