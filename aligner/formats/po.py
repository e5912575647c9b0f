"""Translations of programs in gettext's PO: a message and its translation are a unit.

Which side is Chinese is told by the language that the file names, or else by the script.
Left out, with a word on how many, are messages that are not translated, those marked fuzzy
(a guess that nobody has confirmed) and those that the program no longer has. Of plural
forms the singular goes with the first and the plural with the last, which in Chinese are one.
A template (.pot) has no translations and is refused. polib reads the file.
Source: GNU gettext manual, "The Format of PO Files".

Cost: linear; the whole file is held.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from aligner.errors import FormatError, LanguageError
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair, side
from aligner.formats.common.text_lines import open_text
from aligner.lang.codes import lang_of, tidy
from aligner.messages import N_, _
from aligner.span import Lang

_MOST_CHARACTERS: Final = 40_000_000
_MOST_LINES: Final = 400_000
# polib copies what it has of a message for each of its lines
_MOST_IN_MESSAGE: Final = 5_000
_ODD_ENDS: Final = re.compile(
    "[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)"
)  # polib ends a line there
_COMMENT: Final = re.compile(r"\s*#(?![,~])")  # polib would copy all for each of its lines
_SYNTAX: Final = re.compile(r"\(line (\d+)\)(?:: (.*))?")
_UNTRANSLATED: Final = N_("it is not translated")
_FUZZY: Final = N_("it is marked as fuzzy, which is not confirmed")
_OBSOLETE: Final = N_("it is obsolete")
_SAMPLE: Final = 200  # units that tell the languages
_HINT: Final = N_("save it again with the program that made it, or check it with msgfmt -c")


def read_po(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
    """Yield the translated messages of a file.

    Raises:
        FormatError: It breaks the rules of PO, or is a template.
        LanguageError: It is not of Chinese and English.
    """
    if source.path.suffix.lower() == ".pot":
        raise _template(source)
    opened = open_text(source)
    head.encoding, head.notes = opened.encoding, opened.notes
    text = "".join(_bounded(opened.lines, source))
    file = _parsed(text, source)
    pairs = [pair for entry in file for pair in _pairs(entry, head)]
    if not pairs:
        _refuse_template(file, source)
        return
    code = tidy(file.metadata.get("Language", ""))
    target = _target(pairs, code, source)
    if lang_of(code) == target:
        head.src_lang, head.tgt_lang = (code, "") if target == "zh" else ("", code)
    for message, translation in pairs:
        zh, en = (translation, message) if target == "zh" else (message, translation)
        yield RawPair(side(zh.strip()), side(en.strip()))


def _bounded(lines: Iterator[str], source: BitextSource) -> Iterator[str]:
    """Yield the lines as polib takes them.

    Raises:
        FormatError: There are more than a file has, or than a message has.
    """
    size = run = 0
    for number, line in enumerate(lines, start=1):
        size += len(line)
        run = run + 1 if line.lstrip("#~| \t").startswith('"') else 0
        if number > _MOST_LINES or size > _MOST_CHARACTERS or run > _MOST_IN_MESSAGE:
            raise FormatError(
                _("{name}:{number}: is larger than translations of a program").format(
                    name=source.name, number=number
                ),
                hint=_("check that this is the right file, or split it"),
            )
        yield "\n" if _COMMENT.match(line) else _ODD_ENDS.sub(" ", line)


def _parsed(text: str, source: BitextSource) -> Any:  # noqa: ANN401 - polib has no types
    import polib

    try:
        # the line before keeps polib from taking a short text for the name of a file
        return polib.pofile(f"#\n{text}\n")
    except (OSError, ValueError, IndexError, KeyError, TypeError) as error:
        found = _SYNTAX.search(str(error))
        where = f":{int(found[1]) - 1}" if found else ""
        what = (found[2] if found else "") or _("it breaks the rules of PO")
        message = _("{name}{where}: is not readable PO: {what}").format(
            name=source.name, where=where, what=what
        )
        raise FormatError(message, hint=_(_HINT)) from error


def _pairs(entry: Any, head: BitextHead) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the texts of an entry; take down why it has none."""
    line = max(1, entry.linenum - 1)
    if entry.obsolete:
        head.leave_out(line, _(_OBSOLETE))
    elif not any((entry.msgstr, *entry.msgstr_plural.values())):
        head.leave_out(line, _(_UNTRANSLATED))
    elif "fuzzy" in entry.flags:
        head.leave_out(line, _(_FUZZY))
    elif entry.msgid_plural:
        forms = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
        for message, form in ((entry.msgid, forms[0]), (entry.msgid_plural, forms[-1])):
            if message and form:
                yield message, form
    elif entry.msgid:
        yield entry.msgid, entry.msgstr or next(iter(entry.msgstr_plural.values()), "")


def _refuse_template(file: Any, source: BitextSource) -> None:  # noqa: ANN401
    if len(file) and not any(entry.translated() for entry in file):
        raise _template(source)


def _template(source: BitextSource) -> FormatError:
    return FormatError(
        _("{name}: is a template, in which no message is translated").format(name=source.name),
        hint=_("give the file of a language, such as zh_CN.po"),
    )


def _target(pairs: Sequence[tuple[str, str]], code: str, source: BitextSource) -> Lang:
    """Return the language of the translations."""
    if source.langs:
        return source.langs[1]
    from aligner.lang.script import detect_language

    found: list[Lang | None] = []
    for texts in zip(*pairs[:_SAMPLE], strict=True):
        try:
            found.append(detect_language(" ".join(texts)))
        except LanguageError:
            found.append(None)
    message, target = found[0], lang_of(code) or found[1]
    if message is None or target is None or message == target:
        names = Counter(map(str, (message, target)))
        raise LanguageError(
            _(
                "{name}: its messages and translations are not one Chinese and one English"
                " ({names})"
            ).format(name=source.name, names=", ".join(sorted(names))),
            hint=_(
                "give a file from English to Chinese or back, or name the languages of"
                " messages and translations in order, such as --langs en,zh"
            ),
        )
    return target
