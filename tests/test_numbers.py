"""Numbers by value in both languages: cases, equality across languages, laws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.lang.han_numerals import fold_numerals, han_value
from aligner.lang.numbers import find_numbers, number_values
from aligner.span import Lang

CASES = Path(__file__).parent / "cases"
HAN_DIGITS = "〇一二三四五六七八九"
PIECES = (
    "〇零一二两十百千万亿第年月个分之点、，（） 0１2.,%/①ⅣIVXmay one hundred and twenty-first"
    " third of July\n壹貳萬"
)


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _cases() -> list[Any]:
    return [
        pytest.param(
            row["text"],
            row["lang"],
            row["wanted"],
            id=f"{row['lang']}-{row['label']}",
            marks=[pytest.mark.xfail(strict=True)] if row["expect"] == "fail" else [],
        )
        for row in _rows("numbers.jsonl")
    ]


@pytest.mark.parametrize(("text", "lang", "wanted"), _cases())
def test_a_text_states_the_wanted_numbers(text: str, lang: Lang, wanted: list[float]) -> None:
    """Each case gives exactly the wanted values, in reading order."""
    assert number_values(text, lang) == tuple(wanted)


@pytest.mark.parametrize("row", _rows("numbers_pairs.jsonl"), ids=lambda row: row["label"])
def test_a_translation_states_equal_numbers(row: dict[str, str]) -> None:
    """A number and its rendering have the same float, whatever the unit they are written in."""
    zh, en = number_values(row["zh"], "zh"), number_values(row["en"], "en")
    assert zh
    assert sorted(zh) == sorted(en)


def _write_han(value: int) -> str:
    """Write a number below 10^12 the long way, 零 where places are missing."""
    text, zero = "", False
    groups = [(value // 10**8, "亿"), (value // 10**4 % 10**4, "万"), (value % 10**4, "")]
    for group, mark in groups:
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = group // unit % 10
            if digit:
                text += ("零" if zero and text else "") + HAN_DIGITS[digit] + name
            zero = not digit
        text += mark if group else ""
    return text


@given(st.integers(1, 10**12 - 1))
def test_a_number_written_in_han_numerals_is_read_back(value: int) -> None:
    """Writing a number in Han numerals and reading it gives the number."""
    assert han_value(_write_han(value)) == value


@given(st.integers(1000, 2999))
def test_a_year_written_place_by_place_is_read_back(year: int) -> None:
    """二〇二五 is 2025, for every year."""
    text = "".join(HAN_DIGITS[int(figure)] for figure in str(year)) + "年"
    assert number_values(text, "zh") == (float(year),)


@given(st.integers(0, 10**9), st.sampled_from(["zh", "en"]))
def test_figures_with_separators_are_read_back(value: int, lang: str) -> None:
    """25,000 is 25000 in both languages."""
    assert number_values(f" {value:,} ", cast("Lang", lang)) == (float(value),)


@given(st.text(alphabet=PIECES, max_size=60), st.sampled_from(["zh", "en"]))
def test_spans_are_in_order_and_inside_the_text(text: str, lang: str) -> None:
    """Numbers do not overlap, stay inside the text and are finite, whatever the text."""
    at = 0
    for number in find_numbers(text, cast("Lang", lang)):
        assert at <= number.span.start < number.span.stop <= len(text)
        assert 0 <= number.value < float("inf")
        at = number.span.stop


@given(st.text(max_size=60))
def test_folding_keeps_offsets(text: str) -> None:
    """The folded copy has a character for each character of the text."""
    assert len(fold_numerals(text)) == len(text)


def test_a_span_names_the_words_of_the_number() -> None:
    """The span covers the figures with their unit, and nothing else."""
    text = "收入3亿5000万元"
    assert [text[slice(*n.span)] for n in find_numbers(text, "zh")] == ["3亿5000万"]
    text = "about twenty-five million people"
    assert [text[slice(*n.span)] for n in find_numbers(text, "en")] == ["twenty-five million"]
