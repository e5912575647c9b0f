"""Tell renderings that are in capital letters where the same words are not elsewhere.

What it does: a remark for each rendering in capitals, if another place of the term has the
same words in small letters.

Why that is bad: capitals are for acronyms and headings.

To switch it off: remove the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from aligner.check.build import build
from aligner.findings import Finding
from aligner.terms.located import Looked


def shouted_renderings(
    looked: Looked, *, sensitivity: Literal["high", "quiet"]
) -> Iterator[Finding]:
    """Yield the renderings in capitals; quiet or not, they are warnings."""
    for term in looked.terms:
        places = [seen for group in term.groups for seen in group.places if seen.rendered]
        elsewhere = {seen.text.upper(): seen.text for seen in places if not seen.text.isupper()}
        for seen in places:
            if seen.text.isupper() and seen.text in elsewhere:
                yield build(
                    looked,
                    seen,
                    term=term.wanted.text,
                    expected=elsewhere[seen.text],
                    difference="form",
                    severity="warning",
                    why="In capitals here, not elsewhere.",
                )
