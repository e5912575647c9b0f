"""XML parts of a package as a stream of begins, ends and texts, without a tree.

Where texts stand between elements, as in OpenDocument, a stream of elements does not do:
what follows an element is not known when it ends. No entity is expanded, nothing outside
is read, and libxml2's limits stay on (256 levels, 10 million characters of one text).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from aligner.messages import _


class XmlTarget(Protocol):
    """Takes what a part holds, in its order. Names have the prefix of their namespace."""

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """Take the beginning of an element with its attributes, named as they are."""

    def end(self, name: str) -> None:
        """Take its end."""

    def data(self, text: str) -> None:
        """Take a piece of text."""


@dataclass(slots=True)
class ElementRoom:
    """How many elements the parts of one file may still have."""

    left: int

    def take(self) -> None:
        """Count an element.

        Raises:
            ValueError: There are more than may be.
        """
        self.left -= 1
        if self.left < 0:
            raise ValueError(_("has more elements than a document of its size"))


@dataclass(slots=True)
class _Named:
    """Hands on what lxml tells, with short names."""

    target: XmlTarget
    spaces: Mapping[str, str]
    room: ElementRoom

    def start(self, tag: str, values: Mapping[str, str]) -> None:
        self.room.take()
        self.target.start(short(tag, self.spaces), values)

    def end(self, tag: str) -> None:
        self.target.end(short(tag, self.spaces))

    def data(self, text: str) -> None:
        self.target.data(text)

    def close(self) -> None:
        pass


def stream(raw: bytes, target: XmlTarget, spaces: Mapping[str, str], room: ElementRoom) -> None:
    """Tell a target what a part holds.

    Args:
        raw: The part.
        target: Is told.
        spaces: The prefix of each namespace; an element of another has none.
        room: Is used up.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well-formed XML.
        ValueError: It has more elements than may be, or the target refuses it.

    Cost: linear; nothing is kept.
    """
    from lxml import etree

    parser = etree.XMLParser(
        target=_Named(target, spaces, room),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    etree.fromstring(raw, parser)


def short(tag: str, spaces: Mapping[str, str]) -> str:
    """Return a name with the prefix of its namespace.

    >>> short("{urn:t}p", {"urn:t": "text"})
    'text:p'
    """
    space, _other, name = tag.removeprefix("{").rpartition("}")
    return f"{spaces.get(space, '')}:{name}"
