"""Terms: where they stand in a bitext, and what renders them there. No judgement.

    units -> wanted (candidates, glossary) -> locate -> pick -> group -> Looked

`look.look` does it all; `aligner.check.find_terms.find_terms` judges what it found.
"""
