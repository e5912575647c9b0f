"""The files of a folder to pairs: by name, then by content."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aligner.errors import ReadError, SettingError
from aligner.filenames import named, shown
from aligner.messages import N_, _, reason_of
from aligner.pairing.found import FoundPair, How, Loose, Pairing
from aligner.pairing.name_keys import exact_key, name_key
from aligner.pairing.prints import Print, blocks, take_print

if TYPE_CHECKING:
    from aligner.encode.protocol import Encoder
    from aligner.pairing.content_scores import Scores

MOST_UNPAIRED: Final = 5_000  # documents of a language without a partner by name: 200 MB of scores
LEAST_LOGIT: Final = 0.5  # logit from which a pair by content is taken,
LEAD: Final = 1.0  # if every rival of either side is that far behind
NAMED: Final = 5  # files of a group that a note names
NOT_READ: Final = N_("is not read")  # how it begins, if the suffix of a file is the reason
ODD: Final = -2.0  # logit of numbers and lengths below which a pair by name is doubtful

FilesProgress = Callable[[str, int, int], None]  # what is done, how many are done, of how many


def find_pairs(  # noqa: PLR0913 - the options of the command
    folder: str | Path,
    *,
    by_content: bool = True,
    encoder: str | Encoder = "use",
    encoding: str | None = None,
    exclude: Path | None = None,
    progress: FilesProgress | None = None,
) -> Pairing:
    """Find which documents of a folder, and of the folders in it, belong together.

    Args:
        folder: Documents of any format that can be read. Hidden files and corpora
            made by `batch` are passed over; files of other formats are named as not read.
        by_content: Compare what names leave over; otherwise it stays without a partner.
        encoder: For comparing: a name, or an encoder to reuse.
        encoding: Of all files; found from their bytes if None.
        exclude: A folder or a file inside that is passed over.
        progress: Called with how many files have been read and compared.

    Raises:
        ReadError: The folder does not exist or holds no document.
        SettingError: Names leave over more than `MOST_UNPAIRED` files of a language.

    Cost: every file is read; those that names leave over are encoded.
    """
    folder = Path(folder)
    names = list(_names(folder, exclude))
    others = sorted({Path(name).suffix for name, why in names if why.startswith(_(NOT_READ))})
    if all(trouble.startswith(_(NOT_READ)) for _other, trouble in names):
        its = (
            _(", only files in {filter}").format(filter=", ".join(filter(None, others)))
            if any(others)
            else ""
        )
        raise ReadError(
            _("{folder}: contains no documents{its}").format(folder=shown(folder), its=its),
            hint=_("give a folder of documents"),
        )
    tell = progress or _silent
    search = _Search(folder, encoding, tell)
    for number, (name, trouble) in enumerate(names, start=1):
        search.prints.append(
            Print(name, trouble=trouble)
            if trouble
            else take_print(named(folder, name), name, encoding=encoding)
        )
        tell(N_("reading"), number, len(names))
    search.by_name()
    if by_content:
        search.by_content(encoder)
    return search.result()


def _names(folder: Path, exclude: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the documents below a folder, in the order of their names.

    A folder that cannot be looked into is one of them, with the reason, and so is a file
    of another format. A workbook is none: as a rule it is a list, a glossary or what we wrote.
    """
    from aligner.corpus.store.mark import is_corpus
    from aligner.formats.documents import DOCUMENT_SUFFIXES

    if not folder.is_dir():
        raise ReadError(
            _("{folder}: no such folder").format(folder=shown(folder)), hint=_("check the name")
        )
    skipped = exclude.resolve() if exclude else None
    waiting = [folder]
    found: list[tuple[str, str]] = []
    while waiting:
        inside = waiting.pop()
        try:
            paths = list(inside.iterdir())
        except OSError as error:
            name = shown(inside.relative_to(folder).as_posix())
            found.append((name, _("cannot be opened: {reason}").format(reason=reason_of(error))))
            continue
        for path in paths:
            if path.name.startswith(("~$", ".")):
                continue
            if path.is_dir():
                if not is_corpus(path) and path.resolve() != skipped and not path.is_symlink():
                    waiting.append(path)
            elif skipped is None or path.resolve() != skipped:
                form = DOCUMENT_SUFFIXES.get(path.suffix.lower())
                trouble = "" if form and not form.bitext_in else _not_read(path.suffix)
                found.append((shown(path.relative_to(folder).as_posix()), trouble))
    yield from sorted(found)


def _locks(folder: Path) -> int:
    """Count the lock files of office programs: they stand beside a document that is open."""
    return sum(name.startswith("~$") for _top, _within, names in os.walk(folder) for name in names)


def _not_read(suffix: str) -> str:
    """Return why a file of this suffix is not read."""
    from aligner.formats.bitexts import BITEXT_SUFFIXES
    from aligner.formats.common.unread_kinds import unread_hint

    if not suffix:
        return _(
            "{not_read}: it has no suffix that says its format; give it one, such as .txt"
        ).format(not_read=_(NOT_READ))
    if suffix.lower() in BITEXT_SUFFIXES:
        return _(
            "{not_read}: a file in {suffix} is a table or a bitext, and no document; give it to"
            " `aligner check` or `convert` by itself"
        ).format(not_read=_(NOT_READ), suffix=suffix)
    if hint := unread_hint(suffix):
        return f"{_(NOT_READ)}: {hint}"
    return _(
        "{not_read}: no format of documents has the suffix {suffix}; save it as .docx or .txt if"
        " it holds text"
    ).format(not_read=_(NOT_READ), suffix=suffix)


@dataclass(slots=True)
class _Search:
    """A search under way."""

    folder: Path
    encoding: str | None
    tell: FilesProgress
    prints: list[Print] = field(default_factory=list)
    pairs: list[FoundPair] = field(default_factory=list)
    notes: dict[str, Loose] = field(default_factory=dict)  # by file
    settled: set[str] = field(default_factory=set)  # files that are in a pair

    def by_name(self) -> None:
        """Pair files whose names differ only in what names a language or side."""
        groups: dict[str, list[Print]] = defaultdict(list)
        for one in self.prints:
            if one.lang:
                groups[name_key(one.name)].append(one)
            else:
                self.notes[one.name] = Loose(one.name, "unreadable", one.trouble)
        for members in groups.values():
            if not self._pair_group(members):
                self._pair_parts(members, lambda name: Path(name).suffix.lower())
                self._pair_parts(members, exact_key)
            self._note_same_language(members)

    def by_content(self, encoder: str | Encoder) -> None:
        """Pair what is left by its content, all at once."""
        zh, en = self._left("zh"), self._left("en")
        if not zh or not en:
            return
        if max(len(zh), len(en)) > MOST_UNPAIRED:
            raise SettingError(
                _(
                    "{folder}: {count:,} files have no partner by name,"
                    " too many to compare by content"
                ).format(folder=shown(self.folder), count=len(zh) + len(en)),
                hint=_("pair its subfolders one by one, or give partners matching names"),
            )
        found = self._scores(zh, en, encoder)
        for row, column, note in assigned(found):
            self._add(zh[row], en[column], found[row, column], "content", note)
        self._note_nearest(zh, en, found)

    def result(self) -> Pairing:
        """Return what was found."""
        loose = [
            self.notes.get(one.name, Loose(one.name, "unpaired", _("no partner found")))
            for one in self.prints
            if one.name not in self.settled
        ]
        self.pairs.sort()
        return Pairing(
            self.folder,
            tuple(pair for pair in self.pairs if pair.how != "doubtful"),
            tuple(pair for pair in self.pairs if pair.how == "doubtful"),
            tuple(sorted(loose)),
            _locks(self.folder),
        )

    def _pair_group(self, members: Sequence[Print]) -> bool:
        zh = [one for one in members if one.lang == "zh" and one.name not in self.settled]
        en = [one for one in members if one.lang == "en" and one.name not in self.settled]
        if len(zh) != 1 or len(en) != 1:
            return False
        from aligner.pairing.content_scores import facts_scores

        score = float(facts_scores(zh, en)[0, 0])
        odd = _("numbers and length do not fit") if score < ODD else ""
        self._add(zh[0], en[0], score, "name", odd)
        return True

    def _pair_parts(self, members: Sequence[Print], key: Callable[[str], str]) -> None:
        """Pair those of a group that are alike in something more."""
        parts: dict[str, list[Print]] = defaultdict(list)
        for one in members:
            parts[key(one.name)].append(one)
        for some in parts.values() if len(parts) > 1 else ():
            self._pair_group(some)

    def _note_same_language(self, members: Sequence[Print]) -> None:
        langs = {one.lang for one in members}
        if len(members) < 2 or len(langs) > 1:
            return
        what = _("Chinese") if langs == {"zh"} else _("English")
        for one in members:
            names = [other.name for other in members if other is not one]
            others = ", ".join(names[:NAMED])
            self.notes[one.name] = Loose(
                one.name,
                "same language",
                _("named like {others}, but all look {what}").format(others=others, what=what),
            )

    def _left(self, lang: str) -> list[Print]:
        """Return the files of a language without a partner; of equal ones the first."""
        first = {one.digest: one for one in reversed(self.prints) if one.lang == lang}
        left = []
        for one in self.prints:
            if one.lang != lang or one.name in self.settled:
                continue
            if first[one.digest] is not one:
                same = first[one.digest].name
                self.notes[one.name] = Loose(
                    one.name, "duplicate", _("same text as {same}").format(same=same)
                )
                continue
            left.append(one)
        return left

    def _scores(self, zh: Sequence[Print], en: Sequence[Print], encoder: str | Encoder) -> Scores:
        from aligner.encode import load_encoder
        from aligner.pairing.content_scores import scores

        model = load_encoder(encoder) if isinstance(encoder, str) else encoder
        if not model.dim:
            raise SettingError(
                _("this encoder has no vectors to compare documents with"),
                hint=_("choose another one"),
            )
        parts = []
        for number, one in enumerate([*zh, *en], start=1):
            lang = one.lang or "en"
            path = named(self.folder, one.name)
            parts.append(blocks(path, one.name, lang, model, encoding=self.encoding))
            self.tell(N_("comparing"), number, len(zh) + len(en))
        return scores(zh, en, parts[: len(zh)], parts[len(zh) :])

    def _add(self, zh: Print, en: Print, score: float, how: How, note: str) -> None:
        self.settled |= {zh.name, en.name}
        probability = round(1 / (1 + exp(-score)), 4)
        self.pairs.append(
            FoundPair(zh.name, en.name, probability, "doubtful" if note else how, note)
        )

    def _note_nearest(self, zh: Sequence[Print], en: Sequence[Print], found: Scores) -> None:
        """Say of each file that stays alone which one it resembles most."""
        for side, others, matrix in ((zh, en, found), (en, zh, found.T)):
            for one, row in zip(side, matrix, strict=True):
                if one.name not in self.settled and one.name not in self.notes:
                    best = int(row.argmax())
                    near = _("no partner found; nearest is {name}").format(name=others[best].name)
                    self.notes[one.name] = Loose(one.name, "unpaired", near)


def assigned(found: Scores) -> Iterator[tuple[int, int, str]]:
    """Yield the pairs that are best for all together, and why one is doubtful.

    Args:
        found: Logits. Shape (rows, columns).

    The pairs come by row. One with a score below 0 is worth no more than none. See
    `_assignment` for how the best is found.
    """
    import numpy as np

    for row, column in _best_pairs(-np.maximum(found, 0)):
        score = found[row, column]
        if score <= 0:
            continue
        rivals = np.concatenate([np.delete(found[row], column), np.delete(found[:, column], row)])
        ahead = score - rivals.max(initial=-np.inf)
        if score < LEAST_LOGIT:
            yield int(row), int(column), _("their contents are not much alike")
        elif ahead < LEAD:
            yield int(row), int(column), _("another file fits nearly as well")
        else:
            yield int(row), int(column), ""


def _best_pairs(cost: Scores) -> list[tuple[int, int]]:
    """Return the rows and columns of the best assignment, in the order of the rows."""
    from aligner.pairing._assignment import columns_of_rows

    if cost.shape[0] <= cost.shape[1]:
        return [(row, int(column)) for row, column in enumerate(columns_of_rows(cost))]
    turned = columns_of_rows(cost.T.copy())
    return sorted((int(row), column) for column, row in enumerate(turned))


def _silent(_what: str, _done: int, _total: int) -> None:
    pass
