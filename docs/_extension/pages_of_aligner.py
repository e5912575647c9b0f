"""Directives for what the program says of itself: its formats, checks, and architecture.

    ```{formats-table}
    ```                      what `aligner formats --markdown` prints
    ```{check-page} numbers
    ```                      what `aligner checks numbers` prints
    ```{architecture}
    ```                      aligner/ARCHITECTURE.md

The site cannot say anything else than the program does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.search.zh import SearchChinese
from sphinx.util.docutils import SphinxDirective

import aligner
from aligner.check.known_checks import pages
from aligner.formats.format_lookup import table
from aligner.formats.registry import FORMATS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_EXAMPLE = re.compile(r"(?:^ {4}.*\n?)+", re.MULTILINE)
_LABEL = re.compile(r"^(What it does|Why that is bad|Example|To switch it off):", re.MULTILINE)


class SearchBoth(SearchChinese):
    """The search of pages in Chinese, split by jieba, and in English.

    Sphinx 9 names the stemmer for Chinese, which is that for English, by the language: the
    page of the search then stops at an unknown name.
    """

    lang = "both"
    language_name = "English"


class FormatsTable(SphinxDirective):
    """The table of formats."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        return self.parse_text_to_nodes(table(FORMATS))


class CheckPage(SphinxDirective):
    """The pages of a check, as its modules have them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the pages, one below the other."""
        texts = [as_markdown(page) for page in pages(self.arguments[0])]
        return self.parse_text_to_nodes("\n\n---\n\n".join(texts))


class Architecture(SphinxDirective):
    """The map of the rooms, without its title."""

    def run(self) -> list[nodes.Node]:
        """Return its text."""
        path = Path(aligner.__file__).with_name("ARCHITECTURE.md")
        self.env.note_dependency(str(path))
        text = path.read_text("utf-8").partition("\n")[2]
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def as_markdown(page: str) -> str:
    """Return a page of a check in Markdown: labels bold, the example as it stands."""
    text = _EXAMPLE.sub(lambda found: f"\n```text\n{_dedented(found[0])}\n```\n", page)
    return _LABEL.sub(r"**\1:**", text)


def _dedented(lines: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in lines.rstrip().splitlines())


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of the directives and the search."""
    app.add_search_language(SearchBoth)
    app.add_directive("formats-table", FormatsTable)
    app.add_directive("check-page", CheckPage)
    app.add_directive("architecture", Architecture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
