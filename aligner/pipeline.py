"""The stages in order, for one pair: what the commands do, as functions.

    read -> segment -> encode -> align -> export
                                       -> terms -> report

The stages are imported where they are called (hence the `noqa: PLC0415`): who only
segments or scores does not wait for compilers and models to load.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from aligner import __version__
from aligner.bitext import Bitext, Document, Segment
from aligner.errors import ExportError, SettingError
from aligner.findings import Terms
from aligner.pair import detect, order_sides, pair_id, withhold
from aligner.span import Lang

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder
    from aligner.scoring import Evaluation

Progress = Callable[[str], None]  # is told what begins, such as "aligning"


def align(  # noqa: PLR0913 - the options of the command
    original: str | Path,
    translation: str | Path | None = None,
    *,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    pre_split: bool = False,
    encoder: str | Encoder = "use",
    min_p: float = 0.0,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    seed: int = 0,
    keep_furniture: bool = False,
    progress: Progress | None = None,
) -> Bitext:
    """Segment and align two files, and write the bitext.

    Args:
        original: One document, Chinese or English; or one that holds both.
        translation: The other; None if `original` holds both.
        out: Files to write, each in the format of its suffix.
        to: The format of the files whatever their suffix.
        pre_split: Take each line as a sentence.
        encoder: The name of an encoder (see `aligner.encode`), or one at hand.
        min_p: Links less likely than this are written as two one-sided units.
        encoding: Of both files; found from their bytes if None.
        langs: The languages of `original` and `translation`, `zh` and `en` in either
            order; found from the script if None.
        seed: For encoders and weights that draw at random; the default ones do not.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Is told what begins.

    Returns:
        The bitext; the Chinese side is always its source side.

    Raises:
        AlignerError: A file, a setting or the pair of languages does not do.
    """
    from aligner.formats.documents import read_document  # noqa: PLC0415
    from aligner.formats.mixed_document import split_sides  # noqa: PLC0415
    from aligner.formats.outputs import check_targets  # noqa: PLC0415

    tell = progress or _silent
    paths = (original,) if translation is None else (original, translation)
    check_targets(out, to=to, inputs=paths)
    tell("reading")
    read = [read_document(p, encoding=encoding, keep_furniture=keep_furniture) for p in paths]
    src_doc, tgt_doc = split_sides(*read) if len(read) == 1 else order_sides(*read, langs=langs)
    bitext = align_documents(
        src_doc,
        tgt_doc,
        pre_split=pre_split,
        encoder=encoder,
        min_p=min_p,
        seed=seed,
        progress=progress,
    )
    how = f"encodings={src_doc.encoding},{tgt_doc.encoding}; keep_furniture={keep_furniture}"
    bitext = replace(bitext, signature=f"{bitext.signature}; {how}")
    if out:
        tell("writing")
        write(bitext, out, to=to)
    return bitext


def align_documents(  # noqa: PLR0913 - the options of the command
    src_doc: Document,
    tgt_doc: Document,
    *,
    pre_split: bool = False,
    encoder: str | Encoder = "use",
    min_p: float = 0.0,
    seed: int = 0,
    weights: str | Path | None = None,
    progress: Progress | None = None,
) -> Bitext:
    """Segment and align a Chinese document and its English translation.

    Args:
        src_doc: The Chinese document.
        tgt_doc: The English document.
        pre_split: Take each line as a sentence.
        encoder: The name of an encoder, or one at hand.
        min_p: Links less likely than this become two one-sided beads (see `withhold`).
        seed: For encoders and weights that draw at random.
        weights: Of the model, by name or as a file; those of the encoder if None.
        progress: Is told what begins.

    Raises:
        SettingError: `min_p`, the weights or the encoder's name does not do.
        MissingExtraError: The encoder's dependencies are not installed.
    """
    from aligner.align import align as align_segments  # noqa: PLC0415
    from aligner.align.weights import load_weights  # noqa: PLC0415
    from aligner.compiled import announced  # noqa: PLC0415
    from aligner.encode import load_encoder  # noqa: PLC0415
    from aligner.lang.script import detect_variant  # noqa: PLC0415

    tell = progress or _silent
    if not 0.0 <= min_p <= 1.0:
        raise SettingError(f"min_p is {min_p}", hint="give a probability from 0 to 1")
    tell("loading the encoder")
    model = load_encoder(encoder) if isinstance(encoder, str) else encoder
    tell("segmenting")
    src = _segments(src_doc, "zh", pre_split=pre_split)
    tgt = _segments(tgt_doc, "en", pre_split=pre_split)
    tell("aligning")
    fitted = load_weights(weights or ("use" if model.dim else "length"))
    with announced(tell):
        alignment = align_segments(src, tgt, encoder=model, weights=fitted)
    return Bitext(
        id=pair_id(src_doc.id, tgt_doc.id),
        src_doc=src_doc,
        tgt_doc=tgt_doc,
        src=src,
        tgt=tgt,
        alignment=withhold(alignment, min_p),
        src_lang=detect_variant(src_doc.text),
        signature=signature_of(
            encoder=model.signature,
            weights=fitted.signature,
            pre_split=pre_split,
            min_p=f"{min_p:g}",
            seed=seed,
        ),
    )


@dataclass(frozen=True, slots=True)
class TermCheck:
    """What a look at the terms gave, and what a user should know about it."""

    terms: Terms
    written: tuple[Path, ...]
    notes: tuple[str, ...]


def terms(  # noqa: PLR0913 - the options of the command
    *pair: str | Path,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    glossary: str | Path | None = None,
    candidates: bool = True,
    sensitivity: Literal["high", "quiet"] = "high",
    baseline: str | Path | None = None,
    write_baseline: str | Path | None = None,
    encoder: str | Encoder = "use",
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    keep_furniture: bool = False,
    progress: Progress | None = None,
) -> TermCheck:
    """Find the terms of a pair, what renders them, and which renderings are out of line.

    Args:
        pair: Two documents; or one bitext, one file in both languages, or a corpus folder.
        out: Files to write, each in the format of its name (`aligner.report.outputs`).
        to: The format of the files whatever their name.
        glossary: A file of terms and the renderings that they may have.
        candidates: Whether to look for terms that the glossary does not name.
        sensitivity: `high` for reading; `quiet` reports less, and is more often right.
        baseline: A file of findings that were accepted before.
        write_baseline: Accept all that is found now: write it to this file.
        encoder: What compares sentences, for aligning two documents.
        encoding: Of the documents; found from their bytes if None.
        langs: The languages of the two documents; found from the script if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Is told what begins.

    Raises:
        AlignerError: A file, a setting or the pair of languages does not do.
    """
    from aligner.check.baseline import accepted, baseline_file  # noqa: PLC0415
    from aligner.check.find_terms import find_terms  # noqa: PLC0415
    from aligner.compiled import announced  # noqa: PLC0415
    from aligner.formats.glossaries import read_glossary  # noqa: PLC0415
    from aligner.report.outputs import check_outputs, write_output  # noqa: PLC0415

    tell = progress or _silent
    read = [*pair, *([glossary] if glossary else [])]
    check_outputs(out, to=to, inputs=read, baseline=write_baseline, old=baseline)
    if write_baseline:
        baseline_file.check_suffix(write_baseline)
    words = read_glossary(glossary) if glossary else None
    old = baseline_file.read_baseline(baseline) if baseline else None
    bitexts = _bitexts(
        pair,
        encoder=encoder,
        encoding=encoding,
        langs=langs,
        keep_furniture=keep_furniture,
        progress=tell,
    )
    with announced(tell):
        found = find_terms(
            bitexts,
            glossary=words,
            candidates=candidates,
            sensitivity=sensitivity,
            baseline=old,
            progress=tell,
        )
    tell("writing")
    written = [path for target in out for path in write_output(found, target, to=to)]
    if write_baseline:
        written.append(baseline_file.write_baseline(found.findings, write_baseline, old=old))
    notes = list(words.notes) if words else []
    if len(pair) == 1 and Path(pair[0]).is_file():  # what was noted when it was read
        notes += dict.fromkeys(note for bitext in bitexts for note in bitext.src_doc.notes)
    if old and (idle := accepted.unused(old, found.findings)):
        notes.append(f"{baseline}: {len(idle)} of {len(old.entries)} entries match nothing")
    return TermCheck(found, tuple(written), tuple(notes))


def segment(
    path: str | Path,
    *,
    lang: Lang | None = None,
    encoding: str | None = None,
    keep_furniture: bool = False,
) -> tuple[Segment, ...]:
    """Return the sentences of a file, found from its script to be Chinese or English.

    Args:
        path: The document.
        lang: Its language, instead of the one found.
        encoding: Of the file, instead of the one found.
        keep_furniture: Keep menus, headers and footers of a web page.

    Raises:
        ReadError: The file cannot be read.
        LanguageError: It is neither Chinese nor English.
    """
    from aligner.formats.documents import read_document  # noqa: PLC0415
    from aligner.segment import segment as split  # noqa: PLC0415

    document = read_document(path, encoding=encoding, keep_furniture=keep_furniture)
    return split(document, lang or detect(document))


def evaluate(gold: str | Path, test: str | Path, *, merge_units: bool = False) -> Evaluation:
    """Score alignment files, or folders of them, against gold (`aligner.scoring`)."""
    from aligner import scoring  # noqa: PLC0415

    return scoring.evaluate(gold, test, merge_units=merge_units)


def write(bitext: Bitext, out: Iterable[str | Path], *, to: str | None = None) -> tuple[Path, ...]:
    """Write a bitext to each of the files; return the path of every file written.

    A format that cannot hold one-sided units puts them into a file beside it.

    Raises:
        ExportError: A file cannot be written, or its format cannot hold the text.
    """
    from aligner.formats.outputs import write_bitext  # noqa: PLC0415

    return tuple(path for target in out for path in write_bitext(bitext, target, to=to))


def render(bitext: Bitext, *, to: str = "tsv") -> bytes:
    """Return the bytes of a bitext in a format, for a pipe.

    Raises:
        ExportError: The format needs more than one file.
    """
    from aligner.formats.common.writing import named_errors  # noqa: PLC0415
    from aligner.formats.outputs import write_bitext  # noqa: PLC0415

    with named_errors("a temporary file"), tempfile.TemporaryDirectory() as folder:
        paths = write_bitext(bitext, Path(folder) / f"bitext.{to}", to=to)
        if len(paths) > 1:
            raise ExportError(
                f"{to} needs {len(paths)} files for this bitext", hint="name the first with -o"
            )
        return paths[0].read_bytes()


def _bitexts(  # noqa: PLR0913 - the options of the command
    pair: Sequence[str | Path],
    *,
    encoder: str | Encoder,
    encoding: str | None,
    langs: Sequence[str] | None,
    keep_furniture: bool,
    progress: Progress,
) -> list[Bitext]:
    """Return what `PAIR` of the command stands for."""
    from aligner.corpus.catalog import check_file  # noqa: PLC0415
    from aligner.formats.bitexts import is_bitext, read_bitexts  # noqa: PLC0415

    if len(pair) not in {1, 2}:
        raise SettingError(
            f"{len(pair)} files are no pair", hint="name two documents, one bitext or a corpus"
        )
    if len(pair) == 1 and Path(pair[0]).is_dir():
        from aligner.corpus import read_corpus  # noqa: PLC0415

        progress("reading")
        return list(read_corpus(pair[0]))
    if len(pair) == 1 and is_bitext(pair[0]):
        progress("reading")
        check_file(Path(pair[0]))
        return list(read_bitexts(pair[0], encoding=encoding, langs=langs))
    both = align(
        *pair,
        encoder=encoder,
        encoding=encoding,
        langs=langs,
        keep_furniture=keep_furniture,
        progress=progress,
    )
    return [both]


def _segments(document: Document, lang: Lang, *, pre_split: bool) -> tuple[Segment, ...]:
    from aligner.segment import segment as split  # noqa: PLC0415
    from aligner.segment import split_lines  # noqa: PLC0415

    return split_lines(document) if pre_split else split(document, lang)


def signature_of(**settings: object) -> str:
    """Return what a bitext was made with; the documents themselves are not named."""
    parts = [f"{name}={value}" for name, value in settings.items()]
    return "; ".join([f"aligner {__version__}", *parts])


def _silent(_stage: str) -> None:
    pass
