"""What one target of a glossary stands for when it names several: slashes and brackets.

Glossaries of offices write `failure/breakdown`, `pilot zone (PZ)`, `line(s)` in one cell. A
text has one of them, so each counts as admitted beside the target as it is written. A slash
in a name of its own (TCP/IP, km/h, and/or) has too short a side, and a Chinese term with a
slash has its alternatives itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from aligner.glossary.entries import Entry, Target, has_letter, target_key
from aligner.wording.content_words import content_key
from aligner.wording.initials import parts_of, spelled_out

_BRACKETED: Final = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
_SLASH: Final = re.compile(r"\s*[/／]\s*")
_WORDS_ROUND_SLASH: Final = re.compile(r"[^\s/／()]+(?:[/／][^\s/／()]+)+")
_SHORTEST: Final = 4  # letters of a side of a slash; shorter ones are units and abbreviations
_CAPITALS: Final = 2  # of an acronym


def with_alternatives(entry: Entry) -> Entry:
    """Return an entry with all that its targets stand for, each once.

    An acronym in brackets is left away if it is short for the words before it: every target
    may be shortened so, and the acronym alone would stand for other words too.

    >>> from aligner.glossary.entries import Target
    >>> entry = Entry("故障", (Target("failure/breakdown"), Target("pilot zone (PZ)")))
    >>> [target.text for target in with_alternatives(entry).targets]
    ['failure/breakdown', 'pilot zone', 'failure', 'breakdown']
    """
    plain = [replace(target, text=_without_own_acronym(target.text)) for target in entry.targets]
    found: dict[str, Target] = {}
    for target in plain:
        found.setdefault(target_key(target.text), target)
    if "/" not in entry.src and "／" not in entry.src:
        for target in plain:
            usable = target.status in {"preferred", "proposed", "admitted"}
            status = "admitted" if usable else target.status
            # `bank (of a river)` forbids no bank
            for text in alternatives(target.text) if usable or "(" not in target.text else ():
                found.setdefault(target_key(text), replace(target, text=text, status=status))
    return replace(entry, targets=tuple(found.values()))


def wordings(entry: Entry, text: str) -> list[str]:
    """Return the wordings that a target of an entry stands for, to be written in a text.

    >>> from aligner.glossary.entries import Target
    >>> entry = Entry("泊位", (Target("berth(s)"), Target("mooring")))
    >>> wordings(entry, "berth(s)"), wordings(entry, "mooring")
    (['berth', 'berths'], ['mooring'])
    >>> wordings(entry, "Non-governmental Organisation (NGO)")
    ['Non-governmental Organisation', 'NGO']
    """
    slashed = "/" in entry.src or "／" in entry.src
    return [text] if slashed else alternatives(text) or [text]


def _without_own_acronym(text: str) -> str:
    found = _BRACKETED.search(text)
    if found is None:
        return text
    rest, inside = text[: found.start()] + text[found.end() :], found[1].strip()
    parts = parts_of(rest)
    own = {part.word for part in parts if not part.free}
    short = " " not in inside and sum(map(str.isupper, inside)) >= _CAPITALS
    spelt = short and any(own <= set(range(*run)) for run in spelled_out(inside, parts))
    return " ".join(rest.split()) if spelt else text


def alternatives(text: str) -> list[str]:
    """Return the wordings that a target with slashes or brackets stands for, but for itself.

    >>> alternatives("carbon dioxide (CO2)"), alternatives("line(s)")
    (['carbon dioxide', 'CO2'], ['line', 'lines'])
    >>> alternatives("failure/breakdown rate"), alternatives("TCP/IP")
    (['failure rate', 'breakdown rate'], [])
    >>> alternatives("bad debt provision/provision for bad debts")[:2]
    ['bad debt provision', 'provision for bad debts']
    """
    plain = [each for bare in _without_brackets(text) for each in (bare, *_without_slash(bare))]
    texts = (" ".join(each.split()) for each in plain)
    return [each for each in dict.fromkeys(texts) if has_letter(each) and each != text]


def _without_brackets(text: str) -> Iterator[str]:
    """Yield a text without its brackets, and what they hold if it is a form or an acronym."""
    found = _BRACKETED.search(text)
    if found is None:
        yield text
        return
    rest = _BRACKETED.sub("", text)
    if not has_letter(rest):
        yield text
        return
    yield rest
    inside = found[1].strip()
    if sum(map(str.isupper, inside)) >= _CAPITALS and " " not in inside:
        yield inside
    elif inside.islower() and text[found.start()] in "([（" and found.start():
        yield f"{text[: found.start()]}{inside}{text[found.end() :]}"  # line(s)


def _are_wordings(sides: Sequence[str]) -> bool:
    """Tell whether what stands between slashes are whole wordings, and no words of one wording.

    They have a word in common, or more than one word each, or one is short for the other.

    >>> _are_wordings(["firmware update", "firmware upgrade"]), _are_wordings(["pump", "fan speed"])
    (True, False)
    >>> _are_wordings(["PZA", "Pilot Zone Authority"])
    True
    """
    shorts = [side for side in sides if side.isupper() and " " not in side]
    spelt = [side for side in sides if side not in shorts]
    if not all(len(side) >= _SHORTEST for side in spelt):
        return False
    if len(shorts) == len(spelt) == 1 and len(shorts[0]) >= _CAPITALS:
        parts = parts_of(spelt[0])
        return any(True for _ in spelled_out(shorts[0], parts))
    words = [set(content_key(side)) for side in sides]
    common = set.intersection(*words)
    return not shorts and (bool(common) or all(len(side.split()) > 1 for side in sides))


def _without_slash(text: str) -> Iterator[str]:
    """Yield what stands on each side of a slash, with the words round it."""
    sides = _SLASH.split(text)
    spaced = bool(re.search(r"\s[/／]\s", text))
    long = all(len(side) >= _SHORTEST for side in sides)
    if (spaced and long) or (len(sides) > 1 and _are_wordings(sides)):
        yield from sides
    if spaced:
        return
    found = _WORDS_ROUND_SLASH.search(text)
    if found is None:
        return
    sides = _SLASH.split(found[0])
    if all(len(side) >= _SHORTEST and side.replace("-", "").isalpha() for side in sides):
        for side in sides:
            yield f"{text[: found.start()]}{side}{text[found.end() :]}"
