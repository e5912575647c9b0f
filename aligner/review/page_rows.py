"""Links as rows of the page, and which of them pass a filter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from aligner.bitext import Document
from aligner.lang.broken_words import is_same_text
from aligner.messages import _
from aligner.review.desk import Paper
from aligner.review.page_findings import by_sentence
from aligner.review.session import Session
from aligner.review.values import ReviewChange, ReviewLink, Sentence
from aligner.span import Lang

DOUBTFUL_LINK: Final = 0.9  # p below which a link is doubtful


class BadRequestError(Exception):
    """A request that makes no sense."""


def sentence_row(sentence: Sentence, document: Document, before: Sentence | None) -> dict[str, Any]:
    """Return a sentence as the page has it.

    Args:
        sentence: Which.
        document: That it is from.
        before: The sentence before it on its side, if there is one.
    """
    raw = document.text[slice(*sentence.span)]
    return {
        "id": sentence.id,
        "text": sentence.text,
        "paragraph": sentence.paragraph,
        "start": before is None or before.paragraph != sentence.paragraph,
        "heading": _is_in(sentence.paragraph, document.headings),
        "span": list(sentence.span),
        "corrected": not is_same_text(raw, sentence.text),
    }


def _is_in(number: int, rising: Sequence[int]) -> bool:
    at = bisect_left(rising, number)
    return at < len(rising) and rising[at] == number


def row_maker(
    paper: Paper, session: Session, links: Sequence[ReviewLink] | None = None
) -> Callable[[int], dict[str, Any]]:
    """Return a function from the place of a link to its row of the page.

    Args:
        paper: The document.
        session: Its session.
        links: Where the links stand; those of the session if None.
    """
    chain = session.links if links is None else links
    marked = by_sentence(paper.findings)

    def side(place: int, lang: Lang) -> list[dict[str, Any]]:
        document = session.src_doc if lang == "zh" else session.tgt_doc
        rows, before = [], None
        sentences = chain[place].side(lang)
        if sentences:
            earlier = (chain[n].side(lang) for n in range(place - 1, -1, -1))
            before = next((found[-1] for found in earlier if found), None)
        for one in sentences:
            rows.append(sentence_row(one, document, before))
            before = one
        return rows

    def row(place: int) -> dict[str, Any]:
        link = chain[place]
        return {
            "place": place,
            "id": link.id,
            "kind": link.kind,
            "p": link.p,
            "status": link.status,
            "bookmark": link.bookmark,
            "note": link.note,
            "findings": [key for s in link.sentences for key in marked.get(s.id, ())],
            "src": side(place, "zh"),
            "tgt": side(place, "en"),
        }

    return row


def outline(session: Session) -> list[dict[str, Any]]:
    """Return the headings of both sides with the links that they begin in.

    Cost: one pass over the document.
    """
    wanted: dict[Lang, set[int]] = {
        "zh": set(session.src_doc.headings),
        "en": set(session.tgt_doc.headings),
    }
    rows: list[dict[str, Any]] = []
    seen: set[tuple[Lang, int]] = set()
    for place, link in enumerate(session.links):
        texts: dict[str, str] = {"zh": "", "en": ""}
        for one in link.sentences:
            if one.paragraph in wanted[one.side] and (one.side, one.paragraph) not in seen:
                seen.add((one.side, one.paragraph))
                texts[one.side] = texts[one.side] or one.text
        if any(texts.values()):
            rows.append({"place": place, "link": link.id, "src": texts["zh"], "tgt": texts["en"]})
    return rows


def filtered(paper: Paper, session: Session, names: str, words: str) -> Sequence[int]:
    """Return the places of the links that pass all filters and hold the words.

    Raises:
        BadRequestError: There is no such filter.
    """
    marked = {one["anchor"] for one in paper.findings if one["key"] not in session.verdicts}
    tests: dict[str, Callable[[ReviewLink], bool]] = {
        "doubtful": lambda link: not link.held and (link.p is None or link.p < DOUBTFUL_LINK),
        "one-sided": lambda link: not (link.src and link.tgt),
        "n-m": lambda link: len(link.src) > 1 or len(link.tgt) > 1,
        "findings": lambda link: any(s.id in marked for s in link.sentences),
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
        row = row_maker(paper, session, hunk.after)
        rows = [{**row(k), "place": hunk.at + k} for k in range(len(hunk.after))]
        yield {"at": hunk.at, "before": [one.id for one in hunk.before], "after": rows}


def moved_links(change: ReviewChange) -> Iterator[int]:
    """Yield the links that nobody made and that hold other sentences than before."""
    old = {link.id: link.keys for hunk in change.hunks for link in hunk.before}
    new = {link.id: link for hunk in change.hunks for link in hunk.after}
    yield from (n for n, one in new.items() if not one.held and old.get(n) != one.keys)
