"""Scores as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from aligner.cli.wide_lines import left, right
from aligner.messages import _, ngettext
from aligner.scoring import Evaluation, Score


def scores_json(result: Evaluation, *, per_doc: bool) -> str:
    """Return one JSON object and a line end."""
    total = result.total
    data: dict[str, object] = {
        "documents": len(result.documents),
        "links": {"all": total.total._asdict(), "non-null": total.non_null._asdict()},
        "scores": _scores(result.scores),
        "kinds": {kind: n._asdict() for kind, n in total.kinds.items() if n.gold or n.test},
        "ece": result.calibration.ece if result.calibration else None,
    }
    if per_doc:
        data["per_doc"] = {doc.name: _scores(doc.scores) for doc in result.documents}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def scores_text(result: Evaluation, *, per_doc: bool) -> str:
    """Return the tables: conventions, kinds of links, and each document if wanted."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(result, per_doc=per_doc))


def _scores(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {name: score._asdict() for name, score in scores.items()}


def _lines(result: Evaluation, *, per_doc: bool) -> Iterator[str]:
    total = result.total
    if per_doc:
        yield f"{'F1':40}" + "".join(f"{name:>11}" for name in result.scores)
        for doc in result.documents:
            yield f"{doc.name:40}" + "".join(f"{s.f1:11.4f}" for s in doc.scores.values())
        yield ""
    yield (
        ngettext(
            "1 document, {gold} gold links ({gold2} non-null), {test} test links"
            " ({test2} non-null)",
            "{count} documents, {gold} gold links"
            " ({gold2} non-null), {test} test links"
            " ({test2} non-null)",
            len(result.documents),
        ).format(
            count=len(result.documents),
            gold=total.total.gold,
            gold2=total.non_null.gold,
            test=total.total.test,
            test2=total.non_null.test,
        )
    )
    yield f"{'':12}{'P':>8}{'R':>8}{'F1':>8}"
    for name, score in result.scores.items():
        yield f"{name:12}{score.p:8.4f}{score.r:8.4f}{score.f1:8.4f}"
    yield ""
    heads = (_("gold"), _("test"), _("right"), _("recall"), _("prec."))
    yield left(_("kind"), 12) + "".join(right(head, 8) for head in heads)
    for kind, n in total.kinds.items():
        if n.gold or n.test:
            row = f"{kind:12}{n.gold:8}{n.test:8}{n.hit:8}"
            yield row + _share(n.recall) + _share(n.precision)
    if result.calibration:
        yield ""
        yield (
            _("expected calibration error {ece:.4f} over {size} non-null links").format(
                ece=result.calibration.ece, size=result.calibration.size
            )
        )


def _share(value: float | None) -> str:
    return f"{'-':>8}" if value is None else f"{value:8.3f}"
