"""The files of a corpus folder: their layout, and what vouches that they are whole."""
