"""What fitting and measuring share: gold alignments, gold terms, planted slips."""
