"""XML of any size, element by element, from files that nobody vouches for.

Nothing outside the file is ever read, no DTD is loaded, and a file that defines
entities is refused, since no format of ours needs them. libxml2's own limits stay on:
256 levels of elements, 10 million characters of one text. What has been read is
dropped, so that memory does not grow with the file. A character that XML forbids, such
as `&#x1F;`, is told with the element that holds it (see `aligner.formats.common.xml_forbidden`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from aligner.errors import FormatError, ReadError
from aligner.formats.common.decode import canonical
from aligner.formats.common.raw_pairs import BitextSource
from aligner.formats.common.text_lines import open_binary
from aligner.formats.common.xml_forbidden import (
    Forbidden,
    Signs,
    forbidden_in,
    replace_signs,
    undefined_in,
)
from aligner.messages import _

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MOST_ELEMENTS: Final = 100_000  # in one unit
_BLOCK: Final = 65_536  # bytes, of a line without end
_BIG_LINE: Final = 65_535  # libxml2 does not count beyond


class Element(NamedTuple):
    """An element that begins, or one that is complete."""

    node: Any  # of lxml, which has no types
    name: str  # without its namespace
    line: int  # where it begins
    complete: bool
    forbidden: str = ""  # what makes a whole one unreadable, as written
    taken_out: str = ""  # the first control character that was taken out of it, as written
    undefined: str = ""  # the first reference that XML does not know, but whose sense is plain


def elements(
    source: BitextSource,
    *,
    roots: Collection[str],
    begins: Collection[str] = (),
    whole: Collection[str] = (),
) -> Iterator[Element]:
    """Yield the elements of a file with certain names, in the order of the file.

    Args:
        source: The file. If its encoding was told, that of its declaration is not used.
        roots: The names that its root may have.
        begins: Names of elements that are yielded when they begin, with their
            attributes, and when they end, without their content.
        whole: Names of elements that are yielded when they are complete, with all
            that is in them. Those inside another are not yielded.

    Raises:
        FormatError: The file has another root, is not well-formed, defines entities or
            goes beyond a limit. The line is named.
        ReadError: It cannot be read.

    Cost: linear; memory for the largest of the whole elements.
    """
    with open_binary(source) as file:
        walk = _Walk(source, frozenset(roots), frozenset(begins), frozenset(whole))
        yield from walk.run(file)


def local(node: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def namespace(node: Any) -> str:  # noqa: ANN401
    """Return the namespace of an element; empty if it has none."""
    return str(node.tag)[1:].rpartition("}")[0] if str(node.tag).startswith("{") else ""


def line_of(node: Any, unit: int) -> int:  # noqa: ANN401
    """Return the line of a node inside a whole element, or that of the element beyond 65,534."""
    line = node.sourceline or unit
    return unit if line >= _BIG_LINE else int(line)


class _Walk:
    """One pass over a file."""

    def __init__(
        self,
        source: BitextSource,
        roots: frozenset[str],
        begins: frozenset[str],
        whole: frozenset[str],
    ) -> None:
        self._source, self._roots, self._begins, self._whole = source, roots, begins, whole
        self._depth = self._inside = self._count = self._line = 0
        self._signs = Signs()

    def run(self, file: BinaryIO) -> Iterator[Element]:
        from lxml import etree

        told = self._source.encoding
        parser = etree.XMLPullParser(
            events=("start", "end"),
            encoding=canonical(told) if told else None,
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        number = 1
        try:
            while block := file.readline(_BLOCK):
                parser.feed(self._signs.put(block))
                yield from self._events(parser, number)
                number += block.endswith(b"\n")
            parser.feed(self._signs.rest())
            parser.close()
            yield from self._events(parser, number)
        except etree.XMLSyntaxError as error:
            where = f"{self._source.name}:{error.lineno or number}"
            raise FormatError(
                _("{where}: is not well-formed XML: {msg}").format(where=where, msg=error.msg),
                hint=_("save it again with the program that made it"),
            ) from error
        except (OSError, LookupError) as error:
            raise ReadError(
                _("{name}: cannot be read: {error}").format(name=self._source.name, error=error)
            ) from error

    def _events(self, parser: Any, number: int) -> Iterator[Element]:  # noqa: ANN401
        for event, node in parser.read_events():
            if event == "start":
                yield from self._start(node, number)
            else:
                yield from self._end(node)

    def _refuse_references(self, node: Any) -> None:  # noqa: ANN401
        """Refuse `&name;` of a DTD that is not at hand: the text would have a hole."""
        from lxml import etree

        for reference in node.iter(etree.Entity):
            raise FormatError(
                _("{name}:{line}: has the entity {text}, which is defined elsewhere").format(
                    name=self._source.name, line=self._line, text=reference.text
                ),
                hint=_("save it again with the characters themselves"),
            )

    def _start(self, node: Any, number: int) -> Iterator[Element]:  # noqa: ANN401
        if not self._depth:
            self._check_root(node)
        self._depth += 1
        if self._inside:
            self._count += 1
            if self._count > _MOST_ELEMENTS:
                raise FormatError(
                    _("{name}:{line}: more than {most_elements} elements in one unit").format(
                        name=self._source.name, line=self._line, most_elements=_MOST_ELEMENTS
                    ),
                    hint=_("check that this is the right file"),
                )
            return
        name = local(node)
        if name in self._whole:
            self._inside, self._count, self._line = self._depth, 0, number
        elif name in self._begins:
            if self._signs.used:
                replace_signs(node)
            yield Element(node, name, number, complete=False)

    def _end(self, node: Any) -> Iterator[Element]:  # noqa: ANN401
        depth, self._depth = self._depth, self._depth - 1
        if self._inside and depth > self._inside:
            return
        name = local(node)
        if self._inside:
            self._refuse_references(node)
            undefined = undefined_in(node) if self._signs.used else ""
            forbidden = forbidden_in(node) if self._signs.used else Forbidden()
            yield Element(node, name, self._line, True, *forbidden, undefined)  # noqa: FBT003
            self._inside = 0
        elif name in self._begins:
            yield Element(node, name, self._line, complete=True)
        _drop(node)

    def _check_root(self, root: Any) -> None:  # noqa: ANN401
        if local(root) not in self._roots:
            wanted = " or ".join(f"<{name}>" for name in sorted(self._roots))
            raise FormatError(
                _("{name}: its root is <{local}>, not {wanted}").format(
                    name=self._source.name, local=local(root), wanted=wanted
                ),
                hint=_("give the file the suffix of its format"),
            )
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and any(True for _other in dtd.iterentities()):
            raise FormatError(
                _("{name}: defines XML entities, which are refused").format(name=self._source.name),
                hint=_("save it again without a DTD of its own"),
            )


def _drop(node: Any) -> None:  # noqa: ANN401
    """Empty an element that is done with, and remove those before it."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
