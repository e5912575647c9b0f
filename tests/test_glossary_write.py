"""Writing the terms found: read back the same, valid for others, the same bytes twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.errors import ExportError, SettingError
from aligner.findings import Difference, Occurrence, Rendering, Status, Term, Terms
from aligner.formats.glossaries import (
    GLOSSARY_FORMATS,
    Entry,
    Glossary,
    Target,
    read_glossary,
    write_glossary,
)
from aligner.glossary.collect import glossary_of
from aligner.glossary.entries import STATUSES, source_key, target_key
from aligner.span import Span

SCHEMAS = Path(__file__).parents[2] / "shared" / "schemas" / "validate.py"
READABLE = ("csv", "tsv", "xlsx", "tbx", "tbx2")


def rendering(
    text: str,
    difference: Difference = "same",
    count: int = 1,
    *,
    words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    status: Status | None = None,
) -> Rendering:
    """Return a rendering with so many places."""
    place = Occurrence("d", 0, Span(0, 2), Span(0, 4), text, 0.9)
    return Rendering(text, difference, *words, (place,) * count, status)


def terms(*found: Term) -> Terms:
    """Return a look at no bitexts that found these terms."""
    return Terms((), found, (), 1.0)


def term(text: str, *renderings: Rendering, citation: str = "") -> Term:
    """Return a term with these renderings."""
    return Term(text, renderings, (), 1.0, citation=citation)


SAMPLE = terms(
    term(
        "试点区",
        rendering("pilot zone", count=5),
        rendering("Pilot Zones", "form"),
        rendering("PZ", "acronym"),
        rendering("zone", "short form"),
        rendering("national pilot zone", "expansion"),
        rendering("trial area", "substitution", 2, words=(("pilot", "zone"), ("trial", "area"))),
        rendering("zone of the pilot", "order"),
        rendering("piloting zone", "derivation"),
        rendering("pilot sector", "substitution", status="forbidden"),
        citation="pilot zone",
    ),
    term(
        "行动方案",
        rendering("=SUM(A1) plan"),
        rendering("plan; scheme | draft", "substitution"),
        citation="=SUM(A1) plan",
    ),
    term("无译名"),
)


def content(glossary: Glossary) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the terms with their targets, statuses and notes."""
    return [(e.src, [(t.text, t.status, t.note) for t in e.targets]) for e in glossary.entries]


def test_what_renderings_become() -> None:
    """The dominant one is preferred; another form is admitted, other words are deprecated."""
    glossary = glossary_of(SAMPLE, variants=True)
    assert [entry.src for entry in glossary.entries] == ["试点区", "行动方案"]
    assert {t.text: t.status for t in glossary.entries[0].targets} == {
        "pilot zone": "preferred",
        "Pilot Zones": "admitted",
        "PZ": "admitted",
        "zone": "admitted",
        "national pilot zone": "admitted",
        "trial area": "deprecated",
        "zone of the pilot": "deprecated",
        "piloting zone": "deprecated",
        "pilot sector": "forbidden",
    }
    notes = {t.text: t.note for t in glossary.entries[0].targets}
    assert notes["pilot zone"] == "5 of 14"
    assert notes["trial area"] == "2 of 14, substitution: -pilot -zone +trial +area"
    assert glossary.entries[1].targets[1].text == "plan, scheme , draft"


def test_one_term_in_two_scripts_is_one_entry() -> None:
    """The first way of writing a term counts."""
    glossary = glossary_of(
        terms(
            term("發展", rendering("development"), citation="development"),
            term("发展", rendering("growth"), citation="growth"),
        )
    )
    assert content(glossary) == [("發展", [("development", "proposed", "")])]


def test_a_row_has_the_citation_form_and_its_figures() -> None:
    """One target a term, proposed; the other renderings stand in the note."""
    (entry,) = glossary_of(terms(*SAMPLE.terms[1:], term("湿地", rendering("Wetlands", count=3),
        rendering("swamp", "substitution"), citation="wetland"))).entries[-1:]  # fmt: skip
    (target,) = entry.targets
    assert (target.text, target.status, target.note) == (
        "wetland",
        "proposed",
        "elsewhere in the text: swamp (1)",
    )
    assert (target.count, target.consistency) == (3, 0.75)


def test_what_is_not_worth_a_row_is_left_out() -> None:
    """A term without a citation form gets no row, but a checklist has its renderings."""
    found = terms(term("湿地", rendering("Wetland"), rendering("swamp", "substitution")))
    assert glossary_of(found).entries == ()
    assert [t.status for t in glossary_of(found, variants=True).entries[0].targets] == [
        "preferred",
        "deprecated",
    ]


def test_the_figures_are_columns_that_reading_passes_over(tmp_path: Path) -> None:
    """Count and consistency are written, and are no columns that a note calls unread."""
    (path,) = write_glossary(SAMPLE, tmp_path / "g.csv")
    head, *rows = path.read_text("utf-8-sig").splitlines()
    assert head == "zh,en,status,count,consistency,note"
    assert any(row.startswith("行动方案,=SUM(A1) plan,proposed,1,0.5") for row in rows)
    assert read_glossary(path).notes == ()


@pytest.mark.parametrize("name", READABLE)
def test_our_own_glossary_is_read_again(tmp_path: Path, name: str) -> None:
    """Terms, targets, statuses and notes come back, also where TBX has no word for a status."""
    wanted = content(glossary_of(SAMPLE))
    assert wanted[0][1][0][2].endswith(", and 4 more")
    suffix = "tbx" if name == "tbx2" else name
    (path,) = write_glossary(SAMPLE, tmp_path / f"glossary.{suffix}", to=name)
    read = read_glossary(path)
    assert content(read) == wanted
    assert read.notes == ()


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """Draw a glossary of Chinese terms and English targets, with odd characters in the notes."""
    sources = draw(st.lists(st.text("甲乙丙丁5G", min_size=1, max_size=5), max_size=4))
    entries: dict[str, Entry] = {}
    for src in sources:
        texts = draw(st.lists(st.sampled_from(TARGETS), min_size=1, unique_by=target_key))
        statuses = st.sampled_from(STATUSES)
        notes = st.text(max_size=6) | st.sampled_from(["=1+1", '"', "a;b|c", "\x00\ud800"])
        targets = tuple(Target(t, draw(statuses), draw(notes)) for t in texts)
        entries.setdefault(source_key(src), Entry(src, targets))
    return Glossary(tuple(entries.values()))


TARGETS = ["wetland", "=1+1", "@home", '"quoted" word', "a, b", "R&D", "<b>", "-5", "007", "café"]


@settings(max_examples=25)
@given(glossaries(), st.sampled_from(READABLE))
def test_every_glossary_is_read_again(value: Glossary, name: str) -> None:
    """Whatever the terms, targets and notes, each target comes back with its status."""
    with TemporaryDirectory() as folder:
        (path,) = write_glossary(value, Path(folder) / f"g.{name.removesuffix('2')}", to=name)
        if not value.entries:
            return
        read = read_glossary(path)
    for entry, again in zip(value.entries, read.entries, strict=True):
        assert again.src == entry.src
        assert [t.text for t in again.targets] == [t.text for t in entry.targets]
        assert [t.status for t in again.targets] == [t.status for t in entry.targets]


@pytest.mark.parametrize("name", GLOSSARY_FORMATS)
def test_two_runs_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    """Nothing in a file depends on when it was made."""
    files = [write_glossary(SAMPLE, tmp_path / f"{k}.{name}", to=name)[0] for k in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_tbx_of_others_keeps_its_notes(tmp_path: Path) -> None:
    """A note beside the Chinese term counts; one that names another status is a note."""
    entry = Entry("水闸", (Target("sluice gate", note="status: forbidden"),), note="of a canal")
    (path,) = write_glossary(Glossary((entry,)), tmp_path / "a.tbx")
    (read,) = read_glossary(path).entries
    assert read.targets[0].status == "preferred"
    assert read.targets[0].note == "of a canal; status: forbidden"


def test_tbx_is_valid(tmp_path: Path) -> None:
    """Version 3 keeps the rules of TBX-Basic, with and without terms."""
    if not SCHEMAS.exists():
        pytest.skip("the schemas are not here")
    paths = [
        write_glossary(SAMPLE, tmp_path / "a.tbx")[0],
        write_glossary(Glossary((Entry("甲", (Target("a", note="\x00<&"),)),)), tmp_path / "b.tbx")[
            0
        ],
    ]
    done = subprocess.run(
        [sys.executable, SCHEMAS, *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_tbx_2_is_read_by_another_program(tmp_path: Path) -> None:
    """translate-toolkit finds the term, its targets and their statuses."""
    tbx = pytest.importorskip("translate.storage.tbx")
    (path,) = write_glossary(SAMPLE, tmp_path / "out.tbx", to="tbx2")
    with path.open("rb") as file:
        store = tbx.tbxfile(file, "zh", "en")
    assert [unit.source for unit in store.units] == ["试点区", "行动方案"]
    assert store.units[0].target == "pilot zone"
    found = [term.text for term in store.units[0].get_target_terms()]
    assert found == ["pilot zone", "pilot sector"]


def checks(path: Path) -> list[etree._Element]:
    """Return the checks of a checklist."""
    return list(etree.parse(path).getroot().find("checklist"))


def test_a_checklist_has_what_is_out_of_line(tmp_path: Path) -> None:
    """One check for each deprecated or forbidden rendering, with what to write instead."""
    (path,) = write_glossary(SAMPLE, tmp_path / "glossary.xbckl")
    names = [check.get("name") for check in checks(path)]
    assert names == [
        "试点区: trial area",
        "试点区: zone of the pilot",
        "试点区: piloting zone",
        "试点区: pilot sector",
        "行动方案: plan, scheme , draft",
    ]
    first = checks(path)[0]
    source, target = first.findall("term")
    assert (source.text, target.text) == ("试点区", "trial area")
    assert (source.get("type"), target.get("type")) == ("source", "target")
    assert target.get("wholeword") == "yes"
    assert "pilot zone" in first.findtext("description")


def test_a_check_spares_the_longer_rendering_that_may_be_used(tmp_path: Path) -> None:
    """Where a wrong rendering is part of a right one, the text must not hold the right one."""
    entry = Entry("试点区", (Target('the "pilot" zone'), Target('"Pilot"', "deprecated")))
    (path,) = write_glossary(Glossary((entry,)), tmp_path / "g.xbckl")
    source, target = checks(path)[0].findall("term")
    assert source.text == '"试点区"'
    assert target.text == '"""Pilot""" -"the ""pilot"" zone"'
    assert {source.get("powersearch"), target.get("powersearch")} == {"yes"}


def test_wrong_outputs_are_named(tmp_path: Path) -> None:
    """An unknown format, a missing folder and a text too long for a cell are errors."""
    with pytest.raises(SettingError, match="docx"):
        write_glossary(SAMPLE, tmp_path / "out.docx")
    with pytest.raises(ExportError):
        write_glossary(SAMPLE, tmp_path / "nowhere" / "out.csv")
    long = Glossary((Entry("甲", (Target("a" * 40_000),)),))
    with pytest.raises(ExportError, match="40000 characters"):
        write_glossary(long, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
