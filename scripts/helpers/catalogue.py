"""Gather the messages of the package into the catalogue of each language, and compile it.

    scripts/messages            updates aligner/locale/*/LC_MESSAGES/aligner.po and .mo
    scripts/messages --check    changes nothing; status 1 if they are not up to date

A message is what stands in `_("...")`, `N_("...")` or `ngettext("...", "...", n)`, in code
and in templates; the docstring of a command, which is its help; that of a check, which is
its page; and what the tables of words of reports hold. Babel finds the first. A new message
has an empty translation until a person gives it one; a message that is no longer said is
dropped. Places are files without lines, so that a catalogue changes only where messages do.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from babel.messages.extract import extract

from aligner.check.known_checks import KNOWN_CHECKS
from aligner.report.certificate_words import CERTIFICATE_WORDS
from aligner.report.page_words import PAGE_WORDS
from aligner.report.sheet_words import SHEET_WORDS

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "aligner"
LANGUAGES: Final = ("zh_CN",)
_KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None, "N_": None, "ngettext": (1, 2),
}  # fmt: skip
_HEADER: Final = {
    "Language": "zh_CN",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    """A message in English, and the file that says it."""

    one: str
    many: str  # empty: it counts nothing
    file: str


def messages() -> Iterator[Message]:
    """Yield every message of the package, file by file; one that is said often comes often."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py":
            yield from _in_file(path, "python")
            yield from _docstrings(path)
        elif path.suffix == ".html" and path.parent.name == "templates":
            yield from _in_file(path, "jinja2.ext:babel_extract")
    yield from _tables()


def _tables() -> Iterator[Message]:
    """Yield the words of reports, which stand in tables."""
    for table, file in (
        (PAGE_WORDS, "page_words"),
        (SHEET_WORDS, "sheet_words"),
        (CERTIFICATE_WORDS, "certificate_words"),
    ):
        for text in table.values():
            if text:
                yield Message(text, "", f"aligner/report/{file}.py")


def po_path(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "aligner.po"


def updated(old: polib.POFile) -> polib.POFile:
    """Return a catalogue of the messages of now, with the translations that there are."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in old}
    found = polib.POFile(wrapwidth=96)
    found.metadata = dict(_HEADER)
    entries: dict[tuple[str, str], polib.POEntry] = {}
    for one, many, file in messages():
        entry = entries.get((one, many))
        if entry is None:
            entry = entries[one, many] = polib.POEntry(msgid=one, msgid_plural=many)
            was = known.get((one, many))
            entry.msgstr = was.msgstr if was else ""
            entry.tcomment = was.tcomment if was else ""
            if many:
                entry.msgstr_plural = dict(was.msgstr_plural) if was else {0: ""}
        if (file, "") not in entry.occurrences:
            entry.occurrences.append((file, ""))
    found.extend(entries.values())
    return found


def texts(catalogue: polib.POFile) -> tuple[bytes, bytes]:
    """Return a catalogue as the bytes of its .po and of its .mo."""
    return (str(catalogue) + "\n").encode(), catalogue.to_binary()


def main() -> int:
    """Update the catalogues, or check that they are up to date."""
    status = 0
    for language in LANGUAGES:
        path = po_path(language)
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        new = updated(old)
        for place, data in zip((path, path.with_suffix(".mo")), texts(new), strict=True):
            if place.exists() and place.read_bytes() == data:
                continue
            if "--check" in sys.argv:
                print(f"{place}: is not up to date")
                status = 1
            else:
                place.write_bytes(data)
                print(f"wrote {place}")
        waiting = [entry for entry in new if not entry.translated()]
        print(f"{language}: {len(new)} messages, {len(waiting)} without a translation")
    return status


def _in_file(path: Path, method: str) -> Iterator[Message]:
    with path.open("rb") as file:
        for _line, said, _comments, _context in extract(method, file, _KEYWORDS):
            one, many = said if isinstance(said, tuple) else (said, "")
            if one:
                yield Message(one, many, _place(path))


def _docstrings(path: Path) -> Iterator[Message]:
    """Yield the help of commands and the pages of checks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes: list[ast.Module | ast.FunctionDef] = [tree] if path.stem in _checks() else []
    if path.parent.name == "cli":
        nodes = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and _makes_command(node)
        ]
    for node in nodes:
        if said := ast.get_docstring(node):
            yield Message(inspect.cleandoc(said), "", _place(path))


def _makes_command(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"command", "callback"}
        for call in function.decorator_list
    )


def _checks() -> set[str]:
    return {
        target.partition(":")[0] for check in KNOWN_CHECKS.values() for target in check.functions
    }


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
