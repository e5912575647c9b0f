"""An encoder that knows lengths alone: that of aligner, under a name of its own."""

from __future__ import annotations

from aligner.encode.length import LengthEncoder


class LettersEncoder(LengthEncoder):
    """Compares the lengths of sentences."""

    signature = f"letters 1.0, {LengthEncoder.signature}"
