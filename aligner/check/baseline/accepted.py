"""An accepted finding: a term, a rendering of it that is fine, and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from aligner.errors import FormatError
from aligner.findings import Finding
from aligner.lang.shadow import shadow
from aligner.wording.content_words import content_key, prepositions_of

By = Literal["group", "text"]

NEEDED: Final = ("term", "rendering", "reason")
HINT: Final = "an entry has term, rendering and reason, and may have doc, by and count"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One rendering of a term that is fine as it is."""

    term: str
    rendering: str
    reason: str
    doc: str = ""  # the bitext's id; empty: any
    by: By = "group"
    count: int = 0  # findings when the file was written

    def __post_init__(self) -> None:
        for name in NEEDED:
            if not getattr(self, name).strip():
                raise FormatError(f"{name} is empty", hint=HINT)
        if self.by not in get_args(By):
            raise FormatError(f'by is "group" or "text", not {self.by!r}', hint=HINT)

    def covers(self, finding: Finding) -> bool:
        """Tell whether this entry is about a finding."""
        return (
            term_key(self.term) == term_key(finding.term)
            and rendering_key(self.rendering, self.by) == rendering_key(finding.rendering, self.by)
            and self.doc in ("", finding.doc)
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file; of two that cover a finding the first one's reason is shown."""

    entries: tuple[Accepted, ...]
    source: str = ""  # the file, as the user wrote it


@lru_cache(maxsize=1 << 14)
def term_key(term: str) -> str:
    """Return what is equal for two ways of writing one Chinese term."""
    return shadow("".join(term.split())).text.lower()


@lru_cache(maxsize=1 << 14)
def rendering_key(rendering: str, by: By) -> tuple[str, ...]:
    """Return what is equal for two renderings that an entry does not tell apart."""
    if by == "group" and (content := "".join(content_key(rendering))):
        return (content, *prepositions_of(rendering))
    return (" ".join(rendering.split()),)
