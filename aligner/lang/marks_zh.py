"""Facts about Chinese text, simplified and traditional: marks, brackets, markers.

Source of the marks: GB/T 15834-2011, "General rules for punctuation", and for
traditional text the revised handbook of the Ministry of Education, Taipei, 2008.
The half-width forms are here too, since many texts mix them in.
"""

from __future__ import annotations

import re
from typing import Final

JOINER: Final = ""  # stands between two segments, and between two wrapped lines

ENDS: Final = "。！？!?｡﹖﹗"  # end a sentence wherever they stand
SOFT: Final = "；;"  # end no sentence, but one may be cut after them
DOTS: Final = ".．﹒"  # end a sentence only where they are no decimal point or marker
TRAILS: Final = "…—"  # end a sentence only before a closing mark or a new quotation

BRACKETS: Final = {
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "〔": "〕",
    "【": "】",
    "［": "］",
    "[": "]",
}
TITLE_BRACKETS: Final = "《〈【"  # hold a name or label: an end mark inside ends nothing
QUOTES: Final = {"“": "”", "‘": "’", "「": "」", "『": "』"}
CLOSERS: Final = "".join([*BRACKETS.values(), *QUOTES.values()])
OPENERS: Final = "".join([*BRACKETS, *QUOTES])

# After an end mark (and its closing marks) these show that the sentence goes on.
CONTINUES: Final = "，、；：,;:。！？)）》】”’」』"
# The same behind a closing quotation mark: “砰！”的一声, “谁？”等问题.
QUOTED_GOES_ON: Final = re.compile(
    "的(?![确確士])|了|[和与與或及](?=[“「『])|等(?=[，。、的等问問])|之[类類声聲]|一?[声聲]"
)
# Behind a quotation inside a sentence these need the subject that stands before it:
# 喊“来人！”便跑, 说“好。”就走; 以“我累。”为由.
SAME_SUBJECT: Final = re.compile(
    "[便就才又也再则則即遂并並而且时時]|[为為](?:由|名|题|題)|[还還](?!有)|然[后後]|随即|隨即|接[着著]|[后後](?![来來])"
)
# Before a quotation these take it as their object: 以“不必！”作答.
TAKING: Final = "以用把将將被像拿"

# Before a quotation these show that it is speech, with or without a colon.
SAYING: Final = "说說道问問喊叫答曰声聲"

# One Han character: the basic block, extension A, the compatibility block, the
# planes of the later extensions, and 〇, which is written in years and numbers.
HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Full-width figures, letters and dots to half-width ones: as many characters as before.
HALF_WIDTH: Final = {
    **{
        code: code - 0xFEE0
        for span in ("０９", "ＡＺ", "ａｚ")
        for code in range(ord(span[0]), ord(span[1]) + 1)
    },
    ord("．"): ord("."),
}
# Characters two columns wide, for the width of a line and for joining lines.
WIDE: Final = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
# Marks that Chinese fonts draw wide, although other fonts do not.
WIDE_HERE: Final = WIDE + "“”‘’…—·"

# The parts of a law or a book, as in 第三章.
DIVISIONS: Final = "章节節条條款项項编編篇回卷"
_NUMERAL = "[一二三四五六七八九十百零〇两兩\\d０-９]"

# What may stand at the head of a list item or heading and belongs to its text.
# A dot after one of these ends nothing: `1.总体要求`, `图3.`, `A.`.
DOTTED_MARKER: Final = re.compile(
    rf"(?:\W*(?:(?:附件|附录|附錄|附表|图|圖|表)?\s?{_NUMERAL}{{1,3}}"
    rf"|第{_NUMERAL}{{1,5}}[{DIVISIONS}]"
    r"|[A-Za-zＡ-ＺⅠ-ⅿ]|[IVXivx]{1,5})[.．])++\Z"
)
# Line beginnings that open a new unit wherever they are seen.
ITEM: Final = re.compile(
    rf"[•●■◆▪‣○◦★※]|[-*+–]\s|#{{1,6}}\s|>\s|{_NUMERAL}{{1,3}}、|[（(]{_NUMERAL}{{1,3}}[）)]"
    r"|[①-⓿❶-➓㈠-㈩]"
)
# Line beginnings that may also be the middle of a wrapped sentence, which only the
# end of the line before can tell: `第十条`, `2.`.
MAYBE_ITEM: Final = re.compile(
    rf"第{_NUMERAL}{{1,5}}[{DIVISIONS}]|{_NUMERAL}{{1,3}}[.．)）](?!\d)|[A-Za-z][.．)）]"
)
