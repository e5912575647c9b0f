"""The editing actions on sentences: split one, join two, correct the text of one.

A sentence keeps its place in the document's text whatever is done to it, so that findings
and exports still point at the user's own text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from aligner.errors import ReviewError
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import gap
from aligner.messages import _
from aligner.review.edits import Group, Mint, regroup, single_nulls
from aligner.review.values import Hunk, ReviewChange, ReviewLink, Sentence
from aligner.span import Lang, Span


def split_sentence(  # noqa: PLR0913, PLR0917 - where a sentence is
    links: Sequence[ReviewLink], place: int, sentence: Sentence, at: int, document: str, mint: Mint
) -> ReviewChange:
    """Return the change that cuts a sentence in two before character `at` of its text.

    The first part keeps the id. Both stay in the link of the sentence.

    Args:
        links: Of the whole document.
        place: Of the sentence's link.
        sentence: Which is cut.
        at: Offset in its text.
        document: The text that its span is of.
        mint: Gives new ids.

    Raises:
        ReviewError: One of the parts would be empty.
    """
    head, tail = sentence.text[:at].rstrip(), sentence.text[at:].lstrip()
    if not head or not tail:
        raise ReviewError(
            _("one part of the sentence would be empty"),
            hint=_("cut it at a place between 1 and {count}").format(count=len(sentence.text) - 1),
        )
    raw = document[slice(*sentence.span)]
    border = place_in(raw, sentence.text, len(sentence.text) - len(tail))
    end = len(raw[:border].rstrip()) or border
    start = sentence.span.start
    skipped = len(sentence.text) - len(tail)
    parts = (
        replace(
            sentence,
            key=mint.new_key(),
            text=head,
            span=Span(start, start + end),
            soft=tuple(k for k in sentence.soft if k < len(head)),
        ),
        replace(
            sentence,
            key=mint.new_key(),
            id=mint.new_sentence(),
            text=tail,
            span=Span(start + border, sentence.span.stop),
            soft=tuple(k - skipped for k in sentence.soft if k > skipped),
        ),
    )
    return _exchanged("split sentence", links, place, (sentence,), parts, mint)


def place_in(raw: str, text: str, at: int) -> int:
    r"""Return the offset in `raw` of the character at `at` in `text`, which was made from it.

    Line ends are joined in `text`, and a person may have corrected it.

    >>> place_in("He came\n  home. She left.", "He came home. She left.", 14)
    16
    """
    for block in SequenceMatcher(None, raw, text, autojunk=False).get_matching_blocks():
        if block.size and at < block.b + block.size:
            return block.a + max(0, at - block.b)
    return len(raw)


def join_sentences(
    links: Sequence[ReviewLink],
    places: tuple[int, int],
    pair: tuple[Sentence, Sentence],
    mint: Mint,
) -> ReviewChange:
    """Return the change that makes one sentence of two neighbours; it keeps the first's id.

    Where they are in two links, these become one.
    """
    first, second = pair
    joiner = gap(first.text, second.text, zh.JOINER if first.side == "zh" else en.JOINER)
    shift = len(first.text) + len(joiner)
    whole = replace(
        first,
        key=mint.new_key(),
        text=first.text + joiner + second.text,
        span=Span(first.span.start, second.span.stop),
        soft=first.soft + tuple(k + shift for k in second.soft),
    )
    if places[0] == places[1]:
        return _exchanged("join sentences", links, places[0], pair, (whole,), mint)
    both = links[places[0]], links[places[1]]
    group: Group = both[0].src + both[1].src, both[0].tgt + both[1].tgt
    hunk = regroup("join sentences", links, places, [group], mint).hunks[0]
    after = list(hunk.after)
    at = next(n for n, link in enumerate(after) if first in link.sentences)
    if second in after[at].sentences:
        after[at] = _with_sentences(after[at], pair, (whole,))
    else:  # two sentences without partner stay without
        after[at] = with_side(after[at], first.side, (whole,))
        after = [link for link in after if second not in link.sentences]
    return ReviewChange("join sentences", (hunk._replace(after=tuple(after)),), new=(whole,))


def correct(
    links: Sequence[ReviewLink], place: int, sentence: Sentence, text: str, mint: Mint
) -> ReviewChange:
    """Return the change that gives a sentence another text; its span stays.

    Raises:
        ReviewError: The text is empty.
    """
    text = " ".join(text.split())
    if not text:
        raise ReviewError(
            _("a sentence cannot be empty"),
            hint=_("join it with its neighbour, or leave it unlinked"),
        )
    if text == sentence.text:
        return ReviewChange("correct")
    new = replace(sentence, key=mint.new_key(), text=text, soft=())
    return _exchanged("correct", links, place, (sentence,), (new,), mint)


def _exchanged(  # noqa: PLR0913, PLR0917 - where sentences are
    kind: str,
    links: Sequence[ReviewLink],
    place: int,
    old: Sequence[Sentence],
    new: tuple[Sentence, ...],
    mint: Mint,
) -> ReviewChange:
    link = _with_sentences(links[place], old, new)
    singles = list(single_nulls((link.src, link.tgt)))
    first = replace(link, src=singles[0][0], tgt=singles[0][1])
    others = (ReviewLink(mint.new_link(), *group, link.p, link.status) for group in singles[1:])
    return ReviewChange(kind, (Hunk(place, (links[place],), (first, *others)),), new=new)


def _with_sentences(
    link: ReviewLink, old: Sequence[Sentence], new: tuple[Sentence, ...]
) -> ReviewLink:
    """Return a link in which some neighbouring sentences gave way to others."""
    side = old[0].side
    sentences = link.side(side)
    at = sentences.index(old[0])
    changed = with_side(link, side, (*sentences[:at], *new, *sentences[at + len(old) :]))
    return replace(changed, p=link.p if link.held else None)


def with_side(link: ReviewLink, side: Lang, sentences: tuple[Sentence, ...]) -> ReviewLink:
    """Return a link that has other sentences on one side."""
    return replace(link, src=sentences) if side == "zh" else replace(link, tgt=sentences)
