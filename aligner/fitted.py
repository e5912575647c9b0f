"""Files of fitted weights: one format for every model that was fitted on data.

A file holds models by name. Each is a linear score over standardised numbers that have
names; beside the models stand single numbers, such as a threshold, and the provenance:

    {
     "provenance": {"script": ..., "fitted on": ..., "settings": ...},
     "constants": {"opening": -3.008252},
     "models": {
      "bead": {"bias": 0.0, "features": {
       "cos": {"mean": 0.0, "scale": 1.0, "weight": 3.145808},
       ...

The code that uses a model declares what it expects (`Declared`), in the order in which it
fills its arrays. A file with another set of names is refused, so that no number can be
taken for that of another feature; the order in the file means nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.errors import SettingError
from aligner.messages import _

Doubles = NDArray[np.float64]

WEIGHTS_FOLDER = "ALIGNER_WEIGHTS"  # variable of the environment
DECIMALS = 6  # of what is written
SIGNATURE_DIGITS = 12  # of a signature
SOURCES = (".zh", ".en", ".align", ".tsv", ".jsonl")  # what weights are fitted on


@dataclass(frozen=True, slots=True)
class Declared:
    """What the code that uses a file expects in it."""

    models: Mapping[str, tuple[str, ...]]  # features of each, in the order of its columns
    constants: tuple[str, ...] = ()
    script: str = ""  # that makes such a file


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear score over standardised numbers."""

    mean: Doubles
    scale: Doubles
    weights: Doubles
    bias: float = 0.0

    def __call__(self, rows: NDArray[np.float32]) -> Doubles:
        """Return the score of each row."""
        parts: Doubles = rows - self.mean
        parts /= self.scale
        parts *= self.weights
        # `@` would sum in an order of the processor's own.
        scores: Doubles = parts.sum(axis=1) + self.bias
        return scores


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a file holds, its features in the order in which they were declared."""

    declared: Declared
    models: Mapping[str, Linear]
    constants: Mapping[str, float] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """A short name that changes when any number, or the name of any, does."""
        raw = json.dumps([_models(self), dict(self.constants)], sort_keys=True)
        return hashlib.sha256(raw.encode()).hexdigest()[:SIGNATURE_DIGITS]


def plain(weights: NDArray[Any], bias: float = 0.0) -> Linear:
    """Return a model over numbers as they are, not standardised."""
    values = weights.astype(np.float64)
    return Linear(np.zeros(len(values)), np.ones(len(values)), values, bias)


def sources(paths: Iterable[Path]) -> dict[str, Any]:
    """Return what a provenance says of files: how many there are, and one checksum.

    Of a folder of gold alignments only the texts and the links count.
    """
    used = sorted(path for path in paths if path.suffix in SOURCES)
    digest = hashlib.sha256()
    for path in used:
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return {"files": len(used), "sha256": digest.hexdigest()}


def dump(fitted: Fitted) -> str:
    """Return the text of a file, one feature a line."""
    models = []
    for name, model in _models(fitted).items():
        rows = (f"   {_json(key)}: {_json(value)}" for key, value in model["features"].items())
        body = ",\n".join(rows)
        models.append(
            f'  {_json(name)}: {{"bias": {_json(model["bias"])}, "features": {{\n{body}\n  }}}}'
        )
    provenance = json.dumps(dict(fitted.provenance), ensure_ascii=False, indent=1)
    constants = {name: round(value, DECIMALS) for name, value in fitted.constants.items()}
    return (
        '{\n "provenance": '
        + provenance.replace("\n", "\n ")
        + f',\n "constants": {_json(constants)},\n "models": {{\n'
        + ",\n".join(models)
        + "\n }\n}\n"
    )


def parse(text: str, name: str, declared: Declared) -> Fitted:
    """Read what `dump` wrote.

    Args:
        text: Of the file.
        name: Of the file, for messages.
        declared: What the code expects.

    Raises:
        SettingError: It is not such a file, or has other names than those declared.
    """
    hint = _("make one with {script}").format(script=declared.script) if declared.script else ""
    try:
        value = json.loads(text)
        _same_names("model", value["models"], declared.models)
        _same_names("constant", value.get("constants", {}), declared.constants)
        models = {
            model: _linear(model, value["models"][model], features)
            for model, features in declared.models.items()
        }
        constants = {each: float(value["constants"][each]) for each in declared.constants}
        provenance = value["provenance"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            _("{name}: not a file of weights for this version ({reason})").format(
                name=name, reason=_reason(error)
            ),
            hint=hint,
        ) from error
    return Fitted(declared, models, constants, provenance)


def load(source: str | Path, declared: Declared) -> Fitted:
    """Return weights that ship with the package, by name, or those of a file.

    A folder that the environment names as ALIGNER_WEIGHTS goes before the package: weights
    that were fitted anew can be tried, and measured on texts that they have not seen.

    Raises:
        SettingError: There are none, or they are not what was declared.
    """
    shipped = files("aligner") / "data" / f"weights-{source}.json"
    path = shipped if isinstance(source, str) and shipped.is_file() else Path(source)
    own = Path(os.environ.get(WEIGHTS_FOLDER, "")) / f"weights-{source}.json"
    if os.environ.get(WEIGHTS_FOLDER) and isinstance(source, str) and own.is_file():
        path = own
    if not path.is_file():
        raise SettingError(
            _("{source}: no such weights").format(source=source), hint=_("name a file of weights")
        )
    return parse(path.read_text(encoding="utf-8"), str(source), declared)


def _models(fitted: Fitted) -> dict[str, Any]:
    """Return the models as JSON has them."""
    return {
        name: {
            "bias": round(float(fitted.models[name].bias), DECIMALS),
            "features": {
                feature: {"mean": mean, "scale": scale, "weight": weight}
                for feature, mean, scale, weight in zip(
                    features, *map(_rounded, _arrays(fitted.models[name])), strict=True
                )
            },
        }
        for name, features in fitted.declared.models.items()
    }


def _arrays(model: Linear) -> tuple[Doubles, Doubles, Doubles]:
    return model.mean, model.scale, model.weights


def _rounded(values: Doubles) -> list[float]:
    rounded: list[float] = np.round(values.astype(np.float64), DECIMALS).tolist()
    return rounded


def _linear(name: str, stored: Mapping[str, Any], features: tuple[str, ...]) -> Linear:
    """Return a model with its features in the order of the columns."""
    found = stored["features"]
    _same_names(f"feature of {name}", found, features)
    mean, scale, weight = (
        np.array([float(found[feature][part]) for feature in features])
        for part in ("mean", "scale", "weight")
    )
    return Linear(mean, scale, weight, float(stored["bias"]))


def _same_names(what: str, found: Iterable[str], wanted: Iterable[str]) -> None:
    if unknown := set(found) - set(wanted):
        raise ValueError(_("unknown {what}: {unknown}").format(what=what, unknown=min(unknown)))
    if missing := set(wanted) - set(found):
        raise ValueError(_("missing {what}: {missing}").format(what=what, missing=min(missing)))


def _reason(error: Exception) -> str:
    return _("no {error}").format(error=error) if isinstance(error, KeyError) else str(error)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
