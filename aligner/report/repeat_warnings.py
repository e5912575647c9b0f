"""Say in words what one side of a bitext repeats and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from aligner.bitext import Bitext
from aligner.lang.repeats import Repeat, RepeatKind, repeats
from aligner.messages import _

_LIKE: Final = 0.5  # of a repeat's size, from which the other side has its like
_MOST: Final = 3  # of a kind that are told one by one
_SHOWN: Final = 30  # characters of the first line


def repeat_warnings(bitext: Bitext) -> Iterator[str]:
    """Yield a sentence for each block, table of contents and running head on one side only.

    Cost: linear in the text.
    """
    zh, en = [item.text for item in bitext.src], [item.text for item in bitext.tgt]
    found_zh, found_en = repeats(zh), repeats(en)
    for name, lines, mine, others in (
        (_("Chinese"), zh, found_zh, found_en),
        (_("English"), en, found_en, found_zh),
    ):
        for kind in _KINDS:
            alone = [one for one in mine if one.kind == kind and not _has_like(one, others)]
            alone.sort(key=_size, reverse=True)
            yield from (_TELL[kind](name, lines, one) for one in alone[:_MOST])
            if len(alone) > _MOST:
                yield _("{count} more of these on the {name} side").format(
                    count=len(alone) - _MOST, name=name
                )


def _size(one: Repeat) -> int:
    return one.times if one.kind == "head" else one.first.size


def _has_like(one: Repeat, others: Sequence[Repeat]) -> bool:
    """Tell whether the other side repeats something of the kind and about the size."""
    return any(
        other.kind == one.kind and _LIKE <= _size(other) / _size(one) <= 1 / _LIKE
        for other in others
    )


def _block(name: str, lines: Sequence[str], one: Repeat) -> str:
    return _(
        "sentences {first} of the {name} side stand again as {again}"
        " ({lines}), on this side only: if they were pasted twice, delete one"
    ).format(first=_range(one.first), name=name, again=_range(one.again), lines=_shown(lines, one))


def _contents(name: str, lines: Sequence[str], one: Repeat) -> str:
    return _(
        "sentences {first} of the {name} side ({lines}) look like a"
        " table of contents, which the other side lacks"
    ).format(first=_range(one.first), name=name, lines=_shown(lines, one))


def _head(name: str, lines: Sequence[str], one: Repeat) -> str:
    return _(
        "a line that looks like a running head or page number stands {times} times on the"
        " {name} side only ({lines})"
    ).format(times=one.times, name=name, lines=_shown(lines, one))


_KINDS: Final[tuple[RepeatKind, ...]] = ("block", "contents", "head")
_TELL: Final = {"block": _block, "contents": _contents, "head": _head}


def _range(span: tuple[int, int]) -> str:
    return _("{span} to {span2}").format(span=span[0] + 1, span2=span[1])


def _shown(lines: Sequence[str], one: Repeat) -> str:
    line = lines[one.first.start]
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"
