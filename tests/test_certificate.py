"""The certificate: what was checked and found, in figures that add up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import pytest
from lxml import html

from aligner import pipeline
from aligner.check.known_checks import KNOWN_CHECKS
from aligner.cli import main
from aligner.errors import SettingError
from aligner.findings import Rendering, Term, Terms
from aligner.report.certificate import CATEGORIES, CATEGORY_OF_CHECK, certificate_figures
from aligner.report.certificate_page import render_certificate
from aligner.report.certificate_words import CERTIFICATE_WORDS
from aligner.report.html_report import render_page
from aligner.report.page_words import PAGE_WORDS
from aligner.scoring.interval import effective_number, wilson_interval

TABLE: Final = (
    "zh\ten\n"
    "修缮工程耗资356万元。\tThe repairs cost 35.6 million yuan.\n"
    "共有48件展品。\tMany exhibits are on show.\n"
    "音乐会在周末举行。\tThe the concert takes place at the weekend.\n"
)
CHECKS: Final = ("numbers", "form")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder that holds the table."""
    monkeypatch.chdir(tmp_path)
    Path("museum.tsv").write_text(TABLE, "utf-8")


def found() -> Terms:
    """Return what the checks find in the table."""
    return pipeline.check("museum.tsv", checks=CHECKS).terms


def of_counts(consistency: float, *counts: int) -> Terms:
    """Return terms with so many rendered places each."""
    return Terms(
        (),
        tuple(
            Term(f"词{n}", (Rendering("word", "same", (), (), (None,) * count),), (), 1.0)  # type: ignore[arg-type]
            for n, count in enumerate(counts)
        ),
        (),
        consistency,
    )


def test_every_check_has_its_category() -> None:
    """No check is left out of the table of categories, and each word is there."""
    assert set(CATEGORY_OF_CHECK) == set(KNOWN_CHECKS)
    assert set(CATEGORY_OF_CHECK.values()) <= set(CATEGORIES) <= set(CERTIFICATE_WORDS)
    assert {f"{part}.{name}" for part in ("check", "todo") for name in KNOWN_CHECKS} <= set(
        PAGE_WORDS
    )


def test_counts_add_up() -> None:
    """Checks and categories sum to the whole, per 1,000 words of the English text."""
    figures = certificate_figures(found())
    assert figures.words == 6 + 5 + 8
    assert (figures.src_sentences, figures.tgt_sentences) == (3, 3)
    assert [(row.name, row.total) for row in figures.by_check] == [("numbers", 2), ("form", 1)]
    assert [(row.name, row.total) for row in figures.by_category] == [
        ("accuracy", 2),
        ("linguistic conventions", 1),
    ]
    assert figures.whole.total == 3
    assert figures.whole.per_thousand == pytest.approx(3000 / figures.words)
    assert figures.uniform is None


def test_accepted_findings_are_apart() -> None:
    """What a baseline accepts is counted beside the others."""
    terms = found()
    old = tuple(replace(f, accepted="fine") for f in terms.findings[:1])
    figures = certificate_figures(replace(terms, findings=(*old, *terms.findings[1:])))
    assert (figures.accepted, figures.whole.total) == (1, 2)


@pytest.mark.parametrize(
    ("share", "counts", "low", "high"),
    [
        (1.0, (2,) * 20, 0.8389, 1.0),
        (0.5, (2,) * 20, 0.2993, 0.7007),
        (1.0, (100, 2, 2), 0.2196, 1.0),  # nearly all places are of one term
    ],
)
def test_consistency_has_an_interval(
    share: float, counts: tuple[int, ...], low: float, high: float
) -> None:
    """Wilson's interval, with as many observations as the terms are worth; 1 is never sure."""
    uniform = certificate_figures(of_counts(share, *counts, 1)).uniform
    assert uniform
    assert (uniform.terms, uniform.places) == (len(counts), sum(counts))
    assert (uniform.low, uniform.high) == pytest.approx((low, high), abs=1e-3)
    assert uniform.low <= share <= uniform.high


def test_an_interval_narrows_with_the_terms() -> None:
    """More terms make it narrower; unequal ones are worth less than their number."""
    widths = [high - low for n in (5, 50, 500) for low, high in [wilson_interval(0.9, n)]]
    assert widths == sorted(widths, reverse=True)
    assert 1 <= effective_number([50, 3, 2]) < 3
    assert effective_number([]) == 0


def test_the_command_writes_it() -> None:
    """It names the file with its digest, the checks, and those that were not made."""
    words = ["check", "museum.tsv", "--checks", ",".join(CHECKS), "--certificate", "c.html"]
    assert main(words) == 0
    page = Path("c.html").read_text("utf-8")
    digest = hashlib.sha256(Path("museum.tsv").read_bytes()).hexdigest()
    tree = html.document_fromstring(page)
    text = " ".join(tree.text_content().split())
    assert f"museum.tsv, {len(TABLE.encode())} bytes, SHA-256 {digest}" in text
    assert "Numbers, Form. Not made: Terms, Glossary, References" in text
    cells = [cell.text_content() for cell in tree.find(".//tfoot").iter("th", "td")]
    assert cells == ["All findings", "1", "2", "0", "3", f"{3000 / 19:.2f}"]
    assert "Not measured" in text
    first = Path("c.html").read_bytes()
    assert main(words) == 0
    assert Path("c.html").read_bytes() == first


@pytest.mark.parametrize(
    ("sensitivity", "said", "unsaid"),
    [
        (
            "quiet",
            ["less sure than a warning were left out", "Most remarks were left out"],
            "high:",
        ),
        ("high", ["high: differences that are less sure than a warning"], "were left out"),
    ],
)
def test_it_says_what_was_not_looked_for(
    sensitivity: Literal["quiet", "high"], said: list[str], unsaid: str
) -> None:
    """No remark at the default sensitivity does not mean that there would be none."""
    terms = pipeline.check("museum.tsv", checks=CHECKS, sensitivity=sensitivity).terms
    text = " ".join(html.document_fromstring(render_certificate(terms)).text_content().split())
    assert all(each in text for each in said)
    assert unsaid not in text
    page = html.document_fromstring(render_page(terms))
    assert len(page.find_class("withheld")) == (sensitivity == "quiet")


def test_it_is_a_section_of_the_report_too() -> None:
    """The report has the same figures, with the files that were read."""
    assert main(["check", "museum.tsv", "--checks", ",".join(CHECKS), "-o", "r.html"]) == 0
    tree = html.parse("r.html").getroot()
    (section,) = tree.find_class("certificate")
    text = " ".join(section.text_content().split())
    assert hashlib.sha256(Path("museum.tsv").read_bytes()).hexdigest() in text
    assert "per 1,000 words" in text


def test_a_corpus_or_a_value_has_digests_of_its_texts() -> None:
    """Where no file was read, the texts are named with theirs."""
    page = render_certificate(replace(found(), files=()))
    text = found().bitexts[0].tgt_doc.text
    assert hashlib.sha256(text.encode()).hexdigest() in page


@pytest.mark.parametrize("name", ["c.pdf", "c.docx", "c"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    """A certificate is a page, and no input is replaced."""
    with pytest.raises(SettingError, match="a certificate is a page"):
        pipeline.check("museum.tsv", checks=CHECKS, certificate=name)
    assert not Path(name).exists()


def test_one_file_is_not_written_twice() -> None:
    """A certificate under the name of the report is refused."""
    words = ["check", "museum.tsv", "--checks", "form", "-o", "r.html", "--certificate", "r.html"]
    assert main(words) == 2


def test_no_markup_of_a_text_gets_in() -> None:
    """Names and settings are text."""
    terms = replace(found(), signature="<script>alert(1)</script>")
    assert "<script>" not in render_certificate(terms)
