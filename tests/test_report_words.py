"""The words of a report stand in tables, so that a language is a matter of one function."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from lxml import html

from aligner.check.baseline.baseline_sheet import ENTRY, KEEP
from aligner.cli import main
from aligner.report import page_words
from aligner.report.certificate_words import CERTIFICATE_WORDS
from aligner.report.page_words import PAGE_WORDS
from aligner.report.sheet_words import SHEET_WORDS

ROOT = Path(str(resources.files("aligner.report")))
TEMPLATES = {path.name: path.read_text("utf-8") for path in ROOT.glob("templates/*.html")}
SCRIPTS = {path.name: path.read_text("utf-8") for path in ROOT.glob("templates/script/*.js")}
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
NO_WORDS = {"SHA", "Esc"}  # a name, and a key
SEEN = re.compile(r"\b(?:aria-label|title|placeholder)=\"([^\"]*)\"")
CALL = re.compile(
    r"""\b(?:t|say|count|counted)\(\s*["']([a-z_.]+?)["']|counted\(["']([a-z_]+)["']"""
)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    """What a template shows, as text or to a screen reader, comes from a table."""
    text = JINJA.sub(" ", TEMPLATES[name])
    seen = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    words = re.findall(r"[A-Za-z]{2,}", " ".join([seen, *SEEN.findall(text)]))
    assert set(words) <= NO_WORDS


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_has_no_sentences_of_its_own(name: str) -> None:
    """No text in a script has two words, but what is no text for people."""
    code = re.sub(r"^\s*//.*$|\s//.*$", "", SCRIPTS[name], flags=re.MULTILINE)
    texts = re.findall(r'"([^"\n]*)"', code)
    assert not [t for t in texts if re.fullmatch(r"[A-Z]?[a-z]+(?: [a-z]+)+[.:]?", t)
                and t != "use strict"]  # fmt: skip


def test_every_word_that_is_asked_for_is_there() -> None:
    """What templates and scripts name stands in the table."""
    for text in [*TEMPLATES.values(), *SCRIPTS.values()]:
        for found in CALL.finditer(text):
            name = found[1] or found[2]
            if name.endswith("."):
                continue  # the rest is put together where it is asked for
            assert {name, f"{name}.one"} & set(PAGE_WORDS), name
    for found in re.finditer(r'\bc\("([a-z_.]+)"', "".join(TEMPLATES.values())):
        assert found[1].endswith(".") or found[1] in CERTIFICATE_WORDS


@pytest.mark.parametrize("table", [PAGE_WORDS, CERTIFICATE_WORDS, SHEET_WORDS])
def test_counted_words_have_both_forms(table: Mapping[str, str]) -> None:
    """One and other take the same values, so that either can be filled in."""
    fields = {
        name: {field for _, field, _, _ in Formatter().parse(text) if field}
        for name, text in table.items()
    }
    for name in table:
        if name.endswith(".one"):
            assert fields[name] == fields[name.removesuffix("one") + "other"]


def in_another_script(text: str) -> str:
    """Return a text with each Latin letter as a Chinese character, and what is filled in kept."""
    return re.sub(
        r"\{\w+\}|[A-Za-z]",
        lambda found: found[0] if len(found[0]) > 1 else chr(0x4E00 + ord(found[0])),
        text,
    )


def test_another_language_reaches_page_sheet_and_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One function turns every word of ours into the reader's language, in all three."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page_words, "translated", in_another_script)
    Path("a.tsv").write_text(
        "zh\ten\n共有48件展品。\tMany exhibits.\n周末开放。\tThe the end.\n", "utf-8"
    )
    words = ["check", "a.tsv", "--checks", "numbers,form"]
    assert main([*words, "-o", "r.html", "-o", "r.xlsx", "--certificate", "c.html"]) == 0
    for name in ("r.html", "c.html"):
        tree = html.parse(name, html.HTMLParser(encoding="utf-8")).getroot()
        for node in tree.xpath("//style | //script | //code | //kbd | //*[@class='signature']"):
            node.clear()
        for node in tree.xpath("//*[@class='place' or @class='why' or @class='documents']"):
            node.clear()
        for bdi in tree.xpath("//bdi"):
            bdi.text = ""
        text = " ".join(tree.xpath("//body")[0].itertext())
        assert set(re.findall(r"[A-Za-z]{3,}", text)) <= {"SHA"}
    book = openpyxl.load_workbook("r.xlsx")
    heads = {str(cell.value) for cell in book.worksheets[0][1]}
    heads -= {KEEP, ENTRY}  # the baseline is read by these names
    assert not re.search("[A-Za-z]", "".join(heads))
