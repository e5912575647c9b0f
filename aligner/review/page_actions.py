"""The actions that the page may ask for, by name, from the arguments of a request.

An argument that is missing, or of another kind, raises KeyError, TypeError or ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from aligner.review.session import Session
from aligner.review.values import FindingVerdict, ReviewChange

Args: TypeAlias = dict[str, Any]


def _int(args: Args, name: str) -> int:
    value = args[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(name)
    return value


def _ints(value: Any) -> list[int]:  # noqa: ANN401 - whatever was sent
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise TypeError("numbers")
    return value


def _text(args: Args, name: str) -> str:
    value = args[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _is_on(args: Args, name: str = "on") -> bool:
    value = args.get(name, True)
    if not isinstance(value, bool):
        raise TypeError(name)
    return value


def _settle(session: Session, args: Args) -> ReviewChange:
    answer, key = args["answer"], _text(args, "finding")
    if answer is None:
        return session.settle(key, None)
    if answer not in ("accept", "not an error", "right rendering"):
        raise ValueError(answer)
    text, term = (_text(args, name) if name in args else "" for name in ("text", "term"))
    return session.settle(key, FindingVerdict(answer, text, term))


def _relink(session: Session, args: Args) -> ReviewChange:
    groups = [(_ints(src), _ints(tgt)) for src, tgt in args["groups"]]
    return session.relink(groups, status="confirmed" if _is_on(args, "confirm") else "made")


def _unlink(session: Session, args: Args) -> ReviewChange:
    if "sentence" in args:
        return session.unlink(sentence=_int(args, "sentence"))
    return session.unlink(link=_int(args, "link"))


def _realign(session: Session, args: Args) -> ReviewChange:
    return session.realign_near([_int(args, "link")]) if "link" in args else session.realign_all()


ACTIONS: Final[dict[str, Callable[[Session, Args], ReviewChange | None]]] = {
    "join": lambda s, a: s.join(_ints(a["links"])),
    "split": lambda s, a: s.split(_int(a, "link"), _int(a, "src"), _int(a, "tgt")),
    "move": lambda s, a: s.shift(_int(a, "sentence"), up=_is_on(a, "up")),
    "unlink": _unlink,
    "relink": _relink,
    "split_sentence": lambda s, a: s.split_sentence(_int(a, "sentence"), _int(a, "at")),
    "join_sentences": lambda s, a: s.join_sentences(_int(a, "sentence")),
    "correct": lambda s, a: s.correct(_int(a, "sentence"), _text(a, "text")),
    "confirm": lambda s, a: s.confirm(_ints(a["links"]), on=_is_on(a)),
    "confirm_stretch": lambda s, a: s.confirm_stretch(_int(a, "first"), _int(a, "last")),
    "bookmark": lambda s, a: s.bookmark(_int(a, "link"), on=_is_on(a)),
    "note": lambda s, a: s.note(_int(a, "link"), _text(a, "text")),
    "realign": _realign,
    "settle": _settle,
    "undo": lambda s, _: s.undo(),
    "redo": lambda s, _: s.redo(),
}
