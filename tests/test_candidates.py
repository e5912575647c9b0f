"""Term candidates of Chinese text with its translation."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import cases, letters, make_units

from aligner.encode.spans import SpanEncoder
from aligner.lang.shadow import shadow
from aligner.lexicon import load_lexicon
from aligner.terms.candidates.choose import (
    Candidate,
    FlatSpot,
    find_candidates,
    without_pieces,
)
from aligner.terms.candidates.flat_words import flat_words
from aligner.terms.candidates.marked import Mark, marks_of
from aligner.terms.candidates.repeated_runs import LONGEST, MOST_WORDS, SHORTEST, repeated_runs
from aligner.terms.linked import link_units

ROOT = Path(__file__).parent.parent
Pairs = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def encoder() -> SpanEncoder:
    """The encoder of spans, loaded once."""
    return SpanEncoder(threads=1)


def find(pairs: Pairs, encoder: SpanEncoder, *, min_count: int = 2) -> dict[str, Candidate]:
    """Return the candidates of sentence pairs by their text."""
    units = make_units(pairs)
    linked = link_units(units, encoder)
    found = find_candidates([unit.src for unit in units], linked, min_count=min_count)
    return {candidate.text: candidate for candidate in found}


def runs_of(texts: Sequence[str], *, min_count: int = 2) -> set[str]:
    """Return the repeated runs of some texts."""
    words = flat_words(texts, load_lexicon())
    return set(repeated_runs(words, min_count=min_count).texts(words))


@pytest.mark.parametrize("case", cases("candidates.jsonl", rule="runs"))
def test_runs(case: dict[str, list[str]]) -> None:
    """Repeated runs of words are found, and no piece of a word is one."""
    found = runs_of(case["texts"])
    assert set(case["wanted"]) <= found
    assert not set(case["unwanted"]) & found


@pytest.mark.parametrize("case", cases("candidates.jsonl", rule="marked"))
def test_marks(case: dict[str, list[str]]) -> None:
    """What the text marks as a name is found, and speech is not."""
    found = marks_of(case["texts"], flat_words(case["texts"], load_lexicon()))
    assert set(case["wanted"]) <= set(found)
    assert not set(case["unwanted"]) & set(found)


@pytest.mark.parametrize("case", cases("candidates.jsonl", rule="found"))
def test_candidates(case: dict[str, list[list[str]]], encoder: SpanEncoder) -> None:
    """Terms are found by their company in both languages, and clause pieces are not."""
    found = find(case["pairs"], encoder)
    assert {str(text) for text in case["wanted"]} <= set(found)
    assert not {str(text) for text in case["unwanted"]} & set(found)


def sample(doc: str) -> list[tuple[str, str]]:
    """Return a sample document, one pair for each of its links."""
    folder = ROOT / f"corpora/{doc}"
    zh, en = (
        (folder / f"{doc}.sent.{lang}").read_text(encoding="utf-8").splitlines()
        for lang in ("zh", "en")
    )
    pairs = []
    for line in (folder / f"{doc}.sent.align").read_text(encoding="utf-8").splitlines():
        src, tgt = (json.loads(part) for part in line.split(":")[:2])
        pairs.append(("".join(zh[n] for n in src), " ".join(en[n] for n in tgt)))
    return pairs


def planted(doc: str) -> set[str]:
    """Return the planted terms of a sample document that stand at least twice."""
    found = set()
    for name in ("inconsistencies", "consistent"):
        for line in (ROOT / f"corpora/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["doc"] == doc:
                found.add(shadow(entry["term"]).text)
    return found


@pytest.mark.parametrize("doc", ["notice", "news", "regulation", "story"])
def test_planted_terms(doc: str, encoder: SpanEncoder) -> None:
    """Nearly every planted term of the sample documents is a candidate."""
    pairs = sample(doc)
    terms, found = planted(doc), find(pairs, encoder)
    missed = {term for term in terms if term not in found}
    assert len(missed) <= len(terms) // 10, missed


def test_places_are_in_the_text_as_given(encoder: SpanEncoder) -> None:
    """Offsets count in the text itself, although the key is simplified."""
    texts = ["　推廣海水淡化裝置。", "…海水淡化裝置已經安裝。"]
    english = ["Promote seawater desalination units.", "Desalination units are installed."]
    pairs = list(zip(texts, english, strict=True))
    units = make_units(pairs)
    places = find(pairs, encoder)["海水淡化装置"].places
    assert [units[p.text].src[slice(*p.span)] for p in places] == ["海水淡化裝置"] * 2


MARKED = [
    ["印发《渔港改造方案》，设立渔港先导区（以下简称先导区）。", "The Plan; the pilot zone."],
    ["渔港改造方案规定，先导区实行“一窗通办”。", "The zone has one window for all."],
    ["“一窗通办”从今年开始。", "One window for all begins this year."],
]


def test_how_a_candidate_is_marked(encoder: SpanEncoder) -> None:
    """A candidate tells how the text marks it as a name."""
    found = find(MARKED, encoder)
    assert (found["渔港改造方案"].title, found["渔港改造方案"].quoted) == (True, True)
    assert (found["一窗通办"].title, found["一窗通办"].quoted) == (False, True)
    assert found["先导区"].defined
    assert not found["渔港改造方案"].defined


LINES = [
    ["不适用", "Not applicable"],
    ["系泊费按天计算。", "Mooring fees are charged by the day."],
    ["不适用", "N/A"],
]


def test_a_whole_text_that_stands_twice_is_a_candidate(encoder: SpanEncoder) -> None:
    """A heading or cell that is repeated is looked at, whatever its words."""
    assert [place.text for place in find(LINES, encoder)["不适用"].places] == [0, 2]


def test_a_piece_of_longer_names_is_no_candidate() -> None:
    """A run that crosses an edge inside longer candidates nearly everywhere is left out."""
    holders = [FlatSpot(start, start + 6, crosses=False) for start in (0, 10, 20, 30)]
    pieces = [FlatSpot(start + 2, start + 5, crosses=True) for start in (0, 10, 20, 30)]
    own = [spot._replace(crosses=False) for spot in pieces]
    free = [*pieces[:3], FlatSpot(42, 45, crosses=True)]  # nothing longer covers the last
    spots = {"海上巡逻条例": holders, "巡逻条": pieces}
    assert set(without_pieces(spots, {})) == {"海上巡逻条例"}
    assert set(without_pieces(spots, {"巡逻条": Mark(quoted=True)})) == set(spots)
    assert set(without_pieces({**spots, "巡逻条": own}, {})) == set(spots)
    assert set(without_pieces({**spots, "巡逻条": free}, {})) == set(spots)


NESTED = [
    ["支持沿海物流示范区。", "Support the coastal logistics demonstration zone."],
    ["沿海物流示范区挂牌。", "The coastal logistics demonstration zone opened."],
    ["“物流示范区”与“物流示范区”。", "“Logistics demonstration zone” twice."],
    ["“沿海物流示范区”", "“Coastal logistics demonstration zone”"],
]


def test_a_place_names_the_longer_candidate_that_covers_it(encoder: SpanEncoder) -> None:
    """What is inside a longer candidate says so place by place."""
    found = find(NESTED, encoder)
    inside = [place.inside for place in found["物流示范区"].places]
    assert inside == ["沿海物流示范区"] * 2 + [""] * 2 + ["沿海物流示范区"]
    assert found["物流示范区"].nested == ""
    assert {place.inside for place in found["沿海物流示范区"].places} == {""}
    assert find([*NESTED[:2], *NESTED[:2], *NESTED[3:]], encoder)["沿海物流示范区"].nested == ""


PREFIXED = [
    ["“现场检查”每年一次。", "On-site inspections take place once a year."],
    ["银行接受“现场检查”。", "Banks undergo on-site inspections."],
    ["非现场检查按月进行。", "Off-site inspections are made each month."],
]


def test_a_negated_place_is_no_place(encoder: SpanEncoder) -> None:
    """非现场检查 is another term than 现场检查."""
    assert [place.text for place in find(PREFIXED, encoder)["现场检查"].places] == [0, 1]


def test_min_count(encoder: SpanEncoder) -> None:
    """A higher least count leaves out what is rarer."""
    pairs = [["修建海水淡化厂。", "Build a desalination plant."]] * 3
    pairs += [["修建污水处理厂。", "Build a sewage works."]] * 2
    found = find(pairs, encoder, min_count=3)
    assert "污水处理厂" not in found
    assert all(len(candidate.places) >= 3 for candidate in found.values())


def test_nothing() -> None:
    """No text, no candidate; and an English side alone gives none."""
    assert find([], letters()) == {}
    assert find([["", "only English here"], ["…", "..."]], letters()) == {}


def test_without_a_translation(encoder: SpanEncoder) -> None:
    """Texts without a partner are counted, and break nothing."""
    found = find([["海水淡化厂投产。", ""], ["海水淡化厂扩建。", ""]], encoder)
    assert all(len(candidate.places) >= 2 for candidate in found.values())


_WORDS = (
    "海洋 港口 设备 建设 的 和 在 《 》 “ ” （ ） ， 。 示范区 绿色 5G LNG 推广 使用 １２ 以下简称 "
    "某 渔 ㎡ … 可 持续 发展 · 第 一 条 非 最"
)
TEXTS = st.lists(st.lists(st.sampled_from(_WORDS.split()), max_size=12).map("".join), max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_law_of_places(texts: list[str]) -> None:
    """A candidate stands in each of its places, in order, at least twice; nothing is twice."""
    pairs = [[text, "The port has green equipment."] for text in texts if text]
    units = make_units(pairs)
    linked = link_units(units, letters())
    found = find_candidates([unit.src for unit in units], linked)
    assert len({candidate.text for candidate in found}) == len(found)
    for candidate in found:
        spans = [(place.text, place.span) for place in candidate.places]
        assert len(spans) >= 2
        assert spans == sorted(set(spans))
        for number, span in spans:
            assert shadow(units[number].src[slice(*span)]).text == candidate.text
    assert find_candidates([unit.src for unit in units], linked) == found


@given(TEXTS)
def test_runs_are_those_that_a_search_finds(texts: list[str]) -> None:
    """Runs by hash are those of a plain search over all stretches."""
    words = flat_words(texts, load_lexicon())
    found = repeated_runs(words)
    places = {(words.text[a:b], int(a)) for a, b in zip(found.start, found.stop, strict=True)}
    wanted: dict[str, list[int]] = {}
    whole: set[str] = set()
    for start in range(len(words.text)):
        for stop in range(start + SHORTEST, min(start + LONGEST, len(words.text)) + 1):
            first, last = words.at[start], words.at[stop - 1]
            if min(first, last) < 0 or words.inside[start] or words.inside[stop]:
                continue
            text = words.text[start:stop]
            wanted.setdefault(text, []).append(start)
            if (
                (words.start[first], words.stop[last]) == (start, stop)
                and last - first < MOST_WORDS
                and not words.parted[first + 1 : last + 1].any()
                and not words.barred[[first, last]].any()
            ):
                whole.add(text)
    assert places == {
        (text, at)
        for text, starts in wanted.items()
        if len(starts) > 1 and text in whole
        for at in starts
    }
    assert np.all(np.diff(found.first) >= 2)
