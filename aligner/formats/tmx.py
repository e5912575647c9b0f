"""Translation memories in TMX 1.4, the exchange format of translation programs.

Reading: of the languages of a file, the first Chinese one and the first English one are
read; variants of these (zh-TW beside zh-CN) serve where a unit lacks them. Codes of inline
elements leave nothing, marked text stays. Older versions are read too.

Writing keeps these rules: `srclang` is the language of a `tuv` of every unit; language
codes are BCP 47; notes and props stand before the `tuv`s; no `seg` is empty; only
characters that XML allows. A unit without partner has no place in it and goes beside.

Checking looks at the rules that programs trip over.
Source: LISA, "TMX 1.4b Specification", 2005.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner import __version__
from aligner.bitext import Unit
from aligner.errors import LanguageError
from aligner.formats.common.format_problem import (
    Ids,
    Problem,
    code_problem,
    forbidden_problem,
    undefined_problem,
)
from aligner.formats.common.raw_pairs import (
    BitextHead,
    BitextSource,
    RawPair,
    confirmation,
    forbidden_reason,
    is_empty,
    probability,
    side,
    stated_probability,
)
from aligner.formats.common.unit_rows import Units
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED, Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_elements import XML_LANG, Element, elements, line_of, local
from aligner.formats.common.xml_inline import text_of
from aligner.formats.common.xml_writing import TOOL, facts, source_first, xml_file, xml_text
from aligner.lang.codes import lang_of, tidy
from aligner.span import Lang

_VARIANT: Final = "units hold a text in {} and in {}: the first is read"
_BEGINS: Final = ("tmx", "body")
_HEADER: Final = (
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
)  # fmt: skip
_SEGTYPES: Final = frozenset({"block", "paragraph", "sentence", "phrase"})
_DATES: Final = ("creationdate", "changedate", "lastusagedate")
_DATE: Final = re.compile(r"\d{8}T\d{6}Z")
_INLINE: Final = frozenset({"bpt", "ept", "hi", "it", "ph", "sub", "ut"})
_CONFIRMED: Final = "x-confirmed"  # the prop of a unit that a person confirmed
_BEFORE: Final = frozenset({"note", "prop"})


def read_tmx(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a translation memory that have Chinese or English text.

    Raises:
        FormatError: The file is not TMX.
        LanguageError: It has no Chinese or no English text at all.
    """
    seen: Counter[str] = Counter()
    number = 0
    for element in elements(source, roots=("tmx",), whole=("header", "tu")):
        number += element.name == "tu"
        if element.forbidden:
            head.leave_out(element.line, forbidden_reason(element.forbidden))
        elif element.name == "header":
            _take_header(element.node, head)
        else:
            pair = _pair(element.node, head, seen)
            if not is_empty(pair):
                yield pair._replace(number=number)
    if seen:
        _check_languages(source, seen)


def _take_header(node: Any, head: BitextHead) -> None:  # noqa: ANN401 - lxml has no types
    head.source = "en" if lang_of(tidy(node.get("srclang", ""))) == "en" else "zh"
    if node.get("creationtool") == "aligner":
        head.signature = next((n.text or "" for n in node if local(n) == "note"), "")
    props = (n for n in node if local(n) == "prop" and n.get("type") == f"x-{UNPAIRED}")
    head.unpaired = next((n.text for n in props), None)


def _pair(node: Any, head: BitextHead, seen: Counter[str]) -> RawPair:  # noqa: ANN401
    texts: dict[str, str] = {}
    for tuv in node.iterchildren("{*}tuv", "tuv"):
        code = tidy(tuv.get(XML_LANG) or tuv.get("lang") or "")
        seg = next(tuv.iterchildren("{*}seg", "seg"), None)
        if seg is not None:
            texts.setdefault(code, text_of(seg))
    filled = [code for code, text in texts.items() if text]
    seen.update(filled)
    head.src_lang = head.src_lang or _first(texts, "zh")
    head.tgt_lang = head.tgt_lang or _first(texts, "en")
    if len(filled) > 2:
        _tell_variants(filled, head)
    props = {p.get("type", ""): p.text or "" for p in node.iterchildren("{*}prop", "prop")}
    notes = " ".join(n.text or "" for n in node.iterchildren("{*}note", "note"))
    src, tgt = _chosen(texts, head.src_lang, "zh"), _chosen(texts, head.tgt_lang, "en")
    return RawPair(
        side(src, props.get("x-src-ids"), props.get("x-src-span")),
        side(tgt, props.get("x-tgt-ids"), props.get("x-tgt-span")),
        probability(props.get("x-p"), props.get("x-score"), stated_probability(notes)),
        props.get("x-doc", ""),
        confirmed=confirmation(props[_CONFIRMED]) if _CONFIRMED in props else None,
    )


def _tell_variants(codes: list[str], head: BitextHead) -> None:
    """Take down which of several variants of a language in one unit is read."""
    for lang in ("zh", "en"):
        found = [code for code in codes if lang_of(code) == lang]
        own = head.src_lang if lang == "zh" else head.tgt_lang
        read = own if own in found else next(iter(found), "")
        head.tell(*(_VARIANT.format(read, code) for code in found if code != read))


def _chosen(texts: dict[str, str], code: str, lang: Lang) -> str:
    return texts.get(code) or texts.get(_first(texts, lang), "")


def _first(texts: dict[str, str], lang: Lang) -> str:
    return next((code for code, text in texts.items() if text and lang_of(code) == lang), "")


def _check_languages(source: BitextSource, seen: Counter[str]) -> None:
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        if not any(lang_of(code) == lang for code in seen):
            found = ", ".join(code or "none named" for code in sorted(seen)) or "none"
            raise LanguageError(
                f"{source.name}: no {name} text; its languages: {found}",
                hint="give a file with a Chinese (zh...) and an English (en...) side",
            )


def write_tmx(bitext: Units, path: Path) -> tuple[Path, ...]:
    """Write the two-sided units, one after the other, and the others beside."""
    aside = Aside(path)
    with together(path) as files:
        file = files.open(path)
        with xml_file(file) as xml:
            xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
            with xml.element("tmx", version="1.4"):
                xml.flush()
                start = file.tell()
                xml.write(_header_element(bitext), pretty_print=True)
                with xml.element("body"):
                    for unit in aside.two_sided(bitext.units()):
                        xml.write(_unit_element(unit, bitext), pretty_print=True)
        aside.sign(file, start)
        return (path, *aside.add_to(files))


def _header_element(bitext: Units) -> Any:  # noqa: ANN401 - lxml has no types
    header = etree.Element(
        "header",
        creationtool=TOOL,
        creationtoolversion=__version__,
        segtype="sentence",
        adminlang="en",
        srclang=source_first(bitext, bitext.src_lang, bitext.tgt_lang)[0],
        datatype="plaintext",
    )
    header.set("o-tmf", TOOL)
    etree.SubElement(header, "prop", type=f"x-{UNPAIRED}").text = NO_LIST
    if bitext.signature:
        etree.SubElement(header, "note").text = xml_text(bitext.signature)
    return header


def _unit_element(unit: Unit, bitext: Units) -> Any:  # noqa: ANN401 - lxml has no types
    props = facts(unit) | ({_CONFIRMED: "yes"} if unit.confirmed else {})
    tu = etree.Element(
        "tu", tuid=":".join((props["x-doc"], props["x-src-ids"], props["x-tgt-ids"]))
    )
    for name, value in props.items():
        etree.SubElement(tu, "prop", type=name).text = value
    sides = (bitext.src_lang, unit.src), (bitext.tgt_lang, unit.tgt)
    for language, text in source_first(bitext, *sides):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: language})
        etree.SubElement(tuv, "seg").text = xml_text(text)
    return tu


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
        if element.undefined:
            yield undefined_problem(element.undefined, element.line)
        node = element.node
        if element.name == "tmx" and not element.complete:
            yield from _root_problems(element)
        if element.name == "body" and not headers and not element.complete:
            yield Problem(element.line, "a header stands before the body", "there is none")
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
        rule = 'the root is <tmx version="1.4">'
        yield Problem(element.line, rule, f"the version is {version!r}")


def _header_problems(element: Element) -> Iterator[Problem]:
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
    yield from _date_problems(node, line)


def _all_languages(line: int) -> Problem:
    return Problem(
        line,
        "srclang is the language of a tuv of every unit",
        "it is *all*, with which many programs import nothing",
        "name the source language, such as zh-CN",
    )


def _date_problems(node: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401 - lxml has no types
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


def _unit_problems(element: Element, srclang: str) -> Iterator[Problem]:
    node, start = element.node, element.line
    yield from _date_problems(node, start)
    yield from _order_problems(node, "tuv", start)
    tuvs = [child for child in node if local(child) == "tuv"]
    if not tuvs:
        yield Problem(start, "a unit has a tuv for each language", "it has none")
    codes: list[str] = []
    for tuv in tuvs:
        line = line_of(tuv, start)
        code = tuv.get(XML_LANG) or ""
        if found := code_problem(code, "xml:lang", line):
            yield found
        if code.lower() in map(str.lower, codes):
            yield Problem(line, "a unit has one tuv a language", f"{code} is there twice")
        codes.append(code)
        yield from _variant_problems(tuv, line)
    if srclang.lower() not in {"", "*all*", *map(str.lower, codes)} and tuvs:
        yield Problem(
            start,
            "srclang is the language of a tuv of every unit",
            f"it is {srclang!r}, the unit has {', '.join(codes)}",
            "write the code of the source side alike in header and units",
        )


def _order_problems(node: Any, name: str, start: int) -> Iterator[Problem]:  # noqa: ANN401
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


def _variant_problems(tuv: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
    yield from _date_problems(tuv, line)
    yield from _order_problems(tuv, "seg", line)
    segs = [child for child in tuv if local(child) == "seg"]
    if len(segs) != 1:
        yield Problem(line, "a tuv has one seg", f"it has {len(segs)}")
    for seg in segs:
        if not text_of(seg).strip() and not len(seg):
            yield Problem(line_of(seg, line), "no seg is empty", "it is", "leave the unit out")
        yield from _inline_problems(seg, line)


def _inline_problems(seg: Any, line: int) -> Iterator[Problem]:  # noqa: ANN401
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
