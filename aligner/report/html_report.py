"""One page that a translator reads and works in: what each check found, and every term.

The page needs no network and no other file: style and script stand in it, and its
Content-Security-Policy allows those two alone, by their hashes
(https://www.w3.org/TR/CSP3/). Every text is escaped by jinja2, whatever the document
holds; what the script needs stands as JSON in a block that is no script. It says nothing
of the day it was made, so that a second run gives the same bytes. What the reader decides
stays in her browser until she saves it (`templates/script`).

jinja2 is imported on first use.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.findings import SEVERITIES, Finding, Severity, Terms
from aligner.formats.common.writing import write_text
from aligner.report.cards import Card, CardMaker
from aligner.report.certificate_page import certificate_values
from aligner.report.check_sections import CheckSection, check_sections
from aligner.report.environment import environment
from aligner.report.kind_words import DIFFERENCES
from aligner.report.page_items import PageItems, page_items
from aligner.report.page_order import SeverityPart, severity_parts
from aligner.report.page_parts import hash_of, joined_parts
from aligner.report.page_words import PAGE_WORDS, Words, page_language
from aligner.report.shown_text import clean

if TYPE_CHECKING:
    from jinja2 import Template

_SHOWN: Final[tuple[Severity, ...]] = SEVERITIES[:3]
_LONGEST: Final = 80  # characters of the words in the head of a finding
_PLAIN: Final = re.compile(r"[\w./\\:+-]+")  # a name that no shell takes apart
_UNSAFE: Final = re.compile(r"[^\w.-]+")  # in the name of a file


def write_html(terms: Terms, path: Path) -> tuple[Path, ...]:
    """Write the page."""
    return (write_text(path, render_page(terms)),)


def render_page(terms: Terms) -> str:
    """Return the page as HTML.

    At most `cards.CARD_PLACES` places of a term are shown, fewer where there are very many
    in all; a line says how many more there are.
    """
    words = Words(PAGE_WORDS)
    cards = tuple(CardMaker(terms).cards())
    sections = check_sections(terms)
    parts = severity_parts(terms, cards, sections)
    items = page_items(terms, _firsts(parts))
    style, script = joined_parts("style"), joined_parts("script", wrap=True)
    what = _named(terms, words)
    return _template(words).render(
        terms=terms,
        t=words,
        lang=page_language(),
        what=what,
        style=style,
        script=script,
        style_hash=hash_of(style),
        script_hash=hash_of(script),
        items=items,
        data=_data(terms, words, items),
        parts=parts,
        only_remarks=[part.severity for part in parts] == ["info"],
        sections=sections,
        n_left_out=sum(section.left_out for section in sections),
        commands=_commands(terms),
        by_check=terms.count_by_check(),
        severities=[(s, words(f"severity.{s}"), terms.count(s)) for s in _SHOWN],
        n_findings=sum(terms.count(s) for s in _SHOWN),
        kinds=DIFFERENCES,
        kind_counts=Counter({(f.severity, f.group): f.kind for f in terms.new}.values()),
        present=_present(cards, sections),
        n_places=sum(t.count for t in terms.terms),
        n_accepted=_count_accepted(terms),
        **_quiet(cards),
        **certificate_values(terms),
    )  # fmt: skip


def _quiet(cards: tuple[Card, ...]) -> dict[str, object]:
    """Return the terms without findings as the page sorts them, and the accepted findings."""
    quiet = [card for card in cards if not card.groups]
    return {
        "varied": [card for card in quiet if len(card.rows) > 1],
        "alike": [card for card in quiet if len(card.rows) == 1],
        "missed": [card for card in quiet if not card.rows and card.missing],
        "n_quiet": sum(bool(card.rows or card.missing) for card in quiet),
        "accepted": [card for card in cards if card.accepted],
    }


def _firsts(parts: Iterable[SeverityPart]) -> Iterator[Finding]:
    """Yield the new findings in the order of the page, the first of each group."""
    for part in parts:
        for entry in part.entries:
            yield from entry.firsts


def _commands(terms: Terms) -> list[str]:
    """Return the command that opens what was checked in a review; none for a corpus."""
    if len(terms.bitexts) != 1:
        return []
    (bitext,) = terms.bitexts
    sources = (doc.source or doc.id for doc in (bitext.src_doc, bitext.tgt_doc))
    names = [file.name for file in terms.files if file.role == "document"] or list(sources)
    return [" ".join(["aligner review", *map(_quoted, dict.fromkeys(names))])]


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else shlex.quote(name)


def _data(terms: Terms, words: Words, items: PageItems) -> Mapping[str, object]:
    """Return what the script needs to know."""
    name = terms.bitexts[0].id if len(terms.bitexts) == 1 else "report"
    return {
        "digest": items.digest,
        "name": _UNSAFE.sub("-", name).strip("-.") or "report",
        "words": words.table,
        "items": items.items,
        "entries": items.entries,
        "leftOut": items.left_out,
        "baseline": terms.baseline,
    }


def _named(terms: Terms, words: Words) -> str:
    """Return what was checked, by its name or by how much it is."""
    if len(terms.bitexts) == 1:
        return clean(terms.bitexts[0].id)
    return words.counted(len(terms.bitexts), "documents")


def _count_accepted(terms: Terms) -> int:
    """Return how many findings the baseline accepts; one rendering of a term is one."""
    return len({(f.severity, f.group) for f in terms.findings if f.accepted is not None})


def _present(cards: tuple[Card, ...], sections: tuple[CheckSection, ...]) -> list[str]:
    """Return the kinds that occur: of differences in the order of their table, then others."""
    found: set[str] = {f.kind for card in cards for f in (*card.judged.new, *card.judged.accepted)}
    found |= {row.rendering.difference for card in cards for row in card.rows}
    others = (shown.first.kind for s in sections for shown in (*s.new, *s.accepted))
    return [kind for kind in DIFFERENCES if kind in found] + list(dict.fromkeys(others))


def _template(words: Words) -> Template:
    made = environment("aligner.report").overlay()
    made.filters = made.filters | {"counted": words.counted, "short": _short}
    return made.get_template("page.html")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
