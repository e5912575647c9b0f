"""Compounds that a document writes in one word and in another way: what is told, what not."""

from __future__ import annotations

import pytest
from test_check_pages import bitext

from aligner.check.noticed import HABIT
from aligner.check.spelt.joined_words import joined_words
from aligner.terms.units import units


def told(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Return words and suggestion of what is told of a translation."""
    return [(each.tgt, each.suggestion) for each in joined_words(list(units(bitext(list(pairs)))))]


def test_a_compound_apart_is_told_beside_the_same_in_one_word() -> None:
    """The commoner way is suggested, whatever the form; the Chinese is the same."""
    assert told(
        ("温室要保暖。", "The greenhouse is kept warm."),
        ("参观温室。", "They visit the greenhouses."),
        ("新建温室。", "They build a green house."),
    ) == [("green house", "greenhouse")]
    assert told(
        ("密文要保存。", "The cipher text is stored."),
        ("读取密文。", "It reads the cipher texts."),
        ("密文要删除。", "Ciphertext must be deleted."),
    ) == [("Ciphertext", "Cipher text")]


def test_a_word_that_no_dictionary_has_is_not_suggested() -> None:
    """It is told, but may be a term of its trade or a slip that came back."""
    pairs = [
        ("密文要保存。", "The ciphertext is stored."),
        ("读取密文。", "It reads the ciphertexts."),
        ("删除密文。", "It deletes the cipher text."),
    ]
    assert told(*pairs) == [("cipher text", "")]
    (found,) = joined_words(list(units(bitext(pairs))))
    assert "‘ciphertext’ 2×" in found.why


def test_a_hyphen_is_told_beside_one_word() -> None:
    """Forms of one verb are counted together."""
    assert told(
        ("学校复课。", "The school reopened."),
        ("剧院重开。", "The reopening of the theatre is near."),
        ("商店开门。", "The shop may re-open in May."),
    ) == [("re-open", "reopen")]
    assert told(
        ("发邮件。", "Send an e-mail."),
        ("收邮件。", "You get an e-mail."),
        ("邮件到了。", "The email is here."),
    ) == [("email", "e-mail")]


def test_of_two_that_is_kept_which_a_dictionary_has() -> None:
    """Once each way: a word in one, if it is a word."""
    assert told(
        ("数据库在这里。", "The data base is here."), ("数据库很大。", "The database is big.")
    ) == [("data base", "database")]
    assert told(
        ("短期票据", "Short-dated bills were sold."),
        ("短期国债", "He bought shortdated notes there."),
    ) == [("shortdated", "short-dated")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("This is open-source software.", "The software is open source."),  # no word in one
        ("He works every day.", "It is an everyday matter."),
        ("Please log in here.", "The login failed."),
        ("When rain falls, we stay.", "The rainfall was heavy."),
        ("She will resign.", "They re-sign the lease."),
        ("He may be late.", "Maybe he is late."),
        ("They met to get her a car.", "They went together."),
        ("We live in a green house.", "The greenhouse is hot."),  # nothing Chinese in common
    ],
)
def test_what_is_no_other_spelling(one: str, other: str) -> None:
    """Two words that stand beside each other are not the compound of their letters."""
    assert not told(("下雨的时候", one), ("句子很长", other))


def test_an_attribute_may_be_one_word_where_the_noun_is_two() -> None:
    """Frontline workers are at the front line, but not at the frontline."""
    assert not told(
        ("前线工人来了。", "The frontline workers came."),
        ("他在前线。", "He is at the front line."),
    )
    assert told(
        ("她在前线。", "She is at the front line."),
        ("前线很长。", "The front line is long."),
        ("他在前线。", "He is at the frontline."),
    ) == [("frontline", "front line")]


def test_capitals_inside_a_name() -> None:
    """A name has one spelling; a word of the language and families of one name are no names."""
    assert told(
        ("云港通上线。", "PortLink is online."),
        ("云港通好用。", "They like PortLink very much."),
        ("用云港通吧。", "Please use Portlink now."),
    ) == [("Portlink", "PortLink")]
    assert not told(("他来了。", "Here is MacBride."), ("她来了。", "Here is Macbride."))
    assert not told(("机场", "We met at Airport Road."), ("路由器", "It has an AirPort chip."))


def test_a_habit_is_told_once() -> None:
    """A compound that is written in both ways very often is one finding."""
    rare = [("密文要保存。", f"The ciphertext of file {n} is stored.") for n in range(HABIT + 1)]
    common = [("读取密文。", f"In room {n} is the cipher text.") for n in range(HABIT + 5)]
    assert told(*rare, *common) == [("ciphertext", "cipher text")]
