"""Links as rows of the page, and which of them pass a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from aligner.messages import _
from aligner.review.desk import Paper
from aligner.review.session import Session
from aligner.review.values import ReviewChange, ReviewLink, Sentence

DOUBTFUL_LINK: Final = 0.9  # p below which a link is doubtful


class BadRequestError(Exception):
    """A request that makes no sense."""


def sentence_row(sentence: Sentence, document: str) -> dict[str, Any]:
    """Return a sentence as the page has it."""
    raw = document[slice(*sentence.span)]
    return {
        "id": sentence.id,
        "text": sentence.text,
        "paragraph": sentence.paragraph,
        "span": list(sentence.span),
        "corrected": "".join(raw.split()) != "".join(sentence.text.split()),
    }


def link_json(paper: Paper, session: Session, link: ReviewLink, place: int) -> dict[str, Any]:
    """Return a link as a row of the page."""
    texts = session.src_doc.text, session.tgt_doc.text
    return {
        "place": place,
        "id": link.id,
        "kind": link.kind,
        "p": link.p,
        "status": link.status,
        "bookmark": link.bookmark,
        "note": link.note,
        "findings": [one["key"] for one in paper.findings if one["link"] == link.id],
        "src": [sentence_row(s, texts[0]) for s in link.src],
        "tgt": [sentence_row(s, texts[1]) for s in link.tgt],
    }


def filtered(paper: Paper, session: Session, names: str, words: str) -> Sequence[int]:
    """Return the places of the links that pass all filters and hold the words.

    Raises:
        BadRequestError: There is no such filter.
    """
    marked = {one["link"] for one in paper.findings}
    tests: dict[str, Callable[[ReviewLink], bool]] = {
        "doubtful": lambda link: not link.held and (link.p is None or link.p < DOUBTFUL_LINK),
        "one-sided": lambda link: not (link.src and link.tgt),
        "n-m": lambda link: len(link.src) > 1 or len(link.tgt) > 1,
        "findings": lambda link: link.id in marked,
        "unconfirmed": lambda link: link.status != "confirmed",
        "bookmarked": lambda link: link.bookmark,
        "noted": lambda link: bool(link.note),
    }
    try:
        chosen = [tests[name] for name in names.split(",") if name]
    except KeyError as error:
        raise BadRequestError(_("there is no filter {error}").format(error=error)) from None
    word = words.casefold()
    if word:
        chosen.append(lambda link: any(word in s.text.casefold() for s in link.sentences))
    if not chosen:
        return range(len(session.links))
    return [n for n, link in enumerate(session.links) if all(test(link) for test in chosen)]


def changed_rows(paper: Paper, session: Session, change: ReviewChange) -> Iterator[dict[str, Any]]:
    """Yield what a change took and gave, in the order in which it happened."""
    for hunk in change.hunks:
        rows = [link_json(paper, session, one, hunk.at + k) for k, one in enumerate(hunk.after)]
        yield {"at": hunk.at, "before": [one.id for one in hunk.before], "after": rows}


def moved_links(change: ReviewChange) -> Iterator[int]:
    """Yield the links that nobody made and that hold other sentences than before."""
    old = {link.id: link.keys for hunk in change.hunks for link in hunk.before}
    new = {link.id: link for hunk in change.hunks for link in hunk.after}
    yield from (n for n, one in new.items() if not one.held and old.get(n) != one.keys)
