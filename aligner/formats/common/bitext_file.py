"""A file of units that is read anew whenever its units are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from aligner.bitext import Bitext, Unit
from aligner.errors import ReadError
from aligner.formats.common.assemble_bitext import assemble
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.source import document_id
from aligner.formats.common.unit_numbers import document_name, numbered
from aligner.messages import _
from aligner.span import Lang

_SAMPLE: Final = 1_000  # units that tell the variant of Chinese

Reader = Callable[[BitextSource, BitextHead], Iterator[RawPair]]


@dataclass(frozen=True, slots=True)
class BitextFile:
    """What a file says of itself, and how to read it. It can be written like a bitext."""

    id: str
    src_lang: str  # BCP 47
    tgt_lang: str
    signature: str
    encoding: str
    name: str  # of the file, as the user wrote it
    head: BitextHead  # of the last reading
    read: Callable[[BitextHead], Iterator[RawPair]]
    source: Lang = "zh"  # language of the original
    timed: bool = False  # whether its first units say when they are shown
    known_notes: bool | None = None  # whether a unit has a note; None: not known yet

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know about the reading, as far as it has gone."""
        return self.head.all_notes()

    @property
    def noted(self) -> bool:
        """Whether a unit has a note.

        Cost: reads the file once where that does not show in its first units.
        """
        if self.known_notes is not None:
            return self.known_notes
        return any(pair.note for pair in self.read(BitextHead()))

    def pairs(self) -> Iterator[RawPair]:
        """Yield the pairs of the file.

        Raises:
            AlignerError: The file breaks the rules of its format.
        """
        head = self.head
        head.forget_units()
        head.confirmed = head.confirmed_alone = head.noted = 0
        for pair in self.read(head):
            head.confirmed += bool(pair.confirmed)
            head.noted += bool(pair.note)
            head.confirmed_alone += bool(pair.confirmed and not (pair.src.size and pair.tgt.size))
            yield pair

    def units(self) -> Iterator[Unit]:
        """Yield the units in the order of the file, numbered anew in each document.

        Raises:
            AlignerError: The file breaks the rules of its format.
        """
        return numbered(self.pairs(), self.id)

    def whole(self) -> Bitext:
        """Read all units as one bitext, even if they are of several documents.

        Raises:
            AlignerError: The file breaks the rules of its format.

        Cost: about 1 kB of memory a unit, beside the texts.
        """
        return self.bitext(numbered(self.pairs(), self.id, as_one=True), self.id)

    def bitext(self, units: Iterable[Unit], name: str) -> Bitext:
        """Return some of the file's units as a bitext of that name."""
        return assemble(
            units,
            name=name,
            source=self.name,
            src_lang=self.src_lang,
            tgt_lang=self.tgt_lang,
            signature=self.signature,
            encoding=self.encoding,
            notes=lambda: self.notes,
            counted=lambda: self.head.counted,
            original=self.source,
        )


def look_into(source: BitextSource, read: Reader) -> BitextFile:
    """Read the first units of a file for what it says of itself.

    Raises:
        ReadError: It cannot be read, or holds no text.
    """
    head = BitextHead()
    first = list(islice(read(source, head), _SAMPLE))
    if not first:
        why = "; ".join(note for note in head.all_notes() if note not in head.notes)
        raise ReadError(
            _("{name}: holds no text").format(name=source.name) + (f": {why}" if why else ""),
            hint=_("check that this is the right file and that it was saved in full"),
        )
    docs = {pair.doc for pair in first}
    noted = any(pair.note for pair in first)
    is_whole = len(first) < _SAMPLE or not head.may_have_notes
    return BitextFile(
        id=(len(docs) == 1 and document_name(docs.pop())) or document_id(source.name),
        src_lang=head.src_lang or _variant(first),
        tgt_lang=head.tgt_lang or "en-US",
        signature=head.signature,
        encoding=head.encoding,
        name=source.name,
        head=head,
        read=lambda head: read(source, head),
        source=head.source,
        timed=any(pair.src.times or pair.tgt.times for pair in first),
        known_notes=noted if noted or is_whole else None,
    )


def _variant(pairs: Sequence[RawPair]) -> str:
    from aligner.lang.script import detect_variant

    return detect_variant("".join(pair.src.text for pair in pairs))
