"""A review in every format that bitexts have, at any time.

Links that a person has confirmed are marked as such where a format can say so: the state
of XLIFF, a property of TMX, the status of InterText, `confirmed` in JSON Lines. Notes go
where a format has a place for them; bookmarks are for the reviewer alone and stay here.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from aligner.bitext import Alignment, Bead, Bitext, Segment
from aligner.errors import ReviewError
from aligner.filenames import shown
from aligner.formats.common.writing import NAME_BYTES
from aligner.messages import _
from aligner.review.session import Session
from aligner.review.values import ReviewLink, Sentence
from aligner.span import Span

_FORBIDDEN: Final = frozenset('/\\:*?"<>|')  # in names of files, on some system


class Download(NamedTuple):
    """A file for the browser to keep."""

    name: str
    data: bytes


def reviewed(session: Session, *, confirmed_only: bool = False) -> Bitext:
    """Return the document as it is now.

    Args:
        session: The review.
        confirmed_only: Leave out links that nobody has confirmed, with their sentences.
    """
    with session.lock:
        links = [link for link in session.links if link.status == "confirmed" or not confirmed_only]
        facts, docs = session.facts, (session.src_doc, session.tgt_doc)
    src = [s for link in links for s in link.src]
    tgt = [s for link in links for s in link.tgt]
    return Bitext(
        id=facts["id"],
        src_doc=docs[0],
        tgt_doc=docs[1],
        src=_segments(src, docs[0].id),
        tgt=_segments(tgt, docs[1].id),
        alignment=Alignment(tuple(_beads(links)), len(src), len(tgt)),
        src_lang=facts["src_lang"],
        tgt_lang=facts["tgt_lang"],
        signature=f"{facts['signature']}; reviewed" if facts["signature"] else "reviewed",
        source=facts["source"],
    )


def _segments(sentences: Iterable[Sentence], doc: str) -> tuple[Segment, ...]:
    return tuple(Segment(doc, s.paragraph, s.span, s.text, s.soft) for s in sentences)


def _beads(links: Iterable[ReviewLink]) -> Iterable[Bead]:
    s = t = 0
    for link in links:
        x, y = len(link.src), len(link.tgt)
        # what was not decoded since it changed is vouched for by nobody
        p = link.p if link.p is not None else 0.0
        yield Bead(Span(s, s + x), Span(t, t + y), p, link.status == "confirmed", link.note)
        s, t = s + x, t + y


def write_review(
    session: Session,
    out: Sequence[str | Path],
    *,
    to: str | None = None,
    confirmed_only: bool = False,
) -> tuple[Path, ...]:
    """Write the document as it is now to each of some files; return all that were written.

    Raises:
        ExportError: A file cannot be written, or is one of the documents.
        SettingError: A format does not exist.
    """
    from aligner.formats.outputs import targets, write_bitext

    kept = session.journal.path.resolve()
    for path in out:
        if kept in {one.resolve() for one in targets(path, to=to)}:
            raise ReviewError(
                _("{path}: is where the review is kept").format(path=shown(path)),
                hint=_("choose another name"),
            )
    bitext = reviewed(session, confirmed_only=confirmed_only)
    return tuple(one for path in out for one in write_bitext(bitext, path, to=to))


def notes_left_out(
    session: Session, out: Sequence[str | Path], *, to: str | None = None
) -> tuple[str, ...]:
    """Return what to tell of notes that some files have no place for."""
    from aligner.formats.outputs import lost_notes

    with session.lock:
        count = sum(bool(link.note) for link in session.links)
    return lost_notes(count, out, to=to)


def download(session: Session, name: str, *, confirmed_only: bool = False) -> Download:
    """Return the document as a file of that name, in the format of its suffix.

    A format of several files comes as a ZIP archive.

    Raises:
        ReviewError: The name is no plain name of a file.
        SettingError: Its suffix is of no format.
        ExportError: The format cannot hold the text.
    """
    check_name(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        written = write_review(session, [path], confirmed_only=confirmed_only)
        if len(written) == 1:
            return Download(written[0].name, written[0].read_bytes())
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for one in written:
                file.write(one, one.name)
        return Download(f"{name}.zip", archive.getvalue())


def check_name(name: str) -> None:
    """Raise if a name is not a plain name of a file, whatever the system.

    Raises:
        ReviewError: It leads to another folder, is hidden or cannot be one.
    """
    plain = name.isprintable() and not _FORBIDDEN & set(name) and name == name.strip()
    if not plain or name.startswith(".") or not 0 < len(name.encode()) <= NAME_BYTES - 50:
        raise ReviewError(
            _("{name!r} is no name for an exported file").format(name=shown(name)),
            hint=_("give a name without a folder, such as notice.tmx"),
        )
