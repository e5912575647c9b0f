"""The names of what the surroundings say of a span: the columns of a row, in order.

`before` and `after` are the words beside the span; a tag of `none` says that a mark or the
end of the sentence stands there.
"""

from __future__ import annotations

from typing import Final

from aligner.lexicon.tagger import Tag
from aligner.terms.locate.context._company_loops import ClaimFeature, VoteFeature
from aligner.terms.locate.context._link_loops import LINKED, TAGS, LinkFeature
from aligner.terms.locate.span_evidence import EVIDENCE_NAMES

TAGGED: Final = ("first", "last", "before", "after")
BASE: Final = 2  # columns of the span's own evidence
CONTEXT_NAMES: Final = (
    "log_p",  # of the span by its own evidence
    "found",  # logit of P(rendered) by it
    *(column.name.lower() for part in (VoteFeature, ClaimFeature, LinkFeature) for column in part),
    *(f"{edge}_{tag}" for edge in TAGGED for tag in (*(t.name.lower() for t in Tag), "none")),
    *(f"own_{name}" for name in EVIDENCE_NAMES),  # weighed anew, beside what is around
)
VOTE_COLUMNS: Final = slice(BASE, BASE + len(VoteFeature))
CLAIM_COLUMNS: Final = slice(VOTE_COLUMNS.stop, VOTE_COLUMNS.stop + len(ClaimFeature))
LINK_COLUMNS: Final = slice(CLAIM_COLUMNS.stop, CLAIM_COLUMNS.stop + LINKED + len(TAGGED) * TAGS)
OWN_COLUMNS: Final = slice(LINK_COLUMNS.stop, LINK_COLUMNS.stop + len(EVIDENCE_NAMES))
COLUMN: Final = {name: number for number, name in enumerate(CONTEXT_NAMES)}
RENDERED_NAMES: Final = (
    *CONTEXT_NAMES,
    "certainty",  # log P of the span's wording
    "shared",  # with another place of the term in the sentence
)
