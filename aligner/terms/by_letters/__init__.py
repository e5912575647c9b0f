"""Renderings that are found by their letters, whatever the models pick."""
