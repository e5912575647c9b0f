"""Which stretches of a Chinese text look like terms, by that text alone."""
