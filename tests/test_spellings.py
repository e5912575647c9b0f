"""British and American spelling in one document: what is told, in which direction, what not."""

from __future__ import annotations

import pytest
from test_check_pages import bitext

from aligner.check.noticed import HABIT
from aligner.check.spelt.two_spellings import spellings
from aligner.terms.units import units
from aligner.wording.varieties import spelling

TWO_WAYS, MIXED = "word spelt in two ways", "mixed spelling"
AMERICAN = ("The color of the harbor is gray.", "Our neighbors walked to the theater.")
BRITISH = ("The colour of the harbour is grey.", "Our neighbours walked to the theatre.")


def told(*sentences: str) -> list[tuple[str, str, str]]:
    """Return kind, words and suggestion of what is told of a translation."""
    pairs = [("句子", sentence) for sentence in sentences]
    found = spellings(list(units(bitext(pairs))))
    return [(each.kind, each.tgt, each.suggestion) for each in found]


@pytest.mark.parametrize(
    ("common", "rare", "suggested"),
    [
        ("colour", "colors", "colours"),
        ("gray", "grey", "gray"),
        ("diarrhoea", "diarrhea", "diarrhoea"),
        ("centre", "center", "centre"),
        ("authorized", "authorised", "authorized"),
        ("organisation", "organized", "organised"),
        ("programmes", "program", "programme"),
        ("catalog", "catalogue", "catalog"),
        ("modelling", "modeling", "modelling"),
        ("digitalized", "digitalising", "digitalizing"),
        ("fuelled", "fueled", "fuelled"),
        ("enrolment", "enrollment", "enrolment"),
        ("per cent", "percent", "per cent"),
    ],
)
def test_the_rarer_spelling_of_a_word_is_told(common: str, rare: str, suggested: str) -> None:
    """Whatever its form, and whether or not a table has it; the commoner one is suggested."""
    sentences = [f"They saw the {common}.", f"Here is a {rare} again.", f"The {common} did well."]
    if rare == "digitalising":  # a word of no table needs the same form
        sentences += ["Here is digitalizing twice.", "And digitalizing again."]
    assert told(*sentences) == [(TWO_WAYS, rare, suggested)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("licence", "license"),
        ("practice", "practise"),
        ("tyre", "tire"),
        ("filled", "filed"),
        ("exercise", "size"),
        ("prise", "prize"),
        ("tonnes", "tons"),
        ("analyses", "analyzes"),
    ],
)
def test_two_words_are_not_one_in_two_spellings(one: str, other: str) -> None:
    """Where one of the two is another word too, nothing is known."""
    assert not told(f"They saw the {one}.", f"Here is a {other} again.", f"The {one} did well.")


def test_a_name_is_spelt_as_its_owner_spells_it() -> None:
    """A capital letter in a sentence is that of a name, at its beginning it may be none."""
    assert not told(
        "She sang at the Rowan Center.", "The centre is old.", "In the centre it rains."
    )
    assert not told("The Labour leader spoke.", "Labour is losing its hold.", "A labor union met.")
    assert told("Colour is all.", "Its color fades.", "We like color here.") == [
        (TWO_WAYS, "Colour", "Color")
    ]


def test_what_british_english_spells_so_too_is_left_alone() -> None:
    """A computer program and a gas meter are no programme and no metre."""
    assert not told("The software is a program.", "A training programme began.")
    assert not told("A gas meter broke.", "It is 20 metres long.", "It is 5 metres high.")
    assert told("It is 10 meters long.", "It is 20 metres long.", "It is 5 metres high.") == [
        (TWO_WAYS, "meters", "metres")
    ]


def test_few_words_of_the_other_variety_are_remarks() -> None:
    """Five words show what a document is; four, or one word five times, do not."""
    assert told(*AMERICAN, "He was honoured.") == [(MIXED, "honoured", "honored")]
    assert told(*BRITISH, "He was honored.") == [(MIXED, "honored", "honoured")]
    assert not told("The colour of the harbour is grey.", "He was honored.")
    assert not told(*(f"Room {n} has a colour." for n in range(6)), "He was honored.")


def test_oxford_spelling_is_british() -> None:
    """-ize stands beside colour, but -ise does not beside color."""
    assert not told(*BRITISH, "They organized it.", "She apologized.")
    assert told(*AMERICAN, "They organised it.") == [(MIXED, "organised", "organized")]


def test_a_tie_goes_to_the_variety_of_the_document() -> None:
    """Once each way: what the other words show decides, or else the first."""
    assert told("A canceled tour.", "The centre is near.", "The center is near.") == [
        (TWO_WAYS, "centre", "center")
    ]
    assert told("The centre is near.", "The center is near.") == [(TWO_WAYS, "center", "centre")]


def test_a_habit_is_told_once() -> None:
    """A word that is spelt in both ways very often is one finding with the numbers."""
    rare = [f"Room {n} has a color." for n in range(HABIT + 1)]
    common = [f"Hall {n} has a colour." for n in range(HABIT + 5)]
    assert told(*rare, *common) == [(TWO_WAYS, "color", "colour")]


def test_the_tables_agree_with_themselves() -> None:
    """Each spelling leads to the other one and back, to one and the same word."""
    for word in ("colours", "analysing", "catalogued", "skilful", "kilometre", "travelled"):
        one = spelling(word, ())
        assert one is not None
        back = spelling(one.other, ())
        assert back is not None
        assert (back.other, back.word, back.american) == (word, one.word, True)
