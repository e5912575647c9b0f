"""What the check of a glossary weighs: verdicts, and the words that stand instead."""
