"""What typer says of a command that was called wrongly, in the reader's language.

typer has no catalogue for these. Each is known by its English words, which are the message
with its names filled in; one that is not known stays English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from aligner.messages import N_, _

# The longer one first, where one begins like another.
SAID: Final = (
    N_("No such command {name}. Did you mean {names}?"),
    N_("No such command {name}"),
    N_("Missing command"),
    N_("Missing argument {name}. {what}"),
    N_("Missing argument {name}"),
    N_("Missing option {name}. {what}"),
    N_("Missing option {name}"),
    N_("No such option: {name} (Possible options: {names})"),
    N_("No such option: {name}"),
    N_("Option {name} requires an argument"),
    N_("Option {name} requires {count} arguments"),
    N_("Option {name} does not take a value"),
    N_("Argument {name} takes {count} values"),
    N_("Got unexpected extra argument(s) ({names})"),
    N_("Invalid value for {name}: {what}"),
    N_("Input should be a valid number, unable to parse string as a number"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    "Value error, {name} is not one of {names}",
    "Value error, {what}",
)
# Said in other words than typer's, which name the class of an exception.
_SHORTER: Final = {
    "Value error, {name} is not one of {names}": N_("{name} is not one of {names}"),
    "Value error, {what}": "{what}",
}
_NESTED: Final = "what"  # holds another message


def usage_words(message: str) -> str:
    """Return a message of typer's in the reader's language, without its full stop.

    >>> usage_words("Missing argument 'PAIR'.")
    "Missing argument 'PAIR'"
    """
    message = message.rstrip(".")
    for template in SAID:
        if match := _pattern(template).fullmatch(message):
            said = match.groupdict()
            if _NESTED in said:
                said[_NESTED] = usage_words(said[_NESTED])
            return _(_SHORTER.get(template, template)).format(**said)
    return message


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece)
            for number, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )
