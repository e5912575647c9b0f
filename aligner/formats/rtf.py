r"""Rich text: the paragraphs of the body, then the notes.

A reader of our own: striprtf 0.0.35, the library for it, leaves out footnotes, fails on a
Chinese character whose second byte is a letter, and its search for links takes the cube
of their number (1,000 unclosed ones, 32 kB: 13 s). Texts in Chinese code pages and in
Unicode (`\u`, of which the characters for old programs are passed over) are read, each
run in the code page of its font. Numbers that the word processor counted stand in the
file and stay; bullets do not. Tracked changes are read as accepted. Left out are headers, footers,
comments, hidden text, pictures and the codes of fields.
Source: Microsoft, "Rich Text Format (RTF) Specification", version 1.9.1, 2008.

Cost: linear in the size of the file, without recursion.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import Final

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.file_kind import kind_of
from aligner.formats.common.font_glyphs import legible
from aligner.formats.common.review_table import Place, Placed, without_remarks
from aligner.formats.common.source import Source, document_from_blocks
from aligner.messages import _


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEGIN: Final = b"{\\rtf"
_TOKEN: Final = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<hex>(?:\\'[0-9A-Fa-f]{2}){1,1000}+)"
    rb"|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_SKIPPED: Final = _names(
    "fonttbl colortbl stylesheet info pict nonshppict header headerl headerr headerf footer"
    " footerl footerr footerf fldinst objdata objclass objname listtable listoverridetable"
    " revtbl rsidtbl filetbl pntxta pntxtb sp shprslt ftnsep ftnsepc ftncn aftnsep aftnsepc"
    " aftncn tc xe rxe txe nonesttables upr annotation atnid atnauthor formfield themedata"
    " mmathPict nesttableprops"
)
_ENTERED: Final = frozenset({"shpinst", "shptxt", "ud"})  # text, though marked as unknown to some
_PARAGRAPHS: Final = frozenset({"par", "sect", "page", "column"})
_SIGNS: Final = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "~": "\xa0", "_": "-",
}  # fmt: skip
# Code pages of fonts by their charsets; those not named here are the document's.
_CHARSETS: Final = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES: Final = {936: "gb18030", 950: "cp950", 54936: "gb18030", 65001: "utf-8"}
_DEFAULT_PAGE: Final = "cp1252"
_MOST_TOKENS: Final = 3_000_000  # two for a character in Unicode
_MOST_GROUPS: Final = 10_000  # inside each other
_MOST_PARAGRAPHS: Final = 500_000
_SURROGATES: Final = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group."""

    skipped: bool = False
    unseen: bool = False  # hidden or deleted
    in_note: bool = False
    in_table: bool = False
    in_number: bool = False  # the number of a list's item
    in_fonts: bool = False
    after: int = 1  # characters for old programs behind one in Unicode
    page: str = ""  # code page of the font; the document's if empty


@dataclass(slots=True)
class _RichText:
    """Gathers the paragraphs."""

    body: list[Placed] = field(default_factory=list)
    foot: list[Placed] = field(default_factory=list)
    found: dict[str, None] = field(default_factory=dict)  # notes for the user
    _state: _State = field(default_factory=_State)
    _open: list[_State] = field(default_factory=list)
    _document_page: str = _DEFAULT_PAGE
    _fonts: dict[int, str] = field(default_factory=dict)
    _font: int = 0  # of the table of fonts, the one under way
    _default_font: int = -1
    _bytes: bytearray = field(default_factory=bytearray)  # of the run under way
    _pieces: list[str] = field(default_factory=list)  # of the paragraph under way
    _note: list[str] = field(default_factory=list)  # the same, of a note
    _number: list[str] = field(default_factory=list)
    _left: int = 0  # characters to pass over
    _starred: bool = False
    _table: int = 0
    _row: int = 0
    _column: int = 0

    def read(self, raw: bytes) -> None:
        """Read a file.

        Raises:
            ValueError: It is nested too deep, or has far too many paragraphs.
        """
        at = count = 0
        while found := _TOKEN.search(raw, at):
            at = found.end()
            count += 1
            if count > _MOST_TOKENS:
                raise ValueError(_("has more marks than one document"))
            kind = found.lastgroup
            if kind == "brace":
                self._brace(found["brace"])
                if not self._open:
                    break  # what follows the document is no part of it
            elif kind in {"word", "number"}:
                number = int(found["number"]) if found["number"] else None
                word = found["word"].decode()
                if word == "bin":
                    at += max(0, number or 0)
                else:
                    self._word(word, number)
            elif kind == "hex":
                self._text(bytes.fromhex(found["hex"].replace(b"\\'", b"").decode()))
            elif kind == "sign":
                self._sign(found["sign"])
            elif kind == "text":
                self._text(found["text"].translate(None, b"\r\n"))
        self._end_paragraph()
        self._end_note()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._left, self._starred = 0, False
        if brace == b"{":
            if len(self._open) >= _MOST_GROUPS:
                raise ValueError(_("has groups that are nested too deep"))
            self._open.append(self._state)
            return
        before, self._state = self._state, self._open.pop() if self._open else _State()
        if before.in_number and not self._state.in_number:
            number = "".join(self._number).strip()
            if any(map(str.isalnum, number)):
                self._add(number + " ")
            self._number.clear()
        if before.in_note and not self._state.in_note:
            self._end_note()

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        self._left = 0  # the standard counts a word as a character, but nobody writes it so
        if word == "u" and number is not None:
            self._unicode(number)
            return
        self._flush()
        if starred or word in _SKIPPED:
            self._destination(word)
        elif word in _ENTERED:
            self._state = replace(self._state, skipped=False)
        elif word == "footnote":
            self._end_note()
            self._state = replace(self._state, in_note=True)
        elif word in {"listtext", "pntext"}:
            self._state = replace(self._state, in_number=True)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _PARAGRAPHS:
            self._end_block()
        elif word in {"cell", "nestcell", "row", "nestrow"}:
            self._end_cell(word)
        else:
            self._property(word, number)

    def _destination(self, word: str) -> None:
        """Enter what is left out, or what is text though a mark says that it may be none."""
        if word == "annotation":
            self.found.setdefault(_("comments are not read"))
        skipped = word not in _ENTERED
        self._state = replace(self._state, skipped=skipped, in_fonts=word == "fonttbl")

    def _property(self, word: str, number: int | None) -> None:  # noqa: C901 - a list of words
        state = self._state
        if state.in_fonts and word in {"f", "fcharset"}:
            if word == "f":
                self._font = number or 0
            else:
                self._fonts[self._font] = _CHARSETS.get(number or 0, "")
        elif word in {"v", "deleted"}:
            if word == "deleted":
                self.found.setdefault(_("tracked changes are read as accepted"))
            self._state = replace(state, unseen=number != 0)
        elif word == "plain":
            page = self._fonts.get(self._default_font, "")
            self._state = replace(state, unseen=False, page=page)
        elif word == "f":
            self._state = replace(state, page=self._fonts.get(number or 0, ""))
        elif word == "deff":
            self._default_font = number or 0
        elif word == "ansicpg":
            self._document_page = _page(number or 0)
        elif word == "uc":
            self._state = replace(state, after=max(0, number or 0))
        elif word in {"pard", "intbl"}:
            self._state = replace(state, in_table=word == "intbl")

    def _unicode(self, number: int) -> None:
        """Add a character that is given by its number, negative from 32,768 on."""
        self._flush()
        code = number + 0x10000 if number < 0 else number
        self._add(chr(code) if 0 < code < 0x110000 else "\ufffd")
        self._left = self._state.after

    def _sign(self, sign: bytes) -> None:
        self._starred = sign == b"*"
        if sign in b"{}\\":
            self._text(sign)
        elif sign in b"\r\n":
            self._flush()
            self._end_block()
        elif self._left:
            self._left -= 1
        elif sign in b"~_":
            self._flush()
            self._add(_SIGNS[sign.decode()])

    def _text(self, text: bytes) -> None:
        passed, self._left = self._left, max(0, self._left - len(text))
        if not self._state.skipped:
            self._bytes += text[passed:]

    def _flush(self) -> None:
        """Add the run of bytes that ends here."""
        if self._bytes:
            raw = bytes(self._bytes)
            self._bytes.clear()
            self._add(_decoded(raw, self._state.page or self._document_page, self._document_page))

    def _add(self, text: str) -> None:
        state = self._state
        if state.skipped or state.unseen:
            return
        if state.in_number:
            self._number.append(text)
        else:
            (self._note if state.in_note else self._pieces).append(text)

    def _end_block(self) -> None:
        if self._state.skipped:
            return
        if self._state.in_note:
            self._end_note()
        else:
            self._end_paragraph()

    def _end_cell(self, word: str) -> None:
        if self._state.skipped or self._state.in_note:
            return
        if word.endswith("cell"):
            self._state = replace(self._state, in_table=True)
            self._end_paragraph()
            self._column += 1
        else:
            self._row, self._column = self._row + 1, 0

    def _end_paragraph(self) -> None:
        in_table = self._state.in_table
        if not in_table:
            self._table, self._row, self._column = self._table + 1, 0, 0
        place = Place(self._table, self._row, self._column) if in_table else None
        self._put(self.body, self._pieces, place)

    def _end_note(self) -> None:
        self._put(self.foot, self._note, None)

    def _put(self, where: list[Placed], pieces: list[str], place: Place | None) -> None:
        text = _whole("".join(pieces))
        pieces.clear()
        if text.strip():
            if len(where) >= _MOST_PARAGRAPHS:
                raise ValueError(_("has more paragraphs than one document"))
            where.append(Placed(legible(text), place))


def parse_rtf(source: Source) -> Document:
    r"""Return the text of a rich-text file, one paragraph of ours for each of its own.

    >>> parse_rtf(Source(rb"{\rtf1\ansi\ansicpg936 \'cd\'a8\'d6\'aa\par At {\b nine}.}")).text
    '通知\n\nAt nine.'

    Raises:
        FormatError: The bytes are no rich text, or nested too deep.
        ReadError: There is no text in it.
    """
    raw = source.raw.lstrip()
    if not raw.startswith(_BEGIN):
        found = kind_of(raw)
        what = (
            _("looks like {what}").format(what=found.what)
            if found
            else _("does not begin with {\\rtf")
        )
        hint = found.hint if found else _("give it the suffix of what it is, such as .txt")
        raise FormatError(
            _("{name}: {what}, so it is not an .rtf").format(name=source.name, what=what), hint=hint
        )
    text = _RichText()
    try:
        text.read(raw)
    except ValueError as error:
        hint = _("save it again as .docx or .rtf in a word processor")
        raise FormatError(f"{source.name}: {error}", hint=hint) from error
    blocks, notes = without_remarks((*text.body, *text.foot))
    return document_from_blocks(source, blocks, notes=(*text.found, *notes))


def _page(number: int) -> str:
    """Return a code page by its number; the usual one if there is none such."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return _DEFAULT_PAGE
    return name


def _decoded(raw: bytes, page: str, other: str) -> str:
    """Decode a run; one that is not in the code page of its font may be in the document's."""
    if raw.isascii():
        return raw.decode("ascii")
    for name in (page, other):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode(page, "replace")


def _whole(text: str) -> str:
    """Return a text in which two halves of a character are one; half ones are U+FFFD."""
    if not any(ord(character) in _SURROGATES for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
