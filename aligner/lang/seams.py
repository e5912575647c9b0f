"""What the words at a line's end say: whether the text goes on in the next line.

Two kinds of evidence, both about the text alone; how long the lines are is for the
caller to look at.

Loose ends: a quotation mark or bracket that opens at a line's end belongs to what
follows, one that closes at a line's head to what went before.

A sentence that breaks off: a line without an end mark, and the next one ends a sentence.
That a heading stands above a sentence of its own is as likely, so more is asked: the
line ends in a comma or in a word that begins a phrase (的, 和, 把; the, of, and) or
inside a bracket, as no heading does, or it holds marks or words that headings lack.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh

Evidence = Literal["none", "some", "sure"]

_OPEN: Final = re.escape(zh.OPENERS + "{")
_CLOSE: Final = re.escape(zh.CLOSERS.replace("’", "") + "}")  # ’ is an apostrophe too
_PAIRS: Final = {**zh.BRACKETS, **zh.QUOTES, "{": "}"}
_OPENER_OF: Final = {close: opener for opener, close in _PAIRS.items()}
_MARK: Final = re.compile(f'["{_OPEN}{re.escape("".join(_OPENER_OF))}]')
_MARKS: Final = r"。！？!?｡.．…—–，、,；;：:'\"’"
_OPENS_LAST: Final = re.compile(rf"[{_OPEN}]\Z")
_CLOSES_FIRST: Final = re.compile(rf"[…—]*[{_MARKS}]{{0,3}}[{_CLOSE}]")
_ONLY_OPENS: Final = re.compile(rf"[…—–]*[{_OPEN}]+")
_ONLY_CLOSES: Final = re.compile(rf"[{_MARKS}]*[{_CLOSE}][{_CLOSE}{_MARKS}]*")

_ENDS: Final = re.compile(r"[。！？!?｡.…；;：:][\"'”’」』）)》】\]*_]*\Z")
_ENDS_SENTENCE: Final = re.compile(r"[。！？!?｡.…][\"'”’」』）)》】\]*_]*\Z")
_HAN_STOP: Final = re.compile(r"。(?=[^”’」』）)》】])")  # running text has more behind it
_LISTED: Final = re.compile(r"[;；] *(?:and|or|以及|及|和|或|或者)\Z")  # the next item follows
_IS_SO: Final = re.compile(r"是[^，]*的\Z")
_LABEL: Final = re.compile(r"[^，。：:,.]{1,10}[：:]")
# Chinese words behind which something must come, save at the end of words that may come
# last, such as 目的, 参与, 合并.
_OPEN_WORD: Final = re.compile(
    r"[，、]\Z|(?<![目])的\Z|(?<![参參赠贈])[与與]\Z|(?<![普])及\Z|(?<![合兼])[并並]\Z"
    r"|(?<![反应應相])[对對]\Z|(?<![服])[从從]\Z|[和或在把被将將于於而但到这這那该該其各每是不使让讓]\Z"
)
# Marks inside a line that headings lack, and words of which they hold one at most.
_CLAUSE: Final = re.compile(r"[，；。！？]")
_CLAUSE_WORD: Final = re.compile(r"[把被须須已了就也都还還又们們这這那很是在]")
# What is too short for a sentence of its own, save these: 请进。 谢谢。 略。
_SCRAP: Final = re.compile(rf"(?![请請谢謝略见見完])[{zh.HAN}]{{1,3}}[。！？]\Z")
_HAN: Final = re.compile(f"[{zh.HAN}]")
# The same for English.
_OPEN_ENGLISH: Final = frozenset(
    """a an the this these those its their his her our your my of and or nor but to in on at by for
    with from into onto upon under between among during before after about as if than that which
    who whose when where while because although though is are was were be been being has have had
    will would shall should may might can could must not""".split()  # noqa: SIM905 - reads best as words
)
_LAST_WORD: Final = re.compile(r"([A-Za-z]+)\Z")
_CLAUSE_ENGLISH: Final = re.compile(
    r"[,;:.!?][\"”’)]* | (?:is|are|was|were|has|have|had|will|would|shall|should|may|might|can"
    r"|could|must|do|does|did) "
)
_LONG_WORD: Final = re.compile(r"[A-Za-z][a-z]{3,}")


class Marks:
    """Which quotations and brackets are open after the lines of a block so far."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}

    def add(self, line: str) -> None:
        """Read a line. Cost: linear in its length."""
        for found in _MARK.finditer(line):
            mark = found.group()
            if mark == '"':
                self._open[mark] = 1 - self._open.get(mark, 0)
            elif mark in _PAIRS:
                self._open[mark] = self._open.get(mark, 0) + 1
            elif self._open.get(_OPENER_OF[mark], 0):
                self._open[_OPENER_OF[mark]] -= 1

    def is_open(self, mark: str) -> bool:
        """Tell whether what a mark would close is open."""
        return self._open.get(_OPENER_OF.get(mark, mark), 0) > 0


def is_loose(above: str, below: str, marks: Marks) -> bool:
    """Tell whether a mark at the seam of two lines belongs to the other line's text.

    One that opens must be closed by the next line, or stand alone; one that closes must
    find something open, or stand alone: many texts use one in place of the other.

    Args:
        above: A line.
        below: The next line.
        marks: What is open at the end of the line above.

    >>> is_loose("他走了。“", "来吧。”", Marks()), is_loose("甲。", "乙。", Marks())
    (True, False)
    """
    if above == '"' or below == '"':
        return marks.is_open('"')
    if _ONLY_OPENS.fullmatch(above) or _ONLY_CLOSES.fullmatch(below):
        return True
    first = _CLOSES_FIRST.match(below)
    if first:
        return marks.is_open(first.group()[-1])
    return bool(_OPENS_LAST.search(above)) and _closes(above[-1], below)


def _closes(opener: str, line: str) -> bool:
    """Tell whether a line closes what was opened before it."""
    closer = _PAIRS[opener]
    at, again = line.find(closer), line.find(opener)
    return at >= 0 and not 0 <= again < at


def _is_inside(above: str, below: str) -> bool:
    """Tell whether the seam of two lines stands inside brackets or a quotation."""
    opened = max(above.rfind(opener) for opener in _PAIRS)
    return (
        opened >= 0
        and _PAIRS[above[opened]] not in above[opened:]
        and _closes(above[opened], below)
    )


def only_opens(line: str) -> bool:
    """Tell whether a line holds nothing but marks that open a quotation or bracket."""
    return bool(_ONLY_OPENS.fullmatch(line))


def only_closes(line: str) -> bool:
    """Tell whether a line holds nothing but marks that close one, and end marks."""
    return bool(_ONLY_CLOSES.fullmatch(line))


def breaks_off(above: str, below: str) -> Evidence:
    """Tell how sure it is that a line breaks off in a sentence that the next one ends.

    >>> breaks_off("请于周五以前把各科的", "清单报来。"), breaks_off("先登记，再领取新版", "手册。")
    ('sure', 'some')
    >>> breaks_off("关于报送清单的通知", "请于周五以前报来。")
    'none'
    """
    tail = above[-60:]
    ended = _ENDS.search(tail) or _LISTED.search(tail) or _IS_SO.search(tail)
    ends = _ENDS_SENTENCE.search(below[-12:]) or _HAN_STOP.search(below)
    if ended or not ends or _LABEL.match(below):
        return "none"
    if _is_inside(above, below):
        return "sure"
    is_chinese = _HAN.search(above[-4:] + below[:4])
    return _chinese(above, below) if is_chinese else _english(above, below)


def _chinese(above: str, below: str) -> Evidence:
    if _OPEN_WORD.search(above[-4:]):
        return "sure"
    clause = _CLAUSE.search(above) or len(_CLAUSE_WORD.findall(above)) > 1
    return "some" if clause or _SCRAP.match(below) else "none"


def _english(above: str, below: str) -> Evidence:
    last = _LAST_WORD.search(above[-60:])
    if last and last[1] in _OPEN_ENGLISH:
        return "sure"
    if en.starts_sentence(below):
        return "none"
    long = _LONG_WORD.findall(above)
    running = 2 * sum(word[0].islower() for word in long) > len(long)
    clause = above.endswith(",") or (running and _CLAUSE_ENGLISH.search(above))
    return "some" if clause else "none"
