"""Small real values made from texts, so that cases of judging can stand as data.

`units` in a case are pairs of a Chinese and an English sentence, each one bead. A term is
an object: `key` (as it stands), `places` and what else `Wanted` has. A place is an object:
`u`, the unit; `en`, the words that render it, looked for in the English sentence; `nth`,
which of several places of the key in its sentence; and what else `Seen` has.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from aligner.bitext import Alignment, Bead, Bitext, Document, Segment
from aligner.encode.protocol import Floats
from aligner.encode.spans import SpanEncoder
from aligner.glossary.entries import Entry, Target
from aligner.lexicon.tagger import Tag
from aligner.span import Span
from aligner.terms.group import group
from aligner.terms.located import Grouped, Looked, Seen, WordLink
from aligner.terms.units import TextUnit, units
from aligner.terms.wanted import TermPlace, Wanted

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]


def cases(name: str, *, rule: str = "") -> list[Any]:
    """Return the cases of a file, of one rule if it is named, as parameters of a test."""
    found = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
        if case["rule"] == rule or not rule:
            found.append(pytest.param(case, id=f"{case['rule']}: {case['label']}", marks=marks))
    return found


def make_bitext(pairs: Sequence[Sequence[str]], name: str = "pair") -> Bitext:
    """Return sentence pairs as a bitext, a bead each; an empty side is none."""
    src_doc, src = _side(f"{name}.zh", [zh for zh, _ in pairs])
    tgt_doc, tgt = _side(f"{name}.en", [en for _, en in pairs])
    beads: list[Bead] = []
    i = j = 0
    for zh, en in pairs:
        beads.append(Bead(Span(i, i + bool(zh)), Span(j, j + bool(en)), 0.9))
        i, j = i + bool(zh), j + bool(en)
    return Bitext(name, src_doc, tgt_doc, src, tgt, Alignment(tuple(beads), i, j))


def _side(name: str, texts: Sequence[str]) -> tuple[Document, tuple[Segment, ...]]:
    spans: list[Span] = []
    at = 0
    for text in texts:
        if text:
            spans.append(Span(at, at + len(text)))
            at += len(text) + 1
    whole = "\n".join(text for text in texts if text)
    segments = tuple(Segment(name, n, span, whole[slice(*span)]) for n, span in enumerate(spans))
    return Document(name, whole, tuple(spans)), segments


def make_units(pairs: Sequence[Sequence[str]]) -> list[TextUnit]:
    """Return sentence pairs as units."""
    return list(units(make_bitext(pairs)))


def make_wanted(term: Case, pairs: Sequence[Sequence[str]]) -> Wanted:
    """Return a term with its places, as it is looked for."""
    entry = None
    if "glossary" in term:
        entry = Entry(term["key"], tuple(Target(*target) for target in term["glossary"]))
    return Wanted(
        key=term["key"],
        text=str(term.get("text", term["key"])),
        places=tuple(_place(term["key"], place, pairs) for place in term["places"]),
        score=term.get("score", 2.0),
        marked=term.get("marked", False),
        defined=term.get("defined", False),
        nested=term.get("nested", ""),
        entry=entry,
    )


def _place(key: str, place: Case, pairs: Sequence[Sequence[str]]) -> TermPlace:
    zh, at = pairs[place["u"]][0], -1
    for _ in range(place.get("nth", 1)):
        at = zh.index(key, at + 1)
    crosses, title = place.get("crosses", False), place.get("title", False)
    return TermPlace(place["u"], Span(at, at + len(key)), crosses, title, place.get("inside", ""))


def make_seen(term: Case, pairs: Sequence[Sequence[str]]) -> list[Seen]:
    """Return what was picked for each place of a term."""
    found = []
    for place in term["places"]:
        words = place.get("en")
        start = pairs[place["u"]][1].index(words) if words else 0
        found.append(
            Seen(
                place=_place(term["key"], place, pairs),
                span=Span(start, start + len(words)) if words else None,
                text=" ".join(words.split()) if words else "",
                p=place.get("p", 0.9),
                found=place.get("found", 0.9) if words else 0.0,
                links=tuple(WordLink(*link) for link in place.get("links", ())),
                tags=tuple(Tag[name] for name in place.get("tags", ())),
            )
        )
    return found


def make_grouped(term: Case, pairs: Sequence[Sequence[str]]) -> Grouped:
    """Return a term with the groups of its renderings."""
    announced = tuple(term.get("announced", ()))
    seen, common = make_seen(term, pairs), term.get("common", {})
    return group(make_wanted(term, pairs), seen, announced, common)


class Letters:
    """An encoder whose vectors are the counts of letters: alike texts, alike vectors."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a unit vector for each text. Shape (texts, 26)."""
        counts = np.zeros((len(texts), 26), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                if "a" <= letter <= "z":
                    counts[row, ord(letter) - ord("a")] += 1
        lengths = np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        vectors: Floats = counts / lengths
        return vectors


def letters() -> SpanEncoder:
    """Return an encoder that reads nothing and needs no data."""
    return cast("SpanEncoder", Letters())


def make_looked(given: Case) -> Looked:
    """Return what a check looks at: the terms of a case over its units."""
    bitext = make_bitext(given["units"])
    return Looked(
        bitexts={bitext.id: bitext},
        units=make_units(given["units"]),
        terms=[make_grouped(term, given["units"]) for term in given["terms"]],
        announced=tuple(given.get("announced", ())),
        encoder=letters(),
    )
