"""What is said of remarks that were left out."""

from __future__ import annotations

import pytest

from aligner.check.against.glossary_verdicts import not_rendered
from aligner.findings import Terms
from aligner.glossary.entries import Entry, Target
from aligner.report.terminal_table import withheld


def results(sensitivity: str, count: int) -> Terms:
    """Return the results of a check against a glossary."""
    signature = f"aligner; sensitivity={sensitivity}"
    return Terms((), (), (), 1.0, signature, checks=("glossary",), withheld=count)


@pytest.mark.parametrize(
    ("sensitivity", "count", "said"),
    [
        ("quiet", 0, []),
        ("quiet", 1, ["1 remark is left out: --sensitivity high shows it"]),
        ("quiet", 3, ["3 remarks are left out: --sensitivity high shows them"]),
        ("high", 0, []),
    ],
)
def test_remarks_are_said_to_be_left_out_if_some_were(
    sensitivity: str, count: int, said: list[str]
) -> None:
    """Nobody is sent to look for remarks that there are none of."""
    assert withheld(results(sensitivity, count)) == said


def test_what_was_not_found_is_told_in_whole_sentences() -> None:
    """Each ends with its mark, so that another language can have its own."""
    entry = Entry("闸门", (Target("gate"),))
    assert not_rendered(entry, "闸门").why.endswith("no words for 闸门 were found here.")
    assert not_rendered(entry, "闸门", times=4).why.endswith("here, nor at 3 other places.")
