"""Planted slips: only the chosen words change, offsets stay right, a seed gives one result."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.span import Span
from aligner.terms.units import units, word_key
from helpers import slips
from helpers.edit import Change, change
from helpers.slip_wordings import content_words, paraphrases, same_article, word_swaps
from helpers.slips import Slip, plant, settled_terms

TABLES = Path(slips.__file__).parent

TERMS = {
    "风险管理": "risk management",
    "劳工市场": "labour market",
    "公众教育": "public education",
    "消费者保障": "consumer protection",
}
SENTENCES = (
    ("我们今年很重视{}。", "This year we care much about {}."),
    ("{}有了新的进展。", "There is news of {}, and it is good."),
    ("报告第三章谈{}。", "Chapter three of the report\nspeaks of {}."),
    ("{}是本局的工作。", "Our bureau works on {} every day."),
    ("他写了一本谈{}的书。", "He wrote a book on {}."),
)
PAIRS = [(zh.format(term), en.format(TERMS[term])) for term in TERMS for zh, en in SENTENCES]
DICTIONARY = {term: frozenset((rendering,)) for term, rendering in TERMS.items()}


def side(name: str, sentences: list[str]) -> tuple[Document, tuple[Segment, ...]]:
    """Return a document with one sentence a paragraph, and its segments."""
    starts = accumulate((len(text) + 2 for text in sentences), initial=0)
    spans = [Span(at, at + len(text)) for at, text in zip(starts, sentences, strict=False)]
    segments = tuple(
        Segment(name, number, span, text.replace("\n", " "))
        for number, (span, text) in enumerate(zip(spans, sentences, strict=True))
    )
    return Document(name, "\n\n".join(sentences), tuple(spans)), segments


def bitext(pairs: list[tuple[str, str]]) -> Bitext:
    """Return aligned sentences as a bitext."""
    src_doc, src = side("zh", [zh for zh, _ in pairs])
    tgt_doc, tgt = side("en", [en for _, en in pairs])
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 1.0) for n in range(len(pairs)))
    alignment = Alignment(beads, len(src), len(tgt))
    return Bitext("sample", src_doc, tgt_doc, src, tgt, alignment)


def planted(seed: int) -> tuple[Bitext, list[Slip]]:
    """Plant slips in the sample."""
    (changed,), slips = plant([bitext(PAIRS)], DICTIONARY, terms=4, seed=seed)
    return changed, slips


words = st.text("abc", min_size=1, max_size=4)
sentences = st.lists(words, min_size=1, max_size=5)


@given(st.lists(sentences, min_size=1, max_size=5), st.data())
def test_offsets_are_right_after_a_change(lines: list[list[str]], data: st.DataObject) -> None:
    """Every segment is its range of the text, and the old words put back give the old text."""
    gaps = st.sampled_from([" ", "\n", "  "])
    texts = ["".join(w + data.draw(gaps) for w in line).rstrip() for line in lines]
    before = bitext([("句", text) for text in texts])
    places = [
        Span(segment.span.start + start, segment.span.start + stop)
        for segment, text in zip(before.tgt, texts, strict=True)
        for start, stop in word_places(text)
    ]
    chosen = [place for place in places if data.draw(st.booleans())]
    changes = [Change(place, data.draw(words)) for place in chosen]
    after = change(before, changes)
    assert [s.text for s in after.tgt] == [
        after.tgt_doc.text[slice(*s.span)].replace("\n", " ") for s in after.tgt
    ]
    assert after.tgt_doc.paragraphs == tuple(s.span for s in after.tgt)
    text, moved_by = after.tgt_doc.text, 0
    for place, new in changes:
        at = place.start + moved_by
        assert text[at : at + len(new)] == new
        moved_by += len(new) - place.size
    for place, new in changes:  # from the front, so that the old offsets hold again
        old = before.tgt_doc.text[slice(*place)]
        text = text[: place.start] + old + text[place.start + len(new) :]
    assert text == before.tgt_doc.text


def word_places(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the words of a text."""
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


def test_soft_breaks_move_with_the_text() -> None:
    """A place where a segment may be cut stays behind the same words."""
    before = bitext([("句", "one; two; three")])
    before = replace(before, tgt=(replace(before.tgt[0], soft=(4, 9)),))
    after = change(before, [Change(Span(5, 8), "seventeen")])
    assert after.tgt[0].text == "one; seventeen; three"
    assert after.tgt[0].soft == (4, 15)


@pytest.mark.parametrize("seed", range(1, 6))
def test_only_the_chosen_place_changes(seed: int) -> None:
    """The old words put back in the place of a slip give the unit as it was."""
    changed, slips = planted(seed)
    before, after = list(units(bitext(PAIRS))), list(units(changed))
    by_bead = {slip.bead: slip for slip in slips}
    assert len(by_bead) == len(slips)
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        slip = by_bead.get(number)
        assert old.src == new.src
        assert new.tgt == (old.tgt.replace(slip.old, slip.new) if slip else old.tgt)
        if slip:
            assert old.tgt.count(slip.old) == 1
            assert slip.new != slip.old


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_slip_says_where_it_is(seed: int) -> None:
    """Its ranges hold the term and what is new."""
    changed, slips = planted(seed)
    assert slips
    for slip in slips:
        assert changed.src_doc.text[slice(*slip.src_span)] == slip.term
        new = changed.tgt_doc.text[slice(*slip.tgt_span)]
        assert new in slip.new
        assert new not in slip.old
        assert (new == slip.new) == (slip.kind == "paraphrase")


def test_names_get_slips_besides() -> None:
    """What is capitalised as a name gets another word, or two letters exchanged."""
    names = {"风险管理": "Harbour Risk Board", "劳工市场": "Kelu Momari"}
    pairs = [(zh.format(term), en.format(name)) for term, name in names.items()
             for zh, en in SENTENCES]  # fmt: skip
    known = {term: frozenset((name.lower(),)) for term, name in names.items()}
    (changed,), slips = plant([bitext(pairs)], known, terms=0, names=2, seed=1)
    assert {slip.kind for slip in slips} == {"name"}
    assert {slip.term for slip in slips} == set(names)
    for slip in slips:
        new = changed.tgt_doc.text[slice(*slip.tgt_span)]
        assert new in slip.new
        if slip.term == "劳工市场":  # no word is related to it
            assert sorted(slip.new) == sorted(slip.old)
            assert slip.new != slip.old


def test_one_half_of_the_terms_gets_each_kind() -> None:
    """Of four terms two get slips of one word and two get paraphrases, in one or two places."""
    for seed in range(1, 6):
        kinds: dict[str, list[str]] = {}
        for slip in planted(seed)[1]:
            kinds.setdefault(slip.term, []).append(slip.kind)
        assert set(kinds) == set(TERMS)
        assert sorted(each[0] for each in kinds.values()) == ["paraphrase"] * 2 + ["word"] * 2
        assert all(len(set(each)) == 1 and len(each) <= 2 for each in kinds.values())


def test_a_seed_gives_one_result() -> None:
    """The same seed gives the same texts and slips; others give others."""
    assert planted(1) == planted(1)
    assert len({tuple(planted(seed)[1]) for seed in range(1, 6)}) > 1


def test_a_term_with_two_renderings_is_left_alone() -> None:
    """A term is settled only if one rendering stands in most of its units."""
    swapped = [(zh, en.replace("labour market", "job scene")) for zh, en in PAIRS[5:8]]
    pairs = [*PAIRS, *swapped]
    settled = settled_terms(list(units(bitext(pairs))), DICTIONARY)
    shares = {each.term: each.share for each in settled}
    assert shares["风险管理"] == 1
    assert shares["劳工市场"] == pytest.approx(5 / 8)
    more = settled_terms(list(units(bitext(pairs + swapped))), DICTIONARY)
    assert "劳工市场" not in {each.term for each in more}


@pytest.mark.parametrize(
    ("rendering", "wanted"),
    [
        ("Pilot Zones", "Pilot Areas"),
        ("RISK review", "HAZARD review"),
        ("pilot schemes", "pilot programmes"),
        ("policies of the bank", "strategies of the bank"),
    ],
)
def test_a_word_keeps_its_case_and_number(rendering: str, wanted: str) -> None:
    """A related word is written like the one whose place it takes."""
    found = set()
    for wording in word_swaps(rendering):
        span, text = wording(rendering)
        found.add(rendering[: span.start] + text + rendering[span.stop :])
    assert wanted in found


@pytest.mark.parametrize(
    ("rendering", "wanted"),
    [
        ("Labour Markets", "Job Scene"),
        ("cash flows", "movements of money"),
        ("Cash flow", "Movement of money"),
        ("INVESTMENT RETURN", "YIELD ON CAPITAL"),
    ],
)
def test_a_paraphrase_keeps_case_and_number(rendering: str, wanted: str) -> None:
    """A phrase has capitals and the plural where the rendering has them."""
    found = paraphrases(rendering, "", np.random.default_rng(1))
    assert (Span(0, len(rendering)), wanted) in [wording(rendering) for wording in found]


def test_a_paraphrase_is_put_together_where_the_table_has_none() -> None:
    """Related words of all content words make a paraphrase, and none is left."""
    for wording in paraphrases("zone programme", "园区计划", np.random.default_rng(1)):
        stems = {word_key(word.text) for word in content_words(wording("zone programme")[1])}
        assert not stems & {"zone", "programm"}


@pytest.mark.parametrize(
    ("before", "old", "new", "fits"),
    [
        ("a ", "scheme", "arrangement", False),
        ("an ", "agency", "organ", True),
        ("a ", "unit", "board", True),
        ("the ", "scheme", "arrangement", True),
    ],
)
def test_an_article_must_suit_the_new_word(before: str, old: str, new: str, *, fits: bool) -> None:
    """Words are not changed where `a` would have to become `an`."""
    assert same_article(before, old, new) is fits


def test_phrases_have_other_words_than_the_rendering() -> None:
    """No paraphrase of the table keeps more than one content word of three, or any of two."""
    for line in (TABLES / "slip_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        rendering, rest = line.split(": ", 1)
        own = {word_key(word.text) for word in content_words(rendering)}
        for phrase in rest.replace("*", "").split(" | "):
            kept = own & {word_key(word.text) for word in content_words(phrase)}
            assert len(kept) <= (len(own) > 2), line


def test_related_words_have_another_root() -> None:
    """The table has 250 words at least, and gives none of them for itself."""
    table = (TABLES / "slip_words.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(": ", 1) for line in table if not line.startswith("#")]
    assert len({word for word, _ in rows}) == len(rows) > 250
    for word, rest in rows:
        assert word_key(word) not in {word_key(other) for other in rest.split(", ")}, word
