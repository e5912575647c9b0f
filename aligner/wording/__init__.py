"""How two English wordings differ: forms, roots, acronyms. Knows nothing of terms."""
