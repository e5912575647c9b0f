"""Subtitles: SubRip (srt), WebVTT (vtt) and SubStation Alpha (ass, ssa).

A cue's number and settings are no text, and its times go with what is said then
(`Document.shown`). A sentence that goes on in the next cue is
joined, with what stands between two lines of its language; a pause ends it, and so does a
new speaker (a line that begins with a dash). Where hardly any cue ends with a mark, as in
many Chinese files, each cue is a paragraph. Cues that hold a line in each language are
taken apart, so that each language is joined by itself.

Formatting is left out, and so are styles, notes, comments, drawings and the names of
speakers. A reader of our own: pysubs2, the library for them, puts a note or the name of a
cue of WebVTT into the text of the cue before.
Sources: W3C, "WebVTT: The Web Video Text Tracks Format", 2019; "SubStation Alpha v4.00+
Script Format". Units: seconds. Cost: linear.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from aligner.bitext import Document
from aligner.errors import FormatError
from aligner.formats.common.decode import decode
from aligner.formats.common.file_kind import refuse_binary
from aligner.formats.common.join_cues import Cue, cue_blocks
from aligner.formats.common.source import Source, clean, document_from_blocks
from aligner.messages import N_, _

_TIME: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES: Final = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?")
_ASS_TIME: Final = re.compile(r"\s*(\d{1,4}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})\s*")
_TAG: Final = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,500}>|</?[A-Za-z]>")
_OVERRIDE: Final = re.compile(r"\{[^{}\n]{0,2000}\}")
_ROLLING: Final = re.compile(r"<\d{1,4}:[\d:.]{4,12}>")
_DRAWING: Final = re.compile(r"\\p[1-9]")
_NUMBER: Final = re.compile(r"\s*\d{1,9}\s*")
_ASS_FIELDS: Final = 10
_MOST_LINES: Final = 500_000
_MOST_CUES: Final = 100_000
_NO_CUE: Final = N_("holds no cue with its times")
_HINT: Final = N_("give it the suffix of what it is, such as .txt")


class _AssColumns(NamedTuple):
    """Where in a line of events the parts of a cue stand."""

    start: int
    end: int
    text: int  # the last one


def parse_srt(source: Source) -> Document:
    """Return the text of subtitles in SubRip or WebVTT.

    Raises:
        EncodingError: The bytes are text in no encoding, or not in the one named.
        FormatError: There is no cue in it.
        ReadError: No cue holds text.
    """
    text, encoding, notes = _decoded_text(source)
    return _document(source, _timed(text), encoding, notes)


def parse_ass(source: Source) -> Document:
    """Return the text of subtitles in SubStation Alpha (see `parse_srt`)."""
    text, encoding, notes = _decoded_text(source)
    return _document(source, _events(text), encoding, notes)


def _decoded_text(source: Source) -> tuple[str, str, tuple[str, ...]]:
    if source.encoding is None:
        refuse_binary(source.raw, source.name)
    text, encoding, notes = decode(source.raw, source.name, encoding=source.encoding)
    if text.count("\n") > _MOST_LINES:
        what = _("{name}: has more than {most_lines:,} lines").format(
            name=source.name, most_lines=_MOST_LINES
        )
        raise FormatError(what, hint=_("this is more than one film: split it"))
    return clean(text), encoding, tuple(notes)


def _document(
    source: Source, cues: Iterable[Cue], encoding: str, notes: tuple[str, ...]
) -> Document:
    found: list[Cue] = []
    for number, cue in enumerate(cues, start=1):
        found.append(cue._replace(number=number))
        if len(found) > _MOST_CUES:
            hint = _("this is more than one film: split it")
            raise FormatError(
                _("{name}: has more than {most_cues:,} cues").format(
                    name=source.name, most_cues=_MOST_CUES
                ),
                hint=hint,
            )
    if not found:
        raise FormatError(f"{source.name}: {_(_NO_CUE)}", hint=_(_HINT))
    return document_from_blocks(source, cue_blocks(found), encoding=encoding, notes=notes)


def _timed(text: str) -> Iterator[Cue]:
    """Yield the cues of SubRip or WebVTT.

    In SubRip a cue may hold a blank line, so that it ends at the number before the next
    times. In WebVTT it ends at a blank line, and what follows may be a note.
    """
    is_web = text.lstrip().startswith("WEBVTT")
    is_rolling = bool(_ROLLING.search(text))
    times: tuple[float, float] | None = None
    lines: list[str] = []
    above: list[str] = []  # of the cue before
    for line in (*text.split("\n"), "00:00:00,000 --> 00:00:00,000"):
        found = _TIMES.fullmatch(line)
        if found:
            if times:
                shown = _lines(lines if is_web else _without_number(lines))
                yield Cue(*times, _new(shown, above) if is_rolling else shown)
                above = shown
            groups = found.groups()
            times, lines = (_seconds(groups[:4]), _seconds(groups[4:])), []
        elif times and not (is_web and lines and not lines[-1].strip()):
            lines.append(line)


def _without_number(lines: list[str]) -> list[str]:
    """Return the lines of a cue without the number of the next one."""
    stop = max((n for n, line in enumerate(lines, start=1) if line.strip()), default=0)
    return lines[: stop - 1] if stop and _NUMBER.fullmatch(lines[stop - 1]) else lines[:stop]


def _new(shown: list[str], above: list[str]) -> list[str]:
    """Return the lines that a rolling caption adds to those that still stand there."""
    return shown[1:] if shown and above and shown[0] == above[-1] else shown


def _events(text: str) -> Iterator[Cue]:
    """Yield the cues of SubStation Alpha, in the order of their times."""
    columns = _AssColumns(1, 2, _ASS_FIELDS - 1)
    inside = False
    found: list[Cue] = []
    for line in text.split("\n"):
        name, _other, rest = line.strip().partition(":")
        kind = name.lower()
        if kind.startswith("["):
            inside = kind.startswith("[events]")
        elif inside and kind == "format":
            columns = _columns(rest) or columns
        elif inside and kind == "dialogue" and len(found) <= _MOST_CUES:
            found += _event(rest, columns)
    yield from sorted(found, key=lambda cue: cue.start)


def _columns(line: str) -> _AssColumns | None:
    names = [name.strip().lower() for name in line.split(",", 100)]
    if not {"start", "end", "text"} <= set(names):
        return None
    return _AssColumns(names.index("start"), names.index("end"), names.index("text"))


def _event(line: str, columns: _AssColumns) -> Iterator[Cue]:
    cells = line.split(",", columns.text)
    if len(cells) <= max(columns):
        return
    times = [_ASS_TIME.fullmatch(cells[at]) for at in (columns.start, columns.end)]
    text = cells[columns.text]
    if times[0] and times[1] and not _DRAWING.search(text):
        text = text.replace(r"\N", "\n").replace(r"\n", "\n").replace(r"\h", " ")
        yield Cue(_seconds(times[0].groups()), _seconds(times[1].groups()), _lines([text]))


def _lines(lines: Iterable[str]) -> list[str]:
    """Return the lines of a cue without formatting and blank ones."""
    text = _OVERRIDE.sub("", _TAG.sub("", "\n".join(lines)))
    text = html.unescape(text) if "&" in text else text
    return [bare for line in text.split("\n") if (bare := " ".join(line.split()))]


def _seconds(groups: Iterable[str | None]) -> float:
    hours, minutes, seconds, parts = (group or "0" for group in groups)
    whole = 3600 * int(hours) + 60 * int(minutes) + int(seconds)
    return round(whole + float(f"0.{parts}"), 3)
