"""Which parts of a sentence have nothing on the other side."""
