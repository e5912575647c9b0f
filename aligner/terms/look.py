"""Look at all places of all terms: from bitexts to what renders each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from aligner.bitext import Bitext
from aligner.encode.spans import SpanEncoder
from aligner.errors import SettingError
from aligner.lexicon.tagger import Tag, tag_words
from aligner.messages import _
from aligner.one_thread import one_thread
from aligner.span import Span
from aligner.terms.announced import english_short_forms
from aligner.terms.by_letters.misprinted import with_misprints
from aligner.terms.group import group
from aligner.terms.linked import Linked, link_units
from aligner.terms.locate.context.context_columns import COLUMN
from aligner.terms.locate.pick import Pick, Rival, pick_renderings
from aligner.terms.locate.score import TermWeights, load_term_weights, locate
from aligner.terms.locate.span_evidence import Evidence, Sought
from aligner.terms.located import Looked, RivalWording, Seen, WordBeside, WordLink
from aligner.terms.units import EnglishWords, TextUnit, units
from aligner.terms.wanted import Wanted, wanted_terms
from aligner.wording.content_words import content_key

if TYPE_CHECKING:
    from aligner.glossary.entries import Glossary


def look(
    bitexts: Sequence[Bitext],
    *,
    glossary: Glossary | None,
    candidates: bool,
    encoder: SpanEncoder | None = None,
    progress: Callable[[str], None],
) -> Looked:
    """Find the terms of some bitexts, and what renders each place of each term.

    Args:
        bitexts: Terms are counted over all of them.
        glossary: Terms to look for.
        candidates: Whether to look for terms that no glossary names.
        encoder: One at hand; the default one is loaded if None.
        progress: Is told what begins.

    Raises:
        SettingError: There is nothing to look for, or two bitexts have one id.
    """
    if not candidates and glossary is None:
        raise SettingError(
            _("nothing to look for"), hint=_("give a glossary, or look for candidates")
        )
    by_id = {bitext.id: bitext for bitext in bitexts}
    if len(by_id) < len(bitexts):
        raise SettingError(_("two bitexts have one id"), hint=_("give each pair an id of its own"))
    progress("looking for terms")
    all_units = [unit for bitext in bitexts for unit in units(bitext)]
    model = encoder or SpanEncoder()
    linked = link_units(all_units, model)
    terms = wanted_terms(all_units, glossary=glossary, linked=linked if candidates else None)
    progress("locating renderings")
    announced = announced_forms(all_units)
    found = find_places(linked, terms, encoder=model, weights=load_term_weights())
    places = with_misprints(found, all_units)
    common = word_counts(all_units)
    grouped = [
        group(term, seen, announced, common) for term, seen in zip(terms, places, strict=True)
    ]
    return Looked(by_id, all_units, grouped, announced, model)


def announced_forms(units: Sequence[TextUnit]) -> tuple[str, ...]:
    """Return the short forms that the English texts announce, sorted."""
    return tuple(sorted({form.short for u in units for form in english_short_forms(u.tgt)}))


def word_counts(units: Iterable[TextUnit]) -> Counter[str]:
    """Return in how many units each content word stands, in normal form."""
    counts: Counter[str] = Counter()
    for unit in units:
        counts.update(set(content_key(unit.tgt)))
    return counts


def find_places(
    linked: Linked,
    terms: Sequence[Wanted],
    *,
    encoder: SpanEncoder,
    weights: TermWeights,
) -> list[list[Seen]]:
    """Find what renders each place of each term.

    Places in units without an English side are kept, as untranslated.

    Cost: linear in the number of places; see `evidence`.
    """
    # Small products are many times slower if each wakes a pool of threads.
    with one_thread():
        return _find_places(linked, terms, encoder, weights)


def _find_places(
    linked: Linked, terms: Sequence[Wanted], encoder: SpanEncoder, weights: TermWeights
) -> list[list[Seen]]:
    row = linked.row
    sought: list[Sought] = []
    number_of: dict[tuple[int, int], int] = {}
    for t, term in enumerate(terms):
        for p, place in enumerate(term.places):
            if row[place.unit] >= 0:
                number_of[t, p] = len(sought)
                sought.append(Sought(t, int(row[place.unit]), place.span))
    evidence = Evidence(linked.corpus, linked.association, encoder, sought)
    picks = pick_renderings(evidence, locate(evidence, weights.alone), weights.around)
    return [
        [
            _seen(term, p, picks.get(number_of.get((t, p), -1)), evidence)
            for p in range(len(term.places))
        ]
        for t, term in enumerate(terms)
    ]


def _seen(term: Wanted, number: int, pick: Pick | None, evidence: Evidence) -> Seen:
    place = term.places[number]
    if pick is None:
        return Seen(place, None, "", 0.0, 0.0)
    unit = evidence.sought[pick.sought].unit
    english, (first, last) = evidence.corpus.english[unit], evidence.words_of(unit, pick.span)
    start, stop = int(english.start[first]), int(english.stop[last - 1])
    links = evidence.links(pick.sought, first, last)
    tags = tag_words(english.words)
    return Seen(
        place=place,
        span=Span(start, stop),
        text=on_one_line(english.text[start:stop]),
        p=pick.p,
        found=pick.found,
        row=pick.row,
        links=tuple(
            WordLink(word.lower(), *link)
            for word, link in zip(english.words[first:last], links, strict=True)
        ),
        wording=pick.wording,
        rivals=tuple(_rival(rival, unit, evidence) for rival in pick.rivals),
        tags=tags[first:last],
        before=_beside(english, tags, first - 1, pick.context[COLUMN["free_left"]]),
        after=_beside(english, tags, last, pick.context[COLUMN["free_right"]]),
        context=pick.context,
    )


def _rival(rival: Rival, unit: int, evidence: Evidence) -> RivalWording:
    english, (first, last) = evidence.corpus.english[unit], evidence.words_of(unit, rival.span)
    return RivalWording(
        on_one_line(english.text[int(english.start[first]) : int(english.stop[last - 1])]), rival.p
    )


def _beside(
    english: EnglishWords, tags: Sequence[Tag], number: int, free: float
) -> WordBeside | None:
    """Return a content word beside a span; none where a mark or function word stands."""
    if free <= 0 or not 0 <= number < len(tags):
        return None
    return WordBeside(english.words[number], tags[number], float(free))


def on_one_line(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.split())
