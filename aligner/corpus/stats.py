"""A corpus in numbers, in one pass over the columns that it takes.

polars is imported on first use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.corpus.reading import frames, no_table

if TYPE_CHECKING:
    import polars as pl

BINS: Final = 20


@dataclass(frozen=True, slots=True)
class CorpusStats:
    """Counts over all documents."""

    documents: int
    beads: int
    pairs: int  # beads with two sides
    distinct: int  # pairs of different texts
    src_sentences: int
    tgt_sentences: int
    src_alone: int  # sentences without a partner
    tgt_alone: int
    src_characters: int  # of all sentences
    tgt_words: int  # runs of characters without a blank
    ratio: tuple[float, float, float]  # English characters for one Chinese: 5, 50, 95 % of pairs
    kinds: Mapping[str, int]  # beads of each kind, the most frequent first
    p: Sequence[int]  # pairs by probability, in bins of equal width from 0 to 1


def corpus_stats(corpus: str | Path) -> CorpusStats:
    """Count what is in a corpus.

    Raises:
        FormatError: A file of the corpus is damaged.
        SettingError: The folder is not a corpus.

    Cost: linear in the rows, by polars, with 20 bytes of memory a row.
    """
    import polars as pl

    with no_table(corpus):
        facts = pl.concat([_facts(rows) for rows in frames(corpus)])
    pairs = facts.filter((pl.col("n_src") > 0) & (pl.col("n_tgt") > 0))
    alone = facts.filter((pl.col("n_src") == 0) | (pl.col("n_tgt") == 0))
    ratio = pairs["tgt"] / pairs["src"].clip(lower_bound=1)
    bins = (pairs["p"] * BINS).floor().clip(upper_bound=BINS - 1).cast(pl.Int64)
    by_bin = dict(bins.value_counts().iter_rows())
    kinds = facts["kind"].value_counts().sort(["count", "kind"], descending=[True, False])
    return CorpusStats(
        documents=facts["doc"].n_unique(),
        beads=len(facts),
        pairs=len(pairs),
        distinct=pairs["text"].n_unique(),
        src_sentences=int(facts["n_src"].sum()),
        tgt_sentences=int(facts["n_tgt"].sum()),
        src_alone=int(alone["n_src"].sum()),
        tgt_alone=int(alone["n_tgt"].sum()),
        src_characters=int(facts["src"].sum()),
        tgt_words=int(facts["words"].sum()),
        ratio=(_quantile(ratio, 0.05), _quantile(ratio, 0.5), _quantile(ratio, 0.95)),
        kinds=dict(kinds.iter_rows()),
        p=[by_bin.get(number, 0) for number in range(BINS)],
    )


def _facts(rows: pl.LazyFrame) -> pl.DataFrame:
    import polars as pl

    return rows.select(
        doc=pl.col("doc").hash(),
        kind="kind",
        p="p",
        n_src=pl.col("src_ids").list.len(),
        n_tgt=pl.col("tgt_ids").list.len(),
        src=pl.col("src").str.len_chars(),
        tgt=pl.col("tgt").str.len_chars(),
        words=pl.col("tgt").str.count_matches(r"\S+"),
        text=pl.struct("src", "tgt").hash(),
    ).collect(engine="streaming")


def _quantile(values: pl.Series, share: float) -> float:
    found = values.quantile(share)
    return float(found) if found is not None else 0.0
