"""Say every message in the reader's language: English as it is written, or Simplified Chinese.

A message stands in the code in English, inside `_("...")`, and is looked up when it is
said. What a message holds stands in braces and is put in afterwards, so that another
language can order it as it likes: `_("{name}: no such file").format(name=name)`. The
catalogue is `locale/zh_CN/LC_MESSAGES/aligner.po`; `scripts/messages` gathers the messages
into it and compiles it. A message without a translation is said in English.

The language is the one set by `set_language`, or that of the environment variable
ALIGNER_LANG, or that of the locale (LC_ALL, LC_MESSAGES, LANG). What programs read
(names of columns, keys, checks and severities) is the same in every language.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import SettingError

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES: Final = ("en", "zh")
VARIABLE: Final = "ALIGNER_LANG"
DOMAIN: Final = "aligner"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
CODES: Final = {"zh": "zh_CN"}  # of the catalogues
_set: list[str] = []  # what was asked for last is the last
_answering: ContextVar[str | None] = ContextVar("answering", default=None)  # of a thread


def set_language(name: str | None) -> None:
    """Say all messages of this process in a language from now on.

    Args:
        name: en or zh; a longer code such as zh-CN counts as its language. None: that of
            the environment.

    Raises:
        SettingError: There are no messages in it.
    """
    _set[:] = [] if name is None else [language_of(name)]


@contextmanager
def speaking(name: str | None) -> Iterator[None]:
    """Say messages in a language for a while; None changes nothing.

    >>> with speaking("zh"):
    ...     language()
    'zh'
    """
    before = _set[:]
    if name is not None:
        set_language(name)
    try:
        yield
    finally:
        _set[:] = before


@contextmanager
def answering(name: str) -> Iterator[None]:
    """Say messages of this thread alone in a language for a while.

    Args:
        name: en or zh.
    """
    token = _answering.set(name)
    try:
        yield
    finally:
        _answering.reset(token)


def language_of(name: str) -> str:
    """Return the language of a code as users and locales write it.

    Raises:
        SettingError: There are no messages in it.

    >>> language_of("zh_CN.UTF-8"), language_of("EN")
    ('zh', 'en')
    """
    code = name.strip().lower().replace("-", "_").partition(".")[0].partition("_")[0]
    if code not in LANGUAGES:
        raise SettingError(
            _("no messages in the language {name!r}").format(name=name),
            hint=_("choose en or zh, with --lang or in {variable}").format(variable=VARIABLE),
        )
    return code


def language() -> str:
    """Return the language in which messages are said: en or zh."""
    if asked := _answering.get():
        return asked
    if _set:
        return _set[-1]
    named = next((value for name in (VARIABLE, *_LOCALE) if (value := os.environ.get(name))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def _(message: str) -> str:
    """Return a message in the reader's language."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the message for a number of things in the reader's language.

    >>> ngettext("{count} place", "{count} places", 2).format(count=2)
    '2 places'
    """
    return _catalogue(language()).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext has for it
    """Return a message as it is; it is said in the reader's language later, by `_`."""
    return message


# What an operating system says most often when a file cannot be read or written.
REASONS_OF_SYSTEMS: Final = (
    N_("Permission denied"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("File too large"),
    N_("File name too long"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Broken pipe"),
    N_("Too many open files"),
    N_("Text file busy"),
    N_("Operation not permitted"),
)


def reason_of(error: Exception) -> str:
    """Return why the system refused something, in the reader's language where it is known."""
    return _(getattr(error, "strerror", None) or str(error))


# What libraries say of damaged files, in English alone.
_SAID_BY_LIBRARIES: Final = (
    N_("File is not a zip file"),
    N_("Bad CRC-32 for file {name}"),
    N_("Bad magic number for file header"),
    N_("File {name} is encrypted, password required for extraction"),
    N_("There is no item named {name} in the archive"),
    N_("That compression method is not supported"),
    N_("{mark} expected after {other}"),
    N_("unexpected end of data"),
    N_("Expecting value: line {line} column {column} (char {char})"),
    N_("Extra data: line {line} column {column} (char {char})"),
)


def library_words(error: Exception) -> str:
    """Return what a library says is wrong, in the reader's language where it is known.

    >>> library_words(ValueError("Bad CRC-32 for file 'a.xml'"))
    "Bad CRC-32 for file 'a.xml'"
    """
    said = str(error)
    for template in _SAID_BY_LIBRARIES:
        pieces = re.split(r"\{(\w+)\}", template)
        pattern = "".join(
            f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece)
            for number, piece in enumerate(pieces)
        )
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return _(template).format(**match.groupdict())
    return _(said)


@cache
def _catalogue(name: str) -> NullTranslations:
    # loaded when the first message is said
    from gettext import NullTranslations, translation

    if name not in CODES:
        return NullTranslations()
    return translation(DOMAIN, LOCALE_FOLDER, [CODES[name]], fallback=True)
