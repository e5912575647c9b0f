"""A span as a rendering, described by what stands around it here and elsewhere."""
