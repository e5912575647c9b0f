"""What new users try first: tables in other programs, odd folders, originals in English."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from aligner import convert
from aligner.cli import main
from aligner.formats.bitexts import iter_units, open_bitext
from aligner.formats.validate import validate

CORPORA = Path(__file__).parents[1] / "corpora"
TEXTS = [
    'say "yes"', '"quoted"', '""', '"', 'a"b"c', "a\tb", "a\nb", "12", "3,4", "1.5", "2020-01-01",
    "12:30", "true", "=1+1", "-5", " lead", "trail ", "it's", "x,y;z|w", "\\n", "#no", "a\u2028b",
]  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A bitext whose cells are hard for readers of tables, after many plain ones."""
    rows = [("plain", "平常的一句。")] * 120 + [(text, f"中文{text}") for text in TEXTS]
    path = tmp_path / "cells.jsonl"
    lines = [
        {"src": zh, "tgt": en, "src_ids": [n], "tgt_ids": [n]} for n, (en, zh) in enumerate(rows)
    ]
    lines.append({"src": "合并的两句。", "tgt": "Two in one.", "src_ids": [142, 143],
                  "tgt_ids": [142]})  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("suffix", "mark"), [(".tsv", "\t"), (".csv", ",")])
def test_polars_reads_our_cells_by_itself(table: Path, suffix: str, mark: str) -> None:
    """With its own guesses, polars gets every cell as we read it."""
    out = table.with_suffix(suffix)
    convert.convert(table, out)
    frame = pl.read_csv(out, separator=mark)
    units = list(iter_units(out))
    assert frame["tgt"].to_list() == [unit.tgt for unit in units]
    assert frame["src"].to_list() == [unit.src for unit in units]
    assert frame["src_ids"].to_list()[-1] == "[142,143]"
    assert units[-1].src_ids == (142, 143)
    assert not validate(out)


@pytest.mark.parametrize(("suffix", "mark"), [(".tsv", "\t"), (".csv", ",")])
def test_pandas_and_polars_agree(table: Path, suffix: str, mark: str) -> None:
    """Both get the same columns and the same cells."""
    pandas = pytest.importorskip("pandas")
    out = table.with_suffix(suffix)
    convert.convert(table, out)
    first, second = pandas.read_csv(out, sep=mark), pl.read_csv(out, separator=mark)
    assert list(first.columns) == second.columns
    for name in second.columns:
        assert first[name].tolist() == second[name].to_list()


def test_csv_begins_with_a_mark(table: Path) -> None:
    """Excel opens our CSV as UTF-8, and we read it again."""
    out = table.with_suffix(".csv")
    convert.convert(table, out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfdoc,")
    assert next(iter_units(out)).src == "平常的一句。"


def test_a_format_of_another_suffix_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No TSV is written into a workbook."""
    names = [str(CORPORA / f"notice/notice.{lang}.txt") for lang in ("zh", "en")]
    outs = ["-o", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "a.tmx")]
    assert main(["align", *names, *outs, "--to", "tsv"]) == 2
    assert "the format is tsv, the suffix is of xlsx" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A pair, and files that are no documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for lang in ("zh", "en"):
        text = (CORPORA / f"notice/notice.{lang}.txt").read_bytes()
        (folder / f"notice.{lang}.txt").write_bytes(text)
    (folder / "scan.tiff").write_bytes(b"II*\x00")
    (folder / "LICENCE").write_text("no suffix", encoding="utf-8")
    (folder / "terms.xlsx").write_bytes(b"PK")
    return folder


def test_files_that_are_not_read_are_named(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`pair` names each with its suffix, on the screen and in the manifest; its own is none."""
    out = documents / "pairs.csv"
    for _ in range(2):  # the manifest, which lies in the folder, is not one of its files
        assert main(["pair", str(documents), "-o", str(out), "--by-name-only"]) == 0
    err = capsys.readouterr().err
    table = out.read_text("utf-8-sig")
    for said in (
        "no format of documents has the suffix .tiff",
        "it has no suffix that says its format",
        "a file in .xlsx is a table or a bitext, and no document",
    ):
        assert said in err
        assert said in table
    assert "pairs.csv" not in table


def test_a_folder_without_documents_says_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who gives a folder of pictures learns why nothing is found."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert main(["pair", str(tmp_path), "-o", str(tmp_path / "pairs.csv")]) == 2
    assert "contains no documents, only files in .png" in capsys.readouterr().err


def test_summary_begins_with_what_is_to_do(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Failed and waiting pairs stand first, with links to files that are there."""
    rows = [
        "original,translation,how", "notice.zh.txt,notice.en.txt,", "notice.zh.txt,gone.txt,",
        "notice.zh.txt,notice.en.txt,doubtful", "notice.en.txt,,",
    ]  # fmt: skip
    (documents / "my pairs.csv").write_text("\n".join(rows), encoding="utf-8")
    corpus = documents.parent / "corpus"
    words = [str(documents / "my pairs.csv"), "-o", str(corpus), "--jobs", "1"]
    assert main(["batch", *words, "--encoder", "length"]) == 1
    err = capsys.readouterr().err
    assert f"2 files or rows wait for a decision: see {documents / 'my pairs.csv'}" in err
    assert not (corpus / "manifest.csv").exists()
    page = (corpus / "summary.html").read_text("utf-8")
    places = [page.index(word) for word in ('id="failed"', 'id="waiting"', "<h2>The pairs")]
    assert places == sorted(places)
    for name in ("failed", "waiting"):
        assert f'href="#{name}"' in page
    links = set(re.findall(r'href="([^"#]+)"', page))
    assert {"../documents/my%20pairs.csv", "../documents/notice.zh.txt"} <= links


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An alignment whose original is the English text."""
    out = tmp_path_factory.mktemp("source")
    names = [str(CORPORA / f"notice/notice.{lang}.txt") for lang in ("en", "zh")]
    outs = [word for name in ("a.tmx", "a.xlf", "a.jsonl") for word in ("-o", str(out / name))]
    assert main(["align", *names, *outs, "--source", "en", "--encoder", "length"]) == 0
    convert.convert(out / "a.xlf", out / "b.xliff", to="xliff20")
    return out


def test_the_original_may_be_english(english: Path) -> None:
    """TMX and XLIFF name English as the source, by their rules; a conversion keeps it."""
    tmx = (english / "a.tmx").read_text("utf-8")
    assert 'srclang="en-US"' in tmx
    assert tmx.index('xml:lang="en-US"') < tmx.index('xml:lang="zh-CN"')
    xliff = (english / "a.xlf").read_text("utf-8")
    assert 'source-language="en-US" target-language="zh-CN"' in xliff
    assert 'srcLang="en-US" trgLang="zh-CN"' in (english / "b.xliff").read_text("utf-8")
    for name in ("a.tmx", "a.xlf", "b.xliff"):
        assert not validate(english / name)
        assert open_bitext(english / name).source == "en"


def test_the_chinese_side_stays_first(english: Path) -> None:
    """Whichever is the original, units have the same sides in every format."""
    units = [(unit.src, unit.tgt) for unit in iter_units(english / "a.jsonl")]
    for name in ("a.tmx", "a.xlf", "b.xliff"):
        assert [(unit.src, unit.tgt) for unit in iter_units(english / name)] == units


@pytest.mark.parametrize("command", [
    "align", "segment", "terms", "pair", "batch", "search", "corpus", "convert", "validate",
    "evaluate",
])  # fmt: skip
def test_short_help_of_every_command(command: str) -> None:
    """`-h` works everywhere, with status 0."""
    done = subprocess.run(
        [sys.executable, "-m", "aligner", command, "-h"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: aligner")


UNRELATED = [
    ("请勿吸烟。", "Quarterly revenue exceeded expectations."),
    ("昨晚下了一场大雪。道路被封闭了。", "The recipe needs two eggs. Stir until smooth."),
    (
        "春天来了。公园里的花都开了。孩子们在草地上放风筝。",
        "The committee approved the budget. Taxes will rise. Three members voted against it.",
    ),
]
RELATED = [
    ("请勿吸烟。", "No smoking, please."),
    ("昨晚下了一场大雪。道路被封闭了。", "Heavy snow fell last night. The roads were closed."),
    ("他摇了摇头，什么也没说。门关上了。", "Without a word, he shook his head. The door shut."),
]


@pytest.mark.parametrize(
    ("zh", "en", "is_related"),
    [(*texts, False) for texts in UNRELATED] + [(*texts, True) for texts in RELATED],
)
def test_short_texts_that_do_not_belong_together_are_doubted(
    zh: str, en: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_related: bool
) -> None:  # fmt: skip
    """A few sentences of unrelated texts have probabilities below .5, and a warning."""
    (tmp_path / "zh.txt").write_text(zh, encoding="utf-8")
    (tmp_path / "en.txt").write_text(en, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("zh.txt", "en.txt")]
    assert main(["align", *names, "-o", str(tmp_path / "a.jsonl")]) == 0
    warned = "these may not be translations of each other" in capsys.readouterr().err
    assert warned is not is_related
    links = [u.p for u in iter_units(tmp_path / "a.jsonl") if u.src and u.tgt]
    assert all((p >= 0.5) is is_related for p in links)
