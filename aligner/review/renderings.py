"""Right renderings, as a person named them in a review, as a glossary of their own.

They are verdicts in the journal, so they are undone and redone as all else; the glossary is
made from those in force after each action, and is never the user's own file. Of several
right renderings of a term the one named first is preferred and the others are admitted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from aligner.errors import ReviewError, SettingError
from aligner.filenames import shown
from aligner.formats.glossaries import format_of, write_glossary
from aligner.glossary.entries import (
    SEPARATORS,
    Entry,
    Glossary,
    Target,
    has_letter,
    source_key,
    target_key,
)
from aligner.messages import _
from aligner.review.exporting import Download, check_name
from aligner.review.session import Session
from aligner.review.values import FindingVerdict

RENDERINGS_SUFFIX: Final = ".glossary.tsv"  # of the file beside a journal
_PLAIN: Final = str.maketrans(dict.fromkeys(SEPARATORS, ","))


def renderings(verdicts: Mapping[str, FindingVerdict]) -> Glossary:
    """Return the right renderings that are in force, in the order in which they were named."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for verdict in verdicts.values():
        term, text = _bare(verdict.term), _bare(verdict.text)
        if verdict.answer == "right rendering" and has_letter(term) and has_letter(text):
            targets = found.setdefault(source_key(term), (term, {}))[1]
            targets.setdefault(target_key(text), text)
    return Glossary(
        tuple(
            Entry(term, tuple(
                Target(text, "admitted" if n else "preferred")
                for n, text in enumerate(targets.values())
            ))
            for term, targets in found.values()
        )
    )  # fmt: skip


def _bare(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split())


def with_renderings(glossary: Glossary | None, own: Glossary) -> Glossary | None:
    """Return the user's glossary with the right renderings of terms that it does not name."""
    if glossary is None:
        return own if own.entries else None
    known = {source_key(entry.src) for entry in glossary.entries}
    new = (entry for entry in own.entries if source_key(entry.src) not in known)
    return Glossary((*glossary.entries, *new), glossary.source, glossary.notes)


def check_renderings_file(session: Session, path: Path, inputs: Sequence[Path] = ()) -> None:
    """Raise if a file is not one that this review may write its right renderings to.

    Raises:
        SettingError: It is one of the inputs, or of no format of glossaries.
        ReviewError: It is there already, though no right rendering was named yet.
    """
    format_of(path)
    if path.resolve() in {one.resolve() for one in inputs}:
        raise SettingError(
            _("{path}: is a file that is read, and is not written to").format(path=shown(path)),
            hint=_("choose another file for the right renderings"),
        )
    if path.exists() and not renderings(session.verdicts).entries:
        raise ReviewError(
            _("{path}: is there already, and not from this review").format(path=shown(path)),
            hint=_("choose another file for the right renderings"),
        )


def write_renderings(session: Session, path: Path) -> bool:
    """Write the right renderings in force to their file; return whether there is one.

    Raises:
        ExportError: It cannot be written.
    """
    with session.lock:
        found = renderings(session.verdicts)
    if found.entries:
        write_glossary(found, path)
        return True
    path.unlink(missing_ok=True)
    return False


def renderings_download(session: Session, name: str) -> Download:
    """Return the right renderings as a file of that name, in the format of its suffix.

    Raises:
        ReviewError: The name is no plain name of a file, or no rendering was named.
        SettingError: Its suffix is of no format.
    """
    check_name(name)
    with session.lock:
        found = renderings(session.verdicts)
    if not found.entries:
        raise ReviewError(
            _("no right rendering was named yet"),
            hint=_("name one at a finding about a term"),
        )
    with tempfile.TemporaryDirectory() as folder:
        written = write_glossary(found, Path(folder) / name)
        return Download(written[0].name, written[0].read_bytes())
