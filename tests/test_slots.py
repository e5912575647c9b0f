"""Which words of two renderings differ, in which slot; letters and names."""

from __future__ import annotations

import pytest

from aligner.span import Span
from aligner.wording.content_words import content_key
from aligner.wording.difference import compare
from aligner.wording.letter_a import letters_a
from aligner.wording.names import is_title, name_change
from aligner.wording.phrase import Phrase, phrase_at
from aligner.wording.slot import change_of


def read(text: str, before: str = "They have ", after: str = " here.") -> Phrase:
    """Return a phrase as it stands in a plain sentence."""
    return phrase_at(f"{before}{text}{after}", Span(len(before), len(before) + len(text)))


@pytest.mark.parametrize(
    ("dominant", "other", "one_for_one", "same_compound"),
    [
        ("the pilot zone", "the pilot area", True, False),
        ("testing kits", "test kits", False, True),
        ("personal protective equipment", "personal protection equipment", False, True),
        ("the free zone", "the trial zone", False, True),
        ("the zone of trade", "the area of trade", True, False),
        ("the pilot zone", "the large test area", False, False),
        ("vaccines", "received vaccines", False, False),
    ],
)
def test_a_slot_is_what_differs_between_the_same_words(
    dominant: str, other: str, *, one_for_one: bool, same_compound: bool
) -> None:
    """One word for one of its class, or another modifier of one head noun."""
    found = change_of(read(dominant), read(other))
    assert (found.is_one_for_one, found.same_compound) == (one_for_one, same_compound)


@pytest.mark.parametrize(
    ("dominant", "other", "another", "form"),
    [
        ("a free zone", "a trial zone", True, False),
        ("test kits", "testing kits", False, True),
        ("a pilot zone", "a pilot area", False, False),  # the head
        ("virtual banks", "virtual banking", False, False),
        ("a free zone", "a big trial zone", False, False),  # more than one
        ("kits", "testing kits", False, False),
        ("test kits", "kits for testing", False, False),
    ],
)
def test_a_modifier_of_the_same_head_is_another_one_or_another_form(
    dominant: str, other: str, *, another: bool, form: bool
) -> None:
    """All other words are the same, the head among them."""
    found = change_of(read(dominant), read(other))
    assert (found.is_other_modifier, found.is_form_of_modifier) == (another, form)


def test_words_that_are_left_over_are_paired_by_what_they_share() -> None:
    """The same word elsewhere, a form of a verb, a word of one root; the rest is exchanged."""
    found = change_of(read("the zone of trade"), read("the trade zone"))
    assert (found.kept, found.moved, found.removed, found.added) == (2, 1, (), ())
    found = change_of(read("allocate funds", "They "), read("allocates funds", "He "))
    assert [(a.surface, b.surface) for a, b in found.inflected] == [("allocate", "allocates")]
    found = change_of(read("industrial zones"), read("industry areas"))
    assert [(a.surface, b.surface) for a, b in found.derived] == [("industrial", "industry")]
    assert [word.surface for word in (*found.removed, *found.added)] == ["zones", "areas"]


def test_the_head_stands_before_the_first_preposition() -> None:
    """What follows of, for or by only says more of it."""
    heads = [read(text).head_word for text in ("the free zone for goods", "a pilot zone")]
    assert [head.surface for head in heads if head] == ["zone", "zone"]
    assert phrase_at("", Span(0, 0)).head_word is None


@pytest.mark.parametrize(
    ("one", "other", "spelling"),
    [
        ("Chen Guangmo", "Chen Guangno", True),
        ("Tarnovia", "Tarnvia", True),
        ("Mr Velmo", "Mr Velmos", False),  # a family
        ("Turkey", "Turkish", False),  # words of the lexicon
        ("Velmora", "Duskwick", False),  # another name
        ("velmora", "velmoora", False),  # no name
    ],
)
def test_a_misspelt_name_has_most_letters_of_the_right_one(
    one: str, other: str, *, spelling: bool
) -> None:
    """Both are capitalised and in no lexicon, and differ in more than an ending."""
    assert (change_of(read(one), read(other)).misspelling >= 0.75) == spelling


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Party A pays the rent", [6]),
        ("hepatitis A virus", [10]),
        ("vitamin A", [8]),
        ("Grade A beef", [6]),
        ("A shares rose", [0]),
        ("an A-share company", [3]),
        ("between A and B", [8]),
        ("the “A” mark", [5]),
        ("It belongs to Tenant A.", [21]),
        ("(“Tenant A.”) It pays.", [9]),
        ("Tenant A. The rent is due.", [7]),
        ("Clara A. Quill signed", []),
        ("at 9 A.M. sharp", []),
        ("A. General rules", []),
        ("A tenant pays", []),
        ("It pays. A sports club opened", []),
        ("Building A Community", []),
        ("A series of shares", []),
        ("THIS IS A TITLE", []),
        ("a share of it", []),
    ],
)
def test_a_capital_a_is_a_letter_or_an_article(text: str, wanted: list[int]) -> None:
    """The words around it tell which."""
    assert sorted(letters_a(text)) == wanted


def test_the_letter_a_is_content() -> None:
    """Two parties are not one, however their text announces them."""
    assert content_key("Party A") == ("party", "a")
    assert content_key("a party") == ("party",)
    assert compare("Party A", "Party B", announced=("Party A", "Party B")).difference == (
        "substitution"
    )
    assert compare("A-shares", "A shares").difference == "form"


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        ("Harbour Operations Office", "Harbour Operation Office", True),
        ("Centre for Tides", "Center for Tides", True),
        ("Red Fleet and Dock Festival", "Red Fleet Dock Festival", True),
        ("Risk & Dock Unit", "Risk and Dock Unit", True),
        ("Pilot Accelerator Scheme", "Pilot Acceleration Scheme", True),
        ("Harbour Office", "the harbour office", False),
        ("Harbour Office", "Harbour Offices", False),
        ("Harbour Office", "HO", False),  # an acronym is no spelling
        ("Harbour Office", "Coast Guard", False),  # nor is another name
    ],
)
def test_a_name_has_one_spelling(one: str, other: str, *, changed: bool) -> None:
    """What grammar does not ask for makes a difference there."""
    assert bool(name_change(one, other)) == changed


def test_a_name_is_capitalised() -> None:
    """Small words inside may be small."""
    assert is_title("Bureau of the Coast")
    assert not is_title("Bureau")
