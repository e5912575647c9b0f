"""Words of grammar with which no term begins or ends: closed classes of Chinese.

牵头单位应当 is a term with the modal verb of its clause, 并由主管部门 one with the conjunction
before it. Such a run has the English of the term, so that company alone does not tell it from
one, and what is rendered in one way beside a modal verb would count as the longer term's.

Only words that are nothing else are listed: 会 is a society too (委员会), 能 energy (储能), 得 a
complement, 需要 a need, 本 one's own (本行). Before a verb 可, 不可 and 应 are what renewable and
payable end with (可再生能源, 不可撤销, 应纳税), and 或有 is contingent, so that these only close
no term. Simplified, as the texts are compared; the other script is folded to it.

Source: Y. R. Chao, "A Grammar of Spoken Chinese", University of California Press, 1968,
chapters 4 (particles), 7 (pronouns) and 8 (auxiliary verbs, prepositions, conjunctions), with
the written forms of laws and reports (须, 其, 该, 及).
"""

from __future__ import annotations

from typing import Final

_MODALS: Final = frozenset(
    "应当 应该 必须 须 可以 能够 不得 不能 不会 不应 务必".split()  # noqa: SIM905 - reads best as words
)
_PRONOUNS: Final = frozenset("其 该 此 这 那 各 某 每 我 你 您 他 她 它 咱".split())  # noqa: SIM905 - reads best as words
_PLURAL: Final = ("们", "些")  # 我们, 这些
_CONJUNCTIONS: Final = frozenset(
    "和 与 及 以及 或者 并 并且 而 而且 但 但是 且 若 如果 因为 因此 所以 虽然 由于".split()  # noqa: SIM905 - reads best as words
)
_PARTICLES: Final = frozenset("的 了 着".split())  # noqa: SIM905 - reads best as words
# Govern what follows; 对 and 在 begin terms (在建工程, 对公业务), and so does 被 (被保险人).
_COVERBS: Final = frozenset("由 把 将".split())  # noqa: SIM905 - reads best as words
# Behind a noun, before the verb of its clause or what it governs.
_BEHIND_NOUN: Final = frozenset("应 可 不可 可能 要 或 被 对 在 向".split())  # noqa: SIM905 - reads best as words
# Where or when, behind a noun: 宽限期内, 会议中. With 前 后 外 下 terms end (术后, 线下).
_LOCALIZERS: Final = frozenset(
    ("内", "中", "里", "上", "时", "起", "之前", "之后", "之内", "之间", "以内", "以来")
)
_LOCALIZERS_IN_TERMS: Final = frozenset("前 后 外 下 间 旁 期间 以前 以后 以外 以上 以下".split())  # noqa: SIM905 - reads best as words
_DEMONSTRATIVES: Final = ("这", "那")  # with a measure, 那块; 每 and 各 make terms (每股收益)
_EACH: Final = frozenset(
    "每个 每项 每位 每名 每种 每次 各个 各项 各位 各种 某个 某种 某些".split()  # noqa: SIM905 - reads best as words
)


_OPENERS: Final = _EACH | _MODALS | _PRONOUNS | _CONJUNCTIONS | _PARTICLES | _COVERBS


def opens_none(word: str) -> bool:
    """Tell whether no term begins with a word.

    >>> [opens_none(word) for word in ("并", "其", "可", "港口")]
    [True, True, False, False]
    """
    plural = len(word) > 1 and word.endswith(_PLURAL)
    pointed = len(word) > 1 and word.startswith(_DEMONSTRATIVES)
    return plural or pointed or word in _OPENERS


def closes_none(word: str) -> bool:
    """Tell whether no term ends with a word.

    >>> [closes_none(word) for word in ("应当", "可", "会", "港口")]
    [True, True, False, False]
    """
    return opens_none(word) or word in _BEHIND_NOUN or word in _LOCALIZERS


def is_localizer(word: str) -> bool:
    """Tell whether a word says where or when behind a noun.

    Unlike what no term ends with, 前 后 外 下 and 期间 are among them.

    >>> [is_localizer(word) for word in ("内", "期间", "后", "港口")]
    [True, True, True, False]
    """
    return word in _LOCALIZERS or word in _LOCALIZERS_IN_TERMS
