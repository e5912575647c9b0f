"""How alike two English wordings are in meaning: the cosine of their vectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aligner.encode.cosines import cosines, whole_vectors

if TYPE_CHECKING:
    from aligner.encode.protocol import Floats
    from aligner.encode.spans import SpanEncoder


class Likeness:
    """Cosines of texts, each text encoded once; those that are known before in one go.

    Args:
        texts: What is likely to be asked for.
        encoder: For the vectors.
    """

    def __init__(self, texts: Iterable[str], encoder: SpanEncoder) -> None:
        ordered = sorted(set(texts))
        self._row = {text: n for n, text in enumerate(ordered)}
        self._vectors = whole_vectors(encoder.encode(ordered))
        self._encoder = encoder

    def of(self, one: str, other: str) -> float:
        """Return the cosine of two texts."""
        return float(cosines(self._vector(one), self._vector(other))[0, 0])

    def of_words(self, one: Iterable[str], other: Iterable[str]) -> float:
        """Return the cosine of two sets of words, 0 if one has none."""
        first, second = " ".join(one), " ".join(other)
        return self.of(first, second) if first and second else 0.0

    def _vector(self, text: str) -> Floats:
        row = self._row.get(text)
        if row is None:
            return whole_vectors(self._encoder.encode([text]))
        return self._vectors[row : row + 1]
