"""Which English words render a term at each of its places, and whether any do."""
