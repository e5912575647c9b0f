"""Which places of a string are those of a glossary term."""
