"""One English rendering that stands for several Chinese terms.

What it does: it looks for two terms whose dominant rendering is the same, and reports the
places of the rarer one. They must be alike in form (服务机构, 服务组织), so that they look
like members of one set, and stand in one document; neither may be a part or a short form of
the other. It is a remark however sure the renderings are, and only `--sensitivity high` shows
it: nothing in a text tells whether the two are two things. Most are not: of 29 such remarks
that revisers read in five genres none was worth showing, since the originals used two words
for one thing (企业 and 公司, 数量 and 数目). Where a law or a contract defines both, the reader
knows it and the remark shows the places; so its probability is that of the reading, not that
of the renderings, and it suggests no wording, which only the originals' author could.

Why that is bad: the two may be synonyms; or the original makes a distinction that the
translation has lost.

Example:
    服务机构应当登记。 | A service agency must register.
    服务机构应当纳税。 | A service agency must pay taxes.
    服务机构应当守法。 | A service agency must obey the law.
    服务组织可以申请。 | A service agency may apply.
    服务组织可以退出。 | A service agency may withdraw.
    服务组织应当公开。 | A service agency must be open.
    -> 服务组织: ‘service agency’, expected ‘not the rendering of 服务机构’ (shared rendering, info)
    -> 服务组织: ‘service agency’, expected ‘not the rendering of 服务机构’ (shared rendering, info)
    -> 服务组织: ‘service agency’, expected ‘not the rendering of 服务机构’ (shared rendering, info)

To switch it off: leave the sensitivity as it is, put both terms into a glossary,
or accept the rendering with its reason in the file that `--baseline` names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from aligner.check.build import build
from aligner.check.judging.trust import Sensitivity
from aligner.findings import Finding
from aligner.messages import _
from aligner.terms.located import RENDERED_SURELY, Grouped, Looked
from aligner.wording.content_words import group_key

LEAST_PLACES: Final = 3  # of each term with the rendering: less may be a slip
LEAST_SHARE: Final = 0.8  # of a term's places: less is not what the term is called
# P(a reviser wants to see it): none of 29, by the rule of succession.
WANTED: Final = 0.03
SHORTEST_SIBLING: Final = 3  # characters of a term: two are alike by chance
ALIKE: Final = 2  # characters with which both terms begin, or end


def shared_renderings(looked: Looked, *, sensitivity: Sensitivity) -> Iterator[Finding]:
    """Yield a finding for each place of the rarer term of every pair. Cost: linear.

    Terms of a glossary are left out: it may ask for one rendering of two.
    """
    if sensitivity == "quiet":
        return
    by_key: defaultdict[tuple[str, ...], list[Grouped]] = defaultdict(list)
    for term in looked.terms:
        if term.wanted.entry is None and _is_certain(term):
            by_key[group_key(term.groups[0].text)].append(term)
    for terms in by_key.values():
        ranked = sorted(terms, key=lambda t: (-len(t.groups[0].places), t.wanted.places[0]))
        for number, term in enumerate(ranked[1:], start=1):
            rival = next(
                (
                    r
                    for r in ranked[:number]
                    if are_siblings(r, term) and _share_document(looked, r, term)
                ),
                None,
            )
            if rival is not None:
                yield from _findings(looked, term, rival)


def are_siblings(one: Grouped, other: Grouped) -> bool:
    """Tell whether two terms look like members of one set, at different places."""
    a, b = one.wanted.key, other.wanted.key
    if a in b or b in a or sorted(a) == sorted(b):
        return False
    if _is_shortened(a, b) or _is_shortened(b, a):
        return False
    prefix = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    suffix = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), 0)
    return max(prefix, suffix) >= ALIKE and abs(len(a) - len(b)) <= 1


def _is_shortened(short: str, long: str) -> bool:
    """Tell whether all characters of a term stand in another, in order: 总领馆, 总领事馆."""
    rest = iter(long)
    return all(character in rest for character in short)


def _share_document(looked: Looked, one: Grouped, other: Grouped) -> bool:
    mine, theirs = (
        {looked.units[place.unit].doc for place in term.wanted.places} for term in (one, other)
    )
    return not mine.isdisjoint(theirs)


def _is_certain(term: Grouped) -> bool:
    if not term.groups or len(term.wanted.key) < SHORTEST_SIBLING:
        return False
    dominant = term.groups[0]
    total = sum(len(group.places) for group in term.groups) + len(term.unrendered)
    return (
        dominant.sure >= LEAST_PLACES
        and len(dominant.places) >= LEAST_SHARE * total
        and len(group_key(dominant.text)) > 1
    )


def _findings(looked: Looked, term: Grouped, rival: Grouped) -> Iterator[Finding]:
    dominant = term.groups[0]
    why = _("‘{text}’ also renders {text2} ({count} places): two terms, one rendering.").format(
        text=dominant.text, text2=rival.wanted.text, count=len(rival.groups[0].places)
    )
    for seen in dominant.places:
        if seen.span is not None and seen.found >= RENDERED_SURELY:
            found = build(
                looked,
                seen,
                term=term.wanted.text,
                expected=_("not the rendering of {text}").format(text=rival.wanted.text),
                difference="shared rendering",
                severity="info",
                why=why,
                p=WANTED,
            )
            yield replace(found, suggestion="")
