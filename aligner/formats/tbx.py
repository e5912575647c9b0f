"""TBX, the exchange format of termbases: version 2 (martif) and version 3, DCA and DCT.

Of a concept are read its Chinese and English terms, their administrative status and
their notes. A concept that lacks one of the languages is passed over and counted: a
termbase may hold terms that nobody has translated yet. The status of a Chinese term is
not looked at, since it stands in the text whether it should or not. The file is parsed in
one pass that keeps no tree, without entities, DTD or network.

A glossary is written as TBX-Basic, one concept an entry. TBX has no status for what is
forbidden or only proposed: such a target is deprecated or admitted for other programs, and a
note beside it says what it is, from which it is read again. Only characters that XML allows;
others are U+FFFD. Sources: ISO 30042:2008 and 2019; the dialect TBX-Basic, https://www.tbxinfo.net.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from aligner.errors import FormatError
from aligner.findings import Status
from aligner.formats.common.decode import canonical
from aligner.formats.common.glossary_columns import status_of
from aligner.formats.common.glossary_rows import MOST_IN_ROW, GlossaryTable, check_size
from aligner.formats.common.source import Source
from aligner.formats.common.writing import writing_bytes
from aligner.formats.common.xml_elements import (
    XML_LANG,
)
from aligner.formats.common.xml_forbidden import Forbidden, Signs, forbidden_in
from aligner.formats.common.xml_writing import xml_text
from aligner.glossary.entries import STATUSES, Entry, Glossary, Target, has_letter
from aligner.glossary.merge import RowProblem, Statement
from aligner.lang.codes import lang_of
from aligner.messages import N_, _

_ROOTS: Final = ("martif", "tbx")
_TERM_LISTS: Final = frozenset({"tig", "ntig", "termSec"})
_STATUS_TYPES: Final = frozenset({"administrativeStatus", "normativeAuthorization", "usageStatus"})
_ANY_STATUS: Final = "status"  # ends the name of a field that programs add: termStatus, x-Status
_NAMED: Final = 5  # concepts in a note
_LAST_LINE: Final = 65_535  # libxml2 does not count beyond
_ENTITY: Final = ["<!ENTITY".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be")]
_STATUS_HINT: Final = N_(
    "use preferredTerm-admn-sts, admittedTerm-admn-sts or deprecatedTerm-admn-sts"
)
_STATUS: Final[dict[Status, str]] = {
    "preferred": "preferredTerm-admn-sts",
    "proposed": "admittedTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_WEAKER: Final[dict[Status, Status]] = {"proposed": "admitted", "forbidden": "deprecated"}
_STATUS_NOTE: Final = "status: "  # before a status that TBX has not
_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"  # of version 3


def read_tbx(source: Source) -> tuple[GlossaryTable, tuple[str, ...]]:
    """Return what a termbase says, and notes on the reading. Cost: linear.

    Raises:
        FormatError: It is no well-formed TBX, or defines entities.
        SettingError: There is no such encoding.
    """
    if any(sign in source.raw for sign in _ENTITY):
        raise FormatError(
            _("{name}: defines XML entities, which no termbase needs").format(name=source.name),
            hint=_("export it from the termbase again"),
        )
    table, alone = GlossaryTable([], [], ()), 0
    spoilt, cleaned = list[str](), list[str]()
    signs = Signs()
    try:
        walk = etree.iterparse(
            BytesIO(signs.put(source.raw) + signs.rest()),
            events=("end",),
            tag=("{*}termEntry", "{*}conceptEntry"),
            encoding=canonical(source.encoding) if source.encoding else None,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for number, (_other, concept) in enumerate(walk, start=1):
            forbidden = forbidden_in(concept) if signs.used else Forbidden()
            if any(forbidden):
                which = spoilt if forbidden.refused else cleaned
                which.append(f"{_place(number, concept.sourceline)}: {''.join(forbidden)}")
            if forbidden.refused:
                _drop(concept)
                continue
            said = list(_statements(concept, number, table.problems))
            table.statements.extend(said)
            alone += not said
            check_size(table, source.name)
            _drop(concept)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            _("{name}: is not well-formed XML: {error}").format(name=source.name, error=error),
            hint=_("export it from the termbase again, as TBX"),
        ) from error
    root = "" if walk.root is None else _name(walk.root)
    if root not in _ROOTS:
        raise FormatError(
            _("{name}: its root is <{root}>, not <martif> or <tbx>").format(
                name=source.name, root=root
            ),
            hint=_("export the termbase as TBX"),
        )
    return table, tuple(_notes(alone, spoilt, cleaned))


def _notes(alone: int, spoilt: list[str], cleaned: list[str]) -> Iterator[str]:
    """Say which concepts were not read, or not as they stand."""
    if alone:
        yield _("{alone} concepts without a Chinese or an English term were not read").format(
            alone=alone
        )
    if spoilt:
        yield _("not read, with characters that XML forbids: {spoilt}{more}").format(
            spoilt="; ".join(spoilt[:_NAMED]), more=_more(spoilt)
        )
    if cleaned:
        yield _("read without control characters, which XML forbids: {cleaned}{more}").format(
            cleaned="; ".join(cleaned[:_NAMED]), more=_more(cleaned)
        )


def _more(places: list[str]) -> str:
    """Say how many are not named."""
    rest = len(places) - _NAMED
    return _(" and {count} more").format(count=rest) if rest > 0 else ""


def _statements(
    concept: Any,  # noqa: ANN401 - lxml has no types
    number: int,
    problems: list[RowProblem],
) -> Iterator[Statement]:
    """Yield the statements of one concept: every Chinese term with every English one."""
    sides: dict[str, list[Any]] = {"zh": [], "en": []}
    for group in concept.iter("{*}langSet", "{*}langSec"):
        side = lang_of(group.get(XML_LANG) or group.get("lang") or "") or ""
        if side in sides:
            sides[side] += [e for e in group.iter("{*}*") if _name(e) in _TERM_LISTS]
    if len(sides["zh"]) * len(sides["en"]) > MOST_IN_ROW:
        what = _("{count:,} terms with {count2:,} targets each").format(
            count=len(sides["zh"]), count2=len(sides["en"])
        )
        do = _("write a concept for each term")
        problems.append(RowProblem(_place(number, concept.sourceline), what, do))
        return
    for english in sides["en"]:
        place = _place(number, english.sourceline)
        word = _status_word(english)
        status = status_of(word)
        if status is None:
            problems.append(
                RowProblem(place, _("unknown status {word!r}").format(word=word), _(_STATUS_HINT))
            )
            continue
        status, said = _exact_status(status, _notes_of(english))
        for chinese in sides["zh"]:
            src, tgt = _term(chinese), _term(english)
            if has_letter(src) and has_letter(tgt):
                note = "; ".join(dict.fromkeys((*_notes_of(chinese), *said)))
                yield Statement(src, tgt, status, place, note)


def _notes_of(group: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [_text(element) for element in group.iter("{*}note")]


def _exact_status(status: Status, notes: list[str]) -> tuple[Status, list[str]]:
    """Return the status that our own note gives, and the other notes."""
    for exact, weaker in _WEAKER.items():
        note = f"{_STATUS_NOTE}{exact}"
        if status == weaker and note in notes:
            return exact, [other for other in notes if other != note]
    return status, notes


def _place(concept: int, line: int) -> str:
    return (
        _("concept {concept}, line {line}").format(concept=concept, line=line)
        if line < _LAST_LINE
        else _("concept {concept}").format(concept=concept)
    )


def _status_word(term: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the status of a term: an attribute's in DCA and version 2, an element's in DCT.

    Of several the strictest counts, and an unknown one goes before all, so that it is told.
    What another field says whose name ends with `status` counts if it is one (processStatus
    says how far the work on a term is).
    """
    words = []
    for element in term.iter("{*}*"):
        name = _name(element)
        kind = element.get("type") or "" if name == "termNote" else name
        text = _text(element)
        known = kind.lower().endswith(_ANY_STATUS) and text and status_of(text)
        if kind in _STATUS_TYPES or known:
            words.append(text)
    return max(words, key=_strictness, default="")


def _strictness(word: str) -> int:
    status = status_of(word)
    return len(STATUSES) if status is None else STATUSES.index(status)


def _term(group: Any) -> str:  # noqa: ANN401 - lxml has no types
    return next((_text(e) for e in group.iter("{*}term")), "")


def _text(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    return " ".join("".join(element.itertext("{*}*")).split())


def _name(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    return str(element.tag).rpartition("}")[2]


def _drop(element: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Forget an element and those before it, so that no tree grows."""
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)


class _Names(NamedTuple):
    """What the parts of a termbase are called in a version of TBX."""

    namespace: str
    root: str
    style: dict[str, str]  # attributes of the root besides type and language
    header: str
    concept: str
    language: str
    term: str
    doctype: str

    def tag(self, name: str) -> str:
        """Return a name with its namespace."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


_V3: Final = _Names(
    _NAMESPACE, "tbx", {"style": "dca"}, "tbxHeader", "conceptEntry",
    "langSec", "termSec", "",
)  # fmt: skip
_V2: Final = _Names(
    "", "martif", {}, "martifHeader", "termEntry", "langSet", "tig",
    '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
)  # fmt: skip


def write_tbx(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write TBX version 3, TBX-Basic, DCA style."""
    return _write(glossary, path, _V3)


def write_tbx2(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write TBX version 2, TBX-Basic."""
    return _write(glossary, path, _V2)


def _write(glossary: Glossary, path: Path, names: _Names) -> tuple[Path, ...]:
    root = etree.Element(
        names.tag(names.root),
        {"type": "TBX-Basic", **names.style, XML_LANG: "zh"},
        nsmap={None: names.namespace} if names.namespace else None,
    )
    source = root
    for part in (names.header, "fileDesc", "sourceDesc", "p"):
        source = etree.SubElement(source, names.tag(part))
    source.text = "terms and their renderings in aligned texts"
    body = etree.SubElement(etree.SubElement(root, names.tag("text")), names.tag("body"))
    for number, entry in enumerate(glossary.entries, start=1):
        body.append(_concept_element(entry, f"c{number}", names))
    with writing_bytes(path) as file:
        etree.ElementTree(root).write(
            file,
            encoding="UTF-8",
            xml_declaration=True,
            pretty_print=True,
            doctype=names.doctype or None,
        )
    return (path,)


def _concept_element(entry: Entry, name: str, names: _Names) -> Any:  # noqa: ANN401 - lxml untyped
    """Return a term and its targets, each with its status and note."""
    concept = etree.Element(names.tag(names.concept), id=name)
    sides = (("zh", (Target(entry.src, note=entry.note),)), ("en", entry.targets))
    for language, targets in sides:
        group = etree.SubElement(concept, names.tag(names.language), {XML_LANG: language})
        for target in targets:
            term = etree.SubElement(group, names.tag(names.term))
            etree.SubElement(term, names.tag("term")).text = xml_text(target.text)
            status = etree.SubElement(term, names.tag("termNote"), type="administrativeStatus")
            status.text = _STATUS[target.status]
            if target.status in _WEAKER:
                note = f"{_STATUS_NOTE}{target.status}"
                etree.SubElement(term, names.tag("note")).text = note
            if target.note:
                etree.SubElement(term, names.tag("note")).text = xml_text(target.note)
    return concept
