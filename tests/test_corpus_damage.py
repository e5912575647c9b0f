"""A damaged corpus: no reader takes it for whole, and a batch gives it its bytes back."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.batch.engine_protocol import Settings
from aligner.batch.meter import Meter
from aligner.batch.run_batch import run_batch
from aligner.batch.work import run_work, settings_signature
from aligner.batch.writer import CorpusWriter, opened
from aligner.corpus import corpus_stats, export_corpus, read_corpus, search
from aligner.corpus.store import joined
from aligner.corpus.store.ledger import Ledger, LedgerEntry
from aligner.corpus.store.part import part_bitext
from aligner.corpus.store.seal import digest, sealed, unsealed
from aligner.errors import AlignerError, ExportError, FormatError, SettingError
from aligner.formats.bitexts import read_bitexts
from aligner.pairing.manifest import read_manifest
from aligner.pipeline import terms

SETTINGS = Settings(encoder="length")
PAIRS = ("a", "b", "c")
READ_BY = {  # who needs a file; the others do not read it
    "corpus.json": ("search", "stats", "export", "read_corpus", "terms"),
    "table/stamp.json": ("search", "stats", "export", "read_corpus", "terms"),
    "table/00001.parquet": ("search", "stats", "export"),
    "index.jsonl": ("export", "read_corpus", "terms"),
    "parts/b.parquet": ("read_corpus", "terms"),
    "ledger.jsonl": (),
}
NO_JSON_OF_OURS = [b"", b"{}", b"[1]", b'{"shards":5}', b"\xff\xfe", b"[" * 100_000, b"null", b"7"]


def batch(source: Path, out: Path, **settings: Any) -> CorpusWriter:  # noqa: ANN401
    """Run a batch in this process; return what it found."""
    pairs = read_manifest(source).pairs
    with opened(out):
        writer = CorpusWriter(out, pairs, SETTINGS, settings_signature(SETTINGS))
        for work in writer.works(Meter(pairs, None)):
            writer.record(run_work(work))
        writer.finish(**settings)
    return writer


def write_manifest(folder: Path, names: str) -> Path:
    """Write a manifest of some pairs."""
    path = folder / f"{names}.csv"
    rows = "".join(f"{name}.zh.txt,{name}.en.txt,{name}\n" for name in names)
    path.write_text(f"original,translation,id\n{rows}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a manifest of three pairs of a few sentences."""
    folder = tmp_path_factory.mktemp("documents")
    for number, name in enumerate(PAIRS):
        zh = "\n\n".join(f"{year}年，港口扩大了。" for year in range(1990, 1996 + number))
        en = "\n\n".join(f"In {year}, the port grew." for year in range(1990, 1996 + number))
        (folder / f"{name}.zh.txt").write_text(zh, encoding="utf-8")
        (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
    return write_manifest(folder, "abc")


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small corpus have a shard for each pair."""
    monkeypatch.setattr(joined, "SHARD_ROWS", 5)


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus that is finished and not damaged."""
    folder = tmp_path_factory.mktemp("whole") / "corpus"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "SHARD_ROWS", 5)
        batch(source, folder)
    return folder


@pytest.fixture
def corpus(whole: Path, tmp_path: Path) -> Path:
    """Return a copy to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "corpus"))


def readers(tmp_path: Path) -> dict[str, Callable[[Path], Any]]:
    """Return all that read a corpus."""

    def export(folder: Path) -> bytes:
        export_corpus(folder, tmp_path / "out.tmx")
        return (tmp_path / "out.tmx").read_bytes()

    return {
        "search": lambda folder: search("港口", folder),
        "stats": corpus_stats,
        "export": export,
        "read_corpus": lambda folder: list(read_corpus(folder)),
    }


def contents(folder: Path) -> dict[str, object]:
    """Return all that is the same in every run."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    entries = Ledger(folder / "ledger.jsonl").entries.values()
    return {
        **{name: path.read_bytes() for name, path in files.items() if name != ".lock"},
        "ledger.jsonl": [replace(entry, seconds=0.0) for entry in entries],
    }


def flip(path: Path, at: int = -40, bit: int = 1) -> None:
    """Flip a bit of a file."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= bit
    path.write_bytes(raw)


def unfinished(corpus: Path) -> Path:
    """Leave what a kill before the end of a batch leaves."""
    shutil.rmtree(corpus / "table")
    (corpus / "index.jsonl").unlink()
    return corpus


# --- readers -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", READ_BY)
def test_whoever_reads_a_damaged_file_says_which(corpus: Path, tmp_path: Path, name: str) -> None:
    """One flipped bit is an error with the file and the next command, or makes no difference."""
    wanted = {reader: read(corpus) for reader, read in readers(tmp_path).items()}
    flip(corpus / name)
    reads: dict[str, Callable[[Path], Any]] = {**readers(tmp_path), "terms": terms}
    for reader, read in reads.items():
        if reader in READ_BY[name]:
            with pytest.raises(FormatError) as caught:
                read(corpus)
            assert str(caught.value).startswith(f"{corpus / name}: is damaged")
            assert f"rerun `aligner batch SOURCE -o {corpus}`" in caught.value.hint
        elif reader != "terms":
            assert read(corpus) == wanted[reader]


@pytest.mark.parametrize("is_finished", [True, False])
def test_flipped_bits_are_noticed_or_make_no_difference(
    corpus: Path, source: Path, whole: Path, tmp_path: Path, *, is_finished: bool
) -> None:
    """Wherever a bit flips; and a batch restores every byte (more: scripts/stress/corpus.py)."""
    if not is_finished:
        unfinished(corpus)
    chance = random.Random(1)  # noqa: S311 - no secret
    wanted = {reader: read(corpus) for reader, read in readers(tmp_path).items()}
    files = [path for path in corpus.rglob("*") if path.is_file() and path.name != ".lock"]
    for _ in range(25):
        copy = Path(shutil.copytree(corpus, tmp_path / "copy"))
        path = copy / chance.choice(files).relative_to(corpus)
        flip(path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8))
        for reader, read in readers(tmp_path).items():
            with suppress(AlignerError):
                assert read(copy) == wanted[reader], (reader, path)
        batch(source, copy)
        assert contents(copy) == contents(whole), path
        shutil.rmtree(copy)


def test_a_part_that_is_converted_is_checked(corpus: Path) -> None:
    """A part is read like any other Parquet file while its bytes are those of the batch."""
    part = corpus / "parts" / "b.parquet"
    assert [len(list(one.units())) for one in read_bitexts(part)] == [7]
    flip(part, 100)
    with pytest.raises(FormatError, match=r"b\.parquet: is damaged"):
        list(read_bitexts(part))


@pytest.mark.parametrize("name", ["corpus.json", "table/stamp.json", "index.jsonl", "ledger.jsonl"])
def test_nonsense_is_an_error(
    corpus: Path, source: Path, whole: Path, tmp_path: Path, name: str
) -> None:
    """Whatever stands in a file: its readers raise, and a batch writes it again."""
    for raw in NO_JSON_OF_OURS:
        (corpus / name).write_bytes(raw)
        for reader, read in readers(tmp_path).items():
            if reader in READ_BY[name]:
                with pytest.raises(FormatError, match=f"{name}: is damaged"):
                    read(corpus)
        batch(source, corpus)
        assert contents(corpus) == contents(whole), raw


@pytest.mark.parametrize("name", [name for name in READ_BY if name != "ledger.jsonl"])
def test_a_missing_file_is_an_error_or_made_up_for(
    corpus: Path, source: Path, whole: Path, tmp_path: Path, name: str
) -> None:
    """Without its stamp a corpus is one whose batch has not ended: the parts are read."""
    wanted = {reader: read(corpus) for reader, read in readers(tmp_path).items()}
    (corpus / name).unlink()
    for reader, read in readers(tmp_path).items():
        if name == "table/stamp.json" or reader not in READ_BY[name]:
            assert read(corpus) == wanted[reader]
        else:
            with pytest.raises((FormatError, SettingError)):
                read(corpus)
    batch(source, corpus)
    assert contents(corpus) == contents(whole)


def test_files_of_another_corpus_are_noticed(corpus: Path, tmp_path: Path) -> None:
    """Files that are whole in themselves, but of other texts, do not pass."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in PAIRS:
        (documents / f"{name}.zh.txt").write_text("河流变长了。", encoding="utf-8")
        (documents / f"{name}.en.txt").write_text("The river grew.", encoding="utf-8")
    batch(write_manifest(documents, "abc"), tmp_path / "other")
    for name in ("table/00000.parquet", "table/stamp.json", "index.jsonl", "parts/a.parquet"):
        copy = Path(shutil.copytree(corpus, tmp_path / "copy"))
        shutil.copyfile(tmp_path / "other" / name, copy / name)
        with pytest.raises(FormatError, match="is damaged"):
            readers(tmp_path)["search" if "table" in name else "read_corpus"](copy)
        shutil.rmtree(copy)


# --- unfinished corpora ------------------------------------------------------------------


def test_an_unfinished_corpus_is_read_by_its_ledger(
    corpus: Path, tmp_path: Path, whole: Path
) -> None:
    """The parts that the ledger names are read, by all; others, and half a line, are not."""
    wanted = {reader: read(whole) for reader, read in readers(tmp_path).items()}
    unfinished(corpus)
    (corpus / "parts" / "d.parquet").write_bytes(b"in flight when the kill came")
    with (corpus / "ledger.jsonl").open("ab") as file:
        file.write(b'{"id": "d", "orig')
    for reader, read in readers(tmp_path).items():
        assert read(corpus) == wanted[reader]


def test_an_unfinished_corpus_is_checked(corpus: Path, tmp_path: Path) -> None:
    """A damaged part and a damaged line are errors: pairs would be missing."""
    unfinished(corpus)
    flip(corpus / "parts" / "a.parquet")
    for read in readers(tmp_path).values():
        with pytest.raises(FormatError, match=r"a\.parquet: is damaged"):
            read(corpus)
    flip(corpus / "ledger.jsonl", 100)
    for read in readers(tmp_path).values():
        with pytest.raises(FormatError, match=r"ledger\.jsonl: is damaged: line 1"):
            read(corpus)


# --- what leads out of the folder --------------------------------------------------------


def test_names_that_lead_out_are_refused(corpus: Path, tmp_path: Path) -> None:
    """Neither index nor ledger can name a file outside, though their digests are right."""
    shutil.copyfile(corpus / "parts" / "a.parquet", tmp_path / "a.parquet")
    rows = [json.loads(line) for line in (corpus / "index.jsonl").open(encoding="utf-8")]
    for name in ("../../a", str(tmp_path / "a"), "..", "x\0", ""):
        crafted = [{**rows[0], "id": name, "part": f"{name}.parquet"}, *rows[1:]]
        index = "".join(json.dumps(row) + "\n" for row in crafted)
        (corpus / "index.jsonl").write_text(index, encoding="utf-8")
        stamp = unsealed((corpus / "table" / "stamp.json").read_bytes())
        stamp["index_sha256"] = digest(index.encode())
        del stamp["shards"][1:]
        (corpus / "table" / "stamp.json").write_text(sealed(stamp), encoding="utf-8")
        with pytest.raises(FormatError, match=r"index\.jsonl: is damaged"):
            list(read_corpus(corpus))
    unfinished(corpus)
    entry = Ledger(corpus / "ledger.jsonl").entries["a"]
    (corpus / "ledger.jsonl").write_text(replace(entry, id="../../a").line(), encoding="utf-8")
    with pytest.raises(FormatError, match=r"ledger\.jsonl: is damaged"):
        list(read_corpus(corpus))


@pytest.mark.parametrize("name", ["parts", "table", ".lock"])
def test_a_batch_does_not_write_through_links(
    corpus: Path, source: Path, tmp_path: Path, name: str
) -> None:
    """A folder elsewhere is not written to; what is read through a link is checked as ever."""
    elsewhere = tmp_path / "elsewhere"
    (corpus / name).rename(elsewhere)
    (corpus / name).symlink_to(elsewhere)
    assert len(list(read_corpus(corpus))) == len(PAIRS)
    before = elsewhere.stat()
    with pytest.raises(SettingError, match=f"{name}: is a link"):
        batch(source, corpus)
    assert elsewhere.stat() == before


@pytest.mark.parametrize("name", [*READ_BY, "summary.json", "manifest.csv"])
def test_links_are_replaced(corpus: Path, source: Path, tmp_path: Path, name: str) -> None:
    """A batch writes the corpus's own file, never the one that a link leads to."""
    outside = tmp_path / "outside.txt"
    outside.write_text("not a line of ours\n", encoding="utf-8")
    (corpus / name).unlink(missing_ok=True)
    (corpus / name).symlink_to(outside)
    batch(source, corpus)
    assert outside.read_text("utf-8") == "not a line of ours\n"
    assert not (corpus / name).is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "folder"])
@pytest.mark.parametrize("name", [*READ_BY, "table/00001.parquet", "parts/c.parquet"])
def test_what_is_no_file_is_an_error(
    corpus: Path, source: Path, tmp_path: Path, kind: str, name: str
) -> None:
    """A pipe is not waited for, and no traceback comes of a folder in the place of a file."""
    (corpus / name).unlink()
    (os.mkfifo if kind == "pipe" else os.mkdir)(corpus / name)
    for reader, read in readers(tmp_path).items():
        if reader in READ_BY.get(name, ("read_corpus",)):
            with pytest.raises(AlignerError):
                read(corpus)
    told = ""
    try:
        batch(source, corpus)
    except AlignerError as error:
        told = str(error)
    assert str(corpus / name) in told or (corpus / name).is_file()


# --- a batch -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("parts/b.parquet", "aligned again"),
        ("table/00001.parquet", "joined again"),
        ("table/stamp.json", "written again"),
        ("index.jsonl", "written again"),
        ("ledger.jsonl", "aligned again"),
    ],
)
def test_a_batch_says_what_it_restored(
    corpus: Path, source: Path, whole: Path, name: str, told: str
) -> None:
    """Each damaged file is named, and has its bytes again."""
    flip(corpus / name)
    writer = batch(source, corpus)
    assert [note.startswith(str(corpus / name)) for note in writer.notes] == [True]
    assert writer.notes[0].endswith(told)
    assert contents(corpus) == contents(whole)
    assert not batch(source, corpus).notes


def test_notes_are_in_the_summary(corpus: Path, source: Path) -> None:
    """The command and `summary.json` tell what a batch restored; files of ours are rewritten."""
    flip(corpus / "parts" / "b.parquet")
    for name in ("summary.json", "summary.html"):
        (corpus / name).write_bytes(b"\0")
    summary = run_batch(source, corpus, encoder="length", jobs=1)
    assert (summary.kept, len(summary.notes)) == (2, 1)
    told = json.loads((corpus / "summary.json").read_bytes())
    assert told["notes"] == list(summary.notes)
    assert b"<html" in (corpus / "summary.html").read_bytes()


def test_shards_that_are_whole_are_kept(corpus: Path, source: Path) -> None:
    """What does not change is not written again."""
    shards = [corpus / "table" / f"{number:05}.parquet" for number in range(3)]
    before = [path.stat().st_ino for path in shards]
    flip(shards[1])
    batch(source, corpus)
    same = [path.stat().st_ino == inode for path, inode in zip(shards, before, strict=True)]
    assert same == [True, False, True]


def test_foreign_files_are_left_alone_and_told(
    corpus: Path, source: Path, whole: Path, tmp_path: Path
) -> None:
    """Copies that a file service has made, and folders, disturb nobody and stay."""
    mine = ["table/00000 (conflict copy).parquet", "table/notes.txt", "parts/b (1).parquet"]
    for name in (*mine, "parts/.DS_Store"):
        (corpus / name).write_bytes(b"not ours")
    (corpus / "parts" / "old").mkdir()
    for read in readers(tmp_path).values():
        assert read(corpus) == read(whole)
    writer = batch(source, corpus)
    found = [note.partition(": is not of this corpus")[0] for note in writer.notes]
    assert found == sorted(str(corpus / name) for name in (*mine, "parts/old"))
    assert all((corpus / name).read_bytes() == b"not ours" for name in (*mine, "parts/.DS_Store"))
    extra = contents(corpus).keys() - contents(whole).keys()
    assert extra == {*mine, "parts/.DS_Store"}


def test_pairs_that_the_source_does_not_name_survive_a_damaged_ledger(
    corpus: Path, source: Path, whole: Path
) -> None:
    """They cannot be aligned again, so the index and their parts tell of them."""
    (corpus / "ledger.jsonl").unlink()
    batch(write_manifest(source.parent, "a"), corpus)
    assert contents(corpus) == contents(whole)


def test_a_damaged_part_without_documents_is_told_and_kept(corpus: Path, source: Path) -> None:
    """It is left out of the corpus, but not removed; with its documents it is made again."""
    flip(corpus / "parts" / "c.parquet")
    raw = (corpus / "parts" / "c.parquet").read_bytes()
    notes = batch(write_manifest(source.parent, "ab"), corpus).notes
    assert "left out, because the source does not name its pair" in notes[0]
    assert (corpus / "parts" / "c.parquet").read_bytes() == raw
    assert [one.id for one in read_corpus(corpus)] == ["a", "b"]
    batch(source, corpus)
    assert [one.id for one in read_corpus(corpus)] == ["a", "b", "c"]


def test_a_failure_is_not_believed_of_a_damaged_ledger(corpus: Path, source: Path) -> None:
    """The line that is lost may have said that the pair was done since."""
    ledger = Ledger(corpus / "ledger.jsonl")
    entry = ledger.entries["b"]
    raw = ledger.path.read_bytes()
    row: dict[str, Any] = unsealed(entry.line().encode())
    row |= {"status": "failed", "trouble": {"reason": "document", "message": "empty"}}
    failed = LedgerEntry.of({**row, "part_sha256": "", "facts": None})
    ledger.path.write_bytes(failed.line().encode() + raw.replace(b'"id": "b"', b'"id": "B"'))
    batch(source, corpus)
    assert [one.id for one in read_corpus(corpus)] == ["a", "b", "c"]


# --- versions, and folders that are not ours ---------------------------------------------


def make_old(corpus: Path) -> None:
    """Write what the first layout had, without digests of the table and seals."""
    ledger = Ledger(corpus / "ledger.jsonl")
    lines = [unsealed(entry.line().encode()) for entry in ledger.entries.values()]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
    ledger.path.write_text(text, encoding="utf-8")
    (corpus / "table" / "stamp.json").write_text('{"shards": ["00"]}\n', encoding="utf-8")
    (corpus / "corpus.json").write_text('{"layout": 1}\n', encoding="utf-8")


def test_an_older_corpus_is_upgraded(
    corpus: Path, source: Path, whole: Path, tmp_path: Path
) -> None:
    """Readers say what to do; a batch keeps the parts."""
    make_old(corpus)
    for read in readers(tmp_path).values():
        with pytest.raises(SettingError, match="older version") as caught:
            read(corpus)
        assert "aligner batch SOURCE -o" in caught.value.hint
    before = [path.stat().st_ino for path in sorted((corpus / "parts").iterdir())]
    batch(source, corpus)
    assert contents(corpus) == contents(whole)
    assert [path.stat().st_ino for path in sorted((corpus / "parts").iterdir())] == before


def test_a_newer_corpus_is_refused(corpus: Path, source: Path, tmp_path: Path) -> None:
    """By readers and by a batch, which changes nothing."""
    (corpus / "corpus.json").write_text(sealed({"layout": 99}), encoding="utf-8")
    before = contents(corpus)
    for read in readers(tmp_path).values():
        with pytest.raises(SettingError, match="newer version"):
            read(corpus)
    with pytest.raises(SettingError, match="newer version"):
        batch(source, corpus)
    assert contents(corpus) == before


def test_a_folder_with_somebody_elses_mark_is_not_written_to(source: Path, tmp_path: Path) -> None:
    """A file of the name of ours does not make a folder ours."""
    (tmp_path / "corpus.json").write_text('{"texts": 7}', encoding="utf-8")
    (tmp_path / "ledger.jsonl").write_text('{"paid": 7}\n', encoding="utf-8")
    with pytest.raises(SettingError, match="neither empty nor a corpus"):
        batch(source, tmp_path)
    assert (tmp_path / "corpus.json").read_bytes() == b'{"texts": 7}'
    with pytest.raises(FormatError, match=r"corpus\.json: is damaged"):
        search("x", tmp_path)


def test_a_folder_in_the_place_of_a_part_is_named(corpus: Path, source: Path) -> None:
    """It is not removed: nobody knows what is in it."""
    (corpus / "parts" / "a.parquet").unlink()
    (corpus / "parts" / "a.parquet").mkdir()
    with pytest.raises(ExportError, match=r"a\.parquet: is a folder where a file"):
        batch(source, corpus)


def test_bytes_that_are_no_part_are_no_traceback() -> None:
    """Not even those that end as Parquet does."""
    for raw in (b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"\xff" * 999 + b"PAR1"):
        with pytest.raises(FormatError, match="not a part of a corpus"):
            part_bitext(raw, Path("x.parquet"))
