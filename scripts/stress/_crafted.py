"""Crafted inputs: for each reader the worst that is known of files of its kind.

Every module yields what it knows; most are bombs, which are small and become large, or
inputs on which a parser's time grows with the square of their length.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

import _crafted_documents
import _crafted_packages
import _crafted_pdf
import _crafted_tables
import _crafted_texts
import _crafted_xml
from _formats import Input


def crafted(forms: Collection[str]) -> Iterator[Input]:
    """Yield the crafted inputs of some formats, each made when it is asked for."""
    yield from chain(
        _crafted_texts.inputs(forms),
        _crafted_xml.inputs(forms),
        _crafted_tables.inputs(forms),
        _crafted_packages.inputs(forms),
        _crafted_documents.inputs(forms),
        _crafted_pdf.inputs(forms),
    )
