"""Texts to vectors: the encoders, by name.

An encoder turns sentences into unit vectors, in which a sentence and its
translation lie close together. Names: `use` (the default, whose weights come with
a Python package), `transformers:MODEL` (extra `neural`) and `length` (no vectors).
"""

from __future__ import annotations

import importlib
from typing import NamedTuple, cast

from aligner.encode.protocol import EncodedSide, Encoder
from aligner.errors import MissingExtraError, SettingError
from aligner.messages import _

__all__ = ["ENCODERS", "EncodedSide", "Encoder", "load_encoder"]


class _Backend(NamedTuple):
    """Where an encoder is, and what it needs beyond the package's own dependencies."""

    target: str  # module:class
    model: str = ""  # what stands after the colon of the name; empty if nothing may
    extra: str = ""
    modules: tuple[str, ...] = ()  # which the extra installs


ENCODERS = {
    "use": _Backend("aligner.encode.use:UseEncoder"),
    "length": _Backend("aligner.encode.length:LengthEncoder"),
    "transformers": _Backend(
        "aligner.encode.huggingface:HuggingFaceEncoder",
        model="MODEL",
        extra="neural",
        modules=("transformers", "torch"),
    ),
}


def load_encoder(name: str = "use") -> Encoder:
    """Return the encoder of that name.

    Args:
        name: `use`, `length`, or `transformers:MODEL`, where MODEL is the folder of a
            saved model or its name on the Hugging Face hub. Only a hub name makes the
            encoder use the network.

    Raises:
        SettingError: There is no encoder of that name, or the model does not exist or
            needs what we do not run.
        MissingExtraError: The packages of its extra are not installed.
    """
    kind, colon, model = name.partition(":")
    backend = ENCODERS.get(kind)
    if backend is None or (bool(colon), bool(model)) != (bool(backend.model),) * 2:
        raise SettingError(
            _("unknown encoder {name!r}").format(name=name),
            hint=_("choose one of {names}").format(names=_names()),
        )
    make = _import(kind, backend)
    return cast("Encoder", make(model) if model else make())


def _names() -> str:
    return ", ".join(f"{kind}:{b.model}" if b.model else kind for kind, b in ENCODERS.items())


def _import(kind: str, backend: _Backend) -> type:
    """Import the class of a back-end.

    Raises:
        MissingExtraError: One of the extra's modules is missing. Any other import that
            fails is a bug, ours or another's, and keeps its own traceback.
    """
    module, _other, name = backend.target.partition(":")
    try:
        found: type = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in backend.modules:
            raise
        raise MissingExtraError(
            _("the encoder {kind!r} needs {missing}, which is not installed").format(
                kind=kind, missing=missing
            ),
            hint=f"pip install 'aligner[{backend.extra}]'",
        ) from error
    return found
