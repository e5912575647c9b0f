"""The language of a run of the command: known before the commands are made, and kept to its end.

`--lang` is an option like others, which the commands parse. But the words of `--help` are
those of the language, so it is looked for among the words of the command line first.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Final

import typer

from aligner import messages
from aligner.errors import SettingError
from aligner.messages import N_

_OPTION: Final = "--lang"
_OTHER_MEANING: Final = "segment"  # a command whose own --lang is that of its document


def _check(name: str | None) -> str | None:
    if name is not None:
        messages.set_language(name)
    return name


MessageLanguage = Annotated[
    str | None,
    typer.Option(
        _OPTION,
        metavar="en|zh",
        is_eager=True,
        callback=_check,
        help=N_("Language of messages and reports; that of the locale by default."),
    ),
]


def asked(words: Sequence[str]) -> str | None:
    """Return the language that a command line asks for, as it is written; None if it does not.

    >>> asked(["check", "a.tmx", "--lang", "zh"]), asked(["--lang=en", "segment", "--lang", "zh"])
    ('zh', 'en')
    """
    found = None
    taken = False  # by the option before it
    for word in words:
        if taken:
            found, taken = word, False
        elif word in {"--", _OTHER_MEANING}:
            break
        elif word == _OPTION:
            taken = True
        elif word.startswith(f"{_OPTION}="):
            found = word.partition("=")[2]
    return found


@contextmanager
def spoken(words: Sequence[str]) -> Iterator[None]:
    """Say messages in the language of a command line; also those of typer and of workers."""
    try:
        name = messages.language_of(asked(words) or "")
    except SettingError:  # the option itself says so later
        name = messages.language()
    kept = {key: os.environ.get(key) for key in (messages.VARIABLE, "LANGUAGE")}
    domain = gettext.textdomain()
    with messages.speaking(name):
        os.environ[messages.VARIABLE] = name  # workers are processes of their own
        os.environ["LANGUAGE"] = messages.CODES.get(name, name)
        gettext.bindtextdomain(messages.DOMAIN, str(messages.LOCALE_FOLDER))
        gettext.textdomain(messages.DOMAIN)
        try:
            yield
        finally:
            gettext.textdomain(domain)
            for key, value in kept.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value
