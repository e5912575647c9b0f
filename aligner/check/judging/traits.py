"""What is known of a suspicion, as numbers: the features of the model of trust.

They say whether the words are the rendering (found, links), whether the dominant one is a
measure (its places and share), and what kind of difference it is (slot, heads, parts of
speech, usage). Three of them count rules: `core` and `one word` are signs of a real
variant, `doubts` counts signs of a false one. The signs are those that held in a reading
of five genres; how much each is worth is fitted.
"""

from __future__ import annotations

from math import exp, log, log1p
from typing import Final, NamedTuple

from aligner.check.judging.suspicion import Suspicion
from aligner.check.judging.term_facts import TermFacts, free, mean, share_of, term_facts
from aligner.lexicon.tagger import Tag
from aligner.terms.located import Grouped
from aligner.wording.phrase import PhraseWord
from aligner.wording.slot import letter_likeness

NO_LINK: Final = (0.0, 1.0, 0.0, 0.0)
CLEARLY: Final = 0.6  # p of a span that is hardly doubted
WEAK: Final = 0.4  # a link or a find that is likelier wrong than right
FAR: Final = 20  # beads after which a wording is two thirds forgotten
MOST_COUNTED: Final = 5  # of a rendering that are counted
MANY_WORDS: Final = 3  # of a term: a compound of compounds


class Traits(NamedTuple):
    """What is known of one suspected place. Shares lie between 0 and 1."""

    # Whether these words render the term.
    found: float
    p: float
    wording: float
    usual_wording: float  # the dominant rendering's share among what else the place may have
    before_free: float  # a word beside the rendering that nothing else in Chinese explains
    after_free: float
    inside: float  # a longer candidate covers the place
    link_least: float  # of the added words with the term
    link_other: float
    gloss: float
    rival: float
    link_mean: float  # of all words of the rendering
    claimed: float
    covered: float
    in_longer: float  # a longer term covers it, in the longer one's usual rendering
    prefixed: float  # a word has only a beginning more: non-, macro-, counter-
    prefixed_joined: float  # and in Chinese something is joined to the term too
    digits: float  # share of the term's characters
    alone: float  # all its places are in documents without the dominant rendering
    mixed: float  # log of the dominant places in documents that have this rendering too
    spread: float  # log of the documents with the term
    words_more: float  # than the dominant rendering has
    another_name: float
    repeated: float  # log of the characters that a longer repeated phrase has more
    cut_left: float
    cut_right: float
    name_cut: float  # a name goes on beside the rendering
    name_cut_usually: float  # beside the dominant one
    removed_near: float
    edge: float  # the rendering begins or ends with a verb or an adverb
    # Whether the dominant rendering is the measure.
    dominant_found: float
    dominant_p: float
    dominant_wording: float
    dominant_rival: float  # share of this rendering among what else the dominant places may have
    dominant_before_free: float
    dominant_after_free: float
    dominant_inside: float
    dominant_places: float  # log
    dominant_share: float
    own_places: float  # log
    renderings: float  # log
    lone_renderings: float  # share of renderings with one place
    unrendered: float
    crosses_here: float
    crosses_dominant: float
    candidate_score: float
    marked: float
    nested: float
    length: float  # of the term, log
    # What kind of difference it is.
    substitution: float
    expansion: float
    short_form: float
    derivation: float
    preposition: float
    order: float
    form: float
    one_slot: float
    one_word: float  # one word for one of its class, the rest the same
    core: float
    same_head: float
    same_compound: float
    heads_of_one_kind: float
    kept: float  # share of the words of both
    removed: float
    added: float
    inflected: float
    derived: float
    moved: float
    verb_in_slot: float
    small_in_slot: float  # an adverb, a number or a function word
    contains_dominant: float
    adds_noun: float
    adds_adjective: float
    adds_verb: float
    other_name: float  # names with few
    capitals_differ: float
    title: float
    acronyms: float
    likeness: float
    word_likeness: float
    letters: float  # likeness of the first words that differ
    # What readers think of a difference depends on what kind of term it is in.
    words: float  # of the dominant rendering
    substitution_kept: float  # share of the words of both, if others were replaced
    many_words_kept: float  # the same of a term of three words or more, whatever the difference
    other_modifier: float  # log of the dominant places, if one modifier stands for another one
    modifier_form: float  # least link of the added words, if they are a modifier of the same root
    commonness: float  # of the term's words in Chinese texts at large
    # How the words are used.
    added_usual: float
    removed_common: float
    added_common: float
    swaps: float  # log
    same_document: float
    near: float  # to a dominant place, 1 beside it
    recent: float
    doubts: float
    clean: float  # core or one word, without a doubt
    clean_long: float  # the same times the length of the term
    clean_sure: float  # the same times p


NAMES: Final = Traits._fields


def traits(suspicion: Suspicion, term: Grouped, facts: TermFacts | None = None) -> Traits:
    """Return what is known of a suspicion; of its term, `facts` if they are at hand."""
    facts = facts or term_facts(term)
    dominant, mine = term.groups[0], term.groups[suspicion.group]
    seen, change, kind = suspicion.seen, suspicion.change, suspicion.comparison.difference
    one, two = change.dominant.words, change.other.words
    least, other, gloss, rival = _links(suspicion)
    slot = (*change.removed, *change.added)
    heads = change.dominant.head_word, change.other.head_word
    pair = next(iter(zip(change.removed, change.added, strict=False)), None)
    names = bool(change.replaced) and all(a.capital and b.capital for a, b in change.replaced)
    spelled = change.misspelling
    core, doubtful = is_core(suspicion), doubts(suspicion, term, facts)
    clean = (change.is_one_for_one or core) and not doubtful
    kept = 2 * change.kept / max(1, len(one) + len(two))
    length = log(len(term.wanted.key))
    return Traits(
        found=seen.found,
        p=seen.p,
        wording=seen.wording,
        usual_wording=share_of(seen, dominant.text),
        before_free=free(seen.before),
        after_free=free(seen.after),
        inside=bool(seen.place.inside),
        link_least=least,
        link_other=other,
        gloss=gloss,
        rival=rival,
        link_mean=mean(link.term for link in seen.links),
        claimed=suspicion.claimed,
        covered=suspicion.covered,
        in_longer=suspicion.in_longer,
        prefixed=suspicion.prefixed,
        prefixed_joined=suspicion.prefixed and suspicion.joined,
        digits=sum(map(str.isdigit, term.wanted.key)) / max(1, len(term.wanted.key)),
        alone=suspicion.company[0] == 0,
        mixed=log1p(suspicion.company[0]),
        spread=log1p(suspicion.company[1]),
        words_more=max(-3, min(3, len(two) - len(one))),
        another_name=suspicion.another_name,
        repeated=log1p(suspicion.repeated),
        cut_left=suspicion.cut[0],
        cut_right=suspicion.cut[1],
        name_cut=suspicion.name_cut[0],
        name_cut_usually=suspicion.name_cut[1],
        removed_near=suspicion.removed_near,
        edge=bool(two) and (_is_loose(two[0]) or _is_loose(two[-1])),
        dominant_found=facts.found,
        dominant_p=facts.p,
        dominant_wording=facts.wording,
        dominant_rival=facts.rival(seen.text),
        dominant_before_free=facts.before_free,
        dominant_after_free=facts.after_free,
        dominant_inside=facts.inside,
        dominant_places=log(len(dominant.places)),
        dominant_share=len(dominant.places) / facts.places,
        own_places=log(len(mine.places)),
        renderings=log(len(term.groups)),
        lone_renderings=facts.lone / len(term.groups),
        unrendered=len(term.unrendered) / (facts.places + len(term.unrendered)),
        crosses_here=seen.place.crosses,
        crosses_dominant=facts.crosses,
        candidate_score=term.wanted.score,
        marked=term.wanted.marked,
        nested=bool(term.wanted.nested),
        length=length,
        substitution=kind == "substitution",
        expansion=kind == "expansion",
        short_form=kind == "short form",
        derivation=kind == "derivation",
        preposition=kind == "preposition",
        order=kind == "order",
        form=kind == "form",
        one_slot=change.one_slot,
        one_word=change.is_one_for_one,
        core=core,
        same_head=change.same_head,
        same_compound=change.same_compound,
        heads_of_one_kind=all(head is not None and head.is_noun for head in heads),
        kept=kept,
        removed=min(3, len(change.removed)),
        added=min(3, len(change.added)),
        inflected=bool(change.inflected),
        derived=bool(change.derived),
        moved=bool(change.moved),
        verb_in_slot=any(word.is_verb for word in slot),
        small_in_slot=any(_is_small(word) for word in slot),
        contains_dominant=change.contains_dominant,
        adds_noun=change.contains_dominant and any(word.is_noun for word in change.added),
        adds_adjective=change.contains_dominant
        and any(word.tag == Tag.ADJECTIVE for word in change.added),
        adds_verb=change.contains_dominant and any(_is_loose(word) for word in change.added),
        other_name=names and not spelled,
        capitals_differ=seen.text[:1].isupper() != dominant.text[:1].isupper(),
        title=suspicion.title,
        acronyms=any(sum(map(str.isupper, w)) > 1 for w in f"{dominant.text} {seen.text}".split()),
        likeness=suspicion.likeness,
        word_likeness=suspicion.word_likeness,
        letters=letter_likeness(pair[0].surface, pair[1].surface) if pair else 0.0,
        words=min(MOST_COUNTED, len(one)),
        substitution_kept=(kind == "substitution") * kept,
        many_words_kept=(facts.words >= MANY_WORDS) * kept,
        other_modifier=change.is_other_modifier * log(len(dominant.places)),
        modifier_form=change.is_form_of_modifier * least,
        commonness=facts.commonness,
        added_usual=suspicion.added_usual,
        removed_common=suspicion.commonness[0],
        added_common=suspicion.commonness[1],
        swaps=log1p(suspicion.swaps),
        same_document=suspicion.beads_off >= 0,
        near=exp(-suspicion.beads_off / FAR) if suspicion.beads_off >= 0 else 0.0,
        recent=suspicion.recent,
        doubts=min(3, doubtful),
        clean=clean,
        clean_long=clean * length,
        clean_sure=clean * seen.p,
    )


def is_core(suspicion: Suspicion) -> bool:
    """Tell whether both are phrases of one head with another modifier, or a slip in a name."""
    change = suspicion.change
    changed = bool(change.removed and change.added) or bool(change.derived)
    half = 2 * change.kept >= max(len(change.dominant.words), len(change.other.words))
    return (
        (change.same_compound and changed)
        or change.misspelling >= CLEARLY
        or (suspicion.title and half and changed)
    )


def doubts(suspicion: Suspicion, term: Grouped, facts: TermFacts | None = None) -> int:
    """Count the signs that a difference is none of the translator's.

    Each was true of 4 to 13 in a hundred real differences of those that had it, where 26
    in a hundred were real.
    """
    facts = facts or term_facts(term)
    change, seen, dominant = suspicion.change, suspicion.seen, term.groups[0]
    slot = (*change.removed, *change.added)
    form_only = bool(change.inflected or change.derived) and not slot
    heads = [h for h in (change.dominant.head_word, change.other.head_word) if h is not None]
    other_kind = len({head.is_noun for head in heads}) > 1
    return sum(
        (
            change.contains_dominant and bool(change.added) and not _adds_name(change.added),
            form_only and not change.same_compound,
            bool(change.removed) and change.removed[0].is_verb,
            other_kind and not change.one_slot,
            suspicion.covered or suspicion.claimed,
            facts.found < 0.5,
            seen.found < WEAK or max((link.term for link in seen.links), default=1.0) < WEAK,
            len(term.groups) >= 6
            and facts.lone >= 0.7 * len(term.groups)
            and len(dominant.places) < WEAK * facts.places,
            suspicion.added_usual > WEAK,
        )
    )


def _adds_name(words: tuple[PhraseWord, ...]) -> bool:
    return all(word.is_noun or word.tag == Tag.ADJECTIVE for word in words)


def _is_loose(word: PhraseWord) -> bool:
    return word.tag in {Tag.VERB, Tag.ADVERB, Tag.PREPOSITION, Tag.CONJUNCTION}


def _is_small(word: PhraseWord) -> bool:
    return not (word.is_noun or word.is_verb or word.tag == Tag.ADJECTIVE)


def _links(suspicion: Suspicion) -> tuple[float, float, float, float]:
    """Return how the added words are linked: to the term, to others, by the dictionary."""
    added = {part for word in suspicion.change.added for part in word.surface.split("-")}
    links = [link for link in suspicion.seen.links if link.word in added]
    links = links or list(suspicion.seen.links)
    if not links:
        return NO_LINK
    return (
        min(link.term for link in links),
        max(link.other for link in links),
        max(link.gloss for link in links),
        max(link.rival for link in links),
    )
