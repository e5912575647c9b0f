"""The notice that the product started from, where it is at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aligner import pipeline, scoring

SEED = Path(__file__).parents[2] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed pair is not at hand")


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s", "", text)


def test_every_gold_pair_is_a_bead_and_the_tails_are_alone(tmp_path: Path) -> None:
    """The Chinese tail from （六） and the English footer have no partner."""
    out = tmp_path / "out.jsonl"
    pipeline.align(SEED / "notice.zh.txt", SEED / "notice.en.txt", out=[out])
    beads = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    found = {(squeezed(b["src"]), squeezed(b["tgt"])) for b in beads}
    zh, en = ((SEED / f"notice.sent.{s}").read_text("utf-8").split("\n") for s in ("zh", "en"))
    for link in scoring.read_align(SEED / "notice.sent.align"):
        if not link.is_null:
            src = squeezed("".join(zh[i] for i in link.src))
            assert (src, squeezed("".join(en[j] for j in link.tgt))) in found, link
    alone = [b["src"] for b in beads if not b["tgt_ids"]]
    assert any(text.startswith("（六）") for text in alone)
    assert any(b["tgt"].startswith("Copyright") for b in beads if not b["src_ids"])


def test_split_beforehand_the_links_are_the_gold(tmp_path: Path) -> None:
    """With one sentence a line, F1 over all links is at least .98."""
    out = tmp_path / "notice.sent.align"
    pipeline.align(SEED / "notice.sent.zh", SEED / "notice.sent.en", out=[out], pre_split=True)
    gold, test = (scoring.read_align(p) for p in (SEED / "notice.sent.align", out))
    assert scoring.scores(scoring.count(gold, test))["all-links"].f1 >= 0.98
