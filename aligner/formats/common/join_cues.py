"""From cues of subtitles to paragraphs: a sentence goes on over several cues.

Cues are put together as lines of one text, which is cut into sentences later: until a pause,
or a line that begins with a dash, which says that another person speaks. Where hardly any
cue of a language ends with a full stop, nothing is put together: subtitlers leave it out
there, though not always the question mark, and a cue is all that says where a sentence
ends. A blank stands between its lines, as they write it for the marks that they leave out.

Units: seconds. Cost: linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aligner.formats.common.source import PlacedText
from aligner.lang import marks_en as en
from aligner.lang import marks_zh as zh
from aligner.lang.joins import Parted, across, parts_scripts
from aligner.span import PlaceParts, Shown, Span

_PAUSE: Final = 3.0  # between two cues, after which a sentence does not go on
_STOPPED: Final = 0.05  # share of the cues that end with a full stop, from which it is set
_BOTH: Final = 0.5  # share of the cues that hold a line in each language, if a file has both
_MANY: Final = 20  # cues of one paragraph, from which it ends with a sentence
_LONGEST_END: Final = 20  # characters
_LETTERS_A_HAN: Final = 4  # a text in English may hold a Chinese word
_HAN: Final = re.compile(f"[{zh.HAN}]")
_STOP: Final = re.compile(r"[.。．](?:[\"'”’」』)）]|\s)*\Z")
_ENDS: Final = re.compile(r"[.!?。！？…♪♫](?:[\"'”’」』)）\]】*]|\s)*\Z")
_SPEAKER: Final = re.compile(r"[-–—‐－]\s*(?=\S)")
_LATIN: Final = re.compile("[A-Za-z]")


class Cue(NamedTuple):
    """What is shown at one time."""

    start: float
    end: float
    lines: list[str]
    number: int = 0  # in the file, from 1


class _Block(NamedTuple):
    """A paragraph, and when it begins."""

    start: float
    text: str
    parts: PlaceParts
    shown: tuple[Shown, ...]

    def told(self) -> PlacedText:
        """Return the paragraph as a document takes it."""
        return PlacedText(self.text, self.parts, shown=self.shown)


def cue_blocks(cues: Sequence[Cue]) -> list[PlacedText]:
    """Return the paragraphs of subtitles in one language, or in two.

    In a file of two languages a paragraph in one is followed by the other.
    """
    filled = [cue for cue in cues if cue.lines]
    sides: tuple[list[Cue], list[Cue]] = ([], [])
    for cue in filled:
        for side in (0, 1):
            lines = [line for line in cue.lines if bool(_HAN.search(line)) != bool(side)]
            sides[side].append(cue._replace(lines=lines))
    both = sum(bool(one.lines and other.lines) for one, other in zip(*sides, strict=True))
    if both <= _BOTH * len(filled):
        return [block.told() for block in _blocks(filled)]
    merged = [(side, block) for side in (0, 1) for block in _blocks(sides[side])]
    return [b.told() for _, b in sorted(merged, key=lambda each: (each[1].start, each[0]))]


def _blocks(cues: Sequence[Cue]) -> list[_Block]:
    """Return the paragraphs of subtitles in one language."""
    filled = [cue for cue in cues if cue.lines]
    stopped = sum(bool(_STOP.search(cue.lines[-1][-_LONGEST_END:])) for cue in filled)
    if stopped <= _STOPPED * len(filled):
        return [_block([cue], [" ".join(cue.lines)]) for cue in filled]
    text = "\n".join(line for cue in filled for line in cue.lines)
    is_chinese = _LETTERS_A_HAN * len(_HAN.findall(text)) >= len(_LATIN.findall(text))
    joiner = zh.JOINER if is_chinese else en.JOINER
    parted = parts_scripts(text)
    groups = (_block(group, _joined(group, joiner, parted=parted)) for group in _groups(filled))
    return list(groups)


def _block(cues: Sequence[Cue], texts: Sequence[str]) -> _Block:
    """Return the paragraph of some cues, of which each has its text."""
    shown, at = [], 0
    for cue, text in zip(cues, texts, strict=True):
        shown.append(Shown(Span(at, at + len(text)), cue.start, cue.end))
        at += len(text)
    return _Block(cues[0].start, "".join(texts), _parts(cues), tuple(shown))


def _parts(cues: Sequence[Cue]) -> PlaceParts:
    """Return the cues of a paragraph, and when the first one is shown."""
    first, last = cues[0].number, cues[-1].number
    minutes, seconds = divmod(int(cues[0].start), 60)
    time = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return ("cue", first if first == last else f"{first}-{last}"), ("time", time)


def _groups(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Yield the cues of each paragraph."""
    group: list[Cue] = []
    for cue in cues:
        if group:
            last = group[-1].lines[-1]
            full = len(group) >= _MANY and _ENDS.search(last[-_LONGEST_END:])
            if full or cue.start - group[-1].end > _PAUSE or _SPEAKER.match(cue.lines[0]):
                yield group
                group = []
        group.append(cue)
    if group:
        yield group


def _joined(cues: Sequence[Cue], joiner: str, *, parted: Parted) -> list[str]:
    """Return what each cue adds to the text of a paragraph.

    A line that a speaker begins stays one; what stands between two cues goes with the second.
    """
    texts, above = [], ""
    for cue in cues:
        text = ""
        for line in cue.lines:
            between = "\n" if _SPEAKER.match(line) else across(above, line, joiner, parted=parted)
            text += (between if above else "") + line
            above = line
        texts.append(text)
    return texts
