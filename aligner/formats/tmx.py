"""Translation memories in TMX 1.4 and older ones.

Of the languages of a file, the first Chinese one and the first English one are read;
variants of these (zh-TW beside zh-CN) serve where a unit lacks them. Codes of inline
elements leave nothing, marked text stays. Source: LISA, "TMX 1.4b Specification".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from aligner.errors import LanguageError
from aligner.formats.common.raw_pairs import (
    FORBIDDEN,
    BitextHead,
    BitextSource,
    RawPair,
    is_empty,
    probability,
    side,
    stated_probability,
)
from aligner.formats.common.unpaired_list import UNPAIRED
from aligner.formats.common.xml_elements import XML_LANG, elements, local
from aligner.formats.common.xml_inline import text_of
from aligner.lang.codes import lang_of, tidy
from aligner.span import Lang


def read_tmx(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the units of a translation memory that have Chinese or English text.

    Raises:
        FormatError: The file is no TMX.
        LanguageError: It has no Chinese or no English text at all.
    """
    seen: Counter[str] = Counter()
    for element in elements(source, roots=("tmx",), whole=("header", "tu")):
        if element.forbidden:
            head.leave_out(element.line, FORBIDDEN.format(element.forbidden))
        elif element.name == "header":
            _take_header(element.node, head)
        else:
            pair = _pair(element.node, head, seen)
            if not is_empty(pair):
                yield pair
    if seen:
        _check_languages(source, seen)


def _take_header(node: Any, head: BitextHead) -> None:  # noqa: ANN401 - lxml has no types
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
    seen.update(code for code, text in texts.items() if text)
    head.src_lang = head.src_lang or _first(texts, "zh")
    head.tgt_lang = head.tgt_lang or _first(texts, "en")
    props = {p.get("type", ""): p.text or "" for p in node.iterchildren("{*}prop", "prop")}
    notes = " ".join(n.text or "" for n in node.iterchildren("{*}note", "note"))
    src, tgt = _chosen(texts, head.src_lang, "zh"), _chosen(texts, head.tgt_lang, "en")
    return RawPair(
        side(src, props.get("x-src-ids"), props.get("x-src-span")),
        side(tgt, props.get("x-tgt-ids"), props.get("x-tgt-span")),
        probability(props.get("x-p"), props.get("x-score"), stated_probability(notes)),
        props.get("x-doc", ""),
    )


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
