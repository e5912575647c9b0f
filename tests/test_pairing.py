"""Partners: found by name or by content, and nothing paired that has no partner."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ReadError, SettingError
from aligner.pairing import Pairing, find_pairs, write_manifest
from aligner.pairing.find import assigned
from aligner.pairing.manifest import read_manifest
from aligner.pairing.name_keys import name_key

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = ("news", "notice", "regulation", "story")
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "pair_names.jsonl").open(encoding="utf-8")
]


def sample(name: str, lang: str) -> bytes:
    """Return a sample document."""
    return (CORPORA / name / f"{name}.{lang}.txt").read_bytes()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case["expect"] == "fail" else [],
        )
        for case in CASES
    ],
)
def test_names_of_partners_have_one_key(case: dict[str, Any]) -> None:
    """Marks of a language or a side are no part of the key, and all else is."""
    keys = [name_key(case[which]) for which in ("one", "other")]
    assert (keys[0] == keys[1]) == case["same"]


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Pairing:
    """Return what is found in a folder whose names say nothing, with two orphans."""
    folder = tmp_path_factory.mktemp("shuffled")
    files = {
        "03.txt": ("news", "zh"), "01.txt": ("news", "en"),
        "02.txt": ("regulation", "zh"), "06.txt": ("regulation", "en"),
        "05.txt": ("story", "zh"), "04.txt": ("notice", "en"),
    }  # fmt: skip
    for name, (sample_name, lang) in files.items():
        (folder / name).write_bytes(sample(sample_name, lang))
    (folder / "07.txt").write_bytes(sample("news", "zh") + b"\n\n")
    (folder / "08.docx").write_bytes(b"no document")
    (folder / "~$08.docx").write_bytes(b"a lock of an office program")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return find_pairs(folder)


def test_content_finds_the_partners(shuffled: Pairing) -> None:
    """Documents with names that say nothing are paired by what is in them."""
    assert [(p.original, p.translation, p.how) for p in shuffled.pairs] == [
        ("02.txt", "06.txt", "content"),
        ("03.txt", "01.txt", "content"),
    ]
    assert not shuffled.doubtful


def test_what_has_no_partner_is_said(shuffled: Pairing) -> None:
    """Orphans, copies, broken files and files of other formats are named with the reason."""
    assert {one.name: one.why for one in shuffled.loose} == {
        "04.txt": "unpaired",
        "05.txt": "unpaired",
        "07.txt": "duplicate",
        "08.docx": "unreadable",
        "picture.png": "unreadable",
    }
    notes = {one.name: one.note for one in shuffled.loose}
    assert notes["07.txt"] == "same text as 03.txt"
    assert notes["picture.png"].startswith(
        "is not read: no format of documents has the suffix .png; save it as"
    )


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_a_pairing_can_be_edited_and_aligned(
    shuffled: Pairing, tmp_path: Path, suffix: str
) -> None:
    """The manifest has a row a pair and a file; `batch` takes the pairs from it."""
    (path,) = write_manifest(shuffled, tmp_path / f"m{suffix}")
    manifest = read_manifest(path)
    wanted = shuffled.manifest()
    assert manifest.left_out == wanted.left_out == 5
    assert [p.id for p in manifest.pairs] == [p.id for p in wanted.pairs]
    assert all(p.original.samefile(q.original)
               for p, q in zip(manifest.pairs, wanted.pairs, strict=True))  # fmt: skip
    again = tmp_path / f"again{suffix}"
    write_manifest(shuffled, again)
    assert again.read_bytes() == path.read_bytes()


def test_a_manifest_opens_in_a_spreadsheet(shuffled: Pairing, tmp_path: Path) -> None:
    """Columns are those that are documented, and formulas are none."""
    (path,) = write_manifest(shuffled, tmp_path / "m.xlsx")
    rows = pl.read_excel(path)
    assert rows.columns == ["original", "translation", "id", "score", "how", "note"]
    assert len(rows) == 7
    with pytest.raises(SettingError, match="not a table"):
        write_manifest(shuffled, tmp_path / "m.pdf")


def test_names_need_no_model(tmp_path: Path) -> None:
    """Folders that mirror each other are paired by name, whatever the format of a file."""
    for name in NAMES:
        for lang in ("zh", "en"):
            folder = tmp_path / lang / "2020"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.txt").write_bytes(sample(name, lang))
    found = find_pairs(tmp_path, by_content=False)
    assert [(p.original, p.how) for p in found.pairs] == [
        (f"zh/2020/{name}.txt", "name") for name in NAMES
    ]
    assert [p.id for p in found.manifest().pairs] == [f"2020_{name}" for name in NAMES]
    assert not found.loose


def test_a_name_that_lies_is_doubtful(tmp_path: Path) -> None:
    """Files that are named as partners but have other numbers wait for a person."""
    (tmp_path / "a_zh.txt").write_bytes(sample("notice", "zh"))
    (tmp_path / "a_en.txt").write_bytes(sample("news", "en"))
    found = find_pairs(tmp_path, by_content=False)
    assert not found.pairs
    assert [(p.original, p.how) for p in found.doubtful] == [("a_zh.txt", "doubtful")]
    assert found.manifest().left_out == 1


def test_partners_of_one_language_are_told(tmp_path: Path) -> None:
    """A translation that is a copy of the original is no pair."""
    (tmp_path / "a_zh.txt").write_bytes(sample("notice", "zh"))
    (tmp_path / "a_en.txt").write_bytes(sample("story", "zh"))
    found = find_pairs(tmp_path, by_content=False)
    assert {one.why for one in found.loose} == {"same language"}
    assert "all look Chinese" in found.loose[0].note


def test_copies_in_several_formats_are_paired_by_format(tmp_path: Path) -> None:
    """Where each document is there as text and as Markdown, each is paired with its like."""
    for suffix in ("txt", "md"):
        for lang in ("zh", "en"):
            (tmp_path / f"story.{lang}.{suffix}").write_bytes(sample("story", lang))
    found = find_pairs(tmp_path, by_content=False)
    assert [(p.original, p.translation) for p in found.pairs] == [
        ("story.zh.md", "story.en.md"),
        ("story.zh.txt", "story.en.txt"),
    ]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """So is one that does not exist."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ReadError):
            find_pairs(folder)


SCORES = st.lists(
    st.lists(st.sampled_from([-30.0, -1.0, 0.2, 2.0, 5.0]), min_size=3, max_size=3),
    min_size=1, max_size=4,
)  # fmt: skip


@given(SCORES)
def test_a_document_is_in_one_pair_at_most(rows: list[list[float]]) -> None:
    """No row and no column is used twice, and nothing worse than no partner is taken."""
    found = np.array(rows)
    pairs = list(assigned(found))
    assert (
        len({row for row, _, _ in pairs}) == len({column for _, column, _ in pairs}) == len(pairs)
    )
    assert all(found[row, column] > 0 for row, column, _ in pairs)
    sure = [(row, column) for row, column, note in pairs if not note]
    for row, column in sure:
        rivals = np.concatenate([np.delete(found[row], column), np.delete(found[:, column], row)])
        assert found[row, column] >= rivals.max(initial=-30) + 1.0


@given(
    st.integers(1, 5).flatmap(
        lambda rows: st.lists(
            st.lists(st.integers(-2, 3), min_size=rows, max_size=rows), min_size=1, max_size=5
        )
    )
)
def test_the_assignment_is_the_best_of_all(logits: list[list[int]]) -> None:
    """No other choice of pairs has a larger sum than the one that is found."""
    found = np.array(logits, dtype=np.float64)
    pairs = list(assigned(found))
    tall = found if found.shape[0] <= found.shape[1] else found.T
    most = max(
        sum(max(0, tall[row, column]) for row, column in enumerate(columns))
        for columns in permutations(range(tall.shape[1]), tall.shape[0])
    )
    assert sum(found[row, column] for row, column, _ in pairs) == most
    assert len({row for row, *_ in pairs}) == len({column for _, column, _ in pairs}) == len(pairs)


def test_a_row_that_stands_twice_is_one_pair(tmp_path: Path) -> None:
    """It is taken once, and the second one is named."""
    path = tmp_path / "pairs.csv"
    rows = ["original,translation", "a.zh,a.en", "b.zh,b.en", "a.zh,a.en"]
    path.write_text("\n".join(rows), encoding="utf-8")
    manifest = read_manifest(path)
    assert [pair.names for pair in manifest.pairs] == [("a.zh", "a.en"), ("b.zh", "b.en")]
    assert [(row.original, row.why) for row in manifest.waiting] == [
        ("a.zh", "the same row stands above")
    ]
    assert manifest.left_out == 1
