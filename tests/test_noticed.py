"""What the checks of references, leftovers and form report, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_check_pages import bitext

from aligner.check.checks.form import form
from aligner.check.checks.leftovers import leftovers
from aligner.check.checks.references import references
from aligner.check.checks.wrong_numbers import wrong_numbers
from aligner.check.noticed import Noticed
from aligner.terms.units import TextUnit, units

CHECKS: tuple[Callable[[Sequence[TextUnit]], Iterable[Noticed]], ...] = (
    wrong_numbers,
    references,
    leftovers,
    form,
)
PIECES = '第一二三条〔2019〕35号（()）[]【】“”「」"《》，,。.；: 馆的ａＢ①²aA'
PIECES += "the is was not 3% km 电话010"


def kinds(
    check: Callable[[Sequence[TextUnit]], Iterable[Noticed]], *pairs: tuple[str, str]
) -> list[str]:
    """Return the kinds of what a check finds in sentence pairs of one document."""
    return [found.kind for found in check(list(units(bitext(list(pairs)))))]


@given(st.text(PIECES, min_size=1, max_size=40), st.text(PIECES, min_size=1, max_size=40))
def test_any_texts_can_be_checked(src: str, tgt: str) -> None:
    """Whatever the texts, what is told of them lies in them and has a probability."""
    src, tgt = f"x{src}x", f"x{tgt}x"
    of_text = list(units(bitext([(src, tgt)])))
    for check in CHECKS:
        for found in check(of_text):
            for span, text in ((found.src_span, src), (found.tgt_span, tgt)):
                assert span is None or 0 <= span.start < span.stop <= len(text)
            assert 0 < found.p <= 1


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("（三）查阅档案；", "(c) to consult archives;"),
        ("三、工作安排", "III. Arrangements"),
        ("第九条 闭馆", "Article IX Closing"),
        ("第二章 借阅", "Chapter Two Lending"),
        ("依据沪文发〔2019〕35号文件", "under document Hu Wen Fa [2019] No. 35"),
        ("依据沪文发〔2019〕35号文件", "under Notice No. 35 (2019)"),
        ("增长一成[2]。", "It grew by a tenth.²"),
        ("增长一成①。", "It grew by a tenth.1"),
        ("他说“好”。", 'He said "yes".'),
        ("a)项适用。", "Item a) applies."),
        ("他笑了：）", "He smiled :)"),
    ],
)
def test_a_reference_in_another_form_is_one(zh: str, en: str) -> None:
    """Letters, Roman numerals, words and other brackets are the same label or number."""
    assert not kinds(references, (zh, en))


def test_a_label_that_neighbours_keep_is_missed() -> None:
    """Where nearly all labels of a document are kept, one that is not is told."""
    kept = [(f"{n}. 第{n}项", f"{n}. Item no. {n}") for n in range(1, 6)]
    assert kinds(references, *kept, ("6. 安静", "Silence")) == ["label"]
    assert not kinds(references, ("6. 安静", "Silence"))


def test_a_quotation_may_go_on_in_the_next_sentence() -> None:
    """A mark whose other half stands nearby is closed."""
    first = ("他说：“明天来，后天也来。”", "He said, “Come tomorrow.")
    assert kinds(references, first) == ["not closed"]
    assert not kinds(references, first, ("好。", "And the day after.” Fine."))


def test_chinese_in_brackets_or_quotation_marks_is_a_gloss() -> None:
    """Only Chinese that the English sentence needs as a word is left over."""
    assert not kinds(leftovers, ("福字", "The character “福” (福, fu) hangs upside down."))
    assert kinds(leftovers, ("福字", "The 福 hangs upside down.")) == ["Chinese characters"]


def test_names_in_latin_letters_are_no_english_sentence() -> None:
    """A title stays; a sentence with verbs is one that was not translated."""
    assert not kinds(
        leftovers, ("他写了The Old Man and the Sea by the Shore of Time。", "He wrote it.")
    )
    english = "本馆须知：Visitors who are late will not be let in if it is full today。"
    assert kinds(leftovers, (english, "Notice")) == ["English sentence"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("依照第（九）项办理。", "It is handled under Item (6)."),
        ("见第五部分。", "See Section 4."),
        ("名单见附件二。", "The list is in Annex 3."),
        ("名單見附錄二。", "The list is in Appendix C."),
        ("数据见表（三）。", "Data are in Table (4)."),
        ("如图五所示，", "As Figure 6 shows,"),
        ("依照第十八条第二款处罚。", "Punished under paragraph 3 of Article 18."),
        ("依照第二章办理。", "Handled under Chapter III."),
        ("适用第三、四款。", "Paragraphs 3 and 5 apply."),
        ("依照第十二条办理。", "Handled under Article Thirteen."),
    ],
)
def test_a_citation_by_another_number_is_told(zh: str, en: str) -> None:
    """Whatever the kind of place and the way its number is written."""
    assert kinds(references, (zh, en)) == ["citation"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("依照第九项办理。", "It is handled under item (ix)."),
        ("名单见附件二。", "The list is in Annex II."),
        ("数据见表（三）。", "Data are in the third table, not in Table 1."),
        ("依照第十八条第二款处罚。", "Punished under the second paragraph of Article 18."),
        ("依照前款第（一）项处罚。", "Punished under item (a) of paragraph 1."),
        ("第三条至第九条适用。", "Articles 3 to 9 apply."),
        ("第四条适用。", "Articles 3-9 apply."),
        ("符合第三方要求。", "It meets third-party requirements, see Section 8."),
        ("他在第三项比赛中获胜。", "He won the third event, item 7 of the day."),
        ("附件2份", "Annex 1 in two copies"),
        ("用表一表决心。", "Show in Table 4 how determined you are."),
        ("依照第二章的规定。", "As the rules say."),
        ("依照本条第一款。", "Under paragraph 1 of this Article 5."),
    ],
)
def test_a_citation_that_is_right_is_left_alone(zh: str, en: str) -> None:
    """Roman, letters, ordinals, ranges; and what is no citation."""
    assert not kinds(references, (zh, en))


def test_a_word_is_rightly_said_twice() -> None:
    """Grammar, names and beats double a word; a slip of the hand does it once."""
    for text in (
        "She had had enough.",
        "He sailed to Bora Bora.",
        "The clock went tick tick tick.",
        "They asked her her name.",
        "Kim Won-in in turn nodded.",
    ):
        assert not kinds(form, ("句子", text))
    assert kinds(form, ("句子", "We met in in the hall.")) == ["doubled word"]
    assert kinds(form, ("海洋与与渔业", "sea and fishery")) == ["doubled word"]
    assert not kinds(form, ("公众参与与监督", "participation and supervision by the public"))
    assert not kinds(form, ("安宁和和平", "quiet and peace"))


def test_how_a_document_is_typed_is_told_once() -> None:
    """Some full-width marks are slips, hundreds are one habit: one finding with the number."""
    some = [("票已售完。", f"Sold out， row {n}.") for n in range(5)]
    assert len(kinds(leftovers, *some)) == 5
    found = list(leftovers(list(units(bitext(some * 4)))))
    assert [each.kind for each in found] == ["full-width marks"]
    assert "19 more" in found[0].why
