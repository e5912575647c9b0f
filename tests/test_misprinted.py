"""Misprinted renderings are found by their letters, whatever span was picked."""

from __future__ import annotations

import pytest
from stand_ins import make_looked

from aligner.span import Span
from aligner.terms.by_letters.misprinted import LETTERS_LIKELY, LETTERS_SURE, with_misprints
from aligner.terms.located import Looked, Seen
from aligner.wording.misprints import is_known, is_letter_apart, is_misprint

SENTENCES = (
    "The Harbour Library opened.",
    "The Harbour Library is small.",
    "People like the old Harbour Librray a lot.",
)


def looked(last: str, sentences: tuple[str, ...] = SENTENCES) -> Looked:
    """Return a term with two like places, and some words picked in the last sentence."""
    places = [{"u": n, "en": "Harbour Library"} for n in range(len(sentences) - 1)]
    places.append({"u": len(sentences) - 1, "en": last, "found": 0.4})
    units = [["先导区不大。", sentence] for sentence in sentences]
    return make_looked({"units": units, "terms": [{"key": "先导区", "places": places}]})


def last_place(given: Looked) -> Seen:
    """Return what is said of the last place after misprints are looked for."""
    seen = [place for group in given.terms[0].groups for place in group.places]
    seen.sort(key=lambda each: each.place.unit)
    return with_misprints([seen], given.units)[0][-1]


def test_the_misprinted_words_become_the_rendering() -> None:
    """The picked words lie elsewhere; the letters say what renders the term."""
    found = last_place(looked("People"))
    assert (found.text, found.span) == ("Harbour Librray", Span(20, 35))
    assert (found.found, found.p) == (LETTERS_SURE, LETTERS_LIKELY)


def test_words_that_are_words_are_left() -> None:
    """A rendering without a misprint is no business of this stage."""
    sentences = (*SENTENCES[:2], "People like the old Harbour Gallery a lot.")
    given = looked("People", sentences)
    assert last_place(given).text == "People"


def test_one_like_place_is_no_usual_wording() -> None:
    """With a single place nothing says what is meant."""
    assert last_place(looked("People", SENTENCES[1:])).text == "People"


def test_a_word_that_comes_back_is_no_misprint() -> None:
    """What stands in three sentences is a word of these texts."""
    named = tuple(f"{sentence} It says Librray." for sentence in SENTENCES[:2])
    sentences = (*named, SENTENCES[2])
    given = looked("People", sentences)
    assert last_place(given).text == "People"


@pytest.mark.parametrize(
    ("word", "usual", "wanted"),
    [
        ("Librray", "Library", True),
        ("harbor", "harbour", False),
        ("county", "country", False),
        ("Zahn'ao", "Zhan'ao", True),
        ("zones", "zone", False),
        ("Qyiao", "Qiyao", True),
        ("Qiyaao", "Qiyao", False),
    ],
)
def test_what_is_a_misprint(word: str, usual: str, *, wanted: bool) -> None:
    """Words of a lexicon are none, nor are two names that differ in a letter."""
    assert is_misprint(word, usual) is wanted


def test_both_spellings_are_words() -> None:
    """British, American, in the plural, and what only the dictionary's glosses have."""
    assert all(map(is_known, ("harbour", "harbor", "libraries", "county")))


@pytest.mark.parametrize(
    ("word", "usual", "wanted"),
    [
        ("bump", "pump", True),
        ("driers", "dryers", True),
        ("casual", "causal", True),
        ("pumps", "pump", False),  # a form
        ("band", "bank", False),  # the last letter
        ("micro", "macro", False),
        ("cap", "map", False),  # too short
        ("bumps", "pump", False),  # two slips
        ("pumq", "pump", False),  # no word
    ],
)
def test_two_words_a_letter_apart(word: str, usual: str, *, wanted: bool) -> None:
    """Both are words; the last letter and prefixes of opposite sense do not count."""
    assert is_letter_apart(word, usual) == wanted
