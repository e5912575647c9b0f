"""What is taken for a slip and what is a piece of something longer."""

import pytest

from aligner.check.judging.compounds import is_inside_compound
from aligner.wording.difference import Comparison, compare
from aligner.wording.names import is_title


@pytest.mark.parametrize(
    ("before", "dominant", "other", "wanted"),
    [
        ("β-", "virus", "betaviruses", True),
        ("，", "virus", "betavirus", False),  # nothing is joined to the term
        ("非", "structural steel", "nonstructural steel", True),
        ("", "structural steel", "nonstructural steel", False),  # the translator's own
        ("在", "national park", "international park", False),  # a prefix is a difference
        ("", "pilot zone", "pilot area", False),
        ("", "port", "airport", False),  # too short to be sure
        ("不", "harbour", "industry", False),  # a prefix alone is no negation
    ],
)
def test_a_piece_of_a_longer_word_is_no_slip(
    before: str, dominant: str, other: str, *, wanted: bool
) -> None:
    """A longer word that holds the dominant one; a negation only if Chinese has it too."""
    assert is_inside_compound(before, compare(dominant, other)) is wanted


def test_nothing_added_is_no_compound() -> None:
    """Words left out make no longer word."""
    assert not is_inside_compound("", Comparison("short form", ("pilot",), ()))


def test_a_title_has_two_capitals() -> None:
    """One capitalised word is a sentence's head, small words do not count."""
    assert is_title("Outline for the Pilot Zone")
    assert not is_title("Zone")
    assert not is_title("Pilot zone")
