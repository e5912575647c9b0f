"""A glossary: terms with the renderings that they may have, and where they stand in a text."""
