"""Units: what a term is looked for in, and the way back into the user's own text."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.encode.spans import SpanEncoder, char_places
from aligner.encode.use import UseEncoder
from aligner.segment import segment
from aligner.span import Span
from aligner.terms.locate.word_flags import ACRONYM, BREAK, FUNCTION, JOINED, flags
from aligner.terms.units import english_words, units, word_key
from aligner.terms.wanted import in_title


@pytest.fixture(scope="module")
def encoder() -> SpanEncoder:
    """The encoder of spans, loaded once."""
    return SpanEncoder(threads=1)


def bitext(zh: str, en: str) -> Bitext:
    """Return two texts as one bead."""
    src_doc, tgt_doc = (Document(name, t, (Span(0, len(t)),)) for name, t in (("z", zh), ("e", en)))
    src, tgt = segment(src_doc, "zh"), segment(tgt_doc, "en")
    alignment = Alignment((Bead(Span(0, len(src)), Span(0, len(tgt)), 1.0),), len(src), len(tgt))
    return Bitext("pair", src_doc, tgt_doc, src, tgt, alignment)


@given(st.text("发展改革，。 \n\u3000a", min_size=1).filter(str.strip))
def test_every_character_of_a_unit_leads_to_itself(text: str) -> None:
    """A character of the one-line text that is no blank stands at its place in the document."""
    text = text.strip()
    pair = bitext(text, "x")
    for unit in units(pair):
        for at, character in enumerate(unit.src):
            if not character.isspace():
                assert pair.src_doc.text[unit.src_char[at]] == character


def test_a_hard_wrap_inside_a_term_is_part_of_its_place() -> None:
    """The span of a term that is broken over two lines covers the line end."""
    line = "我们将在全省范围内继续推进绿色航运示范区建设并加强绿色航"
    pair = bitext(f"{line}\n运的监督管理工作，确保各项任务落实到位。", "We go on.")
    unit = next(units(pair))
    at = unit.src.index("绿色航运的")
    span = unit.src_span(Span(at, at + 4))
    assert pair.src_doc.text[slice(*span)] == "绿色航\n运"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the U.S. economy", ["the", "U.S.", "economy"]),
        ("day-care centres", ["day", "care", "centres"]),
        ("Hong Kong's R&D", ["Hong", "Kong", "R&D"]),
        ("don’t pay 4.5% by the 3rd", ["don’t", "pay", "4.5", "%", "by", "the", "3rd"]),
        ("", []),
    ],
)
def test_english_words(text: str, wanted: list[str]) -> None:
    """Hyphens divide words, a possessive is no part of one, numbers and acronyms are whole."""
    assert list(english_words(text).words) == wanted


def test_what_stands_between_words_is_flagged() -> None:
    """Sentence ends, hyphens, function words and acronyms are seen; US is no pronoun."""
    found = flags(english_words("The US acts. Self-made zones of it"))
    words = english_words("The US acts. Self-made zones of it").words
    by_word = dict(zip(words, found, strict=True))
    assert by_word["The"] & FUNCTION
    assert by_word["of"] & FUNCTION
    assert by_word["US"] & ACRONYM
    assert not by_word["US"] & FUNCTION
    assert by_word["Self"] & BREAK
    assert by_word["made"] & JOINED


def test_words_count_by_their_stem() -> None:
    """Case, number and dots make no difference."""
    assert word_key("Zones") == word_key("zone")
    assert word_key("U.S.") == word_key("US")


def test_a_title_is_a_place_inside_marks() -> None:
    """Inside 《》 or quotation marks is a title, between two of them is none."""
    text = "《行动方案》和《意见》"
    assert in_title(text, Span(1, 5))
    assert not in_title(text, Span(6, 7))


def test_a_whole_text_has_the_vector_of_the_encoder(encoder: SpanEncoder) -> None:
    """The stretch that is all of a text has the vector that the aligner's encoder gives it."""
    texts = ["深圳建设先行示范区。", "A pilot zone (ＧＤＰ 5％) was set up.", "x"]
    one, other = encoder.encode(texts), UseEncoder(threads=1).encode(texts)
    assert np.einsum("ij,ij->i", one, other).min() > 0.998


def test_a_stretch_is_like_the_text_it_holds(encoder: SpanEncoder) -> None:
    """The vector of a phrase in its sentence is close to that of the phrase alone."""
    text = "The ministry will build a pilot demonstration zone in the south."
    phrase = "pilot demonstration zone"
    at = text.index(phrase)
    inside = encoder.side([text]).vectors(
        np.array([0]), np.array([at]), np.array([at + len(phrase)])
    )
    alone = encoder.encode([phrase, "south"])
    assert float(inside[0] @ alone[0]) > 0.8 > float(inside[0] @ alone[1])


def test_a_rest_and_a_stretch_are_apart(encoder: SpanEncoder) -> None:
    """What is left of a sentence is like the sentence without the stretch."""
    text = "Ships are clean and schools are free."
    at = text.index(" and")
    rest = encoder.side([text]).rests(np.array([0]), np.array([at]), np.array([len(text)]))
    like = encoder.encode(["Ships are clean", "schools are free"])
    assert float(rest[0] @ like[0]) > float(rest[0] @ like[1])


@given(st.lists(st.integers(0, 3), max_size=12))
def test_places_in_tokens_rise(widths: list[int]) -> None:
    """A later character never stands before an earlier one, and the last place is the end."""
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
    offsets = list(pairwise(edges))
    places = char_places(offsets, edges[-1])
    assert (np.diff(places) >= 0).all()
    if edges[-1]:  # a text without characters has no end of its own
        assert places[-1] == len(offsets)


def test_segments_of_a_bead_are_joined_as_an_output_shows_them() -> None:
    """Chinese sentences stand side by side, English ones with a blank between."""
    zh, en = "今天晴。明天雨。", "Fine today. Rain tomorrow."
    unit = next(units(bitext(zh, en)))
    assert (unit.src, unit.tgt) == (zh, en)
    segments = (Segment("en", 0, Span(0, 11), en[:11]), Segment("en", 0, Span(12, 26), en[12:]))
    assert len(unit.tgt_char) == sum(len(s.text) for s in segments) + 1


def test_no_phrase_goes_through_a_menu() -> None:
    """User Center > Identity are two steps; a rendering has one of them."""
    found = flags(english_words("User Center > Identity"))
    assert [bool(bits & BREAK) for bits in found] == [False, False, True]
