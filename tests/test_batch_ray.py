"""The Ray engine: the same corpus, even if a machine of the cluster is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aligner.batch.engines import start_engine
from aligner.batch.run import run_batch
from aligner.batch.values import BatchProgress, Limits, Settings, Work
from aligner.errors import MissingExtraError

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = ("news", "notice", "regulation", "story")
COPIES = 3


def test_without_ray_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the engine without the extra is told what to install."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError) as error:
        start_engine("ray", jobs=1, limits=Limits(), encoder="length")
    assert error.value.hint == "pip install 'aligner[ray]'"


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

    summary = run_batch(manifest, tmp_path / "ray", engine="ray", progress=kill_a_node)
    assert killed
    assert (len(summary.done), summary.failed) == (len(NAMES) * COPIES, ())
    run_batch(manifest, tmp_path / "local", jobs=2)
    assert parts(tmp_path / "ray") == parts(tmp_path / "local")


@pytest.mark.slow
def test_a_pair_fails_alone_on_a_cluster(cluster: Any) -> None:  # noqa: ANN401
    """A bad document and a pair over its time have the reasons of the local engine."""
    text = "".join(f"第{n}天，他们一起走过了第{n * 7 % 1000}座桥。\n\n" for n in range(20_000))
    works = [
        Work("empty", ("z", "e"), b"", b"text", Settings(encoder="length")),
        Work("slow", ("z", "e"), text.encode(), b"One day.", Settings()),
    ]
    limits = Limits(timeout=3.0)
    with start_engine("ray", jobs=None, limits=limits, encoder="length") as engine:
        outcomes = {o.id: o.trouble and o.trouble.reason for o in engine.run(works)}
    assert outcomes == {"empty": "document", "slow": "time"}
