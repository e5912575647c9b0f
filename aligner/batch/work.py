"""What a worker does: align one pair, from bytes to the bytes of a part.

It touches no file, so it can run wherever the package is installed. Trouble with the
documents is an outcome; trouble with the settings, which every pair would have, is
raised and ends the batch.

Linear algebra, tables and compiled loops get one thread: several workers that each
take all cores are slower together than one. The variables that say so are read when
those libraries load, hence the imports inside the functions.
"""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from aligner.batch.engine_protocol import Outcome, Settings, Work
from aligner.bitext import Bitext
from aligner.corpus.store.pair_facts import Facts, SideFacts, Trouble
from aligner.errors import AlignerError, MissingExtraError, SettingError
from aligner.messages import _

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder

BINS: Final = 20  # of the distribution of probabilities
_ONE_THREAD: Final = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip


def prepare(memory: int | None = None) -> None:
    """Make this process a worker: one thread, and no more than so many bytes of memory."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"), TOKENIZERS_PARALLELISM="false")
    _dump_no_core()
    if memory is not None:
        _limit_memory(memory)


def run_work(work: Work) -> Outcome:
    """Align a pair.

    Raises:
        SettingError: No pair can be aligned with these settings.
        MissingExtraError: The encoder's dependencies are not installed.
    """
    from threadpoolctl import threadpool_limits  # after `prepare`

    start = time.monotonic()
    try:
        with threadpool_limits(limits=1):
            bitext = align_work(work)
            part, facts = _part(bitext), facts_of(bitext, work.settings.min_p)
    except (SettingError, MissingExtraError):
        raise
    except AlignerError as error:
        trouble = Trouble("document", str(error), error.hint)
    except MemoryError:
        trouble = Trouble("memory", _("needs more memory than a worker may have"))
    except Exception as error:  # noqa: BLE001 - one pair's bug must not end the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{PurePath(where.filename).name}:{where.lineno}"
        trouble = Trouble(
            "bug",
            _("{name} in {place}: {error}").format(
                name=type(error).__name__, place=place, error=error
            ),
            _("please report it"),
        )
    else:
        return Outcome(work.id, time.monotonic() - start, part, facts)
    return Outcome(work.id, time.monotonic() - start, trouble=trouble)


def align_work(work: Work) -> Bitext:
    """Return the bitext of a pair, with the pair's id.

    Raises:
        AlignerError: A document or a setting is invalid.
    """
    from aligner.formats.common.source import Source
    from aligner.formats.documents import parse
    from aligner.pair import order_sides
    from aligner.pipeline import align_documents

    settings = work.settings
    documents = [
        parse(Source(raw, name, settings.encoding, settings.keep_furniture))
        for raw, name in zip((work.original, work.translation), work.names, strict=True)
    ]
    src, tgt = order_sides(*documents, langs=settings.langs)
    bitext = align_documents(
        src,
        tgt,
        pre_split=settings.pre_split,
        encoder=encoder(settings.encoder),
        refine=encoder(settings.refine) if settings.refine else None,
        min_p=settings.min_p,
    )
    read = f"encodings={src.encoding},{tgt.encoding}; keep_furniture={settings.keep_furniture}"
    return replace(bitext, id=work.id, signature=f"{bitext.signature}; {read}")


@cache
def encoder(name: str) -> Encoder:
    """Return the encoder of that name with one thread; loaded once in a process."""
    from aligner.encode import load_encoder

    if name == "use":
        from aligner.encode.use import UseEncoder

        return UseEncoder(threads=1)
    return load_encoder(name)


def facts_of(bitext: Bitext, min_p: float = 0.0) -> Facts:
    """Return a bitext in numbers."""
    from aligner.report.bitext_summary import summarise

    summary = summarise(bitext, min_p=min_p)
    beads = bitext.alignment.beads
    bins = Counter(min(int(b.p * BINS), BINS - 1) for b in beads if b.src.size and b.tgt.size)
    src, tgt = summary.src, summary.tgt
    return Facts(
        src=SideFacts(src.sentences, src.alone, sum(len(s.text) for s in bitext.src)),
        tgt=SideFacts(tgt.sentences, tgt.alone, sum(len(s.text) for s in bitext.tgt)),
        kinds=summary.kinds,
        p=tuple(bins[k] for k in range(BINS)),
        likely_share=min(src.likely_share, tgt.likely_share),
        warnings=(*src.notes, *tgt.notes, *summary.warnings),
    )


def settings_signature(settings: Settings) -> str:
    """Return what the bytes of parts depend on, beside the documents.

    Loads the encoder, so that a wrong name is reported before the work begins.

    Raises:
        SettingError: The encoder does not exist, or another setting is invalid.
        MissingExtraError: Its dependencies are not installed.
    """
    from importlib.metadata import version

    from aligner.align.facing import doubt_signature
    from aligner.align.second_pass.second_opinion import opinion_signature
    from aligner.align.weights import load_weights
    from aligner.encode.second_encoder import load_second
    from aligner.pipeline.align_pair import signature_of

    if not 0.0 <= settings.min_p <= 1.0:
        raise SettingError(
            _("invalid min_p: {min_p}").format(min_p=settings.min_p),
            hint=_("give a probability from 0 to 1"),
        )
    model = encoder(settings.encoder)
    other = load_second(encoder(settings.refine), model) if settings.refine else None
    return signature_of(
        encoder=model.signature,
        weights=load_weights("use" if model.dim else "length").signature,
        doubt=doubt_signature(model),
        **({"refine": opinion_signature(other)} if other else {}),
        pre_split=settings.pre_split,
        min_p=f"{settings.min_p:g}",
        encoding=settings.encoding,
        langs=",".join(settings.langs or ()) or None,
        keep_furniture=settings.keep_furniture,
        polars=version("polars"),
    )


def _part(bitext: Bitext) -> bytes:
    from aligner.corpus.store.part import part_bytes

    return part_bytes(bitext)


def _dump_no_core() -> None:
    """Let a crash write no file with the worker's memory into the working folder."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _limit_memory(memory: int) -> None:
    """Let the system refuse memory beyond the limit; nothing is done where it cannot.

    RLIMIT_DATA counts what is written to, on Linux; RLIMIT_AS would count the address
    space that compilers and allocators only reserve.
    """
    try:
        import resource  # not on every system
    except ImportError:
        return
    _other, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        memory = min(memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, most))
