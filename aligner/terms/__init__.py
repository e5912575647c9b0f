"""Terms: candidates, their renderings, and which of these are out of line."""
