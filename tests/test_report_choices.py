"""What a reader settles in the page of a report: kept, counted, saved, and used by the next check.

Needs Chromium, as the other tests of the page do; skipped where it is missing.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from rich.table import Table

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.check.baseline.accepted import apply
from aligner.check.baseline.baseline_file import read_baseline
from aligner.cli import main
from aligner.findings import Finding, Terms
from aligner.formats.glossaries import read_glossary
from aligner.report import write_terms
from aligner.report.findings_table import findings_table
from aligner.report.view import Sentences
from aligner.review.opening import first_links
from aligner.span import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAIRS: Final = [
    ("博物馆周一闭馆。", "The museum is closed on Mondays."),
    ("修缮工程耗资356万元。", "The repairs cost 35.6 million yuan."),
    ("共有48件展品。", "Many exhibits are on show."),
    ("第三条 馆员应当每日巡查。", "Article 4 Keepers shall make their rounds daily."),
    ("临时展厅明年春天开放。", "The 临时展厅 opens next spring."),
    ("音乐会在周末举行。", "The the concert takes place at the weekend."),
]
CHECKS: Final = "numbers,references,leftovers,form"
HOSTILE: Final = "</script><img src=x onerror=alert(1)> \"';|\\ =1+1"
SIZES: Final = [(1400, 900), (900, 900), (420, 860)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page; nothing is asked for but the reports, and nothing goes wrong."""
    opened = browser.new_page(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("dialog", lambda dialog: troubles.append(dialog.message))
    opened.on("request", lambda asked: troubles.append(asked.url))
    yield opened
    opened.close()
    assert [each for each in troubles if not each.endswith(".html")] == []


def checked(name: str = "museum.tsv", *more: str) -> str:
    """Check the pairs as a table, and return the address of the report."""
    table = "".join(f"{zh}\t{en}\n" for zh, en in [("zh", "en"), *PAIRS])
    Path(name).write_text(table, "utf-8")
    words = ["check", name, "--checks", CHECKS, "-o", "report.html", "-o", "findings.jsonl", *more]
    assert main(words) == 0
    return Path("report.html").absolute().as_uri()


def of_terms(*findings: tuple[str, str, str]) -> Terms:
    """Return findings on a term in a text of one sentence each: term, rendering, expected."""
    zh = [f"关于{term}的说明。" for term, _, _ in findings]
    en = [f"A note on the {words}." for _, words, _ in findings]

    def side(name: str, texts: list[str]) -> tuple[Document, tuple[Segment, ...]]:
        starts = [sum(len(t) + 1 for t in texts[:n]) for n in range(len(texts))]
        spans = [Span(at, at + len(text)) for at, text in zip(starts, texts, strict=True)]
        segments = [
            Segment(name, n, span, text)
            for n, (span, text) in enumerate(zip(spans, texts, strict=True))
        ]
        return Document(name, "\n".join(texts), tuple(spans)), tuple(segments)

    src_doc, src = side("a.zh", zh)
    tgt_doc, tgt = side("a.en", en)
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.9) for n in range(len(zh)))
    value = Bitext("a", src_doc, tgt_doc, src, tgt, Alignment(beads, len(zh), len(en)))
    found = []
    for n, (term, words, expected) in enumerate(findings):
        src_at, tgt_at = src[n].span.start + 2, tgt[n].span.start + len("A note on the ")
        spans = Span(src_at, src_at + len(term)), Span(tgt_at, tgt_at + len(words))
        found.append(
            Finding("a", term, words, expected, "substitution", "warning", "Why.", n,
                    (n,), (n,), *spans, 0.9, suggestion=expected)
        )  # fmt: skip
    return Terms((value,), (), tuple(found), 1.0, "aligner 0")


def shown(page: Page, terms: Terms) -> None:
    """Write a report and open it."""
    (path,) = write_terms(terms, Path("report.html").absolute())
    page.goto(path.as_uri())


def saved(page: Page, what: str) -> Path:
    """Save one of the page's files, and return where it is."""
    if not page.is_visible(f"[data-save={what}]"):
        page.click("#save summary")
    with page.expect_download() as download:
        page.click(f"[data-save={what}]")
    path = Path(download.value.suggested_filename)
    download.value.save_as(path)
    return path


def entries(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file with one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def settle_three(page: Page) -> None:
    """Accept the first finding, take the second for no error, and correct the third."""
    for key in ("j", "a"):
        page.keyboard.press(key)
    page.keyboard.type("the figure of the contract")
    for key in ("Enter", "n", "f"):
        page.keyboard.press(key)


def test_settled_findings_are_gone_in_the_next_check(page: Page) -> None:
    """Accept, reload, save, check again with what was saved: the accepted ones do not return."""
    page.goto(checked())
    assert page.text_content("#progress") == "5 open, 0 settled"
    settle_three(page)
    assert page.text_content("#progress") == "2 open, 3 settled"
    page.reload()
    assert page.text_content("#progress") == "2 open, 3 settled"
    assert page.text_content(".finding.done .settled span") == "the figure of the contract"
    baseline = saved(page, "baseline")
    assert baseline.name == "museum.accepted.jsonl"
    page.goto(checked("museum.tsv", "--baseline", str(baseline)))
    reasons = {each["kind"]: each.get("accepted") for each in entries(Path("findings.jsonl"))}
    assert reasons == {
        "magnitude": "the figure of the contract",
        "missing": None,
        "label": "not an error",
        "Chinese characters": None,
        "doubled word": None,
    }
    assert page.text_content("#progress") == "3 open, 0 settled"
    assert page.locator("#accepted .finding").count() == 2


def test_a_saved_baseline_keeps_the_old_one(page: Page) -> None:
    """What was accepted before, found again or not, is in what the page saves, unchanged."""
    old = [
        {"term": "码头", "rendering": "jetty", "reason": "the client's wording", "doc": "x"},
        {"check": "form", "kind": "doubled word", "rendering": "The the",
         "sentence": PAIRS[5][0], "reason": "a name"},
    ]  # fmt: skip
    lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in old)
    Path("old.jsonl").write_text(lines, "utf-8")
    page.goto(checked("museum.tsv", "--baseline", "old.jsonl"))
    kept = entries(saved(page, "baseline"))
    assert [{k: v for k, v in entry.items() if k != "count"} for entry in kept] == old
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert len(entries(saved(page, "baseline"))) == 3


def test_counts_fall_by_check_and_severity(page: Page) -> None:
    """Each button shows how many findings behind it are open, and so does each head."""
    page.goto(checked())
    numbers = page.locator("label", has=page.locator("input[value=numbers]")).locator("b")
    errors = page.locator("label.chip.error b")
    before = int(errors.text_content() or "")
    assert numbers.text_content() == "2"
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert numbers.text_content() == "1"
    left = str(before - 1)
    assert errors.text_content() == page.text_content("#found-error h2 .count") == left
    page.click(".finding.done [data-do=undo]")
    assert numbers.text_content() == "2"


def test_filters_by_check_state_and_text(page: Page) -> None:
    """A check, what is open, and words of a sentence each leave only what fits."""
    page.goto(checked())
    visible = "all => all.filter(e => e.checkVisibility()).map(e => e.dataset.kind)"

    def kinds() -> list[str]:
        found: list[str] = page.eval_on_selector_all(".finding", visible)
        return found

    page.check("input[name=check][value=references]", force=True)
    assert kinds() == ["label"]
    page.keyboard.press("Escape")
    page.fill("#search", "临时展厅")
    assert kinds() == ["Chinese characters"]
    page.fill("#search", "")
    page.locator(".finding").first.focus()
    page.keyboard.press("n")
    page.select_option("#state", "settled")
    assert kinds() == ["magnitude"]
    page.select_option("#state", "open")
    assert len(kinds()) == 4


def test_keys_lead_through_everything(page: Page) -> None:
    """Arrows, undo and help work by key, and the focus is never lost."""
    page.goto(checked())
    kind = "document.activeElement.dataset.kind"
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(kind) == "label"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("f")
    assert page.evaluate(kind) == "label"  # the next one that is open
    page.keyboard.press("u")
    assert page.text_content("#progress") == "5 open, 0 settled"
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert page.text_content("#progress") == "5 open, 0 settled"
    assert page.evaluate(kind) == "label"
    page.keyboard.press("?")
    assert page.is_visible("#helping")
    page.keyboard.press("Escape")
    assert not page.is_visible("#helping")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("c")
    page.wait_for_function("document.getElementById('told').textContent === 'Copied'")


def test_what_one_entry_covers_is_settled_together(page: Page) -> None:
    """Accepting a rendering of a term settles its like, as the next check would."""
    one, other = ("灯塔", "beacon", "lighthouse"), ("灯塔", "beacons", "light")
    terms = of_terms(one, other, ("灯塔", "lamp", "lighthouse"))
    shown(page, terms)
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert "with 1 finding of the same kind" in (page.text_content("#told") or "")
    assert page.text_content("#progress") == "1 open, 2 settled"
    (entry,) = entries(saved(page, "baseline"))
    assert entry == {"term": "灯塔", "rendering": "beacon", "reason": "not an error"}


def test_a_term_goes_to_the_glossary(page: Page) -> None:
    """The rows that a reader puts together are a glossary that the next check reads."""
    shown(page, of_terms(("灯塔", "beacon", "lighthouse"), ("船闸", "lock", "ship lock")))
    page.keyboard.press("j")
    page.keyboard.press("g")
    assert page.input_value("#term-en") == "lighthouse"
    page.fill("#term-note", f"of the port: {HOSTILE}")
    page.keyboard.press("Enter")
    assert page.text_content("#progress") == "2 open, 0 settled"  # the text still has it
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.fill("#term-en", 'the "ship lock"')
    page.select_option("#term-status", "admitted")
    page.click("#adding .main")
    glossary = read_glossary(saved(page, "glossary"))
    assert [(e.src, t.text, t.status, t.note) for e in glossary.entries for t in e.targets] == [
        ("灯塔", "lighthouse", "preferred", f"of the port: {HOSTILE}"),
        ("船闸", 'the "ship lock"', "admitted", ""),
    ]
    page.reload()
    page.locator(".finding").first.focus()
    page.keyboard.press("g")
    page.click("#adding .remove")
    assert len(read_glossary(saved(page, "glossary")).entries) == 1


def test_a_rendering_is_kept_in_one_place(page: Page) -> None:
    """The finding stays open for the others; the saved entry names the sentence."""
    terms = of_terms(*[("灯塔", "beacon", "lighthouse")] * 3)
    found = tuple(replace(each, sentence=f"第{n}座灯塔。") for n, each in enumerate(terms.findings))
    shown(page, replace(terms, findings=found))
    for key in ("j", "a"):
        page.keyboard.press(key)
    boxes = page.locator("#kept-places input")
    assert boxes.count() == 3
    assert page.is_checked("[name=kept][value=all]")
    boxes.nth(1).check()
    assert page.is_checked("[name=kept][value=here]")
    page.fill("#reason", "a quotation")
    page.keyboard.press("Enter")
    assert page.text_content(".settled b") == "Kept as it is in 1 of 3 places"
    assert page.text_content("#progress") == "1 open, 0 settled"
    assert page.locator(".place.kept").count() == 1
    page.reload()
    (entry,) = entries(saved(page, "baseline"))
    assert entry == {"term": "灯塔", "rendering": "beacon", "sentence": "第1座灯塔。",
                     "reason": "a quotation"}  # fmt: skip
    baseline = read_baseline("a.accepted.jsonl")
    assert [each.accepted for each in apply(found, baseline)] == [None, "a quotation", None]
    table = saved(page, "table").read_text("utf-8-sig")
    assert [row["Decision"] for row in csv.DictReader(io.StringIO(table))] == [
        "open", "Kept as it is", "open",
    ]  # fmt: skip
    for key in ("j", "a"):
        page.keyboard.press(key)
    for n in (0, 2):
        boxes.nth(n).check()
    page.keyboard.press("Enter")
    assert page.text_content("#progress") == "0 open, 1 settled"
    page.click(".finding [data-do=undo]")
    assert page.text_content("#progress") == "1 open, 0 settled"
    assert page.locator(".place.kept").count() == 0


def test_all_findings_are_saved_as_a_table(page: Page) -> None:
    """The table has a byte-order mark, a row a finding, and nothing that computes."""
    page.goto(checked())
    settle_three(page)
    raw = saved(page, "table").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["Decision"] for row in rows] == [
        "Kept as it is", "Not an error", "Corrected in the translation", "open", "open",
    ]  # fmt: skip
    assert rows[0]["Place"] == "museum.tsv, line 3"
    assert (rows[0]["Source"], rows[0]["Translation"]) == PAIRS[1]
    assert rows[0]["Suggestion"] == "3.56 million"
    shown(page, of_terms(("=1+1", "@SUM(1)", "-2")))
    rows = list(csv.DictReader(io.StringIO(saved(page, "table").read_text("utf-8-sig"))))
    assert [rows[0][head] for head in ("Chinese words", "English words", "Suggestion")] == [
        "'=1+1", "'@SUM(1)", "'-2",
    ]  # fmt: skip


def test_script_stays_text(page: Page) -> None:
    """Markup in a text, a reason, a note and the name of a file is shown and saved as it is."""
    terms = of_terms((HOSTILE, HOSTILE, "x"), ("词", HOSTILE, HOSTILE))
    value = replace(terms.bitexts[0], id=HOSTILE)
    found = tuple(replace(f, doc=HOSTILE, why=HOSTILE, kind=HOSTILE) for f in terms.findings)
    shown(page, replace(terms, bitexts=(value,), findings=found, signature=HOSTILE))
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.fill("#term-note", HOSTILE)
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.fill("#reason", HOSTILE)
    page.keyboard.press("Enter")
    assert page.text_content(".finding.done .settled span") == HOSTILE
    assert HOSTILE in (page.text_content(".finding.done .in-glossary") or "")
    page.reload()
    assert page.text_content(".finding.done .settled span") == HOSTILE
    assert page.locator("img").count() == 0
    (entry,) = entries(saved(page, "baseline"))
    assert entry["reason"] == entry["term"] == HOSTILE
    assert saved(page, "table").name.endswith(".findings.csv")


@pytest.mark.parametrize(
    "kept",
    ["no JSON", "[]", "null", '{"accepted": 3, "fixed": {"x": true}, "glossary": {"y": {}}}'],
)
def test_damaged_choices_are_left_out(page: Page, kept: str) -> None:
    """What another program left under the report's name does no harm."""
    page.goto(checked())
    script = """kept => {
      const { digest, entries } = JSON.parse(document.getElementById("data").textContent);
      localStorage.setItem(`aligner report ${digest}`, kept);
    }"""
    page.evaluate(script, kept)
    page.reload()
    assert page.text_content("#progress") == "5 open, 0 settled"


def test_reports_of_two_texts_keep_their_choices_apart(page: Page) -> None:
    """Choices are kept under what was checked, wherever the report lies."""
    page.goto(checked())
    page.keyboard.press("j")
    page.keyboard.press("n")
    shown(page, of_terms(("灯塔", "beacon", "lighthouse")))
    assert page.text_content("#progress") == "1 open, 0 settled"
    page.goto(checked())
    assert page.text_content("#progress") == "4 open, 1 settled"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_the_first_screen_shows_the_first_finding(page: Page, size: tuple[int, int]) -> None:
    """Without scrolling the first finding is there with both sentences, and nothing sticks out."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(checked())
    finding = page.locator(".finding").first
    for part in ("h4", ".src", ".tgt", ".actions"):
        box = finding.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] <= size[1]
        assert box["x"] + box["width"] <= size[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def kinds_shown(page: Page) -> list[str]:
    """Return the kinds of the findings that are on the page, in its order."""
    script = "all => all.filter(e => e.checkVisibility()).map(e => e.dataset.kind)"
    found: list[str] = page.eval_on_selector_all(".finding", script)
    return found


def test_errors_come_first_or_the_order_of_the_text(page: Page) -> None:
    """Worst first, then the likeliest; or along the text, which a reload keeps."""
    page.goto(checked())
    by_severity = ["magnitude", "label", "Chinese characters", "doubled word", "missing"]
    assert kinds_shown(page) == by_severity
    page.select_option("#order", "place")
    by_place = ["magnitude", "missing", "label", "Chinese characters", "doubled word"]
    assert kinds_shown(page) == by_place
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.kind") == "missing"
    page.reload()
    assert kinds_shown(page) == by_place
    page.select_option("#order", "severity")
    assert kinds_shown(page) == by_severity


def test_one_count_everywhere(page: Page) -> None:
    """Places of one rendering are one finding: in the head, on the buttons and in the filter."""
    terms = of_terms(("灯塔", "beacon", "lighthouse"), ("灯塔", "beacon", "lighthouse"),
                     ("船闸", "lock", "ship lock"))  # fmt: skip
    shown(page, terms)
    assert page.locator(".place").count() == 3
    assert page.text_content(".figures .counted") == "2 open, 0 settled · "
    assert page.text_content("label.chip.warning b") == "2"
    assert page.text_content("#found-warning h2 .count") == "2"
    page.fill("#search", "beacon")
    assert page.text_content("#shown") == "1 of 2 findings, 1 of 2 terms"
    page.focus("#search")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert page.text_content(".figures .counted") == "1 open, 1 settled · "
    assert page.text_content("#found-warning h2 .count") == "1"


def test_a_place_leads_to_the_review(page: Page) -> None:
    """The address of a running review is pasted once; then each place has its sentence there."""
    shown(page, of_terms(("灯塔", "beacon", "lighthouse"), ("船闸", "lock", "ship lock")))
    page.keyboard.press("j")
    page.keyboard.press("r")
    assert page.text_content("#reviewing code") == "aligner review a.zh a.en"
    for wrong in ("", "javascript:alert(1)", "https://example.com/x/", "http://example.com/"):
        page.fill("#review-address", wrong)
        page.keyboard.press("Enter")
        assert page.is_visible("#reviewing")
    page.fill("#review-address", " http://127.0.0.1:9/secret/#link=3 ")
    with page.context.expect_page():
        page.keyboard.press("Enter")
    addresses = "all => all.map(e => e.href)"
    wanted = [f"http://127.0.0.1:9/secret/#sentence={n}" for n in (3, 4)]
    assert page.eval_on_selector_all(".to-review", addresses) == wanted
    page.reload()
    assert page.eval_on_selector_all(".to-review", addresses) == wanted


def test_a_place_is_told_by_the_name_of_its_file(page: Page) -> None:
    """The folder stands in the head of the page alone, unless two files have one name."""
    Path("museum").mkdir()
    page.goto(checked("museum/pairs.tsv"))
    assert page.text_content(".finding .spot") == "pairs.tsv, line 3"
    assert "museum/pairs.tsv" in (page.text_content(".documents") or "")


def test_a_place_and_the_review_mean_the_same_sentence() -> None:
    """The number in the link is that by which a review of the same pair knows the sentence."""
    terms = of_terms(("灯塔", "beacon", "lighthouse"), ("船闸", "lock", "ship lock"))
    (value,) = terms.bitexts
    known = {one.id: one.text for link in first_links(value) for one in link.sentences}
    places = [Sentences(terms.bitexts).of(each) for each in terms.findings]
    assert [known[place.sentence] for place in places] == [one.text for one in value.tgt]
    alone = replace(terms.findings[1], tgt_span=None)
    assert known[Sentences(terms.bitexts).of(alone).sentence] == value.src[1].text


def test_a_link_has_the_number_that_the_review_gives_it() -> None:
    """Also behind sentences without partner, each of which is a link of its own there."""
    terms = of_terms(*[("灯塔", "beacon", "lighthouse")] * 4)
    (value,) = terms.bitexts
    beads = [Bead(Span(0, 2), Span(0, 0), 0.9), Bead(Span(2, 2), Span(0, 1), 0.9),
             Bead(Span(2, 3), Span(1, 3), 0.9), Bead(Span(3, 4), Span(3, 4), 0.9)]  # fmt: skip
    value = replace(value, alignment=Alignment(tuple(beads), 4, 4))
    at = {0: 0, 1: 0, 2: 2, 3: 3}  # the bead of each finding
    found = [
        replace(each, bead=at[n], tgt_span=None if at[n] == 0 else each.tgt_span)
        for n, each in enumerate(terms.findings)
    ]
    sentences = Sentences([value])
    links = [one.id for one in first_links(value)]
    assert len(links) == 5
    assert [sentences.of(each).link for each in found] == [1, 2, 4, 5]
    table = findings_table(Terms((value,), (), tuple(found[2:]), 1.0, "aligner 0"))
    assert isinstance(table, Table)
    assert "link 4" in str(next(iter(table.columns[0].cells)))
