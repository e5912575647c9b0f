"""In which money amounts are given."""
