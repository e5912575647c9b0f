"""Which Chinese terms read as an entry of a glossary, and which as a piece of a sentence.

An entry is a noun or noun phrase in its bare form: no plural (们), no place in or time at
something (桌上, 到达时), no possessor (船长的帽子, 我外祖母), no list, no amount. What of these the
characters do not tell is told by English: 国内 is `domestic`, which no translation of 国 is,
but 脸上 is `face`, as 脸 is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from aligner.lang.marks_zh import HAN
from aligner.lang.shadow import shadow
from aligner.lexicon import cut_words, load_lexicon
from aligner.lexicon.gloss import plain_words, stem
from aligner.lexicon.verbs import is_verb
from aligner.span import Span
from aligner.terms.candidates.tags import LATIN_TAG, tag_of
from aligner.wording.content_words import content_key

_FUNCTION: Final = frozenset(
    "pcudrymqk"
)  # first letters of jieba's tags: 在 和 的 不 这 吗 十 个 们
_NUMERALS: Final = frozenset("mq")
_LIST: Final = frozenset("c")
_INSIDE_NO_TERM: Final = _LIST | {"p"}  # and a clause: 通过
_PLACES: Final = "f"  # tag of 中, 上: a place in something
# Localisers of one character, a closed class (Chao Yuen Ren, A Grammar of Spoken Chinese,
# 1968, chapter 7), and 时, which makes a time of what it follows.
_LOCAL: Final = frozenset("上下里中前后内外间边旁时处")
_NAMES: Final = 2  # capitals of a name of several words
_NAMES_AND_HEAD: Final = 3  # and of one with 和: Port and Waterways Board
_PLURAL: Final = "们"
_APART: Final = re.compile(rf"[{HAN}]\s+[{HAN}]")  # two cells of a table, a byline
_COMPOUNDS: Final = frozenset("nabjxe")  # first letters of tags of what makes compounds
_CLASSICAL: Final = ("之", "的")  # join what follows to what stands before: 之日起
_PRONOUNS: Final = (*"我你您他她它这那此该其某各每本", "任何", "所有", "一切")


def is_phrase(text: str, *, sure: bool = False) -> bool:
    """Tell whether a Chinese term reads as one term: no function word at an edge, no list.

    Args:
        text: The Chinese term.
        sure: It is likely a term by what both languages say, so that a verb at its end may be
            a noun (应急处置) and a preposition inside a piece of a word (端对端).

    >>> is_phrase("先导区"), is_phrase("在港口"), is_phrase("港口和码头"), is_phrase("船长的帽子")
    (True, False, False, False)
    >>> is_phrase("水手们"), is_phrase("港口上调50元"), is_phrase("冻结的账户")
    (False, False, True)
    """
    tags = _tags(text)
    return (
        bool(tags)
        and (tags[0][:1] not in _FUNCTION or (sure and _is_prefix(text)))
        and tags[-1][:1] not in _FUNCTION | {_PLACES}
        and (sure or len(tags) == 1 or tags[-1] != "v")  # a clause: 手段产生
        and not any(tag[:1] in (_LIST if sure else _INSIDE_NO_TERM) for tag in tags)
        and not any(_is_loose(a, b) for a, b in pairwise(tags))
    )


def _is_prefix(text: str) -> bool:
    """Tell whether a term begins with a numeral of one character: 多介质, 三大行动."""
    first = cut_words(shadow(text).text)[0].text
    return len(first) == 1 and not first.isdigit() and tag_of(first) == "m"


def leaves_verb(text: str, english: str, known: Mapping[str, str]) -> bool:
    """Tell whether what a term has before a shorter one is a verb that no English word is for.

    Args:
        text: The Chinese term.
        english: Its rendering.
        known: The renderings of shorter terms by their simplified text.

    >>> leaves_verb("检查急停按钮", "emergency switch", {"急停按钮": "stop button"})
    True
    >>> leaves_verb("检验机构", "inspection body", {"机构": "body"})
    False
    """
    plain, size = shadow(text).text, len(english.split())
    for part, other in known.items():
        verb = plain.removesuffix(part)
        if 1 < len(verb) < len(plain) and is_verb(verb) and 1 < size <= len(other.split()):
            words = {stem(piece) for word in english.split() for piece in plain_words(word)}
            if not any(words.intersection(key) for key in load_lexicon().glosses(verb)):
                return True
    return False


def is_name(text: str, english: str) -> bool:
    """Tell whether a Chinese term may be the name that English writes with capitals.

    A name may hold what a term may not, 和 and 的, and words that are numerals or adverbs
    elsewhere; but it is no list of two names, and ends with a word of its own.

    >>> is_name("余家坝", "Yujia Dam"), is_name("港务局须", "Port Authority")
    (True, False)
    >>> is_name("港口及航道委员会", "Port and Waterways Commission"), is_name("甲和乙", "A and B")
    (True, False)
    """
    tags = _tags(text)
    names = sum(word[:1].isupper() for word in english.split())
    joined = any(tag[:1] == "c" for tag in tags)
    return (
        bool(tags)
        and names >= (_NAMES_AND_HEAD if joined else _NAMES)
        and not text[:1].isdigit()
        and (tags[0][:1] not in _NUMERALS or english[:1].isupper())  # 五个营业日
        and tags[0][:1] not in _FUNCTION - set("mqd")
        and tags[-1][:1] not in _FUNCTION - set("mq") | {_PLACES}
        and (len(tags) == 1 or tags[-1] != "v")
        and not text.endswith("第")
    )


def _tags(text: str) -> list[str]:
    """Return the tags of a term's words; none if its characters tell that it is no term."""
    plain = shadow(text).text
    if (
        _APART.search(plain)
        or plain.endswith(_PLURAL)
        or (plain[:1] in _CLASSICAL and plain not in load_lexicon())
        or (len(plain) > 2 and plain.startswith(_PRONOUNS))
    ):
        return []
    tags = [tag_of(word.text) for word in cut_words(plain)]
    return ["n" if tag == LATIN_TAG else tag for tag in tags]


def _ends_local(words: Sequence[str]) -> bool:
    """Tell whether a term of three characters ends with a localiser that makes no word of it.

    >>> _ends_local(["范围", "内"]), _ends_local(["卫生间"])
    (True, False)
    """
    last = words[-1] if words else ""
    alone = len(last) == 1 or last not in load_lexicon()
    return last[-1:] in _LOCAL and alone and sum(map(len, words)) > 2


def _is_loose(one: str, two: str) -> bool:
    """Tell whether two tags make an amount (上调|50), or a noun or adjective before 的.

    What a verb does to a noun by 的 may be a term: 冻结的账户 is a frozen account.
    """
    return (one == "v" and two == "m") or (two[:1] == "u" and one[:1] != "v")


def is_local(text: str, english: str, known: Mapping[str, str]) -> bool:
    """Tell whether a term is a place in, or a time at, what English names alone.

    Args:
        text: The Chinese term.
        english: Its rendering.
        known: The renderings of other terms, in small letters, by their simplified text.

    >>> is_local("脸上", "face", {}), is_local("国内", "domestic market", {})
    (True, False)
    """
    plain = shadow(text).text
    rest, last = plain[:-1], plain[-1:]
    if not rest or last not in _LOCAL or not english.split():
        return False
    name = english[:1].isupper() and " " not in english  # 卡里 in a foreign name
    if not name and _ends_local([word.text for word in cut_words(plain)]):
        return True
    if known.get(rest) == english.casefold():
        return True
    head = {stem(part) for part in plain_words(english.rsplit(maxsplit=1)[-1])}
    single = [key for key in load_lexicon().glosses(rest) if len(key) == 1]
    whole = [key for key in load_lexicon().glosses(plain) if len(key) == 1]
    return any(key[0] in head for key in single) and not any(key[0] in head for key in whole)


def holds_shorter(text: str, english: str, known: Mapping[str, str]) -> bool:
    """Tell whether a part of a term, at either end, has the same rendering by itself.

    The longer one then has a word that no English one stands for: 登上|轮船, 轮船. Behind a verb
    or numeral a translation in the dictionary says the same.

    >>> holds_shorter("登上轮船", "steamer", {"轮船": "steamer", "登上轮船": "steamer"})
    True
    """
    plain, wanted = shadow(text).text, content_key(english)
    cut = cut_words(plain)
    edges = [word.span.start for word in cut][1:]
    parts = [plain[edge:] for edge in edges if len(plain) - edge > 1]
    key = tuple(stem(part) for word in english.split() for part in plain_words(word))
    acted = english.islower() and tag_of(cut[0].text)[:1] in {"v", "m"}  # 捕捞|龙虾, 数|小时
    if acted and any(key in load_lexicon().glosses(part) for part in parts):
        return True
    return any(
        content_key(rendering) == wanted and len(part) > 1 and _is_longer(plain, part)
        for part, rendering in known.items()
    )


def _is_longer(plain: str, part: str) -> bool:
    """Tell whether a term has more at one end than a suffix, such as 者 or 书."""
    if plain.startswith(part) and len(plain) > len(part):
        rest = plain[len(part) :]
        return len(rest) > 1 or tag_of(rest) == "v"
    return plain.endswith(part) and len(plain) > len(part)


def beside_noun(text: str, place: Span) -> bool:
    """Tell whether the word before or behind a place may make a longer term with it.

    >>> beside_noun("主密码已存", Span(1, 3)), beside_noun("输入密码。", Span(2, 4))
    (True, False)
    """
    plain = shadow(text).text
    if len(plain) != len(text):
        return False
    words = cut_words(plain)
    before = [w.text for w in words if w.span.stop == place.start]
    behind = [w.text for w in words if w.span.start == place.stop]
    return any(tag_of(word)[:1] in _COMPOUNDS for word in (*before, *behind))


def is_compound(plain: str, part: str) -> bool:
    """Tell whether a term is a part with one character more, that is no verb or function word.

    >>> is_compound("种公羊", "公羊"), is_compound("有阵雨", "阵雨")
    (True, False)
    """
    rest = plain.replace(part, "", 1)
    return len(rest) == 1 and tag_of(rest)[:1] not in _FUNCTION - _NUMERALS | {"v"}
