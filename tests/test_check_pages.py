"""The docstring of each check is the user's page on it, and its example is what it finds."""

import re

import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.check.find_terms import find_terms
from aligner.check.known_checks import KNOWN_CHECKS, load_term_checks, load_unit_checks, pages
from aligner.findings import Finding
from aligner.glossary.entries import Entry, Glossary, Target
from aligner.span import Span

PAIR = re.compile(r"    (.+) \| (.+)")
WANTED = re.compile(r"    -> (.+)")
GLOSSARY = re.compile(
    r"    glossary: (?P<src>\S+) = (?P<good>[^;]+); not (?P<bad>[^(]+) \(forbidden\)"
)
OF_TERMS = [name for name, check in KNOWN_CHECKS.items() if check.of_terms]
PAGES = {
    target.partition(":")[0]: text
    for name, check in KNOWN_CHECKS.items()
    for target, text in zip(check.functions, pages(name), strict=True)
}
OF_TERMS_PAGES = [
    target.partition(":")[0] for name in OF_TERMS for target in KNOWN_CHECKS[name].functions
]
PARTS = ("What it does: ", "Why that is bad: ", "Example:\n", "To switch it off: ")


def document(name: str, lines: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document of one line a paragraph, with its segments."""
    stops = [sum(len(line) + 1 for line in lines[: n + 1]) - 1 for n in range(len(lines))]
    spans = tuple(Span(stop - len(line), stop) for line, stop in zip(lines, stops, strict=True))
    segments = [
        Segment(name, n, span, line)
        for n, (span, line) in enumerate(zip(spans, lines, strict=True))
    ]
    return Document(name, "\n".join(lines), spans), tuple(segments)


def bitext(pairs: list[tuple[str, str]]) -> Bitext:
    """Return a bitext in which line n translates line n."""
    src_doc, src = document("zh", [zh for zh, _ in pairs])
    tgt_doc, tgt = document("en", [en for _, en in pairs])
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 1.0) for n in range(len(pairs)))
    alignment = Alignment(beads, len(pairs), len(pairs))
    return Bitext("example", src_doc, tgt_doc, src, tgt, alignment)


def glossary(text: str) -> Glossary | None:
    """Return the glossary of an example, if it has one."""
    entries = [
        Entry(found["src"], (Target(found["good"]), Target(found["bad"], "forbidden")))
        for found in GLOSSARY.finditer(text)
    ]
    return Glossary(tuple(entries)) if entries else None


def as_line(finding: Finding) -> str:
    """Return a finding as the pages write it."""
    return (
        f"{finding.term}: ‘{finding.rendering}’, expected ‘{finding.expected}’"
        f" ({finding.difference}, {finding.severity})"
    )


@pytest.mark.parametrize("name", OF_TERMS_PAGES)
def test_the_example_of_a_page_is_what_the_check_finds(name: str) -> None:
    """The example's sentence pairs give the findings below them, and no others."""
    text = PAGES[name]
    wanted = WANTED.findall(text)
    assert wanted
    found = find_terms(bitext(PAIR.findall(text)), glossary=glossary(text), sensitivity="high")
    assert [as_line(finding) for finding in found.findings] == wanted


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_why_and_how_to_switch_it_off(name: str) -> None:
    """Each page begins with one sentence, and has its four parts in order."""
    text = PAGES[name]
    first, *_ = text.split("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    places = [text.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


def test_each_check_is_a_function_of_its_module() -> None:
    """A name leads to functions, each of a module of its own."""
    assert len(PAGES) == sum(len(check.functions) for check in KNOWN_CHECKS.values())
    for name, check in KNOWN_CHECKS.items():
        load = load_term_checks if check.of_terms else load_unit_checks
        names = [target.partition(":")[2] for target in check.functions]
        found = [getattr(function, "func", function) for function in load(name)]
        assert [getattr(function, "__name__", "") for function in found] == names
