"""The rules of TMX 1.4 that programs trip over. Source: LISA, "TMX 1.4b Specification"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from aligner.formats.common.format_problem import Ids, Problem, code_problem, forbidden_problem
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.xml_elements import XML_LANG, Element, elements, line_of, local
from aligner.formats.common.xml_inline import text_of

_BEGINS: Final = ("tmx", "body")
_HEADER: Final = (
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
)  # fmt: skip
_SEGTYPES: Final = frozenset({"block", "paragraph", "sentence", "phrase"})
_DATES: Final = ("creationdate", "changedate", "lastusagedate")
_DATE: Final = re.compile(r"\d{8}T\d{6}Z")
_INLINE: Final = frozenset({"bpt", "ept", "hi", "it", "ph", "sub", "ut"})
_BEFORE: Final = frozenset({"note", "prop"})


def check_tmx(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a translation memory, in the order of the file.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    srclang, headers = "", 0
    ids = Ids("the tuid of a unit is its own")
    for element in elements(source, roots=_BEGINS[:1], begins=_BEGINS, whole=("header", "tu")):
        if element.forbidden:
            yield forbidden_problem(element.forbidden, element.line)
            continue
        node = element.node
        if element.name == "tmx" and not element.complete:
            yield from _root(element)
        if element.name == "body" and not headers and not element.complete:
            yield Problem(element.line, "a header stands before the body", "there is none")
        if element.name == "header":
            headers += 1
            srclang = node.get("srclang", "")
            yield from _header(element)
        if element.name == "tu":
            yield from ids.check(node.get("tuid"), element.line)
            yield from _unit(element, node.get("srclang", srclang))


def _root(element: Element) -> Iterator[Problem]:
    version = element.node.get("version")
    if version != "1.4":
        rule = 'the root is <tmx version="1.4">'
        yield Problem(element.line, rule, f"the version is {version!r}")


def _header(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    missing = [name for name in _HEADER if not node.get(name)]
    if missing:
        yield Problem(line, "the header says who made the file", f"no {', '.join(missing)}")
    if node.get("segtype", "block") not in _SEGTYPES:
        rule = f"segtype is one of {', '.join(sorted(_SEGTYPES))}"
        yield Problem(line, rule, f"it is {node.get('segtype')!r}")
    if node.get("srclang") == "*all*":
        yield _all_languages(line)
    elif found := code_problem(node.get("srclang"), "srclang", line):
        yield found
    yield from _dates(node, line)


def _all_languages(line: int) -> Problem:
    return Problem(
        line,
        "srclang is the language of a tuv of every unit",
        "it is *all*, with which many programs import nothing",
        "name the source language, such as zh-CN",
    )


def _dates(node: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    for name in _DATES:
        value = node.get(name)
        if value is not None and not _is_date(value):
            yield Problem(
                line, "dates are YYYYMMDDThhmmssZ", f"{name} is {value!r}", "write it in UTC"
            )


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _unit(element: Element, srclang: str) -> Iterator[Problem]:
    node, start = element.node, element.line
    yield from _dates(node, start)
    yield from _order(node, "tuv", start)
    tuvs = [child for child in node if local(child) == "tuv"]
    if not tuvs:
        yield Problem(start, "a unit has a tuv for each language", "it has none")
    codes: list[str] = []
    for tuv in tuvs:
        line = line_of(tuv, start)
        code = tuv.get(XML_LANG) or ""
        if found := code_problem(code, "xml:lang", line):
            yield found
        if code in codes:
            yield Problem(line, "a unit has one tuv a language", f"{code} is there twice")
        codes.append(code)
        yield from _variant(tuv, line)
    if srclang not in {"", "*all*", *codes} and tuvs:
        yield Problem(
            start,
            "srclang is the language of a tuv of every unit",
            f"it is {srclang!r}, the unit has {', '.join(codes)}",
            "write the code of the source side alike in header and units",
        )


def _order(node: Any, name: str, start: int) -> Iterator[Problem]:  # noqa: ANN401
    """Yield notes and props behind the element that they should precede, and unknown ones."""
    begun = False
    for child in node:
        here = local(child)
        begun |= here == name
        if here in _BEFORE and begun:
            rule = f"notes and props stand before {name}"
            yield Problem(line_of(child, start), rule, f"<{here}> stands behind it")
        elif here not in {*_BEFORE, name}:
            rule = f"<{local(node)}> holds note, prop and {name}"
            yield Problem(line_of(child, start), rule, f"it holds <{here}>")
        if here == "prop" and not child.get("type"):
            yield Problem(line_of(child, start), "a prop has a type", "it has none")


def _variant(tuv: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
    yield from _dates(tuv, line)
    yield from _order(tuv, "seg", line)
    segs = [child for child in tuv if local(child) == "seg"]
    if len(segs) != 1:
        yield Problem(line, "a tuv has one seg", f"it has {len(segs)}")
    for seg in segs:
        if not text_of(seg).strip() and not len(seg):
            yield Problem(line_of(seg, line), "no seg is empty", "it is", "leave the unit out")
        yield from _inline(seg, line)


def _inline(seg: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
    begun, ended = set[str | None](), set[str | None]()
    for inner in seg.iterdescendants():
        name, where = local(inner), line_of(inner, line)
        if name not in _INLINE:
            yield Problem(where, "a seg holds inline elements of TMX alone", f"it holds <{name}>")
        if name in {"bpt", "ept"}:
            (begun if name == "bpt" else ended).add(inner.get("i"))
        if name == "it" and inner.get("pos") not in {"begin", "end"}:
            yield Problem(where, "pos of <it> is begin or end", f"it is {inner.get('pos')!r}")
    if begun != ended or None in begun:
        yield Problem(line, "every bpt has its ept, by the same i", "one is alone or has no i")
