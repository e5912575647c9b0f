"""Look at the unsure stretches of an alignment again, in clauses.

    steps of the sentences -> stretches -> clauses -> how likely each border is -> better steps

`stretches` says what is unsure, `clause_cuts` and `clause_scores` what its clauses say,
`border_evidence` and `unit_kinds` what is made of that, `redecode` puts it together.
`second_opinion` asks another encoder about what is unsure even then (`clause_vectors`).
"""
