"""From token states to a sentence vector, as the model's own files say.

A model in the form of sentence-transformers lists its stages in `modules.json`: the
transformer, how its states are pooled (`1_Pooling/config.json`), and often a dense
layer (LaBSE: with tanh) and a normalisation. We run these stages and no others: what
we do not know is an error, because leaving it out would give other vectors. A model
without `modules.json` gets the mean of its states, and its signature says so.

Weights come from safetensors files only; no code of the model's is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from aligner.errors import SettingError
from aligner.messages import _

WEIGHTS = "model.safetensors"

_ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "Tanh": torch.tanh,
    "ReLU": torch.relu,
    "Identity": lambda states: states,
}
_POOLINGS = ("cls", "mean")
_POOLING_KEYS = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}


@dataclass(frozen=True, slots=True)
class Dense:
    """A layer after the pooling."""

    weight: torch.Tensor  # shape (out, in)
    bias: torch.Tensor | None  # shape (out,)
    activation: str

    def __call__(self, states: torch.Tensor) -> torch.Tensor:
        """Return the layer's output. Shape (n, out)."""
        return _ACTIVATIONS[self.activation](
            torch.nn.functional.linear(states, self.weight, self.bias)
        )


@dataclass(frozen=True, slots=True)
class FittedHead:
    """How the states of a text's tokens become its vector."""

    transformer: Path  # the folder of the transformer and its tokenizer
    pooling: str  # "cls" or "mean"
    dense: tuple[Dense, ...] = ()
    given: bool = True  # False if the model's files do not say
    max_tokens: int | None = None
    lower_case: bool = False

    @property
    def signature(self) -> str:
        """Pooling and layers, and whether the pooling is our own choice."""
        layers = "".join(f"+dense-{layer.activation.lower()}" for layer in self.dense)
        return f"{self.pooling}{layers}" + ("" if self.given else _(" (by default)"))

    def __call__(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return unit vectors.

        Args:
            states: Of the last layer. Shape (n, tokens, width).
            mask: 1 for a token, 0 for padding. Shape (n, tokens).

        Returns:
            Shape (n, dim).
        """
        if self.pooling == "cls":
            pooled = states[:, 0]
        else:
            weights = mask.unsqueeze(-1).to(states.dtype)
            pooled = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        for layer in self.dense:
            pooled = layer(pooled)
        return torch.nn.functional.normalize(pooled, dim=-1)


def read_head(folder: Path) -> FittedHead:
    """Read how a saved model makes sentence vectors.

    Raises:
        SettingError: The files are damaged or ask for a stage that we do not run.
    """
    if not (folder / "modules.json").is_file():
        return FittedHead(transformer=folder, pooling="mean", given=False)
    pooling, dense, transformer = "", [], folder
    for module in _read_json(folder / "modules.json"):
        kind, path = str(module.get("type", "")).rpartition(".")[2], _inside(folder, module)
        if kind == "Transformer":
            transformer = path
        elif kind == "Pooling":
            pooling = _pooling(path / "config.json")
        elif kind == "Dense":
            dense.append(_dense(path))
        elif kind != "Normalize":
            raise SettingError(
                _("{folder}: modules.json has a stage that we do not run: {kind!r}").format(
                    folder=folder, kind=kind
                )
            )
    if not pooling:
        raise SettingError(_("{folder}: modules.json names no pooling").format(folder=folder))
    limits = transformer / "sentence_bert_config.json"
    extra = _read_json(limits) if limits.is_file() else {}
    return FittedHead(
        transformer=transformer,
        pooling=pooling,
        dense=tuple(dense),
        max_tokens=extra.get("max_seq_length"),
        lower_case=bool(extra.get("do_lower_case")),
    )


def _inside(folder: Path, module: dict[str, Any]) -> Path:
    """Return the folder of a stage, which must not lie outside the model's."""
    path = (folder / str(module.get("path", ""))).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SettingError(
            _("{folder}: modules.json leads out of the model's folder: {path}").format(
                folder=folder, path=path
            )
        )
    return path


def _pooling(path: Path) -> str:
    config = _read_json(path)
    asked = {key for key, value in config.items() if key.startswith("pooling_mode_") and value}
    modes = {_POOLING_KEYS.get(key, key) for key in asked} | {
        mode for mode in [config.get("pooling_mode")] if mode
    }
    if len(modes) != 1 or not modes <= set(_POOLINGS):
        raise SettingError(
            _("{path}: we pool by cls or by mean, not by {modes}").format(
                path=path, modes=sorted(modes)
            )
        )
    return str(modes.pop())


def _dense(path: Path) -> Dense:
    config = _read_json(path / "config.json")
    activation = str(config.get("activation_function", "Identity")).rpartition(".")[2]
    if activation not in _ACTIVATIONS:
        raise SettingError(
            _("{path}: we do not run the activation {activation!r}").format(
                path=path, activation=activation
            )
        )
    if not (path / WEIGHTS).is_file():
        raise SettingError(
            _("{path}: there is no {weights}; other formats can run code").format(
                path=path, weights=WEIGHTS
            )
        )
    weights = {name: tensor.float() for name, tensor in load_file(path / WEIGHTS).items()}
    if "linear.weight" not in weights:
        raise SettingError(
            _("{path}: {weights} has no linear.weight").format(path=path, weights=WEIGHTS)
        )
    return Dense(weights["linear.weight"], weights.get("linear.bias"), activation)


def _read_json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(
            _("{path}: cannot be read: {error}").format(path=path, error=error)
        ) from error
