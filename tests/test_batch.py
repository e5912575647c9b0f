"""Batches: nothing lost, nothing done twice, each failure alone and with its reason."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch.engine_protocol import BatchProgress, Settings, Work
from aligner.batch.meter import Meter
from aligner.batch.run_batch import run_batch
from aligner.batch.summary import RunSummary
from aligner.batch.summary_page import render_page
from aligner.batch.work import align_work, facts_of, run_work
from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.corpus.store.catalog import open_catalog
from aligner.corpus.store.ledger import Ledger, LedgerEntry
from aligner.corpus.store.mark import is_corpus
from aligner.corpus.store.pair_facts import Trouble
from aligner.corpus.store.part import part_bytes, read_part
from aligner.corpus.store.seal import sealed
from aligner.errors import FormatError, SettingError
from aligner.pairing.manifest import pairs_of, read_manifest
from aligner.pairing.manifest_row import ManifestRow
from aligner.span import Span

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = ("news", "notice", "regulation", "story")
STABLE = ("corpus.json", "index.jsonl", "manifest.csv", "parts", "table")


def copy_samples(folder: Path) -> Path:
    """Put the sample documents into a folder, and return a manifest of them."""
    for name in NAMES:
        for lang in ("zh", "en"):
            raw = (CORPORA / name / f"{name}.{lang}.txt").read_bytes()
            (folder / f"{name}.{lang}.txt").write_bytes(raw)
    return write_rows(folder, [(f"{n}.zh.txt", f"{n}.en.txt") for n in NAMES])


def run(source: Path, out: Path, *, encoder: str = "length", **settings: Any) -> RunSummary:  # noqa: ANN401
    """Run a batch with the quickest encoder, and with the settings of `run_batch`."""
    return run_batch(source, out, encoder=encoder, **settings)


def write_rows(folder: Path, rows: Sequence[tuple[str, str]]) -> Path:
    """Write a manifest."""
    path = folder / "pairs.csv"
    lines = ["original,translation", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a corpus that are the same in every run."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] in STABLE
    }


def work(name: str) -> Work:
    """Return the work of a pair of the samples."""
    names = (f"{name}.zh.txt", f"{name}.en.txt")
    raw = [(CORPORA / name / one).read_bytes() for one in names]
    return Work(name, names, raw[0], raw[1], Settings(encoder="length"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a manifest and its corpus, made by one worker."""
    folder = tmp_path_factory.mktemp("batch")
    manifest = copy_samples(folder)
    summary = run(manifest, folder / "corpus", jobs=1)
    assert (len(summary.done), summary.failed) == (4, ())
    return manifest, folder / "corpus"


# --- parts -------------------------------------------------------------------------------


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    """Draw a bitext whose segments have white space, hard wraps and soft boundaries."""
    words = st.text("字a—；發\U00020000", min_size=1, max_size=3)
    sides = []
    for lang in ("zh", "en"):
        parts: list[str] = []
        segments: list[Segment] = []
        for number in range(draw(st.integers(1, 3))):
            parts.append(draw(st.sampled_from(["", "\n\n", " \n"])) if number else "")
            start = len("".join(parts))
            lines = draw(st.lists(words, min_size=1, max_size=2))
            parts.append("\n".join(lines))
            span = Span(start, len("".join(parts)))
            soft = tuple(range(draw(st.integers(0, 2))))
            segments.append(Segment(f"d.{lang}", 0, span, " ".join(lines), soft))
        text = "".join(parts) + draw(st.sampled_from(["", "\n"]))
        paragraphs = (Span(0, segments[-1].span.stop),)
        document = Document(f"d.{lang}", text, paragraphs, "a/d.txt", "gb18030", ("a note",))
        sides.append((document, tuple(segments)))
    (zh, src), (en, tgt) = sides
    shapes = draw(st.lists(st.sampled_from([(1, 1), (0, 1), (1, 0), (2, 1)]), max_size=4))
    beads, x, y = [], 0, 0
    for nx, ny in [*shapes, (len(src), len(tgt))]:
        right, below = min(x + nx, len(src)), min(y + ny, len(tgt))
        if right + below > x + y:
            beads.append(Bead(Span(x, right), Span(y, below), draw(st.floats(0, 1))))
        x, y = right, below
    alignment = Alignment(tuple(beads), len(src), len(tgt))
    return Bitext("d", zh, en, src, tgt, alignment, "zh-TW", "en-US", "made by hand")


@given(bitexts())
def test_a_part_gives_the_bitext_back(bitext: Bitext) -> None:
    """Texts, segments, links and probabilities are the same to the last bit."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.parquet"
        path.write_bytes(part_bytes(bitext))
        assert read_part(path) == bitext


def test_a_part_has_the_columns_of_the_format() -> None:
    """Whoever reads our Parquet finds the columns of `aligner.formats.outputs` first."""
    import io

    rows = pl.read_parquet(io.BytesIO(run_work(work("story")).part))
    assert rows.columns[:9] == [
        "doc", "src", "tgt", "src_ids", "tgt_ids", "kind", "p", "src_span", "tgt_span",
    ]  # fmt: skip
    assert set(rows["doc"]) == {"story"}


def test_a_damaged_part_says_so(tmp_path: Path) -> None:
    """Half a file is an error that names the file and what to do."""
    path = tmp_path / "x.parquet"
    path.write_bytes(run_work(work("story")).part[:-100])
    with pytest.raises(FormatError, match=r"x\.parquet"):
        read_part(path)


# --- the ledger --------------------------------------------------------------------------


def entry(name: str, seconds: float = 1.0) -> LedgerEntry:
    """Return a line of a ledger."""
    trouble = Trouble("document", "x.zh: 空", "save it again")
    return LedgerEntry(name, "x.zh", "x.en", "00", "11", "s", "failed", seconds, trouble=trouble)


def is_json(line: bytes) -> bool:
    """Tell whether a line of the ledger is whole."""
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


@given(st.integers(0, 400))
def test_a_ledger_cut_off_anywhere_keeps_its_whole_lines(cut: int) -> None:
    """A kill in the middle of a write loses that line alone, and the next one is whole."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        written = Ledger(path)
        written.add(entry("a"))
        written.add(entry("b"))
        raw = path.read_bytes()[: -min(cut, path.stat().st_size) or None]
        path.write_bytes(raw)
        again = Ledger(path)
        whole = sum(map(is_json, raw.splitlines()))
        assert list(again.entries) == ["a", "b"][:whole]
        again.add(entry("c"))
        assert list(Ledger(path).entries) == [*["a", "b"][:whole], "c"]


def test_the_last_line_of_a_pair_holds(tmp_path: Path) -> None:
    """A pair that ran twice has one entry, its last; so has the file when it is compact."""
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for seconds in (1.0, 2.0):
        ledger.add(entry("a", seconds))
    ledger = Ledger(ledger.path)
    assert ledger.entries == {"a": entry("a", 2.0)}
    ledger.compact()
    assert len(ledger.path.read_bytes().splitlines()) == 1
    assert Ledger(ledger.path).entries == ledger.entries


def test_facts_come_back_from_the_ledger(tmp_path: Path) -> None:
    """The numbers of a pair are the same after a resumed run."""
    facts = facts_of(align_work(work("story")))
    done = LedgerEntry("a", "x", "y", "0", "1", "s", "done", 1.0, "2", facts)
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.add(done)
    again = Ledger(ledger.path).entries["a"]
    assert again.facts is not None
    assert (again.facts.kinds, list(again.facts.p)) == (facts.kinds, list(facts.p))


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a"}',
        "{}",
        "[1]",
        "[" * 100_000,
        "\udcff",
        entry("b").line().replace("document", "documenu").strip(),
        sealed({"id": "a"}).strip(),
        replace(entry("b"), id="../../b").line().strip(),
        replace(entry("b"), seconds="1").line().strip(),  # type: ignore[arg-type]
    ],
)
def test_a_line_that_is_no_line_of_ours_tells_nothing(tmp_path: Path, line: str) -> None:
    """Whatever it holds, it is counted and passed over, and the lines around it hold."""
    path = tmp_path / "ledger.jsonl"
    lines = [entry("a").line(), f"{line}\n", entry("c").line()]
    path.write_bytes("".join(lines).encode(errors="surrogateescape"))
    ledger = Ledger(path)
    assert (list(ledger.entries), ledger.damaged, ledger.cut_off) == (["a", "c"], [2], False)


# --- manifests ---------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_a_manifest_can_be_any_table(tmp_path: Path, suffix: str) -> None:
    """The four formats give the same pairs; rows for a person are counted, not taken."""
    rows = pl.DataFrame(
        {
            "Original": ["b.zh", "a.zh", "c.zh", "d.zh"],
            "translation": ["b.en", "a.en", "", "d.en"],
            "id": ["", "first", "", ""],
            "how": ["name", "", "", "doubtful"],
        }
    )
    path = tmp_path / f"m{suffix}"
    match suffix:
        case ".csv":
            rows.write_csv(path)
        case ".tsv":
            rows.write_csv(path, separator="\t")
        case ".xlsx":
            rows.write_excel(path)
        case _:
            rows.write_parquet(path)
    manifest = read_manifest(path)
    assert manifest.left_out == 2
    assert [(p.id, p.names) for p in manifest.pairs] == [
        ("b", ("b.zh", "b.en")),
        ("first", ("a.zh", "a.en")),
    ]
    assert manifest.pairs[0].original == tmp_path / "b.zh"


def test_a_manifest_needs_its_columns(tmp_path: Path) -> None:
    """A table of something else is an error that names the columns."""
    path = tmp_path / "m.csv"
    path.write_text("colour,size\na,b\n", encoding="utf-8")
    with pytest.raises(FormatError, match="original and translation"):
        read_manifest(path)


@pytest.mark.parametrize(
    "names", ["Chinese (China),English", "源文件,译文", "Source file,TARGET", "zh_CN,EN-US"]
)
def test_a_manifest_names_its_columns_like_other_tables(tmp_path: Path, names: str) -> None:
    """Languages and sides are known by the names that bitexts and glossaries have, too."""
    path = tmp_path / "m.csv"
    path.write_text(f"{names}\na.zh,a.en\n", encoding="utf-8")
    assert [p.names for p in read_manifest(path).pairs] == [("a.zh", "a.en")]


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Two pairs of one id would write one part; upper case is no difference."""
    with pytest.raises(SettingError, match="2 pairs have the id 'a'"):
        pairs_of([("x", "y", "A"), ("u", "v", "a")], folder=tmp_path, where="m.csv")


def test_made_ids_are_distinct_and_safe(tmp_path: Path) -> None:
    """Ids come from the names, with the folders where these are alike, and stay inside."""
    rows = [
        ("2019/zh/report.txt", "2019/en/report.txt", ""),
        ("2020/zh/report.txt", "2020/en/report.txt", ""),
        ("../../x/原文 (1).docx", "/etc/passwd", ""),
    ]
    ids = [pair.id for pair in pairs_of(rows, folder=tmp_path, where="m")]
    assert ids == ["2019_report", "2020_report", "原文_1"]


@given(st.lists(st.tuples(*[st.text("aA/.字 ", min_size=1, max_size=4)] * 2), unique=True))
def test_ids_do_not_depend_on_the_order(rows: list[tuple[str, str]]) -> None:
    """However a manifest is sorted, a pair has the same id, and no two have one."""

    def ids(order: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        pairs = pairs_of([(a, b, "") for a, b in order], folder=Path(), where="m")
        return {pair.names: pair.id for pair in pairs}

    found = ids(rows)
    assert ids(rows[::-1]) == found
    assert len({name.casefold() for name in found.values()}) == len(rows)


# --- runs --------------------------------------------------------------------------------


def test_a_corpus_is_complete(corpus: tuple[Path, Path]) -> None:
    """Every bead of every pair is in the table, in the order of the ids."""
    _, folder = corpus
    assert is_corpus(folder)
    rows = pl.concat([pl.read_parquet(file.path) for file in open_catalog(folder).tables()])
    parts = [pl.read_parquet(folder / "parts" / f"{name}.parquet") for name in NAMES]
    assert rows.equals(pl.concat(parts).select(rows.columns))
    index = [json.loads(line) for line in (folder / "index.jsonl").open(encoding="utf-8")]
    assert [row["id"] for row in index] == list(NAMES)
    assert [row["beads"] for row in index] == [len(part) for part in parts]


def test_a_second_run_does_nothing(corpus: tuple[Path, Path]) -> None:
    """All pairs are kept, and no file of the corpus is touched."""
    manifest, folder = corpus
    before = contents(folder)
    told: list[BatchProgress] = []
    summary = run(manifest, folder, jobs=1, progress=told.append)
    assert (summary.kept, len(summary.done)) == (4, 4)
    assert contents(folder) == before
    assert [p.kept for p in told] == [1, 2, 3, 4]


def test_only_what_changed_runs_again(tmp_path: Path) -> None:
    """A changed document and a lost part are made again, alone, as in a new run."""
    manifest, folder = copy_samples(tmp_path), tmp_path / "corpus"
    run(manifest, folder, jobs=1)
    before = contents(folder)
    (folder / "parts" / "news.parquet").write_bytes(b"damaged")
    (tmp_path / "story.en.txt").write_text("A story. It ended.", encoding="utf-8")
    (folder / "parts" / ".notice.parquet.k3_x9abc").write_bytes(b"left by a kill")
    told: list[BatchProgress] = []
    summary = run(manifest, folder, jobs=1, progress=told.append)
    assert (summary.kept, told[-1].done) == (2, 2)
    changed = {n for n, raw in contents(folder).items() if before[n] != raw}
    assert changed == {
        "index.jsonl",
        "parts/story.parquet",
        "table/00000.parquet",
        "table/stamp.json",
    }
    fresh = tmp_path / "fresh"
    run(manifest, fresh, jobs=1)
    assert contents(fresh) == contents(folder)


def test_pairs_that_are_no_longer_named_stay_until_pruned(tmp_path: Path) -> None:
    """A corpus can be made from several manifests; `prune` leaves the last one's pairs."""
    copy_samples(tmp_path)
    folder = tmp_path / "corpus"
    for name in ("news", "story"):
        manifest = write_rows(tmp_path, [(f"{name}.zh.txt", f"{name}.en.txt")])
        summary = run(manifest, folder, jobs=1)
    assert (summary.total, summary.elsewhere) == (1, 1)
    assert sorted(p.stem for p in (folder / "parts").iterdir()) == ["news", "story"]
    run(manifest, folder, jobs=1, prune=True)
    assert [p.stem for p in (folder / "parts").iterdir()] == ["story"]


def test_bad_pairs_fail_alone_and_say_why(tmp_path: Path) -> None:
    """Each failure has its reason in the ledger and the summary, and none spoils another."""
    copy_samples(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    rows = [
        ("news.zh.txt", "news.en.txt"),
        ("empty.txt", "story.en.txt"),
        ("damaged.docx", "story.en.txt"),
        ("story.zh.txt", "notice.zh.txt"),
        ("missing.txt", "story.en.txt"),
    ]
    folder = tmp_path / "corpus"
    summary = run(write_rows(tmp_path, rows), folder, jobs=2)
    assert [e.id for e in summary.done] == ["news"]
    assert summary.reasons == {"document": 4}
    said = {e.original: e.trouble.message for e in summary.failed if e.trouble}
    assert "empty" in said["empty.txt"]
    assert "both look Chinese" in said["story.zh.txt"]
    assert "no such file" in said["missing.txt"]
    told = json.loads((folder / "summary.json").read_bytes())
    assert {row["message"] for row in told["failures"]} == set(said.values())
    page = (folder / "summary.html").read_text("utf-8")
    assert all(name in page for name in said)
    again = run(write_rows(tmp_path, rows), folder, jobs=1)
    assert again.kept == 4  # all but the one whose file may be there now
    assert again.reasons == summary.reasons


def children() -> set[int]:
    """Return the workers of this process."""
    return {child.pid or 0 for child in multiprocessing.active_children()}


def slow_work(name: str) -> Work:
    """Return a pair that takes many seconds."""
    zh = "".join(f"第{n}天，他们一起走过了第{n * 7 % 1000}座桥。\n\n" for n in range(20_000))
    en = "".join(f"On day {n} they crossed bridge {n * 7 % 1000}.\n\n" for n in range(20_000))
    return Work(name, ("z", "e"), zh.encode(), en.encode(), Settings())


@pytest.mark.slow
def test_of_sixty_pairs_exactly_the_bad_ones_fail(tmp_path: Path) -> None:
    """An empty file, a damaged one, a wrong language, a slow pair and a killed worker."""
    rows = [write_small_pair(tmp_path, number) for number in range(55)]
    (tmp_path / "b-empty.txt").write_bytes(b"")
    (tmp_path / "c-damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    rows += [(name, rows[0][1]) for name in ("b-empty.txt", "c-damaged.docx")]
    for lang in ("zh", "en"):
        (tmp_path / f"d-wrong.{lang}.txt").write_text("这是中文。", encoding="utf-8")
    rows.append(("d-wrong.zh.txt", "d-wrong.en.txt"))
    for name in ("y-slow", "z-slow"):  # one of these loses its worker, the other its time
        slow = slow_work(name)
        (tmp_path / f"{name}.zh.txt").write_bytes(slow.original)
        (tmp_path / f"{name}.en.txt").write_bytes(slow.translation)
        rows.append((f"{name}.zh.txt", f"{name}.en.txt"))
    killed: list[int] = []

    def kill_a_worker(progress: BatchProgress) -> None:
        if progress.done + progress.failed == 58 and not killed:
            time.sleep(2.0)  # both slow pairs are under way
            killed.append(min(children()))
            os.kill(killed[0], signal.SIGKILL)

    settings: dict[str, Any] = {"jobs": 2, "timeout": 8.0, "progress": kill_a_worker}
    summary = run(write_rows(tmp_path, rows), tmp_path / "corpus", encoder="use", **settings)
    assert (summary.total, len(summary.done), len(summary.failed)) == (60, 55, 5)
    assert summary.reasons == {"document": 3, "time": 1, "crash": 1}
    ledger = Ledger(tmp_path / "corpus" / "ledger.jsonl").entries
    assert sum(one.trouble is not None for one in ledger.values()) == 5


def write_small_pair(folder: Path, number: int) -> tuple[str, str]:
    """Write a pair of a few sentences; return the names."""
    names = (f"a{number:02}.zh.txt", f"a{number:02}.en.txt")
    texts = (f"这是第{number}份文件。\n\n它很短。", f"This is document {number}.\n\nIt is short.")
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return names


def test_a_setting_that_no_pair_can_have_ends_the_batch(tmp_path: Path) -> None:
    """A wrong setting is one error before the work, not a failure of every pair."""
    manifest = copy_samples(tmp_path)
    for settings in ({"encoder": "none"}, {"min_p": 2.0}, {"engine": "x"}, {"jobs": 0},
                     {"timeout": -1}, {"memory": 0.1}, {"langs": ["zh", "fr"]},
                     {"address": "auto"}):  # fmt: skip
        with pytest.raises(SettingError):
            run(manifest, tmp_path / "corpus", **settings)


def test_ctrl_c_ends_the_run_and_leaves_it_to_go_on(tmp_path: Path) -> None:
    """What was done is kept, the summary says that the run was interrupted."""
    manifest, folder = copy_samples(tmp_path), tmp_path / "corpus"

    def interrupt(progress: BatchProgress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(manifest, folder, jobs=1, progress=interrupt)
    assert not children()
    told = json.loads((folder / "summary.json").read_bytes())
    assert (told["done"], told["broken_off"]) == (1, True)
    summary = run(manifest, folder, jobs=1)
    assert (summary.kept, len(summary.done)) == (1, 4)


def test_two_runs_do_not_share_a_folder(corpus: tuple[Path, Path], tmp_path: Path) -> None:
    """A second run in the same folder is told to wait, and a foreign folder is refused."""
    manifest, folder = corpus

    def again(_: BatchProgress) -> None:
        with pytest.raises(SettingError, match="another batch"):
            run(manifest, folder, jobs=1)

    run(manifest, folder, jobs=1, progress=again)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingError, match="neither empty nor a corpus"):
        run(manifest, tmp_path, jobs=1)


# --- progress and pages ------------------------------------------------------------------


def test_the_time_left_goes_by_size(tmp_path: Path) -> None:
    """After a small pair of two in a second, the large one is expected to take its share."""
    for name, size in (("a", 10), ("b", 10), ("c", 490), ("d", 490)):
        (tmp_path / name).write_bytes(b"x" * size)
    pairs = [ManifestRow(x, tmp_path / x, tmp_path / y, (x, y)) for x, y in ("ab", "cd")]
    told: list[BatchProgress] = []
    ticks = iter([0.0, 1.0, 2.0])
    meter = Meter(pairs, told.append, clock=lambda: next(ticks))
    meter.begin()
    meter.end("a", None)
    assert (told[0].rate, told[0].seconds_left) == (1.0, 49.0)
    meter.end("c", Trouble("time", "slow"))
    assert (told[1].done, told[1].failed, told[1].seconds_left) == (1, 1, 0.0)


def test_the_page_holds_no_active_content(tmp_path: Path) -> None:
    """Names and messages are text, whatever they hold; the page asks for no other file."""
    hostile = "<script>alert(1)</script>\"'&\x07"
    failed = LedgerEntry("a", hostile, hostile, "", "", "s", "failed", 0.0,
                   trouble=Trouble("document", hostile, hostile))  # fmt: skip
    page = render_page(RunSummary(1, 0, 0, 0, 0.0, (failed,)), tmp_path)
    assert "<script" not in page
    assert "\x07" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_page_draws_doubtful_pairs(tmp_path: Path) -> None:
    """A pair that is no translation is drawn with its path."""
    (tmp_path / "a.zh.txt").write_bytes((CORPORA / "story/story.zh.txt").read_bytes())
    (tmp_path / "a.en.txt").write_bytes((CORPORA / "regulation/regulation.en.txt").read_bytes())
    manifest = write_rows(tmp_path, [("a.zh.txt", "a.en.txt")])
    summary = run(manifest, tmp_path / "corpus", jobs=1, encoder="use")
    assert [e.id for e in summary.doubtful] == ["a"]
    page = (tmp_path / "corpus" / "summary.html").read_text("utf-8")
    assert "Pairs to look at: 1" in page
    assert 'class="alone" d="M' in page
