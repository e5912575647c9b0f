"""The sample documents: their copies are what the script makes, and their gold is sound."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pytest

from aligner.formats.documents import read_document
from aligner.segment import segment
from aligner.span import Lang

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
NAMES = ("notice", "news", "regulation", "story")
SIDES = [(name, lang) for name in NAMES for lang in ("zh", "en")]
PAGES = [(name, lang) for name in ("notice", "news") for lang in ("zh", "en")]
WORD_FILES = [(name, lang) for name in ("notice", "regulation") for lang in ("zh", "en")]
CLASSES = {
    *("form", "preposition", "order", "acronym"),
    *("short form", "expansion", "derivation", "substitution"),
}

Place = dict[str, Any]


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return re.sub(r"\s", "", text)


def source(name: str, lang: str) -> str:
    """Return the hand-written text of one side."""
    return (CORPORA / name / f"{name}.{lang}.txt").read_text(encoding="utf-8")


def sentences(name: str, lang: str) -> list[str]:
    """Return the gold sentences of one side."""
    text = (CORPORA / name / f"{name}.sent.{lang}").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return text[:-1].split("\n")


def links(name: str) -> list[tuple[list[int], list[int]]]:
    """Return the gold links of a pair."""
    lines = (CORPORA / name / f"{name}.sent.align").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        match = re.fullmatch(r"(\[[0-9,]*\]):(\[[0-9,]*\])", line)
        assert match, line
        found.append((json.loads(match[1]), json.loads(match[2])))
    return found


def rows(file: str) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file of the folder."""
    text = (CORPORA / file).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def planted(direction: str) -> list[dict[str, Any]]:
    """Return the planted inconsistencies of one direction."""
    return [row for row in rows("inconsistencies.jsonl") if row["direction"] == direction]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders, each written by a run of the script of its own."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for folder in folders:
        command = [
            sys.executable,
            str(ROOT / "scripts"),
            "corpora_tools.make",
            "--into",
            str(folder),
        ]
        subprocess.run(command, check=True, timeout=120)
    return folders


def test_two_runs_of_the_script_give_the_same_bytes(made: tuple[Path, Path]) -> None:
    """Nothing in a copy depends on the clock or on the order of a set."""
    first, second = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*.*")} for f in made)
    assert first
    assert first == second


def test_the_copies_in_the_folder_are_what_the_script_makes(made: tuple[Path, Path]) -> None:
    """Whoever edits a text must run the script; in Word files, the text is compared.

    Their other members come from python-docx and change with its version.
    """
    for path in sorted(made[0].rglob("*.*")):
        kept = CORPORA / path.relative_to(made[0])
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as new, zipfile.ZipFile(kept) as old:
                assert new.read("word/document.xml") == old.read("word/document.xml"), kept.name
        else:
            assert path.read_bytes() == kept.read_bytes(), kept.name


@pytest.mark.parametrize(("name", "lang"), WORD_FILES)
def test_a_word_file_holds_the_whole_text(name: str, lang: str) -> None:
    """Its paragraphs are those of the text; header and footer are not among them."""
    document = docx.Document(str(CORPORA / name / f"{name}.{lang}.docx"))
    assert squeeze("".join(p.text for p in document.paragraphs)) == squeeze(source(name, lang))


@pytest.mark.parametrize(("name", "lang"), PAGES)
def test_a_web_page_holds_the_text_and_furniture(name: str, lang: str) -> None:
    """The article is the text; menu and footer stand outside it and not in the text."""
    page = lxml.html.parse(str(CORPORA / name / f"{name}.{lang}.html")).getroot()
    text = squeeze(source(name, lang))
    assert squeeze(page.find(".//article").text_content()) == text
    for place in (".//nav", ".//footer"):
        furniture = squeeze(page.find(place).text_content())
        assert furniture
        assert furniture not in text


@pytest.mark.parametrize(("name", "lang"), SIDES)
def test_the_gold_sentences_are_the_text(name: str, lang: str) -> None:
    """In order and complete, none of them empty or with blanks at its ends."""
    gold = sentences(name, lang)
    assert squeeze("".join(gold)) == squeeze(source(name, lang))
    assert all(line and line == line.strip() for line in gold)


@pytest.mark.parametrize(("name", "lang"), SIDES)
def test_our_own_segments_are_the_gold_sentences(name: str, lang: Lang) -> None:
    """The samples hold no sentence end that we get wrong; hard cases have files of their own."""
    document = read_document(CORPORA / name / f"{name}.{lang}.txt")
    found = [squeeze(s.text) for s in segment(document, lang)]
    assert found == [squeeze(line) for line in sentences(name, lang)]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_40_to_120_chinese_sentences(name: str) -> None:
    """Long enough to be a document, short enough to be read."""
    assert 40 <= len(sentences(name, "zh")) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_the_gold_links_use_every_sentence_once_and_in_order(name: str) -> None:
    """They run from the first sentence to the last on both sides, and none is empty."""
    gold = links(name)
    assert all(src or tgt for src, tgt in gold)
    assert [i for src, _ in gold for i in src] == list(range(len(sentences(name, "zh"))))
    assert [i for _, tgt in gold for i in tgt] == list(range(len(sentences(name, "en"))))


def test_the_documents_have_the_links_that_they_are_there_for() -> None:
    """Free translation in the report and the story, an untranslated tail in the regulation."""
    kinds = {name: Counter((len(s), len(t)) for s, t in links(name)) for name in NAMES}
    for name in ("news", "story"):
        assert {(2, 1), (1, 2), (2, 2), (2, 3), (1, 0), (0, 1)} <= set(kinds[name])
    assert all(not tgt for _, tgt in links("regulation")[-13:])
    assert kinds["regulation"][1, 0] == 13


def check_place(doc: str, term: str, rendering: str, place: Place) -> None:
    """Fail unless the term and its rendering stand where the place says."""
    src_id, tgt_id = place["src_id"], place["tgt_id"]
    assert any(src_id in src and tgt_id in tgt for src, tgt in links(doc)), (term, place)
    assert sentences(doc, "zh")[src_id][slice(*place["src_span"])] == term
    found = sentences(doc, "en")[tgt_id][slice(*place["tgt_span"])]
    assert stem(found) == stem(rendering), (term, place)


def stem(rendering: str) -> str:
    """Return the rendering in small letters and without the ending of a plural."""
    return re.sub(r"(ies|ia|y|ium|um|a|s)$", "", rendering.lower().removesuffix("'s"))


def places(row: dict[str, Any]) -> list[Place]:
    """Return where the term of a row is rendered, whichever way."""
    return [*row["occurrences"], *row.get("dominant_occurrences", ())]


def test_every_planted_rendering_stands_where_the_list_says() -> None:
    """Both spans of every occurrence, deviating and dominant, are exact."""
    for row in planted("forward"):
        for place in row["occurrences"]:
            check_place(row["doc"], row["term"], row["rendering"], place)
        for place in row["dominant_occurrences"]:
            check_place(row["doc"], row["term"], row["dominant"], place)
    for row in planted("reverse"):
        for place in row["occurrences"]:
            check_place(row["doc"], row["term"], row["rendering"], place)
        for place in row["rival_occurrences"]:
            check_place(row["doc"], row["rival"], row["rendering"], place)
    for row in rows("consistent.jsonl"):
        for place in row["occurrences"]:
            check_place(row["doc"], row["term"], row["rendering"], place)


def test_the_lists_account_for_every_occurrence_of_a_term() -> None:
    """Each is rendered in one way or stands in a sentence without translation."""
    spoken: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for row in [*rows("inconsistencies.jsonl"), *rows("consistent.jsonl")]:
        key = row["doc"], row["term"]
        here = spoken.setdefault(key, set())
        here |= {(p["src_id"], p["src_span"][0]) for p in places(row)}
        text = sentences(row["doc"], "zh")
        alone = {i for src, tgt in links(row["doc"]) if not tgt for i in src}
        assert set(row["untranslated"]) <= alone
        here |= {(i, m.start()) for i in row["untranslated"] for m in find(row["term"], text[i])}
    for (doc, term), here in spoken.items():
        everywhere = {
            (i, m.start()) for i, s in enumerate(sentences(doc, "zh")) for m in find(term, s)
        }
        assert here == everywhere, (doc, term)


def find(term: str, text: str) -> list[re.Match[str]]:
    """Return where the term stands in the text."""
    return list(re.finditer(re.escape(term), text))


def test_a_planted_term_has_one_dominant_rendering_and_few_others() -> None:
    """Three occurrences at least; the dominant rendering is more frequent than any other."""
    for row in planted("forward"):
        assert row["class"] in CLASSES
        assert row["severity"] in {"warning", "info", "none"}
        assert row["comment"]
        assert len(places(row)) >= 3, row["term"]
        assert 1 <= len(row["occurrences"]) <= 2 or row["severity"] == "none"
        assert len(row["dominant_occurrences"]) > len(row["occurrences"]), row["term"]


def test_all_classes_and_both_directions_are_planted() -> None:
    """Thirty inconsistencies or so, a control for every other one."""
    forward = planted("forward")
    assert {row["class"] for row in forward} == CLASSES
    assert len(forward) >= 30
    assert len(planted("reverse")) == 2
    controls = [row for row in rows("consistent.jsonl") if len(row["occurrences"]) >= 4]
    assert len(controls) >= 12
    assert controls == rows("consistent.jsonl")


def test_no_control_is_planted() -> None:
    """A term is either consistent or not, save for the short form of a planted one."""
    bad = {(row["doc"], row["term"]) for row in planted("forward")}
    good = {(row["doc"], row["term"]) for row in rows("consistent.jsonl")}
    assert not bad & good


def test_the_glossary_is_one_that_readers_accept() -> None:
    """Four columns, known statuses, no empty target, one preferred row a term."""
    with (CORPORA / "glossary.csv").open(encoding="utf-8", newline="") as file:
        glossary = list(csv.DictReader(file))
    assert set(glossary[0]) == {"zh", "en", "status", "note"}
    for row in glossary:
        assert row["zh"]
        assert all(target.strip() for target in row["en"].split("|"))
        assert row["status"] in {"preferred", "admitted", "deprecated", "forbidden"}
    preferred = [row["zh"] for row in glossary if row["status"] == "preferred"]
    assert set(preferred) == {row["zh"] for row in glossary}
    assert len(preferred) == len(set(preferred))
