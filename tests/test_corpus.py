"""Corpus tools: what a filter removes, that the rest is whole, and how it is divided."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch.engine_protocol import Outcome, Settings
from aligner.batch.run_batch import run_batch
from aligner.batch.work import facts_of
from aligner.batch.writer import CorpusWriter, opened
from aligner.bitext import Bitext
from aligner.corpus import Filters, corpus_stats, export_corpus, read_corpus
from aligner.corpus.export import divide
from aligner.corpus.filters import Duplicates, Sieve, Unique
from aligner.corpus.store.part import part_bytes
from aligner.encode import load_encoder
from aligner.errors import ExportError, FormatError, SettingError
from aligner.formats.bitexts import iter_units, read_bitexts
from aligner.lang.shadow import shadow
from aligner.pairing.manifest_row import ManifestRow
from aligner.pipeline import align
from aligner.span import Span

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = ("news", "notice", "regulation", "story")


@pytest.fixture(scope="module")
def bitexts() -> list[Bitext]:
    """Return the samples, aligned."""
    found = []
    for name in NAMES:
        stem = CORPORA / name / name
        found.append(align(f"{stem}.zh.txt", f"{stem}.en.txt"))
    return found


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of the samples."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in NAMES:
        for lang in ("zh", "en"):
            raw = (CORPORA / name / f"{name}.{lang}.txt").read_bytes()
            (folder / "documents" / lang).mkdir(parents=True, exist_ok=True)
            (folder / "documents" / lang / f"{name}.txt").write_bytes(raw)
    run_batch(folder / "documents", folder / "corpus", jobs=1)
    return folder / "corpus"


def table(rows: list[tuple[str, str]], *, p: float = 1.0) -> pl.DataFrame:
    """Return rows as a corpus has them."""
    return pl.DataFrame(
        {
            "doc": ["d"] * len(rows),
            "src": [src for src, _ in rows],
            "tgt": [tgt for _, tgt in rows],
            "p": [p] * len(rows),
            "src_key": [shadow(src).text.lower() for src, _ in rows],
        }
    )


# --- reading -----------------------------------------------------------------------------


def test_a_corpus_gives_its_bitexts_back(corpus: Path, bitexts: list[Bitext]) -> None:
    """Segments, links and offsets are those of aligning each pair by itself."""
    found = list(read_corpus(corpus))
    assert [one.id for one in found] == list(NAMES)
    for one, wanted in zip(found, bitexts, strict=True):
        assert (one.alignment, one.src_doc.text, one.tgt_doc.text) == (
            wanted.alignment, wanted.src_doc.text, wanted.tgt_doc.text,
        )  # fmt: skip
        assert [s.text for s in one.src] == [s.text for s in wanted.src]


def test_a_changed_part_is_no_corpus(tmp_path: Path, bitexts: list[Bitext]) -> None:
    """A part that is not what the batch wrote is an error, as is a folder of other things."""
    with pytest.raises(SettingError, match="is not a corpus"):
        next(read_corpus(tmp_path))
    folder = tmp_path / "corpus"
    write_corpus(folder, bitexts[-1:])
    (folder / "parts" / "d0.parquet").write_bytes(part_bytes(bitexts[0]))
    with pytest.raises(FormatError, match=r"d0\.parquet: is damaged"):
        list(read_corpus(folder))


def write_corpus(folder: Path, bitexts: list[Bitext]) -> None:
    """Write bitexts as a corpus, without aligning them."""
    pairs = [
        ManifestRow(f"d{n}", Path("/none"), Path("/none"), ("", "")) for n in range(len(bitexts))
    ]
    with opened(folder):
        writer = CorpusWriter(folder, pairs, Settings(), "by hand")
        for pair, bitext in zip(pairs, bitexts, strict=True):
            writer.begin(pair, ())
            writer.record(Outcome(pair.id, 0.0, part_bytes(bitext), facts_of(bitext)))
        writer.finish()


# --- filters -----------------------------------------------------------------------------

GOOD = ("先行示范区的发展目标是什么？", "What are the goals of the pilot zone?")
FILTERED: list[tuple[dict[str, Any], tuple[str, str], str]] = [
    ({}, ("只有中文。", " "), "no partner"),
    ({"min_ratio": 1.0, "max_ratio": 8.0}, ("好。", "An answer" * 20), "length ratio"),
    ({"min_ratio": 1.0, "max_ratio": 8.0}, ("先行示范区的发展目标" * 9, "Goals."), "length ratio"),
    ({"languages": True}, ("This is English.", "This is English."), "language"),
    ({"languages": True}, ("先行示范区", "先行示范区"), "language"),
    ({"languages": True}, ("СПАСИБО, очень", "Thank you very much"), "language"),
    ({"numbers": True}, ("共有三十五个区。", "There are 53 zones."), "numbers"),
    ({"duplicates": "exact"}, GOOD, "exact duplicates"),
    ({"duplicates": "near"}, ("先行示範區的發展目標是什麼", "what are the goals of the Pilot Zone"),
     "near duplicates"),
    ({"duplicates": "exact", "unique": "src"}, (GOOD[0], "Its goals?"), "exact duplicates"),
    ({"duplicates": "exact", "unique": "tgt"}, ("目标？", GOOD[1]), "exact duplicates"),
    ({"duplicates": "near", "unique": "both"}, (GOOD[0] + "！", "Its goals?"), "near duplicates"),
]  # fmt: skip
KEPT: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"min_ratio": 1.0, "max_ratio": 8.0}, ("一、总则", "Part I General Provisions")),
    ({"languages": True}, ("GDP增长4.8%", "GDP grew by 4.8%")),
    ({"languages": True}, ("2020", "2020")),
    ({"numbers": True}, ("共有2.5万人，占35%。", "There are 25,000 people, or 35 per cent.")),
    ({"numbers": True}, ("一方面，这很好。", "On the one hand this is good.")),
    ({"duplicates": "exact"}, (GOOD[0], "Its goals?")),
    ({"duplicates": "near"}, ("1", "1")),
]


@pytest.mark.parametrize(("settings", "bad", "name"), FILTERED)
def test_each_filter_removes_its_kind(
    settings: dict[str, Any], bad: tuple[str, str], name: str
) -> None:
    """The bad pair goes, the good one before it stays, and the example says why."""
    sieve = Sieve(Filters(**settings))
    kept = sieve.keep(table([GOOD, bad]))
    assert kept["src"].to_list() == [GOOD[0]]
    (step,) = (step for step in sieve.steps if step.removed)
    assert (step.name, step.removed) == (name, 1)
    assert (step.examples[0].src, step.examples[0].tgt) == bad
    assert step.examples[0].why


@pytest.mark.parametrize(("settings", "good"), KEPT)
def test_filters_leave_good_pairs(settings: dict[str, Any], good: tuple[str, str]) -> None:
    """Short texts, names, numbers in words and other translations are no faults."""
    assert len(Sieve(Filters(**settings)).keep(table([GOOD, good]))) == 2


def test_links_below_the_least_probability_go() -> None:
    """And those at it stay."""
    for p, kept in ((0.49, 0), (0.5, 1)):
        assert len(Sieve(Filters(min_p=0.5)).keep(table([GOOD], p=p))) == kept


TEXTS = st.sampled_from(["一", "二", "三", "一！"])


SIDES: dict[Unique, list[tuple[int, ...]]] = {
    "pair": [(0, 1)], "src": [(0,)], "tgt": [(1,)], "both": [(0,), (1,)],
}  # fmt: skip


@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=12),
    st.integers(1, 5),
    st.sampled_from(["exact", "near"]),
    st.sampled_from(sorted(SIDES)),
)
def test_duplicates_do_not_depend_on_batches(
    rows: list[tuple[str, str]],
    size: int,
    duplicates: Duplicates,
    unique: Unique,
) -> None:
    """However a corpus is cut, the first of equal rows stays, and no key comes twice."""
    filters = Filters(duplicates=duplicates, unique=unique)
    whole = Sieve(filters).keep(table(rows))
    sieve = Sieve(filters)
    parts = [sieve.keep(part) for part in table(rows).iter_slices(size)] or [table([])]
    assert pl.concat(parts).equals(whole)
    kept = list(whole.select("src", "tgt").iter_rows())
    for side in SIDES[unique]:
        keys = [
            tuple(row[k].rstrip("！" if duplicates == "near" else "") for k in side) for row in kept
        ]
        assert len(set(keys)) == len(keys)


def test_damaged_pairs_go_and_good_ones_stay(bitexts: list[Bitext]) -> None:
    """Of one pair in twenty shuffled and one in twenty repeated, nine tenths are removed."""
    rows = [(u.src, u.tgt) for b in bitexts for u in b.units() if u.src and u.tgt and u.p > 0.9]
    chance = random.Random(0)  # noqa: S311 - no secret
    picked = chance.sample(range(len(rows)), len(rows) // 10)
    wrong, twice = picked[::2], picked[1::2]
    texts = [rows[number][1] for number in wrong]
    damaged = list(rows)
    for number, text in zip(wrong, [*texts[1:], texts[0]], strict=True):
        damaged[number] = (rows[number][0], text)
    damaged += [rows[number] for number in twice]
    filters = Filters(min_ratio=1, max_ratio=8, languages=True, duplicates="near", similarity=0.3)
    kept = set(Sieve(filters, load_encoder()).keep(table(damaged)).select("src", "tgt").iter_rows())
    good = {rows[n] for n in range(len(rows))} - {rows[n] for n in wrong}
    bad = {damaged[n] for n in wrong}
    assert len(bad & kept) <= 0.1 * len(bad)
    assert len(good - kept) <= 0.02 * len(good)


@pytest.mark.parametrize("wrong", [{"min_p": 2}, {"similarity": -1}, {"min_ratio": -1},
                                   {"min_ratio": 3, "max_ratio": 2}])  # fmt: skip
def test_wrong_filters_are_errors(wrong: dict[str, float]) -> None:
    """A threshold that cannot be is told before the work."""
    with pytest.raises(SettingError):
        Filters(**wrong)  # type: ignore[arg-type]


# --- export ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["tmx", "tsv", "csv", "jsonl", "parquet", "xlsx", "xliff"])
def test_an_export_holds_what_passed(corpus: Path, tmp_path: Path, form: str) -> None:
    """Each format gives the pairs back, with the documents they are of."""
    report = export_corpus(corpus, tmp_path / f"x.{form}", filters=Filters(min_p=0.9))
    assert report.rows == report.kept + sum(step.removed for step in report.steps)
    wanted = [
        (unit.src, unit.tgt)
        for bitext in read_corpus(corpus)
        for unit in bitext.units()
        if unit.src and unit.tgt and unit.p >= 0.9
    ]
    assert len(wanted) == report.kept
    found = list(iter_units(tmp_path / f"x.{form}"))
    assert [(u.src, u.tgt) for u in found if u.src and u.tgt] == wanted
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in report.files}


def test_an_export_keeps_ids_and_offsets(corpus: Path, tmp_path: Path) -> None:
    """A filtered pair still says which sentences of its document it is."""
    export_corpus(corpus, tmp_path / "x.jsonl", filters=Filters(min_p=0.9))
    whole = {(u.doc, u.src_ids, u.src_span): u.src for b in read_corpus(corpus) for u in b.units()}
    rows = pl.read_ndjson(tmp_path / "x.jsonl")
    for doc, src, ids, span in rows.select("doc", "src", "src_ids", "src_span").iter_rows():
        assert whole[doc, tuple(ids), Span(*span)] == src


def test_sets_share_no_document(corpus: Path, tmp_path: Path) -> None:
    """The sets together are the corpus, and no document is in two of them."""
    report = export_corpus(corpus, tmp_path / "x.jsonl", dev=0.1, test=0.1)
    assert list(report.sets) == ["train", "dev", "test"]
    assert sum(report.sets.values()) == report.kept
    docs = [
        {bitext.id for bitext in read_bitexts(tmp_path / f"x.{name}.jsonl")}
        for name in ("train", "dev", "test")
    ]
    assert sorted(doc for part in docs for doc in part) == list(NAMES)


COUNTS = st.dictionaries(st.text("abc", min_size=1), st.integers(1, 50), min_size=3, max_size=20)


@given(COUNTS, st.floats(0.01, 0.4), st.floats(0.01, 0.4), st.integers(0, 3))
def test_every_set_has_a_document(
    counts: dict[str, int], dev: float, test: float, seed: int
) -> None:
    """Sets are never empty, and depend on the names alone, not on their order."""
    shares = {"test": test, "dev": dev}
    found = divide(counts, shares, seed)
    assert set(found.values()) == {"train", "dev", "test"}
    assert found == divide(dict(reversed(counts.items())), shares, seed)


def test_what_cannot_be_exported_is_said(corpus: Path, tmp_path: Path) -> None:
    """Nothing left, a format of one pair, too few documents and a corpus as target."""
    with pytest.raises(ExportError, match="no pair passes"):
        export_corpus(corpus, tmp_path / "x.tsv", filters=Filters(min_ratio=90, max_ratio=99))
    for name in ("x.align", "x.intertext"):
        with pytest.raises((ExportError, SettingError)):
            export_corpus(corpus, tmp_path / name, to=name[2:])
    with pytest.raises(SettingError, match="shares"):
        export_corpus(corpus, tmp_path / "x.tsv", dev=0.6, test=0.6)
    assert not list(tmp_path.iterdir())


# --- counts ------------------------------------------------------------------------------


def test_counts_agree_with_the_bitexts(corpus: Path) -> None:
    """Sentences, links and texts are counted as one would by hand."""
    stats = corpus_stats(corpus)
    found = list(read_corpus(corpus))
    units = [unit for bitext in found for unit in bitext.units()]
    pairs = [unit for unit in units if unit.src_ids and unit.tgt_ids]
    assert (stats.documents, stats.beads, stats.pairs) == (4, len(units), len(pairs))
    assert stats.distinct == len({(u.src, u.tgt) for u in pairs})
    assert stats.src_sentences == sum(len(b.src) for b in found)
    assert stats.tgt_alone == sum(len(u.tgt_ids) for u in units if not u.src_ids)
    assert stats.tgt_words == sum(len(u.tgt.split()) for u in units)
    assert sum(stats.p) == len(pairs)
    assert sum(stats.kinds.values()) == len(units)
    assert stats.ratio[0] < stats.ratio[1] < stats.ratio[2]
