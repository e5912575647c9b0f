"""Term candidates of Chinese text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.lang.shadow import shadow
from aligner.span import Span
from aligner.terms.candidates import word_lists
from aligner.terms.candidates.choose import Candidate, find_candidates

ROOT = Path(__file__).parent.parent
CASES = [
    json.loads(line)
    for line in (ROOT / "tests/cases/candidates.jsonl").read_text(encoding="utf-8").splitlines()
]
SHORT = {"阿滿"}  # of the corpora; two characters, and nothing marks it as a name


def named(texts: list[str]) -> dict[str, Candidate]:
    """Return the candidates by their text."""
    return {found.text: found for found in find_candidates(texts)}


def params() -> list[object]:
    """Read the cases; those still wrong are expected to fail."""
    fails = pytest.mark.xfail(strict=True)
    return [
        pytest.param(case, id=case["label"], marks=[fails] if case["expect"] == "fail" else [])
        for case in CASES
    ]


@pytest.mark.parametrize("case", params())
def test_cases(case: dict[str, list[str]]) -> None:
    """What looks like a term is found, and what does not is not."""
    found = named(case["texts"])
    assert set(case["wanted"]) <= set(found)
    assert not set(case["unwanted"]) & set(found)


def planted(doc: str) -> dict[str, set[tuple[int, Span]]]:
    """Return the terms of a sample document with all their places that have a translation."""
    places: dict[str, set[tuple[int, Span]]] = {}
    for name in ("inconsistencies", "consistent"):
        for line in (ROOT / f"corpora/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["doc"] == doc and entry["term"] not in SHORT:
                own = places.setdefault(entry["term"], set())
                for key in ("occurrences", "dominant_occurrences"):
                    own |= {(o["src_id"], Span(*o["src_span"])) for o in entry.get(key, ())}
    return places


@pytest.mark.parametrize("doc", ["notice", "news", "regulation", "story"])
def test_planted_terms(doc: str) -> None:
    """Every term of the sample documents is found in every place."""
    texts = (ROOT / f"corpora/{doc}/{doc}.sent.zh").read_text(encoding="utf-8").splitlines()
    found = named(texts)
    for term, places in planted(doc).items():
        assert shadow(term).text in found, term
        have = {(place.text, place.span) for place in found[shadow(term).text].places}
        assert places <= have, term


def test_places_are_in_the_text_as_given() -> None:
    """Offsets count in the text itself, although the key is simplified."""
    texts = ["　推廣海水淡化裝置。", "…海水淡化裝置已經安裝。"]
    places = named(texts)["海水淡化装置"].places
    assert [texts[p.text][slice(*p.span)] for p in places] == ["海水淡化裝置"] * 2


def test_marks() -> None:
    """A candidate tells how the text marks it as a name."""
    texts = [
        "印发《渔港改造方案》，设立渔港先导区（以下简称先导区）。",
        "渔港改造方案规定，先导区实行“一窗通办”。",
        "“一窗通办”从今年开始。",
    ]
    found = named(texts)
    assert (found["渔港改造方案"].title, found["渔港改造方案"].quoted) == (True, True)
    assert (found["一窗通办"].title, found["一窗通办"].quoted) == (False, True)
    assert found["先导区"].defined
    assert not found["渔港改造方案"].defined


def test_crosses() -> None:
    """A place inside a longer compound is told from one where the term stands whole."""
    texts = ["港口物流回升。", "海洋港口物流基地开工。", "港口物流的价格。", "港口物流基地投产。"]
    found = named(texts)["港口物流"]
    assert [place.crosses for place in found.places] == [False, True, False, True]
    assert found.crosses == 2


def test_nested() -> None:
    """A candidate names the longer one that holds it wherever it stands."""
    texts = ["支持沿海物流示范区。", "沿海物流示范区挂牌。"]
    found = named(texts)
    assert found["沿海物流示范区"].nested == ""
    assert found["物流示范区"].nested == "沿海物流示范区"
    assert named([*texts, "其他物流示范区"])["物流示范区"].nested == ""


def test_head() -> None:
    """The head of a candidate is its last word."""
    assert named(["海水淡化设备到港。", "安装海水淡化设备。"])["海水淡化设备"].head == "设备"


def test_min_count() -> None:
    """A higher least count leaves out what is rarer."""
    texts = ["修建海水淡化厂。"] * 3 + ["修建污水处理厂。"] * 2
    found = {candidate.text for candidate in find_candidates(texts, min_count=3)}
    assert "海水淡化厂" in found
    assert "污水处理厂" not in found


def test_generic_words_are_no_candidates() -> None:
    """A generic word is none, however often it stands."""
    words = sorted(word_lists.GENERIC)
    texts = [f"{word}。" for word in words] * 3
    assert not set(named(texts)) & word_lists.GENERIC


def test_nothing() -> None:
    """No text, no candidate."""
    assert find_candidates([]) == []
    assert find_candidates(["", " ", "...", "only English here, only English here"]) == []


_WORDS = (
    "海洋 港口 设备 建设 的 和 在 《 》 “ ” （ ） ， 。 示范区 绿色 5G LNG 推广 使用 １２ 以下简称 "
    "某 渔 ㎡ … 可 持续 发展 · 第 一 条"
)


@given(st.lists(st.lists(st.sampled_from(_WORDS.split()), max_size=12).map("".join), max_size=6))
def test_law_of_places(texts: list[str]) -> None:
    """A candidate stands in each of its places, in order, at least twice; nothing is twice."""
    found = find_candidates(texts)
    assert len({candidate.text for candidate in found}) == len(found)
    for candidate in found:
        spans = [(place.text, place.span) for place in candidate.places]
        assert len(spans) >= 2
        assert spans == sorted(set(spans))
        for number, span in spans:
            assert shadow(texts[number][slice(*span)]).text == candidate.text
    assert find_candidates(texts) == found
