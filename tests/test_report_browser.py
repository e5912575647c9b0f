"""The page of a report in a real browser: it asks for nothing, and its keys and filters work.

Needs Chromium, as Debian's package `chromium` has it, and playwright to drive it;
skipped where either is missing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.findings import Difference, Finding, Occurrence, Rendering, Severity, Term, Terms
from aligner.report import write_terms
from aligner.span import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE: Final = (1400, 1000)
NARROW: Final = (420, 900)
SENTENCES = {
    "notice": [
        ("本市建设绿色港口示范区。", "The city is building a green port pilot zone."),
        ("示范区由港口管理局统筹。", "The pilot zone is run by the Port Administration."),
        ("支持示范区与周边城市合作。", "The pilot area is helped to work with nearby cities."),
        ("港口管理局每年评估一次。", "The Port Authority looks at it once a year."),
        ("附件：示范区范围图。", ""),
    ],
    "letter": [
        ("來信詢問示範區的範圍。", "The letter asks how large the pilot zone is."),
        ("示範區內設有服務站。", "There is a service station in the pilot zone."),
        ("服務站全年開放。", "The service station is open all year."),
        ("申请人填写申请表。" * 12, "Applicants fill in the application form. " * 12),
    ],
}
Wanted = tuple[str, Difference, Severity | None]
TERMS: list[tuple[str, list[Wanted]]] = [
    ("示范区", [("pilot zone", "same", None), ("pilot area", "substitution", "error")]),
    ("港口管理局", [("Port Administration", "same", None),
                    ("Port Authority", "substitution", "warning")]),
    ("示範區", [("pilot zone", "same", None)]),
    ("服務站", [("service station", "same", None)]),
    ("申请", [("fill in", "same", None), ("application", "derivation", "info")]),
]  # fmt: skip


def side(name: str, texts: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document with one sentence a line, and its segments."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    spans = [Span(at, at + len(text)) for at, text in zip(starts, texts, strict=False)]
    segments = tuple(
        Segment(name, n, span, text)
        for n, (span, text) in enumerate(zip(spans, texts, strict=True))
    )
    return Document(name, "\n".join(texts), tuple(spans)), segments


def bitext(name: str, pairs: list[tuple[str, str]]) -> Bitext:
    """Return a bitext, one bead a pair."""
    src_doc, src = side(f"{name}.zh", [zh for zh, _ in pairs])
    tgt_doc, tgt = side(f"{name}.en", [en for _, en in pairs if en])
    stops = list(accumulate(int(bool(en)) for _, en in pairs))
    beads = tuple(
        Bead(Span(n, n + 1), Span(before, after), 0.99)
        for n, (before, after) in enumerate(zip([0, *stops], stops, strict=False))
    )
    return Bitext(name, src_doc, tgt_doc, src, tgt, Alignment(beads, len(src), len(tgt)))


def places(value: Bitext, term: str, words: str) -> Iterator[Occurrence]:
    """Yield where a term stands whose sentence has these words; without words, those alone."""
    for n, bead in enumerate(value.alignment.beads):
        zh, en = value.src[n], value.tgt[slice(*bead.tgt)]
        if term not in zh.text or bool(words) != bool(en):
            continue
        at = zh.span.start + zh.text.index(term)
        span = Span(at, at + len(term))
        if not en:
            yield Occurrence(value.id, n, span, None, "", 0.9, translated=False)
        elif words in en[0].text:
            start = en[0].span.start + en[0].text.index(words)
            yield Occurrence(value.id, n, span, Span(start, start + len(words)), words, 0.9)


def sample() -> Terms:
    """Return two documents with a finding of each severity, one of them accepted."""
    bitexts = tuple(bitext(name, pairs) for name, pairs in SENTENCES.items())
    terms, findings = [], []
    for text, wanted in TERMS:
        renderings = []
        for words, kind, severity in wanted:
            found = tuple(o for value in bitexts for o in places(value, text, words))
            renderings.append(Rendering(words, kind, (), (), found))
            for o in found if severity else ():
                assert o.tgt_span
                findings.append(
                    Finding(o.doc, text, words, wanted[0][0], kind, severity or "none", "Why.",
                            o.bead, (o.bead,), (o.bead,), o.src_span, o.tgt_span, 0.9,
                            "as agreed" if severity == "info" else None)
                )  # fmt: skip
        alone = tuple(o for value in bitexts for o in places(value, text, ""))
        terms.append(Term(text, tuple(renderings), alone, 0.8))
    return Terms(bitexts, tuple(terms), tuple(findings), 0.8, "aligner 0")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the sample's page and return its address."""
    (path,) = write_terms(sample(), tmp_path_factory.mktemp("report") / "report.html")
    return path.as_uri()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the page; at its end, nothing was asked for and nothing complained about."""
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda asked: troubles.append(asked.url))
    opened.goto(address)
    yield opened
    opened.close()
    assert troubles == [address]


def shown(page: Page) -> list[str]:
    """Return the terms that are on the page, those in folded parts left out."""
    script = "all => all.filter(e => e.checkVisibility()).map(e => e.textContent)"
    found: list[str] = page.eval_on_selector_all("main h3 bdi", script)
    return found


def focused(page: Page) -> str:
    """Return the rendering of the finding that has the focus."""
    selector = ".finding:focus .rendering"
    return page.text_content(selector) or "" if page.query_selector(selector) else ""


def test_everything_is_shown_at_first(page: Page) -> None:
    """All terms are there, worst first; those without a finding are folded, with their number."""
    assert shown(page) == ["示范区", "港口管理局"]
    folds = page.locator(".fold > summary")
    counts = [text.strip() for text in folds.all_text_contents()]
    assert counts == ["1 term without a finding", "2 terms without a finding"]
    for fold in folds.all():
        fold.focus()
        page.keyboard.press("Enter")
    assert shown(page) == ["示范区", "港口管理局", "申请", "示範區", "服務站"]
    assert page.text_content("#shown") == "2 of 2 findings, 5 of 5 terms"


def test_nothing_sticks_out(page: Page) -> None:
    """The page is no wider than the window, with everything unfolded."""
    page.eval_on_selector_all("details", "all => all.forEach(e => e.open = true)")
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window
    zh, en = (page.locator(f".finding .{name}").first.bounding_box() for name in ("src", "tgt"))
    assert zh
    assert en
    side_by_side = en["x"] >= zh["x"] + zh["width"]
    assert side_by_side == (window == WIDE[0])
    assert page.eval_on_selector_all(
        ".chip, .choice", "all => all.every(e => e.getBoundingClientRect().right <= innerWidth)"
    )
    assert (en["y"] >= zh["y"] + zh["height"]) == (window == NARROW[0])


def test_the_first_screen_shows_the_first_finding_of_a_term(page: Page) -> None:
    """Both sentences and the buttons are there without scrolling; its renderings may be below."""
    height = page.evaluate("innerHeight")
    finding = page.locator(".finding").first
    for part in (".rendering", ".src", ".tgt", ".actions"):
        box = finding.locator(part).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height


def test_search_by_keyboard(page: Page) -> None:
    """A stroke leads to the search; it takes Chinese as typed, words of renderings, any case."""
    page.keyboard.press("/")
    page.keyboard.type("示範")
    assert shown(page) == ["示範區"]
    page.fill("#search", "ADMINISTRATION port")
    assert shown(page) == ["港口管理局"]
    assert page.text_content("#shown") == "1 of 2 findings, 1 of 5 terms"
    page.fill("#search", "no such words")
    assert shown(page) == []
    assert page.is_visible("#nothing")
    page.focus("#search")
    page.keyboard.press("Escape")
    assert shown(page) == ["示范区", "港口管理局"]  # what the search unfolded is folded again
    assert page.input_value("#search") == ""


def test_filters(page: Page) -> None:
    """Severity, kind and document each leave only what fits, and Esc brings all back."""
    page.uncheck("input[value=none]")
    assert shown(page) == ["示范区", "港口管理局"]
    page.uncheck("input[value=error]")
    assert shown(page) == ["港口管理局"]
    page.keyboard.press("Escape")
    assert shown(page) == ["示范区", "港口管理局"]
    page.select_option("#kind", "derivation")
    assert shown(page) == ["申请"]
    page.select_option("#kind", "")
    page.select_option("#document", "letter")
    assert shown(page) == ["申请", "示範區", "服務站"]


def test_keys_go_from_finding_to_finding(page: Page) -> None:
    """The keys j and k move the focus to the next and the previous finding that is shown."""
    page.keyboard.press("j")
    assert focused(page) == "pilot area"
    page.keyboard.press("j")
    assert focused(page) == "Port Authority"
    page.keyboard.press("j")
    assert focused(page) == "Port Authority"
    assert page.locator(".finding:focus").bounding_box()
    page.keyboard.press("k")
    assert focused(page) == "pilot area"
    page.uncheck("input[value=error]")
    page.keyboard.press("j")
    assert focused(page) == "Port Authority"


def test_letters_typed_into_the_search_stay_there(page: Page) -> None:
    """In the search field j and k are letters."""
    page.focus("#search")
    page.keyboard.type("jk/")
    assert page.input_value("#search") == "jk/"


def test_what_is_accepted_is_folded(page: Page) -> None:
    """An accepted finding is shown apart, with its reason, when it is unfolded."""
    reason = page.locator("#accepted .reason")
    assert not reason.is_visible()
    page.click("#accepted summary")
    assert reason.text_content() == "Kept as it is: as agreed"
    assert reason.is_visible()


def colours(page: Page, picture: bytes, points: list[tuple[float, float]]) -> list[list[int]]:
    """Return the colours of a picture at some points, decoded by the browser itself."""
    script = """async ([data, points]) => {
      const picture = await createImageBitmap(await (await fetch(data)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      canvas.drawImage(picture, 0, 0);
      return points.map(([x, y]) => [...canvas.getImageData(x, y, 1, 1).data.slice(0, 3)]);
    }"""
    data = "data:image/png;base64," + base64.b64encode(picture).decode()
    found: list[list[int]] = page.evaluate(script, [data, points])
    return found


def test_a_picture_of_the_page(browser: Browser, page: Page, tmp_path: Path) -> None:
    """What is painted is a page: cards on another ground, the marks in a colour of their own."""
    page.locator(".finding mark").first.scroll_into_view_if_needed()
    mark = page.locator(".finding mark").first.bounding_box()
    card = page.locator(".term").first.bounding_box()
    assert mark
    assert card
    picture = page.screenshot(path=tmp_path / "page.png", caret="initial")
    points = [(mark["x"] + 1, mark["y"] + 2), (card["x"] + 8, mark["y"]), (2, mark["y"])]
    reader = browser.new_page()
    inside, paper, ground = colours(reader, picture, points)
    reader.close()
    assert paper == [255, 255, 255]
    assert ground != paper
    assert inside[0] > inside[2] + 20  # an error's mark is reddish
    assert inside != ground


def test_print_shows_what_matters(page: Page) -> None:
    """On paper there are no controls; accepted findings and terms in order are unfolded."""
    page.emulate_media(media="print")
    assert not page.is_visible(".controls")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#accepted .reason")
    assert len(shown(page)) == 5
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("[open]").count() == 0


def test_without_its_script_the_page_is_whole(browser: Browser, address: str) -> None:
    """Where scripts are off every term can be read, and no dead control is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("main h3").count() == 5
    assert not page.is_visible(".controls")
    context.close()
