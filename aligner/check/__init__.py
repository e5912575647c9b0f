"""Checks over what is aligned and located: which renderings are out of line, and why.

    terms.look -> Looked -> each check of terms ->  findings -> places -> baseline -> Terms
                   units -> each other check    ->

`run_checks` is the order of the stages, `find_terms` that of the checks of terms alone,
`known_checks` the table of checks. `checks/` has one module a check, `build` makes every
`Finding`, `find_places` says where it stands, `severity` says how much it matters,
`suspicion` and `trust` gather and weigh the evidence for inconsistent renderings, `shown`
makes the terms that are shown, `baseline/` knows what was accepted before.
"""
