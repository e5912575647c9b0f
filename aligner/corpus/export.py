"""Filter a corpus, divide its documents into sets, and write each in any format.

What passes is put into Parquet files beside the output first, so that a format may go
through it more than once and no more than a batch of rows is in memory; the files are
removed at the end.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from aligner.bitext import Bitext, Unit
from aligner.corpus.filters import Filters, Sieve, Step
from aligner.corpus.reading import batches, signature_of, variant_of
from aligner.errors import ExportError, SettingError
from aligner.filenames import shown
from aligner.formats.common.parquet_bytes import parquet_bytes
from aligner.messages import N_, _
from aligner.span import Lang, Span

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder
    from aligner.formats.bitexts import BitextFile

SETS: Final = ("train", "dev", "test")
_OF_ONE_PAIR: Final = frozenset({"align", "intertext"})  # they number one document's sentences
RowsProgress = Callable[[str, int], None]  # what is done, and rows done so far


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did."""

    rows: int  # of the corpus
    kept: int
    steps: tuple[Step, ...]  # what each filter removed, with examples
    sets: Mapping[str, int]  # rows of each set; one set without a name if not divided
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows in Parquet files that can be written like a bitext."""

    id: str
    name: str  # of the corpus: no output may replace it
    paths: tuple[Path, ...]
    src_lang: str
    tgt_lang: str
    signature: str
    timed: bool = False  # a corpus is searched and exported by its texts
    noted: bool = False  # and keeps no notes
    source: Lang = "zh"  # `batch` takes the Chinese side for the original

    def units(self) -> Iterator[Unit]:
        """Yield the units; each call begins anew."""
        import polars as pl

        for path in self.paths:
            for row in pl.read_parquet(path.read_bytes()).iter_rows():
                doc, src, tgt, src_ids, tgt_ids, kind, p, src_span, tgt_span = row
                yield Unit(
                    doc, src, tgt, tuple(src_ids), tuple(tgt_ids), kind, p,
                    Span(*src_span), Span(*tgt_span),
                )  # fmt: skip

    def whole(self) -> Bitext:
        """Refuse a format that needs every sentence."""
        raise _of_one_pair(self.id)


def export_corpus(  # noqa: PLR0913 - the options of the command
    corpus: str | Path,
    out: str | Path,
    *,
    to: str | None = None,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    encoder: str | Encoder = "use",
    dev: float = 0.0,
    test: float = 0.0,
    seed: int = 0,
    src_lang: str | None = None,
    tgt_lang: str | None = None,
    progress: RowsProgress | None = None,
) -> ExportReport:
    """Write the good pairs of a corpus.

    Args:
        corpus: The folder.
        out: The file to write, in the format of its suffix. With `dev` or `test`, the
            sets go to NAME.train.SUFFIX, NAME.dev.SUFFIX and NAME.test.SUFFIX.
        to: The format whatever the suffix.
        filters: What a pair must be.
        encoder: For the filter `similarity`: a name, or an encoder to reuse.
        dev: Share of the pairs for the development set; whole documents, so the share
            is met as nearly as these allow.
        test: The same for the test set.
        seed: Another one divides the documents in another way.
        src_lang: Code of the Chinese side, such as zh-TW; found from the text if None.
        tgt_lang: Code of the English side; en-US if None.
        progress: Called with how many rows have been filtered and written.

    Raises:
        ExportError: A file cannot be written, or nothing passes the filters.
        FormatError: A file of the corpus is damaged.
        SettingError: The folder is not a corpus, or a setting is invalid.

    Cost: linear in the rows; 8 bytes of memory a pair if duplicates are removed.
    """
    from aligner.formats.common.writing import named_errors, work_folder
    from aligner.formats.outputs import check_targets, format_of, write_bitext

    out, shares = Path(out), _shares(dev, test)
    targets = {
        name: out.with_name(f"{out.stem}.{name}{out.suffix}") if name else out
        for name in (["train", *shares] if shares else [""])
    }
    check_targets(list(targets.values()), to=to, inputs=[corpus])
    if format_of(out, to=to) in _OF_ONE_PAIR:
        raise _of_one_pair(out)
    tell = progress or _silent
    sieve = Sieve(filters, _loaded(encoder) if filters.similarity else None)
    with named_errors(out), work_folder(out) as work:
        kept = _filter(corpus, sieve, work, tell)
        if not kept.paths:
            raise ExportError(
                _("{corpus}: no pair passes the filters").format(corpus=corpus),
                hint=_("; ").join(
                    _("{name} removed {removed:,}").format(name=_(s.name), removed=s.removed)
                    for s in sieve.steps
                    if s.removed
                ),
            )
        counts: dict[str, int] = {}
        files: list[Path] = []
        for name, (rows, count) in _divided(kept, shares, seed, work).items():
            tell(_("writing {name}").format(name=name).strip(), count)
            counts[name] = count
            value = cast("BitextFile", rows)  # has what a writer asks of one
            files += write_bitext(value, targets[name], to=to, src_lang=src_lang, tgt_lang=tgt_lang)
    return ExportReport(sieve.seen, sieve.kept, sieve.steps, counts, tuple(files))


def _filter(corpus: str | Path, sieve: Sieve, work: Path, tell: RowsProgress) -> _Rows:
    """Write the rows that pass, a file a batch."""
    paths: list[Path] = []
    sample: list[str] = []
    signature = signature_of(corpus)
    for number, batch in enumerate(batches(corpus)):
        rows = sieve.keep(batch).drop("src_key")
        tell(N_("filtering"), sieve.seen)
        if rows.is_empty():
            continue
        if not paths:
            sample.append(variant_of(rows))
        paths.append(work / f"{number:06}.parquet")
        paths[-1].write_bytes(parquet_bytes(rows, compression="lz4", statistics=False))
    return _Rows(
        id=Path(corpus).resolve().name,
        name=shown(corpus),
        paths=tuple(paths),
        src_lang=sample[0] if sample else "zh-CN",
        tgt_lang="en-US",
        signature=signature,
    )


def _divided(
    rows: _Rows, shares: Mapping[str, float], seed: int, work: Path
) -> dict[str, tuple[_Rows, int]]:
    """Divide rows into sets of whole documents, and count them."""
    import polars as pl

    counts: Counter[str] = Counter()
    for path in rows.paths:
        counts.update(
            dict(
                pl.read_parquet(path.read_bytes(), columns=["doc"])["doc"]
                .value_counts()
                .iter_rows()
            )
        )
    if not shares:
        return {"": (rows, counts.total())}
    set_of = divide(counts, shares, seed)
    found: dict[str, tuple[_Rows, int]] = {}
    for name in SETS:
        docs = [doc for doc, one in set_of.items() if one == name]
        if not docs:
            continue
        paths: list[Path] = []
        for path in rows.paths:
            some = pl.read_parquet(path.read_bytes()).filter(pl.col("doc").is_in(docs))
            if not some.is_empty():
                paths.append(work / f"{name}-{path.name}")
                paths[-1].write_bytes(parquet_bytes(some, compression="lz4", statistics=False))
        mine = replace(rows, id=f"{rows.id}.{name}", paths=tuple(paths))
        found[name] = (mine, sum(counts[doc] for doc in docs))
    return found


def divide(counts: Mapping[str, int], shares: Mapping[str, float], seed: int) -> dict[str, str]:
    """Return the set of each document.

    Documents are drawn by a hash of their names, so that one that is added later moves
    few of the others. Each set gets documents until it has its share; the rest is for
    training.

    >>> sorted(divide({"a": 5, "b": 5, "c": 5}, {"test": 0.1}, seed=0).values())
    ['test', 'train', 'train']

    Raises:
        SettingError: There are fewer documents than sets.
    """
    if len(counts) <= len(shares):
        raise SettingError(
            _("{count} documents cannot be divided into {count2} sets").format(
                count=len(counts), count2=len(shares) + 1
            ),
            hint=_("documents are never split: leave out --dev and --test"),
        )
    drawn = sorted(counts, key=lambda doc: hashlib.sha256(f"{seed} {doc}".encode()).digest())
    set_of = dict.fromkeys(drawn, "train")
    every, at = sum(counts.values()), 0
    for left, (name, share) in zip(range(len(shares), 0, -1), shares.items(), strict=True):
        taken = 0
        while taken < share * every and at < len(drawn) - left:
            set_of[drawn[at]] = name
            taken += counts[drawn[at]]
            at += 1
    return set_of


def _shares(dev: float, test: float) -> dict[str, float]:
    if min(dev, test) < 0 or dev + test >= 1:
        raise SettingError(
            _("invalid shares of the sets: {dev:g} and {test:g}").format(dev=dev, test=test),
            hint=_("give shares such as 0.05"),
        )
    return {name: share for name, share in (("test", test), ("dev", dev)) if share}


def _of_one_pair(name: str | Path) -> ExportError:
    return ExportError(
        _("{name}: this format holds the sentences of one document pair, not a corpus").format(
            name=name
        ),
        hint=_("choose another format, such as tmx, moses or jsonl"),
    )


def _loaded(encoder: str | Encoder) -> Encoder:
    from aligner.encode import load_encoder

    return load_encoder(encoder) if isinstance(encoder, str) else encoder


def _silent(_what: str, _rows: int) -> None:
    pass
