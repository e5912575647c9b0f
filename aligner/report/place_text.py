"""A finding's place in words: the file, and the page, row or paragraph in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Final

from aligner.bitext import Bitext
from aligner.findings import FilePlace, Finding, Terms
from aligner.messages import N_, _
from aligner.span import PlaceKind

_SHOWN: Final = 60  # characters of a heading
PLACE_WORDS: Final[dict[PlaceKind, str]] = {
    "page": N_("page {value}"),
    "slide": N_("slide {value}"),
    "sheet": N_("sheet {value}"),
    "table": N_("table {value}"),
    "row": N_("row {value}"),
    "column": N_("column {value}"),
    "cell": N_("cell {value}"),
    "cue": N_("cue {value}"),
    "time": N_("at {value}"),
    "line": N_("line {value}"),
    "unit": N_("unit {value}"),
    "paragraph": N_("paragraph {value}"),
}


def main_place(finding: Finding) -> FilePlace | None:
    """Return the place that a reviser goes to: in the translation, if it has one.

    What the translation lacks is shown where the original has it.
    """
    if finding.place is None:
        return None
    src, tgt = finding.place.src, finding.place.tgt
    if tgt is None or (src is not None and (tgt.behind or finding.tgt_span is None)):
        return src or tgt
    return tgt


def short_names(bitexts: Iterable[Bitext]) -> dict[str, str]:
    """Return what to call each file: its name without the folder, if no other has that name."""
    documents = (doc for bitext in bitexts for doc in (bitext.src_doc, bitext.tgt_doc))
    paths = dict.fromkeys(doc.source or doc.id for doc in documents)
    count = Counter(PurePath(path).name for path in paths)
    names = {path: PurePath(path).name for path in paths}
    return {path: name if name and count[name] == 1 else path for path, name in names.items()}


def place_text(
    place: FilePlace | None, names: Mapping[str, str] | None = None, *, with_file: bool = True
) -> str:
    """Return a place in words; a file is called by its name in `names`, if it has one there.

    >>> place_text(FilePlace("notice.docx", (("page", 3), ("paragraph", 12)), "Funding"))
    'notice.docx, page 3, paragraph 12, under “Funding”'
    >>> place_text(FilePlace("notice.tmx", (("unit", 7),), behind=True), with_file=False)
    'after unit 7'
    """
    if place is None:
        return ""
    words = [_(PLACE_WORDS[kind]).format(value=value) for kind, value in place.parts]
    if place.behind and words:
        words[0] = _("after {place}").format(place=words[0])
    if with_file:
        words.insert(0, (names or {}).get(place.file, place.file))
    if heading := place.heading:
        shown = heading if len(heading) <= _SHOWN else heading[: _SHOWN - 1] + "…"
        words.append(_("under “{heading}”").format(heading=shown))
    return _(", ").join(words)


def counts_text(terms: Terms) -> str:
    """Return how many new findings each check has.

    >>> counts_text(Terms((), (), (), 1.0, checks=("numbers", "form")))
    'numbers 0, form 0'
    """
    return _(", ").join(
        _("{check} {count}").format(check=_(check), count=count)
        for check, count in terms.count_by_check().items()
    )
