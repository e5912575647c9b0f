"""From the files of a user to a session: a new review, or one that goes on.

A review is kept beside its first file, as NAME.review, and knows the bytes of its inputs by
their digests. If they have changed since, that is an error, since offsets and sentences are
those of the old text; `old_text` goes on with it all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aligner.bitext import Bitext, Segment
from aligner.errors import ReviewError
from aligner.filenames import shown
from aligner.formats.common.writing import prefix
from aligner.messages import _
from aligner.review.document_rows import document_row
from aligner.review.edits import single_nulls
from aligner.review.journal import JOURNAL_SUFFIX, Journal, begin_journal
from aligner.review.session import Session
from aligner.review.values import LinkStatus, ReviewLink, Sentence
from aligner.span import Lang

_NAME_BYTES: Final = 200  # of a journal's name, less its suffix and that of its lock


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with what a user should know about it."""

    session: Session
    notes: tuple[str, ...] = ()


def open_review(  # noqa: PLR0913 - the options of the command
    inputs: Sequence[Path],
    make: Callable[[], Bitext],
    *,
    journal: Path | None = None,
    settings: str = "",
    old_text: bool = False,
    read_only: bool = False,
) -> Opened:
    """Open the review of some files, or begin it.

    Args:
        inputs: The files that the bitext is made from.
        make: Makes it; called only for a review that begins.
        journal: Where it is kept; beside the first file if None.
        settings: What else the bitext depends on, as text.
        old_text: Go on with the text as it was, though the files have changed.
        read_only: Do not change it.

    Raises:
        ReviewError: The files or the settings are not those that the review began with.
        FormatError: The journal is damaged.
        AlignerError: The bitext cannot be made.
    """
    path = journal or journal_path(inputs)
    digests = [digest_of(one) for one in inputs]
    if not path.exists():
        bitext = make()
        begin_journal(path, facts_of(bitext, digests, settings), list(first_links(bitext)))
    kept = Journal(path, read_only=read_only)
    try:
        session = Session(kept)
        notes = list(_changed(session.facts, inputs, digests, settings))
    except BaseException:
        kept.close()
        raise
    if notes and not old_text:
        kept.close()
        raise ReviewError(
            _("{notes} since the review {path} began").format(notes=notes[0], path=shown(path)),
            hint=_(
                "restore the file, or go on with the old text by --old-text,"
                " or begin another review with --journal FILE"
            ),
        )
    if kept.read_only and not read_only:
        notes.append(_("another process is reviewing this document: it can only be read here"))
    return Opened(session, tuple(notes))


def journal_path(inputs: Sequence[Path]) -> Path:
    """Return where the review of some files is kept.

    >>> journal_path([Path("a/notice.zh.txt"), Path("b/notice.en.txt")]).name
    'notice.zh.txt+notice.en.txt.review'
    """
    name = "+".join(one.name for one in inputs)
    if len(os.fsencode(name)) > _NAME_BYTES:
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
        name = f"{prefix(inputs[0]).strip('.')}+{digest}"
    return inputs[0].with_name(name + JOURNAL_SUFFIX)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        ReadError: It cannot be read.
    """
    from aligner.formats.common.file_bytes import open_regular

    with open_regular(path, shown(path)) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def facts_of(bitext: Bitext, digests: Sequence[str], settings: str = "") -> dict[str, Any]:
    """Return what a review begins with beside sentences and links."""
    return {
        "id": bitext.id,
        "src": document_row(bitext.src_doc),
        "tgt": document_row(bitext.tgt_doc),
        "src_lang": bitext.src_lang,
        "tgt_lang": bitext.tgt_lang,
        "signature": bitext.signature,
        "source": bitext.source,
        "digests": list(digests),
        "settings": settings,
    }


def first_links(bitext: Bitext) -> Iterator[ReviewLink]:
    """Yield the links of a bitext; sentences without partner stand singly."""
    src, tgt = _sentences(bitext.src, "zh", 0), _sentences(bitext.tgt, "en", len(bitext.src))
    number = 0
    for bead in bitext.alignment.beads:
        note = bead.note
        for group in single_nulls((src[slice(*bead.src)], tgt[slice(*bead.tgt)])):
            number += 1
            status: LinkStatus = "confirmed" if bead.confirmed else "auto"
            p = 1.0 if bead.confirmed else bead.p
            yield ReviewLink(number, *group, p, status, note=note)
            note = ""  # it is said once


def _sentences(segments: Sequence[Segment], side: Lang, before: int) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(number, number, side, s.paragraph, s.span, s.text, s.soft)
        for number, s in enumerate(segments, start=before + 1)
    )


def _changed(
    facts: dict[str, Any], inputs: Sequence[Path], digests: Sequence[str], settings: str
) -> Iterator[str]:
    for path, old, new in zip(inputs, facts["digests"], digests, strict=False):
        if old != new:
            yield _("{path}: has changed").format(path=shown(path))
    if len(facts["digests"]) != len(digests):
        yield _("the files are others")
    if facts["settings"] != settings:
        yield _("the settings have changed")
