"""What is wrong with a file: a value, since finding it is our work."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.lang.codes import is_well_formed, lang_of, tidy


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of a rule of a file's format."""

    line: int | None  # counted from 1; None where it is of the file as a whole
    rule: str  # what should be, in a few words
    message: str  # what is instead
    hint: str = ""  # what to do

    def __str__(self) -> str:
        """Return the problem on one line, as the command prints it."""
        where = "" if self.line is None else f"line {self.line}: "
        return f"{where}{self.rule}: {self.message}"


def forbidden_problem(character: str, line: int) -> Problem:
    """Return the problem of a character that XML forbids, even as a reference."""
    rule = "a file holds only characters that XML allows"
    return Problem(line, rule, f"it holds {character}", "delete it; programs refuse the file")


def code_problem(code: str | None, what: str, line: int) -> Problem | None:
    """Return what is wrong with a language code; None if nothing is.

    >>> print(code_problem("zh_CN", "xml:lang", 7))
    line 7: language codes are BCP 47, such as zh-CN: xml:lang is 'zh_CN'
    """
    rule = "language codes are BCP 47, such as zh-CN"
    if not code:
        return Problem(line, rule, f"no {what}", "name the language, such as zh-CN or en-US")
    if is_well_formed(code):
        return None
    better = tidy(code)
    hint = f"write {better}" if lang_of(code) else "write such as zh-CN, zh-TW, en-US or en-GB"
    return Problem(line, rule, f"{what} is {code!r}", hint)
