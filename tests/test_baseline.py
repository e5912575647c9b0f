"""Accepted findings: matched up to form, kept with their reasons, and readable by people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.check.baseline.accepted import Accepted, Baseline, apply, merged, unused
from aligner.check.baseline.baseline_file import read_baseline, write_baseline
from aligner.errors import AlignerError, FormatError, ReadError, SettingError
from aligner.findings import Finding
from aligner.span import Span

FINDING = Finding(
    doc="notice",
    term="试点区",
    rendering="trial area",
    expected="pilot zone",
    difference="substitution",
    severity="warning",
    why="-pilot -zone +trial +area",
    bead=3,
    src_ids=(3,),
    tgt_ids=(4,),
    src_span=Span(10, 13),
    tgt_span=Span(40, 50),
    p=0.8,
)
ENTRY = Accepted("试点区", "trial area", "so in the annex")


@pytest.mark.parametrize(
    ("change", "covered"),
    [
        ({}, True),
        ({"rendering": "Trial Areas"}, True),
        ({"rendering": "trial-area"}, True),
        ({"rendering": "the trial area"}, True),
        ({"term": "試點區"}, True),
        ({"rendering": "trial zone"}, False),
        ({"rendering": "area of trial"}, False),
        ({"term": "试验区"}, False),
    ],
)
def test_an_entry_holds_for_its_group(change: dict[str, str], covered: bool) -> None:  # noqa: FBT001
    """Form and script make no difference, words, order and prepositions do."""
    finding = replace(FINDING, **change)  # type: ignore[arg-type]
    (found,) = apply([finding], Baseline((ENTRY,)))
    assert found == replace(finding, accepted="so in the annex" if covered else None)


def test_prepositions_make_another_group() -> None:
    """What was accepted with `of` is still reported with `for`."""
    entry = replace(ENTRY, rendering="Zone of Trade")
    found = apply([replace(FINDING, rendering="zone for trade")], Baseline((entry,)))
    assert found[0].accepted is None


def test_an_entry_can_be_limited() -> None:
    """To a bitext by its id, or to a rendering letter by letter."""
    for entry, covered in (
        (replace(ENTRY, doc="notice"), True),
        (replace(ENTRY, doc="story"), False),
        (replace(ENTRY, by="text"), True),
        (replace(ENTRY, by="text", rendering="Trial Area"), False),
    ):
        assert entry.covers(FINDING) is covered


def test_a_rendering_may_be_kept_in_one_sentence() -> None:
    """An entry of a term that names a sentence holds there alone, in either script."""
    here = replace(FINDING, sentence="试点区 分为三片。")
    elsewhere = replace(FINDING, sentence="试点区另有规定。", bead=9)
    entry = replace(ENTRY, sentence="試點區分為三片。")
    found = apply([here, elsewhere, FINDING], Baseline((entry,)))
    assert [one.accepted for one in found] == ["so in the annex", None, None]
    assert all(replace(ENTRY, sentence="").covers(one) for one in (here, elsewhere))
    both = merged([here, elsewhere], Baseline((entry,)))
    assert sorted((one.sentence, one.count) for one in both) == [("", 1), ("試點區分為三片。", 1)]


def test_the_first_entry_gives_the_reason() -> None:
    """Where two entries cover a finding the first one's reason is shown, and both are used."""
    baseline = Baseline((ENTRY, replace(ENTRY, rendering="trial areas", reason="other")))
    assert apply([FINDING], baseline)[0].accepted == "so in the annex"
    assert unused(baseline, [FINDING]) == ()


def test_entries_that_match_nothing_are_known() -> None:
    """What covers no finding any more can be deleted."""
    stale = replace(ENTRY, rendering="test field")
    assert unused(Baseline((stale, ENTRY)), [FINDING]) == (stale,)


@pytest.mark.parametrize("name", ["b.toml", "b.jsonl"])
def test_writing_keeps_reasons_and_adds_what_is_new(tmp_path: Path, name: str) -> None:
    """Old entries stay with their reasons; new ones say that there is none; all are counted."""
    stale = replace(ENTRY, rendering="test field", reason="of 2019", doc="story", by="text")
    findings = [
        FINDING,
        replace(FINDING, doc="story", rendering="Trial Area"),
        replace(FINDING, rendering="test area"),
        replace(FINDING, rendering="Test Areas"),
    ]
    path = write_baseline(findings, tmp_path / name, old=Baseline((stale, ENTRY)))
    read = read_baseline(path)
    assert [(e.rendering, e.reason, e.count) for e in read.entries] == [
        ("test area", "kept as it is, no reason given", 2),
        ("test field", "of 2019", 0),
        ("trial area", "so in the annex", 2),
    ]
    assert read.entries[1] == stale
    assert all(found.accepted for found in apply(findings, read))
    again = write_baseline(reversed(findings), tmp_path / f"again-{name}", old=read)
    assert again.read_bytes() == path.read_bytes()


def test_the_file_says_how_to_edit_it(tmp_path: Path) -> None:
    """The TOML begins with a comment, and has one block an entry, as people would write it."""
    text = write_baseline([FINDING], tmp_path / "b.toml").read_text("utf-8")
    head, _, rest = text.partition("\n\n")
    assert all(line.startswith("#") and line == line.rstrip() for line in head.splitlines())
    assert rest == (
        '[[accepted]]\nterm = "试点区"\nrendering = "trial area"\n'
        'reason = "kept as it is, no reason given"\ncount = 1\n'
    )


def test_an_edited_file_is_read(tmp_path: Path) -> None:
    """Written by hand, with a mark, Windows line ends and without counts, it is read."""
    path = tmp_path / "b.toml"
    text = (
        "# ours\r\n[[accepted]]\r\nterm = '试点区'\r\nrendering = 'trial area'\r\nreason = 'x'\r\n"
    )
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_baseline(path).entries == (replace(ENTRY, reason="x"),)


GOOD = '[[accepted]]\nterm = "a"\nrendering = "b"\nreason = "c"\n'


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("b.toml", "[[accepted]]\nterm = 试点区\n", r"is not TOML: .*line 2"),
        (
            "b.toml",
            GOOD + "\n[[accepted]]\nterm = 'a'\nreason = 'c'\n",
            "entry 2, line 6: no rendering",
        ),
        ("b.toml", GOOD.replace('"c"', '" "'), "entry 1, line 1: reason is empty"),
        ("b.toml", GOOD + "reson = 'x'\n", "entry 1, line 1: unknown reson"),
        ("b.toml", GOOD + "by = 'me'\n", "entry 1, line 1: by is"),
        ("b.toml", GOOD + "doc = 3\n", "entry 1, line 1: doc is 3"),
        ("b.toml", GOOD.replace("accepted", "accept"), "accept: only entries under"),
        ("b.toml", "accepted = [1]", "entry 1: is not an entry"),
        ("b.toml", "x = " + "[" * 5000, "is not TOML"),
        ("b.jsonl", '\n{"term": "a", "rendering": "b", "reason": "c"\n', "line 2: is not JSON"),
        ("b.jsonl", '{"term": "a", "rendering": "b"}\n', "line 1: no reason"),
        ("b.jsonl", "[1]\n", "line 1: is not an entry"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, name: str, text: str, error: str) -> None:
    """The error names the file, the place and what to do."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=error) as caught:
        read_baseline(path)
    assert str(caught.value).startswith(str(path))
    assert caught.value.hint


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """A missing file, bytes that are no UTF-8 and another suffix are errors with advice."""
    (tmp_path / "b.toml").write_bytes("# 试".encode("gb18030"))
    (tmp_path / "d.toml").mkdir()
    wanted: dict[str, type[AlignerError]] = {
        "no.toml": ReadError, "no.xlsx": ReadError,
        "d.toml": ReadError, "b.toml": FormatError, "b.yaml": SettingError,
    }  # fmt: skip
    for name, kind in wanted.items():
        with pytest.raises(kind, match=name) as caught:
            read_baseline(tmp_path / name)
        assert caught.value.hint
    with pytest.raises(SettingError) as caught:
        read_baseline(tmp_path / "report.csv")
    assert "Save" in str(caught.value.hint)
    with pytest.raises(SettingError):
        write_baseline([], tmp_path / "b.yaml")


TEXTS = st.text(min_size=1, max_size=12).filter(str.strip)
ENTRIES = st.builds(
    Accepted,
    term=TEXTS,
    rendering=TEXTS,
    reason=TEXTS,
    doc=st.text(max_size=5),
    by=st.sampled_from(["group", "text"]),
)


@settings(max_examples=60)
@given(entries=st.lists(ENTRIES, max_size=4), name=st.sampled_from(["b.toml", "b.jsonl"]))
def test_what_is_written_is_read(entries: list[Accepted], name: str) -> None:
    """Whatever the texts, the entries come back, sorted and each once."""
    with TemporaryDirectory() as folder:
        path = write_baseline([], Path(folder) / name, old=Baseline(tuple(entries)))
        assert read_baseline(path).entries == merged([], Baseline(tuple(entries)))


@settings(max_examples=60)
@given(raw=st.binary(max_size=40), name=st.sampled_from(["b.toml", "b.jsonl"]))
def test_any_bytes_give_a_baseline_or_an_error(raw: bytes, name: str) -> None:
    """Whatever the bytes, no other exception escapes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            assert isinstance(read_baseline(path), Baseline)
        except AlignerError as error:
            assert str(error).startswith(str(path))  # noqa: PT017 - either outcome is right
