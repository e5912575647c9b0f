"""What is a key in files and is read by people too: severities, reasons, kinds of changes.

A table and a message say `_(finding.severity)`; what programs read keeps the key. The names
stand here so that each catalogue has them; kinds of findings and statuses are in `kind_words`.
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
