"""What is a key in files and is read by people too: severities, kinds of findings, reasons.

A report, a table and a reason say `_(finding.kind)`; what programs read keeps the key. The
names stand here so that each catalogue has them; a new kind is a line here.
"""

from __future__ import annotations

from typing import Final

from aligner.messages import N_

SEVERITY_WORDS: Final = (N_("error"), N_("warning"), N_("info"), N_("none"))
LOOSE_WORDS: Final = (N_("unpaired"), N_("same language"), N_("duplicate"), N_("unreadable"))
TROUBLE_WORDS: Final = (N_("document"), N_("time"), N_("memory"), N_("crash"), N_("bug"))
CHANGE_WORDS: Final = (
    N_("translation edited"),
    N_("source edited"),
    N_("merged"),
    N_("split"),
    N_("relinked"),
    N_("inserted"),
    N_("deleted"),
    N_("text removed"),
    N_("sentence cut"),
    N_("repeated id"),
    N_("unknown id"),
    N_("moved"),
    N_("confirmed"),
    N_("no longer confirmed"),
)
STATUS_WORDS: Final = (
    N_("preferred"),
    N_("proposed"),
    N_("admitted"),
    N_("deprecated"),
    N_("forbidden"),
)
KIND_WORDS: Final = (
    # how a rendering differs
    N_("same"),
    N_("form"),
    N_("preposition"),
    N_("order"),
    N_("acronym"),
    N_("short form"),
    N_("expansion"),
    N_("derivation"),
    N_("substitution"),
    N_("status"),
    N_("shared rendering"),
    N_("not rendered"),
    # numbers
    N_("magnitude"),
    N_("figure"),
    N_("value"),
    N_("date"),
    N_("unit"),
    N_("currency"),
    N_("missing"),
    N_("added"),
    # references
    N_("label"),
    N_("document number"),
    N_("note mark"),
    N_("not closed"),
    # omissions
    N_("clause"),
    N_("added clause"),
    N_("given twice"),
    N_("heading"),
    N_("list item"),
    N_("much longer"),
    N_("much shorter"),
    N_("not translated"),
    # leftovers
    N_("Chinese characters"),
    N_("full-width marks"),
    N_("English sentence"),
    # segments
    N_("other translation"),
    N_("same translation"),
    N_("near sentence"),
    # names
    N_("two spellings"),
    N_("name order"),
    N_("pinyin"),
    # form
    N_("doubled word"),
    N_("doubled blank"),
    N_("blank before a mark"),
    N_("empty brackets"),
    N_("half-width mark"),
    N_("mixed spelling"),
)
