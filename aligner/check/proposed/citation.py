"""The English form in which a found term is proposed for a glossary.

A glossary has citation forms: lower case unless the words are a name, singular unless the
term is plural by nature, no article. Which of these holds is read from the places of the
term, not from a list: a name keeps its capitals inside sentences, and a plural by nature
never stands in the singular. What is no noun phrase, or a piece of a name, has no form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from aligner.check.proposed.word_case import (
    in_case,
    is_acronym,
    is_inside,
    opens_sentence,
    without_heading,
    without_opening,
    word_tags,
)
from aligner.lang.shadow import shadow
from aligner.lexicon import cut_words, load_lexicon
from aligner.lexicon.tagger import Tag
from aligner.terms.candidates.tags import PLACE, tag_of
from aligner.terms.located import Looked, RenderingGroup, Seen
from aligner.terms.units import TextUnit
from aligner.wording.content_words import PREPOSITIONS, STOP_WORDS
from aligner.wording.forms import is_lemma, parts_of_speech, singular

# Before a name where Chinese has none: Mr Warren for 沃伦.
_HONORIFICS: Final = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mr.", "Mrs.", "Ms."})
_SEEN_INSIDE: Final = 2  # places inside sentences that show the capital of a single word
CUT_SHARE: Final = 2  # one name in so many that goes on behind the words: they are a piece of it
_SINGULAR: Final = 10  # times as often in the plural, or ten times and never in the singular:
# a word that is plural by nature
_NAME_GOES_ON: Final = re.compile(r",? (?:and |of |for |the )*[A-Z][a-z]")
_GERUND: Final = re.compile("[a-z]+ing")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,}s")  # NGOs
_NO_PLURALS: Final = ("ss", "us", "is", "os")  # of words that are taken from Greek and Latin
_GENITIVES: Final = ("ae", "i")  # Latin ones behind the name of a genus: Streptococcus pneumoniae
_TAIL_LEAST: Final = 4  # letters of the word that an unknown one ends with
_NEXT_WORD: Final = 4  # characters that are read behind a place
_COMPOUNDING: Final = frozenset(
    "nabjxec"
)  # first letters of tags of what goes on a compound or list
_LISTING: Final = tuple("、和与與及或")  # another name follows
_TITLES: Final = ("先生", "女士", "小姐", "太太", "夫人")
_POSSESSIVE: Final = ("’s", "'s")
# Determiners and quantifiers, a closed class (R. Quirk et al., A Comprehensive Grammar of the
# English Language, 1985, chapter 5): what has one is of a sentence, not of a glossary.
_BOUND: Final = frozenset(
    """this that these those its their his her my our your some any no each every other another
    such same certain several various different many few much more most all both""".split()  # noqa: SIM905 - reads best as words
)
_DETERMINERS: Final = _BOUND | {"a", "an", "the"}
# Summation plurals, and nouns that mean something else in the singular (ibid.).
_SUMMATION: Final = frozenset(
    """affairs arms belongings clothes customs damages dues earnings goods grounds lodgings
    manners means minutes outskirts particulars premises proceeds quarters remains riches savings
    securities spirits stairs surroundings thanks tidings valuables wages works""".split()  # noqa: SIM905 - reads best as words
)
_AMOUNTS: Final = frozenset({"number", "amount", "total", "lot", "kind"})  # of something
_COUNTED: Final = frozenset("数量额種种总總")  # what names an amount in Chinese
_PAIRS: Final = ("()", "[]", "“”")
_ENDS: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.NUMBER})
_EDGES: Final = frozenset({Tag.VERB, Tag.ADVERB, Tag.CONJUNCTION, Tag.PREPOSITION, Tag.DETERMINER})


def citation(
    group: RenderingGroup, looked: Looked, known: Counter[str], *, source: str = ""
) -> str:
    """Return the citation form of a rendering; nothing if it is no noun phrase.

    Args:
        group: The dominant rendering.
        looked: For the sentences in which it stands.
        known: How often each English word stands in the texts, as it is written.
        source: The Chinese term; one in Latin letters is cited as it is written.
    """
    forms, inside, cut = _forms(group, looked)
    if not forms or CUT_SHARE * cut >= forms.total() or _hangs(group, looked):
        return ""
    if source in forms:
        return source
    words = in_case(inside or forms, known, heading=not inside)
    if len(words) > 1 and words[0] in _HONORIFICS and not source.endswith(_TITLES):
        words = words[1:]
    if not words or not _is_noun_phrase(words, group, looked) or _is_of_a_sentence(words, source):
        return ""
    if _is_act(words, group, looked, source):
        return ""
    if inside.total() < _SEEN_INSIDE and not any(
        word[:1].isupper() and not is_acronym(word) for word in words[1:]
    ):
        words = without_heading(words[:1], known) + words[1:]
    if words[-1].islower() or _PLURAL_ACRONYM.fullmatch(words[-1]):
        words = _in_singular(words, forms, known)
    return " ".join(words)


def _forms(group: RenderingGroup, looked: Looked) -> tuple[Counter[str], Counter[str], int]:
    """Count the surface forms of a rendering, those inside sentences, and names cut short."""
    forms: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    cut = listed = 0
    apart = [seen for seen in group.places if not seen.place.inside] or group.places
    for seen in group.places:
        if seen.span is None:
            continue
        unit = looked.units[seen.place.unit]
        text = " ".join(unit.tgt[slice(*seen.span)].split())
        forms[text] += 1
        cut += _is_cut(seen, unit)
        listed += _goes_on(seen, unit) and unit.src.startswith(_LISTING, seen.place.span.stop)
        if apart is not group.places and seen.place.inside:
            continue  # the capitals are those of a longer name
        if text[0].islower() or is_inside(unit.tgt, seen.span):
            inside[text] += 1
        elif opens_sentence(unit.tgt, seen.span):
            opening[without_opening(text)] += 1
    opening.pop("", None)
    if cut + listed == forms.total():  # a list is not everywhere
        cut += listed
    return forms, inside or opening, cut


def _is_cut(seen: Seen, unit: TextUnit) -> bool:
    """Tell whether a name goes on behind a rendering, and no Chinese behind the term says why."""
    if not _goes_on(seen, unit) or seen.place.inside:
        return False
    behind = unit.src[seen.place.span.stop :][:_NEXT_WORD]
    compound = behind[:1].isalnum() and tag_of(_first_word(behind))[:1] in _COMPOUNDING
    return not compound and not behind.startswith(_LISTING)


def _goes_on(seen: Seen, unit: TextUnit) -> bool:
    """Tell whether a rendering is a name behind which words with capitals go on."""
    return (
        seen.span is not None
        and seen.text[:1].isupper()
        and _NAME_GOES_ON.match(unit.tgt[seen.span.stop :]) is not None
    )


def _hangs(group: RenderingGroup, looked: Looked) -> bool:
    """Tell whether a rendering is the middle of a preposition of several words.

    Behind a preposition at all of its places, it has another one inside: (in) accordance with.
    """
    if PREPOSITIONS.isdisjoint(group.text.lower().split()[1:]):
        return False
    before = set(_words_before(group, looked))
    return len(before) == 1 and not PREPOSITIONS.isdisjoint(before)


def _is_act(words: Sequence[str], group: RenderingGroup, looked: Looked, source: str) -> bool:
    """Tell whether a phrase is what somebody does to something: 扩大|内需, expanding demand.

    A gerund with its object has no determiner before it, unlike an operating system.
    """
    if len(words) < 2 or not _GERUND.fullmatch(words[0]) or tag_of(_first_word(source)) != "v":
        return False
    return shadow(source).text not in load_lexicon() and _DETERMINERS.isdisjoint(
        _words_before(group, looked)
    )


def _words_before(group: RenderingGroup, looked: Looked) -> list[str]:
    """Return the word before each place of a rendering, in small letters; "" for none."""
    found = []
    for seen in group.places:
        if seen.span is not None:
            before = looked.units[seen.place.unit].tgt[: seen.span.start].split()
            found.append(before[-1].lower() if before else "")
    return found


def _is_nominal(words: list[str], group: RenderingGroup, looked: Looked) -> bool:
    """Tell whether words that look like verbs are nouns, since a determiner stands before them."""
    nouns = all("NOUN" in parts_of_speech(word.lower()) for word in (words[0], words[-1]))
    return nouns and not _DETERMINERS.isdisjoint(_words_before(group, looked))


def _is_noun_phrase(words: list[str], group: RenderingGroup, looked: Looked) -> bool:
    """Tell whether words read as a noun phrase with all its brackets.

    The sentences say what part of speech the last word has.
    """
    text = " ".join(words)
    tags = word_tags(words)
    heads = Counter(seen.tags[-1] for seen in group.places if seen.tags)
    firsts = Counter(seen.tags[0] for seen in group.places if seen.tags)
    acted = firsts[Tag.VERB] if words[0].isalpha() else 0  # a hyphenated word has several tags
    if max(heads[Tag.VERB], acted) > heads.total() / 2 and not _is_nominal(words, group, looked):
        return False
    if heads[Tag.NOUN] and len(words) == 1 and "NOUN" in parts_of_speech(words[0].lower()):
        tags[-1] = Tag.NOUN
    if tags and tags[0] == Tag.VERB and _is_nominal(words, group, looked):
        tags[0] = Tag.NOUN  # the concentrate valve
    return (
        bool(tags)
        and tags[0] not in _EDGES
        and _ends_well(words[-1], tags[-1])
        and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
    )


def _is_of_a_sentence(words: list[str], source: str) -> bool:
    """Tell whether a phrase has what ties it to a sentence: an amount, a verb, a place's name.

    A name may have anything: Seven Wonders of the World.
    """
    if sum(word[:1].isupper() for word in words) > 1:
        return False
    tags = word_tags(words)
    place = words[0].endswith(_POSSESSIVE) and tag_of(_first_word(source)) == PLACE
    amount = any(word.isdigit() for word in words[:-1]) and words[-1].islower()
    bound = any(word in _BOUND for word in words)
    amount |= words[0] in _AMOUNTS and words[1:2] == ["of"] and _COUNTED.isdisjoint(source)
    tied = len(words) > 1 and tags[0] == Tag.PARTICIPLE and words[1] in PREPOSITIONS
    listed = any(word.endswith(",") for word in words)
    finite = (
        tied
        or listed
        or any(t == Tag.VERB and w.endswith("s") for w, t in zip(words, tags, strict=True))
    )
    return place or amount or bound or finite


def _first_word(source: str) -> str:
    return next((word.text for word in cut_words(shadow(source).text)), "")


def _ends_well(word: str, tag: Tag) -> bool:
    """Tell whether a noun phrase may end with a word: a noun, a name, an acronym or a number."""
    known = parts_of_speech(word.lower())
    if "ADJ" in known and "NOUN" not in known:
        return False
    return tag in _ENDS or is_acronym(word) or not word.isalpha()


def _one_of(head: str, known: Counter[str]) -> str:
    """Return the singular of a noun; of several the one that the texts have.

    >>> _one_of("leaves", Counter()), _one_of("bases", Counter({"basis": 2}))
    ('leaf', 'basis')
    """
    lemmas = parts_of_speech(head).get("NOUN", ())
    if not lemmas:  # a noun that the lexicon lacks, or has as a verb alone: templates, benthos
        return _one_of_unknown(head)
    if head in lemmas or len(lemmas) < 2:
        return singular(head)
    pairs = [each for each in lemmas if head.endswith("ves") and each.endswith(("f", "fe"))]
    return max((*pairs, *lemmas), key=lambda each: known[each])


def _one_of_unknown(head: str) -> str:
    """Return the singular of a noun that the lexicon lacks, by what it ends with.

    >>> [_one_of_unknown(word) for word in ("teahouses", "backlinks", "benthos")]
    ['teahouse', 'backlink', 'benthos']
    """
    if head.endswith(_NO_PLURALS):
        return head
    if parts_of_speech(head):
        return head.removesuffix("s")
    for at in range(2, len(head) - _TAIL_LEAST + 1):
        if "NOUN" in parts_of_speech(head[at:]) and "NOUN" in parts_of_speech(head[:at]):
            return head[:at] + singular(head[at:])
    return singular(head)


def _is_foreign(word: str) -> bool:
    """Tell whether a word in small letters is no English: peste des petits ruminants."""
    return word.isalpha() and word.islower() and not (parts_of_speech(word) or word in STOP_WORDS)


def _in_singular(words: list[str], forms: Counter[str], known: Counter[str]) -> list[str]:
    """Return a phrase in the singular if its head stands so in the text often enough."""
    head = words[-1]
    if _PLURAL_ACRONYM.fullmatch(head):
        return [*words[:-1], head[:-1]]
    one = _one_of(head, known)
    latin = head.endswith(_GENITIVES) and any(word.istitle() for word in words[:-1])
    latin = latin or sum(map(_is_foreign, words[:-1])) > 1
    if one == head or latin or any(word in PREPOSITIONS or word in {"and", "or"} for word in words):
        return words  # persons with disabilities
    # the lexicon has relations and statistics as words of their own, but bars too
    if (head in _SUMMATION and known[head] >= known[one]) or (
        is_lemma(head, "NOUN") and one not in known
    ):
        return words
    phrase = " ".join([*words[:-1], one]).casefold()
    if any(form.casefold() == phrase for form in forms) or known[head] < _SINGULAR * max(
        known[one], 1
    ):
        return [*words[:-1], one]
    return words
