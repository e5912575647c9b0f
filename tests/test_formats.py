"""The registry of formats: everything it names is there, and does what it says."""

import inspect
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.errors import FormatError
from aligner.formats import format_lookup
from aligner.formats.bitexts import LINKS, read_bitext
from aligner.formats.format_lookup import by_name, by_suffix, families, formats_that, table
from aligner.formats.glossaries import Entry, Glossary, Target, read_glossary, write_glossary
from aligner.formats.outputs import targets, write_bitext
from aligner.formats.registry import ABILITIES, FORMATS, Ability, Format
from aligner.formats.validate import validate
from aligner.span import Span

README = Path(__file__).parents[1] / "README.md"
MARKS = "<!-- formats -->", "<!-- /formats -->"
PARAMETERS = {
    "document_in": 1, "bitext_in": 2, "bitext_out": 2,
    "glossary_in": 1, "glossary_out": 2, "check": 1,
}  # fmt: skip
USES = [(form, ability) for form in FORMATS for ability in ABILITIES if form.use(ability)]
# A pair of texts has no place for what is known of a unit: see tests/test_inputs.py.
BOTH_WAYS = [form for form in formats_that("bitext_out") if form.bitext_in and not form.outputs]
CHECKED = [form for form in formats_that("bitext_out") if form.check]


def named(value: object) -> str:
    """Return the id of a parameter."""
    return value.name if isinstance(value, Format) else str(value)


def bitext() -> Bitext:
    """Return two pairs of sentences with one of each language alone."""
    sides: list[tuple[Document, tuple[Segment, ...]]] = []
    for name, texts in (
        ("p.zh", ("第一句。", "多出一句。", "第二句话。")),
        ("p.en", ("The first one.", "The second one.", "One more.")),
    ):
        spans, at = [], 0
        for text in texts:
            spans.append(Span(at, at + len(text)))
            at += len(text) + 1
        pieces = zip(spans, texts, strict=True)
        segments = tuple(Segment(name, k, span, text) for k, (span, text) in enumerate(pieces))
        sides.append((Document(name, "\n".join(texts), tuple(spans)), segments))
    beads = (
        Bead(Span(0, 1), Span(0, 1), 0.75),
        Bead(Span(1, 2), Span(1, 1), 0.5),
        Bead(Span(2, 3), Span(1, 2), 1.0),
        Bead(Span(3, 3), Span(2, 3), 1.0),
    )
    (src_doc, src), (tgt_doc, tgt) = sides
    return Bitext("p", src_doc, tgt_doc, src, tgt, Alignment(beads, 3, 3), signature="made up")


GLOSSARY = Glossary(
    (
        Entry("试验区", (Target("pilot zone"), Target("test area", "deprecated", "as of 2020"))),
        Entry("上海", (Target("Shanghai"), Target("Hu", "admitted"))),
    )
)


@pytest.mark.parametrize(("form", "ability"), USES, ids=named)
def test_every_function_exists(form: Format, ability: Ability) -> None:
    """What the registry names can be imported, and takes what such a function is given."""
    needed = [
        parameter
        for parameter in inspect.signature(format_lookup.load(form, ability)).parameters.values()
        if parameter.default is inspect.Parameter.empty
    ]
    wanted = 1 if form.name == LINKS and ability == "bitext_in" else PARAMETERS[ability]
    assert len(needed) == wanted


def test_the_registry_loads_no_format() -> None:
    """Help texts and messages come from the registry, so it is light."""
    code = (
        "import sys, aligner.formats.format_lookup;"
        "print(*sorted(name for name in sys.modules if name.startswith('aligner.formats.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["aligner.formats.format_lookup", "aligner.formats.registry"]


def test_an_ability_that_is_not_there_is_an_error() -> None:
    """Nobody can load a function that a format has not."""
    with pytest.raises(KeyError):
        format_lookup.load(by_name("check")["tmx"], "document_in")


@pytest.mark.parametrize("ability", ABILITIES)
def test_suffixes_and_names_are_unique(ability: Ability) -> None:
    """For each ability, a suffix and a name say one format."""
    forms = formats_that(ability)
    suffixes = Counter(s for form in forms if (use := form.use(ability)) for s in use.suffixes)
    names = Counter(name for form in forms for name in form.names)
    assert set((suffixes + names).values()) == {1}
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    assert set(by_suffix(ability)) == set(suffixes)
    assert set(by_name(ability)) == set(names)


def test_every_format_can_do_something() -> None:
    """No entry is empty, and each says what it is."""
    assert all(any(map(form.use, ABILITIES)) and form.what for form in FORMATS)


def test_what_is_written_is_known_by_its_suffix() -> None:
    """The first suffix of an output is read as the same format, or as one of its family."""
    for form in BOTH_WAYS:
        for suffix in form.bitext_out.suffixes if form.bitext_out else ():
            read = by_suffix("bitext_in").get(suffix)
            assert read in {form, None}
            assert families()[suffix.removeprefix(".")] == (form.family or form.name)


@pytest.mark.parametrize("form", formats_that("bitext_out"), ids=named)
def test_a_bitext_is_written_to_the_files_that_were_named(form: Format, tmp_path: Path) -> None:
    """Every format writes the files that it says before, whatever the suffix is called."""
    assert form.bitext_out
    for suffix in form.bitext_out.suffixes:
        folder = tmp_path / suffix[1:]
        folder.mkdir()
        written = write_bitext(bitext(), folder / f"p{suffix}")
        assert set(written) == set(folder.iterdir()) == set(targets(folder / f"p{suffix}"))


@pytest.mark.parametrize("form", BOTH_WAYS, ids=named)
def test_what_is_written_can_be_read(form: Format, tmp_path: Path) -> None:
    """A bitext in a format that is written and read has the same units afterwards."""
    path = tmp_path / "p.out"
    write_bitext(bitext(), path, to=form.name)
    texts = [tmp_path / "t.zh", tmp_path / "t.en"] if form.name == LINKS else None
    for text, segments in zip(texts or (), (bitext().src, bitext().tgt), strict=False):
        text.write_text("".join(f"{one.text}\n" for one in segments), encoding="utf-8")
    again = read_bitext(path, from_=form.name, texts=texts)
    assert [(u.src, u.tgt, u.p) for u in again.units()] == [
        (u.src, u.tgt, u.p) for u in bitext().units()
    ]


@pytest.mark.parametrize("form", CHECKED, ids=named)
def test_what_is_written_breaks_no_rule(form: Format, tmp_path: Path) -> None:
    """Our own files pass the check of their format, by the name of the format."""
    path = tmp_path / f"p.{form.name}"
    written = write_bitext(bitext(), path)
    assert not validate(path if path in written else written[0], from_=form.name)


@pytest.mark.parametrize("form", formats_that("glossary_out"), ids=named)
def test_a_glossary_is_written_and_read(form: Format, tmp_path: Path) -> None:
    """A glossary has the same terms after writing and reading, if its format is read."""
    assert form.glossary_out
    for suffix in form.glossary_out.suffixes:
        path = tmp_path / f"g{suffix}"
        assert write_glossary(GLOSSARY, path) == (path,)
        if form.glossary_in:
            assert [
                (entry.src, [(t.text, t.status) for t in entry.targets])
                for entry in read_glossary(path).entries
            ] == [
                (entry.src, [(t.text, t.status) for t in entry.targets])
                for entry in GLOSSARY.entries
            ]
            assert not validate(path, from_="glossary")


def test_a_glossary_may_have_any_suffix(tmp_path: Path) -> None:
    """A user may say that a file is a glossary whose suffix says nothing."""
    path = tmp_path / "terms.list"
    path.write_text("zh\ten\n上海\tShanghai\n北京\t\n", encoding="utf-8")
    (problem,) = validate(path, from_="glossary")
    assert "row 3" in problem.message


def test_the_version_of_xliff_is_that_of_the_file(tmp_path: Path) -> None:
    """A file with the suffix .xliff is checked by the rules of the version that it says."""
    path = tmp_path / "p.xliff"
    write_bitext(bitext(), path, to="xliff20")
    assert not validate(path)
    path.write_bytes(path.read_bytes().replace(b'state="translated"', b'state="done"', 1))
    (problem,) = validate(path)
    assert problem.rule == "state is one of final, initial, reviewed, translated"


def test_damaged_xliff_is_a_problem_and_not_an_error(tmp_path: Path) -> None:
    """What is no XML at all is said with the name of the format."""
    path = tmp_path / "p.xlf"
    path.write_text("<xliff", encoding="utf-8")
    assert "well-formed xliff" in validate(path)[0].rule


def test_the_table_names_every_format() -> None:
    """README's table has a line for each format, with all of its suffixes."""
    lines = table().splitlines()
    assert len(lines) == len(FORMATS) + 2
    assert len({line.count("|") for line in lines}) == 1
    for form, line in zip(FORMATS, lines[2:], strict=True):
        assert line.startswith(f"| `{form.name}` |")
        assert all(f"`{suffix}`" in line for suffix in form.suffixes)


def test_readme_has_the_table() -> None:
    """The table of formats in README is the registry's."""
    text = README.read_text(encoding="utf-8")
    inside = text.partition(MARKS[0])[2].partition(MARKS[1])[0]
    assert inside.strip() == table()


def test_a_message_lists_what_can_be_read(tmp_path: Path) -> None:
    """Whoever gives a file that cannot be read is told what can."""
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 8)
    from aligner.formats.documents import read_document

    with pytest.raises(FormatError) as caught:
        read_document(path)
    assert all(suffix in caught.value.hint for suffix in by_suffix("document_in"))
