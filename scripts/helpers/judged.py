"""What revisers read in the development texts, in one shape, with the texts they read.

`DATA/terms/judged` and `scripts/fit/labels` hold it (see their READMEs). A label names a
place by set, file and line, the lines counted from 1; `line_of` gives the line of a place
that the product reports.

An input is what was read as one document or one corpus: a yearly report, a novel, a run of
news. Inputs of one genre (`GENRES`) share a way of writing, so a figure for a genre is of
fits that saw none of its inputs.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from aligner.bitext import Bead, Bitext
from aligner.encode import load_encoder
from aligner.pipeline import align_documents
from helpers.terms_gold import document

LABELS: Final = Path(__file__).parents[1] / "fit" / "labels"
YEARS: Final = ("2015", "2016", "2017", "2018", "2019")
NOVELS: Final = tuple(f"mac{n:03}" for n in range(1, 7))
GENRES: Final = {
    "news": ("news21", "ntrex-a", "ntrex-b"),
    "finance": tuple(f"hkma-{year}" for year in YEARS),
    "health": ("tico-a", "tico-b"),
    "novels": NOVELS,
    "reference": ("open-sdg", "effective-go", "opensource-guide", "law"),
}
INPUTS: Final = tuple(name for names in GENRES.values() for name in names)
GENRE_OF: Final = {name: genre for genre, names in GENRES.items() for name in names}
_TICO_A: Final = frozenset(
    """PubMed_11 PubMed_6 PubMed_7 PubMed_9 Wikipedia_handpicked_1 Wikipedia_handpicked_3
    Wikipedia_handpicked_7 wiki_10 wiki_13 wiki_4 wiki_5 wiki_9""".split()  # noqa: SIM905 - reads best as words
)

Place = tuple[str, int]  # file, and its Chinese line counted from 1


@dataclass(frozen=True)
class Listed:
    """A key term that a reader listed before any output was seen."""

    input: str
    term: str
    verdict: str  # must, should, could, consistent or justified
    odd: tuple[Place, ...]  # where it is out of line; may be empty
    renderings: tuple[str, ...]  # as the reader gave them; none in the supplement
    added: bool = False  # noticed only because a product showed it: no measure of recall


@dataclass(frozen=True)
class Judged:
    """A suspicion of a former product, judged without its probability in sight."""

    input: str
    term: str
    dominant: str
    rendering: str
    places: tuple[Place, ...]
    label: str  # R real, r real with the span off, L legitimate, E extraction error
    right_term: str  # where the term was off, if the reader gave it
    right_rendering: str
    cause: str = ""  # in the reader's words


@dataclass(frozen=True)
class GoldSpan:
    """The exact English words of one place of a term."""

    input: str
    file: str
    line: int
    start: int  # in the Chinese line
    stop: int
    term: str
    en_lines: tuple[int, ...]
    rendering: str  # parts joined by " ... "; empty if it is not rendered
    en_spans: tuple[tuple[int, int], ...]  # in the English lines joined by blanks; may be empty
    how: str


def folder_of(name: str) -> str:
    """Return the folder below `gold` that holds an input."""
    for head, folder in (
        ("hkma-", "hkma-dev"),
        ("ntrex-", "ntrex-cn"),
        ("tico-", "tico19"),
        ("mac", "mac-dev"),
    ):
        if name.startswith(head):
            return folder
    return name


def input_of(folder: str, file: str) -> str:
    """Return the input that a file of a gold folder belongs to, or nothing."""
    if folder.startswith("hkma"):
        return f"hkma-{file[:4]}"
    if folder == "ntrex-cn":
        return "ntrex-a" if file < "060" else "ntrex-b"
    if folder == "tico19":
        return "" if file == "CMU_1" else "tico-a" if file in _TICO_A else "tico-b"
    if folder == "mac-dev":
        return f"mac{file}"
    return folder


def texts_of(name: str, data: Path) -> list[Bitext]:
    """Return the aligned documents of an input; aligned once, kept in a cache if there is one.

    `DATA/../cache` is used if it exists.
    """
    store = data.parent / "cache" / f"{name}.pickle"
    if store.exists():
        return [_renewed(text) for text in pickle.loads(store.read_bytes())]  # noqa: S301
    folder = folder_of(name)
    encoder = load_encoder("use")
    found = []
    for path in sorted((data / "gold" / folder).glob("*.zh")):
        if input_of(folder, path.stem) == name:
            sides = [document(path.with_suffix(suffix)) for suffix in (".zh", ".en")]
            found.append(replace(align_documents(*sides, encoder=encoder), id=path.stem))
    if store.parent.is_dir():
        store.write_bytes(pickle.dumps(found))
    return found


def _renewed(bitext: Bitext) -> Bitext:
    """Return a bitext of the cache; fields that are newer than the cache have their defaults."""
    new: Bitext = _with_defaults(bitext)
    beads: tuple[Bead, ...] = tuple(map(_with_defaults, new.alignment.beads))
    return replace(
        new,
        src_doc=_with_defaults(new.src_doc),
        tgt_doc=_with_defaults(new.tgt_doc),
        alignment=replace(new.alignment, beads=beads),
    )


def _with_defaults(value: Any) -> Any:  # noqa: ANN401 - any of our values
    known = {f.name: getattr(value, f.name) for f in fields(value) if hasattr(value, f.name)}
    return type(value)(**known)


def line_of(text: str, at: int) -> int:
    """Return the line of a character, counted from 1."""
    return text.count("\n", 0, at) + 1


def listed(data: Path) -> Iterator[Listed]:
    """Yield what the readers listed."""
    for row in _rows(data, "*.real.jsonl", "*.added.jsonl"):
        name = _input_of(row)
        verdict = row.get("strength") or ("consistent" if row.get("consistent") else "justified")
        odd = _odd(row, name) if row.get("strength") else ()
        forms = tuple(row.get("renderings") or ())
        added = bool(row.get("added_after_product"))
        yield Listed(name, row["term"], verdict, odd, forms, added)
    for row in _lines(LABELS / "listed.jsonl"):
        file, line, start, stop = row["term"]
        name = input_of(row["set"], file)
        if not name:
            continue
        term = _line(data, folder_of(name), file, ".zh", line)[start:stop]
        odd = tuple((file, line) for file, line in row["odd"])
        yield Listed(name, term, row["verdict"], odd, ())


def judged(data: Path) -> Iterator[Judged]:
    """Yield the judged groups."""
    for row in _rows(data, "*.judged.jsonl"):
        name = _input_of(row)
        yield Judged(
            input=name,
            term=row["term"],
            dominant=row["dominant"],
            rendering=row["rendering"],
            places=_odd(row, name),
            label=row["label"],
            right_term=row.get("right_term") or "",
            right_rendering=row.get("right_rendering") or "",
            cause=row["cause"],
        )
    for row in _lines(LABELS / "judged.jsonl"):
        name = row["input"]
        folder = folder_of(name)
        places = row["places"]
        file, src, tgt = places[0]
        yield Judged(
            input=name,
            term=_words(data, folder, ".zh", [file, *src]),
            dominant=_words(data, folder, ".en", row["dominant"]),
            rendering=_words(data, folder, ".en", [file, *tgt]),
            places=tuple((file, src[0]) for file, src, _ in places),
            label=row["label"],
            right_term=_words(data, folder, ".zh", row.get("right_term")),
            right_rendering=_words(data, folder, ".en", row.get("right_rendering")),
        )


def gold_spans(data: Path) -> Iterator[GoldSpan]:
    """Yield the places whose English words are known."""
    for row in _rows(data, "*.spans.jsonl"):
        name = _input_of(row)
        folder, file = folder_of(name), _stem(row["file"])
        zh = _line(data, folder, file, ".zh", row["line_zh"])
        start = _zh_start(row, zh)
        if start < 0:
            continue
        lines = tuple(row["line_en"])
        en = " ".join(_line(data, folder, file, ".en", n) for n in lines)
        yield GoldSpan(
            input=name,
            file=file,
            line=row["line_zh"],
            start=start,
            stop=start + len(row["term"]),
            term=row["term"],
            en_lines=lines,
            rendering=row["rendering"],
            en_spans=_en_spans(row, en),
            how=row["how"],
        )
    for row in _lines(LABELS / "spans.jsonl"):
        name, file = input_of(row["set"], row["file"]), row["file"]
        if not name:
            continue
        line, start, stop = row["zh"]
        lines, spans = row["en"]
        en = " ".join(_line(data, folder_of(name), file, ".en", n) for n in lines)
        yield GoldSpan(
            input=name,
            file=file,
            line=line,
            start=start,
            stop=stop,
            term=_line(data, folder_of(name), file, ".zh", line)[start:stop],
            en_lines=tuple(lines),
            rendering=" ... ".join(en[a:b] for a, b in spans),
            en_spans=tuple((a, b) for a, b in spans),
            how=row["how"],
        )


def _rows(data: Path, *patterns: str) -> Iterator[dict[str, Any]]:
    for pattern in patterns:
        for path in sorted((data / "terms" / "judged").glob(pattern)):
            yield from _lines(path)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _stem(file: str) -> str:
    return file.removesuffix(".zh")


def _input_of(row: dict[str, Any]) -> str:
    """Return the input of a row, each file of which writes its places in its own way."""
    doc, name = row.get("doc", ""), row["set"]
    if name == "tico19":
        return "tico-a"
    if name == "ntrex-cn":
        return "ntrex-a"
    if name == "mac-dev":
        return doc if doc.startswith("mac") else f"mac{row['file']}"
    return str(name)


def _odd(row: dict[str, Any], name: str) -> tuple[Place, ...]:
    lines = row.get("lines") or ()
    files = [_stem(file) for file in row.get("files") or [name]]
    found = []
    for number, line in enumerate(lines):
        if isinstance(line, list):
            found.append((_stem(line[0]), int(line[1])))
        elif isinstance(line, str):
            file, _, at = line.rpartition(":")
            found.append((_stem(file), int(at)))
        else:
            file = files[number] if len(files) == len(lines) else files[0]
            found.append((file, int(line)))
    return tuple(found)


def _zh_start(row: dict[str, Any], zh: str) -> int:
    if "zh_span" in row:
        return int(row["zh_span"][0])
    if "zh_offset" in row and zh.startswith(row["term"], row["zh_offset"]):
        return int(row["zh_offset"])
    at = -1
    for _ in range(max(1, row.get("occurrence") or 1)):
        at = zh.find(row["term"], at + 1)
    return at


def _en_spans(row: dict[str, Any], en: str) -> tuple[tuple[int, int], ...]:
    rendering = row["rendering"]
    if not rendering:
        return ()
    if row.get("en_spans"):
        return tuple((a, b) for a, b in row["en_spans"])
    if row.get("parts"):
        return tuple(_found(en, part) for part in row["parts"] if isinstance(part, str))
    for key in ("en_offset", "start"):
        if isinstance(row.get(key), int) and en.startswith(rendering, row[key]):
            return ((row[key], row[key] + len(rendering)),)
    return (_found(en, rendering),) if rendering in en else ()


def _found(en: str, part: str) -> tuple[int, int]:
    at = en.find(part)
    return at, at + len(part)


def _words(data: Path, folder: str, suffix: str, place: Sequence[Any] | None) -> str:
    """Return the words of a place: file, line and characters; nothing for no place."""
    if not place:
        return ""
    file, line, start, stop = place
    text = "\n".join(_file(data / "gold" / folder / f"{file}{suffix}")[line - 1 :])
    at = min(start, len(text))
    return " ".join(text[at:stop].split())


def _line(data: Path, folder: str, file: str, suffix: str, number: int) -> str:
    return _file(data / "gold" / folder / f"{file}{suffix}")[number - 1]


@cache
def _file(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").split("\n")
