"""The rules of InterText: links name sentences that are there, each once, in their order.

A text is an XML file whose sentences (`s`) have ids of their own. A link names sentences
of `toDoc` before the semicolon and of `fromDoc` behind it; its type counts both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from aligner.filenames import shown
from aligner.formats.common.format_problem import Ids, Problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_elements import Element, elements
from aligner.formats.intertext import intertext_paths
from aligner.messages import _

_ENDS: Final = (".intertext", ".zh.en.xml", ".zh.xml", ".en.xml", ".xml")
_ROOTS: Final = ("text", "TEI", "TEI.2", "body", "div", "doc", "document")
_STATES: Final = frozenset({"auto", "man", "plain"})


def check_intertext(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with the three files of a pair, of which `source` names one.

    Raises:
        FormatError: One of them is not well-formed XML, or has another root.
        ReadError: One of them is missing or cannot be read.

    Cost: the ids of both texts are held.
    """
    name = source.path.name
    ending = next((end for end in _ENDS if name.lower().endswith(end)), "")
    stem = name[: len(name) - len(ending)]
    links, zh, en = intertext_paths(source.path.with_name(f"{stem}.intertext"))
    places: list[dict[str, int]] = []
    for path in (en, zh):
        ids: dict[str, int] = {}
        yield from _check_text(_of(path, source), ids)
        places.append(ids)
    yield from _check_links(_of(links, source), places, (en.name, zh.name))


def _of(path: Path, source: BitextSource) -> BitextSource:
    return BitextSource(path, shown(path), source.encoding)


def _check_text(source: BitextSource, ids: dict[str, int]) -> Iterator[Problem]:
    """Put down the ids of a text's sentences with their places."""
    file = source.path.name
    known = Ids(_("a sentence of {file} has an id of its own").format(file=file))
    for element in elements(source, roots=_ROOTS, whole=("s",)):
        name = element.node.get("id")
        if not name:
            yield Problem(
                element.line,
                _("a sentence of {file} has an id").format(file=file),
                _("it has none"),
            )
            continue
        yield from known.check(name, element.line)
        ids.setdefault(name, len(ids))


def _check_links(
    source: BitextSource, places: Sequence[Mapping[str, int]], files: Sequence[str]
) -> Iterator[Problem]:
    used: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    last = [-1, -1]
    for element in elements(source, roots=("linkGrp",), whole=("link",)):
        sides = [part.split() for part in element.node.get("xtargets", "").split(";")]
        if len(sides) != 2:
            rule = _("xtargets are the numbers of both sides, with a semicolon between")
            yield Problem(
                element.line, rule, _("they are {get!r}").format(get=element.node.get("xtargets"))
            )
            continue
        yield from _check_link(element, sides)
        for side, names in enumerate(sides):
            used[side].update(names)
            for name in names:
                place = places[side].get(name)
                if place is None:
                    rule = _("a link names sentences of {files}").format(files=files[side])
                    yield Problem(element.line, rule, _("there is no {name!r}").format(name=name))
                elif place < last[side]:
                    rule = _("links go up in {files}").format(files=files[side])
                    yield Problem(
                        element.line,
                        rule,
                        _("{name!r} stands before the last one").format(name=name),
                    )
                last[side] = last[side] if place is None else max(place, last[side])
    for side, ids in enumerate(places):
        rule = _("each sentence of {files} is in one link").format(files=files[side])
        for name in ids:
            if used[side][name] != 1:
                yield Problem(
                    None, rule, _("{name!r} is in {used}").format(name=name, used=used[side][name])
                )


def _check_link(element: Element, sides: Sequence[Sequence[str]]) -> Iterator[Problem]:
    kind = "-".join(str(len(names)) for names in sides)
    if element.node.get("type", kind) != kind:
        rule = _("the type of a link counts the sentences of both sides")
        yield Problem(
            element.line,
            rule,
            _("it is {get!r}, not {kind}").format(get=element.node.get("type"), kind=kind),
        )
    status = element.node.get("status", "auto")
    if status not in _STATES:
        rule = _("status is one of {states}").format(states=", ".join(sorted(_STATES)))
        yield Problem(element.line, rule, _("it is {status!r}").format(status=status))
