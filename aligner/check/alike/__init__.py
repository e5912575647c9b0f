"""Which segments of a text are the same, or nearly so."""
