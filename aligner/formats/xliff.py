"""XLIFF 1.2 and 2, and the dialects of Trados Studio (sdlxliff) and memoQ (mqxliff).

The version is that of the file itself, whatever its suffix. Either language may be the
source. Where a `trans-unit` is segmented (`seg-source`), each segment is a unit;
suggestions (`alt-trans`, matches), parts that are not text and notes are passed over.
Sources: OASIS, "XLIFF Version 1.2", 2008, and "XLIFF Version 2.0", 2014.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count as count_from
from typing import Any, Final, NamedTuple

from aligner.errors import LanguageError
from aligner.formats.common.format_problem import Problem
from aligner.formats.common.raw_pairs import (
    BitextHead,
    BitextSource,
    RawPair,
    forbidden_reason,
    is_empty,
    probability,
    side,
    stated_probability,
)
from aligner.formats.common.source import document_id
from aligner.formats.common.unkept import of_xliff
from aligner.formats.common.unpaired_list import UNPAIRED
from aligner.formats.common.xml_elements import Element, elements, local, namespace
from aligner.formats.common.xml_inline import text_of
from aligner.formats.xliff12 import SIGNED_OFF, check_xliff12
from aligner.formats.xliff20 import REVIEWED, check_xliff20
from aligner.lang.codes import lang_of, tidy
from aligner.messages import _

_TOOL: Final = "aligner"
_BEGINS: Final = ("xliff", "file")
_WHOLE: Final = ("header", "trans-unit", "unit", "metadata")
_MOST_FOLDERS: Final = 6  # that a document's id names
_MARK: Final = re.compile(rf"{UNPAIRED} ([0-9a-f]{{16}})")


class _Originals:
    """What originals are called: by their last names, with more where these are alike.

    >>> called = _Originals()
    >>> [called.name(f"D:/{name}") for name in ("2020/a.docx", "2021/a.docx", "2020/a.docx")]
    ['a', '2021_a', 'a']
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def name(self, original: str) -> str:
        """Return the id of a document; nothing for none."""
        if not original:
            return ""
        if original not in self._names:
            name = next(name for name in _called(original) if name.casefold() not in self._taken)
            self._names[original] = name
            self._taken.add(name.casefold())
        return self._names[original]


def _called(original: str) -> Iterator[str]:
    """Yield ids for a document, ever longer ones."""
    parts = [part for part in re.split(r"[/\\]", original) if part.strip(".")] or [original]
    yield document_id(parts[-1])
    for count in range(2, min(len(parts), _MOST_FOLDERS) + 1):
        yield document_id("_".join(parts[-count:]))
    for number in count_from(1):
        digest = hashlib.sha256(f"{original}\n{number}".encode()).hexdigest()
        yield f"{document_id(parts[-1])}-{digest[:8]}"


class _FileFacts(NamedTuple):
    """What holds for the units of a file element."""

    source: str = ""  # language code
    target: str = ""
    doc: str = ""


class _Raw(NamedTuple):
    """A segment as it stands there, and what our own files say of it."""

    source: str
    target: str
    facts: Mapping[str, str]
    confirmed: bool = False
    note: str = ""


def read_xliff(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the segments of a file, or of all the files in it.

    Raises:
        FormatError: It is not XLIFF.
        LanguageError: A file in it is not of Chinese and English.
    """
    place, originals, number = _FileFacts(), _Originals(), 0
    for element in elements(source, roots=("xliff",), begins=_BEGINS, whole=_WHOLE):
        if element.name in _BEGINS:
            if not element.complete:
                place = _place(element.node, place, originals)
            continue
        head.take_out(element.line, element.taken_out)
        if element.forbidden:
            number += 1
            head.leave_out(element.line, forbidden_reason(element.forbidden))
            continue
        if element.name in {"header", "metadata"}:
            head.signature = head.signature or _signature(element.node)
            head.unpaired = head.unpaired or _mark(element.node)
            continue
        number += 1
        head.unkept += of_xliff(element.node, ours=head.unpaired is not None)
        for raw in _segments(element):
            pair = _pair(raw, place, head, f"{source.name}:{element.line}")
            if not is_empty(pair):
                yield pair._replace(number=number)


def _place(node: Any, before: _FileFacts, originals: _Originals) -> _FileFacts:  # noqa: ANN401
    """Return the place that a beginning `xliff` or `file` makes."""
    if local(node) == "xliff":
        return _FileFacts(tidy(node.get("srcLang", "")), tidy(node.get("trgLang", "")))
    return _FileFacts(
        tidy(node.get("source-language", "")) or before.source,
        tidy(node.get("target-language", "")) or before.target,
        originals.name(node.get("original", "")),
    )


def _signature(node: Any) -> str:  # noqa: ANN401
    if local(node) == "metadata":
        return _metadata(node).get("signature", "")
    return next((text for text in _notes(node) if not _MARK.fullmatch(text)), "")


def _mark(node: Any) -> str | None:  # noqa: ANN401
    """Return the mark of the list beside the file, if it says one."""
    if local(node) == "metadata":
        return _metadata(node).get(UNPAIRED)
    return next((found[1] for text in _notes(node) if (found := _MARK.fullmatch(text))), None)


def _notes(node: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the notes of ours in a header of XLIFF 1.2."""
    notes = (n for n in node if local(n) == "note" and n.get("from") == _TOOL)
    return (note.text or "" for note in notes)


def _segments(element: Element) -> Iterator[_Raw]:
    return _segments12(element.node) if element.name == "trans-unit" else _segments20(element.node)


def _segments12(node: Any) -> Iterator[_Raw]:  # noqa: ANN401
    children = _children(node)
    source, target = children.get("source"), children.get("target")
    note = _said(n for n in _own(node, "note") if n.get("from") != _TOOL)
    if "seg-source" in children:
        targets = _marked(target) if target is not None else {}
        for mid, mark in _marked(children["seg-source"]).items():
            yield _Raw(text_of(mark), _text(targets.get(mid)), {}, note=note)
            note = ""  # it is said once
        return
    state = target.get("state", "") if target is not None else ""
    confirmed = node.get("approved") == "yes" or state in {SIGNED_OFF, "final"}
    yield _Raw(_text(source), _text(target), _facts12(node), confirmed, note)


def _text(node: Any) -> str:  # noqa: ANN401
    return "" if node is None else text_of(node)


def _marked(node: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the segments of a text by their numbers; the text as a whole if it has none.

    What is marked as a segment inside another one belongs to that.
    """
    from lxml import etree

    marks: list[Any] = []
    walk = etree.iterwalk(node, events=("start",), tag="{*}mrk")
    for _other, mark in walk:
        if mark.get("mtype") == "seg":
            marks.append(mark)
            walk.skip_subtree()
    return {mark.get("mid", str(k)): mark for k, mark in enumerate(marks)} or {"0": node}


def _facts12(node: Any) -> dict[str, str]:  # noqa: ANN401
    own = namespace(node)
    notes = " ".join(n.text or "" for n in node if local(n) == "note" and namespace(n) == own)
    facts = {"note": stated_probability(notes) or ""}
    for group in node.iterchildren("{*}context-group"):
        if group.get("name", "").startswith(f"{_TOOL}-"):
            facts |= {c.get("context-type", ""): c.text or "" for c in group}
    return facts


def _segments20(node: Any) -> Iterator[_Raw]:  # noqa: ANN401
    facts: dict[str, str] = {}
    for metadata in node.iterchildren("{*}metadata"):
        facts |= _metadata(metadata)
    note = _said(n for notes in _own(node, "notes") for n in _own(notes, "note"))
    for segment in _own(node, "segment"):
        children = _children(segment)
        source, target = children.get("source"), children.get("target")
        confirmed = segment.get("state") in {REVIEWED, "final"}
        yield _Raw(_text(source), _text(target), facts, confirmed, note)
        facts, note = {}, ""  # they are of one link


def _own(node: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """Yield the children of a name that are of the node's own namespace."""
    own = namespace(node)
    return (child for child in node if local(child) == name and namespace(child) == own)


def _said(notes: Iterable[Any]) -> str:
    return "\n".join(text for note in notes if (text := (note.text or "").strip()))


def _metadata(node: Any) -> dict[str, str]:  # noqa: ANN401
    return {
        meta.get("type", ""): meta.text or ""
        for group in node.iterchildren("{*}metaGroup")
        if group.get("category") == _TOOL
        for meta in group.iterchildren("{*}meta")
    }


def _children(node: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the first child of each name that is of the node's own namespace."""
    own = namespace(node)
    found: dict[str, Any] = {}
    for child in node:
        if namespace(child) == own:
            found.setdefault(local(child), child)
    return found


def _pair(raw: _Raw, place: _FileFacts, head: BitextHead, where: str) -> RawPair:
    source, target = lang_of(place.source), lang_of(place.target)
    if not place.target:  # not translated yet, or left out
        target = {"zh": "en", "en": "zh"}.get(source or "")  # type: ignore[assignment]
    if {source, target} != {"zh", "en"}:
        raise LanguageError(
            _("{where}: the languages are {source} and {target}").format(
                where=where, source=place.source or _("none"), target=place.target or _("none")
            ),
            hint=_("give a file with a Chinese (zh...) and an English (en...) side"),
        )
    zh, en, facts = raw.source, raw.target, raw.facts
    codes = place.source, place.target
    if source == "en":
        head.source = "en"
        zh, en, codes = en, zh, codes[::-1]
    head.src_lang, head.tgt_lang = head.src_lang or codes[0], head.tgt_lang or codes[1]
    return RawPair(
        side(zh, facts.get("x-src-ids"), facts.get("x-src-span"), facts.get("x-src-times")),
        side(en, facts.get("x-tgt-ids"), facts.get("x-tgt-span"), facts.get("x-tgt-times")),
        probability(facts.get("x-p"), facts.get("note")),
        facts.get("x-doc") or place.doc,
        confirmed=raw.confirmed,
        note=raw.note,
    )


def check_xliff(source: BitextSource) -> Iterator[Problem]:
    """Yield what is wrong with a file by the rules of the version that it says of itself.

    Raises:
        FormatError: It is not well-formed XML, or defines entities.
        ReadError: It cannot be read.
    """
    root = next(elements(source, roots=("xliff",), begins=("xliff",)), None)
    if root is not None and root.node.get("version", "").startswith("2"):
        return check_xliff20(source)
    return check_xliff12(source)
