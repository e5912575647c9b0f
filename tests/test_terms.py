"""Terms end to end: what was planted in the sample documents is found, and little else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from aligner import pipeline
from aligner.check.baseline.accepted import Accepted, Baseline
from aligner.check.find_terms import find_terms
from aligner.errors import SettingError
from aligner.findings import Finding, Terms
from aligner.formats.glossaries import Entry, Glossary, Target
from aligner.span import Span

CORPORA = Path(__file__).parents[1] / "corpora"
SEED = Path(__file__).parents[2] / "shared" / "seed"
DOCUMENTS = ("notice", "news", "regulation", "story")


def rows(name: str) -> list[dict[str, Any]]:
    """Return a file of JSON lines."""
    return [json.loads(line) for line in (CORPORA / name).read_text("utf-8").splitlines()]


@cache
def looked_at(doc: str) -> Terms:
    """Return the terms of a sample document, its sentences as they are in its gold."""
    sides = (CORPORA / doc / f"{doc}.sent.{side}" for side in ("zh", "en"))
    return find_terms(pipeline.align(*sides, pre_split=True), sensitivity="high")


def place(doc: str, occurrence: dict[str, Any]) -> Span:
    """Return where an occurrence stands in the English document."""
    start = looked_at(doc).bitexts[0].tgt[occurrence["tgt_id"]].span.start
    first, last = occurrence["tgt_span"]
    return Span(start + first, start + last)


def at(found: Terms, span: Span) -> list[Finding]:
    """Return the findings that overlap a span."""
    return [f for f in found.findings if _meets(f, span)]


def _meets(finding: Finding, span: Span) -> bool:
    place = finding.tgt_span
    return place is not None and place.start < span.stop and span.start < place.stop


# Too common a pair of words, and a name turned round, to be sure of.
ONLY_REMARKS = frozenset(("责任单位", "沈若川"))
PLANTED = [
    pytest.param(
        row,
        id=f"{row['term']}-{row['rendering']}",
        # A word that a neighbouring Chinese word seems to account for is not seen as added.
        marks=[pytest.mark.xfail(strict=True)] if row["term"] == "服务记录" else [],
    )
    for row in rows("inconsistencies.jsonl")
]


@pytest.mark.parametrize("row", PLANTED)
def test_what_was_planted_is_found_with_its_class(row: dict[str, Any]) -> None:
    """Each planted inconsistency is a finding of its class; a harmless one is none."""
    found = looked_at(row["doc"])
    hits = [at(found, place(row["doc"], occurrence)) for occurrence in row["occurrences"]]
    if row["direction"] == "reverse":
        assert any(f.difference == "shared rendering" for hit in hits for f in hit)
    elif row["severity"] == "none":
        assert not any(f.severity != "none" for hit in hits for f in hit)
    else:
        assert all(any(f.difference == row["class"] for f in hit) for hit in hits)
        severities = {f.severity for hit in hits for f in hit}
        if row["severity"] == "warning" and row["term"] not in ONLY_REMARKS:
            assert "warning" in severities
        else:
            assert severities <= {"warning", "info"}


@pytest.mark.parametrize("doc", DOCUMENTS)
def test_little_else_is_found(doc: str) -> None:
    """At most one warning in ten terms is of something that nobody planted."""
    found = looked_at(doc)
    planted = [
        place(doc, occurrence)
        for row in rows("inconsistencies.jsonl")
        if row["doc"] == doc
        for occurrence in row["occurrences"]
    ]
    other = [
        f
        for f in found.findings
        if f.severity in {"error", "warning"} and not any(_meets(f, p) for p in planted)
    ]
    assert len(other) <= len(found.terms) / 10


@pytest.mark.parametrize("row", rows("consistent.jsonl"), ids=lambda row: row["term"])
def test_what_is_consistent_gives_no_warning(row: dict[str, Any]) -> None:
    """The control terms, which have one rendering, give no warning."""
    found = looked_at(row["doc"])
    for occurrence in row["occurrences"]:
        for finding in at(found, place(row["doc"], occurrence)):
            assert finding.term != row["term"] or finding.severity == "info"


def test_offsets_lead_into_the_documents() -> None:
    """A finding's spans cut its term and its rendering out of the texts as read."""
    for doc in DOCUMENTS:
        found = looked_at(doc)
        bitext = found.bitexts[0]
        for finding in found.findings:
            assert finding.src_span
            assert finding.tgt_span
            assert bitext.src_doc.text[slice(*finding.src_span)] == finding.term
            assert bitext.tgt_doc.text[slice(*finding.tgt_span)] == finding.rendering


def test_every_place_is_counted_once() -> None:
    """A term's renderings and what has none add up to its places."""
    for term in looked_at("notice").terms:
        spans = [o.src_span for r in term.renderings for o in r.occurrences]
        spans += [o.src_span for o in term.unrendered]
        assert len(spans) == len(set(spans)) == term.count


def test_a_second_look_is_the_same() -> None:
    """The same input gives the same terms and findings."""
    found = looked_at("news")
    again = find_terms(found.bitexts[0], sensitivity="high")
    assert (again.terms, again.findings) == (found.terms, found.findings)


def test_quiet_reports_less() -> None:
    """What the quiet setting reports, the other one reports too."""
    found = looked_at("notice")
    quiet = find_terms(found.bitexts, sensitivity="quiet")
    assert len(quiet.findings) < len(found.findings)
    assert {(f.tgt_span, f.difference) for f in quiet.findings} <= {
        (f.tgt_span, f.difference) for f in found.findings
    }


def test_the_annex_without_a_translation_is_not_rendered() -> None:
    """Places in sentences without an English side are kept, as untranslated."""
    terms = {term.text: term for term in looked_at("regulation").terms}
    assert any(not o.translated for term in terms.values() for o in term.unrendered)


def test_a_baseline_accepts_with_its_reason() -> None:
    """What a baseline covers stays, with the reason, and is not new."""
    found = looked_at("news")
    first = found.findings[0]
    accepted = Accepted(first.term, first.rendering, "the client wants it")
    again = find_terms(found.bitexts, sensitivity="high", baseline=Baseline((accepted,)))
    covered = [f for f in again.findings if f.accepted]
    assert first.rendering in {f.rendering for f in covered}
    assert {f.accepted for f in covered} == {"the client wants it"}
    assert len(again.new) == len(again.findings) - len(covered)


@pytest.mark.parametrize(
    ("targets", "wanted"),
    [
        ([("green shipping pilot zone", "preferred"), ("pilot area", "admitted")], set()),
        ([("Green Shipping Pilot Area", "forbidden"), ("Green Shipping Pilot Zone", "preferred")],
         {("status", "error")}),
        ([("Green Shipping Pilot Area", "deprecated"), ("Green Shipping Pilot Zone", "preferred")],
         {("status", "warning")}),
        ([("Green Shipping Pilot Zone", "preferred")], {("substitution", "error")}),
        ([("Green Shipping Pilot Zone", "preferred"), ("green shipping pilot areas", "admitted")],
         set()),
    ],
)  # fmt: skip
def test_a_glossary_is_the_measure(
    targets: list[tuple[str, Any]], wanted: set[tuple[str, str]]
) -> None:
    """Any accepted rendering passes in any form; a forbidden or another one does not."""
    entry = Entry("绿色航运先导区", tuple(Target(text, status) for text, status in targets))
    bitext = looked_at("notice").bitexts[0]
    found = find_terms(bitext, glossary=Glossary((entry,)), candidates=False)
    kinds = {(f.difference, f.severity) for f in found.findings}
    if targets[1:] and targets[1][0] == "pilot area":  # is no way to write the other places
        kinds -= {("substitution", "error")}
    assert kinds == wanted
    assert [term.text for term in found.terms] == ["绿色航运先导区"]
    assert found.terms[0].in_glossary


def test_the_longest_entry_matches() -> None:
    """An entry inside a longer one is not looked for there."""
    entries = (
        Entry("先导区", (Target("Pilot Zone"),)),
        Entry("绿色航运先导区", (Target("Green Shipping Pilot Zone"),)),
    )
    bitext = looked_at("notice").bitexts[0]
    both = find_terms(bitext, glossary=Glossary(entries), candidates=False)
    alone = find_terms(bitext, glossary=Glossary(entries[:1]), candidates=False)
    count = {term.text: term.count for term in both.terms}
    assert count["先导区"] + count["绿色航运先导区"] == alone.terms[0].count


def test_settings_that_do_not_do() -> None:
    """An unknown sensitivity, nothing to look for, and one id twice are errors."""
    bitext = looked_at("story").bitexts[0]
    with pytest.raises(SettingError, match="sensitivity"):
        find_terms(bitext, sensitivity="loud")  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="nothing to look for"):
        find_terms(bitext, candidates=False)
    with pytest.raises(SettingError, match="one id"):
        find_terms([bitext, bitext])


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed pair is not at hand")
def test_the_seed() -> None:
    """The two findings of the seed are there, and none of its furniture."""
    found = find_terms(
        pipeline.align(SEED / "notice.zh.txt", SEED / "notice.en.txt"), sensitivity="high"
    )
    by_term = {f.term: f for f in reversed(found.findings)}  # the worst of each
    zone = by_term["中国特色社会主义先行示范区"]
    assert (zone.difference, zone.severity) == ("preposition", "warning")
    assert "−of +for" in zone.why
    plan = by_term["科技创新行动方案"]
    assert (plan.difference, plan.severity) == ("derivation", "warning")
    assert {plan.rendering, plan.expected} == {
        "Science and Technology Innovation Action Plan",
        "Action Plan for Scientific and Technological Innovation",
    }
    assert not any("187" in f.term or f.term == "区" for f in found.findings)
    footer = found.bitexts[0].tgt_doc.text.index("Copyright")
    last = max(
        o.tgt_span for t in found.terms for r in t.renderings for o in r.occurrences if o.tgt_span
    )
    assert last.stop <= footer


def test_the_usual_wording_is_the_measure() -> None:
    """The two Pilot Areas of the sample are marked, not its seven Pilot Zones."""
    notice = CORPORA / "notice"
    found = find_terms(pipeline.align(notice / "notice.zh.txt", notice / "notice.en.txt"))
    told = [f for f in found.findings if f.term == "绿色航运先导区"]
    assert {(f.rendering, f.expected) for f in told} == {
        ("Green Shipping Pilot Area", "Green Shipping Pilot Zone")
    }
