"""Numbers that a translation says in another way, and those that it contradicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.corpus.filters import Filters, Sieve
from aligner.lang.claims import contradictions
from aligner.lang.claims_en import claims_en
from aligner.lang.claims_zh import claims_zh

CASES = Path(__file__).parent / "cases" / "claims.jsonl"
PIECES = (
    "〇一二两十百千万亿成分之点半时年月日%‰倍多几每至个两1２.,:-(）0afpm third dozen half past \n"
)


def rows() -> list[dict[str, Any]]:
    """Return the cases."""
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["label"])
def test_another_way_of_saying_it_is_no_contradiction(row: dict[str, str]) -> None:
    """One quantity in two ways is the same; another figure, unit or magnitude is not."""
    found = contradictions(claims_zh(row["zh"]), claims_en(row["en"]))
    assert bool(found) == (row["wanted"] == "differs"), [claim.text for claim in found]


@given(st.integers(2_101, 10**8), st.integers(0, 3), st.integers(1, 9))
def test_a_changed_figure_is_noticed(number: int, place: int, more: int) -> None:
    """Whatever the number, it is itself; with another figure, ten times it, or none, it is not."""
    zh = claims_zh(f"共有{number}件。")
    assert not contradictions(zh, claims_en(f"There are {number:,} items."))
    figures = str(number)
    changed = figures[:place] + str((int(figures[place]) + more) % 10) + figures[place + 1 :]
    for wrong in (f"{int(changed):,}", f"{number * 10:,}", "some"):
        assert contradictions(zh, claims_en(f"There are {wrong} items."))


@given(st.text(alphabet=PIECES, max_size=40), st.text(alphabet=PIECES, max_size=40))
def test_any_texts_can_be_compared(zh: str, en: str) -> None:
    """Whatever the texts, claims lie in them and values are numbers."""
    claims = [*claims_zh(zh), *claims_en(en)]
    assert all(0 <= claim.start <= claim.stop <= max(len(zh), len(en)) for claim in claims)
    contradictions(claims_zh(zh), claims_en(en))


def test_a_text_without_a_number_contradicts_none() -> None:
    """Small counts in words, and words that hold numerals, are no evidence."""
    assert not contradictions(claims_zh("三会一课制度"), claims_en("the system of meetings"))
    assert not contradictions(claims_zh("他们"), claims_en("the three of them"))


def test_the_filter_removes_what_contradicts_and_says_it() -> None:
    """`corpus export --numbers` keeps 下午十五时 beside 3 p.m., and names what is missing."""
    sieve = Sieve(Filters(numbers=True))
    kept = sieve.keep(
        pl.DataFrame(
            {
                "doc": ["d"] * 3,
                "src": ["下午十七时开门。", "共有640件。", "四十年"],
                "tgt": ["It opens at 5 p.m.", "There are 680.", "four decades"],
            }
        )
    )
    assert kept["src"].to_list() == ["下午十七时开门。", "四十年"]
    step = next(step for step in sieve.steps if step.name == "numbers")
    assert [example.why for example in step.examples] == ["not on the other side: 640, 680"]
