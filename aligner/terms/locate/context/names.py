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

# Whether a span renders the term at all is not asked of what tells where else its words
# come from: those of a wrong span come from elsewhere whether the term is rendered or not.
_ELSEWHERE = ("out", "intruder", "intruders", "free", "unlinked", "in_first", "in_last")
RENDERED_COLUMNS: Final = [
    number
    for number, name in enumerate(CONTEXT_NAMES)
    if number < OWN_COLUMNS.start
    and name not in _ELSEWHERE
    and not CLAIM_COLUMNS.start <= number < CLAIM_COLUMNS.stop
]
RENDERED_NAMES: Final = (*(CONTEXT_NAMES[n] for n in RENDERED_COLUMNS), "certainty")
