"""Reports of the terms: nothing lost, nothing executable, the right words marked."""

from __future__ import annotations

import io
import json
import re
import zipfile
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import fastexcel
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from rich.cells import cell_len
from rich.console import Console

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.check.baseline.baseline_sheet import KEEP
from aligner.errors import ExportError, SettingError
from aligner.findings import Difference, Finding, Occurrence, Rendering, Severity, Term, Terms
from aligner.report import REPORT_WRITERS, format_of, write_terms
from aligner.report.cards import CARD_PLACES, PAGE_PLACES, CardMaker
from aligner.report.findings_table import findings_table
from aligner.report.html_report import render_page
from aligner.report.json_lines import finding_value
from aligner.report.shown_text import clean
from aligner.report.terminal_table import terms_table
from aligner.span import Span

HOSTILE = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "report_hostile.jsonl").open(encoding="utf-8")
]
NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # on a terminal, whatever the text holds
OPEN, CLOSE = "⟦", "⟧"  # round the term, and round its rendering, in a pair of sentences
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def side(name: str, texts: list[str]) -> tuple[Document, tuple[Segment, ...], list[Span | None]]:
    """Return a document with one sentence a line, its segments and what is marked in them."""
    spans, marks, parts, at = [], [], [], 0
    for text in texts:
        before, _, rest = text.partition(OPEN)
        marked, _, after = rest.partition(CLOSE)
        start = at + len(before)
        marks.append(Span(start, start + len(marked)) if marked else None)
        parts.append(before + marked + after)
        spans.append(Span(at, at + len(parts[-1])))
        at += len(parts[-1]) + 1
    kept = tuple(span for span, part in zip(spans, parts, strict=True) if part.strip())
    segments = tuple(
        Segment(name, n, span, part)
        for n, (span, part) in enumerate(zip(spans, parts, strict=True))
    )
    return Document(name, "\n".join(parts), kept, source=f"{name}.txt"), segments, marks


def bitext(name: str, pairs: list[tuple[str, str]]) -> tuple[Bitext, list[Occurrence]]:
    """Return a bitext, one bead a pair, and the occurrence in each pair."""
    src_doc, src, src_marks = side(f"{name}.zh", [zh for zh, _ in pairs])
    tgt_doc, tgt, tgt_marks = side(f"{name}.en", [en for _, en in pairs if en])
    beads, at = [], 0
    occurrences = []
    spans = iter(tgt_marks)
    for n, (_, en) in enumerate(pairs):
        size = 1 if en else 0
        beads.append(Bead(Span(n, n + 1), Span(at, at + size), 0.99))
        at += size
        mark, found = src_marks[n], next(spans) if en else None
        if mark:
            words = tgt_doc.text[slice(*found)] if found else ""
            occurrences.append(Occurrence(name, n, mark, found, words, 0.9, translated=bool(en)))
    alignment = Alignment(tuple(beads), len(src), len(tgt))
    return Bitext(name, src_doc, tgt_doc, src, tgt, alignment), occurrences


def finding(
    value: Bitext, term: str, occurrence: Occurrence, kind: Difference, severity: Severity
) -> Finding:
    """Return a finding at an occurrence that has a rendering."""
    bead = value.alignment.beads[occurrence.bead]
    assert occurrence.tgt_span
    return Finding(
        value.id, term, occurrence.rendering, "pilot zone", kind, severity,
        "Elsewhere it is “pilot zone”: −zone +area, 1 of 4.", occurrence.bead,
        tuple(range(*bead.src)), tuple(range(*bead.tgt)),
        occurrence.src_span, occurrence.tgt_span, 0.87654,
    )  # fmt: skip


def sample() -> Terms:
    """Return two documents in which a zone is an area once, and more."""
    notice, zone = bitext(
        "notice",
        [
            ("建设⟦示范区⟧。", "Build the ⟦pilot zone⟧."),
            ("⟦示范区⟧由市政府管理。", "The city runs the ⟦pilot zone⟧."),
            ("支持⟦示范区⟧发展。", "Support the ⟦pilot area⟧ as it grows."),
            ("各⟦示范区⟧参照执行。", "Others follow suit."),
            ("附件：⟦示范区⟧名单。", ""),
        ],
    )
    letter, others = bitext(
        "letter",
        [
            ("⟦示范区⟧的来信", "A letter from the ⟦Pilot Zones⟧"),
            ("请⟦主管部门⟧答复。", "The ⟦competent authority⟧ is asked to reply."),
            ("⟦主管部门⟧已答复。", "The ⟦competent authority⟧ has replied."),
            ("⟦行动方案⟧已经印发。", "The ⟦plan of action⟧ is out."),
            ("⟦行动方案⟧还要修改。", "The ⟦action plan⟧ will be changed."),
        ],
    )
    area = Rendering("pilot area", "substitution", ("zone",), ("area",), (zone[2],))
    terms = (
        Term(
            "主管部门",
            (Rendering("competent authority", "same", (), (), tuple(others[1:3])),),
            (),
            1.0,
        ),
        Term(
            "行动方案",
            (
                Rendering("action plan", "same", (), (), (others[4],)),
                Rendering("plan of action", "order", (), (), (others[3],)),
            ),
            (),
            0.5,
        ),
        Term(
            "示范区",
            (
                Rendering("pilot zone", "same", (), (), tuple(zone[:2])),
                area,
                Rendering("Pilot Zones", "form", (), (), (others[0],)),
            ),
            tuple(zone[3:]),
            0.625,
            title=True,
        ),
    )
    accepted = replace(
        finding(letter, "行动方案", others[3], "order", "info"),
        expected="action plan",
        accepted="both are in use",
    )
    findings = (finding(notice, "示范区", zone[2], "substitution", "warning"), accepted)
    return Terms((notice, letter), terms, findings, 0.71, "aligner 0; settings made up")


def filled(text: str) -> Terms:
    """Return a sample in which a text stands wherever a document or a person may put one."""
    value, places = bitext(text, [(f"甲{OPEN}{text}{CLOSE}乙", f"a {OPEN}{text}{CLOSE} b")] * 3)
    doc = replace(value.src_doc, source=text)
    value = replace(value, src_doc=doc, signature=text)
    term = Term(
        text,
        (
            Rendering(text, "same", (), (), tuple(places[:2])),
            Rendering(text, "substitution", (text,), (text,), tuple(places[2:])),
        ),
        (),
        0.5,
    )
    found = replace(finding(value, text, places[2], "substitution", "error"), why=text)
    found = replace(found, expected=text + "!")
    return Terms((value,), (term,), (found, replace(found, accepted=text)), 0.5, text)


def many(times: int) -> Terms:
    """Return one term in many places, all alike."""
    value, places = bitext("long", [("有⟦示范区⟧。", "A ⟦pilot zone⟧.")] * times)
    term = Term("示范区", (Rendering("pilot zone", "same", (), (), tuple(places)),), (), 1.0)
    return Terms((value,), (term,), (), 1.0)


def page(terms: Terms) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the page as a tree."""
    return html.document_fromstring(
        render_page(terms).encode(), parser=html.HTMLParser(encoding="utf-8")
    )


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def texts(tree: Any, selector: str) -> list[str]:  # noqa: ANN401 - lxml has no types
    """Return the texts of the elements of a class."""
    return [node.text_content() for node in tree.find_class(selector)]


@pytest.mark.parametrize(
    ("name", "to", "wanted"),
    [
        ("terms.jsonl", None, "terms.jsonl"),
        ("第一章.terms.jsonl", None, "terms.jsonl"),
        ("findings.jsonl", None, "findings.jsonl"),
        ("out.JSONL", None, "findings.jsonl"),
        ("report.html", None, "html"),
        ("report", "xlsx", "xlsx"),
        ("all-terms.jsonl", "jsonl", "terms.jsonl"),
        ("out.jsonl", "terms.jsonl", "terms.jsonl"),
    ],
)
def test_the_end_of_the_name_says_the_format(name: str, to: str | None, wanted: str) -> None:
    """The suffix names the format, and of JSONL's two schemas the name or `to` chooses one."""
    assert format_of(name, to=to) == wanted


@pytest.mark.parametrize("name", ["report.pdf", "report", "terms.csv"])
def test_an_unknown_format_is_named(tmp_path: Path, name: str) -> None:
    """Another suffix is an error that lists the formats, and writes nothing."""
    with pytest.raises(SettingError) as caught:
        write_terms(sample(), tmp_path / name)
    assert all(known in caught.value.hint for known in REPORT_WRITERS)
    assert not list(tmp_path.iterdir())


def test_no_document_is_replaced(tmp_path: Path) -> None:
    """A report that would be one of the documents is refused."""
    source = tmp_path / "notice.html"
    source.write_text("原文", "utf-8")
    terms = sample()
    first = replace(terms.bitexts[0], src_doc=replace(terms.bitexts[0].src_doc, source=str(source)))
    with pytest.raises(ExportError, match="would replace a document"):
        write_terms(replace(terms, bitexts=(first, *terms.bitexts[1:])), source)
    with pytest.raises(ExportError, match="no folder"):
        write_terms(terms, tmp_path / "nowhere" / "report.html")


@pytest.mark.parametrize("name", ["report.html", "report.xlsx", "terms.jsonl", "findings.jsonl"])
def test_two_runs_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    """Nothing of the day or of the run is in a report, and nothing else is left behind."""
    first, second = tmp_path / f"1{name}", tmp_path / f"2{name}"
    assert write_terms(sample(), first) == (first,)
    write_terms(sample(), second)
    assert first.read_bytes() == second.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {first.name, second.name}


def test_terms_as_lines(tmp_path: Path) -> None:
    """A line has the term's count and consistency, and each rendering's share of those found."""
    (path,) = write_terms(sample(), tmp_path / "terms.jsonl")
    values = lines(path)
    assert [value["term"] for value in values] == ["主管部门", "行动方案", "示范区"]
    assert values[2] == {
        "term": "示范区",
        "count": 6,
        "consistency": 0.625,
        "renderings": [
            {"text": "pilot zone", "class": "same", "count": 2, "share": 0.5},
            {"text": "pilot area", "class": "substitution", "count": 1, "share": 0.25},
            {"text": "Pilot Zones", "class": "form", "count": 1, "share": 0.25},
        ],
    }


def test_findings_as_lines(tmp_path: Path) -> None:
    """A line has the finding with its sentences and spans; a reason only where one was given."""
    (path,) = write_terms(sample(), tmp_path / "findings.jsonl")
    first, second = lines(path)
    assert first == {
        "doc": "notice",
        "term": "示范区",
        "rendering": "pilot area",
        "expected": "pilot zone",
        "class": "substitution",
        "severity": "warning",
        "why": "Elsewhere it is “pilot zone”: −zone +area, 1 of 4.",
        "src_ids": [2],
        "tgt_ids": [2],
        "src_span": [20, 23],
        "tgt_span": [64, 74],
        "p": 0.8765,
        "check": "terms",
        "kind": "substitution",
        "place": None,
        "suggestion": "",
        "sentence": "",
    }
    assert list(second) == [*first, "accepted"]
    assert second["accepted"] == "both are in use"


def test_a_finding_of_a_term_has_its_sentence_as_others_have() -> None:
    """Whatever the check, a line says in which sentence its place is."""
    first = sample().findings[0]
    assert first.of_term
    assert (
        finding_value(replace(first, sentence="示范区来了客人。"))["sentence"] == "示范区来了客人。"
    )


def test_both_spans_are_marked_on_the_page() -> None:
    """In every pair of sentences the marks are the characters at the two spans."""
    terms, tree = sample(), page(sample())
    bitexts = {value.id: value for value in terms.bitexts}
    shown = []
    for place in tree.find_class("place"):
        src, tgt = place.find_class("src")[0], place.find_class("tgt")[0]
        doc = place.find_class("doc")[0].text_content()
        assert src.text_content() in bitexts[doc].src_doc.text
        marks = [[mark.text for mark in line.iter("mark")] for line in (src, tgt)]
        shown.append((doc, src.text_content(), *marks))
    assert ("notice", "支持示范区发展。", ["示范区"], ["pilot area"]) in shown
    assert ("notice", "各示范区参照执行。", ["示范区"], []) in shown
    assert ("notice", "附件：示范区名单。", ["示范区"], []) in shown
    assert len(shown) == sum(term.count for term in terms.terms)


def test_a_mark_lies_in_the_whole_bead() -> None:
    """Of a bead of several sentences all is shown, and a mark may cross from one to the next."""
    value, _ = bitext("one", [("第一。", "One."), ("第二。", "Two.")])
    alignment = Alignment((Bead(Span(0, 2), Span(0, 2), 0.5),), 2, 2)
    value = replace(value, alignment=alignment)
    place = Occurrence("one", 0, Span(2, 6), Span(2, 7), "e. Tw", 0.5)
    term = Term("。第", (Rendering("e. Tw", "same", (), (), (place,)),), (), 1.0)
    tree = page(Terms((value,), (term,), (), 1.0))
    (src,), (tgt,) = tree.find_class("src"), tree.find_class("tgt")
    assert src.text_content() == "第一。\n第二。"
    assert "".join(mark.text for mark in tgt.iter("mark")) == "e.\nTw"
    assert len(list(src.iter("br"))) == 1


def test_what_is_worst_stands_first() -> None:
    """Terms are sorted by severity, then by count; what is alike everywhere comes last."""
    tree = page(sample())
    assert [node.find_class("zh")[0].text for node in tree.find(".//main").iter("h3")] == [
        "示范区",
        "行动方案",
        "主管部门",
    ]
    assert texts(tree, "badge")[0] == "1 warning"


def test_the_page_says_what_differs() -> None:
    """A rendering has its class and words, a finding its reason, an accepted one the baseline's."""
    tree = page(sample())
    assert [node.text_content() for node in tree.iter("del")] == ["−zone"]
    assert [node.text_content() for node in tree.iter("ins")] == ["+area"]
    assert texts(tree, "why")[0].startswith("Elsewhere it is")
    assert texts(tree, "reason") == ["Kept as it is: both are in use"]
    assert {"No rendering found 1 place", "The sentence has no translation 1 place"} <= {
        " ".join(node.text_content().split()) for node in tree.iter("h5")
    }


def test_the_page_needs_nothing_else() -> None:
    """No attribute leads anywhere, and the policy allows only what stands in the page."""
    tree = page(sample())
    assert {
        value
        for node in tree.iter()
        for name, value in node.attrib.items()
        if name in {"src", "href", "action", "data", "poster", "srcset", "style"}
    } == {"#findings", "#certificate", "data:,"}
    policy = tree.xpath("//meta[@http-equiv]")[0].get("content")
    assert policy.startswith("default-src 'none';")
    for name in ("style", "script"):
        (node,) = (n for n in tree.iter(name) if n.get("type") != "application/json")
        digest = b64encode(sha256(node.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert not re.search(r"https?:|@import|url\((?!#)", node.text)


def test_empty_results_say_so() -> None:
    """Without terms, or without findings, a report is made and says that there are none."""
    assert "No term was found" in render_page(Terms((), (), (), 1.0))
    assert "Nothing is out of line" in render_page(many(2))


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["label"])
def test_hostile_texts_stay_text(case: dict[str, str], tmp_path: Path) -> None:
    """Wherever a text stands, the page has the same elements as with a harmless one."""
    text = case["text"]
    tree, harmless = page(filled(text)), page(filled("word"))
    assert [node.tag for node in tree.iter()] == [node.tag for node in harmless.iter()]
    assert not [a for node in tree.iter() for a in node.attrib if a.startswith("on")]
    wanted = clean(text).replace("\r\n", "\n")
    assert {node.text for node in tree.iter("mark")} == {wanted}
    assert wanted in texts(tree, "why")
    for name in ("report.xlsx", "findings.jsonl"):
        write_terms(filled(text), tmp_path / name)
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/")]
        cells = [node for n in sheets for node in etree.fromstring(book.read(n)).iter()]
    assert not [node for node in cells if node.tag in {f"{SHEET}f", f"{SHEET}hyperlink"}]
    assert {value["term"] for value in lines(tmp_path / "findings.jsonl")} == {text}
    assert not NEVER.search(printed(filled(text), 100).replace("\n", ""))


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=12).filter(lambda text: not {OPEN, CLOSE} & set(text)))
def test_any_text_is_shown(text: str) -> None:
    """Whatever the text, the page can be read back and has it between its marks."""
    marks = {node.text for node in page(filled(text)).iter("mark")}
    assert marks == {re.sub("\r\n?", "\n", clean(text))}


@pytest.mark.parametrize("times", [CARD_PLACES, CARD_PLACES + 1, 3 * CARD_PLACES])
def test_places_are_shown_or_counted(times: int) -> None:
    """A term in very many places shows some, and a line says how many more there are."""
    tree = page(many(times))
    shown = len(tree.find_class("place"))
    more = "".join(texts(tree, "more"))
    assert shown == min(times, CARD_PLACES)
    assert (f"{times - shown} more place" in more) == (times > shown)


def test_a_page_is_bounded_whatever_the_number_of_terms() -> None:
    """With very many terms each shows fewer places, and all of them are still there."""
    terms = many(CARD_PLACES)
    terms = replace(terms, terms=tuple(replace(terms.terms[0], text=f"词{n}") for n in range(100)))
    cards = tuple(CardMaker(terms).cards())
    shown = [sum(len(shelf.places) for shelf in card.others) for card in cards]
    assert 0 < sum(shown) <= PAGE_PLACES
    assert {card.left_out + n for card, n in zip(cards, shown, strict=True)} == {CARD_PLACES}


def test_a_finding_without_a_term_is_shown() -> None:
    """What is found about something that is no term of its own has a card all the same."""
    terms = sample()
    found = replace(terms.findings[0], term="示范", difference="shared rendering")
    tree = page(replace(terms, findings=(*terms.findings, found)))
    heads = [node.find_class("zh")[0].text for node in tree.find(".//main").iter("h3")]
    assert heads[:2] == ["示范区", "示范"]


def test_a_rendering_flagged_under_another_term_says_so() -> None:
    """Where findings on nested terms were merged, the inner term's rendering names the outer."""
    terms = sample()
    outer = replace(terms.findings[0], term="支持示范区")
    tree = page(replace(terms, findings=(outer,)))
    assert "see 支持示范区" in [" ".join(text.split()) for text in texts(tree, "elsewhere")]


def test_a_sheet_has_every_place(tmp_path: Path) -> None:
    """All sheets are there; each occurrence is a row with its sentences, even one alone."""
    (path,) = write_terms(sample(), tmp_path / "report.xlsx")
    book = fastexcel.read_excel(path)
    assert book.sheet_names == ["findings", "terms", "occurrences", "settings"]
    table = book.load_sheet("occurrences").to_polars()
    assert table.height == sum(term.count for term in sample().terms)
    row = table.row(1, named=True)
    assert (row["Term"], row["Kind"], row["Changed words"]) == ("示范区", "same", "")
    row = table.row(2, named=True)
    assert (row["Source"], row["Translation"], row["Changed words"]) == (
        "支持示范区发展。",
        "Support the pilot area as it grows.",
        "−zone +area",
    )
    assert table["Kind"].to_list()[4:6] == ["not found", "not translated"]
    found = book.load_sheet("findings").to_polars()
    assert found[KEEP].to_list() == ["", "both are in use"]


def test_figures_of_the_settings_are_numbers(tmp_path: Path) -> None:
    """A count can be added up, a share is a percentage; the rest is text."""
    (path,) = write_terms(sample(), tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(path)["settings"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert cells["Terms"].value == len(sample().terms)
    assert cells["Places of findings"].value == len(sample().new)
    assert cells["Consistency"].value == pytest.approx(sample().consistency, abs=5e-5)
    assert cells["Consistency"].number_format == "0.0%"
    assert isinstance(cells["Made with"].value, str)


def test_marks_in_a_sheet_are_rich_text(tmp_path: Path) -> None:
    """The words of a place are in a run of their own inside the sentence's cell."""
    write_terms(sample(), tmp_path / "report.xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    runs = [
        [run.findtext(f"{SHEET}t") for run in cell.iter(f"{SHEET}r")]
        for cell in sheet.iter(f"{SHEET}is")
    ]
    assert ["支持", "示范区", "发展。"] in runs
    assert ["Support the ", "pilot area", " as it grows."] in runs
    assert sheet.find(f".//{SHEET}pane") is not None
    assert sheet.find(f"{SHEET}autoFilter") is not None


@pytest.mark.parametrize("before", [0, 40_000])
@pytest.mark.parametrize("word", ["示范区", "𠮷" * 40_000])
def test_a_sentence_longer_than_a_cell(tmp_path: Path, before: int, word: str) -> None:
    """Of a sentence that no cell holds, the part round the mark is in the sheet."""
    value, places = bitext("d", [("前" * before + f"⟦{word}⟧" + "后" * 40_000, "A ⟦zone⟧.")])
    term = Term("示范区", (Rendering("zone", "same", (), (), tuple(places)),), (), 1.0)
    (path,) = write_terms(Terms((value,), (term,), (), 1.0), tmp_path / "report.xlsx")
    text = fastexcel.read_excel(path).load_sheet("occurrences").to_polars()["Source"][0]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert word[:3] in text


def printed(terms: Terms, width: int, *, every: bool = False) -> str:
    """Return the table as it is written to a file."""
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(terms_table(terms, every=every, room=width))
    out = console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


@pytest.mark.parametrize("width", [50, 100])
def test_a_table_for_the_terminal(width: int) -> None:
    """It fits the window, Chinese at two columns a character, and is plain off a terminal."""
    text = printed(sample(), width)
    assert "\x1b" not in text
    assert max(map(cell_len, text.splitlines())) <= width
    words = " ".join(text.split())
    assert "示范区" in words
    assert re.search(r"warning\b.* \(1\)", words)
    assert "consistency 0.71; 1 warning; 1 settled earlier; 1 term without a finding" in words


def test_the_table_shows_every_term_when_asked() -> None:
    """Terms with one rendering are counted, or shown when all are asked for."""
    assert "主管部门" not in printed(sample(), 100)
    text = printed(sample(), 100, every=True)
    assert "主管部门" in text
    assert "not shown" not in text
    assert text.index("示范区") < text.index("行动方案")


@pytest.mark.parametrize("width", [60, 80, 160])
def test_no_word_is_torn_on_a_narrow_terminal(width: int) -> None:
    """Words and terms stay whole, in the tables of terms and of findings."""
    long = ["interdepartmental mechanism", "interdepartmental installations"]
    pairs = [("设立⟦跨部门协调机制⟧。", f"An ⟦{each}⟧.") for each in (long[0], *long)]
    value, places = bitext("regulation-of-the-harbour", pairs)
    same, other = ((o for o in places[:2]), [places[2]])
    term = Term("跨部门协调机制",
                (Rendering(long[0], "same", (), (), tuple(same)),
                 Rendering(long[1], "substitution", (), ("installations",), tuple(other))),
                (), 0.6)  # fmt: skip
    found = replace(
        finding(value, term.text, places[2], "substitution", "warning"), rendering=long[1]
    )
    terms = Terms((value,), (term,), (found,), 0.6)
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(findings_table(terms, room=width))
    out = console.file
    assert isinstance(out, io.StringIO)
    for text in (printed(terms, width), out.getvalue()):
        assert max(map(cell_len, text.splitlines())) <= width
        for word in ("跨部门协调机制", "interdepartmental", "installations", "substitution"):
            assert word in text


def test_a_table_without_rows_is_its_figures_alone() -> None:
    """No head stands above nothing."""
    value, places = bitext("one", [("有⟦示范区⟧。", "A ⟦pilot area⟧.")])
    term = Term("示范区", (Rendering("pilot area", "same", (), (), tuple(places)),), (), 1.0)
    terms = Terms((value,), (term,), (), 1.0)
    text = " ".join(printed(terms, 80).split())
    assert text == ("consistency 1.00; no findings; 1 term without a finding not shown (--all)")
    assert "dominant rendering" in printed(terms, 80, every=True)


def test_a_table_into_a_file_holds_every_finding_in_full() -> None:
    """On a terminal long words are cut; in a file or a pipe nothing is."""
    value, places = bitext("one", [("⟦雨⟧。", f"⟦{'rain ' * 60}⟧.")])
    found = [finding(value, "雨", places[0], "substitution", "warning")]
    found = [replace(found[0], rendering="rain " * 60 + "end")]
    terms = Terms((value,), (), tuple(found), 1.0)
    for whole in (True, False):
        console = Console(width=160, file=io.StringIO(), color_system=None)
        console.print(findings_table(terms, room=160, whole=whole))
        out = console.file
        assert isinstance(out, io.StringIO)
        assert ("…" not in out.getvalue()) == whole
        assert ("end" in out.getvalue()) == whole


def test_findings_are_counted_in_one_way() -> None:
    """A rendering at several places is one finding in the head, the filter and the list."""
    value, places = bitext("one", [("有⟦示范区⟧。", "A ⟦pilot area⟧.")] * 3)
    term = Term("示范区", (Rendering("pilot area", "same", (), (), tuple(places)),), (), 1.0)
    found = [finding(value, "示范区", o, "substitution", "warning") for o in places]
    terms = Terms((value,), (term,), tuple(found), 1.0)
    tree = page(terms)
    assert len(tree.find_class("finding")) == terms.count("warning") == 1
    assert "1 warning" in texts(tree, "badge")[0]
    options = [option.text_content() for option in tree.iter("option")]
    assert "substitution (1)" in options
