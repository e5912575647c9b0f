"""A note in brackets that one side lacks is not taken into the link of its neighbour."""

from __future__ import annotations

import pytest

from aligner.align import best_steps
from aligner.align.bracketed_notes import in_brackets
from aligner.encode import load_encoder

LINES = [
    ("旧渡口在镇子东头。", "The old ferry is at the east end of the town."),
    ("每天有两班船开往对岸的县城。", "Two boats a day leave for the county town across the river."),
    ("船票是一块五角。", "A ticket costs one yuan and fifty fen."),
    ("赶集的人挑着鸡鸭上船。", "People going to market board with their hens and ducks."),
    ("大桥通车以后，船就停了。", "When the bridge opened, the boats stopped."),
    ("码头上的茶馆还开着。", "The tea house on the pier is still open."),
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("（全文有删节。）", True),
        ("(Ten fen are one jiao. – Tr.)", True),
        ("[The names were changed.].", True),
        ("(one) and (two)", False),
        ("(a) roads", False),
        ("He paid (in fen).", False),
        ("(", False),
        ("", False),
    ],
)
def test_what_stands_in_brackets(text: str, wanted: bool) -> None:  # noqa: FBT001 - a case
    """One pair of brackets holds all of the sentence, up to its end mark."""
    assert in_brackets(text) is wanted


def test_a_note_of_the_translator_has_no_partner() -> None:
    """It stays alone on either side; where words in brackets face it, they are linked."""
    src, tgt = (list(side) for side in zip(*LINES, strict=True))
    encoder = load_encoder("use")
    note, remark = "(A fen is a hundredth of a yuan. – Tr.)", "（分是一元的百分之一。）"

    def linked(zh: list[str], en: list[str]) -> list[tuple[int, int]]:
        steps = best_steps(zh, en, encoder=encoder)
        return [(s, t) for s, t, x, y, _ in steps if x == y == 1]

    first, rest = [(n, n) for n in range(3)], range(3, 6)
    noted, remarked = [*tgt[:3], note, *tgt[3:]], [*src[:3], remark, *src[3:]]
    assert linked(src, noted) == [*first, *((n, n + 1) for n in rest)]
    assert linked(remarked, tgt) == [*first, *((n + 1, n) for n in rest)]
    assert linked(remarked, noted) == [(n, n) for n in range(7)]
