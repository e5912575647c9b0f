"""Scores of alignments: hand-counted cases, laws, and an independent program."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import scoring
from aligner.bitext import Alignment, Bead
from aligner.errors import AlignerError, AlignmentError, FormatError, ReadError, SettingError
from aligner.formats.bitexts import read_bitext
from aligner.formats.outputs import write_bitext
from aligner.span import Span

HERE = Path(__file__).parent
CASES = [
    json.loads(line)
    for line in (HERE / "cases" / "scoring.jsonl").read_text(encoding="utf-8").splitlines()
]
SHARED = HERE.parents[1] / "shared"
REFERENCE = SHARED / "eval" / "score_alignment.py"
PARAGRAPH_REFERENCE = SHARED / "eval" / "score_paragraphs.py"

sides = st.lists(st.integers(0, 9), max_size=3).map(lambda side: tuple(sorted(set(side))))
links = st.lists(
    st.builds(scoring.Link, sides, sides).filter(lambda link: link.src or link.tgt), max_size=12
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_scores_by_hand(case: dict[str, Any]) -> None:
    """Precision, recall and F1 of small alignments are as counted by hand."""
    counts = scoring.count(scoring.parse_align(case["gold"]), scoring.parse_align(case["test"]))
    for name, score in scoring.scores(counts).items():
        assert score == pytest.approx(case[name], abs=5e-5), name


@given(links)
def test_gold_against_itself_is_perfect(gold: list[scoring.Link]) -> None:
    """Any alignment with a link scores 1 against itself, in every convention."""
    scores = scoring.scores(scoring.count(gold, gold))
    wanted = {
        name: 1.0 if any(not link.is_null for link in gold) else 0.0 for name in scoring.CONVENTIONS
    }
    wanted["all-links"] = 1.0 if gold else 0.0
    assert {name: score.f1 for name, score in scores.items()} == wanted


@given(st.tuples(links, links), st.tuples(links, links))
def test_counts_add_up(
    first: tuple[list[scoring.Link], list[scoring.Link]],
    second: tuple[list[scoring.Link], list[scoring.Link]],
) -> None:
    """The sum of two documents' counts is that of the kinds, and order means nothing."""
    one, two = scoring.count(*first), scoring.count(*second)
    assert one + two == two + one
    both = one + two
    assert both.total.hit == sum(kind.hit for kind in both.kinds.values())
    assert both.total.gold - both.non_null.gold == both.kinds["null"].gold


def test_reused_sentences_are_counted() -> None:
    """A sentence in two links makes the alignment unsound, and is counted."""
    test = scoring.parse_align("[0]:[0]\n[0,1]:[1]\n[2]:[1]\n")
    assert scoring.count(test, test).reused == 2


@pytest.mark.parametrize(
    "line", ["0:0", "[0]", "[0]-[0]", "[0]:[a]", "[-1]:[0]", "[0]:[0] 0.9", "{0}:{0}"]
)
def test_a_bad_line_is_named(line: str) -> None:
    """The error names the file, the line's number and shows the line."""
    with pytest.raises(FormatError, match=r"x\.align:3: not a link") as caught:
        scoring.parse_align(f"[0]:[0]\n\n{line}\n", name="x.align")
    assert line in str(caught.value)
    assert "[0,1]:[0]" in caught.value.hint


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file and one that is not UTF-8 are named errors."""
    with pytest.raises(ReadError, match=r"none\.align"):
        scoring.read_align(tmp_path / "none.align")
    (tmp_path / "bad.align").write_bytes(b"[0]:[0]\n\xb5\n")
    with pytest.raises(ReadError, match="byte 0xb5 at offset 8"):
        scoring.read_align(tmp_path / "bad.align")


def test_files_of_other_systems(tmp_path: Path) -> None:
    """A byte-order mark and CRLF line ends are no part of the links."""
    (tmp_path / "a.align").write_bytes(b"\xef\xbb\xbf[0]:[0]:0.5\r\n[1]:[]\r\n")
    first, second = scoring.read_align(tmp_path / "a.align")
    assert (first.src, first.tgt, first.p) == ((0,), (0,), 0.5)
    assert second.is_null
    assert second.p is None


def test_folders_are_paired_by_path(tmp_path: Path) -> None:
    """Documents are paired by their path below the folder, and their counts added."""
    for folder, second in (("gold", "[0]:[0]\n"), ("test", "[0]:[]\n[]:[0]\n")):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "a.align").write_text("[0]:[0]\n")
        (tmp_path / folder / "deep" / "b.align").write_text(second)
    (tmp_path / "test" / "extra.align").write_text("[0]:[0]\n")
    result = scoring.evaluate(tmp_path / "gold", tmp_path / "test")
    assert [document.name for document in result.documents] == ["a", "deep/b"]
    assert [document.scores["non-null"].f1 for document in result.documents] == [1.0, 0.0]
    assert result.scores["non-null"] == pytest.approx((1.0, 0.5, 2 / 3))
    assert result.calibration is None


@pytest.mark.parametrize(
    ("gold", "test", "error", "says"),
    [
        ("gold", "gold/a.align", SettingError, "one is a folder"),
        ("gold", "none", ReadError, "no such file or folder"),
        ("empty", "gold", ReadError, r"no \*\.align files"),
        ("gold", "empty", ReadError, "1 of 1 documents are missing, first a.align"),
    ],
)
def test_what_cannot_be_paired(
    gold: str, test: str, error: type[AlignerError], says: str, tmp_path: Path
) -> None:
    """Missing files, empty folders and a file against a folder are named errors."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "gold" / "a.align").write_text("[0]:[0]\n")
    with pytest.raises(error, match=says):
        scoring.evaluate(tmp_path / gold, tmp_path / test)


def test_units_are_joined(tmp_path: Path) -> None:
    """Neighbours inside one verse become one link, as sure as the least sure of them."""
    (tmp_path / "gold.align").write_text("[0,1]:[0,1]\n[2]:[2]\n")
    (tmp_path / "gold.zh.verse").write_text("1:1\n1:1\n1:2\n")
    (tmp_path / "gold.en.verse").write_text("1:1\n1:1\n1:2\n")
    (tmp_path / "test.align").write_text("[0]:[0]:0.9\n[1]:[1]:0.75\n[2]:[2]:0.5\n")
    gold, test = tmp_path / "gold.align", tmp_path / "test.align"
    assert scoring.evaluate(gold, test).scores["non-null"].p == pytest.approx(1 / 3)
    merged = scoring.evaluate(gold, test, merge_units=True)
    assert merged.scores["non-null"].f1 == 1.0
    assert merged.calibration is not None
    assert merged.calibration.ece == pytest.approx((0.25 + 0.5) / 2)


def test_units_that_do_not_fit(tmp_path: Path) -> None:
    """Gold without units, and a sentence without one, are named errors."""
    (tmp_path / "gold.align").write_text("[0]:[0]\n[1]:[1]\n")
    with pytest.raises(ReadError, match=r"no gold\.zh\.verse or gold\.zh\.unit"):
        scoring.evaluate(tmp_path / "gold.align", tmp_path / "gold.align", merge_units=True)
    (tmp_path / "gold.zh.unit").write_text("a\nb\n")
    (tmp_path / "gold.en.unit").write_text("a\n")
    with pytest.raises(AlignmentError, match="en sentence 1, but only 1"):
        scoring.evaluate(tmp_path / "gold.align", tmp_path / "gold.align", merge_units=True)


def test_links_of_an_alignment() -> None:
    """Beads become links of the same sentences and probability."""
    beads = (Bead(Span(0, 2), Span(0, 1), 0.75), Bead(Span(2, 3), Span(1, 1), 0.5))
    first, second = scoring.links_of(Alignment(beads, 3, 1))
    assert (first.src, first.tgt, first.p) == ((0, 1), (0,), 0.75)
    assert second == scoring.Link((2,), ())


def test_calibration_is_weighted_by_bin_size() -> None:
    """Three sure and right links and an unsure wrong one: the mean distance, by links."""
    gold = scoring.parse_align("[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[]\n")
    test = scoring.parse_align("[0]:[0]:1\n[1]:[1]:0.95\n[2]:[2]:0.9\n[3]:[3]:0.25\n[]:[4]:0.1\n")
    result = scoring.calibration(gold, test)
    assert (result.size, result.bins[9].size, result.bins[2].size) == (4, 3, 1)
    assert result.ece == pytest.approx((3 * 0.05 + 0.25) / 4)
    with pytest.raises(SettingError, match="no probability"):
        scoring.calibration(gold, gold)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())), st.integers(1, 20))
def test_every_probability_has_a_bin(judged: list[tuple[float, bool]], bins: int) -> None:
    """All probabilities from 0 to 1 are counted, and the error is from 0 to 1."""
    result = scoring.calibrate(judged, bins=bins)
    assert result.size == len(judged)
    assert 0.0 <= result.ece <= 1.0 + 1e-9


def test_paragraphs() -> None:
    """A link over a border spoils both of its blocks and counts as one wrong item."""
    gold = scoring.parse_align("[0]:[0]\n[1]:[1]\n[2]:[2]\n")
    test = scoring.parse_align("[0]:[0]\n[1,2]:[1]\n[3]:[2]\n")
    counts = scoring.count_paragraphs(gold, test, [0, 0, 1, 2], [0, 1, 2])
    assert (counts.links, counts.kept, counts.found, counts.right) == (3, 2, 3, 1)
    assert counts.respect == pytest.approx(2 / 3)
    assert (counts + counts).score.f1 == pytest.approx(1 / 3)
    with pytest.raises(AlignmentError, match="only 4 zh and 3 en"):
        scoring.count_paragraphs(gold, scoring.parse_align("[4]:[0]"), [0, 0, 1, 2], [0, 1, 2])


def spoil(gold: tuple[scoring.Link, ...], rng: random.Random) -> list[scoring.Link]:
    """Return an alignment with typical faults: joined, torn, dropped links, lost partners."""
    spoiled: list[scoring.Link] = []
    for link in gold:
        luck = rng.random()
        if luck < 0.1 and spoiled:
            last = spoiled.pop()
            src, tgt = {*last.src, *link.src}, {*last.tgt, *link.tgt}
            spoiled.append(scoring.Link(tuple(sorted(src)), tuple(sorted(tgt))))
        elif luck < 0.2:
            spoiled += [scoring.Link((i,), ()) for i in link.src]
            spoiled += [scoring.Link((), (j,)) for j in link.tgt]
        elif luck < 0.25 and len(link.tgt) > 1:
            spoiled += [scoring.Link(link.src, link.tgt[:1]), scoring.Link((), link.tgt[1:])]
        elif luck < 0.97:
            spoiled.append(link)
    return spoiled


def write_align(links: list[scoring.Link], path: Path) -> None:
    """Write links as the outputs do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{list(link.src)}:{list(link.tgt)}\n" for link in links))


def gold_sets() -> list[Path]:
    """Return the folders with gold alignments beside this checkout, if there are any."""
    return sorted({path.parent for path in (SHARED / "gold").glob("*/*.align")})


@pytest.mark.skipif(not REFERENCE.exists(), reason="needs the gold sets beside the checkout")
@pytest.mark.parametrize("folder", gold_sets(), ids=lambda folder: folder.name)
def test_agrees_with_the_reference(folder: Path, tmp_path: Path) -> None:
    """On every gold set, spoiled at random, an independent scorer gives the same figures."""
    rng = random.Random(7)  # noqa: S311 - faults, not secrets
    for gold in sorted(folder.glob("*.align")):
        write_align(spoil(scoring.read_align(gold), rng), tmp_path / gold.name)
    units = [[], ["--merge-units"]] if any(folder.glob("*.zh.*")) else [[]]
    for options in units:
        command = [sys.executable, str(REFERENCE), str(folder), str(tmp_path), "--json", *options]
        wanted = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        got = scoring.evaluate(folder, tmp_path, merge_units=bool(options))
        names = ("non-null strict", "all-links strict", "vecalign strict", "vecalign lax")
        for name, score in zip(names, got.scores.values(), strict=True):
            assert score._asdict() == pytest.approx(wanted["scores"][name]), (name, options)
        recall = {k: n.recall for k, n in got.total.kinds.items() if n.recall is not None}
        assert recall == pytest.approx(wanted["recall_by_bead"])


@pytest.mark.skipif(not PARAGRAPH_REFERENCE.exists(), reason="needs the gold sets")
def test_paragraphs_agree_with_the_reference(tmp_path: Path) -> None:
    """Random links between random pieces of paragraphs: the reference's figures come out."""
    rng = random.Random(11)  # noqa: S311 - faults, not secrets
    counts = scoring.ParagraphCounts()
    for name in ("a", "b", "c"):
        gold = [scoring.Link((i,), (i,)) for i in range(30)] + [scoring.Link((), (30,))]
        sizes = {"zh": 30, "en": 31}
        places = {
            side: sorted([*range(size), *rng.choices(range(size), k=40)])
            for side, size in sizes.items()
        }
        ends = [min(map(len, places.values()))] * 2
        test = [scoring.Link((i,), (i,)) for i in range(ends[0])]
        test = spoil(tuple(test), rng)
        write_align(gold, tmp_path / "gold" / f"{name}.align")
        write_align(test, tmp_path / "test" / f"{name}.align")
        for side, place in places.items():
            unit_file = tmp_path / "test" / f"{name}.{side}.unit"
            unit_file.write_text("".join(f"{paragraph}\n" for paragraph in place))
        counts += scoring.count_paragraphs(gold, test, places["zh"], places["en"])
    folders = [str(tmp_path / "gold"), str(tmp_path / "test")]
    command = [sys.executable, str(PARAGRAPH_REFERENCE), *folders]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert f"border respect   links {counts.respect:.4f}" in printed
    p, r, f1 = counts.score
    assert f"paragraph F1     P {p:.4f}  R {r:.4f}  F1 {f1:.4f}" in printed


GOLD_WITH_BLANKS = "[0]:[0]\n[2]:[1,3]\n[3,4]:[4]\n"
WITHOUT = "[0]:[0]:0.9\n[1]:[1,2]:0.8\n[2,3]:[3]:0.9\n"


def evaluated(
    folder: Path, gold: str, test: str, *, zh: str = "", en: str = ""
) -> scoring.Evaluation:
    """Score two files with these links, and texts beside the test if there are any."""
    for name, text in (("g.align", gold), ("t.align", test), ("t.zh", zh), ("t.en", en)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return scoring.evaluate(folder / "g.align", folder / "t.align")


def test_blank_lines_that_one_file_counts_are_set_aside(tmp_path: Path) -> None:
    """With the texts beside the links the score is right, and the user is told."""
    zh, en = "甲。\n\n乙。\n丙。\n丁。\n", "A.\nB.\n\nC.\nD.\n"
    result = evaluated(tmp_path, GOLD_WITH_BLANKS, WITHOUT, zh=zh, en=en)
    assert result.scores["all-links"].f1 == 1.0
    assert len(result.notes) == 2
    assert "g.align: its Chinese numbers count the blank lines of" in result.notes[0]
    other = evaluated(tmp_path, WITHOUT, GOLD_WITH_BLANKS, zh=zh, en=en)
    assert other.scores["all-links"].f1 == 1.0
    assert "t.align: its Chinese numbers" in other.notes[0]
    both = evaluated(tmp_path, GOLD_WITH_BLANKS, GOLD_WITH_BLANKS, zh=zh, en=en)
    assert (both.scores["all-links"].f1, both.notes) == (1.0, ())


def test_numbers_that_may_count_blank_lines_are_warned_of(tmp_path: Path) -> None:
    """Where the numbers do not settle it, the score stays and the user is told what to look at."""
    zh, en = "甲。\n\n乙。\n丙。\n丁。\n", "A.\n\nB.\nC.\nD.\n"
    gold, test = "[0]:[0]\n[2]:[2]\n[3]:[3]\n", "[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n"
    assert evaluated(tmp_path, gold, test, zh=zh, en=en).notes == ()
    notes = evaluated(tmp_path, gold, "[0]:[0]\n[1]:[1]\n[2]:[2]\n[]:[3]\n", zh=zh, en=en).notes
    assert "g.align: would fit better if its numbers count blank lines" in notes[0]


def test_numbers_of_other_lines_are_warned_of(tmp_path: Path) -> None:
    """Without the texts, another number of sentences is told with what to do."""
    notes = evaluated(tmp_path, GOLD_WITH_BLANKS, WITHOUT).notes
    assert "ends at Chinese sentence 3, the gold at 4" in notes[0]
    assert "as --pre-split does" in notes[0]


def test_links_counted_from_one_are_warned_of(tmp_path: Path) -> None:
    """Where moving every number by one makes the test fit, that is said."""
    gold = "".join(f"[{n}]:[{n}]\n" for n in range(6))
    from_one = "".join(f"[{n}]:[{n}]\n" for n in range(1, 7))
    (note,) = evaluated(tmp_path, gold, from_one).notes
    assert "would fit with its Chinese numbers -1 and its English ones -1" in note


def test_sound_numbers_give_no_warning(tmp_path: Path) -> None:
    """Gold without null links and a poor but whole test are no reason to doubt."""
    assert not evaluated(tmp_path, "[0]:[0]\n[1]:[1]\n", "[0]:[0]\n[1]:[1]\n[2]:[2]\n").notes
    assert not evaluated(tmp_path, "[0]:[0]\n[1]:[1]\n", "[0,1]:[0,1]\n").notes


@pytest.mark.parametrize("suffix", ["tmx", "xlf", "jsonl", "tsv", "xlsx", "parquet"])
def test_a_bitext_of_ours_is_scored_like_its_links(tmp_path: Path, suffix: str) -> None:
    """Whatever its format, by the numbers that it gives, also where units were taken out."""
    gold = HERE.parent / "corpora/news/news.sent.align"
    bitext = read_bitext(gold)
    (path, *_others) = write_bitext(bitext, tmp_path / f"a.{suffix}")
    assert scoring.evaluate(gold, path).total == scoring.evaluate(gold, gold).total
    assert scoring.evaluate(path, gold).scores["all-links"].f1 == 1.0
    if suffix == "jsonl":
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[5:]), "utf-8")
        assert scoring.evaluate(gold, path).scores["all-links"].p == 1.0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "zh,en\n雨停了。,The rain stopped.\n", "a.csv: does not say which sentences"),
        (
            "a.jsonl",
            "".join(
                f'{{"doc": "{doc}", "src": "雨", "tgt": "rain", "src_ids": [0], "tgt_ids": [0]}}\n'
                for doc in "xy"
            ),
            "a.jsonl: holds more than one document: x and y",
        ),
    ],
)
def test_a_bitext_without_such_numbers_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """The file is named, and what is needed."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.align").write_text("[0]:[0]\n", encoding="utf-8")
    with pytest.raises(SettingError, match=message) as caught:
        scoring.evaluate(tmp_path / "a.align", tmp_path / name)
    assert ".align" in caught.value.hint
