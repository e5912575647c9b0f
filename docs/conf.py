"""Sphinx makes the site of the guides and docstrings: `scripts/docs` runs it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import jieba

import aligner

sys.path.insert(0, str(Path(__file__).parent / "_extension"))
jieba.setLogLevel(logging.WARNING)  # splits Chinese for the search

project = "aligner"
author = "the aligner developers"
project_copyright = author
version = release = aligner.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "pages_of_aligner",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "plugin-example/aligner_fountain"]
nitpicky = False  # types of other packages are not linked: the build asks no network

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # output in a console block is no shell

default_role = "code"  # our docstrings quote names with one back-tick
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"aligner {release}"
html_copy_source = False
html_show_sphinx = False
html_search_language = "both"  # see `pages_of_aligner.SearchBoth`
