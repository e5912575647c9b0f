"""The ZIP package of an office document or a book: its parts, none of them dangerous.

Refused are packages that unpack to an absurd size, XML parts that define entities,
entries with a path out of the package, and entries of one name. Nothing is ever
written to disk. Only what is asked for is unpacked, one part at a time.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

from aligner.errors import FormatError
from aligner.formats.common.file_kind import kind_of
from aligner.messages import N_, _, library_words

_MOST_BYTES = 500_000_000  # unpacked; pictures are never unpacked
_MOST_RATIO = 200  # unpacked to packed; XML reaches 20 or so
_SMALL = 20_000_000  # below it any ratio is harmless
_MOST_XML = 80_000_000  # of one XML part; the text of a long novel takes 10 MB
_MOST_ENTRIES = 20_000
_DTD = [
    sign.encode(codec)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for codec in ("ascii", "utf-16-le", "utf-16-be")
]
_UNLOCK = N_("remove the password")
_SAVE_AGAIN = N_("open it in an office program and save it again as {kind}")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class Package:
    """An open package. Use it in a `with` statement."""

    def __init__(
        self, raw: bytes, name: str, *, kind: str, main: str, foreign: bool = False
    ) -> None:
        """Open a package.

        Args:
            raw: All bytes of the file.
            name: The file's name, for messages.
            kind: The suffix that it should have, for messages.
            main: A part without which it is another kind of file.
            foreign: Parts that are not asked for may define entities: old programs wrote
                a document type into a manifest, and the pages of a book have one.

        Raises:
            FormatError: It is no package, is damaged, locked or dangerous.
        """
        self._name, self._kind = name, kind
        if not raw.startswith(b"PK"):
            found = kind_of(raw)
            what = (
                _("looks like {what}").format(what=found.what)
                if found
                else _("is not a ZIP archive")
            )
            hint = found.hint if found else _("give it the suffix of what it is, such as .txt")
            raise FormatError(
                _("{name}: {what}, so it is not a {kind}").format(name=name, what=what, kind=kind),
                hint=hint,
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except _DAMAGE as error:
            raise self._damaged(error) from error
        self._check_entries(len(raw))
        if not {main, "[Content_Types].xml"} & set(self._zip.namelist()):
            raise FormatError(
                _("{name}: is a ZIP archive but no {kind}").format(name=name, kind=kind),
                hint=_("unpack it first"),
            )
        for entry in () if foreign else self._zip.namelist():
            if entry.endswith((".xml", ".rels")):
                self.read(entry)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part in self._zip.NameToInfo

    def read(self, part: str, *, is_page: bool = False) -> bytes:
        """Return an XML part, or a web page, which may have a document type.

        Raises:
            FormatError: It is missing, damaged, locked, too large, or defines entities.
        """
        try:
            entry = self._zip.getinfo(part)
            if entry.file_size > _MOST_XML:
                raise self._error(_("{part} is larger than a document's").format(part=part))
            data = self._zip.read(entry)
        except KeyError as error:
            raise self._error(_("lacks its part {part}").format(part=part)) from error
        except _DAMAGE as error:
            raise self._damaged(error) from error
        except RuntimeError as error:  # zipfile's word for a password
            message = _("{name}: is locked: {error}").format(
                name=self._name, error=library_words(error)
            )
            raise FormatError(message, hint=_(_UNLOCK)) from error
        if not is_page and any(sign in data for sign in _DTD):
            raise self._error(
                _("{part} defines XML entities, which no document of the kind does").format(
                    part=part
                )
            )
        return data

    def unreadable(self) -> FormatError:
        """Return the error for a package whose parts make no sense."""
        return self._error(
            _("is not a readable Word document") if self._kind == ".docx" else _("is damaged")
        )

    def locked(self) -> FormatError:
        """Return the error for a package whose parts are encrypted."""
        return FormatError(
            _("{name}: is locked by a password").format(name=self._name), hint=_(_UNLOCK)
        )

    def too_large(self, what: str) -> FormatError:
        """Return the error for a package whose parts come to more than may be."""
        hint = _("split it into chapters, or save it as plain text")
        return FormatError(f"{self._name}: {what}", hint=hint)

    def _check_entries(self, packed: int) -> None:
        """Refuse bombs and names that lead elsewhere."""
        entries = self._zip.infolist()
        # zipfile never unpacks more of a part than its entry declares
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > _MOST_BYTES or unpacked > max(_SMALL, _MOST_RATIO * packed):
            raise self._error(
                _(
                    "unpacks from {packed:,} to {unpacked:,} bytes, more than a document does"
                ).format(packed=packed, unpacked=unpacked)
            )
        names = [entry.filename for entry in entries]
        if len(names) > _MOST_ENTRIES or len(set(names)) < len(names):
            raise self._error(_("holds entries of the same name, or far too many"))
        for entry in names:
            path = PurePosixPath(entry.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in entry.partition("/")[0]:
                raise self._error(
                    _("holds an entry with a path out of it: {entry!r}").format(entry=entry)
                )

    def _damaged(self, error: Exception) -> FormatError:
        return self._error(
            _("the ZIP archive is damaged: {error}").format(error=library_words(error))
        )

    def _error(self, what: str) -> FormatError:
        return FormatError(f"{self._name}: {what}", hint=_(_SAVE_AGAIN).format(kind=self._kind))
