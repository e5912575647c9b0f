"""Translation memories in TMX 1.4, the exchange format of translation programs.

Reading: of the languages of a file, the first Chinese one and the first English one are
read; variants of these (zh-TW beside zh-CN) serve where a unit lacks them. If the user named a
variant that the file has, it alone is read. Codes of inline
elements leave nothing, marked text stays. Older versions are read too.

Writing keeps these rules: `srclang` is the language of a `tuv` of every unit; language
codes are BCP 47; notes and props stand before the `tuv`s; no `seg` is empty; only
characters that XML allows. A unit without partner has no place in it and goes beside.

Its rules are in `tmx_rules`. Source: LISA, "TMX 1.4b Specification", 2005.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner import __version__
from aligner.bitext import Unit
from aligner.errors import LanguageError
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
from aligner.formats.common.unkept import INLINE_CODES, OTHER_TEXTS, codes_in, of_tmx
from aligner.formats.common.unpaired_list import NO_LIST, UNPAIRED, Aside
from aligner.formats.common.writing import together
from aligner.formats.common.xml_elements import XML_LANG, elements, local
from aligner.formats.common.xml_inline import text_of
from aligner.formats.common.xml_writing import TOOL, facts, source_first, xml_file, xml_text
from aligner.lang.codes import SIDE_NAMES, lang_of, tidy
from aligner.messages import N_, _
from aligner.span import Lang

_VARIANT: Final = N_("units hold a text in {} and in {}: the first is read")
_SERVES: Final = N_("units without a text in {} are read in {}")
_ABSENT: Final = N_("no text is in {}: the language is called so because you asked for it")
_LACKS: Final = N_("it has no text in {}")
_NEITHER: Final = N_("it has neither a Chinese nor an English text")
_BEGINS: Final = ("tmx", "body")
_CONFIRMED: Final = "x-confirmed"  # the prop of a unit that a person confirmed


def read_tmx(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a translation memory that have Chinese or English text.

    Raises:
        FormatError: The file is not TMX.
        LanguageError: It has no Chinese or no English text at all.
    """
    seen: Counter[str] = Counter()
    number = 0
    wanted = _wanted(source, head)
    for element in elements(source, roots=("tmx",), whole=("header", "tu")):
        number += element.name == "tu"
        head.take_out(element.line, element.taken_out)
        if element.forbidden:
            head.leave_out(element.line, forbidden_reason(element.forbidden))
        elif element.name == "header":
            _take_header(element.node, head)
        else:
            pair, lacks = _pair(element.node, head, seen, wanted)
            if lacks:
                head.leave_out(element.line, _(_LACKS).format(lacks))
            elif not is_empty(pair):
                yield pair._replace(number=number)
            elif any(True for _text in element.node.iter("{*}seg")):
                head.leave_out(element.line, _(_NEITHER))
    if seen:
        _check_languages(source, seen)


def _take_header(node: Any, head: BitextHead) -> None:  # noqa: ANN401 - lxml has no types
    head.source = "en" if lang_of(tidy(node.get("srclang", ""))) == "en" else "zh"
    if node.get("creationtool") == "aligner":
        head.signature = next((n.text or "" for n in node if local(n) == "note"), "")
    props = (n for n in node if local(n) == "prop" and n.get("type") == f"x-{UNPAIRED}")
    head.unpaired = next((n.text for n in props), None)


def _wanted(source: BitextSource, head: BitextHead) -> dict[Lang, str]:
    """Return the variants that the user named and the file has, by their languages.

    Cost: reads the file as far as the first text of each.
    """
    missing = {code for code in source.codes if lang_of(code)}
    if not missing:
        return {}
    asked = {lang: code for code in source.codes if (lang := lang_of(code))}
    for element in elements(source, roots=("tmx",), whole=("tu",)):
        missing -= {_code(tuv) for tuv in element.node.iterchildren("{*}tuv", "tuv")}
        if not missing:
            break
    head.tell(*(_(_ABSENT).format(code) for code in asked.values() if code in missing))
    return {lang: code for lang, code in asked.items() if code not in missing}


def _code(tuv: Any) -> str:  # noqa: ANN401
    return tidy(tuv.get(XML_LANG) or tuv.get("lang") or "")


def _pair(
    node: Any,  # noqa: ANN401
    head: BitextHead,
    seen: Counter[str],
    wanted: dict[Lang, str],
) -> tuple[RawPair, str]:
    """Return a unit, and the variant that it lacks though the user wants no other."""
    texts: dict[str, str] = {}
    head.unkept += of_tmx(node, ours=head.unpaired is not None)
    others = 0
    for tuv in node.iterchildren("{*}tuv", "tuv"):
        code = _code(tuv)
        others += not lang_of(code)
        seg = next(tuv.iterchildren("{*}seg", "seg"), None)
        if seg is not None:
            texts.setdefault(code, text_of(seg))
            head.unkept[INLINE_CODES] += codes_in(seg)
    head.unkept[OTHER_TEXTS] += others
    filled = [code for code, text in texts.items() if text]
    seen.update(filled)
    head.src_lang = wanted.get("zh") or head.src_lang or _first(texts, "zh")
    head.tgt_lang = wanted.get("en") or head.tgt_lang or _first(texts, "en")
    if len(filled) > 2:
        _tell_variants(filled, head)
    props = {p.get("type", ""): p.text or "" for p in node.iterchildren("{*}prop", "prop")}
    notes = [text for n in node.iterchildren("{*}note", "note") if (text := (n.text or "").strip())]
    read = [_chosen(texts, own, lang) for lang, own in _owns(head)]
    lacks = next(
        (own for (lang, own), code in zip(_owns(head), read, strict=True)
         if code not in {own, ""} and lang in wanted), ""
    )  # fmt: skip
    for (_lang, own), code in zip(_owns(head), read, strict=True):
        if code not in {own, ""} and not lacks:
            head.tell(_(_SERVES).format(own, code))
    src, tgt = (texts.get(code, "") for code in read)
    pair = RawPair(
        side(src, props.get("x-src-ids"), props.get("x-src-span"), props.get("x-src-times")),
        side(tgt, props.get("x-tgt-ids"), props.get("x-tgt-span"), props.get("x-tgt-times")),
        probability(props.get("x-p"), props.get("x-score"), stated_probability(" ".join(notes))),
        props.get("x-doc", ""),
        confirmed=confirmation(props[_CONFIRMED]) if _CONFIRMED in props else None,
        note="\n".join(notes),
    )
    return pair, lacks


def _owns(head: BitextHead) -> tuple[tuple[Lang, str], ...]:
    return ("zh", head.src_lang), ("en", head.tgt_lang)


def _tell_variants(codes: list[str], head: BitextHead) -> None:
    """Take down which of several variants of a language in one unit is read."""
    for lang in ("zh", "en"):
        found = [code for code in codes if lang_of(code) == lang]
        own = head.src_lang if lang == "zh" else head.tgt_lang
        read = own if own in found else next(iter(found), "")
        head.tell(*(_(_VARIANT).format(read, code) for code in found if code != read))


def _chosen(texts: dict[str, str], code: str, lang: Lang) -> str:
    """Return the code of the text that is read: that code, or the first of the language."""
    return code if texts.get(code) else _first(texts, lang)


def _first(texts: dict[str, str], lang: Lang) -> str:
    return next((code for code, text in texts.items() if text and lang_of(code) == lang), "")


def _check_languages(source: BitextSource, seen: Counter[str]) -> None:
    for lang, name in zip(("zh", "en"), SIDE_NAMES, strict=True):
        if not any(lang_of(code) == lang for code in seen):
            found = ", ".join(code or _("none named") for code in sorted(seen)) or _("none")
            raise LanguageError(
                _("{name}: no {language} text; its languages: {found}").format(
                    name=source.name, language=_(name), found=found
                ),
                hint=_("give a file with a Chinese (zh...) and an English (en...) side"),
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
    if unit.note:
        etree.SubElement(tu, "note").text = xml_text(unit.note)
    for name, value in props.items():
        etree.SubElement(tu, "prop", type=name).text = value
    sides = (bitext.src_lang, unit.src), (bitext.tgt_lang, unit.tgt)
    for language, text in source_first(bitext, *sides):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: language})
        etree.SubElement(tuv, "seg").text = xml_text(text)
    return tu
