"""The targets of a glossary in English text: in every form, and in no other wording."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.findings import Status
from aligner.formats.glossaries import Entry, Target
from aligner.terms.targets import accepts, find_targets

CASES = Path(__file__).parent / "cases" / "glossary_english.jsonl"


def load() -> list[Any]:
    """Return the cases, those that we still get wrong as strict xfail."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=pytest.mark.xfail(strict=True) if case["expect"] == "fail" else (),
        )
        for case in cases
    ]


def entry(*targets: str, status: Status = "preferred") -> Entry:
    """Return an entry with these targets."""
    return Entry("某词", tuple(Target(text, status) for text in targets))


@pytest.mark.parametrize("case", load())
def test_targets_are_found(case: dict[str, Any]) -> None:
    """Each target stands where it should, and where it does it is accepted."""
    value = entry(*case["targets"])
    found = find_targets(case["input"], value)
    texts = [case["input"][slice(*span)] for span, _ in found]
    assert [[t, target.text] for t, (_, target) in zip(texts, found, strict=True)] == case["wanted"]
    assert [accepts(value, text) for text in texts] == [target for _, target in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pilot Zones", "pilot zone"),
        ("the pilot zone", "pilot zone"),
        ("pilot area", None),
        ("zone", None),
        ("of", None),
        ("", None),
    ],
)
def test_a_rendering_is_accepted(text: str, wanted: str | None) -> None:
    """A rendering is a target if it differs in form alone."""
    found = accepts(entry("pilot zone"), text)
    assert (found.text if found else None) == wanted


def test_of_equal_forms_the_best_status_counts() -> None:
    """A forbidden plural does not spoil the preferred singular, unless it is written just so."""
    value = Entry("某词", (Target("pilot areas", "forbidden"), Target("pilot area")))
    for text, status in (("Pilot area", "preferred"), ("pilot areas", "forbidden")):
        found = accepts(value, text)
        assert found is not None
        assert found.status == status
    third = accepts(value, "pilot-area")
    assert third is not None
    assert third.status == "preferred"


PIECES = st.sampled_from(
    ["pilot", "zone", "Zones", "of", "the", "No.", "5", "(MA)", "(", ")", "day-care", "I", "U.S.",
     "R&D", ",", ".", "-", "’s", "é", "中", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join))
def test_places_are_in_order_and_apart(text: str) -> None:
    """Whatever the text, places are inside it and do not overlap, and each is accepted."""
    value = entry("pilot zone", "zone", "No. 5", "day care zone", "U.S. zone")
    found = find_targets(text, value)
    assert all(a.stop <= b.start for (a, _), (b, _) in pairwise(found))
    for span, _ in found:
        assert 0 <= span.start < span.stop <= len(text)
        assert accepts(value, text[slice(*span)]) is not None
