"""TBX, the exchange format of termbases: version 2 (martif) and version 3, DCA and DCT.

Source: ISO 30042:2008 and ISO 30042:2019; the dialect TBX-Basic, https://www.tbxinfo.net.
Of a concept are read its Chinese and English terms, their administrative status and
their notes. A concept that lacks one of the languages is passed over and counted: a
termbase may hold terms that nobody has translated yet. The status of a Chinese term is
not looked at, since it stands in the text whether it should or not.

The file is parsed in one pass that keeps no tree, without entities, DTD or network.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree

from aligner.errors import FormatError
from aligner.formats.common.decode import canonical
from aligner.formats.common.glossary_columns import status_of
from aligner.formats.common.glossary_rows import MOST_IN_ROW, Table, check_size
from aligner.formats.common.source import Source
from aligner.formats.common.xmlchars import Signs, forbidden_in
from aligner.formats.common.xmltext import XML_LANG
from aligner.glossary.entries import has_letter
from aligner.glossary.merge import Problem, Statement
from aligner.lang.codes import lang_of

_ROOTS: Final = frozenset({"martif", "tbx"})
_TERM_LISTS: Final = frozenset({"tig", "ntig", "termSec"})
_STATUS_TYPES: Final = frozenset({"administrativeStatus", "normativeAuthorization"})
_NAMED: Final = 5  # concepts in a note
_LAST_LINE: Final = 65_535  # libxml2 does not count beyond
_ENTITY: Final = ["<!ENTITY".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be")]
_STATUS_HINT: Final = "use preferredTerm-admn-sts, admittedTerm-admn-sts or deprecatedTerm-admn-sts"


def read_tbx(source: Source) -> tuple[Table, tuple[str, ...]]:
    """Return what a termbase says, and notes on the reading. Cost: linear.

    Raises:
        FormatError: It is no well-formed TBX, or defines entities.
        SettingError: There is no such encoding.
    """
    if any(sign in source.raw for sign in _ENTITY):
        raise FormatError(
            f"{source.name}: defines XML entities, which no termbase needs",
            hint="export it from the termbase again",
        )
    table, alone, spoilt = Table([], [], ()), 0, list[str]()
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
        for number, (_, concept) in enumerate(walk, start=1):
            if signs.used and (forbidden := forbidden_in(concept)):
                spoilt.append(f"{_place(number, concept.sourceline)}: {forbidden}")
                _drop(concept)
                continue
            said = list(_concept(concept, number, table.problems))
            table.statements.extend(said)
            alone += not said
            check_size(table, source.name)
            _drop(concept)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            f"{source.name}: is no well-formed XML: {error}",
            hint="export it from the termbase again, as TBX",
        ) from error
    root = "" if walk.root is None else _name(walk.root)
    if root not in _ROOTS:
        raise FormatError(
            f"{source.name}: its root is <{root}>, not <martif> or <tbx>",
            hint="export the termbase as TBX",
        )
    return table, tuple(_notes(alone, spoilt))


def _notes(alone: int, spoilt: list[str]) -> Iterator[str]:
    """Say which concepts were not read."""
    if alone:
        yield f"{alone} concepts without a Chinese or an English term were not read"
    if spoilt:
        more = f" and {len(spoilt) - _NAMED} more" if len(spoilt) > _NAMED else ""
        yield f"not read, with characters that XML forbids: {'; '.join(spoilt[:_NAMED])}{more}"


def _concept(
    concept: Any,  # noqa: ANN401 - lxml has no types
    number: int,
    problems: list[Problem],
) -> Iterator[Statement]:
    """Yield the statements of one concept: every Chinese term with every English one."""
    sides: dict[str, list[Any]] = {"zh": [], "en": []}
    for group in concept.iter("{*}langSet", "{*}langSec"):
        side = lang_of(group.get(XML_LANG) or group.get("lang") or "") or ""
        if side in sides:
            sides[side] += [e for e in group.iter("{*}*") if _name(e) in _TERM_LISTS]
    if len(sides["zh"]) * len(sides["en"]) > MOST_IN_ROW:
        what = f"{len(sides['zh']):,} terms with {len(sides['en']):,} targets each"
        do = "write a concept for each term"
        problems.append(Problem(_place(number, concept.sourceline), what, do))
        return
    for english in sides["en"]:
        place = _place(number, english.sourceline)
        word = _status_word(english)
        status = status_of(word)
        if status is None:
            problems.append(Problem(place, f"unknown status {word!r}", _STATUS_HINT))
            continue
        note = "; ".join(_text(e) for e in english.iter("{*}note"))
        for chinese in sides["zh"]:
            src, tgt = _term(chinese), _term(english)
            if has_letter(src) and has_letter(tgt):
                yield Statement(src, tgt, status, place, note)


def _place(concept: int, line: int) -> str:
    return f"concept {concept}, line {line}" if line < _LAST_LINE else f"concept {concept}"


def _status_word(term: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the status of a term: an attribute's in DCA and version 2, an element's in DCT."""
    for element in term.iter("{*}*"):
        kind = element.get("type") if _name(element) == "termNote" else _name(element)
        if kind in _STATUS_TYPES:
            return _text(element)
    return ""


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
