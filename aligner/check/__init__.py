"""Checks over what is aligned and located: which renderings are out of line, and why.

    terms.look -> Looked -> each check of `known_checks` -> findings -> baseline -> Terms

`find_terms` is the order of the stages. `checks/` has one module a check, `build` makes
every `Finding`, `severity` says how much it matters, `suspicion` and `trust` gather and
weigh the evidence for inconsistent renderings, `shown` makes the terms that are shown,
`baseline/` knows what was accepted before.
"""
