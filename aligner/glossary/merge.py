"""Single statements, each from one row, to entries: one for each term.

A statement says that a term may, or may not, be rendered by a target. Statements of one
term are brought together; one that is made twice is harmless, and two that contradict
each other are an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from aligner.errors import FormatError
from aligner.findings import Status
from aligner.glossary.entries import Entry, Glossary, Target, source_key, target_key
from aligner.messages import _, ngettext

_SHOWN: Final = 5  # rows in a note


class Statement(NamedTuple):
    """One term and one of its targets, as one place of a file says it."""

    src: str
    tgt: str
    status: Status
    place: str  # such as `row 7`
    note: str = ""
    cased: bool = False  # whether the capitals of the target count


class RowProblem(NamedTuple):
    """What is wrong at a place of a file, and what to do there."""

    place: str
    what: str
    do: str


def refuse(source: str, problems: Sequence[RowProblem]) -> None:
    """Raise if there are problems: the first one, and how many more there are.

    Raises:
        FormatError: Names the file and the place.
    """
    if not problems:
        return
    place, what, do = problems[0]
    more = len(problems) - 1
    others = _(" ({more} more like this or otherwise broken)").format(more=more) if more else ""
    raise FormatError(f"{source}: {place}: {what}{others}", hint=do)


def told(source: str, problems: Sequence[RowProblem]) -> str:
    """Return a note on rows that were left out: how many, where and why."""
    shown = [f"{place}: {what}" for place, what, _other in problems[:_SHOWN]]
    more = len(problems) - len(shown)
    rest = _("; and {more} more").format(more=more) if more else ""
    return ngettext(
        "{source}: 1 row was left out: {shown}{rest}",
        "{source}: {count} rows were left out: {shown}{rest}",
        len(problems),
    ).format(source=source, count=len(problems), shown=_("; ").join(shown), rest=rest)


def merge(
    statements: Iterable[Statement], source: str, notes: Sequence[str] = ()
) -> tuple[Glossary, list[RowProblem]]:
    """Return the glossary of some statements, and those of them that contradict others.

    Of two that contradict each other the first is kept. Cost: linear.
    """
    problems: list[RowProblem] = []
    terms: dict[str, dict[str, tuple[Target, str]]] = {}
    heads: dict[str, Statement] = {}
    noted: dict[tuple[str, str], dict[str, None]] = {}  # the notes of each target
    for said in statements:
        key, tgt = source_key(said.src), target_key(said.tgt)
        heads.setdefault(key, said)
        targets = terms.setdefault(key, {})
        old, place = targets.setdefault(
            tgt,
            (
                Target(" ".join(said.tgt.split()), said.status, said.note, cased=said.cased),
                said.place,
            ),
        )
        if old.status != said.status:
            what = _("{src}: {tgt!r} is {status}, but {status2} in {place}").format(
                src=said.src,
                tgt=said.tgt,
                status=_(said.status),
                status2=_(old.status),
                place=place,
            )
            problems.append(RowProblem(said.place, what, _("keep one of the two")))
        elif said.note:
            noted.setdefault((key, tgt), {}).update(dict.fromkeys(said.note.split("; ")))
    for (key, tgt), notes_of in noted.items():
        target, place = terms[key][tgt]
        terms[key][tgt] = replace(target, note="; ".join(notes_of)), place
    entries = tuple(
        Entry(head.src, tuple(target for target, _other in terms[key].values()), head.place)
        for key, head in heads.items()
    )
    return Glossary(entries, source, tuple(notes)), problems
