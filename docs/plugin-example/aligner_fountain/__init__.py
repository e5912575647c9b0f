"""Parts for aligner: a reader of screenplays, one of pairs, an encoder and a check."""
