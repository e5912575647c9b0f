"""A certificate as a page of its own, and its values for the page of a report.

It needs no network, and says nothing of the day: the date is written by hand, beside the
name of who answers for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from aligner.check.known_checks import KNOWN_CHECKS
from aligner.findings import Terms
from aligner.formats.common.writing import write_text
from aligner.report.certificate import CATEGORIES, certificate_figures
from aligner.report.certificate_words import CERTIFICATE_WORDS
from aligner.report.environment import environment
from aligner.report.page_parts import hash_of, joined_parts
from aligner.report.page_words import PAGE_WORDS, Words, page_language
from aligner.report.shown_text import clean
from aligner.report.terminal_table import sensitivity_of

_MOST_TEXTS: Final = 6  # named on one page


def write_certificate(terms: Terms, path: str | Path) -> tuple[Path, ...]:
    """Write a certificate as HTML, one page for a few documents.

    Returns:
        The file written.

    Raises:
        ExportError: The file cannot be written.
    """
    return (write_text(Path(path), render_certificate(terms)),)


def render_certificate(terms: Terms) -> str:
    """Return a certificate as HTML."""
    words = Words(PAGE_WORDS)
    style = joined_parts("style")
    names = [clean(bitext.id) for bitext in terms.bitexts]
    what = names[0] if len(names) == 1 else words.counted(len(names), "documents")
    return (
        environment("aligner.report")
        .get_template("certificate.html")
        .render(
            terms=terms,
            t=words,
            lang=page_language(),
            what=what,
            style=style,
            style_hash=hash_of(style),
            **certificate_values(terms),
        )
    )


def certificate_values(terms: Terms) -> Mapping[str, object]:
    """Return what the template of a certificate shows."""
    words = Words(CERTIFICATE_WORDS)
    figures = certificate_figures(terms)
    texts = {
        document.source or document.id: sha256(
            document.text.encode("utf-8", "surrogatepass")
        ).hexdigest()
        for bitext in terms.bitexts
        for document in (bitext.src_doc, bitext.tgt_doc)
    }
    shown = [] if terms.files else list(texts.items())[:_MOST_TEXTS]
    seen = {row.name for row in figures.by_category}
    return {
        "c": words,
        "figures": figures,
        "sensitivity": sensitivity_of(terms),
        "texts": shown,
        "more_texts": 0 if terms.files else len(texts) - len(shown),
        "left": [name for name in KNOWN_CHECKS if name not in terms.checks],
        "unseen": words("comma").join(words(name) for name in CATEGORIES if name not in seen),
    }
