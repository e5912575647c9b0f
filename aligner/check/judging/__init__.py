"""Whether a rendering that differs is out of line: the evidence, and how far it is trusted."""
