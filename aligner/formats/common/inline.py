"""The text of a segment with inline elements, as TMX and XLIFF have them.

Elements that stand for codes of the original (`bpt`, `ph`, `x` and so on) leave
nothing, and no more does what is in them, such as the text of a footnote in `sub`.
Those that mark a text (`g`, `hi`, `mrk`, `pc`) leave it. A code that is named a line
break becomes one; `cp` of XLIFF 2 is the character that it stands for.
"""

from __future__ import annotations

from typing import Any, Final

from aligner.formats.common.xmlstream import local

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
                pieces.append(inner.tail or "")
        elif local(inner) in _CODES:
            pieces.append("\n" if _is_break(inner) else "")
            walk.skip_subtree()
        else:
            pieces.append(_character(inner) if local(inner) == "cp" else inner.text or "")
    return "".join(pieces)


def _is_break(node: Any) -> bool:  # noqa: ANN401
    return any(node.get(name) == value for name, value in _BREAKS.items())


def _character(node: Any) -> str:  # noqa: ANN401
    """Return the character of `<cp hex="001F"/>`; U+FFFD if there is none of that number."""
    try:
        return chr(int(node.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
