"""What lies on the table: one document, or the pairs of a corpus, opened when asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aligner.background import in_background
from aligner.bitext import Bitext
from aligner.encode.protocol import Encoder
from aligner.errors import AlignerError, ReviewError
from aligner.findings import Finding
from aligner.glossary.entries import Glossary
from aligner.messages import _
from aligner.review.asking import left
from aligner.review.exporting import reviewed
from aligner.review.journal import Journal
from aligner.review.opening import Opened
from aligner.review.page_findings import finding_row
from aligner.review.realigner import Realigner
from aligner.review.renderings import RENDERINGS_SUFFIX, renderings
from aligner.review.session import Session
from aligner.review.watch import Watch

Find = Callable[[Bitext, Glossary], Sequence[Finding]]  # of a document, and its right renderings
EncoderMaker = Callable[[], Encoder]


@dataclass(slots=True)
class Paper:
    """One document of the table."""

    id: str
    open: Callable[[], Opened]
    journal: Path
    wrong: float  # expected number of wrong links when the review began
    links: int
    opened: Opened | None = None
    realigner: Realigner | None = None
    watch: Watch | None = None
    renderings: Path | None = None  # the file of right renderings; beside the journal if None
    findings: list[dict[str, Any]] = field(default_factory=list)
    finding: str = "none"  # none, running, ready, or what went wrong

    @property
    def session(self) -> Session:
        """The session of a document that is open."""
        if self.opened is None:
            raise ReviewError(
                _("{id} is not open").format(id=self.id), hint=_("load the list again")
            )
        return self.opened.session

    @property
    def renderings_file(self) -> Path:
        """Where right renderings go."""
        return self.renderings or self.journal.with_name(self.journal.name + RENDERINGS_SUFFIX)

    @property
    def borders(self) -> Mapping[int, float]:
        """Posteriors of the ends of links at the beginning, by their ids, if known."""
        return self.realigner.borders if self.realigner else {}


class Desk:
    """The documents under review.

    Args:
        papers: The documents.
        encoder: Makes the encoder for realigning; None: nothing realigns.
        find: Finds what is inconsistent in a document; None: there are no findings.
        out: Files of the command line that the single document is written to.
        to: Their format.
        is_corpus: Whether the documents are the pairs of a corpus, however many.
        lang: The language of the page, en or zh; empty: as the browser has it.
    """

    def __init__(  # noqa: PLR0913 - what a command line says
        self,
        papers: Sequence[Paper],
        *,
        encoder: EncoderMaker | None = None,
        find: Find | None = None,
        out: Sequence[Path] = (),
        to: str | None = None,
        is_corpus: bool = False,
        lang: str = "",
    ) -> None:
        self.is_corpus = is_corpus
        self.lang = lang
        self.papers = list(papers)
        self.out, self.to = tuple(out), to
        self.find = find
        self._encoder = encoder
        self._lock = threading.Lock()

    def paper(self, number: int) -> Paper:
        """Return an opened document by its number, from 0.

        Raises:
            ReviewError: There is no such document.
            AlignerError: It cannot be opened.
        """
        if not 0 <= number < len(self.papers):
            raise ReviewError(
                _("there is no document {number}").format(number=number),
                hint=_("load the list again"),
            )
        paper = self.papers[number]
        with self._lock:
            if paper.opened is None:
                paper.opened = paper.open()
                self._realign_later(paper)
        return paper

    def _realign_later(self, paper: Paper) -> None:
        """Get ready to realign, in the background; until then corrections realign nothing."""
        session = paper.session
        if self._encoder is None or session.journal.read_only:
            return
        make = self._encoder
        watch = paper.watch = Watch(session)

        def prepare() -> None:
            realigner = Realigner(make(), later=watch.correct)
            with session.lock:
                links = list(session.links)
            realigner.prepare(links)
            session.realign = realigner
            paper.realigner = realigner
            new = [link.id for link in session.links if link.p is None]
            if new and not realigner.is_long:  # corrected in the meantime
                with suppress(ReviewError):  # the desk may be closed by now
                    session.realign_all()
            if realigner.is_long:
                watch.correct(new)
                watch.follow(realigner)

        in_background(prepare, name=f"realign {paper.id}")

    def find_later(self, paper: Paper) -> None:
        """Look for what is inconsistent, in the background; done once until asked again."""
        if self.find is None or paper.finding == "running" or paper.opened is None:
            return
        paper.finding = "running"
        session, find = paper.session, self.find

        def run() -> None:
            with session.lock:
                bitext, links = reviewed(session), list(session.links)
                right = renderings(session.verdicts)
            try:
                found = find(bitext, right)
            except AlignerError as error:
                paper.finding = str(error)
                return
            paper.findings = [finding_row(one, links) for one in found]
            paper.finding = "ready"

        spoken = copy_context()  # the language of who asked
        in_background(partial(spoken.run, run), name=f"check {paper.id}")

    def progress(self) -> list[dict[str, Any]]:
        """Return a row for each document: what is done, by whom, and what is in doubt."""
        return [
            {"number": n, "id": paper.id, **paper_state(paper)}
            for n, paper in enumerate(self.papers)
        ]

    def close(self) -> None:
        """Close all journals."""
        with self._lock:
            for paper in self.papers:
                if paper.watch is not None:
                    paper.watch.end()
                if paper.opened is not None:
                    paper.opened.session.journal.close()


def paper_state(paper: Paper) -> dict[str, Any]:
    """Return how far a document is; read from its journal if it is not open."""
    if paper.opened is not None:
        session = paper.opened.session
        with session.lock:
            state, people = left(session.links, paper.borders), session.journal.people()
        return {**state._asdict(), "begun": True, "people": people}
    if not paper.journal.exists():
        rest = {"confirmed": 0, "answers": 0, "begun": False, "people": {}}
        return {"links": paper.links, "wrong": round(paper.wrong, 3), **rest}
    journal = Journal(paper.journal, read_only=True)
    try:
        session = Session(journal)
        return {**left(session.links)._asdict(), "begun": True, "people": journal.people()}
    finally:
        journal.close()
