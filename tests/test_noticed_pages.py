"""The docstring of each check over units is its page, and its example is what it finds."""

import importlib
import inspect
import re

import pytest
from test_check_pages import PARTS, WANTED
from test_omissions import one_sided

from aligner.check.noticed import Noticed
from aligner.terms.units import units

CHECKS = {
    "wrong_numbers": "wrong_numbers",
    "references": "references",
    "leftovers": "leftovers",
    "form": "form",
    "omissions": "omissions",
    "segments": "segments",
    "spelt_names": "names",
}
PAIR = re.compile(r"^    ([^|\n]*?) ?\|(?: ([^|\n]+))?$", re.MULTILINE)  # a side may be empty


def page(name: str) -> str:
    """Return the page of a check."""
    return inspect.getdoc(importlib.import_module(f"aligner.check.checks.{name}")) or ""


def found(name: str, pairs: list[tuple[str, str]]) -> list[Noticed]:
    """Return what a check finds in sentence pairs of one document."""
    module = importlib.import_module(f"aligner.check.checks.{name}")
    return list(getattr(module, CHECKS[name])(list(units(one_sided(pairs)))))


def as_line(each: Noticed) -> str:
    """Return what was noticed as the pages write it."""
    places = [f"‘{words}’" for words in (each.src, each.tgt) if words] or ["‘’"]
    return f"{', '.join(places)} ({each.kind}, {each.severity})"


@pytest.mark.parametrize("name", CHECKS)
def test_the_example_of_a_page_is_what_the_check_finds(name: str) -> None:
    """The example's sentence pairs give the findings below them, and no others."""
    wanted = WANTED.findall(page(name))
    assert wanted
    assert [as_line(each) for each in found(name, PAIR.findall(page(name)))] == wanted


@pytest.mark.parametrize("name", CHECKS)
def test_a_page_says_what_why_and_how_to_switch_it_off(name: str) -> None:
    """Each page begins with one sentence, and has its four parts in order."""
    text = page(name)
    first, *_ = text.split("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    places = [text.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)
