"""Which pairs of a corpus are good enough: each filter by itself, in a fixed order.

A filter marks the rows that it would remove; what one removed the next does not see, so
that the counts add up. The cheap ones come first, the one that needs the encoder last.
Duplicates are those of rows that every other filter keeps.

Two pairs are near duplicates if they differ in nothing but blanks, punctuation, case,
width, variant of Chinese and digits, as in M. Banon et al., "ParaCrawl: Web-Scale
Acquisition of Parallel Corpora", ACL 2020, https://aclanthology.org/2020.acl-main.417.

polars is imported on first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from aligner.errors import SettingError
from aligner.messages import N_, _

if TYPE_CHECKING:
    import polars as pl

    from aligner.encode.protocol import Encoder

Duplicates = Literal["exact", "near"]
Unique = Literal["pair", "src", "tgt", "both"]
TextHashes = NDArray[np.uint64]
Mask = NDArray[np.bool_]

EXAMPLES: Final = 5
SHORT: Final = 40  # English characters; the shorter a text, the more its length may differ
LEAST_LETTERS: Final = 0.5  # least share of a side's letters that are of its own script


@dataclass(frozen=True, slots=True)
class Filters:
    """What a pair must be. The defaults keep every pair that has two sides."""

    min_p: float = 0.0  # probability of its link
    min_ratio: float = 0.0  # English characters for one Chinese
    max_ratio: float = 0.0  # 0: no limit
    languages: bool = False  # most letters of each side are of its own script
    numbers: bool = False  # no number contradicts the other side
    duplicates: Duplicates | None = None  # which are removed
    unique: Unique = "pair"  # what must not come again; both: neither side
    similarity: float = 0.0  # least cosine of the sides' vectors; takes 1 ms a pair

    def __post_init__(self) -> None:
        if not 0 <= self.min_p <= 1:
            raise SettingError(
                _("invalid min_p: {min_p:g}").format(min_p=self.min_p),
                hint=_("give a probability from 0 to 1"),
            )
        if not 0 <= self.similarity <= 1:
            raise SettingError(
                _("invalid similarity: {similarity:g}").format(similarity=self.similarity),
                hint=_("give a cosine from 0 to 1"),
            )
        if self.min_ratio < 0 or (self.max_ratio and self.max_ratio < self.min_ratio):
            raise SettingError(
                _("invalid length ratios: {min_ratio:g} to {max_ratio:g}").format(
                    min_ratio=self.min_ratio, max_ratio=self.max_ratio
                ),
                hint=_("give English characters per Chinese character, such as 1.5 to 6"),
            )


@dataclass(frozen=True, slots=True)
class Example:
    """A row that a filter removed."""

    doc: str
    src: str
    tgt: str
    why: str


@dataclass(slots=True)
class Step:
    """What a filter did."""

    name: str
    removed: int = 0
    examples: list[Example] = field(default_factory=list)


Test = Callable[["pl.DataFrame"], tuple[Mask, Callable[[int], str]]]


class Sieve:
    """Filters a corpus batch by batch, and counts.

    Args:
        filters: What is asked for.
        encoder: For `similarity`.
    """

    def __init__(self, filters: Filters, encoder: Encoder | None = None) -> None:
        self.seen = self.kept = 0
        self._tests: list[tuple[Step, Test]] = [
            (Step(name), test) for name, test in _tests(filters, encoder)
        ]

    @property
    def steps(self) -> tuple[Step, ...]:
        """What each filter did, in their order."""
        return tuple(step for step, _other in self._tests)

    def keep(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows that pass."""
        self.seen += len(rows)
        for step, test in self._tests:
            if rows.is_empty():
                break
            good, why = test(rows)
            bad = np.flatnonzero(~good)
            step.removed += len(bad)
            for number in bad[: EXAMPLES - len(step.examples)].tolist():
                row = rows.row(number, named=True)
                step.examples.append(Example(row["doc"], row["src"], row["tgt"], why(number)))
            rows = rows.filter(good)
        self.kept += len(rows)
        return rows


def _tests(filters: Filters, encoder: Encoder | None) -> Iterator[tuple[str, Test]]:
    yield N_("no partner"), _two_sided
    if filters.min_p:
        yield N_("probability"), lambda rows: _probable(rows, filters.min_p)
    if filters.min_ratio or filters.max_ratio:
        yield N_("length ratio"), lambda rows: _in_ratio(rows, filters)
    if filters.languages:
        yield N_("language"), _in_language
    if filters.numbers:
        yield N_("numbers"), _same_numbers
    if filters.similarity:
        if encoder is None or not encoder.dim:
            raise SettingError(
                _("similarity needs an encoder with vectors"), hint=_("choose another encoder")
            )
        yield N_("similarity"), lambda rows: _similar(rows, filters.similarity, encoder)
    if filters.duplicates:
        names = {"exact": N_("exact duplicates"), "near": N_("near duplicates")}
        yield names[filters.duplicates], _Unseen(filters)


def _two_sided(rows: pl.DataFrame) -> tuple[Mask, Callable[[int], str]]:
    import polars as pl

    good = _mask(rows, pl.all_horizontal(pl.col("src", "tgt").str.strip_chars() != ""))
    return good, lambda _number: _("one side is empty")


def _probable(rows: pl.DataFrame, least: float) -> tuple[Mask, Callable[[int], str]]:
    p = rows["p"].to_numpy()
    return p >= least, lambda number: _("p is {p:.3f}").format(p=p[number])


def _in_ratio(rows: pl.DataFrame, filters: Filters) -> tuple[Mask, Callable[[int], str]]:
    """Keep pairs whose lengths fit; a short text may be off by a few words as well."""
    src = rows["src"].str.len_chars().to_numpy().astype(np.float64)
    tgt = rows["tgt"].str.len_chars().to_numpy().astype(np.float64)
    good = tgt + SHORT >= filters.min_ratio * src
    if filters.max_ratio:
        good &= tgt - SHORT <= filters.max_ratio * src
    return good, lambda number: _("{tgt:.1f} English characters for one").format(
        tgt=tgt[number] / src[number]
    )


def _in_language(rows: pl.DataFrame) -> tuple[Mask, Callable[[int], str]]:
    """Keep pairs with Chinese on one side and English on the other.

    A Chinese character counts four letters, as in `lang.script`. A side without letters,
    such as a number, is in either language.
    """
    import polars as pl

    def share(side: str) -> pl.Expr:
        text = pl.col(side)
        han = 4 * text.str.count_matches(r"\p{Han}")
        every = han + text.str.count_matches(r"[\p{L}--\p{Han}]")
        return pl.when(every > 0).then(han / every)

    table = rows.select(share("src").alias("zh"), (1 - share("tgt")).alias("en"))
    zh, en = (table[name].fill_null(1.0).to_numpy() for name in ("zh", "en"))
    copied = _mask(rows, pl.col("src").str.strip_chars() == pl.col("tgt").str.strip_chars())
    letters = table["zh"].is_not_null().to_numpy()
    good = (zh >= LEAST_LETTERS) & (en >= LEAST_LETTERS) & ~(copied & letters)
    return good, lambda number: _("Chinese {zh:.0%}, English {en:.0%} of letters").format(
        zh=zh[number], en=en[number]
    )


def _same_numbers(rows: pl.DataFrame) -> tuple[Mask, Callable[[int], str]]:
    """Keep pairs whose numbers do not contradict each other (see `aligner.lang.claims`)."""
    from aligner.lang.claims import contradictions
    from aligner.lang.claims_en import claims_en
    from aligner.lang.claims_zh import claims_zh

    found = [
        contradictions(claims_zh(src), claims_en(tgt))
        for src, tgt in zip(rows["src"], rows["tgt"], strict=True)
    ]
    good = np.array([not claims for claims in found])
    return (
        good,
        lambda number: (
            _("not on the other side: ")
            + ", ".join(dict.fromkeys(claim.text.strip() for claim in found[number]))
        ),
    )


def _similar(
    rows: pl.DataFrame, least: float, encoder: Encoder
) -> tuple[Mask, Callable[[int], str]]:
    from aligner.encode.cosines import paired_cosines, whole_vectors

    src, tgt = (whole_vectors(encoder.encode(rows[side].to_list())) for side in ("src", "tgt"))
    cosine = paired_cosines(src, tgt)
    return cosine >= least, lambda number: _("cosine is {cosine:.2f}").format(cosine=cosine[number])


class _Unseen:
    """Keeps the first of equal rows. Memory: 8 bytes a row kept."""

    def __init__(self, filters: Filters) -> None:
        self._near = filters.duplicates == "near"
        sides = {"pair": (("src", "tgt"),), "src": (("src",),), "tgt": (("tgt",),)}
        self._keys = sides.get(filters.unique, (("src",), ("tgt",)))
        self._seen: list[TextHashes] = [np.empty(0, dtype=np.uint64) for _other in self._keys]

    def __call__(self, rows: pl.DataFrame) -> tuple[Mask, Callable[[int], str]]:
        import polars as pl

        hashes = [
            rows.select(pl.struct(self._key(side) for side in sides).hash(0)).to_series().to_numpy()
            for sides in self._keys
        ]
        known = [_is_in(values, seen) for values, seen in zip(hashes, self._seen, strict=True)]
        good = ~np.logical_or.reduce(known)
        # of rows that are new, a row is kept if no kept row before it has one of its keys
        fresh: list[set[int]] = [set() for _other in hashes]
        columns = [values.tolist() for values in hashes]
        for number in np.flatnonzero(good).tolist():
            if any(column[number] in one for column, one in zip(columns, fresh, strict=True)):
                good[number] = False
                continue
            for column, one in zip(columns, fresh, strict=True):
                one.add(column[number])
        self._seen = [
            np.union1d(seen, values[good]) for seen, values in zip(self._seen, hashes, strict=True)
        ]
        return good, lambda _number: _("came before")

    def _key(self, side: str) -> pl.Expr:
        import polars as pl

        if not self._near:
            return pl.col(side)
        text = pl.col("src_key") if side == "src" else pl.col("tgt").str.normalize("NFKC")
        letters = text.str.to_lowercase().str.replace_all(r"[^\p{L}]+", "")
        # a text without letters, such as a number, has itself as key
        return pl.when(letters == "").then(pl.col(side)).otherwise(letters).alias(side)


def _is_in(values: TextHashes, known: TextHashes) -> Mask:
    """Tell which values are in a sorted array."""
    places = np.searchsorted(known, values)
    places[places == len(known)] = 0
    found: Mask = known[places] == values if len(known) else np.zeros(len(values), dtype=bool)
    return found


def _mask(rows: pl.DataFrame, test: pl.Expr) -> Mask:
    mask: Mask = rows.select(test.alias("good"))["good"].to_numpy()
    return mask
