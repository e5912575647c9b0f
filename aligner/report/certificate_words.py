"""Every word of our own on a certificate, in one table; see `page_words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CERTIFICATE_WORDS: Final[Mapping[str, str]] = {
    "comma": ", ",
    "colon": ": ",
    "stop": ". ",
    "title": "Certificate of checking",
    "intro": "A program made the checks named here on the texts named here. It certifies what"
    " was looked at and what was found, not that a translation is good: what no check looks"
    " for was not looked at.",
    "checked": "What was checked",
    "files": "Files",
    "role.document": "document",
    "role.glossary": "glossary",
    "role.baseline": "findings settled earlier",
    "bytes": "{n} bytes",
    "texts": "Texts as read",
    "more_texts": "and {n} more",
    "size": "Size",
    "size.value": "{words} English words in {tgt} sentences; {characters} Chinese characters"
    " in {src} sentences",
    "checks_made": "Checks made",
    "checks_left": "Not made",
    "none": "none",
    "sensitivity": "Sensitivity",
    "sensitivity.quiet": "quiet, as by default: most differences that are less sure than a warning"
    " were left out and are not counted; --sensitivity high counts them as remarks.",
    "sensitivity.high": "high: differences that are less sure than a warning were looked for too,"
    " and are counted as remarks.",
    "withheld": "Most remarks were left out at this sensitivity.",
    "settings": "Version and settings",
    "found": "What was found",
    "category": "Category (ISO 5060)",
    "check": "Check",
    "error": "Errors",
    "warning": "Warnings",
    "info": "Remarks",
    "total": "All",
    "per_thousand": "per 1,000 words",
    "all": "All findings",
    "not_looked": "Not looked at: {names}.",
    "accepted": "Settled earlier with a reason, and not counted: {n}.",
    "uniform": "Uniform terms (GB/T 19682, 4.2 术语统一)",
    "uniform.value": "Consistency {share}, 95 % interval {low} to {high}",
    "uniform.basis": "{terms} terms with two rendered places or more, {places} places in all,"
    " worth {effective} terms of equal weight.",
    "uniform.formula": "Consistency: the sum over a term's renderings of the square of their"
    " share, which is how often two of its places, taken at random, are rendered alike; the"
    " mean over terms, each weighted by its rendered places n. Interval: Wilson's, with"
    " (sum of n)² / (sum of n²) observations, since places of one term are not independent.",
    "uniform.none": "Not measured: no term with two rendered places was looked at.",
    "names_only": "Categories and clause are given by name only: this is not an evaluation by"
    " ISO 5060 or GB/T 19682. Errors, warnings and remarks are the program's own degrees of"
    " severity, not those of a standard. Words are counted in the English text.",
    "before_choices": "The figures are those of the check. What is settled in this page counts"
    " when the check is made again with --baseline.",
    "date": "Date",
    "name": "Name",
    "signed": "Signature",
    "terminology": "Terminology",
    "accuracy": "Accuracy",
    "linguistic conventions": "Linguistic conventions",
    "style": "Style",
    "locale conventions": "Locale conventions",
    "audience appropriateness": "Audience appropriateness",
    "design and markup": "Design and markup",
}
