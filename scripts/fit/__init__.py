"""Fit the models of the package, and lay out the gold that they are fitted on."""
