"""Fit how probable it is that a part of a sentence has nothing on the other side.

    python scripts fit.omissions ../shared [--cache FOLDER] [-o aligner/data/weights-omissions.json]

From the development texts (`helpers.judged`) parts are taken out, see `helpers.damaged`: a
clause or a sentence of the English side, for parts of the Chinese side that are lost, and
the other way about. What is as it was gives the parts that are not lost.

Each genre is scored by a model that saw none of it; these scores are printed: the share of
the units with damage that are told, and how many of the others. `least` is the probability
from which `_FALSE` of the units that were left alone are told, by these scores.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.check.lost.lost_parts import OMISSION_WEIGHTS, with_products
from aligner.check.lost.piece_traits import Parts, PieceTrait, both_sides
from aligner.encode.cosines import paired_cosines, whole_vectors
from aligner.encode.spans import SpanEncoder
from aligner.fitted import Fitted, Linear, dump, sources
from aligner.span import Lang
from aligner.terms.units import TextUnit, units
from fit._logistic import area, fit_logistic
from helpers.damaged import DamagedUnit, damaged
from helpers.judged import GENRES, folder_of, texts_of

_L2: Final = 10.0
_FALSE: Final = {"zh": 1 / 90, "en": 1 / 250}  # of the units, for each side
_WEIGHT: Final = 0.05  # of a lost part: what is lost is rarer in a text than in the sample
_MOST: Final = 300  # units of an input
_LANGS: Final[tuple[Lang, Lang]] = ("zh", "en")
_CLOSE: Final = 0.35  # cosine of a lost part to what was taken out
_CLEARLY: Final = 0.05  # by which it is closer to that than to what is left
_LEFT_OUT: Final = ("opensource-guide",)  # its sides differ: see the README of the data


class Sample(NamedTuple):
    """Parts of one side of an input's units."""

    traits: NDArray[np.float32]
    lost: NDArray[np.bool_]
    unit: NDArray[np.int64]  # parts of one unit, damaged or not, are told together
    harmed: NDArray[np.bool_]  # whether the part is of a damaged unit


def main() -> None:
    """Print what models of other genres find, and write the one of all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="folder to keep the samples in")
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    encoder = SpanEncoder()
    samples = {
        name: sample_of(name, options.data, encoder, options.cache)
        for names in GENRES.values()
        for name in names
        if name not in _LEFT_OUT
    }
    models, constants = {}, {}
    for lang in ("zh", "en"):
        of_genre = {
            genre: joined([samples[name][lang] for name in names if name in samples])
            for genre, names in GENRES.items()
        }
        least = held_out(of_genre, lang)
        models[lang] = fitted(list(of_genre.values()))
        constants[f"least_{lang}"] = least
    paths = [p for n in samples for p in (options.data / "gold" / folder_of(n)).glob("*")]
    provenance = {"script": "scripts/fit/omissions.py", "fitted on": sources(set(paths))}
    text = dump(Fitted(OMISSION_WEIGHTS, models, constants, provenance))
    if options.out:
        options.out.write_text(text, "utf-8")
    else:
        print(text)


def held_out(of_genre: dict[str, Sample], lang: Lang) -> float:
    """Print the scores of each genre by the others' model; return the probability to tell from."""
    scores = {}
    for genre, sample in of_genre.items():
        model = fitted([other for name, other in of_genre.items() if name != genre])
        scores[genre] = 1 / (1 + np.exp(-model(with_products(sample.traits))))
    clean = np.concatenate([best_of_unit(s, scores[g], harmed=False) for g, s in of_genre.items()])
    least = float(np.round(np.quantile(clean, 1 - _FALSE[lang]), 4))
    for genre, sample in of_genre.items():
        alone = best_of_unit(sample, scores[genre], harmed=False)
        harmed = best_of_unit(sample, scores[genre], harmed=True)
        print(
            f"{lang} {genre:10} area {area(scores[genre], sample.lost):.4f}"
            f" damaged {(harmed >= least).sum()} of {len(harmed)}, {(harmed >= least).mean():.3f};"
            f" others {(alone >= least).sum()} of {len(alone)}"
        )
    print(f"{lang}: told from {least}")
    return least


def best_of_unit(
    sample: Sample, score: NDArray[np.float64], *, harmed: bool
) -> NDArray[np.float64]:
    """Return the best score of each unit, that of a lost part where it is damaged."""
    wanted = sample.lost if harmed else ~sample.harmed
    best: dict[int, float] = {}
    for n in np.flatnonzero(wanted).tolist():
        best[int(sample.unit[n])] = max(score[n], best.get(int(sample.unit[n]), 0.0))
    return np.array(list(best.values()))


def fitted(samples: Sequence[Sample]) -> Linear:
    """Fit a model of some samples."""
    sample = joined(samples)
    weight = np.where(sample.lost, _WEIGHT, 1.0)
    use = sample.lost | ~sample.harmed
    return fit_logistic(with_products(sample.traits[use]), sample.lost[use], weight[use], l2=_L2)


def joined(samples: Sequence[Sample]) -> Sample:
    """Return several samples as one."""
    shift = np.cumsum([0, *(int(s.unit.max(initial=-1)) + 1 for s in samples)])
    moved = [s._replace(unit=s.unit + by) for s, by in zip(samples, shift[:-1], strict=True)]
    return Sample(*(np.concatenate(parts) for parts in zip(*moved, strict=True)))


def sample_of(
    name: str, data: Path, encoder: SpanEncoder, cache: Path | None
) -> dict[Lang, Sample]:
    """Return the parts of an input, as it is and damaged; from the cache if it is there."""
    store = cache / f"omissions-{name}.pickle" if cache else None
    if store and store.exists():
        kept = pickle.loads(store.read_bytes())  # noqa: S301
        return {lang: Sample(*parts) for lang, parts in kept.items()}
    chance = random.Random(name)  # noqa: S311 - for drawing places
    found: dict[Lang, list[Sample]] = {"zh": [], "en": []}
    every = [u for bitext in texts_of(name, data) for u in units(bitext) if u.src and u.tgt]
    for _, group in groupby(every[:_MOST], key=lambda unit: unit.doc):
        of_doc = list(group)
        sides: dict[Lang, Parts] = dict(zip(_LANGS, both_sides(of_doc, encoder), strict=True))
        for lang, parts in sides.items():
            no = np.zeros(len(parts.unit), dtype=np.bool_)
            found[lang].append(Sample(parts.traits, no, parts.unit, no))
            harmed = damaged(of_doc, lang, chance)
            texts = [harmed.get(n, DamagedUnit(unit)).unit for n, unit in enumerate(of_doc)]
            left = both_sides(texts, encoder)[lang == "en"]
            found[lang].append(_of_damaged(left, harmed, _gone(of_doc, harmed, lang, encoder)))
    samples: dict[Lang, Sample] = {lang: joined(parts) for lang, parts in found.items()}
    if store:
        store.write_bytes(pickle.dumps({lang: tuple(s) for lang, s in samples.items()}))
    print(name, {lang: (len(s.lost), int(s.lost.sum())) for lang, s in samples.items()}, flush=True)
    return samples


def _gone(
    units: Sequence[TextUnit], harmed: dict[int, DamagedUnit], lang: Lang, encoder: SpanEncoder
) -> dict[int, NDArray[np.float32]]:
    """Return the vectors of what was taken out, by the number of the unit."""
    spans = [(n, each.gone) for n, each in sorted(harmed.items()) if each.gone]
    side = encoder.side([units[n].tgt if lang == "zh" else units[n].src for n, _ in spans])
    rows = np.array([(k, *span) for k, (_, span) in enumerate(spans)], np.int64).reshape(-1, 3)
    return dict(zip((n for n, _ in spans), whole_vectors(side.vectors(*rows.T)), strict=True))


def _of_damaged(
    parts: Parts, harmed: dict[int, DamagedUnit], gone: dict[int, NDArray[np.float32]]
) -> Sample:
    use = np.array([int(n) in harmed for n in parts.unit], dtype=np.bool_)
    lost = np.zeros(len(parts.unit), dtype=np.bool_)
    for row in np.flatnonzero(use).tolist():
        unit, span = int(parts.unit[row]), parts.spans[row]
        if (region := harmed[unit].lost) is not None:
            lost[row] = region.start <= span.start and span.stop <= region.stop
        elif unit in gone:
            close = float(paired_cosines(parts.vectors[row : row + 1], gone[unit][None])[0])
            best = float(parts.traits[row, PieceTrait.BEST])
            lost[row] = close >= max(_CLOSE, best + _CLEARLY)
    return Sample(parts.traits[use], lost[use], parts.unit[use], np.ones(int(use.sum()), np.bool_))


if __name__ == "__main__":
    main()
