"""How one rendering is chosen for each place of a term: own evidence, votes, claims, links.

In a case, `units` are a Chinese sentence whose words have marks between them, and an
English one. `choices` are the spans that may render each place, with P(this one) and
P(rendered); `links` join an English to a Chinese word of a unit: P(en from zh), P(zh to
en), share of a gloss.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pytest
from stand_ins import Case, cases, letters, make_units

from aligner.encode.protocol import Floats
from aligner.fitted import Linear
from aligner.lexicon import Lexicon
from aligner.span import Span
from aligner.terms.locate._association import expect
from aligner.terms.locate._place_loops import compare_vectors
from aligner.terms.locate._span_lists import hash_spans, list_spans, wider
from aligner.terms.locate.association import Association, associate
from aligner.terms.locate.context._smooth_links import smooth_links
from aligner.terms.locate.context.context_columns import COLUMN, CONTEXT_NAMES, RENDERED_NAMES
from aligner.terms.locate.context.rows import describe_context, neighbour_weights
from aligner.terms.locate.joint_counts import COUNT_WIDTH, Spans, fill_counts, number_spans
from aligner.terms.locate.pick import pick_renderings
from aligner.terms.locate.score import (
    FOUND_NAMES,
    Choice,
    ContextWeights,
    LoneWeights,
    choose,
    found_rows,
    settled,
    shortlist,
)
from aligner.terms.locate.span_evidence import (
    EVIDENCE_WIDTH,
    Described,
    Evidence,
    Sought,
    VectorFeature,
)
from aligner.terms.locate.unit_words import Corpus, prepare
from aligner.terms.locate.word_flags import flags
from aligner.terms.units import english_words


class Known(Evidence):
    """Evidence whose links and probabilities a case gives, and that needs no vectors."""

    def __init__(self, given: Case) -> None:
        corpus = prepare(make_units(given["units"]))
        sought = [_sought(each, given) for each in given["sought"]]
        super().__init__(corpus, linked(corpus, given), letters(), sought)

    def text(self, unit: int, span: int) -> str:
        """Return the words of a span."""
        english, spans = self.corpus.english[unit], self.spans[unit]
        first, last = int(spans.start[span]), int(spans.stop[span])
        return english.text[english.start[first] : english.stop[last - 1]]

    def number(self, unit: int, text: str) -> int:
        """Return the first span that has these words."""
        spans = self.spans[unit]
        return next(n for n in range(len(spans.start)) if self.text(unit, n) == text)


def _sought(each: Case, given: Case) -> Sought:
    zh = given["units"][each["u"]][0]
    start = -1
    for _ in range(each.get("nth", 1)):
        start = zh.index(each["zh"], start + 1)
    return Sought(each.get("term", 0), each["u"], Span(start, start + len(each["zh"])))


def linked(corpus: Corpus, given: Case) -> Association:
    """Return word links that are all 0 but for those of a case."""
    n, m = np.diff(corpus.zh_first), np.diff(corpus.en_first)
    first = np.concatenate([[0], np.cumsum(n * m)]).astype(np.int64)
    posterior, gloss = np.zeros((2, first[-1])), np.zeros(first[-1], dtype=np.float32)
    for unit, en, zh, to_en, to_zh, share in given.get("links", ()):
        words = corpus.zh_word[slice(*corpus.zh_first[unit : unit + 2])].tolist()
        j = corpus.english[unit].words.index(en)
        at = first[unit] + j * n[unit] + [corpus.zh_types[w] for w in words].index(zh)
        posterior[:, at], gloss[at] = (to_en, to_zh), share
    return Association(first, posterior, gloss)


def weights() -> ContextWeights:
    """Return models that believe what the spans' own evidence says."""
    return ContextWeights(only("log_p", CONTEXT_NAMES), only("found", RENDERED_NAMES))


def only(name: str, names: Sequence[str]) -> Linear:
    """Return a model that counts one feature and nothing else."""
    weight = np.array([float(each == name) for each in names])
    return Linear(np.zeros(len(names)), np.ones(len(names)), weight)


def picked(given: Case) -> object:
    """Return words, p, found and P(wording) of what is picked for each place, and the rivals."""
    evidence = Known(given)
    choices = _choices(evidence, given)
    picks = pick_renderings(evidence, choices, weights())
    shown: list[object] = []
    for number, place in enumerate(evidence.sought):
        pick = picks.get(number)
        if pick is None:
            shown.append(None)
            continue
        assert pick.key == evidence.spans[place.unit].key[pick.span]
        rivals = {evidence.text(place.unit, each.span): round(each.p, 4) for each in pick.rivals}
        numbers = [round(value, 4) for value in (pick.p, pick.found, pick.wording)]
        shown.append([evidence.text(place.unit, pick.span), *numbers, rivals])
    return shown


def surrounded(given: Case) -> object:
    """Return some of what the surroundings say of some spans."""
    evidence = Known(given)
    pool = describe_context(evidence, _choices(evidence, given))
    shown = []
    for number, text, names in given["asked"]:
        unit = evidence.sought[number].unit
        rows = range(*pool.first[number : number + 2])
        row = next(r for r in rows if evidence.text(unit, int(pool.span[r])) == text)
        shown.append({name: round(float(pool.rows[row, COLUMN[name]]), 3) for name in names})
    return shown


def _choices(evidence: Known, given: Case) -> list[Choice]:
    return [_choice(evidence, n, spans) for n, spans in enumerate(given["choices"]) if spans]


def _choice(evidence: Known, number: int, spans: dict[str, list[float]]) -> Choice:
    unit = evidence.sought[number].unit
    p, found = (np.array(column) for column in zip(*spans.values(), strict=True))
    return Choice(
        sought=number,
        spans=np.array([evidence.number(unit, text) for text in spans], dtype=np.int32),
        score=np.log(p),
        found=found,
        rows=np.zeros((len(spans), EVIDENCE_WIDTH), dtype=np.float32),
    )


def listed(given: Case) -> object:
    """Return the spans of a sentence that could be a rendering."""
    english = english_words(given["text"])
    bits = np.array(flags(english), dtype=np.int32)
    spans = zip(*(each.tolist() for each in list_spans(bits, given["longest"])), strict=True)
    return [" ".join(english.words[a:b]) for a, b in spans]


def counted(given: Case) -> object:
    """Return how a span is described by its company with a term, to three decimals."""
    total, both = (
        np.array([given[name].get(str(key), 0) for key in given["keys"]], dtype=np.int32)
        for name in ("everywhere", "with term")
    )
    left, right = (np.array(given[side], dtype=np.int32) for side in ("left", "right"))
    rows = np.zeros((len(total), COUNT_WIDTH), dtype=np.float32)
    fill_counts(left, right, total, both, np.full(len(total), given["units"]), rows)
    return [[round(value, 3) for value in row] for row in rows.tolist()]


def margins(given: Case) -> object:
    """Return what is added to rows of evidence: the score, and its lead."""
    score = np.array(given["score"])
    first = np.array([0, len(score)], dtype=np.int64)
    rows = found_rows(np.zeros((len(score), 1), dtype=np.float32), score, first)
    return rows[:, 1:].round(3).tolist()


def compared(given: Case) -> object:
    """Return how spans are described by cosines."""
    own = np.array([given["like"]]).T
    other = np.array(given["other"]).reshape(len(own), -1)
    like, rest = np.hstack([other, own]).astype(np.float32), np.array([given["rest"]]).T
    rows = np.empty((len(like), len(VectorFeature)), dtype=np.float32)
    compare_vectors(
        np.arange(len(like)), like, like.shape[1] - 1, rest.astype(np.float32), 0,
        np.array(given["edges"], dtype=np.int64).reshape(-1, 2), *given["span"], rows,
    )  # fmt: skip
    return [[round(value, 3) for value in row] for row in rows.tolist()]


def links(given: Case) -> object:
    """Return how each English word is linked to the first place, and what reaches it."""
    evidence = Known(given)
    unit = evidence.sought[0].unit
    rows = evidence.links(0, 0, len(evidence.corpus.english[unit].words))
    return [
        [*(round(float(value), 3) for value in row), round(evidence.reached(unit, n), 3)]
        for n, row in enumerate(rows)
    ]


RULES: dict[str, Callable[[Case], object]] = {
    "picked": picked,
    "links": links,
    "listed": listed,
    "surrounded": surrounded,
    "counted": counted,
    "margins": margins,
    "compared": compared,
}


@pytest.mark.parametrize("case", cases("picking.jsonl"))
def test_a_rule_of_picking(case: Case) -> None:
    """Each rule does what its example says."""
    assert RULES[case["rule"]](case["input"]) == case["wanted"]


def test_the_best_spans_come_first_and_equal_ones_in_their_order() -> None:
    """Probabilities are those of a softmax; what ties stays as it was listed."""
    rows = np.zeros((4, EVIDENCE_WIDTH), dtype=np.float32)
    rows[:, 0] = [0.0, 1.0, 0.0, 1.0]
    first = np.zeros(EVIDENCE_WIDTH)
    first[0] = np.log(3.0)
    full = Linear(np.zeros(EVIDENCE_WIDTH), np.ones(EVIDENCE_WIDTH), first)
    believed = only("score", FOUND_NAMES)
    model = LoneWeights(full, full, Linear(believed.mean, believed.scale, believed.weights * 0))
    found = choose(Described(0, np.arange(4, dtype=np.int32), rows), model)
    assert found.spans.tolist() == [1, 3, 0, 2]
    assert np.exp(found.score).round(6).tolist() == [0.375, 0.375, 0.125, 0.125]
    assert found.found.tolist() == [0.5] * 4


def test_a_short_list_has_the_best_spans_and_those_beside_the_best() -> None:
    """Beside it is what has one end of the best span; all spans where there are few."""
    text = "a b c d e f g h"
    evidence = Known({"units": [["港口。", text]], "sought": [{"u": 0, "zh": "港口"}] * 2})
    spans = evidence.spans[0]
    best = evidence.number(0, "e f")

    class Quick(Known):
        def __init__(self) -> None:
            self.spans, self.sought = evidence.spans, evidence.sought

        def quick(self, number: int) -> Floats:
            rows = np.zeros((len(spans.start), 1), dtype=np.float32)
            rows[best] = 1.0
            return rows

    model = Linear(np.zeros(1), np.ones(1), np.ones(1))
    number, kept, rows = shortlist(Quick(), 0, model, size=3)
    assert (number, sorted(kept.tolist())) == (0, kept.tolist())
    assert rows[kept.tolist().index(best)].tolist() == [1.0]
    others = {evidence.text(0, span) for span in kept[2:]} - {"e f"}
    assert len(kept) == 3 + 7
    assert others <= {"b c d e f", "c d e f", "d e f", "f", "e", "e f g", "e f g h", "b"}
    assert len(shortlist(Quick(), 0, model, size=99)[1]) == len(spans.start)


def test_rounding_makes_ties() -> None:
    """What differs in the tenth decimal is one, in the ninth it is not."""
    assert settled(np.array([0.12345678901])) == settled(np.array([0.12345678904]))
    assert settled(np.array([0.123456789])) != settled(np.array([0.123456788]))


def test_a_key_is_counted_once_a_unit() -> None:
    """Two spans of one unit with the same words are one."""
    none = np.zeros(0, dtype=np.int32)
    units = [Spans(none, none, np.array(k, dtype=np.int64), none, none) for k in ([5, 5, 2], [5])]
    found = number_spans(units)
    assert found.joined.key.tolist() == [5, 5, 2, 5]
    assert found.standing.tolist() == [2, 2, 1, 2]
    assert found.fresh.tolist() == [True, False, True, True]
    assert len(number_spans([])) == 0


def test_spans_of_the_same_content_words_have_one_number() -> None:
    """Function words do not count, order does."""
    bits = np.array(flags(english_words("zone of trade zone trade of zone")), dtype=np.int32)
    words = np.array([1, 2, 3, 1, 3, 2, 1], dtype=np.int32)
    start, stop = np.array([0, 3, 4]), np.array([3, 5, 7])
    one, two, three = hash_spans(start, stop, bits, words).tolist()
    assert one == two != three


def test_the_next_longer_spans() -> None:
    """To the left the one with the same end, to the right the one with the same start."""
    bits = np.array(flags(english_words("big pilot zone")), dtype=np.int32)
    start, stop = list_spans(bits, 3)
    spans = list(zip(start.tolist(), stop.tolist(), strict=True))
    left, right = wider(start, stop, 3)
    at = spans.index((1, 2))
    assert spans[left[at]] == (0, 2)
    assert spans[right[at]] == (1, 3)
    assert left[spans.index((0, 1))] == right[spans.index((0, 3))] == -1


def test_neighbouring_links_support_each_other() -> None:
    """Of two like links of a word, the one beside a sure link on the diagonal gains."""
    posterior = np.array([[0.9, 0.0, 0.0, 0.0, 0.4, 0.4, 0.0, 0.0, 0.0]] * 2)
    first, pairs, out = np.array([0, 3]), np.array([0, 9]), np.zeros(9)
    smooth_links(first, first, pairs, posterior, neighbour_weights(), out)
    links = out.reshape(3, 3)
    assert links[1, 1] > links[1, 2] > 0
    assert links[0, 0] > 0.9


def test_neighbours_count_by_how_far_they_leave_the_diagonal() -> None:
    """A step in both texts counts as much as none, a step in one less, two steps half."""
    near = neighbour_weights().round(4)
    assert near[2, 2] == near[1, 1] == near[3, 3] == 1.0
    assert near[2, 3] == near[1, 2] == round(float(np.exp(-1)), 4)
    assert near[0, 0] == near[4, 4] == 0.5


def test_links_lean_on_the_prior_and_on_like_places() -> None:
    """Two words on either side: the shares of each pair, by hand."""
    zh_first, en_first, pair_first = np.array([0, 2]), np.array([0, 2]), np.array([0, 4])
    pair, counts, out = np.arange(4), np.zeros((2, 4)), np.zeros((2, 4))
    forward, backward = np.array([0.8, 0.2, 0.2, 0.8]), np.array([0.6, 0.4, 0.4, 0.6])
    slope, null = 2.0, 0.02
    expect(zh_first, en_first, pair_first, pair, forward, backward, slope, null, counts, out)
    far = np.exp(-slope * 0.5)
    same, other = 0.8 / (0.82 + 0.2 * far), 0.2 * far / (0.82 + 0.2 * far)
    assert out[0] == pytest.approx([same, other, other, same], abs=1e-6)
    same, other = 0.6 / (0.62 + 0.4 * far), 0.4 * far / (0.62 + 0.4 * far)
    assert out[1] == pytest.approx([same, other, other, same], abs=1e-6)
    assert counts == pytest.approx(out)


class Glosses:
    """A dictionary of one word."""

    def links(self, zh: Sequence[str], en: Sequence[str]) -> list[tuple[int, int, float]]:
        """Return which words are joined: numbers of the words, and the share of a gloss."""
        return [
            (i, j, 1.0) for i, one in enumerate(zh) for j, other in enumerate(en)
            if (one, other) == ("港口", "harbour")
        ]  # fmt: skip


def test_words_are_linked_by_company_and_dictionary() -> None:
    """A glossed pair at once, another one by what stands with it elsewhere; rows sum to 1."""
    pairs = [
        ["港口，记录。", "harbour record"],
        ["港口，记录。", "a harbour record"],
        ["记录。", "record"],
    ]
    corpus = prepare(make_units(pairs))
    lexicon = cast("Lexicon", Glosses())
    to_en, to_zh, gloss = associate(corpus, letters(), lexicon).of(0, 2)
    assert gloss.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert (to_en.sum(axis=1) < 1).all()
    assert (to_zh.sum(axis=0) < 1).all()
    assert to_en.round(3).tolist() == [[0.916, 0.063], [0.006, 0.964]]
    assert to_zh.round(3).tolist() == [[0.903, 0.008], [0.079, 0.967]]
