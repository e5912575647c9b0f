"""The rules of TMX that programs trip over: what `aligner validate` says of a memory.

Source: as of `tmx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from aligner.formats.common.format_problem import (
    Ids,
    Problem,
    code_problem,
    forbidden_problem,
    undefined_problem,
)
from aligner.formats.common.raw_pairs import (
    BitextSource,
)
from aligner.formats.common.xml_elements import XML_LANG, Element, elements, line_of, local
from aligner.formats.common.xml_inline import text_of
from aligner.messages import _

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
    ids = Ids(_("the tuid of a unit is its own"))
    for element in elements(source, roots=_BEGINS[:1], begins=_BEGINS, whole=("header", "tu")):
        if written := element.forbidden or element.taken_out:
            yield forbidden_problem(written, element.line)
        if element.forbidden:
            continue
        if element.undefined:
            yield undefined_problem(element.undefined, element.line)
        node = element.node
        if element.name == "tmx" and not element.complete:
            yield from _root_problems(element)
        if element.name == "body" and not headers and not element.complete:
            yield Problem(element.line, _("a header stands before the body"), _("there is none"))
        if element.name == "header":
            headers += 1
            srclang = node.get("srclang", "")
            yield from _header_problems(element)
        if element.name == "tu":
            yield from ids.check(node.get("tuid"), element.line)
            yield from _unit_problems(element, node.get("srclang", srclang))


def _root_problems(element: Element) -> Iterator[Problem]:
    version = element.node.get("version")
    if version != "1.4":
        rule = _('the root is <tmx version="1.4">')
        yield Problem(element.line, rule, _("the version is {version!r}").format(version=version))


def _header_problems(element: Element) -> Iterator[Problem]:
    node, line = element.node, element.line
    missing = [name for name in _HEADER if not node.get(name)]
    if missing:
        yield Problem(
            line,
            _("the header says who made the file"),
            _("no {missing}").format(missing=", ".join(missing)),
        )
    if node.get("segtype", "block") not in _SEGTYPES:
        rule = _("segtype is one of {segtypes}").format(segtypes=", ".join(sorted(_SEGTYPES)))
        yield Problem(line, rule, _("it is {get!r}").format(get=node.get("segtype")))
    if node.get("srclang") == "*all*":
        yield _all_languages(line)
    elif found := code_problem(node.get("srclang"), "srclang", line):
        yield found
    yield from _date_problems(node, line)


def _all_languages(line: int) -> Problem:
    return Problem(
        line,
        _("srclang is the language of a tuv of every unit"),
        _("it is *all*, with which many programs import nothing"),
        _("name the source language, such as zh-CN"),
    )


def _date_problems(node: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
    for name in _DATES:
        value = node.get(name)
        if value is not None and not _is_date(value):
            yield Problem(
                line,
                _("dates are YYYYMMDDThhmmssZ"),
                _("{name} is {value!r}").format(name=name, value=value),
                _("write it in UTC"),
            )


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _unit_problems(element: Element, srclang: str) -> Iterator[Problem]:
    node, start = element.node, element.line
    yield from _date_problems(node, start)
    yield from _order_problems(node, "tuv", start)
    tuvs = [child for child in node if local(child) == "tuv"]
    if not tuvs:
        yield Problem(start, _("a unit has a tuv for each language"), _("it has none"))
    codes: list[str] = []
    for tuv in tuvs:
        line = line_of(tuv, start)
        code = tuv.get(XML_LANG) or ""
        if found := code_problem(code, "xml:lang", line):
            yield found
        if code.lower() in map(str.lower, codes):
            yield Problem(
                line,
                _("a unit has one tuv a language"),
                _("{code} is there twice").format(code=code),
            )
        codes.append(code)
        yield from _variant_problems(tuv, line)
    if srclang.lower() not in {"", "*all*", *map(str.lower, codes)} and tuvs:
        yield Problem(
            start,
            _("srclang is the language of a tuv of every unit"),
            _("it is {srclang!r}, the unit has {codes}").format(
                srclang=srclang, codes=", ".join(codes)
            ),
            _("write the code of the source side alike in header and units"),
        )


def _order_problems(node: Any, name: str, start: int) -> Iterator[Problem]:  # noqa: ANN401
    """Yield notes and props behind the element that they should precede, and unknown ones."""
    begun = False
    for child in node:
        here = local(child)
        begun |= here == name
        if here in _BEFORE and begun:
            rule = _("notes and props stand before {name}").format(name=name)
            yield Problem(
                line_of(child, start), rule, _("<{here}> stands behind it").format(here=here)
            )
        elif here not in {*_BEFORE, name}:
            rule = _("<{local}> holds note, prop and {name}").format(local=local(node), name=name)
            yield Problem(line_of(child, start), rule, _("it holds <{here}>").format(here=here))
        if here == "prop" and not child.get("type"):
            yield Problem(line_of(child, start), _("a prop has a type"), _("it has none"))


def _variant_problems(tuv: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
    yield from _date_problems(tuv, line)
    yield from _order_problems(tuv, "seg", line)
    segs = [child for child in tuv if local(child) == "seg"]
    if len(segs) != 1:
        yield Problem(line, _("a tuv has one seg"), _("it has {count}").format(count=len(segs)))
    for seg in segs:
        if not text_of(seg).strip() and not len(seg):
            yield Problem(
                line_of(seg, line), _("no seg is empty"), _("it is"), _("leave the unit out")
            )
        yield from _inline_problems(seg, line)


def _inline_problems(seg: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
    begun, ended = set[str | None](), set[str | None]()
    for inner in seg.iterdescendants():
        name, where = local(inner), line_of(inner, line)
        if name not in _INLINE:
            yield Problem(
                where,
                _("a seg holds inline elements of TMX alone"),
                _("it holds <{name}>").format(name=name),
            )
        if name in {"bpt", "ept"}:
            (begun if name == "bpt" else ended).add(inner.get("i"))
        if name == "it" and inner.get("pos") not in {"begin", "end"}:
            yield Problem(
                where,
                _("pos of <it> is begin or end"),
                _("it is {get!r}").format(get=inner.get("pos")),
            )
    if begun != ended or None in begun:
        yield Problem(
            line, _("every bpt has its ept, by the same i"), _("one is alone or has no i")
        )
