"""The command `review` as a function: from its inputs to a page, until that is ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.bitext import Bitext
from aligner.errors import ReviewError, SettingError
from aligner.filenames import shown
from aligner.messages import _

if TYPE_CHECKING:
    from aligner.review.checking import ReviewChecks
    from aligner.review.desk import Desk, Paper

REVIEWS: Final = "reviews"  # the folder of a corpus that holds its journals
Tell = Callable[[str], None]


def review(  # noqa: PLR0913 - the options of the command
    *inputs: str | Path,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    journal: str | Path | None = None,
    old_text: bool = False,
    read_only: bool = False,
    confirmed_only: bool = False,
    pre_split: bool = False,
    encoder: str = "use",
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    keep_furniture: bool = False,
    checks: Sequence[str] | None = None,
    glossary: str | Path | None = None,
    glossary_out: str | Path | None = None,
    baseline: str | Path | None = None,
    lang: str = "",
    browser: bool = True,
    progress: Tell | None = None,
    tell: Tell | None = None,
) -> tuple[Path, ...]:
    """Review a pair, a bitext or a corpus in the browser; return once that is ended.

    Args:
        inputs: Two documents; or one bitext, one file in both languages, or a corpus folder.
        out: Files to write at the end, each in the format of its suffix; of a corpus, one
            folder.
        to: The format of the files whatever their suffix.
        journal: Where the review is kept; beside the first input if None.
        old_text: Go on with the text as it was when the review began, though it has changed.
        read_only: Look at it only.
        confirmed_only: Write only links that were confirmed.
        pre_split: Take each line of two documents as a sentence.
        encoder: The name of an encoder.
        encoding: Of the documents; found from their bytes if None.
        langs: The languages of the two documents; found from the script if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        checks: Names of the checks that the page makes; None: all that apply.
        glossary: A file of terms and the renderings that they may have.
        glossary_out: Where the right renderings go that are named at findings; beside the
            journal if None.
        baseline: A file of findings that were accepted before.
        lang: The language of the page, en or zh; empty: as the browser has it.
        browser: Open the page.
        progress: Called as each stage starts.
        tell: Called with what a user should know: the address of the page, for one.

    Returns:
        Every file written.

    Raises:
        AlignerError: A file or a setting is invalid.
    """
    from aligner.review.checking import read_checks

    desk = open_desk(
        [Path(one) for one in inputs],
        out=[Path(one) for one in out],
        to=to,
        journal=Path(journal) if journal else None,
        old_text=old_text,
        read_only=read_only,
        options={
            "pre_split": pre_split,
            "encoder": encoder,
            "encoding": encoding,
            "langs": langs,
            "keep_furniture": keep_furniture,
        },
        checking=read_checks(
            checks,
            Path(glossary) if glossary else None,
            Path(baseline) if baseline else None,
        ),
        renderings=Path(glossary_out) if glossary_out else None,
        lang=lang,
        progress=progress,
    )
    return run_desk(desk, confirmed_only=confirmed_only, browser=browser, tell=tell)


def run_desk(
    desk: Desk, *, confirmed_only: bool = False, browser: bool = True, tell: Tell | None = None
) -> tuple[Path, ...]:
    """Serve what lies on the table until that is ended; then write and close it."""
    from aligner.review.web_server import serve

    say = tell or _silent
    try:
        for paper in desk.papers:
            for note in paper.opened.notes if paper.opened else ():
                say(note)
        serve(desk, browser=browser, tell=say)
        written = write_desk(desk, confirmed_only=confirmed_only)
        for note in _lost(desk):
            say(note)
        return written
    finally:
        desk.close()


def _lost(desk: Desk) -> tuple[str, ...]:
    """Return what to tell of notes that the files of the command line have no place for."""
    from aligner.review.exporting import notes_left_out

    opened = None if desk.is_corpus or not desk.out else desk.paper(0).opened
    return notes_left_out(opened.session, desk.out, to=desk.to) if opened else ()


def open_desk(  # noqa: PLR0913 - the options of the command
    inputs: Sequence[Path],
    *,
    out: Sequence[Path] = (),
    to: str | None = None,
    journal: Path | None = None,
    old_text: bool = False,
    read_only: bool = False,
    options: dict[str, object] | None = None,
    checking: ReviewChecks | None = None,
    renderings: Path | None = None,
    lang: str = "",
    progress: Tell | None = None,
) -> Desk:
    """Return what is to be reviewed; a single document is open already.

    `checking` are the checks that the page makes, and `renderings` is the file that right
    renderings go to; otherwise as `review`.
    """
    from aligner.encode import load_encoder
    from aligner.formats.outputs import check_targets
    from aligner.review.checking import ReviewChecks
    from aligner.review.desk import Desk
    from aligner.review.renderings import check_renderings_file

    chosen = options or {}
    checking = checking or ReviewChecks()
    if len(inputs) not in {1, 2}:
        raise SettingError(
            _("expected one or two inputs, got {count}").format(count=len(inputs)),
            hint=_("name two documents, one bitext or a corpus"),
        )
    make_encoder = partial(load_encoder, str(chosen.get("encoder") or "use"))
    is_corpus = len(inputs) == 1 and inputs[0].is_dir()
    if is_corpus:
        if journal:
            raise SettingError(
                _("a corpus has a journal for each pair"), hint=_("leave --journal out")
            )
        if renderings:
            raise SettingError(
                _("a corpus has a file of right renderings for each pair, beside its journal"),
                hint=_("leave --glossary-out out"),
            )
        papers = corpus_papers(inputs[0], old_text=old_text, read_only=read_only)
        return Desk(
            papers,
            encoder=make_encoder,
            find=checking,
            out=out,
            to=to,
            is_corpus=True,
            lang=lang,
        )
    check_targets(out, to=to, inputs=inputs)
    papers = [
        _paper(inputs, chosen, journal, old_text=old_text, read_only=read_only, progress=progress)
    ]
    desk = Desk(papers, encoder=make_encoder, find=checking, out=out, to=to, lang=lang)
    paper = desk.paper(0)
    if renderings:
        try:
            check_renderings_file(paper.session, renderings, [*inputs, *checking.files])
        except BaseException:
            desk.close()
            raise
        paper.renderings = renderings
    return desk


def _paper(  # noqa: PLR0913 - the options of the command
    inputs: Sequence[Path],
    options: dict[str, object],
    journal: Path | None,
    *,
    old_text: bool,
    read_only: bool,
    progress: Tell | None,
) -> Paper:
    from aligner.review.desk import Paper
    from aligner.review.opening import journal_path, open_review

    given = sorted((n, v) for n, v in options.items() if v and (n, v) != ("encoder", "use"))
    path = journal or journal_path(inputs)
    return Paper(
        id=inputs[0].name,
        open=partial(
            open_review,
            list(inputs),
            partial(_read, list(inputs), options, progress or _silent),
            journal=path,
            settings="; ".join(f"{name}={value}" for name, value in given),
            old_text=old_text,
            read_only=read_only,
        ),
        journal=path,
        wrong=0.0,
        links=0,
    )


def _read(inputs: Sequence[Path], options: dict[str, object], progress: Tell) -> Bitext:
    """Return the bitext of two documents or of one file."""
    from aligner.corpus.store.catalog import check_file
    from aligner.formats.bitexts import holds_pairs, is_bitext, read_bitext
    from aligner.pipeline.align_pair import align_files

    how = {name: options.get(name) for name in ("encoding", "langs")}
    if len(inputs) == 1 and is_bitext(inputs[0]):
        progress("reading")
        check_file(inputs[0])
    if len(inputs) == 1 and holds_pairs(inputs[0], **how):  # type: ignore[arg-type]
        return read_bitext(inputs[0], **how)  # type: ignore[arg-type]
    return align_files(inputs, progress=progress, **options)  # type: ignore[arg-type]


def corpus_papers(corpus: Path, *, old_text: bool = False, read_only: bool = False) -> list[Paper]:
    """Return the pairs of a corpus, those with the most doubt first.

    Their journals are in the folder `reviews` of the corpus.

    Raises:
        FormatError: A file is damaged.
        SettingError: The folder is not a corpus, or an empty one.

    Cost: one pass over the probabilities of the corpus.
    """
    from aligner.corpus.reading import catalog_of
    from aligner.corpus.store.part import part_bitext, part_rows
    from aligner.corpus.store.seal import Checked
    from aligner.review.desk import Paper
    from aligner.review.journal import JOURNAL_SUFFIX
    from aligner.review.opening import open_review

    folder = corpus / REVIEWS

    def make(part: Checked) -> Bitext:
        folder.mkdir(exist_ok=True)
        return part_bitext(part.read(), part.path)

    papers = []
    for part in catalog_of(corpus).parts():
        rows = part_rows(part, ("doc", "p"))
        journal = folder / (part.path.stem + JOURNAL_SUFFIX)
        opener = partial(
            open_review,
            [part.path],
            partial(make, part),
            journal=journal,
            old_text=old_text,
            read_only=read_only,
        )
        name = rows["doc"][0] if len(rows) else part.path.stem
        wrong = float((1.0 - rows["p"]).sum()) if len(rows) else 0.0
        papers.append(Paper(name, opener, journal, wrong, len(rows)))
    return sorted(papers, key=lambda paper: (-round(paper.wrong, 6), paper.id))


def write_desk(desk: Desk, *, confirmed_only: bool = False) -> tuple[Path, ...]:
    """Write what the command line asked for: files of one document, or a folder of a corpus.

    Of a corpus, every pair whose review has begun is written, and only what was confirmed.

    Raises:
        ReviewError: There is no such place.
        ExportError: A file cannot be written.
    """
    from aligner.review.exporting import write_review

    if not desk.out:
        return ()
    if len(desk.papers) == 1 and not desk.is_corpus:
        opened = desk.paper(0).opened
        if opened is None:
            return ()
        return write_review(opened.session, desk.out, to=desk.to, confirmed_only=confirmed_only)
    written: list[Path] = []
    for folder in desk.out:
        if folder.is_file():
            raise ReviewError(
                _("{folder}: is a file").format(folder=shown(folder)),
                hint=_("the pairs of a corpus go to a folder"),
            )
        folder.mkdir(exist_ok=True)
        for number, paper in enumerate(desk.papers):
            if paper.opened is None and not paper.journal.exists():
                continue
            opened = desk.paper(number).opened
            if opened is not None:
                target = folder / f"{paper.journal.stem}.{desk.to or 'tmx'}"
                written += write_review(opened.session, [target], to=desk.to or "tmx",
                                        confirmed_only=True)  # fmt: skip
    return tuple(written)


def _silent(_message: str) -> None:
    pass
