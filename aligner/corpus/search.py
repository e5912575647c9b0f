"""A bilingual concordance: where a term stands in a corpus, and what renders it there.

A Chinese term is looked for in the column of folded texts, so that simplified and
traditional, full and half width are one; an English one as words in any case, with any
blanks or hyphens between them. polars goes through the files lazily and reads no more
columns than it takes.

What renders the term is found by `locate`, a function of the caller, since it takes the
term's statistics; without it the other side is shown whole.

polars is imported on first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from aligner.corpus.reading import frames, no_table
from aligner.errors import SettingError
from aligner.filenames import decoded
from aligner.messages import _
from aligner.span import Lang, Span

if TYPE_CHECKING:
    import polars as pl

HITS: Final = 1_000
CONTEXT: Final = 30  # characters of context
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NO_TEXT: Final = frozenset({"Cc", "Cs"})  # control characters, and bytes that are not UTF-8
_BETWEEN: Final = r"[\s\-‐‑–]+"


class TermPair(NamedTuple):
    """A place of a term in a pair, for which a rendering is sought."""

    src: str
    tgt: str
    span: Span  # of the term, in the text of its own side


# For each place the span of the rendering in the other side's text; None: not found.
Locate = Callable[[Lang, Sequence[TermPair]], Sequence[Span | None]]


class Kwic(NamedTuple):
    """A key word in context."""

    left: str
    word: str
    right: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of the term."""

    doc: str
    src: str
    tgt: str
    src_ids: tuple[int, ...]
    tgt_ids: tuple[int, ...]
    p: float  # of the link
    side: Lang  # where the term was looked for
    term_span: Span  # in the text of that side
    rendering_span: Span | None  # in the text of the other side

    @property
    def rendering(self) -> str:
        """What renders the term; empty if that is not known."""
        other = self.tgt if self.side == "zh" else self.src
        return other[slice(*self.rendering_span)] if self.rendering_span else ""

    def kwic(self, width: int = CONTEXT) -> tuple[Kwic, Kwic]:
        """Return both sides with at most so many characters on each side of the mark.

        The Chinese side is first. A side without a mark is cut at its end.
        """
        spans = (self.term_span, self.rendering_span)
        src, tgt = spans if self.side == "zh" else spans[::-1]
        return kwic(self.src, src, width), kwic(self.tgt, tgt, width)


@dataclass(frozen=True, slots=True)
class Concordance:
    """What a search found."""

    term: str
    side: Lang
    beads: int  # in which the term stands
    documents: int  # in which it does
    hits: tuple[Hit, ...]  # of the first beads, in the order of the corpus
    renderings: Mapping[str, int]  # of the hits, case alike, the most frequent first

    @property
    def left_out(self) -> bool:
        """Whether there are more places than were asked for."""
        return self.beads > len({(hit.doc, hit.src_ids, hit.tgt_ids) for hit in self.hits})


def search(  # noqa: PLR0913 - the options of the command
    term: str,
    corpus: str | Path,
    *,
    side: Lang | None = None,
    min_p: float = 0.0,
    most: int = HITS,
    locate: Locate | None = None,
) -> Concordance:
    """Find a term in a corpus.

    Args:
        term: Chinese or English.
        corpus: The folder.
        side: Where to look; found from the term's script if None.
        min_p: Least probability of a bead's link.
        most: How many beads to show; all are counted.
        locate: Finds what renders the term in each place.

    Raises:
        FormatError: A file of the corpus is damaged.
        SettingError: The term is empty or not text, or the folder is not a corpus.

    Cost: one pass over the bytes of the corpus and over one column.
    """
    term = decoded(term).strip()
    side = side or ("zh" if re.search("[\u3400-\u9fff\U00020000-\U0003ffff]", term) else "en")
    pattern, test = _pattern(term, side)
    first, beads, documents = _found(corpus, test, min_p, most)
    hits = [hit for rows in first for hit in _hits(rows, side, pattern)]
    if locate is not None and hits:
        hits = _located(hits, side, locate)
    return Concordance(
        term=term,
        side=side,
        beads=beads,
        documents=documents,
        hits=tuple(hits),
        renderings=_counted(hits),
    )


def kwic(text: str, span: Span | None, width: int = CONTEXT) -> Kwic:
    """Return a place in a text with its context; `…` stands where the text goes on.

    >>> kwic("建设先行示范区的意见", Span(2, 7), width=2)
    Kwic(left='建设', word='先行示范区', right='的意…')
    >>> kwic("one two three", None, width=4)
    Kwic(left='', word='', right='one two …')
    """
    if span is None:
        end = 2 * width
        return Kwic("", "", text[:end] + ("…" if len(text) > end else ""))
    start, stop = span
    left, right = text[max(0, start - width) : start], text[stop : stop + width]
    return Kwic(
        ("…" if start > width else "") + left,
        text[start:stop],
        right + ("…" if len(text) > stop + width else ""),
    )


def _pattern(term: str, side: Lang) -> tuple[re.Pattern[str], pl.Expr]:
    """Return what finds the term in a text, and what finds the rows that have it."""
    import polars as pl

    from aligner.lang.shadow import shadow

    if not term:
        raise SettingError(_("the term is empty"), hint=_("name a word or a phrase"))
    if any(unicodedata.category(character) in _NO_TEXT for character in term):
        raise SettingError(
            _("the term {term} contains control characters or bytes that are not UTF-8").format(
                term=term
            ),
            hint=_("if the terminal does not send UTF-8, set its locale, such as LC_ALL=C.UTF-8"),
        )
    if side == "zh":
        key = shadow(term).text
        pattern = re.compile(re.escape(key), re.IGNORECASE)
        return pattern, pl.col("src_key").str.contains(key.lower(), literal=True)
    words = [re.escape(word) for word in _WORD.findall(term)] or [re.escape(term)]
    inside = _BETWEEN.join(words)
    start, stop = (r"\b" if _WORD.match(char) else "" for char in (term[0], term[-1]))
    # the two engines of regular expressions agree on all that is used here
    return (
        re.compile(f"{start}{inside}{stop}", re.IGNORECASE),
        pl.col("tgt").str.contains(f"(?i){start}{inside}{stop}"),
    )


def _found(
    corpus: str | Path, test: pl.Expr, min_p: float, most: int
) -> tuple[list[pl.DataFrame], int, int]:
    """Return the first rows that pass, how many there are, and of how many documents."""
    import polars as pl

    if min_p:
        test &= pl.col("p") >= min_p
    first: list[pl.DataFrame] = []
    beads = documents = 0
    for frame in frames(corpus):  # a document is in one of them
        rows = frame.filter(test)
        left = max(0, most - sum(map(len, first)))
        shown = rows.select("doc", "src", "tgt", "src_ids", "tgt_ids", "p").head(left)
        counted = rows.select(beads=pl.len(), documents=pl.col("doc").n_unique())
        with no_table(corpus):
            some, counts = pl.collect_all([shown, counted], engine="streaming")
        first.append(some)
        beads += counts["beads"].item()
        documents += counts["documents"].item()
    return first, beads, documents


def _hits(rows: pl.DataFrame, side: Lang, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """Yield every place of the term in the rows."""
    from aligner.lang.shadow import shadow

    for doc, src, tgt, src_ids, tgt_ids, p in rows.iter_rows():
        copy = shadow(src) if side == "zh" else None
        for found in pattern.finditer(copy.text if copy else tgt):
            span = copy.original_span(*found.span()) if copy else Span(*found.span())
            yield Hit(doc, src, tgt, tuple(src_ids), tuple(tgt_ids), p, side, span, None)


def _located(hits: Sequence[Hit], side: Lang, locate: Locate) -> list[Hit]:
    spans = locate(side, [TermPair(hit.src, hit.tgt, hit.term_span) for hit in hits])
    return [replace(hit, rendering_span=span) for hit, span in zip(hits, spans, strict=True)]


def _counted(hits: Sequence[Hit]) -> dict[str, int]:
    """Count the renderings, case alike, each under its commonest form."""
    forms: dict[str, Counter[str]] = {}
    for hit in hits:
        if hit.rendering:
            forms.setdefault(hit.rendering.casefold(), Counter())[hit.rendering] += 1
    counts = {form.most_common(1)[0][0]: form.total() for form in forms.values()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
