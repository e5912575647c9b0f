"""Which amounts in 元 are rendered in another money than 元 is in their document.

元 is the yuan, or the dollar of wherever a text speaks of. What it is shows from how a text
renders it, from `_OFTEN` amounts on. Of fewer amounts dollars are out of line where nothing
in the document leads to a dollar: it is in simplified characters, and names no land or money
of dollars. That a text renders all its 元 as dollars shows nothing if it speaks of China.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from aligner.lang.measures import DOLLARS, Units
from aligner.lang.number_match import Amount, MatchedNumbers
from aligner.lang.variants import simplified
from aligner.terms.units import TextUnit

_OFTEN: Final = 3  # amounts from which a text shows what its 元 is
_MOSTLY: Final = 0.75
_US: Final = frozenset({"USD"})
_OTHER_MONEY: Final = re.compile("[美港澳台]")  # America and others whose money is called 元
# lands of dollars, their money, and what stands for them where money is spoken of
_OF_DOLLARS: Final = re.compile(
    "美国|美元|美金|美钞|美方|美联储|纽约|华盛顿|华尔街|香港|港元|港币|港府|港人|港股|港交所|澳门|澳大利亚|澳洲|澳元"
    "|台湾|台北|台币|加拿大|加元|新加坡|新元|坡币|新西兰|纽元"
)
# of China: what only texts that speak of it have
_OF_CHINA: Final = re.compile(
    "人民币|我国|中国|国务院|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东"
    "|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)


def in_other_money(
    units: Sequence[TextUnit], matched: Sequence[MatchedNumbers | None], *, least_p: float
) -> Mapping[int, Sequence[Amount]]:
    """Return the amounts whose 元 is another money than in the rest of the document.

    Args:
        units: Sentence pairs.
        matched: Their numbers; None where a side is empty. As many.
        least_p: The probability from which a pair counts.

    Returns:
        The amounts, by the place of their unit, from 0.
    """
    amounts: defaultdict[str, list[tuple[int, Amount]]] = defaultdict(list)
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for n, (unit, found) in enumerate(zip(units, matched, strict=True)):
        texts[unit.doc].append(unit.src)
        for amount in found.amounts if found and unit.p >= least_p else ():
            if len(amount.zh_units) > 1 and "CNY" in amount.zh_units:  # 元 alone
                amounts[unit.doc].append((n, amount))
    foreign: defaultdict[int, list[Amount]] = defaultdict(list)
    for doc, of_doc in amounts.items():
        shown = _shown([amount for _n, amount in of_doc])
        text = "".join(map(simplified, "\n".join(texts[doc])))
        for n, amount in of_doc:
            if _is_other(amount.en_units, shown, units[n].src, text):
                foreign[n].append(amount)
    return foreign


def _shown(amounts: Sequence[Amount]) -> Units:
    """Return the money in which a text renders its 元 mostly, or nothing."""
    times = Counter(tuple(sorted(amount.en_units)) for amount in amounts)
    usual, count = max(times.items(), key=lambda item: (item[1], item[0]))
    return frozenset(usual) if count >= max(_OFTEN, _MOSTLY * len(amounts)) else frozenset()


def _is_other(money: Units, shown: Units, sentence: str, text: str) -> bool:
    """Tell whether an amount of 元 in a sentence of a text is in another money than 元 is."""
    dollars = money <= DOLLARS and not _OF_DOLLARS.search(text) and _is_of_mainland(sentence)
    if shown:
        return not money & shown or (dollars and bool(_OF_CHINA.search(text)))
    return dollars or (money == _US and _is_of_mainland(sentence))


def _is_of_mainland(sentence: str) -> bool:
    """Tell whether 元 is the yuan: a sentence is in simplified characters and names no other."""
    return not _OTHER_MONEY.search(sentence) and all(simplified(c) == c for c in sentence)
