"""Measure how right and how fast the package is."""
