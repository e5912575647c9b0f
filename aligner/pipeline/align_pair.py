"""Align two documents: read, segment, encode, align, and write the bitext."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner import __version__
from aligner.bitext import Bitext, Document, Segment
from aligner.errors import ExportError, SettingError
from aligner.messages import _
from aligner.pair import detect, order_sides, pair_id, withhold
from aligner.span import Lang

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder
    from aligner.scoring import Evaluation

StageProgress = Callable[[str], None]  # called as each stage starts, such as "aligning"


def align(  # noqa: PLR0913 - the options of the command
    original: str | Path,
    translation: str | Path | None = None,
    *,
    out: Sequence[str | Path] = (),
    to: str | None = None,
    pre_split: bool = False,
    encoder: str | Encoder = "use",
    refine: str | Encoder | None = None,
    min_p: float = 0.0,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    source: Lang | None = None,
    keep_furniture: bool = False,
    progress: StageProgress | None = None,
) -> Bitext:
    """Segment and align two files, and write the bitext.

    Args:
        original: One document, Chinese or English; or one that holds both.
        translation: The other; None if `original` holds both.
        out: Files to write, each in the format of its suffix.
        to: The format of the files whatever their suffix.
        pre_split: Take each line as a sentence.
        encoder: The name of an encoder (see `aligner.encode`), or an encoder to reuse.
        refine: A second encoder, asked about the links that are unsure.
        min_p: Links less likely than this are written as two one-sided units.
        encoding: Of both files; found from their bytes if None.
        langs: The languages of `original` and `translation`, `zh` and `en` in either
            order; found from the script if None.
        source: Language of the original, for the formats that name it; `zh` if None.
        keep_furniture: Keep menus, headers and footers of web pages.
        progress: Called as each stage starts.

    Returns:
        The bitext; the Chinese side is always its `src` side.

    Raises:
        AlignerError: A file, a setting or the pair of languages is invalid.
    """
    from aligner.formats.outputs import check_targets

    paths = (original,) if translation is None else (original, translation)
    check_targets(out, to=to, inputs=paths)
    bitext = align_files(
        paths,
        pre_split=pre_split,
        encoder=encoder,
        refine=refine,
        min_p=min_p,
        encoding=encoding,
        langs=langs,
        source=source,
        keep_furniture=keep_furniture,
        progress=progress,
    )
    if out:
        (progress or silent)("writing")
        write(bitext, out, to=to)
    return bitext


def align_files(  # noqa: PLR0913 - the options of the command
    paths: Sequence[str | Path],
    *,
    pre_split: bool = False,
    encoder: str | Encoder = "use",
    refine: str | Encoder | None = None,
    min_p: float = 0.0,
    encoding: str | None = None,
    langs: Sequence[str] | None = None,
    source: Lang | None = None,
    keep_furniture: bool = False,
    progress: StageProgress | None = None,
) -> Bitext:
    """Read, segment and align two files, or one that holds both languages (see `align`)."""
    from aligner.formats.documents import read_document
    from aligner.formats.mixed_document import split_sides

    (progress or silent)("reading")
    read = [read_document(p, encoding=encoding, keep_furniture=keep_furniture) for p in paths]
    src_doc, tgt_doc = split_sides(*read) if len(read) == 1 else order_sides(*read, langs=langs)
    bitext = align_documents(
        src_doc,
        tgt_doc,
        pre_split=pre_split,
        encoder=encoder,
        refine=refine,
        min_p=min_p,
        progress=progress,
    )
    how = f"encodings={src_doc.encoding},{tgt_doc.encoding}; keep_furniture={keep_furniture}"
    signature = f"{bitext.signature}; {how}"
    return replace(bitext, signature=signature, source=source or "zh")


def align_documents(  # noqa: PLR0913 - the options of the command
    src_doc: Document,
    tgt_doc: Document,
    *,
    pre_split: bool = False,
    encoder: str | Encoder = "use",
    refine: str | Encoder | None = None,
    min_p: float = 0.0,
    weights: str | Path | None = None,
    second_weights: str | Path | None = None,
    progress: StageProgress | None = None,
) -> Bitext:
    """Segment and align a Chinese document and its English translation.

    Args:
        src_doc: The Chinese document.
        tgt_doc: The English document.
        pre_split: Take each line as a sentence.
        encoder: The name of an encoder, or an encoder to reuse.
        refine: A second encoder, asked about the links that are unsure
            (`aligner.align.second_pass.second_opinion`).
        min_p: Links less likely than this become two one-sided beads (see `withhold`).
        weights: Of the model, by name or as a file; those of the encoder if None.
        second_weights: Of the second pass, likewise; those that ship if None.
        progress: Called as each stage starts.

    Raises:
        SettingError: `min_p`, the weights or the encoder's name is invalid.
        MissingExtraError: The dependencies of an encoder are not installed.
    """
    from aligner.align import align as align_segments
    from aligner.align.facing import doubt_signature
    from aligner.align.related import doubted
    from aligner.align.second_pass.clause_weights import load_second_weights
    from aligner.align.second_pass.second_opinion import opinion_signature
    from aligner.align.weights import load_weights
    from aligner.compiled import announced
    from aligner.encode import load_encoder
    from aligner.encode.second_encoder import load_second
    from aligner.lang.script import detect_variant

    tell = progress or silent
    if not 0.0 <= min_p <= 1.0:
        raise SettingError(
            _("invalid min_p: {min_p}").format(min_p=min_p),
            hint=_("give a probability from 0 to 1"),
        )
    tell("loading the encoder")
    model = load_encoder(encoder) if isinstance(encoder, str) else encoder
    other = load_second(refine, model) if refine else None
    tell("segmenting")
    src = _segments(src_doc, "zh", pre_split=pre_split)
    tgt = _segments(tgt_doc, "en", pre_split=pre_split)
    tell("aligning")
    fitted = load_weights(weights or ("use" if model.dim else "length"))
    second = load_second_weights(second_weights or "clauses") if model.dim else None
    with announced(tell):
        alignment = align_segments(
            src, tgt, encoder=model, weights=fitted, second=second, refine=other
        )
        alignment = doubted(alignment, src, tgt, model)
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
            weights="+".join(each.signature for each in (fitted, second) if each),
            doubt=doubt_signature(model),
            **({"refine": opinion_signature(other)} if other else {}),
            pre_split=pre_split,
            min_p=f"{min_p:g}",
        ),
    )


def segment(
    path: str | Path,
    *,
    lang: Lang | None = None,
    encoding: str | None = None,
    keep_furniture: bool = False,
    tell: Callable[[str], None] | None = None,
) -> tuple[Segment, ...]:
    """Return the sentences of a file, found from its script to be Chinese or English.

    Args:
        path: The document.
        lang: Its language, instead of the one found.
        encoding: Of the file, instead of the one found.
        keep_furniture: Keep menus, headers and footers of a web page.
        tell: Called with what a user should know about the reading.

    Raises:
        ReadError: The file cannot be read.
        LanguageError: It is neither Chinese nor English.
    """
    from aligner.formats.documents import read_document
    from aligner.segment import segment as split

    document = read_document(path, encoding=encoding, keep_furniture=keep_furniture)
    for note in document.notes:
        (tell or silent)(note)
    return split(document, lang or detect(document))


def evaluate(gold: str | Path, test: str | Path, *, merge_units: bool = False) -> Evaluation:
    """Score alignment files, or folders of them, against gold (`aligner.scoring`)."""
    from aligner import scoring

    return scoring.evaluate(gold, test, merge_units=merge_units)


def write(bitext: Bitext, out: Iterable[str | Path], *, to: str | None = None) -> tuple[Path, ...]:
    """Write a bitext to each of the files; return the path of every file written.

    A format that cannot hold one-sided units puts them into a file beside it.

    Raises:
        ExportError: A file cannot be written, or its format cannot hold the text.
    """
    from aligner.formats.outputs import write_bitext

    return tuple(path for target in out for path in write_bitext(bitext, target, to=to))


def render(bitext: Bitext, *, to: str = "tsv") -> bytes:
    """Return the bytes of a bitext in a format, for a pipe.

    Raises:
        ExportError: The format needs more than one file.
    """
    from aligner.formats.common.writing import named_errors
    from aligner.formats.outputs import write_bitext

    with named_errors(_("a temporary file")), tempfile.TemporaryDirectory() as folder:
        paths = write_bitext(bitext, Path(folder) / f"bitext.{to}", to=to)
        if len(paths) > 1:
            raise ExportError(
                _("{to} needs {count} files for this bitext").format(to=to, count=len(paths)),
                hint=_("name the first with -o"),
            )
        return paths[0].read_bytes()


def _segments(document: Document, lang: Lang, *, pre_split: bool) -> tuple[Segment, ...]:
    from aligner.segment import segment as split
    from aligner.segment import split_lines

    return split_lines(document) if pre_split else split(document, lang)


def signature_of(**settings: object) -> str:
    """Return what a bitext was made with; the documents themselves are not named."""
    parts = [f"{name}={value}" for name, value in settings.items()]
    return "; ".join([f"aligner {__version__}", *parts])


def silent(_stage: str) -> None:
    """Take no notice of a stage: for callers who want no progress."""
