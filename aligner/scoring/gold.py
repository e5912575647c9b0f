"""Gold and test alignments beside each other: their files, and the units of their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aligner.errors import AlignmentError, ReadError, SettingError
from aligner.filenames import shown
from aligner.formats.common.link_lines import Link, read_text
from aligner.messages import _

_UNIT_ENDINGS = ("verse", "unit")


def read_units(gold: str | Path, side: str) -> tuple[str, ...]:
    """Return the unit (such as a Bible verse) of each sentence of a side.

    Args:
        gold: The gold alignment NAME.align; NAME.SIDE.verse or NAME.SIDE.unit stands
            beside it, one unit name a line.
        side: `zh` or `en`.

    Raises:
        ReadError: There is no such file, or it is not UTF-8.
    """
    gold = Path(gold)
    names = [gold.with_name(f"{gold.stem}.{side}.{ending}") for ending in _UNIT_ENDINGS]
    for path in names:
        if path.exists():
            return tuple(read_text(path).removesuffix("\n").split("\n"))
    raise ReadError(
        _("{gold}: no {name} or {name2} beside it").format(
            gold=gold, name=names[0].name, name2=names[1].name
        ),
        hint=_("units are joined only for gold that names them; leave --merge-units out"),
    )


def merge_units(
    links: Iterable[Link], src_units: Sequence[str], tgt_units: Sequence[str]
) -> tuple[Link, ...]:
    """Join neighbouring links that lie inside one and the same unit.

    For gold that knows only the units: two 1-1 links inside a verse are then as
    right as the 2-2 link of the gold. A joined link is as sure as its least sure
    part.

    Raises:
        AlignmentError: A link names a sentence that has no unit.
    """
    joined: list[Link] = []
    last: str | None = None
    for link in links:
        unit = _only_unit(link, src_units, tgt_units)
        joined.append(_join(joined.pop(), link) if unit is not None and unit == last else link)
        last = unit
    return tuple(joined)


def pair_files(gold: str | Path, test: str | Path) -> tuple[tuple[str, Path, Path], ...]:
    """Return (name, gold file, test file) of each document.

    Two folders are searched for `*.align` and paired by the path below the folder;
    test files without gold are left out.

    Raises:
        ReadError: Something is missing.
        SettingError: A file was given with a folder.
    """
    gold, test = Path(gold), Path(test)
    for path in (gold, test):
        if not path.exists():
            raise ReadError(_("{path}: no such file or folder").format(path=path))
    if gold.is_dir() != test.is_dir():
        raise SettingError(
            _("{gold} and {test}: one is a folder, the other a file").format(gold=gold, test=test),
            hint=_("give two files, or two folders with the same names in them"),
        )
    if not gold.is_dir():
        return ((shown(gold.stem), gold, test),)
    names = [path.relative_to(gold) for path in sorted(gold.rglob("*.align"))]
    _check_names(names, gold, test)
    return tuple((shown(name.with_suffix("")), gold / name, test / name) for name in names)


def _check_names(names: Sequence[Path], gold: Path, test: Path) -> None:
    if not names:
        raise ReadError(_("{gold}: no *.align files in this folder").format(gold=gold))
    missing = [name for name in names if not (test / name).is_file()]
    if missing:
        raise ReadError(
            _("{test}: {count} of {count2} documents are missing, first {missing}").format(
                test=test, count=len(missing), count2=len(names), missing=missing[0]
            ),
            hint=_("name the test files as in {gold}; an empty file counts as unaligned").format(
                gold=gold
            ),
        )


def _sides(link: Link, src: Sequence[str], tgt: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for side, numbers, units in (("zh", link.src, src), ("en", link.tgt, tgt)):
        for number in numbers:
            if number >= len(units):
                raise AlignmentError(
                    _("{link}: {side} sentence {number}, but only {count} have a unit").format(
                        link=link, side=side, number=number, count=len(units)
                    ),
                    hint=_("the gold and the test must be of the same sentences"),
                )
            yield number, side, units[number]


def _only_unit(link: Link, src_units: Sequence[str], tgt_units: Sequence[str]) -> str | None:
    units = {unit for _number, _side, unit in _sides(link, src_units, tgt_units)}
    return units.pop() if len(units) == 1 else None


def _join(a: Link, b: Link) -> Link:
    p = None if a.p is None or b.p is None else min(a.p, b.p)
    return Link(tuple(sorted({*a.src, *b.src})), tuple(sorted({*a.tgt, *b.tgt})), p)
