"""Segment and align Chinese originals and their English translations.

Importing this package does no work and loads none of its heavy dependencies; each
stage is a module of its own (see `aligner.pipeline` for their order).
"""

__version__ = "0.2.0"
