"""What the script of the page knows of each finding: by what a choice about it is kept.

A finding is settled by entries of a baseline (`aligner.check.baseline`). Findings with the
same entry are settled together, in the page as in the next check, so each names its
entries by a digest, and the entries stand in a table of their own. A rendering of a term may be
settled in single sentences too: then the entry is that of the whole with the sentence.
Cost: linear in the findings.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from aligner.check.baseline.accepted import (
    Accepted,
    By,
    entry_for,
    finding_key,
    rendering_key,
    term_key,
)
from aligner.check.baseline.baseline_text import entry_fields
from aligner.errors import FormatError
from aligner.findings import SEVERITIES, Finding, Terms
from aligner.report.cards import CARD_PLACES
from aligner.report.shown_text import clean

_DIGEST: Final = 16  # hexadecimal digits: 64 bits

_WITH_TERMS: Final = frozenset({"terms", "glossary", "names"})

Item = dict[str, object]


@dataclass(frozen=True, slots=True)
class PageItems:
    """The findings that a reader may settle."""

    items: tuple[Item, ...]
    entries: Mapping[str, Mapping[str, str | int]]  # of a baseline, by the keys of the items
    numbers: Mapping[str, int]  # of an item, by the id of a finding's group
    left_out: Mapping[str, Mapping[str, int]]  # findings without an item, by check and severity
    digest: str  # of the texts, the settings and the findings: under which choices are kept

    def number(self, finding: Finding) -> int:
        """Return the number of the item that a finding belongs to."""
        return self.numbers[item_id(finding)]


def page_items(terms: Terms, shown: Iterable[Finding]) -> PageItems:
    """Return an item for each finding that is shown; several places of one rendering are one.

    Args:
        terms: What was found.
        shown: New findings, one of each group that the page has room for.
    """
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in terms.new:
        groups[item_id(finding)].append(finding)
    firsts = {item_id(finding): finding for finding in shown}
    entries: dict[str, Mapping[str, str | int]] = {}
    texts = (text for b in terms.bitexts for text in (b.id, b.src_doc.text, b.tgt_doc.text))
    return PageItems(
        items=tuple(
            _item(identity, finding, groups[identity], entries)
            for identity, finding in firsts.items()
        ),
        entries=entries,
        numbers={identity: number for number, identity in enumerate(firsts)},
        left_out={
            "check": _left(terms.count_by_check(), (f.check for f in firsts.values())),
            "severity": _left(
                {severity: terms.count(severity) for severity in SEVERITIES},
                (f.severity for f in firsts.values()),
            ),
        },
        digest=_digest((terms.signature, *texts, *groups)),
    )


def _left(counts: Mapping[str, int], shown: Iterable[str]) -> dict[str, int]:
    """Return how many findings the page has no room for, by name."""
    here = Counter(shown)
    return {name: count - here[name] for name, count in counts.items() if count > here[name]}


def item_id(finding: Finding) -> str:
    """Return what is the same for the places of one finding."""
    return _digest((finding.severity, *finding.group))


def _keys(members: Iterable[Finding], entries: dict[str, Mapping[str, str | int]]) -> list[str]:
    """Return the keys of the entries that accept all of these, and add what is new to the table.

    None if one cannot be accepted, since nothing would name it.
    """
    keys: dict[str, None] = {}
    for finding in members:
        by: By = "group" if finding.of_term else "text"
        key = _key(finding, by)
        if key not in entries:
            entry = _entry(finding)
            if entry is None:
                return []
            entries[key] = {
                k: v for k, v in entry_fields(entry).items() if k not in {"reason", "count"}
            }
        keys[key] = None
    return list(keys)


def _key(finding: Finding, by: By) -> str:
    return _digest((*finding_key(finding), "/", *rendering_key(finding.rendering, by)))


def _places(members: Iterable[Finding], keys: list[str]) -> list[tuple[str, int, str]]:
    """Return each place's own key, the number of the key that it is a part of, and its sentence."""
    wholes = [(_key(finding, "group"), finding.sentence) for finding in members] if keys else []
    return [
        (_digest((whole, term_key(sentence))), keys.index(whole), sentence)
        for whole, sentence in wholes
        if sentence
    ]


def _entry(finding: Finding) -> Accepted | None:
    try:
        return entry_for(finding)
    except FormatError:  # of a finding without words or sentence
        return None


def _item(
    identity: str,
    finding: Finding,
    members: Sequence[Finding],
    entries: dict[str, Mapping[str, str | int]],
) -> Item:
    keys = _keys(members, entries)
    return {
        "id": identity,
        "keys": keys,
        "places": _places(members[:CARD_PLACES], keys) if finding.of_term else [],
        "count": len(members),
        "check": finding.check,
        "kind": clean(finding.kind),
        "severity": finding.severity,
        "term": clean(finding.term),
        "rendering": clean(finding.rendering),
        "suggestion": clean(finding.expected or finding.suggestion),
        "why": clean(finding.why),
        "p": round(finding.p, 2),
        "ofTerm": finding.of_term,
        "hasTerm": _has_term(finding),
    }


def _has_term(finding: Finding) -> bool:
    """Tell whether a finding has words that a glossary could hold: a term, a name."""
    words = finding.term.strip() and (finding.expected or finding.suggestion or finding.rendering)
    return bool(words) and finding.check in _WITH_TERMS


def _digest(parts: Iterable[str]) -> str:
    text = json.dumps(list(parts))  # ASCII, whatever the text
    return sha256(text.encode()).hexdigest()[:_DIGEST]
