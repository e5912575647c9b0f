"""Names of files: any name leads back to its file, is shown, and fails alone; ids stay apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch.run_batch import run_batch
from aligner.convert import convert
from aligner.corpus.search import search
from aligner.errors import ExportError, ReadError, SettingError
from aligner.filenames import _raw, decoded, legible, named, printable, shown
from aligner.formats.bitexts import read_bitexts
from aligner.formats.documents import read_document
from aligner.formats.validate import validate
from aligner.pairing import Pairing, find_pairs, write_manifest
from aligner.pairing.ids import MOST_ID_BYTES
from aligner.pairing.manifest import pairs_of, read_manifest
from aligner.pairing.name_keys import exact_key, name_key

ZH = "第一条 为了规范停车管理，制定本办法。\n\n第二条 本办法自2021年5月1日起施行，共有35个车位。\n"
EN = (
    "Article 1 These rules are made to regulate parking.\n\n"
    "Article 2 They take effect on 1 May 2021; there are 35 bays.\n"
)
GBK = os.fsdecode("第1章".encode("gbk"))
ODD = (
    GBK, os.fsdecode(b"\xff\xfe"), "tab\tname", "new\nline", 'say "so"', '"quoted"', "-dash",
    "=1+1", "a:b*c?", "😀👨‍👩‍👧", "\u202ertl", "e\u0301", "é", " blank ", "back\\slash", "a\\xb5",
    "x" * 248, "\x1b[2J",
)  # fmt: skip


def write_pair(folder: Path, stem: str) -> bool:
    """Write a Chinese and an English document; false where the system refuses the name."""
    for lang, text in (("zh", ZH), ("en", EN)):
        path = folder / f"{stem}.{lang}.txt"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + unicodedata.name(text[0]), encoding="utf-8")
        except (OSError, ValueError):
            return False
    return True


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """Return a folder with a pair for each odd name that the system takes."""
    folder = tmp_path / "docs"
    if not all(write_pair(folder, stem) for stem in ODD):
        pytest.skip("the file system refuses such names")
    return folder


def ids(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the ids of rows, in their order."""
    found = {pair.names: pair.id for pair in pairs_of(rows, folder=Path(), where="m")}
    return [found[a, b] for a, b, _ in rows]


def both(*stems: str) -> list[tuple[str, str, str]]:
    """Return rows without ids."""
    return [(f"{stem}.zh.txt", f"{stem}.en.txt", "") for stem in stems]


# --- text and back -----------------------------------------------------------------------


@pytest.mark.skipif(sys.getfilesystemencoding() != "utf-8", reason="another spelling")
@given(st.binary(min_size=1, max_size=9).filter(lambda raw: not {0, 0x2F} & set(raw)))
def test_a_shown_name_leads_back(raw: bytes) -> None:
    """Whatever the bytes of a name, its text can be written anywhere, and no other has it."""
    text = shown(os.fsdecode(raw))
    assert text == text.encode().decode().strip()
    assert printable(text) == text
    assert os.fsencode(_raw(text)) == raw


def test_a_name_is_read_as_it_stands_if_it_is_there(tmp_path: Path) -> None:
    """What a person wrote with a backslash needs no escape, but an escape comes first."""
    for name in ("a\\xe9.txt", "b\\c.txt"):
        (tmp_path / name).touch()
    assert named(tmp_path, "a\\xe9.txt").exists()
    assert named(tmp_path, "a\\\\xe9.txt").exists()
    assert named(tmp_path, "b\\c.txt").exists()
    assert named(tmp_path, "none\\x41.txt") == tmp_path / "none\\x41.txt"


def test_bytes_of_archives_are_read() -> None:
    """Ids and keys of partners read GB 18030 and Big5, and keep what is neither."""
    for codec in ("gbk", "big5"):
        assert legible(shown(os.fsdecode("前言／目次".encode(codec)))) == "前言／目次"
    assert legible("\\xff1") == "\\xff1"
    assert legible("a\\n") == "a\\n"
    names = [shown(os.fsdecode(f"公告（{side}）.txt".encode("gbk"))) for side in ("中文", "英文")]
    assert name_key(names[0]) == name_key(names[1]) == "公告"


def test_messages_hide_nothing() -> None:
    """An error can be printed whatever name is in it, and sends no command to a terminal."""
    error = ReadError(f"{GBK}\x1b[2J\u202e.txt: no such file", hint=GBK)
    assert str(error) == r"\xb5\xda1\xd5\xc2\x1b[2J\u202e.txt: no such file"
    assert error.hint == r"\xb5\xda1\xd5\xc2"
    assert decoded(os.fsdecode("办法".encode())) == "办法"


# --- pairing and manifests -----------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_a_manifest_leads_back_to_any_file(odd_folder: Path, tmp_path: Path, suffix: str) -> None:
    """Each pair that a manifest names is there, whatever is in its name, and has an id."""
    found = find_pairs(odd_folder, by_content=False)
    (path,) = write_manifest(found, tmp_path / f"m{suffix}")
    pairs = read_manifest(path).pairs
    assert len(pairs) == len(ODD)
    wanted = {(odd_folder / f"{stem}.{lang}.txt") for stem in ODD for lang in ("zh", "en")}
    assert {p.resolve() for pair in pairs for p in (pair.original, pair.translation)} == {
        p.resolve() for p in wanted
    }
    assert len({pair.id.casefold() for pair in pairs}) == len(ODD)
    assert {"第1章", "xff_xfe", "x" * 80} <= {pair.id for pair in pairs}
    assert [pair.id for pair in pairs] == [pair.id for pair in found.manifest().pairs]
    json.dumps([pair.names for pair in pairs], ensure_ascii=False).encode()


def test_names_alike_but_for_marks_are_paired(tmp_path: Path) -> None:
    """Names that differ only in case, width or marks have partners of their own."""
    stems = ("第1章（上）", "第1章(上)", "Report", "report")
    written = [write_pair(tmp_path, stem) for stem in stems]
    if not all(written) or len(list(tmp_path.iterdir())) < 8:
        pytest.skip("the file system takes some of these for one")
    pairs = find_pairs(tmp_path, by_content=False).pairs
    assert [exact_key(p.original) for p in pairs] == [exact_key(p.translation) for p in pairs]
    assert len(pairs) == 4


@pytest.mark.parametrize("suffix", [".jsonl", ".xlsx", ".csv", ".parquet"])
def test_cells_that_name_no_file_fail_alone(tmp_path: Path, suffix: str) -> None:
    """A lone surrogate, a null, a name too long or of a folder: the row is read and shown."""
    write_pair(tmp_path, "good")
    bad = ["a\0b.txt", "a\x07b.txt", "字" * 300 + ".txt", "/", "none.txt"]
    bad += ["\ud800.txt"] if suffix in {".jsonl", ".xlsx"} else []
    rows = [("good.zh.txt", "good.en.txt"), *((name, "good.en.txt") for name in bad)]
    path = tmp_path / f"m{suffix}"
    if suffix == ".jsonl":
        lines = [json.dumps({"original": a, "translation": b}) for a, b in rows]
        path.write_text("\n".join(lines))
    elif suffix == ".csv":
        path.write_text("original,translation\n" + "".join(f"{a},{b}\n" for a, b in rows), "utf-8")
    elif suffix == ".parquet":
        pl.DataFrame(rows, schema=["original", "translation"], orient="row").write_parquet(path)
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["original", "translation"])
            for number, (a, b) in enumerate(rows, start=1):
                cell = a.replace("\0", "_x0000_").replace("\ud800", "_xD800_")
                sheet.write_row(number, 0, [cell, b])
    pairs = read_manifest(path).pairs
    assert len({pair.id for pair in pairs}) == len(rows)
    readable = 0
    for pair in pairs:
        pair.names[0].encode()
        assert pair.names[0].isprintable()
        try:
            readable += bool(read_document(pair.original))
        except ReadError as error:
            str(error).encode()
    assert readable == 1


def test_a_bad_name_in_a_batch_fails_alone(tmp_path: Path) -> None:
    """The run ends, the good pair has its part, and every file can be read as UTF-8."""
    folder = tmp_path / "docs"
    if not write_pair(folder, GBK):
        pytest.skip("the file system refuses such names")
    rows = [
        {"original": f"docs/{GBK}.zh.txt", "translation": f"docs/{GBK}.en.txt"},
        {"original": "docs/\ud800.txt", "translation": "a\0b\n.txt"},
        {"original": "docs", "translation": "字" * 300},
    ]
    path = tmp_path / "m.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    summary = run_batch(path, tmp_path / "corpus", encoder="length", jobs=1)
    assert [entry.id for entry in summary.done] == ["docs_第1章"]
    assert summary.done[0].original == "docs/\\xb5\\xda1\\xd5\\xc2.zh.txt"
    assert {e.trouble.reason for e in summary.failed if e.trouble} == {"document"}
    for name in ("ledger.jsonl", "index.jsonl", "summary.json", "summary.html"):
        assert "\ufffd" not in (tmp_path / "corpus" / name).read_text("utf-8")


def found_in(folder: Path) -> Pairing:
    """Return what is paired by name."""
    return find_pairs(folder, by_content=False)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_an_edited_manifest_is_not_replaced(tmp_path: Path, suffix: str) -> None:
    """What differs from what would be written stays, and says how to replace it."""
    write_pair(tmp_path, "a")
    (path,) = write_manifest(found_in(tmp_path), tmp_path / f"m{suffix}")
    before = path.read_bytes()
    write_manifest(found_in(tmp_path), path)  # nothing has changed
    write_pair(tmp_path, "b")
    edited = before + b"b.zh.txt" if suffix != ".xlsx" else before
    path.write_bytes(edited)
    with pytest.raises(ExportError, match="already exists") as caught:
        write_manifest(found_in(tmp_path), path)
    assert "--force" in caught.value.hint
    assert path.read_bytes() == edited
    write_manifest(found_in(tmp_path), path, force=True)
    assert len(read_manifest(path).pairs) == 2


# --- ids -----------------------------------------------------------------------------------


def test_ids_stay_when_pairs_are_added() -> None:
    """An id is made of its own names; only what cannot be told apart gets a hash."""
    first = both("2020/report", "zh/2020/law", "a_b", "news/news")
    assert ids(first) == ["2020_report", "zh_2020_law", "a_b", "news"]
    more = both("2021/report", "a b", "a(b)", "report")
    assert ids([*first, *more])[:4] == ids(first)
    assert ids([*more, *first])[4:] == ids(first)
    mirrored = [("zh/2020/law.txt", "en/2020/law.txt", ""), ("原文/a.txt", "译文/a.txt", "")]
    assert ids(mirrored) == ["2020_law", "a"]
    assert ids([("book/1/zh.txt", "book/1/en.txt", "")]) == ["book_1"]


def test_names_alike_get_ids_of_their_own() -> None:
    """Names that an id cannot tell apart get a few digits behind, and stay readable."""
    for stems in (
        ("第1章（上）", "第1章(上)"),
        ("Report", "report"),
        ("é", "e\u0301"),
        ("😀", "😁"),
    ):
        made = ids(both(*stems))
        assert len(set(map(str.casefold, made))) == len(stems)
        assert not any("%" in one or "\\" in one for one in made)


def test_given_ids_keep_their_folders() -> None:
    """2020/report and 2021/report are two; the same id twice is refused."""
    rows = [("a", "b", "2020/report"), ("c", "d", "2021/report"), ("e", "f", "章（上）")]
    assert ids([*rows, ("g", "h", "章(上)")])[:2] == ["2020_report", "2021_report"]
    assert len(set(ids([*rows, ("g", "h", "章(上)")]))) == 4
    assert ids([("a", "b", "x"), ("x.zh.txt", "x.en.txt", "")])[0] == "x"
    with pytest.raises(SettingError, match="2 pairs have the id"):
        pairs_of([("a", "b", "X"), ("c", "d", "x")], folder=Path(), where="m")


def test_ids_fit_into_a_file_name() -> None:
    """However long the names, an id with its hash and a suffix is a name of up to 255 bytes."""
    long = "\U00020000" * 60
    made = ids(both(long, f"{long[:-1]}\U00020001", "深" * 70 + "/" + "长" * 70, "长" * 70))
    assert len(set(made)) == 4
    assert all(len(one.encode()) <= MOST_ID_BYTES + 9 for one in made)


def test_files_elsewhere_are_named_from_their_common_folder() -> None:
    """No id begins with the folders of one machine."""
    rows = [(f"/home/x/docs/{y}/law.zh.txt", f"/home/x/docs/{y}/law.en.txt", "") for y in "12"]
    assert ids(rows) == ["1_law", "2_law"]


# --- documents in one bitext -----------------------------------------------------------------

DOCS = ("2020/report", "2021/report", "第1章（上）", "第1章(上)", "a b", "a_b", "Report", "report")


def write_units(path: Path, docs: Sequence[str]) -> Path:
    """Write a unit for each document, in their order."""
    rows = [
        {"doc": doc, "zh": f"{ZH[:20]}{n}", "en": f"{EN[:50]} {n}"} for n, doc in enumerate(docs)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize("form", ["tmx", "xliff12", "xliff20", "jsonl", "tsv", "csv", "xlsx"])
def test_documents_of_one_last_name_stay_apart(tmp_path: Path, form: str) -> None:
    """They are written with ids of their own, and read back as so many bitexts."""
    source = write_units(tmp_path / "a.jsonl", DOCS)
    assert [b.id for b in read_bitexts(source)] == list(DOCS)
    suffix = {"xliff12": "xlf", "xliff20": "xlf"}.get(form, form)
    (out,) = convert(source, tmp_path / f"b.{suffix}", to=form)
    assert [b.id for b in read_bitexts(out)] == list(DOCS)
    assert not validate(out)


def test_mixed_documents_go_on_where_they_were_left(tmp_path: Path) -> None:
    """Units of a document that do not stand together are one bitext, and no tuid is twice."""
    source = write_units(tmp_path / "a.jsonl", ["x", "y", "x", "y"])
    assert [(b.id, len(b.src)) for b in read_bitexts(source)] == [("x", 2), ("y", 2)]
    for name in ("b.tmx", "b.tsv", "b.jsonl"):
        (out,) = convert(source, tmp_path / name)
        assert not validate(out)


def test_originals_of_one_last_name_stay_apart(tmp_path: Path) -> None:
    """Files of an XLIFF are called by their last names, with folders where these are alike."""
    source, target = "<source>停车管理办法。</source>", "<target>Parking rules.</target>"
    unit = f'<trans-unit id="1">{source}{target}</trans-unit>'
    names = ("C:\\w\\2020\\report.docx", "C:\\w\\2021\\report.docx", "v1.1", "v1.2")
    files = "".join(
        f'<file original="{name}" source-language="zh-CN" target-language="en-US"'
        f' datatype="plaintext"><body>{unit}</body></file>'
        for name in names
    )
    path = tmp_path / "a.xlf"
    namespace = "urn:oasis:names:tc:xliff:document:1.2"
    path.write_text(f'<xliff version="1.2" xmlns="{namespace}">{files}</xliff>', "utf-8")
    found = [b.id for b in read_bitexts(path)]
    assert found[:3] == ["report", "2021_report", "v1"]
    assert len(set(found)) == 4


def test_a_tuid_that_is_there_twice_is_a_problem(tmp_path: Path) -> None:
    """Both lines are named."""
    (path,) = convert(write_units(tmp_path / "a.jsonl", ["x", "y"]), tmp_path / "a.tmx")
    text = path.read_text("utf-8")
    assert not validate(path)
    path.write_text(text.replace('tuid="y:', 'tuid="x:'), "utf-8")
    (problem,) = validate(path)
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if "<tu " in line]
    assert problem.line == lines[1]
    assert str(lines[0]) in problem.message


# --- the command -----------------------------------------------------------------------------


def test_a_term_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are in no corpus."""
    with pytest.raises(SettingError, match=r"the term \\xb5"):
        search(GBK, tmp_path)


SCRIPT = """
    import os, shutil, sys
    from pathlib import Path
    from aligner.cli import main
    g = os.fsdecode("第1章".encode("gbk"))
    zh, en = f"docs/{g}.zh.txt", f"docs/{g}.en.txt"
    quick = ["--encoder", "length"]
    os.mkdir(g)
    commands = [
        ["pair", "docs", "-o", f"{g}.m.csv", "--by-name-only"],
        ["batch", f"{g}.m.csv", "-o", "corpus", "--jobs", "1", *quick],
        ["batch", "docs", "-o", f"{g}.corpus", *quick],
        ["align", zh, en, *quick, *(w for s in sys.argv[1].split() for w in ("-o", f"{g}.{s}"))],
        ["terms", f"{g}.tmx", "-o", f"{g}/{g}.html", "-o", f"{g}/{g}.xlsx"],
        ["convert", f"{g}.parquet", "-o", f"{g}/{g}.parquet"],
        ["convert", f"{g}.align", "-o", f"{g}/{g}.jsonl"],
        ["search", "停车", "corpus"],
        ["search", g, "corpus"],
        ["segment", zh, "-o", f"{g}/{g}.sent"],
        ["segment", f"none{g}.txt"],
        ["corpus", "export", "corpus", "-o", f"{g}/{g}.csv"],
        ["validate", f"{g}.tmx", f"{g}.xlf", f"{g}.zh", f"{g}/{g}.parquet"],
        ["evaluate", f"{g}.align", f"{g}.align", "--per-doc"],
        [g],
    ]
    for words in commands:
        status = main(words)
        sys.stdout.flush()
        print(f"== {words[0].encode('ascii', 'replace').decode()} {status}", file=sys.stderr)
    print(f"== files {sorted(shutil.os.listdir(os.fsencode(g)))}", file=sys.stderr)
"""


def test_no_command_stops_at_a_name(tmp_path: Path) -> None:
    """Every command works with such names or refuses them in words, in any locale."""
    if not write_pair(tmp_path / "docs", GBK):
        pytest.skip("the file system refuses such names")
    forms = "tmx xlf jsonl tsv xlsx parquet align moses intertext"
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT), forms],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    told = done.stderr.decode("ascii")
    assert "Traceback" not in told, told
    assert done.returncode == 0, told
    statuses = [line.split()[1:3] for line in told.splitlines() if line.startswith("== ")][:-1]
    wanted = (
        "pair 0,batch 0,batch 2,align 0,terms 0,convert 0,convert 0,search 0,search 2,segment 0,"
    )
    wanted += "segment 2,corpus 0,validate 0,evaluate 0,?? 2"
    assert [" ".join(one) for one in statuses[:-1]] == wanted.split(",")[:-1]
    assert statuses[-1][1] == "2"
    assert rf"error: none{shown(GBK)}.txt: no such file" in told
