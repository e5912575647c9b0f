"""See the links of a pair, mend and confirm them, while the rest realigns itself.

    values -> edits -> session (journal) -> server
                       session -> realigner (align.held_lattice) -> asking

- `values`: sentences with stable ids, links, and a change as what it takes and gives;
- `edits`: the editing actions as pure functions from links to a change;
- `journal`: every change on the disk before it is acknowledged, with undo and redo;
- `session`: the document under review;
- `realigner`: decodes between what is confirmed, after each correction;
- `asking`: what to ask next, and what is left;
- `exporting`: the session in every format, its confirmed links as such;
- `opening`: from the files of a user to a session; `desk`: one session, or a corpus of them;
- `web_api`, `guard`, `web_server`: the page's server on this machine.

Nothing of it is imported until it is asked for.
"""
