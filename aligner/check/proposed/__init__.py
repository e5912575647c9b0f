"""Which found terms are proposed for a glossary, and in what form."""
