"""What a column of a table holds, by the name that a program or a person gave it.

Bitexts, glossaries and manifests name their columns alike: by a code (zh-CN, ZH_HANS, CN),
by a language (Chinese (Simplified, China), 英文) or by a side (Source segment, 译文). A name
is known if each of its words is known, whatever the letter case, blanks, `_`, width and
variant of Chinese; a word in brackets that is not known, as in 英文（首选）, is set aside.

Sources of the words: ISO 639, Windows' names and abbreviations of locales (Chinese_PRC,
CHS), and the columns that CAT tools and Excel glossaries write (Source segment, 源语言).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, TypeVar, cast

from aligner.lang.codes import lang_of
from aligner.lang.shadow import shadow

Role = Literal["zh", "en", "first", "second", "status", "note"]
_Key = TypeVar("_Key")

_LATIN: Final[Mapping[str, str]] = {
    "zh": "chinese mandarin cantonese chs cht",
    "en": "english enu",
    "zh alone": "cn prc",  # a region in zh-CN and Chinese_PRC, the language by itself
    "first": "source src original",
    "second": "target tgt trg translation translations translated",
    "term": "term terms",  # beside a translation, the source
    "status": "status",
    "note": "comment comments note notes remark remarks",
    # these say nothing of the side
    "": "simplified simp traditional trad hans hant china mainland taiwan hong kong hongkong sar"
    " macau macao singapore malaysia tw hk mo sg my us usa uk gb united states kingdom america"
    " american british australia canada ireland india zealand new au ca nz ie in za"
    " text texts segment segments sentence sentences string language lang locale name"
    " file document administrative usage",
}
_HAN: Final[Mapping[str, str]] = {  # simplified; the longest that fits is taken
    "zh": "中文 汉语 汉文 汉字 华语 国语 普通话 简体 繁体 中 汉",
    "en": "英文 英语 英 美语",
    "first": "原文 原句 原语 原始 源文 源文件 源语 源语言 源",
    "second": "译文 译句 译语 译名 译法 译 目标 目标语 目标语言 目的语 翻译 对应词",
    "term": "术语 词条 名称",
    "status": "状态 用法 级别",
    "note": "备注 说明 附注 注释 注",
    "": "中国 大陆 台湾 香港 澳门 新加坡 美国 英国 加拿大 澳大利亚 名 词 文本 文件 文档 文 句子"
    " 句段 段落 语言 语种 版本 版 列",
}
_LONGEST: Final = 60  # characters of a name; more is a text
_BRACKETS: Final = re.compile(r"[(\[{<【〔].*?[)\]}>】〕]")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")  # sourceText
_WORD: Final = re.compile(r"[a-z]+|[㐀-鿿]+|[^\W\d_]+")


def _words(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: role for role, words in groups.items() for word in words.split()}


_ROLES: Final = _words(_LATIN) | _words(_HAN)
_HAN_WORD: Final = re.compile("|".join(sorted(_words(_HAN), key=len, reverse=True)))


@lru_cache(maxsize=1 << 10)
def role_of(name: str) -> Role | None:
    """Return what a column of this name holds; None if the name is not known.

    >>> [role_of(name) for name in ("Chinese (China)", "ZH_HANS", "CN", "源语言", "简体中文")]
    ['zh', 'zh', 'zh', 'first', 'zh']
    >>> [role_of(name) for name in ("Source (English)", "译文", "Target segment", "en-CN", "fr")]
    ['en', 'second', 'second', 'en', None]
    """
    if len(name) > _LONGEST:
        return None
    plain = shadow("".join(c for c in name if unicodedata.category(c) != "Cf")).text
    plain = _CAMEL.sub(" ", plain).lower()
    outside = [_roles_of(word) for word in _WORD.findall(_BRACKETS.sub(" ", plain))]
    inside = [
        role
        for bracket in _BRACKETS.findall(plain)
        for word in _WORD.findall(bracket)
        if (role := _roles_of(word)) is not None
    ]
    if None in outside or not outside:
        return None
    return _chosen({role for roles in (*outside, *inside) for role in roles or ()})


def names_term(name: str) -> bool:
    """Tell whether the name of a column says that there are terms, not sentences.

    >>> [names_term(name) for name in ("Term", "术语（中文）", "zh-CN", "原文")]
    [True, True, False, False]
    """
    plain = shadow(name).text.lower()
    return any("term" in (_roles_of(word) or ()) for word in _WORD.findall(plain))


def sides(
    roles: Sequence[tuple[Role | None, _Key]],
) -> tuple[dict[Literal["zh", "en"], _Key], tuple[_Key, _Key] | None]:
    """Return what a header says of the two sides: the columns of languages, or those of sides.

    Where one language is named, the other is the column of the other side: in `English,
    Source` the source is Chinese.

    Returns:
        The columns of both languages and None; or nothing and the columns of the source
        and the target, whose texts must tell their languages; or nothing and None.
    """
    named: dict[Role | None, _Key] = {}
    for role, key in roles:
        named.setdefault(role, key)
    found: dict[Literal["zh", "en"], _Key] = {
        lang: named[lang] for lang in ("zh", "en") if lang in named
    }
    if len(found) == 1:
        other = [named[side] for side in ("second", "first") if side in named]
        missing: Literal["zh", "en"] = "en" if "zh" in found else "zh"
        found |= {missing: other[0]} if other else {}
    if len(found) == 2:
        return found, None
    if "first" in named and "second" in named:
        return {}, (named["first"], named["second"])
    return {}, None


def _roles_of(word: str) -> frozenset[str] | None:
    """Return the roles that a word has, none if it has nothing to do with the side."""
    if word in _ROLES:
        return frozenset({_ROLES[word]})
    if lang := lang_of(word):
        return frozenset({lang})
    pieces = _HAN_WORD.findall(word)
    return frozenset(_ROLES[piece] for piece in pieces) if "".join(pieces) == word else None


def _chosen(roles: set[str]) -> Role | None:
    """Return what words of these roles say together: a language says more than a side."""
    for role in ("status", "note"):
        if role in roles:
            return cast("Role", role)
    for group in (("zh", "en"), ("zh alone",), ("first", "second"), ("term",)):
        found = [role for role in group if role in roles]
        if found:
            names = {"zh alone": "zh", "term": "first"}
            return cast("Role", names.get(found[0], found[0])) if len(found) == 1 else None
    return None
