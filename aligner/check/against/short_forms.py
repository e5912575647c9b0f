"""The short forms of a target that nothing announces: told once if they are a habit.

`Administration` for a longer name, or NMPA. A reader who has not met the full form does not
know what either stands for, and the glossary did not allow it. An acronym is the usual short
form of a name, so that it is a remark where the text has the full form anywhere.

Cost: linear in the units with the term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from aligner.check.against.glossary_verdicts import GlossaryVerdict, one_line, recurring
from aligner.check.against.places_left import ShortPlace
from aligner.check.severity import WRONG_STATUS
from aligner.glossary.entries import Entry
from aligner.span import Span
from aligner.terms.located import Seen
from aligner.terms.target_forms import acronym_of
from aligner.terms.targets import find_targets

RECURRING: Final = 3  # places from which an unannounced short form is a habit
_NEVER_FULL: Final = 2  # from which an acronym is, in a text without the full form


class ShortForms:
    """The short forms that stand for the targets of one entry."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._shorts: list[ShortPlace] = []
        self._acronyms: list[ShortPlace] = []
        self._full: set[int] = set()  # units with a target, as no acronym

    def add(self, seen: Seen, span: Span) -> None:
        """Note a part of a target that stands for it."""
        self._shorts.append(ShortPlace(seen, span, seen.text))

    def look(self, seen: Seen, sentence: str) -> None:
        """Note an acronym that stands for the term in a sentence without any target."""
        if any(t.status not in WRONG_STATUS for _span, t in find_targets(sentence, self._entry)):
            self._full.add(seen.place.unit)
            return
        for target in self._entry.preferred:
            if (span := acronym_of(sentence, target.text)) is not None:
                self._acronyms.append(ShortPlace(seen, span, one_line(sentence, span)))
                return

    def told(
        self, full: Collection[int], announced: Collection[str]
    ) -> Iterator[tuple[ShortPlace, GlossaryVerdict]]:
        """Yield the first place of each short form that recurs, with what to say.

        Args:
            full: Units with an accepted rendering.
            announced: Short forms that the text announces.
        """
        known = {_key(text) for text in announced}
        for acronyms, shorts, near in (
            (False, self._shorts, full),
            (True, self._acronyms, self._full),
        ):
            by_text: defaultdict[str, list[ShortPlace]] = defaultdict(list)
            for short in shorts:
                number = short.seen.place.unit
                if not {number, number - 1} & set(near) and _key(short.text) not in known:
                    by_text[_key(short.text)].append(short)
            never = acronyms and not self._full
            for places in by_text.values():
                if len(places) >= (_NEVER_FULL if never else RECURRING):
                    verdict = recurring(self._entry, places[0].text, len(places))
                    if acronyms and not never:
                        verdict = verdict._replace(severity="info")
                    yield places[0], verdict


def _key(text: str) -> str:
    """Return what is equal for two ways of writing a short form: SME, SMEs."""
    words = " ".join(text.split())
    return (words[:-1] if words[-1:] == "s" and words[:-1].isupper() else words).casefold()
