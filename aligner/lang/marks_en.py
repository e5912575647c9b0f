"""Facts about English text: marks, brackets, list markers, abbreviations.

Abbreviations: the prefix list of the Moses toolkit, which sacremoses carries
(P. Koehn and others, "Moses: Open Source Toolkit for Statistical Machine
Translation", ACL 2007, https://aclanthology.org/P07-2045), and ours below.
sacremoses is imported on first use: importing this module does no work.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

JOINER: Final = " "  # stands between two segments, and between two wrapped lines

ENDS: Final = "!?。！？｡﹖﹗"  # end a sentence unless it goes on in lower case
SOFT: Final = ";；"
BRACKETS: Final = {"(": ")", "[": "]", "（": "）", "［": "］", "《": "》", "〔": "〕", "【": "】"}
TITLE_BRACKETS: Final = "《"
QUOTES: Final = {"“": "”", "「": "」", "『": "』"}  # ‘ ’ are left out: ’ is an apostrophe too

_NUMBER = r"(?:\d{1,3}|[IVXLCivxlc]{1,6}|[A-Za-z])"
HEADS: Final = (
    r"(?:Article|Art|Chapter|Section|Sec|Part|Annex|Appendix|Schedule|Rule|Clause|Paragraph|Item"
    r"|Step|Table|Figure|Fig|Chart|Box|Note|Question|Case|Example)"
)

# What may stand at the head of a list item or heading and belongs to its text.
DOTTED_MARKER: Final = re.compile(rf"(?:\W*(?:\(?{_NUMBER}\)?|(?i:{HEADS})\.?\s+{_NUMBER})\.)++\Z")
# Line beginnings that open a new unit wherever they are seen.
ITEM: Final = re.compile(r"[•●■◆▪‣○◦★※]|[-*+–]\s|#{1,6}\s|>\s|[①-⓿❶-➓]")
# Line beginnings that may also be the middle of a wrapped sentence, which only the
# end of the line before can tell: `Article 5`, `(2)`, `2015.`.
MAYBE_ITEM: Final = re.compile(rf"\({_NUMBER}\)|{_NUMBER}[.)](?!\d)|{HEADS}\s+{_NUMBER}\b")

# Words that begin a sentence and hardly ever a name. After an abbreviation that may
# end a sentence (`U.S. The ...` but `U.S. Congress`) they decide.
STARTERS: Final = frozenset(
    """A After All Although Among An And Another Are As At Because Before Both But By Can Could
    Despite Did Do Does During Each Even Every Few For From Furthermore Given Had Has Have He Her
    Here His How However I If In Instead Is It Its Just Later Let Like Many Meanwhile Moreover Most
    Much My Nevertheless No Nonetheless Nor Not Nothing Now Of On Once One Only Or Other Our
    Perhaps She Should Since So Some Soon Such Than That The Their Then There Therefore These They
    This Those Though Through Thus To Under Unless Unlike Until Was We Were What When Where Whether
    Which While Who Why Will With Within Without Would Yes Yet You Your""".split()  # noqa: SIM905 - reads best as words
)
# A writer of `i think` does not begin sentences with capitals either. Not `i.e.`, `(i)`.
CARELESS: Final = re.compile(r"(?<![\w(.’'])i(?:['’](?:m|ve|ll|d)\b|(?= [a-z]{2,}\b))")
# Verbs of reporting: `"What?" Anna asked.` goes on after the quotation.
REPORTING: Final = (
    r"(?:said|says|asked|asks|cried|replied|answered|shouted|exclaimed|whispered|murmured|muttered"
    r"|thought|wondered|yelled|screamed|snapped|retorted|demanded|inquired|enquired|protested"
    r"|interrupted|remarked|roared|sneered|shrieked|growled|jeered)"
)
# A capital letter after these is a name of a kind, not an initial: `hepatitis B.`.
_LETTERED = re.compile(
    r"\b(?:and|or|to|vitamin|hepatitis|influenza|type|class|category|group|grade|plan|part|annex"
    r"|appendix|section|schedule|option|phase|team|block|building|than) [A-Z]\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?:[A-Za-zÀ-ɏ]+[.’'-])*[A-Za-zÀ-ɏ]+\Z")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
# A number or letter that an abbreviation announces; `No. I will not` has none.
_NUMERIC = re.compile(
    r"\([a-z]{1,4}\)|[(\[#]?(?:\d|[IVXLC]{2,}\b|[A-Z]\d|[A-Z](?=[).,:;])|[B-HJ-Z]\b)"
)
_FIRST_WORD = re.compile(r"[^\w\s]*(?!All rights reserved)([A-Za-z]+)(?!\.\s?[A-Z]\b)")
# Nobody is `U.S. Mr. Lin`, `p.m. Dr. Lin`: these begin a sentence behind an abbreviation.
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Messrs)\b")
_TITLE_OR_DEGREE = re.compile(r"(?:Dr|Prof|Miss|Sir|Madam)\b")
_NEVER_BEFORE_NAMES = frozenset({"a.m", "p.m", "A.M", "P.M", "A.D", "B.C", "Ph.D", "M.D"})
_NUMERO = re.compile(r"(?:\b[Nn][°º]|№)\Z")
# `5 ft. 6 in.`: a quantity and its smaller unit.
_UNIT = r"(?:ft|in|yds?|mi|lbs?|oz|st|hrs?|min|secs?|yrs?|mos?|wks?|gal|qt|pt|deg)"
_QUANTITY = re.compile(rf"\d\s?{_UNIT}\Z")
_SMALLER = re.compile(rf"\d+(?:[./]\d+)?\s?{_UNIT}\b")

# Ours. They stand before a name or a number and never end a sentence.
_ALWAYS = """approx ca cf dept Dept esp est excl ext incl op viz vs Approx Cf Ft Mt Mts Pres Tel tel
    Univ""".split()  # noqa: SIM905 - reads best as words
# These end no sentence before a number: `No. 187`, but `The answer is no. He left`.
_BEFORE_NUMBER = """Art Arts Cap Ch Chap Eq Ex Fig Figs Fl No Nos Para Paras Pt Pts Reg Regs Rm
    Sched Sec Sect Ver Vol Vols art arts c cap ch chap eq fig figs fl l ll max min n no nos p para
    paras pp pt r ref refs sec ver vol vols""".split()  # noqa: SIM905 - reads best as words
# These may end a sentence: a word of STARTERS after them shows that they do.
_MAY_END = """al A.D A.M B.A B.C B.Sc D.C E.U LL.B LL.M M.A M.D M.Sc P.M Ph.D U.K U.N U.S U.S.A a.m
    p.m Apr Aug Ave Bldg Blvd Bros Co Corp Cos Dec Dist Ed Eds Esq Feb Fri Inc Jan Jr Jul Jun Ltd
    Mar Mon Nov Oct Plc Prov Pte Pty Rd Sep Sept Sr St Thu Thurs Tue Tues Wed ed eds plc""".split()  # noqa: SIM905 - reads best as words


class Abbreviations(NamedTuple):
    """Words that a full stop follows without ending a sentence, case as written."""

    always: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    """Return the Moses prefixes and ours, in three classes; made once."""
    from sacremoses.corpus import NonbreakingPrefixes

    always, numeric = set(_ALWAYS), set(_BEFORE_NUMBER)
    for line in NonbreakingPrefixes().words("en"):
        word, _, note = line.partition(" ")
        if "NUMERIC_ONLY" in note:
            numeric.add(word)
        elif len(word) > 1 or word.islower():  # a capital alone is an initial: see below
            always.add(word)
    may_end = frozenset(_MAY_END)
    return Abbreviations(frozenset(always) - may_end - numeric, frozenset(numeric), may_end)


def is_abbreviation(before: str, after: str) -> bool:
    """Tell whether a full stop between two pieces of text ends a word, not a sentence.

    Args:
        before: The text up to the full stop; its last 40 characters are enough.
        after: The text behind it, without white space at its head.

    >>> is_abbreviation("according to Dr", "Wang and others")
    True
    >>> is_abbreviation("made in the U.S", "The others")
    False
    """
    if _NUMERO.search(before):
        return after[:1].isdecimal()
    token = (before.rsplit(maxsplit=1) or [""])[-1]
    found = _WORD.search(token)
    if not found or (found.group().isupper() and token[found.start() - 1].isdecimal()):
        return False  # H2O is no initial
    word, known = found.group(), abbreviations()
    if word in known.before_number or word.rpartition("-")[2] in known.before_number:
        return bool(_NUMERIC.match(after))
    if word in known.always or (_QUANTITY.search(before) and _SMALLER.match(after)):
        return True
    return _may_end(before, word) and not _ends_at(word, after)


def _may_end(before: str, word: str) -> bool:
    """Tell whether a word before a full stop is an abbreviation that may end a sentence."""
    if len(word) == 1 and word.isupper():
        return not _LETTERED.search(before)
    return word in abbreviations().may_end or bool(_ACRONYM.match(word))


def _ends_at(word: str, after: str) -> bool:
    """Tell whether what stands behind such an abbreviation begins a sentence."""
    if _TITLE.match(after) or (word in _NEVER_BEFORE_NAMES and _TITLE_OR_DEGREE.match(after)):
        return True
    return starts_sentence(after)


def starts_sentence(after: str) -> bool:
    """Tell whether a text begins with a word that begins sentences, not names."""
    first = _FIRST_WORD.match(after)
    return bool(first and first.group(1) in STARTERS)
