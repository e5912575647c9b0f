"""What a person changed in a bitext: an edited file against the bitext that it was made from.

`read_edits.read_edits` compares the two; its result is a bitext that can be written in any
format, and the list of what changed. Units know their original by an id, by their texts,
or by their place (`placing`); which sentences a changed row holds is found by comparing
texts (`passages`); what became of them is told by `told_changes`.
"""
