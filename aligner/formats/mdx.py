"""MDX: Markdown with parts of a program, which are left out with a word on it.

Imports and exports, comments and expressions in braces are code. Components are tags to
Markdown; the text in them is read. What a component writes by itself, or says in its
attributes, is not.
Source: "What is MDX?", https://mdxjs.com/docs/what-is-mdx. Cost: linear.
"""

from __future__ import annotations

import re
from typing import Final

from aligner.messages import N_

MDX_NOTE: Final = N_(
    "MDX: imports, exports and expressions in braces are left out, and what components write"
    " by themselves; give the built pages as .html if that is text"
)
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE_LINE: Final = re.compile(
    r"(?:import\s+[\w{*\"']|export\s+(?:const|let|var|default|function|\{))"
)
_COMMENT: Final = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_IN_CODE: Final = re.compile(r"(`+)[^`\n]+\1")
_EXPRESSION: Final = re.compile(r"\{(?!/\*)[^{}\n#:]{0,500}\}")


def without_code(text: str) -> str:
    r"""Return the Markdown of MDX. Fenced code is left to Markdown.

    >>> without_code("import A from './a'\n\n# 标题 {props.name}\n\n`{a}` 是变量。{/* x */}")
    '\n\n# 标题 \n\n`{a}` 是变量。'
    """
    lines: list[str] = []
    fence, is_code = "", False
    for line in _COMMENT.sub("", text).split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence:
            # code at the head of a block goes on to the blank line behind it
            is_code = bool(line.strip()) and (is_code or bool(_CODE_LINE.match(line)))
        lines.append(line if fence else "" if is_code else _without_expressions(line))
    return "\n".join(lines)


def _without_expressions(line: str) -> str:
    pieces: list[str] = []
    start = 0
    for code in _IN_CODE.finditer(line):
        pieces += _EXPRESSION.sub("", line[start : code.start()]), code[0]
        start = code.end()
    return "".join([*pieces, _EXPRESSION.sub("", line[start:])])
