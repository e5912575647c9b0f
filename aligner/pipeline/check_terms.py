"""Check a pair, a bitext or a corpus: align what is not aligned, run the checks, write.

`terms` makes the checks of terms alone, `check` all that apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from aligner.bitext import Bitext
from aligner.errors import SettingError
from aligner.filenames import shown
from aligner.findings import CheckedFile, FileRole, Terms
from aligner.formats.common.file_bytes import size_and_digest
from aligner.messages import _
from aligner.pipeline.align_pair import StageProgress, align_files, silent

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.encode.protocol import Encoder
    from aligner.glossary.entries import Glossary


@dataclass(frozen=True, slots=True)
class TermCheck:
    """The results of checks, and what a user should know about them."""

    terms: Terms
    written: tuple[Path, ...]
    notes: tuple[str, ...]


def terms(  # noqa: PLR0913 - the options of the command
    *pair: str | Path,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    glossary: str | Path | None = None,
    candidates: bool = True,
    sensitivity: Literal["high", "quiet"] = "quiet",
    baseline: str | Path | None = None,
    write_baseline: str | Path | None = None,
    encoder: str | Encoder = "use",
    refine: str | Encoder | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    keep_furniture: bool = False,
    progress: StageProgress | None = None,
) -> TermCheck:
    """Find the terms of a pair, what renders them, and which renderings are out of line.

    Args:
        pair: Two documents; or one bitext, one file in both languages, or a corpus folder.
        out: Files to write, each in the format of its name (`aligner.report.report_outputs`).
        to: The format of the files whatever their name.
        glossary: A file of terms and the renderings that they may have.
        candidates: Whether to look for terms that the glossary does not name.
        sensitivity: `quiet` reports warnings, nearly all of them right; `high` remarks too.
        baseline: A file of findings that were accepted before.
        write_baseline: Accept all that is found now: write it to this file.
        encoder: What compares sentences, for aligning two documents.
        refine: A second encoder, asked about the links that are unsure.
        encoding: Of the documents; found from their bytes if None.
        langs: The languages of the two documents; found from the script if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Called as each stage starts.

    Raises:
        AlignerError: A file, a setting or the pair of languages is invalid.
    """
    from aligner.check.find_terms import find_terms

    def find(bitexts: Sequence[Bitext], words: Glossary | None, old: Baseline | None) -> Terms:
        return find_terms(
            bitexts,
            glossary=words,
            candidates=candidates,
            sensitivity=sensitivity,
            baseline=old,
            progress=progress,
        )

    files = _Files(tuple(pair), tuple(out), to, glossary, baseline, write_baseline)
    reading = _HowRead(encoder, refine, encoding, langs, keep_furniture)
    return _checked(files, reading, find, progress or silent)


def check(  # noqa: PLR0913 - the options of the command
    *pair: str | Path,
    checks: Sequence[str] | None = None,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    certificate: str | Path | None = None,
    glossary: str | Path | None = None,
    sensitivity: Literal["high", "quiet"] = "quiet",
    baseline: str | Path | None = None,
    write_baseline: str | Path | None = None,
    encoder: str | Encoder = "use",
    refine: str | Encoder | None = None,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    keep_furniture: bool = False,
    progress: StageProgress | None = None,
) -> TermCheck:
    """Check a translation: its numbers, references, terms, form and what else there is.

    Args:
        pair: Two documents; or one bitext, one file in both languages, or a corpus folder.
            A bitext is taken as it is, unit by unit.
        checks: Names of `aligner.check.known_checks`; None: all that apply.
        out: Files to write, each in the format of its name (`aligner.report.report_outputs`).
        to: The format of the files whatever their name.
        certificate: A page to write (html): what was checked, and what was found in figures.
        glossary: A file of terms and the renderings that they may have.
        sensitivity: `quiet` leaves out what is likelier wrong than right; `high` does not.
        baseline: A file of findings that were accepted before.
        write_baseline: Accept all that is found now: write it to this file.
        encoder: What compares sentences, for aligning two documents.
        refine: A second encoder, asked about the links that are unsure.
        encoding: Of the documents; found from their bytes if None.
        langs: The languages of the two documents; found from the script if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Called as each stage starts.

    Raises:
        AlignerError: A file, a setting or the pair of languages is invalid.
    """
    from aligner.check.known_checks import chosen_checks

    chosen = chosen_checks(checks, has_glossary=glossary is not None)

    def find(bitexts: Sequence[Bitext], words: Glossary | None, old: Baseline | None) -> Terms:
        from aligner.check.run_checks import run_checks

        return run_checks(
            bitexts,
            checks=chosen,
            glossary=words,
            candidates="terms" in chosen,
            sensitivity=sensitivity,
            baseline=old,
            progress=progress,
        )

    files = _Files(tuple(pair), tuple(out), to, glossary, baseline, write_baseline, certificate)
    reading = _HowRead(encoder, refine, encoding, langs, keep_furniture)
    return _checked(files, reading, find, progress or silent)


@dataclass(frozen=True, slots=True)
class _Files:
    """What is read and written."""

    pair: tuple[str | Path, ...]
    out: tuple[str | Path, ...]
    to: str | None
    glossary: str | Path | None
    baseline: str | Path | None
    write_baseline: str | Path | None
    certificate: str | Path | None = None

    def read(self) -> tuple[CheckedFile, ...]:
        """Return the files that are read, with their digests; a corpus is none."""
        named: list[tuple[FileRole, str | Path | None]] = [
            *(("document", path) for path in self.pair),
            ("glossary", self.glossary),
            ("baseline", self.baseline),
        ]
        return tuple(
            CheckedFile(role, shown(path), *size_and_digest(path))
            for role, path in named
            if path and Path(path).is_file()
        )


@dataclass(frozen=True, slots=True)
class _HowRead:
    """How documents are read and aligned."""

    encoder: str | Encoder
    refine: str | Encoder | None
    encoding: str | None
    langs: Sequence[str] | None
    keep_furniture: bool


_Find = Callable[[Sequence[Bitext], "Glossary | None", "Baseline | None"], Terms]


def _checked(files: _Files, reading: _HowRead, find: _Find, progress: StageProgress) -> TermCheck:
    """Read what is to be checked, find what is to be found, and write it."""
    from aligner.check.baseline import accepted, baseline_file
    from aligner.check.baseline.baseline_text import as_jsonl
    from aligner.check.uncollected import uncollected
    from aligner.compiled import announced
    from aligner.formats.glossaries import read_glossary
    from aligner.report.report_outputs import check_outputs

    pair, new, baseline = files.pair, files.write_baseline, files.baseline
    read = [*pair, *([files.glossary] if files.glossary else [])]
    outputs = check_outputs(
        files.out,
        to=files.to,
        inputs=read,
        baseline=new,
        old=baseline,
        certificate=files.certificate,
    )
    if new:
        baseline_file.check_suffix(new)
    words = read_glossary(files.glossary) if files.glossary else None
    old = baseline_file.read_baseline(baseline) if baseline else None
    bitexts = _bitexts(pair, reading, progress)
    with uncollected():
        with announced(progress):
            found = find(bitexts, words, old)
        found = replace(found, files=files.read(), baseline=as_jsonl(old.entries) if old else "")
        progress("writing")
        written = [path for output in outputs for path in output.write(found, output.path)]
        if new:
            written.append(baseline_file.write_baseline(found.findings, new, old=old))
    notes = [*(words.notes if words else ()), *found.notes]
    if len(pair) == 1 and Path(pair[0]).is_file():  # what was noted when it was read
        notes += dict.fromkeys(note for bitext in bitexts for note in bitext.src_doc.notes)
    if old and (idle := accepted.unused(old, found.findings)):
        notes.append(
            _("{baseline}: {count} of {count2} entries match nothing").format(
                baseline=baseline, count=len(idle), count2=len(old.entries)
            )
        )
    return TermCheck(found, tuple(written), tuple(notes))


def _bitexts(
    pair: Sequence[str | Path], reading: _HowRead, progress: StageProgress
) -> list[Bitext]:
    """Return what `PAIR` of the command stands for."""
    from aligner.corpus.store.catalog import check_file
    from aligner.formats.bitexts import holds_pairs, is_bitext, read_bitexts

    if len(pair) not in {1, 2}:
        raise SettingError(
            _("expected one or two inputs, got {count}").format(count=len(pair)),
            hint=_("name two documents, one bitext or a corpus"),
        )
    if len(pair) == 1 and Path(pair[0]).is_dir():
        from aligner.corpus import read_corpus

        progress("reading")
        return list(read_corpus(pair[0]))
    if len(pair) == 1 and is_bitext(pair[0]):
        progress("reading")
        check_file(Path(pair[0]))
    if len(pair) == 1 and holds_pairs(pair[0], encoding=reading.encoding, langs=reading.langs):
        return list(read_bitexts(pair[0], encoding=reading.encoding, langs=reading.langs))
    both = align_files(
        pair,
        encoder=reading.encoder,
        refine=reading.refine,
        encoding=reading.encoding,
        langs=reading.langs,
        keep_furniture=reading.keep_furniture,
        progress=progress,
    )
    return [both]
