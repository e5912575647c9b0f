"""Numbers that do not agree: what is reported of a sentence and its translation, and what not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from case_files import load_cases
from hypothesis import given
from hypothesis import strategies as st
from test_check_pages import bitext

from aligner.check.checks.wrong_numbers import wrong_numbers
from aligner.lang.number_match import match_numbers
from aligner.terms.units import TextUnit, units

PIECES = "〇一二两十百千万亿成分之点半时年月日%‰倍多几每至个两1２.,:-(）"
PIECES += "元角毛分亩斤米度刻里翻番民国"
PIECES += "0afpm third dozen half past km US$ "


def of_pairs(*pairs: tuple[str, str]) -> list[TextUnit]:
    """Return sentence pairs as the units of one document."""
    return list(units(bitext(list(pairs))))


@pytest.mark.parametrize("case", load_cases("number_slips.jsonl"))
def test_a_number_that_is_wrong_is_told_and_another_way_of_saying_it_is_not(
    case: dict[str, Any],
) -> None:
    """Values, units, dates and currencies are held against each other."""
    assert (
        sorted({slip.kind for slip in match_numbers(case["zh"], case["en"]).slips})
        == (case["wanted"])
    )


@given(st.text(alphabet=PIECES, max_size=40), st.text(alphabet=PIECES, max_size=40))
def test_any_texts_can_be_matched(zh: str, en: str) -> None:
    """Whatever the texts, what is told of them lies in them."""
    for slip in match_numbers(zh, en).slips:
        for claim, text in ((slip.zh, zh), (slip.en, en)):
            assert claim is None or 0 <= claim.start <= claim.stop <= len(text)


def test_a_number_that_the_next_sentence_has_is_moved_and_not_lost() -> None:
    """What a translator says one sentence earlier or later is no omission."""
    lost = of_pairs(("去年发出47张许可证。", "Permits were issued last year."))
    assert [found.kind for found in wrong_numbers(lost)] == ["missing"]
    moved = of_pairs(
        ("去年发出47张许可证。", "Permits were issued last year."),
        ("其中多数为新证。", "Most of the 47 were new."),
    )
    assert not list(wrong_numbers(moved))


def test_a_link_that_is_likelier_wrong_is_left_alone() -> None:
    """Sentences that do not translate each other may say different numbers."""
    (unit,) = of_pairs(("共有47人。", "There were 58 of them."))
    assert list(wrong_numbers([unit]))
    assert not list(wrong_numbers([replace(unit, p=0.3)]))


def test_what_a_text_mostly_calls_its_currency_is_expected_everywhere() -> None:
    """元 is the yuan where a text renders it so three times; dollars are out of line then."""
    pairs = [(f"收入{n}万元。", f"Revenue was {n}0,000 yuan.") for n in (2, 3, 4)]
    text = of_pairs(*pairs, ("支出5万元。", "Spending was 50,000 US dollars."))
    assert [(found.kind, found.tgt) for found in wrong_numbers(text)] == [
        ("currency", "50,000 US dollars")
    ]
    in_hong_kong = of_pairs(("支出5萬元。", "Spending was 50,000 US dollars."))
    assert not list(wrong_numbers(in_hong_kong))


@pytest.mark.parametrize("price", ["80 dollars", "US$80", "HK$80", "$80"])
def test_the_yuan_is_no_dollar_in_simplified_characters(price: str) -> None:
    """The finding has the amount with its money on both sides; 美元 and traditional 元 pass."""
    sentence = f"Tickets cost {price} each."
    (found,) = wrong_numbers(of_pairs(("门票每张80元。", sentence)))
    assert (found.kind, found.src, found.tgt) == ("currency", "80元", price)
    assert "80元" in found.why
    assert not list(wrong_numbers(of_pairs(("門票每張80元。", sentence))))
    assert not list(wrong_numbers(of_pairs(("门票每张80美元。", "Tickets cost US$80 each."))))


@pytest.mark.parametrize("price", ["80 dollars", "HK$80", "$80"])
def test_a_document_that_leads_to_a_land_of_dollars_may_have_dollars(price: str) -> None:
    """Once 香港, 加拿大 or the like is named, 元 may be the money of that place."""
    for opening in ("展馆在香港岛上。", "他从加拿大寄来一封信。"):
        text = of_pairs((opening, "An opening."), ("门票每张80元。", f"Tickets cost {price}."))
        assert not list(wrong_numbers(text))


def test_a_text_on_china_that_has_dollars_throughout_is_told_throughout() -> None:
    """That all amounts are in dollars shows that 元 is a dollar, unless the text is on China."""
    pairs = [(f"每户补{n}0元。", f"Each household gets {n}0 dollars.") for n in (2, 3, 4)]
    assert not list(wrong_numbers(of_pairs(*pairs)))
    text = of_pairs(("这是广东省的规定。", "This is a rule of Guangdong."), *pairs)
    assert [found.kind for found in wrong_numbers(text)] == ["currency"] * 3


def test_a_finding_says_what_to_write_and_where() -> None:
    """The suggestion is the original's number in English; spans are of the documents."""
    text = of_pairs(
        ("第一行。", "Line one."), ("投资412万元。", "An investment of 41.2 million yuan.")
    )
    (found,) = wrong_numbers(text)
    assert (found.kind, found.severity, found.suggestion) == ("magnitude", "error", "4.12 million")
    assert (found.src, found.tgt) == ("412万", "41.2 million")
    assert found.src_span is not None
    assert found.src_span.start == len("第一行。\n投资")
