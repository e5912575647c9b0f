"""The form in which a found term is proposed for a glossary, and whether it is worth a row.

A glossary has citation forms: lower case unless the words are a name, singular unless the
term is plural by nature, no article. Which of these holds is read from the places of the
term, not from a list: a name keeps its capitals inside sentences, and a plural by nature
never stands in the singular.

A row is worth a reviser's time if the term was surely rendered in two places or more,
mostly by these words, and is no piece of a longer entry.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from aligner.check.source_form import holds_shorter, is_local, is_name, is_phrase
from aligner.lang.shadow import shadow
from aligner.lexicon import cut_words
from aligner.lexicon.tagger import Tag, tag_words
from aligner.span import Span
from aligner.terms.candidates.tags import PLACE, tag_of
from aligner.terms.located import Grouped, Looked, RenderingGroup
from aligner.terms.units import english_words
from aligner.wording.content_words import PREPOSITIONS, STOP_WORDS
from aligner.wording.forms import is_lemma, parts_of_speech, singular

ENTRY_PLACES: Final = 2  # a term that stands once is no entry yet
CITED_SHARE: Final = 0.6  # of the rendered places that have the dominant rendering
LEAST_SURE: Final = 0.6  # mean P(these words) over the dominant places
MOST_COVERED: Final = 0.5  # share of a term's places inside longer rows: more is a fragment
NAME_SHARE: Final = 0.7  # of the places inside sentences that have a capital
CUT_SHARE: Final = 2  # one name in so many that goes on behind the words: they are a piece of it
_SINGULAR: Final = 10  # times as often in the plural, or ten times and never in the singular:
# a word that is plural by nature
_NAME_GOES_ON: Final = re.compile(r",? (?:and |of |for |the )*[A-Z][a-z]")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,}s")  # NGOs
_POSSESSIVE: Final = ("’s", "'s")
# Determiners and quantifiers, a closed class (R. Quirk et al., A Comprehensive Grammar of the
# English Language, 1985, chapter 5): what has one is of a sentence, not of a glossary.
_BOUND: Final = frozenset(
    """this that these those its their his her my our your some any no each every other another
    such same certain several various different many few much more most all both""".split()  # noqa: SIM905 - reads best as words
)
# Summation plurals, and nouns that mean something else in the singular (ibid.).
_SUMMATION: Final = frozenset(
    """affairs arms belongings clothes customs damages dues earnings goods grounds lodgings
    manners means minutes outskirts particulars premises proceeds quarters remains riches savings
    securities spirits stairs surroundings thanks tidings valuables wages works""".split()  # noqa: SIM905 - reads best as words
)
_IN_ADDRESS: Final = tuple("./:@_#=?")
_AMOUNTS: Final = frozenset({"number", "amount", "total", "lot", "kind"})  # of something
_COUNTED: Final = frozenset("数量额種种总總")  # what names an amount in Chinese
_PAIRS: Final = ("()", "[]", "“”")
_ENDS: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.NUMBER})
_EDGES: Final = frozenset({Tag.VERB, Tag.ADVERB, Tag.CONJUNCTION, Tag.PREPOSITION, Tag.DETERMINER})


def citations(looked: Looked) -> dict[str, str]:
    """Return the English citation form of each term that is worth a row, by its key.

    Cost: linear in the places of the terms.
    """
    found: dict[str, tuple[str, str]] = {}  # the Chinese term and its rendering
    chosen = [term for term in looked.terms if _is_sure(term)]
    covered = _covered(chosen)
    known = Counter(word for unit in looked.units for word in unit.tgt.split())
    for term in chosen:
        size = len(term.wanted.places)
        if covered[term.wanted.key] > MOST_COVERED * size:
            continue
        text = citation(term.groups[0], looked, known, source=term.wanted.text)
        src = term.wanted.text
        if not (term.wanted.marked or is_phrase(src) or is_name(src, text)):
            continue
        if _is_of_addresses(term, looked):
            continue
        if text and not _is_truncated(term, text):
            found[term.wanted.key] = term.wanted.text, text
    by_text = {shadow(src).text: text.casefold() for src, text in found.values()}
    return {
        key: text
        for key, (src, text) in found.items()
        if not (is_local(src, text, by_text) or holds_shorter(src, text, by_text))
    }


def _is_sure(term: Grouped) -> bool:
    if not term.groups or term.wanted.nested:
        return False
    dominant = term.groups[0]
    rendered = sum(len(group.places) for group in term.groups)
    sure = sum(seen.p * seen.found for seen in dominant.places)
    return (
        dominant.sure >= ENTRY_PLACES
        and len(dominant.places) >= CITED_SHARE * (rendered + len(term.unrendered))
        and sure >= LEAST_SURE * len(dominant.places)
    )


def _is_of_addresses(term: Grouped, looked: Looked) -> bool:
    """Tell whether a term stands mostly in web addresses, paths and names of accounts."""
    inside = 0
    for place in term.wanted.places:
        text, (start, stop) = looked.units[place.unit].src, place.span
        before, after = text[max(0, start - 1) : start], text[stop : stop + 2]
        joined = after[:1] in _IN_ADDRESS and after[1:].isalnum() and after[1:].isascii()
        inside += bool(before in _IN_ADDRESS and before) or bool(joined and after)
    return term.wanted.text.isascii() and 2 * inside > len(term.wanted.places)


def _covered(terms: Sequence[Grouped]) -> Counter[str]:
    """Count the places of each term that lie inside a place of a longer one."""
    by_unit: defaultdict[int, list[tuple[Span, str]]] = defaultdict(list)
    for term in terms:
        for place in term.wanted.places:
            by_unit[place.unit].append((place.span, term.wanted.key))
    found: Counter[str] = Counter()
    for places in by_unit.values():
        reach, best = -1, Span(0, 0)
        for span, key in sorted(places, key=lambda pair: (pair[0].start, -pair[0].stop)):
            if span.stop <= reach and span != best:
                found[key] += 1
            elif span.stop > reach:
                reach, best = span.stop, span
    return found


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
    if not forms or CUT_SHARE * cut >= forms.total():
        return ""
    if source in forms:
        return source
    words = _in_case(inside or forms, heading=not inside)
    if not words or not _is_noun_phrase(words) or _is_of_a_sentence(words, source):
        return ""
    if not any(word[:1].isupper() and not _is_acronym(word) for word in words[1:]):
        words = _without_heading(words[:1]) + words[1:]
    if words[-1].islower() or _PLURAL_ACRONYM.fullmatch(words[-1]):
        words = _in_singular(words, forms, known)
    return " ".join(words)


def _forms(group: RenderingGroup, looked: Looked) -> tuple[Counter[str], Counter[str], int]:
    """Count the surface forms of a rendering, those inside sentences, and names cut short."""
    forms: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    cut = 0
    for seen in group.places:
        if seen.span is None:
            continue
        sentence = looked.units[seen.place.unit].tgt
        text = " ".join(sentence[slice(*seen.span)].split())
        forms[text] += 1
        cut += text[0].isupper() and _NAME_GOES_ON.match(sentence[seen.span.stop :]) is not None
        if _is_inside(sentence, seen.span):
            inside[text] += 1
    return forms, inside, cut


def _in_case(counted: Counter[str], *, heading: bool) -> list[str]:
    """Return the words of the commonest form; in small letters unless it is a name."""
    small = {form: n for form, n in counted.items() if _is_lower(form)}
    if sum(small.values()) > (1 - NAME_SHARE) * counted.total():
        return _bare(max(sorted(small), key=lambda form: small[form]).split())
    words = _bare(max(sorted(counted), key=lambda form: counted[form]).split())
    return _without_heading(words) if heading else words


def _is_noun_phrase(words: list[str]) -> bool:
    """Tell whether words read as a noun phrase with all its brackets."""
    text = " ".join(words)
    tags = tag_words(english_words(text).words)
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
    read = english_words(" ".join(words)).words
    tags = tag_words(read)
    place = words[0].endswith(_POSSESSIVE) and tag_of(_first_word(source)) == PLACE
    amount = any(word.isdigit() for word in words[:-1]) and words[-1].islower()
    bound = any(word in _BOUND for word in words)
    amount |= words[0] in _AMOUNTS and words[1:2] == ["of"] and _COUNTED.isdisjoint(source)
    tied = len(words) > 1 and tags[0] == Tag.PARTICIPLE and words[1] in PREPOSITIONS
    listed = any(word.endswith(",") for word in words)
    finite = (
        tied
        or listed
        or any(t == Tag.VERB and w.endswith("s") for w, t in zip(read, tags, strict=True))
    )
    return place or amount or bound or finite


def _first_word(source: str) -> str:
    return next((word.text for word in cut_words(shadow(source).text)), "")


def _ends_well(word: str, tag: Tag) -> bool:
    """Tell whether a noun phrase may end with a word: a noun, a name, an acronym or a number."""
    return tag in _ENDS or _is_acronym(word) or not word.isalpha()


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _is_truncated(term: Grouped, text: str) -> bool:
    """Tell whether one English word stands for several Chinese ones."""
    words = [word for word in cut_words(term.wanted.text) if len(word.text) > 1]
    return len(words) > 1 and len(english_words(text).words) == 1 and not _is_acronym(text)


def _bare(words: list[str]) -> list[str]:
    """Take articles and other stop words off both ends."""
    while words and words[0].lower() in STOP_WORDS:
        words = words[1:]
    while words and words[-1].lower() in STOP_WORDS and words[-1] != "A":
        words = words[:-1]
    return words


def _is_inside(sentence: str, span: Span) -> bool:
    """Tell whether a place lies inside a sentence that is written as one, not as a heading."""
    before = sentence[: span.start].rstrip(" \"'“‘(")
    if not before or before[-1] in ".!?:;•-":
        return False
    others = [w for w in (sentence[: span.start] + sentence[span.stop :]).split() if w.isalpha()]
    return any(word.islower() and len(word) > 3 for word in others)


def _is_lower(form: str) -> bool:
    """Tell whether some word that could have a capital has none."""
    words = [word for word in form.split() if word.lower() not in STOP_WORDS]
    return any(word[:1].islower() for word in words)


def _without_heading(words: list[str]) -> list[str]:
    """Write a form in small letters that stands at the heads of sentences and titles only.

    Where names stand behind its first word, the whole is one: North Bay Port Authority.
    """
    tags = tag_words([word.lower() for word in words])
    kept = [
        _is_acronym(word) or tag == Tag.NAME or not parts_of_speech(word.lower())
        for word, tag in zip(words, tags, strict=True)
    ]
    named = [
        yes and word.isalpha() and not _is_acronym(word) and word[0].isupper()
        for word, yes in zip(words, kept, strict=True)
    ]
    if sum(named) > 1 and all(
        word[0].isupper() for word in words if word.lower() not in STOP_WORDS
    ):
        return words
    return [word if yes else word.lower() for word, yes in zip(words, kept, strict=True)]


def _one_of(head: str, known: Counter[str]) -> str:
    """Return the singular of a noun; of several the one that the texts have.

    >>> _one_of("leaves", Counter()), _one_of("bases", Counter({"basis": 2}))
    ('leaf', 'basis')
    """
    lemmas = parts_of_speech(head).get("NOUN", ())
    if head in lemmas or len(lemmas) < 2:
        return singular(head)
    regular = [each for each in lemmas if head.endswith("ves") and each.endswith(("f", "fe"))]
    return max((*regular, *lemmas), key=lambda each: known[each])


def _in_singular(words: list[str], forms: Counter[str], known: Counter[str]) -> list[str]:
    """Return a phrase in the singular if its head stands so in the text often enough."""
    head = words[-1]
    if _PLURAL_ACRONYM.fullmatch(head):
        return [*words[:-1], head[:-1]]
    one = _one_of(head, known)
    if one == head or any(word in PREPOSITIONS or word in {"and", "or"} for word in words):
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
