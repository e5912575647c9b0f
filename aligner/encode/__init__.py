"""Texts to vectors: the encoders, by name.

An encoder turns sentences into unit vectors, in which a sentence and its
translation lie close together. Names: `use` (the default, whose weights come with
a Python package), `transformers:MODEL` (extra `neural`) and `length` (no vectors).
"""
