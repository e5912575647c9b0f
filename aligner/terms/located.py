"""What the look at terms gives: each term with the places of its renderings.

All are frozen. A `Seen` is what was picked for one place, a `RenderingGroup` the places
that have one rendering, a `Grouped` a term with all its groups; `Looked` holds all terms
of some bitexts, and is all that a check may use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aligner.bitext import Bitext
from aligner.encode.protocol import Floats
from aligner.lexicon.tagger import Tag
from aligner.span import Span
from aligner.terms.units import TextUnit
from aligner.terms.wanted import TermPlace, Wanted
from aligner.wording.difference import Comparison

if TYPE_CHECKING:
    from aligner.encode.spans import SpanEncoder

RENDERED_LEAST = 0.05  # P(rendered) under which a place counts as not rendered
RENDERED_SURELY = 0.5  # from which it is likelier than not that something was found


class WordLink(NamedTuple):
    """Where an English word of a rendering comes from."""

    word: str  # in lower case
    term: float  # P(from the term)
    other: float  # P(from another word of the sentence)
    gloss: float  # share of a gloss that joins it to the term
    rival: float  # and to another word of the sentence


class RivalWording(NamedTuple):
    """Another wording that a place may have."""

    text: str  # on one line
    p: float  # P(this wording | the term is rendered)


class WordBeside(NamedTuple):
    """A content word directly before or after a rendering, with no mark between."""

    word: str  # as it stands
    tag: Tag
    free: float  # P(no Chinese word outside the term explains it)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was picked for one place.

    `p` says how sure the span is, `wording` how sure its content words are: it counts all
    spans that have them, such as a word that stands twice.
    """

    place: TermPlace
    span: Span | None  # in the unit's English text; None for a unit without one
    text: str  # on one line
    p: float  # P(exactly this span | rendered)
    found: float  # P(rendered)
    row: Floats | None = None  # the evidence for the span, see `EVIDENCE_NAMES`
    links: tuple[WordLink, ...] = ()  # of the words of the span
    wording: float = 0.0  # P(a span with these content words | rendered)
    rivals: tuple[RivalWording, ...] = ()  # the likeliest other wordings, the likeliest first
    tags: tuple[Tag, ...] = ()  # parts of speech of the span's words
    before: WordBeside | None = None
    after: WordBeside | None = None
    context: Floats | None = None  # what surrounds the span, see `CONTEXT_NAMES`

    @property
    def rendered(self) -> bool:
        """Whether the pick counts as a rendering."""
        return self.span is not None and self.found >= RENDERED_LEAST


@dataclass(frozen=True, slots=True)
class RenderingGroup:
    """The places that have one rendering."""

    text: str  # the commonest surface form
    comparison: Comparison
    places: tuple[Seen, ...]
    mass: float  # expected number of places

    @property
    def sure(self) -> int:
        """In how many places the rendering is sure."""
        return sum(seen.found >= RENDERED_SURELY for seen in self.places)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A term with its groups, the dominant one first, and what has no rendering."""

    wanted: Wanted
    groups: tuple[RenderingGroup, ...]
    unrendered: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Some bitexts with their terms and what renders each: all that a check may use."""

    bitexts: Mapping[str, Bitext]  # by their ids
    units: Sequence[TextUnit]  # of all bitexts
    terms: Sequence[Grouped]  # in the order of their first place
    announced: tuple[str, ...]  # short forms that the English texts announce, sorted
    encoder: SpanEncoder  # for the likeness of renderings
