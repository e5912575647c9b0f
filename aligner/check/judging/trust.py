"""How likely a suspicion is one that a reviser would want to see.

Two logistic models over `traits`, fitted on what revisers read in five genres by
scripts/fit/trust.py: whether the words render the term at all and are held against the
right wording (`located`), and if so, whether a reviser wants to be told (`wanted`). A line
turns the log odds of both together into the share that was real in genres which the fit had
not seen. Places with one rendering are judged together, by their mean: a finding is one
rendering of one term.

How often such a difference is real varies from text to text: in an edited report one in
ten, in a notice by three translators nearly all. The share of the text's suspicions that
look strong tells which it is, so it enters the line. Compare M. Saerens, P. Latinne and C.
Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori Probabilities", Neural
Computation 14(1), 2002; there the share is found from the probabilities alone, here its
weight is fitted.

What is written in another way in a name or a title has a probability of its own
(`is_fixed`). There the wording is fixed, so a difference is real unless the words are
another name's, and style, on which `wanted` turns, says nothing. So has a lone exception in
a settled term (`exceptions`), which readers' labels hardly hold. Neither has it where the
models think little of the difference (`PLAUSIBLE`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.check.judging.exceptions import LONE_PLACES, PLAUSIBLE, exception_from
from aligner.check.judging.suspicion import Suspicion
from aligner.check.judging.term_facts import TermFacts, term_facts
from aligner.check.judging.traits import NAMES, doubts, traits
from aligner.encode.protocol import Floats
from aligner.fitted import Declared, Linear, load
from aligner.lexicon.tagger import Tag
from aligner.terms.locate.score import settled
from aligner.terms.located import Grouped, RenderingGroup
from aligner.wording.content_words import content_key
from aligner.wording.difference import HONORIFICS
from aligner.wording.misprints import is_letter_apart, is_misprint, is_misprinted_wording
from aligner.wording.names import is_respelt
from aligner.wording.slot import WordChange

Doubles = NDArray[np.float64]
Sensitivity = Literal["high", "quiet"]
TRUST_DECLARED: Final = Declared(
    models={"located": NAMES, "wanted": NAMES},
    constants=(
        *("alone, slope", "alone, offset", "slope", "share", "offset"),
        *("fixed", "exception", "least, warning", "least, remark"),
    ),
    script="scripts/fit/trust.py",
)
# Words that do not render the term are worse than a difference that nobody wants to hear of, and
# the model that finds them holds better on a genre that it has not seen.
LOCATED_COUNTS: Final = 1.5
LEAST_DOUBT: Final = 1e-9  # of anything
STRONG: Final = 0.4  # probability from which a suspicion counts as strong
USUAL_SHARE: Final = 0.05  # of strong ones in an edited text,
USUAL_COUNT: Final = 40  # and how many suspicions that counts for: a short text says little
# A text with a smaller share than an edited one has been edited, no more. For the rules that
# know a slip by what it is the share counts no less, so that the single slip of a clean text,
# which its reader wants to see above all, is as plausible there as elsewhere.
LEAST_LOG_SHARE: Final = log(USUAL_SHARE)
ELSEWHERE: Final = 0.5  # P(an added word is another Chinese word's) from which it likelier is
LIKE_PLACES: Final = 2  # of a name: from two on there is a wording to keep to
SURELY_FOUND: Final = 0.8  # P(rendered) of a name that is in no doubt
SPELLING: Final = 0.75  # share of letters of two spellings of one name; fewer: two names
SURELY_SPAN: Final = 0.5  # P(exactly these words) from which they are likelier than not
# From here on the models, which know the signs of a false difference, have outweighed them.
OUTWEIGHED: Final = 0.75
LONE_LETTERS: Final = 6  # of a rendering of one word that may have a misprint,
LONE_USUAL: Final = 5  # and in how many places it has none
USUALLY: Final = 0.3  # share of like places whose name goes on beside the words too
# Differences that leave the content words alone: of course the usual ones stand there too.
_SAME_WORDS: Final = frozenset(("preposition", "order", "form"))
_AT_WILL: Final = frozenset(("short form", "expansion", "order"))

_Group = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TrustWeights:
    """The models, what their scores mean, and what each tier asks for."""

    located: Linear
    wanted: Linear
    alone: tuple[float, float]  # slope and offset of the line from scores to log odds
    line: tuple[float, float, float]  # the same with the text: of score and share, and offset
    fixed: float  # share of differences in names that were real
    exception: float  # the same of lone exceptions
    warning: float  # least probability of a warning
    remark: float  # least probability of a remark
    signature: str = ""


@cache
def load_trust_weights() -> TrustWeights:
    """Return the weights that ship with the package."""
    found = load("trust", TRUST_DECLARED)
    numbers = found.constants
    return TrustWeights(
        located=found.models["located"],
        wanted=found.models["wanted"],
        alone=(numbers["alone, slope"], numbers["alone, offset"]),
        line=(numbers["slope"], numbers["share"], numbers["offset"]),
        fixed=numbers["fixed"],
        exception=numbers["exception"],
        warning=numbers["least, warning"],
        remark=numbers["least, remark"],
        signature=found.signature,
    )


class Trusted(NamedTuple):
    """How far suspicions are trusted, the same for one rendering. Shape (n,) each."""

    p: Doubles
    fixed: NDArray[np.bool_]  # a name or a title in another wording
    plain: NDArray[np.bool_]  # a lone exception


def trust(found: Sequence[Suspicion], grouped: Sequence[Grouped], weights: TrustWeights) -> Trusted:
    """Return the probability of each suspicion, and which rules hold for it."""
    p = np.zeros(len(found))
    fixed, plain = np.zeros((2, len(found)), dtype=np.bool_)
    groups = rendering_groups(found)
    if not groups:
        return Trusted(p, fixed, plain)
    facts = {n: term_facts(grouped[n]) for n in {each.term for each in found}}
    rows = np.stack([describe([found[n] for n in members], grouped, facts) for members in groups])
    score = both(weights.located(rows), weights.wanted(rows))
    slope, offset = weights.alone
    share = log_share(1 / (1 + np.exp(-(slope * score + offset))))
    of_group = _from_line(weights, score, share)
    for_rules = _from_line(weights, score, max(share, LEAST_LOG_SHARE))
    for members, value, plausible in zip(
        groups, of_group.tolist(), for_rules.tolist(), strict=True
    ):
        number = found[members[0]].term
        term, known = grouped[number], facts[number]
        here = [found[n] for n in members]
        fixed[members] = any(is_surely_fixed(each, term, known, plausible) for each in here)
        plain[members] = plausible >= min(exception_from(each, term, known) for each in here)
        rules = weights.fixed * fixed[members[0]], weights.exception * plain[members[0]]
        p[members] = max(value, *rules)
    return Trusted(p, fixed, plain)


def _from_line(weights: TrustWeights, score: Doubles, share: float) -> Doubles:
    """Return what scores mean in a text with such a share of strong suspicions."""
    odds = weights.line[0] * score + weights.line[1] * share + weights.line[2]
    return settled(1 / (1 + np.exp(-odds)))


def log_share(alone: Doubles) -> float:
    """Return the logarithm of the share of strong suspicions in some texts.

    Args:
        alone: Probability of each by its score alone.
    """
    strong = float((settled(alone) >= STRONG).sum())
    return log((strong + USUAL_SHARE * USUAL_COUNT) / (len(alone) + USUAL_COUNT))


def both(located: Doubles, wanted: Doubles) -> Doubles:
    """Return the log odds of both being true, from those of each. Shape (n,).

    The logarithm of a probability hardly grows any more where it is large: with it the likeliest
    differences, of which nine in ten were real, got a probability of .67.
    """
    log_p = -LOCATED_COUNTS * np.logaddexp(0, -located) - np.logaddexp(0, -wanted)
    score: Doubles = log_p - np.log(-np.expm1(np.minimum(log_p, -LEAST_DOUBT)))
    return score


def rendering_groups(found: Sequence[Suspicion]) -> list[list[int]]:
    """Return the numbers of the suspicions of each rendering of each term, in order."""
    groups: defaultdict[_Group, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        groups[each.term, each.group, content_key(each.seen.text)].append(number)
    return list(groups.values())


def describe(
    members: Sequence[Suspicion],
    grouped: Sequence[Grouped],
    facts: Mapping[int, TermFacts] | None = None,
) -> Floats:
    """Return what is known of the places of one rendering: the mean, in the order of `NAMES`."""
    known = facts or {}
    rows = np.array(
        [traits(each, grouped[each.term], known.get(each.term)) for each in members],
        dtype=np.float64,
    )
    mean: Floats = rows.mean(axis=0).astype(np.float32)
    return mean


def is_fixed(suspicion: Suspicion, term: Grouped, facts: TermFacts | None = None) -> bool:
    """Tell whether a name or a title that has a settled wording stands there in another.

    The words must be in no doubt: surely found or the usual ones down to the letters, whole,
    and no rule says that they are others. Names are shortened and turned (Ministry of Health,
    Health Ministry) at will.
    """
    seen, change, dominant = suspicion.seen, suspicion.change, term.groups[0]
    if is_misprinted(suspicion, term):
        return _is_settled(dominant)
    if (
        (seen.found < SURELY_FOUND and not is_respelt(suspicion.comparison))
        or seen.place.inside
        or not _is_settled(dominant)
        or suspicion.comparison.difference in _AT_WILL
    ):
        return False
    here, usual = suspicion.name_cut
    if suspicion.comparison.difference == "form" or change.misspelling >= SPELLING:
        one_name = "," not in f"{dominant.text}{seen.text}"
        alike = not here or (usual >= USUALLY and suspicion.name_alike)
        return one_name and alike and not seen.place.crosses
    whole = not here or (usual >= USUALLY and change.is_one_for_one)
    return (
        suspicion.title
        and seen.p >= SURELY_SPAN
        and whole
        and change.one_slot
        and not (change.is_name_form or suspicion.prefixed or _is_called(change))
        and not doubts(suspicion, term, facts)
    )


def is_surely_fixed(suspicion: Suspicion, term: Grouped, facts: TermFacts, p: float) -> bool:
    """Tell the same if the models hold it plausible, or the letters are the very same.

    Args:
        suspicion: Of one place.
        term: Its term.
        facts: Of the term.
        p: What the models say of it.
    """
    by_letters = is_respelt(suspicion.comparison) or is_misprinted(suspicion, term)
    return (p >= PLAUSIBLE or by_letters) and is_fixed(suspicion, term, facts)


def is_misprinted(suspicion: Suspicion, term: Grouped) -> bool:
    """Tell whether a rendering is the usual one but for a misprint, in a place or two."""
    change, groups = suspicion.change, term.groups
    pairs = change.replaced
    by_words = change.one_slot and bool(pairs)
    return (
        suspicion.group > 0
        and len(groups[suspicion.group].places) <= LONE_PLACES
        and (
            (by_words and all(is_misprint(new.surface, usual.surface) for usual, new in pairs))
            or (by_words and _is_letter_apart(suspicion, groups))
            or is_misprinted_wording(suspicion.seen.text, groups[0].text)
        )
    )


def _is_letter_apart(suspicion: Suspicion, groups: Sequence[RenderingGroup]) -> bool:
    """Tell whether one word is nearly the usual one: breast pump, breast bump.

    If all other words are the same, they say that it renders the term. A word that stands alone
    must be surely found, and the usual one in so many places that no other is to be expected.
    """
    pairs = suspicion.change.replaced
    if len(pairs) != 1 or any(word.tag == Tag.NUMBER for word in pairs[0]):  # million, billion
        return False
    usual, new = (word.surface for word in pairs[0])
    alone = len(usual) >= LONE_LETTERS and len(groups[0].places) >= LONE_USUAL
    sure = alone and suspicion.seen.found >= SURELY_FOUND
    return (suspicion.change.kept > 0 or sure) and is_letter_apart(new, usual)


def _is_chance(members: Sequence[Suspicion], term: Grouped) -> bool:
    """Tell whether a single place is shortened, or has words that a text uses for others too.

    A short form that comes back is a second name; one that does not is style. Where a term
    has one place with either wording, there is no rule yet, and if the words serve for other
    Chinese words as well they are ordinary ones. Of 5 and 13 such warnings .2 and .3 were
    real, of all .7.
    """
    first = members[0]
    if len(members) > 1 or len(term.groups[first.group].places) > 1:
        return False
    unsettled = len(term.groups[0].places) == 1 and first.elsewhere > 0
    return first.comparison.difference == "short form" or unsettled


def names_something_else(members: Sequence[Suspicion]) -> bool:
    """Tell whether the words of a rendering are a name where the usual ones are none.

    The Chinese words are then part of the name of something: a building, a law, a brand. What is
    left of a compound without its negation is something else too.
    """
    return all(each.other_name or each.opposed for each in members)


def _is_called(change: WordChange) -> bool:
    """Tell whether a person is called otherwise: Mr Shen, Jia Shen."""
    return any(word.surface in HONORIFICS for word in (*change.removed, *change.added))


def _is_settled(group: RenderingGroup) -> bool:
    """Tell whether enough places have the very same words."""
    same = (each for each in group.places if each.text == group.text)
    return sum(1 for _ in islice(same, LIKE_PLACES)) == LIKE_PLACES


def is_doubtful(members: Sequence[Suspicion], term: Grouped, facts: TermFacts) -> bool:
    """Tell whether signs of a false difference stand at half of the places of a rendering.

    Of 35 such renderings that would have been warnings .49 were real and .29 errors of
    extraction, of the others .67 and .09. In a title they are no signs: of 11, 8 were real.
    A short form or ordinary words in a single place are doubtful too (`_is_chance`).
    """
    if _is_chance(members, term):
        return True
    doubtful = sum(
        not each.title
        and each.comparison.difference not in _SAME_WORDS
        and doubts(each, term, facts) > 0
        for each in members
    )
    return 2 * doubtful >= len(members)


def has_neighbours_words(suspicion: Suspicion) -> bool:
    """Tell whether a rendering is the dominant one with words of other Chinese words.

    Of 156 such differences that were read, 14 were real; it is no warning, however likely.
    """
    change = suspicion.change
    if suspicion.comparison.difference != "expansion" or not change.contains_dominant:
        return False
    links = {link.word: link for link in suspicion.seen.links}
    added = [links[w.surface.lower()] for w in change.added if w.surface.lower() in links]
    return bool(added) and all(link.other >= ELSEWHERE > link.term for link in added)
