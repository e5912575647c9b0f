"""The text of a segment with inline elements, as TMX and XLIFF have them.

Elements that stand for codes of the original (`bpt`, `ph`, `x` and so on) leave
nothing, and no more does what is in them, such as the text of a footnote in `sub`.
Those that mark a text (`g`, `hi`, `mrk`, `pc`) leave it. A code that is named a line
break becomes one, and where a code stood between blanks one of them stays; `cp` of XLIFF 2
is the character that it stands for.
"""

from __future__ import annotations

from typing import Any, Final

from aligner.formats.common.xml_elements import local

_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut", "x", "bx", "ex", "sc", "ec", "sm", "em"})
_BREAKS: Final = {"ctype": "lb", "subType": "xlf:lb", "type": "lb"}


def text_of(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the text of an element. Cost: linear, without recursion."""
    if not len(node):
        return node.text or ""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            if inner is not node:
                pieces.append(_behind(inner, pieces))
        elif local(inner) in _CODES:
            pieces.append("\n" if _is_break(inner) else "")
            walk.skip_subtree()
        else:
            pieces.append(_character(inner) if local(inner) == "cp" else inner.text or "")
    return "".join(pieces)


def _behind(inner: Any, pieces: list[str]) -> str:  # noqa: ANN401
    """Return what stands behind an element, without a blank that would be there twice."""
    tail = inner.tail or ""
    if local(inner) in _CODES and tail.startswith(" "):
        before = next((piece for piece in reversed(pieces) if piece), "")
        return tail[1:] if before.endswith(" ") else tail
    return tail


def _is_break(node: Any) -> bool:  # noqa: ANN401
    return any(node.get(name) == value for name, value in _BREAKS.items())


def _character(node: Any) -> str:  # noqa: ANN401
    """Return the character of `<cp hex="001F"/>`; U+FFFD if there is none of that number."""
    try:
        return chr(int(node.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
