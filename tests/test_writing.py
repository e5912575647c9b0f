"""Every writer: whole or not at all, over nothing that is needed, exact for any reader."""

from __future__ import annotations

import csv
import errno
import os
import resource
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.cli import main
from aligner.cli.output import print_problems, print_terms
from aligner.convert import convert
from aligner.errors import ExportError, SettingError
from aligner.findings import Terms
from aligner.formats.bitexts import open_bitext, read_bitext
from aligner.formats.common.unpaired_list import beside
from aligner.formats.common.writing import NAME_BYTES, named_errors, write_text
from aligner.formats.glossaries import Entry, Glossary, Target, read_glossary, write_glossary
from aligner.formats.outputs import BITEXT_FORMATS, check_targets, left_lists, targets, write_bitext
from aligner.formats.validate import Problem
from aligner.pairing import write_manifest
from aligner.pairing.found import FoundPair, Pairing
from aligner.pipeline import TermCheck
from aligner.report.report_outputs import check_outputs
from aligner.span import Span

HOLDERS = ("a.tmx", "a.xlf", "a.xliff")
FORMULAS = (
    "=1+1",
    "+86 10",
    "-5 度",
    "@SUM(A1)",
    "\t制表",
    "\r回车",
    '="x"',
    '"引"',
    '他说""',
    "'撇",
)


def side(name: str, texts: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one paragraph a text, and its segments."""
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 1
    segments = [Segment(name, k, s, t) for k, (s, t) in enumerate(zip(spans, texts, strict=True))]
    return Document(name, "\n".join(texts), tuple(spans)), tuple(segments)


def bitext(*pairs: tuple[str, str], alone: tuple[str, ...] = ()) -> Bitext:
    """Return a bitext of pairs, with Chinese sentences without partner at its end."""
    (src_doc, src), (tgt_doc, tgt) = (
        side("d.zh", [*(zh for zh, _ in pairs), *alone]),
        side("d.en", [en for _, en in pairs]),
    )
    n = len(pairs)
    beads = [Bead(Span(k, k + 1), Span(k, k + 1), 0.9) for k in range(n)]
    beads += [Bead(Span(n + k, n + k + 1), Span(n, n), 0.5) for k in range(len(alone))]
    alignment = Alignment(tuple(beads), n + len(alone), n)
    return Bitext("d", src_doc, tgt_doc, src, tgt, alignment, signature="made up")


PLAIN = bitext(("天气很好。", "The weather was fine."), ("走吧。", "Let us go."))
LONELY = bitext(("天气很好。", "The weather was fine."), alone=("没有译文。", '也没有"它"。'))


def units(path: Path, **options: str) -> list[tuple[str, str, str]]:
    """Return the units of a file."""
    return [(u.src, u.tgt, u.kind) for u in read_bitext(path, **options).units()]


# --- over nothing that is needed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with inputs of all kinds and other names for them."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("s.txt", "天气很好。"),
        ("t.txt", "The weather was fine."),
        ("g.csv", "zh,en\n天气,weather\n"),
        ("b.toml", ""),
    ):
        Path(name).write_text(text, "utf-8")
    write_bitext(LONELY, "a.tmx")
    write_bitext(PLAIN, "p.tsv")
    Path("link.txt").symlink_to("s.txt")
    os.link("s.txt", "hard.txt")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "segment s.txt -o s.txt",
        "segment s.txt -o ./s.txt",
        "segment s.txt -o link.txt",
        "segment link.txt -o s.txt",
        "segment s.txt -o hard.txt",
        "align s.txt t.txt -o t.txt --to tsv",
        "convert a.tmx -o a.unpaired.tsv",
        "convert p.tsv -o ./p.tsv",
        "terms a.tmx --glossary g.csv -o g.csv",
        "terms a.tmx --baseline b.toml -o b.toml --to findings.jsonl",
        "terms a.tmx --write-baseline s.toml",
        "terms s.txt t.txt --write-baseline b.toml --glossary b.toml",
    ],
)  # fmt: skip
def test_no_input_is_replaced(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under whatever name an output is an input: status 2 before the work, and nothing changed."""
    Path("s.toml").symlink_to("a.tmx")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(command.split()) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "error: " in capsys.readouterr().err


def test_a_baseline_may_be_written_anew(folder: Path) -> None:
    """The one that is read may be the one that is written; no other input, and no output."""
    check_outputs(["r.html"], inputs=["s.txt"], baseline="b.toml", old="b.toml")
    for wrong in ("s.txt", "r.html", "link.txt"):
        with pytest.raises(ExportError):
            check_outputs(["r.html"], inputs=["s.txt"], baseline=wrong)


@pytest.mark.parametrize(
    ("paths", "to"),
    [
        (["a.tmx", "./a.tmx"], None),
        (["a.tsv", "A.TSV"], None),
        (["a.moses", "a"], "moses"),
        (["b.zh", "b.zh"], "jsonl"),
        (["x.tmx", "x.unpaired.tsv"], None),
        (["é.csv", "é.csv"], None),
    ],
)  # fmt: skip
def test_two_outputs_are_two_files(folder: Path, paths: list[str], to: str | None) -> None:
    """Outputs that are one file, here or where names have no case, are refused."""
    with pytest.raises(ExportError, match="another output"):
        check_targets(paths, to=to)
    check_targets(["x.tmx", "x.xlf", "x.moses", "x.tsv"])


def test_a_corpus_is_not_written_into(folder: Path) -> None:
    """What lies in a corpus is no place for an output; beside its files there is room."""
    (folder / "c" / "table").mkdir(parents=True)
    (folder / "c" / "corpus.json").write_text("{}")
    for name in ("c/table/new.parquet", "c/../c/index.jsonl"):
        with pytest.raises(ExportError, match="would replace"):
            check_targets([name], inputs=["c"])
    check_targets(["c/good.tmx"], inputs=["c"])


@pytest.mark.parametrize(
    "command",
    [
        "align s.txt t.txt -o a.xlsx -o b.tmx --to tsv",
        "convert p.tsv -o a.xlsx --to tmx",
        "terms a.tmx -o a.html --to xlsx",
        "terms a.tmx -o a.docx --to tbx",
        "corpus export c -o a.parquet --to jsonl",
    ],
)
def test_a_format_is_that_of_its_suffix(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--to` is for names that say no format: against a suffix it is refused."""
    assert main(command.split()) == 2
    assert "the suffix is of" in capsys.readouterr().err
    assert not list(folder.glob("a.[xhdp]*"))
    for name, to in (("a.xlf", "xliff20"), ("a.txt", "tsv"), ("v1.2", "moses"), ("a.xml", "tmx")):
        check_targets([name], to=to)


# --- whole or not at all


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
@pytest.mark.parametrize("form", BITEXT_FORMATS)
def test_without_room_the_old_files_stay(
    tmp_path: Path, form: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that names the file and says what to do; nothing half, nothing left over."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "new").mkdir()
    written = write_bitext(LONELY, tmp_path / "new" / f"a.{form}")
    room = min(path.stat().st_size for path in written)
    write_bitext(PLAIN, tmp_path / f"a.{form}")
    old = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with (
        at_most(int(room * share)),
        pytest.raises(ExportError, match="cannot be written") as caught,
    ):
        write_bitext(LONELY, tmp_path / f"a.{form}")
    assert "ulimit" in caught.value.hint
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == old
    assert not list((tmp_path / "tmp").iterdir())


def test_without_room_a_command_ends_with_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plain text of `segment`, as any other output."""
    Path("out.txt").write_text("old")
    with at_most(3):
        assert main(["segment", "s.txt", "-o", "out.txt"]) == 2
    assert "out.txt: cannot be written (File too large)" in capsys.readouterr().err
    assert Path("out.txt").read_text() == "old"


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "space"),
        (errno.EDQUOT, "quota"),
        (errno.EIO, "fault"),
        (errno.EFBIG, "ulimit"),
    ],
)
def test_what_the_disk_says_late_is_heard(
    tmp_path: Path, number: int, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems refuse only when they are told to keep: the old file is still there."""
    path = write_text(tmp_path / "a.txt", "old")

    def refuse(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ExportError, match=r"a\.txt") as caught:
        write_text(path, "new")
    assert hint in caught.value.hint
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_errors_of_writers_are_told_from_bugs() -> None:
    """Both polars and xlsxwriter hide what the system said; anything else is no matter of disks."""
    from xlsxwriter.exceptions import FileCreateError

    for error in (
        pl.exceptions.ComputeError("parquet: No space left on device (os error 28)"),
        FileCreateError(OSError(errno.ENOSPC, "No space left on device")),
    ):
        with pytest.raises(ExportError, match="No space left") as caught, named_errors("a.xlsx"):
            raise error
        assert "space" in caught.value.hint
    with pytest.raises(pl.exceptions.ShapeError), named_errors("a.xlsx"):
        raise pl.exceptions.ShapeError("a bug")


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    """A new file is as the old one was; a symbolic link stays one, and one to nothing is filled."""
    path, link, dangling = tmp_path / "a.tsv", tmp_path / "link.tsv", tmp_path / "new.tsv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path.name)
    dangling.symlink_to("made.tsv")
    write_bitext(PLAIN, link)
    write_bitext(PLAIN, dangling)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() == (tmp_path / "made.tsv").read_bytes() != b"old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any file")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    """What may not be written to may not be renamed over either."""
    path = write_text(tmp_path / "a.txt", "old")
    path.chmod(0o444)
    with pytest.raises(ExportError, match="write-protected"):
        write_text(path, "new")


def test_a_pipe_gets_the_bytes(tmp_path: Path) -> None:
    """Also of a format that is not written from beginning to end; a pipe is never renamed over."""
    pipe, found = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    write_bitext(PLAIN, pipe, to="xlsx")
    reader.join(20)
    (path,) = write_bitext(PLAIN, tmp_path / "a.xlsx")
    assert found == [path.read_bytes()]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(ExportError, match="a second file"):
        write_bitext(LONELY, "/dev/null", to="tmx")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs its name")
def test_standard_output_by_its_name(tmp_path: Path) -> None:
    """`/dev/stdout` goes on where the shell's `>>` left off; what stood there stays."""
    log = tmp_path / "log"
    log.write_text("before\n")
    source = write_bitext(PLAIN, tmp_path / "a.jsonl")[0]
    command = [sys.executable, "-m", "aligner", "convert", str(source), "--to", "align"]
    with log.open("ab") as file:
        subprocess.run([*command, "-o", "/dev/stdout"], stdout=file, check=True)
    assert log.read_text() == "before\n[0]:[0]:0.9000\n[1]:[1]:0.9000\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "log"]


# --- the list of units without partner


@pytest.mark.parametrize("name", HOLDERS)
def test_one_sided_units_come_back(tmp_path: Path, name: str) -> None:
    """Through a table and back again, after both files were renamed and moved together."""
    wanted = [(u.src, u.tgt, u.kind) for u in LONELY.units()]
    path = write_bitext(LONELY, tmp_path / name, to="xliff20" if name == "a.xliff" else None)[0]
    convert(path, tmp_path / "b.tsv")
    convert(tmp_path / "b.tsv", tmp_path / "c.tmx")
    assert units(tmp_path / "b.tsv") == units(tmp_path / "c.tmx") == wanted
    (tmp_path / "else").mkdir()
    moved = path.rename(tmp_path / "else" / f"甲{path.suffix}")
    (tmp_path / "a.unpaired.tsv").rename(tmp_path / "else" / "甲.unpaired.tsv")
    assert units(moved) == wanted
    assert not open_bitext(moved).notes  # type: ignore[union-attr]


@pytest.mark.parametrize("name", HOLDERS)
@pytest.mark.parametrize(
    "other", [PLAIN, bitext(("甲。", "A."), alone=("乙。",))], ids=["no list", "another list"]
)
def test_a_stale_list_is_left_out(tmp_path: Path, name: str, other: Bitext) -> None:
    """A list of another run beside a file is no part of it, and a note says so."""
    to = "xliff20" if name == "a.xliff" else None
    write_bitext(LONELY, tmp_path / name, to=to)
    stale = (tmp_path / "a.unpaired.tsv").read_bytes()
    write_bitext(other, tmp_path / name, to=to)
    (tmp_path / "a.unpaired.tsv").write_bytes(stale)
    found = open_bitext(tmp_path / name)
    assert len(list(found.units())) == len([u for u in other.units() if u.tgt])
    assert "left out: it does not belong" in found.notes[0]  # type: ignore[union-attr]


def test_a_missing_list_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that has a list says so if it is gone."""
    write_bitext(LONELY, tmp_path / "a.tmx")
    (tmp_path / "a.unpaired.tsv").unlink()
    assert main(["convert", str(tmp_path / "a.tmx"), "-o", str(tmp_path / "b.tsv")]) == 0
    assert (
        "a.unpaired.tsv: the list of units without partner is not there" in capsys.readouterr().err
    )


def test_a_list_of_an_older_version_is_read(tmp_path: Path) -> None:
    """Neither it nor its file says a mark: it is read with a note, its quotation marks bare."""
    path, list_ = write_bitext(LONELY, tmp_path / "a.tmx")
    lines = [line.split("\t")[:-1] for line in list_.read_text("utf-8").splitlines()]
    lines[2][-1] = '"也没有"它"。'
    list_.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
    assert "left out" in open_bitext(path).notes[0]  # type: ignore[union-attr]
    kept = [line for line in path.read_text("utf-8").splitlines() if "x-unpaired" not in line]
    path.write_text("\n".join(kept), "utf-8")
    assert [src for src, _, _ in units(path)] == ["天气很好。", "没有译文。", '"也没有"它"。']
    assert "does not say" in open_bitext(path).notes[0]  # type: ignore[union-attr]


@pytest.mark.parametrize("what", ["changed", "foreign"])
def test_a_list_of_a_person_is_not_lost(tmp_path: Path, what: str) -> None:
    """One that was changed, or is of something else, is neither removed nor replaced."""
    path, list_ = write_bitext(LONELY, tmp_path / "a.tmx")
    mine = (
        list_.read_text("utf-8").replace("没有译文", "另有译文") if what == "changed" else "mine\n"
    )
    list_.write_text(mine, "utf-8")
    written = write_bitext(PLAIN, path)
    assert written == (path,)
    assert str(list_) in left_lists([path], written)[0]
    before = path.read_bytes()
    with pytest.raises(ExportError, match="in the way"):
        write_bitext(LONELY, path)
    assert (list_.read_text("utf-8"), path.read_bytes()) == (mine, before)


def test_files_of_one_name_share_a_list(tmp_path: Path) -> None:
    """Those of one bitext do; a file of another one may not take it from them."""
    tmx, list_ = write_bitext(LONELY, tmp_path / "a.tmx")
    assert convert(tmx, tmp_path / "a.xlf")[1] == list_
    assert units(tmp_path / "a.xlf") == units(tmx)
    other = bitext(("甲。", "A."), alone=("乙。",))
    with pytest.raises(ExportError, match=r"partner of a\.tmx"):
        write_bitext(other, tmp_path / "a.xlf")
    write_bitext(PLAIN, tmp_path / "a.xlf")
    assert len(units(tmx)) == 3


# --- long names


@pytest.mark.parametrize("letter", ["x", "长"])
@pytest.mark.parametrize("form", ["tmx", "tsv", "xlsx", "xlf"])
def test_a_name_as_long_as_can_be(tmp_path: Path, letter: str, form: str) -> None:
    """255 bytes are no obstacle, and a list beside gets a name that is cut, and found again."""
    room = NAME_BYTES - len(form) - 1
    stem = letter * (room // len(letter.encode()))
    path = tmp_path / f"{stem}.{form}"
    assert write_bitext(PLAIN, path) == (path,)
    write_bitext(LONELY, path)
    assert units(path) == [(u.src, u.tgt, u.kind) for u in LONELY.units()]
    if form in {"tmx", "xlf"}:
        assert len(os.fsencode(beside(path).name)) > NAME_BYTES - 3
        assert beside(path).name.startswith(letter * 70)


def test_a_name_too_long_is_an_error_before_the_work(tmp_path: Path) -> None:
    """So is one that leaves no room for the endings of a format."""
    for name, to in (("x" * 256 + ".tmx", None), ("x" * 254, "moses"), ("x" * 250, "intertext")):
        with pytest.raises(ExportError, match="too long") as caught:
            check_targets([tmp_path / name], to=to)
        assert "shorter" in caught.value.hint


# --- cells


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "jsonl", "parquet"])
def test_cells_like_formulas_stay_as_they_are(tmp_path: Path, form: str) -> None:
    """Read back they are what they were; in TSV a tab or a line end inside is a blank."""
    value = bitext(*((text, f"{text} is text") for text in FORMULAS))
    path = write_bitext(value, tmp_path / f"a.{form}")[0]
    wanted = [(u.src, u.tgt) for u in value.units()]
    if form == "tsv":
        wanted = [
            (s.replace("\t", " ").replace("\r", " "), t.replace("\t", " ").replace("\r", " "))
            for s, t in wanted
        ]
    assert [(src, tgt) for src, tgt, _ in units(path)] == wanted
    if form == "xlsx":
        import openpyxl

        cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].rows for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_tables_are_the_same_for_every_reader(tmp_path: Path, form: str, mark: str) -> None:
    """Both csv and polars read what we read, quotation marks and all, from bitexts and lists."""
    value = bitext(
        *((f'"{text}" 他', f'He said "{text}"\t."') for text in FORMULAS), alone=('"单"',)
    )
    path = write_bitext(value, tmp_path / f"a.{form}")[0]
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["src"], row["tgt"]) for row in csv.DictReader(file, delimiter=mark)]
    frame = pl.read_csv(path, separator=mark, infer_schema=False)
    ours = [(src, tgt) for src, tgt, _ in units(path)]
    assert rows == frame.select("src", "tgt").fill_null("").rows() == ours
    list_ = write_bitext(value, tmp_path / "a.tmx")[1]
    assert pl.read_csv(list_, separator="\t")["text"].to_list() == ['"单"']


def test_tsv_of_older_versions_is_read(tmp_path: Path) -> None:
    """Their quotation marks are bare, whatever stands round them."""
    texts = ['"走吧。"', '"好"和"坏"', '他说："走', '好"']
    path = tmp_path / "a.tsv"
    path.write_text("src\ttgt\n" + "".join(f'{t}\t"Go," he "said".\n' for t in texts), "utf-8")
    assert [(src, tgt) for src, tgt, _ in units(path)] == [(t, '"Go," he "said".') for t in texts]


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_glossaries_and_manifests_keep_such_cells(tmp_path: Path, form: str) -> None:
    """The choice is one for all tables."""
    from aligner.pairing.manifest import read_manifest

    names = ["=一", "+二", "-三", "@四"]
    entries = tuple(Entry(name, (Target(f"{name[0]}text"),)) for name in names)
    (path,) = write_glossary(Glossary(entries, "g", ()), tmp_path / f"g.{form}")
    found = read_glossary(path).entries
    assert [(e.src, e.targets[0].text) for e in found] == [(n, f"{n[0]}text") for n in names]
    pairs = tuple(FoundPair(f"{name}.txt", f"{name}.en.txt", 1.0, "name") for name in names)
    (manifest,) = write_manifest(Pairing(tmp_path, pairs, (), ()), tmp_path / f"m.{form}")
    found_pairs = {pair.names for pair in read_manifest(manifest).pairs}
    assert found_pairs == {(p.original, p.translation) for p in pairs}


def test_a_manifest_replaces_no_document(tmp_path: Path) -> None:
    """Not even by a link."""
    (tmp_path / "a.txt").write_text("甲")
    (tmp_path / "m.csv").symlink_to("a.txt")
    pairing = Pairing(tmp_path, (FoundPair("a.txt", "b.txt", 1.0, "name"),), (), ())
    with pytest.raises(ExportError, match="would replace a document"):
        write_manifest(pairing, tmp_path / "m.csv")
    assert (tmp_path / "a.txt").read_text() == "甲"


def test_targets_name_the_list(tmp_path: Path) -> None:
    """A list may be among what an output writes, but not where there can be none."""
    assert [p.name for p in targets("a.tmx")] == ["a.tmx", "a.unpaired.tsv"]
    assert targets("/dev/null", to="tmx") == (Path("/dev/null"),)
    with pytest.raises(SettingError, match="no suffix"):
        targets("/dev/null")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_table_that_nobody_can_take_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of terms and the problems of a file, on a full device and on closed output."""
    check = TermCheck(Terms((), (), (), 1.0), (), ())
    problems = [Problem(1, "a rule", "is broken")]
    shows: list[Callable[[], None]] = [
        lambda: print_terms(check, every=True, table=True),
        lambda: print_problems(Path("a.tmx"), problems),
    ]
    for show in shows:
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            for output in (full, None):
                monkeypatch.setattr(sys, "stdout", output)
                with pytest.raises(ExportError, match="standard output"):
                    show()


@pytest.mark.parametrize("form", ["moses", "intertext"])
def test_several_files_are_not_written_beside_a_device(form: str) -> None:
    """A format of several files refuses a device before anything is written."""
    if not Path("/dev/null").exists():
        pytest.skip("no devices here")
    with pytest.raises(ExportError, match=r"/dev/null: .* a device holds one"):
        check_targets(["/dev/null"], to=form)
