"""The docstring of each check over units is its page, and its example is what it finds."""

import re

import pytest
from test_check_pages import WANTED
from test_omissions import one_sided

from aligner.check.known_checks import KNOWN_CHECKS, load_unit_checks, pages
from aligner.check.noticed import Noticed
from aligner.terms.units import units

PAIR = re.compile(r"^    ([^|\n]*?) ?\|(?: ([^|\n]+))?$", re.MULTILINE)  # a side may be empty
CHECKS = [name for name, check in KNOWN_CHECKS.items() if not check.of_terms]


def found(name: str, pairs: list[tuple[str, str]]) -> list[Noticed]:
    """Return what a check finds in sentence pairs of one document."""
    (check,) = load_unit_checks(name)
    return list(check(list(units(one_sided(pairs)))))


def as_line(each: Noticed) -> str:
    """Return what was noticed as the pages write it."""
    places = [f"‘{words}’" for words in (each.src, each.tgt) if words] or ["‘’"]
    return f"{', '.join(places)} ({each.kind}, {each.severity})"


@pytest.mark.parametrize("name", CHECKS)
def test_the_example_of_a_page_is_what_the_check_finds(name: str) -> None:
    """The example's sentence pairs give the findings below them, and no others."""
    (page,) = pages(name)
    wanted = WANTED.findall(page)
    assert wanted
    assert [as_line(each) for each in found(name, PAIR.findall(page))] == wanted
