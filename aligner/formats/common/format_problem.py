"""What is wrong with a file: a value, since finding it is our work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.errors import FormatError
from aligner.lang.codes import is_well_formed, lang_of, tidy
from aligner.messages import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of a rule of a file's format."""

    line: int | None  # counted from 1; None where it is of the file as a whole
    rule: str  # what should be, in a few words
    message: str  # what is instead
    hint: str = ""  # what to do

    def __str__(self) -> str:
        """Return the problem on one line, as the command prints it."""
        where = "" if self.line is None else _("line {line}: ").format(line=self.line)
        told = _("{rule}: {message}").format(rule=self.rule, message=self.message)
        return where + told


@dataclass(slots=True)
class Ids:
    """The ids that a file has used, with the lines where they stand first."""

    rule: str
    lines: dict[str, int] = field(default_factory=dict)

    def check(self, name: str | None, line: int) -> Iterator[Problem]:
        """Yield a problem if an id came before; no id is none.

        >>> ids = Ids("an id stands once")
        >>> [str(p) for n, line in (("a", 3), ("b", 4), ("a", 9)) for p in ids.check(n, line)]
        ["line 9: an id stands once: 'a' is there twice, first in line 3"]
        """
        if name and name in self.lines:
            message = _("{name!r} is there twice, first in line {lines}").format(
                name=name, lines=self.lines[name]
            )
            hint = _("give each its own, such as the document's name and a number")
            yield Problem(line, self.rule, message, hint)
        elif name:
            self.lines[name] = line


def forbidden_problem(character: str, line: int) -> Problem:
    """Return the problem of a character that XML forbids, even as a reference."""
    rule = _("a file holds only characters that XML allows")
    return Problem(
        line,
        rule,
        _("it holds {character}").format(character=character),
        _("delete it; programs refuse the file"),
    )


def undefined_problem(reference: str, line: int) -> Problem:
    """Return the problem of `&nbsp;` or an `&` alone, for which programs refuse a file."""
    rule = _("a file holds only references that XML knows")
    hint = _("write the character itself, and an ampersand as &amp;")
    return Problem(line, rule, _("it holds {reference}").format(reference=reference), hint)


def code_problem(code: str | None, what: str, line: int) -> Problem | None:
    """Return what is wrong with a language code; None if nothing is.

    >>> print(code_problem("zh_CN", "xml:lang", 7))
    line 7: language codes are BCP 47, such as zh-CN: xml:lang is 'zh_CN'
    """
    rule = _("language codes are BCP 47, such as zh-CN")
    if not code:
        return Problem(
            line,
            rule,
            _("no {what}").format(what=what),
            _("name the language, such as zh-CN or en-US"),
        )
    if is_well_formed(code):
        return None
    better = tidy(code)
    hint = (
        _("write {better}").format(better=better)
        if lang_of(code)
        else _("write such as zh-CN, zh-TW, en-US or en-GB")
    )
    return Problem(line, rule, _("{what} is {code!r}").format(what=what, code=code), hint)


def from_error(error: FormatError, name: str, rule: str) -> Problem:
    """Return an error of a reader as a problem, with the line that it names."""
    message = str(error).removeprefix(name)
    found = re.match(r":(\d+): ", message)
    text = message[found.end() :] if found else message.removeprefix(": ")
    return Problem(int(found[1]) if found else None, rule, text, error.hint)
