"""What the page of a review is given: rows with their paragraphs, headings, findings."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from review_pages import GROUPS, Served, document, served

from aligner.formats.outputs import BITEXT_FORMATS
from aligner.review.lattice_window import changed_runs
from aligner.span import Span


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    """Serve the sample; nothing realigns."""
    with served(tmp_path, [lambda: document(GROUPS)], encoder=False, lang="zh") as found:
        yield found


def ask(desk: Served, path: str, args: object = None) -> Any:  # noqa: ANN401 - JSON
    """Return what the API says."""
    data = None if args is None else json.dumps(args).encode()
    headers = {"Content-Type": "application/json"} if data is not None else {}
    request = Request(f"{desk.address}api/{path}", data, headers)  # noqa: S310 - our own address
    with urlopen(request) as reply:  # noqa: S310
        return json.load(reply)


def findings(desk: Served) -> list[dict[str, Any]]:
    """Look for findings and return them."""
    ask(desk, "docs/0/findings", {})
    for _ in range(200):
        found = ask(desk, "docs/0/findings")
        if found["state"] == "ready":
            return list(found["findings"])
        time.sleep(0.02)
    return pytest.fail(f"not ready: {found['state']}")


def test_the_settings_name_language_and_formats(desk: Served) -> None:
    """The page is told its language and every format that a bitext can be exported to."""
    found = ask(desk, "settings")
    assert (found["lang"], found["is_corpus"]) == ("zh", False)
    assert {one["name"] for one in found["formats"]} == {f.name for f in BITEXT_FORMATS.values()}


def test_rows_know_paragraphs_and_headings(desk: Served) -> None:
    """A sentence says whether its paragraph begins there and whether that is a heading."""
    rows = ask(desk, "docs/0/rows")["rows"]
    headings = [s["text"] for row in rows for s in row["tgt"] if s["heading"]]
    assert headings == ["Chapter One: The Old Bridge", "Chapter Two: The New Road"]
    for side in ("src", "tgt"):
        numbers = [s["paragraph"] for row in rows for s in row[side]]
        starts = [s["start"] for row in rows for s in row[side]]
        others = [a != b for a, b in zip([-1, *numbers], numbers, strict=False)]
        assert starts == others
    later = ask(desk, "docs/0/rows?from=4&count=1")["rows"]
    assert later == rows[4:5]
    outline = ask(desk, "docs/0/outline")["outline"]
    assert [(one["place"], one["src"]) for one in outline] == [
        (0, "第一章：老桥"), (8, "第二章：新路")]  # fmt: skip


def test_findings_follow_their_sentences(desk: Served) -> None:
    """A finding stands in the link of its sentence; a correction and a verdict settle it."""
    first, second = findings(desk)
    assert (first["place"], first["changed"], first["verdict"]) == (2, False, None)
    assert first["check"] == "terms"
    assert first["check_said"] in {"Terms", "术语"}
    links = desk.session.links
    ask(desk, "docs/0/act", {"action": "join", "links": [links[1].id, links[2].id]})
    again = ask(desk, "docs/0/findings")["findings"][0]
    rows = ask(desk, "docs/0/rows?filter=findings")["rows"]
    assert again["place"] == 1
    assert [row["findings"] for row in rows] == [[first["key"]], [second["key"]]]
    assert rows[0]["id"] == again["link"]
    act = {"action": "settle", "finding": first["key"], "answer": "accept"}
    ask(desk, "docs/0/act", act)
    assert ask(desk, "docs/0/rows?filter=findings")["total"] == 1
    sentence = rows[1]["tgt"][0]["id"]
    ask(desk, "docs/0/act", {"action": "correct", "sentence": sentence, "text": "On the bridge."})
    one, other = ask(desk, "docs/0/findings")["findings"]
    assert (one["verdict"]["answer"], one["changed"]) == ("accept", False)
    assert (other["verdict"], other["changed"]) == (None, True)
    ask(desk, "docs/0/act", {"action": "undo"})
    assert not ask(desk, "docs/0/findings")["findings"][1]["changed"]


def test_runs_that_differ() -> None:
    """What two lists have in common at their ends belongs to no run."""
    assert changed_runs([1, 2, 3], [1, 2, 3]) == []
    assert changed_runs([1, 2, 3], [1, 3]) == [(Span(1, 2), Span(1, 1))]
    assert changed_runs([1, 3], [1, 2, 3]) == [(Span(1, 1), Span(1, 2))]
    assert changed_runs([], [7]) == [(Span(0, 0), Span(0, 1))]
    assert changed_runs([1, 2, 3, 4, 5], [1, 9, 3, 8, 5]) == [
        (Span(1, 2), Span(1, 2)), (Span(3, 4), Span(3, 4))]  # fmt: skip
