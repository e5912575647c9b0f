"""See the links of a pair, mend and confirm them, while the rest realigns itself.

    values -> edits -> record (journal) -> session -> web_api
                                           session -> realigner (align.held_lattice) -> asking

- `values`: sentences with stable ids, links, and a change as what it takes and gives;
- `edits`, `sentence_edits`: the editing actions as pure functions from links to a change;
- `journal`, `document_rows`: every change on the disk before it is acknowledged;
- `record`: the document as it stands, with undo and redo; `session`: the actions on it;
- `realigner`: decodes between what is confirmed, after each correction: the whole of a short
  document or `lattice_window`s of a long one, which `watch` has scored where a person looks;
  `stretches_again` says how far a correction reaches;
- `asking`: what to ask next, and what is left;
- `exporting`: the session in every format, its confirmed links as such;
- `opening`: from files to a session; `desk`: one session, or those of a corpus;
- `checking`: the checks of the page; `renderings`: right renderings as a glossary;
- `page_rows`, `page_findings`, `page_actions`, `web_api`, `guard`, `web_server`: the server
  of the page on this machine;
- `start`: the command.

Nothing of it is imported until it is asked for.
"""
