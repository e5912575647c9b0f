"""One page that a translator reads: what each check found, and every term with its renderings.

The page needs no network and no other file: style and script stand in it, and its
Content-Security-Policy allows those two alone, by their hashes
(https://www.w3.org/TR/CSP3/). Every text is escaped by jinja2, whatever the document
holds. It says nothing of the day it was made, so that a second run gives the same bytes.

jinja2 is imported on first use.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.findings import Severity, Terms
from aligner.formats.common.writing import write_text
from aligner.report.cards import Card, CardMaker
from aligner.report.check_sections import CheckSection, check_sections
from aligner.report.environment import environment
from aligner.report.shown_text import counted

if TYPE_CHECKING:
    from jinja2 import Template

SEVERITY_NAMES: Final[dict[Severity, str]] = {
    "error": "Errors",
    "warning": "Warnings",
    "info": "Info",
}
DIFFERENCES: Final = {
    "form": "case, number, hyphen, article or spelling",
    "preposition": "the same words, another preposition",
    "order": "the same content words, moved",
    "acronym": "initials of the whole or of a part",
    "short form": "content words left out",
    "expansion": "content words added",
    "derivation": "words of one root, such as innovation and innovative",
    "substitution": "other words",
    "status": "forbidden, deprecated or not preferred in the glossary",
    "shared rendering": "one rendering of several terms",
    "not rendered": "no words of the glossary where its term stands",
}


def write_html(terms: Terms, path: Path) -> tuple[Path, ...]:
    """Write the page."""
    return (write_text(path, render_page(terms)),)


def render_page(terms: Terms) -> str:
    """Return the page as HTML.

    At most `cards.CARD_PLACES` places of a term are shown, fewer where there are very many
    in all; a line says how many more there are.
    """
    cards = tuple(CardMaker(terms).cards())
    sections = check_sections(terms)
    kinds = Counter({(f.severity, f.group): f.kind for f in terms.new}.values())
    style, script = _part("page.css"), _part("page.js")
    return _template().render(
        terms=terms,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        flagged=[card for card in cards if card.groups and card.severity != "info"],
        remarked=[card for card in cards if card.groups and card.severity == "info"],
        varied=[card for card in cards if not card.groups and len(card.rows) > 1],
        alike=[card for card in cards if not card.groups and len(card.rows) == 1],
        missed=[card for card in cards if not card.groups and not card.rows and card.missing],
        accepted=[card for card in cards if card.accepted],
        sections=sections,
        by_check=terms.count_by_check(),
        severities=[(s, name, terms.count(s)) for s, name in SEVERITY_NAMES.items()],
        kinds=DIFFERENCES,
        kind_counts=kinds,
        present=_present(cards, sections),
        n_places=sum(t.count for t in terms.terms),
        n_missing=sum(o.translated for t in terms.terms for o in t.unrendered),
        n_untranslated=sum(not o.translated for t in terms.terms for o in t.unrendered),
        n_accepted=_count_accepted(terms),
    )  # fmt: skip


def _count_accepted(terms: Terms) -> int:
    """Return how many findings the baseline accepts; one rendering of a term is one."""
    return len({(f.severity, f.group) for f in terms.findings if f.accepted is not None})


def _present(cards: tuple[Card, ...], sections: tuple[CheckSection, ...]) -> list[str]:
    """Return the kinds that occur: of differences in the order of their table, then others."""
    found: set[str] = {f.kind for card in cards for f in (*card.judged.new, *card.judged.accepted)}
    found |= {row.rendering.difference for card in cards for row in card.rows}
    others = (shown.first.kind for s in sections for shown in (*s.new, *s.accepted))
    return [kind for kind in DIFFERENCES if kind in found] + list(dict.fromkeys(others))


def _template() -> Template:
    made = environment("aligner.report")
    made.filters["counted"] = counted
    return made.get_template("page.html")


@cache
def _part(name: str) -> str:
    """Return the style or the script, marked as what needs no escaping."""
    from markupsafe import Markup  # comes with jinja2

    text = resources.files("aligner.report").joinpath("templates", name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - our own file, which holds no document's text


def _hash(text: str) -> str:
    """Return a hash as a Content-Security-Policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
