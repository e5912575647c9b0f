"""Every word of our own on the page of a report, in one table.

The page and its script take what they say from here by a name, so that a language is a
matter of one table. `{n}` and the like are filled in. What is counted has two entries,
`.one` and `.other`; a language with one form for both gives it twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aligner.messages import _, language
from aligner.report.kind_words import KIND_WORDS

_PAGE: Final = {
    "title.check": "Check of {what}",
    "title.terms": "Terms in {what}",
    "documents.one": "{n} document",
    "documents.other": "{n} documents",
    "sentences.one": "{n} sentence",
    "sentences.other": "{n} sentences",
    "places.one": "{n} place",
    "places.other": "{n} places",
    "other_places.one": "{n} other place",
    "other_places.other": "{n} other places",
    "findings.one": "{n} finding",
    "findings.other": "{n} findings",
    "terms.one": "{n} term",
    "terms.other": "{n} terms",
    "more_renderings.one": "{n} more rendering",
    "more_renderings.other": "{n} more renderings",
    "skip": "Skip to the findings",
    "the_documents": "The documents",
    "consistency": "Consistency {share}",
    "consistency.help": "How often two places of the same term, taken at random, are rendered"
    " alike. 100 % is best.",
    "accepted_before.one": "{n} finding settled earlier",
    "accepted_before.other": "{n} findings settled earlier",
    "withheld": "most remarks left out (--sensitivity high shows them)",
    "to_certificate": "Certificate",
    "no_terms": "No term was found that stands in these documents more than once.",
    "nothing_wrong": "Nothing is out of line.",
    "more_findings.one": "{n} more finding: see report.xlsx or findings.jsonl.",
    "more_findings.other": "{n} more findings: see report.xlsx or findings.jsonl.",
    "more_of_finding.one": "{n} more place of this finding: see report.xlsx or findings.jsonl.",
    "more_of_finding.other": "{n} more places of this finding: see report.xlsx or findings.jsonl.",
    "more_places.one": "{n} more place not shown here: see the sheet of places in report.xlsx.",
    "more_places.other": "{n} more places not shown here: see the sheet of places in report.xlsx.",
    "remarked.what.one": "{n} finding that is likely in order",
    "remarked.what.other": "{n} findings that are likely in order",
    "in_order": "In the order of the text",
    "varied": "Rendered in several ways, without a finding",
    "missed": "No rendering found",
    "alike": "Always rendered alike",
    "quiet.what.one": "{n} term without a finding",
    "quiet.what.other": "{n} terms without a finding",
    "accepted": "Settled earlier",
    "accepted.what.one": "{n} finding that the baseline settles",
    "accepted.what.other": "{n} findings that the baseline settles",
    "accepted.reason": "Kept as it is: {reason}",
    "accepted.count": "{n} settled earlier",
    "no_reason": "no reason given",
    "no_translation": "no translation",
    "no_original": "no original",
    "expected": "expected",
    "elsewhere": "elsewhere",
    "suggested": "Suggested",
    "todo": "What to do",
    "sure": "{share} sure",
    "letter": "Letter",
    "rendering": "Rendering",
    "places": "Places",
    "difference": "Difference",
    "renderings_of": "Renderings of {term}",
    "renderings.count": "{n} renderings",
    "dominant": "dominant",
    "status_in_glossary": "{status} in the glossary",
    "in_glossary": "in the glossary",
    "in_title": "in a title or quotation marks",
    "see": "see",
    "unrendered": "without a rendering",
    "not_found": "No rendering found",
    "untranslated": "The sentence has no translation",
    "unrendered.count": "{n} without a rendering",
    "how_to_read": "How to read this page",
    "how_to_read.text": "Both marks in a pair of sentences belong together: the words at issue,"
    " and what renders them. Where a place is named, pages, paragraphs, rows and the like are"
    " counted from 1, as in the file. Links are numbered from 1, as `aligner review` numbers them"
    " when it begins; the per cent is how sure the program is.",
    "link": "link {n}",
    "severity.error": "Errors",
    "severity.warning": "Warnings",
    "severity.info": "Remarks",
    "severity.none": "No finding",
    "badge.error": "error",
    "badge.warning": "warning",
    "badge.info": "remark",
    "badge.none": "",
}
_CHECKS: Final = {  # what to do where a finding has no suggestion of its own
    "todo.terms": "Decide which rendering is right, and use it throughout.",
    "todo.glossary": "Use the rendering of the glossary, or change the glossary.",
    "todo.numbers": "Compare the two figures and correct the translation.",
    "todo.references": "Compare with the original, and refer to the same place in the same way.",
    "todo.omissions": "Translate what is missing, or take out what has no original.",
    "todo.leftovers": "Translate what was left, or take it out.",
    "todo.segments": "Decide which wording is right, and use it in both places.",
    "todo.names": "Decide how the name is spelt, and spell it so throughout.",
    "todo.form": "Correct the translation.",
    "check.terms": "Terms",
    "check.glossary": "Glossary",
    "check.numbers": "Numbers",
    "check.references": "References",
    "check.omissions": "Omissions",
    "check.leftovers": "Leftovers",
    "check.segments": "Segments",
    "check.names": "Names",
    "check.form": "Form",
}
_CONTROLS: Final = {
    "filter": "Filter the findings",
    "search": "Search the findings",
    "checks": "Checks",
    "all_checks": "All",
    "severities": "Severity",
    "kind": "Kind",
    "document": "Document",
    "state": "State",
    "order": "Order",
    "order.severity": "severity",
    "order.place": "place",
    "all": "all",
    "state.open": "open",
    "state.settled": "settled",
    "nothing_fits": "Nothing fits. Press Esc to show everything again.",
    "shown": "{n} of {all}",
    "shown.terms": "{n} of {all}, {terms} of {of}",
    "open.one": "{n} open",
    "open.other": "{n} open",
    "progress": "{open} open, {settled} settled",
    "save": "Save",
    "save.baseline": "Findings to keep as they are, for --baseline ({n})",
    "save.glossary": "Glossary, for --glossary ({n})",
    "save.table": "All findings, as a table (csv)",
    "save.note": "Choices stay in this browser. Save them to use them in the next check.",
    "not_kept": "This browser keeps nothing for this page: save before you close it.",
    "help": "Keys and help",
    "close": "Close",
    "accept": "Keep as it is…",
    "wrong": "Not an error",
    "fixed": "Corrected",
    "glossary": "To the glossary…",
    "copy": "Copy",
    "undo": "Undo",
    "review": "Open in the review",
    "review.title": "Open this place in the review",
    "review.start": "Start the review in a terminal:",
    "review.paste": "Paste the address that it shows",
    "review.example": "http://127.0.0.1:…",
    "review.note": "Every place on this page then leads to its sentences there, until the review"
    " ends.",
    "review.do": "Open",
    "review.change": "Address of the review…",
    "review.wrong": "This is no address of a review: it begins with http://127.0.0.1:",
    "review.kept": "Every place leads to the review now.",
    "actions": "What to do with this finding",
    "told.accept": "Kept as it is",
    "told.no_place": "No place was ticked: nothing has changed",
    "told.places": "Kept as it is in {n} of {of} places",
    "told.wrong": "Not an error",
    "told.fixed": "Corrected in the translation",
    "told.glossary": "In the glossary",
    "told.copy": "Copied",
    "told.sentence": "{told}.",
    "told.no_copy": "The browser did not let the page copy.",
    "told.undo": "Undone",
    "told.saved": "Saved as {name}",
    "told.alike.one": "with {n} finding of the same kind",
    "told.alike.other": "with {n} findings of the same kind",
    "accept.title": "Keep this as it is",
    "accept.do": "Keep as it is",
    "accept.note": "The translation stays. Saved for --baseline with this reason, it is not"
    " reported again.",
    "accept.where": "Where",
    "accept.everywhere": "Wherever this rendering of the term stands",
    "accept.here": "Only in these places:",
    "reason": "Reason",
    "reason.1": "both renderings are in use",
    "reason.2": "another meaning here",
    "reason.3": "a quotation, left as it is",
    "reason.4": "the client's wording",
    "reason.wrong": "not an error",
    "reason.none": "kept as it is, no reason given",
    "glossary.title": "Put a term into the glossary",
    "glossary.do": "Put in",
    "glossary.zh": "Chinese",
    "glossary.en": "English",
    "glossary.status": "Status",
    "glossary.note": "Note",
    "glossary.remove": "Take out",
    "cancel": "Cancel",
    "key.next": "next finding",
    "key.previous": "previous finding",
    "key.accept": "keep as it is, with a reason",
    "key.wrong": "not an error",
    "key.fixed": "corrected in the translation",
    "key.glossary": "to the glossary",
    "key.copy": "copy the finding",
    "key.review": "open the place in the review",
    "key.undo": "undo the last choice",
    "key.search": "search",
    "key.escape": "show all again",
    "key.help": "this help",
    "help.choices": "Findings to keep as they are and those that are no errors are saved as a"
    " baseline: give it to the next check with --baseline, and they are not reported again."
    " Corrected is for your own work; the next check looks at the corrected text.",
}
_TABLE: Final = {  # heads of the table that the page saves, and of a copied finding
    "head.decision": "Decision",
    "head.reason": "Reason",
    "head.severity": "Severity",
    "head.check": "Check",
    "head.kind": "Kind",
    "head.place": "Place",
    "head.link": "Link",
    "head.source": "Source",
    "head.translation": "Translation",
    "head.problem": "Problem",
    "head.suggestion": "Suggestion",
    "head.confidence": "Confidence",
    "head.zh": "Chinese words",
    "head.en": "English words",
    "head.document": "Document",
}
PAGE_WORDS: Final[Mapping[str, str]] = {**_PAGE, **_CHECKS, **_CONTROLS, **_TABLE, **KIND_WORDS}

_CODES: Final = {"en": "en", "zh": "zh-CN"}  # BCP 47


def page_language() -> str:
    """Return the language in which a report speaks, BCP 47."""
    return _CODES[language()]


def translated(text: str) -> str:
    """Return a text of the tables in the reader's language: all of them pass through here."""
    return _(text)


class Words:
    """Says what a table of words has under a name, in the reader's language."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Take a table of English words."""
        self._table = table

    @property
    def table(self) -> dict[str, str]:
        """All of them, in the reader's language."""
        return {name: translated(english) for name, english in self._table.items()}

    def __call__(self, name: str, **values: object) -> str:
        """Return the words of a name, filled in.

        >>> Words(PAGE_WORDS)("consistency", share="94 %")
        'Consistency 94 %'
        """
        return translated(self._table[name]).format(**values)

    def __contains__(self, name: str) -> bool:
        """Tell whether the table has a name."""
        return name in self._table

    def counted(self, number: int, name: str) -> str:
        """Return a number with what it counts.

        >>> Words(PAGE_WORDS).counted(1200, "places")
        '1,200 places'
        """
        return self(f"{name}.{'one' if number == 1 else 'other'}", n=f"{number:,}")

    def known(self, name: str, other: str) -> str:
        """Return the words of a name, or others where the table has none."""
        return self(name) if name in self else other
