"""Lay out a set of gold from a local copy of its public source, as fitting reads it.

    python scripts fit.layout mac-dev MAC_CLONE OUT/gold
    python scripts fit.layout bible-5k ALIGNER_EVAL_CLONE OUT/gold
    python scripts fit.layout tico19 all.en-zh.tmx OUT/gold
    python scripts fit.layout tico19-split all.en-zh.tmx OUT/gold
    python scripts fit.layout hkma-dev WMT25_TERMINOLOGY/document_v3 OUT/gold
    python scripts fit.layout open-sdg SDG_TRANSLATIONS_CLONE OUT/gold
    python scripts fit.layout hkma-terms WMT25_TERMINOLOGY/public_test OUT/terms
    python scripts fit.layout tico19-terms TICO19_CLONE/data/terminologies OUT/terms

Then `python scripts fit.alignment OUT/gold`, `fit.locate OUT` and `fit.trust OUT` fit every
model again. A set is a folder of NAME.zh and NAME.en, one unit a line, and NAME.align: one
link a line, `[0,1]:[0]`, zero-based, Chinese first; `[]:[3]` has no partner.

Sources and their licences are in corpora/README.md. Two sets are not made here: of
`opensource-guide` two places were corrected by hand, and in `udhr` paragraphs were matched
by reading. Neither is fitted on.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from aligner.scoring import Link, read_align

YEARS = range(2015, 2020)  # of the reports that models may be fitted on
HAN = re.compile(r"[\u3400-\u9fff]")
# A closing quotation mark stays with its sentence; a full stop after a capital, as in U.S.,
# or a title, as in Dr. and St., or of i.e. and e.g. ends none.
ZH_END = re.compile(r"(?<=[。！？])(?![”’」』）)\"])|(?<=[。！？!?][”’」』）)\"])")
EN_END = re.compile(
    r"(?<=[a-z0-9)”\" ][.!?])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bDr\.)(?<!\bSt\.)\s+(?=[A-Z0-9“\"])"
)
DIGITS = re.compile(r"(\d+)")

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Laid:
    """One document: its lines, its links, and what else is known of each line."""

    name: str
    zh: Sequence[str]
    en: Sequence[str]
    links: Sequence[tuple[Sequence[int], Sequence[int]]]
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by suffix, such as zh.unit


def mac_dev(source: Path) -> Iterator[Laid]:
    """Yield the novels of bfsujason/mac: InterText's links between two files of sentences."""
    for path in sorted((source / "dev" / "intertext").glob("*.*.*.xml")):
        group = _xml(path)
        sides = [path.with_name(group.get(name, "")) for name in ("fromDoc", "toDoc")]
        texts = [_sentences(side) for side in sides]
        rows = [{name: n for n, name in enumerate(each)} for each in texts]
        links = []
        for link in group.iterfind("link"):
            ids = [side.split() for side in link.get("xtargets", ";").split(";")]
            links.append(
                [[row[each] for each in names] for row, names in zip(rows, ids, strict=True)]
            )
        zh = 0 if sides[0].stem.endswith("_zh") else 1
        name = sides[zh].stem.rpartition(".")[2].removesuffix("_zh")
        yield Laid(
            name,
            list(texts[zh].values()),
            list(texts[1 - zh].values()),
            [(link[zh], link[1 - zh]) for link in links],
        )


def _sentences(path: Path) -> dict[str, str]:
    """Return the sentences of a file of InterText by their ids."""
    return {s.get("id", ""): _line("".join(s.itertext())) for s in _xml(path).iter("s")}


def bible(source: Path) -> Iterator[Laid]:
    """Yield the first text of bfsujason/aligner-eval's Bible, whose source side is English."""
    folder = source / "data" / "bible"
    en, zh = (_lines(folder / side / "001") for side in ("src", "tgt"))
    links = [(link.tgt, link.src) for link in read_align(folder / "gold" / "001.align")]
    verses = {}
    for suffix, stem, lines in (("zh.verse", "tgt", zh), ("en.verse", "src", en)):
        path = folder / f"{stem}.verse"
        if path.is_file():  # those of all texts, the longest one's
            verses[suffix] = _lines(path)[: len(lines)]
    yield Laid("001", zh, en, links, verses)


def tico19(source: Path) -> Iterator[Laid]:
    """Yield the documents of tico-19's translation memory; a unit is named DOCUMENT:NUMBER."""
    pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit in _xml(source).iter("tu"):
        sides = {
            variant.get(XML_LANG, "").partition("-")[0]: _line(
                "".join(variant.find("seg").itertext())
            )
            for variant in unit.iter("tuv")
        }
        pairs[unit.get("tuid", "").rpartition(":")[0]].append((sides["zh"], sides["en"]))
    for name, units in sorted(pairs.items()):
        yield _one_to_one(name, units)


def tico19_split(source: Path) -> Iterator[Laid]:
    """Yield the same text cut after sentence ends; a link holds all sentences of a unit."""
    for whole in tico19(source):
        texts: tuple[list[str], list[str]] = ([], [])
        units: tuple[list[str], list[str]] = ([], [])
        links = []
        for number, pair in enumerate(zip(whole.zh, whole.en, strict=True)):
            link = []
            for text, end, lines, unit in zip(pair, (ZH_END, EN_END), texts, units, strict=True):
                cut = [part for part in map(str.strip, end.split(text)) if part]
                link.append(range(len(lines), len(lines) + len(cut)))
                lines.extend(cut)
                unit.extend([str(number)] * len(cut))
            links.append((link[0], link[1]))
        yield Laid(whole.name, *texts, links, {"zh.unit": units[0], "en.unit": units[1]})


def hkma_dev(source: Path) -> Iterator[Laid]:
    """Yield the reports of wmt25-terminology: YEAR/md/C04_NAME.md and 04_NAME.md.

    Both have as many lines, and empty ones in the same places; what stands between two
    empty lines is a paragraph.
    """
    for year in YEARS:
        for path in sorted((source / str(year) / "md").glob("[0-9]*.md")):
            sides = [path.with_name(f"C{path.name}"), path]
            zh, en = (_paragraphs(side, gap) for side, gap in zip(sides, ("", " "), strict=True))
            yield _one_to_one(f"{year}_{path.stem}", list(zip(zh, en, strict=True)))


def _paragraphs(path: Path, gap: str) -> list[str]:
    blocks = re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", path.read_text(encoding="utf-8").strip())
    return [gap.join(line.strip() for line in block.split("\n")) for block in blocks]


def open_sdg(source: Path) -> Iterator[Laid]:
    """Yield the wording of the global goals and the texts of the interface, by their keys."""
    folder = source / "translations"
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path in sorted((folder / "zh-Hans").glob("*.yml")):
        zh, en = (dict(_keys(_yaml(folder / lang / path.name))) for lang in ("zh-Hans", "en"))
        own = path.stem.startswith("global_") or path.stem == "metadata_fields"
        for key in zh.keys() & en.keys():
            if HAN.search(zh[key]) and en[key]:
                name = path.stem if own else "interface"
                found[name].append((f"{path.stem}.{key}", zh[key], en[key]))
    for name, entries in sorted(found.items()):
        entries.sort(key=lambda entry: _natural(entry[0]))
        laid = _one_to_one(name, [(zh, en) for _, zh, en in entries])
        yield Laid(name, laid.zh, laid.en, laid.links, {"keys": [key for key, _, _ in entries]})


def _keys(value: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of nested tables, their keys joined by hyphens."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _keys(inner, f"{before}{key}-")
        elif inner is not None:
            yield f"{before}{key}", _line(str(inner))


def _natural(key: str) -> list[str | int]:
    """Return a key to sort by in which 2 comes before 10."""
    return [int(part) if part.isdigit() else part for part in DIGITS.split(key)]


def hkma_terms(source: Path) -> tuple[str, list[Sequence[str]]]:
    """Return the yearly dictionaries of the reports as one table.

    Those to Chinese are keyed by the English term, the others by the Chinese one.
    """
    rows: list[Sequence[str]] = [("zh", "en", "year", "source_file")]
    for year in YEARS:
        for path in sorted(source.glob(f"{year}.*.proper.jsonl")):
            first = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0])
            for key, values in first["terms"].items():
                for value in [values] if isinstance(values, str) else values:
                    pair = (value, key) if ".enzh." in path.name else (key, value)
                    rows.append((*map(_line, pair), str(year), path.name))
    return f"hkma-{YEARS[0]}-{YEARS[-1]}.tsv", rows


def tico19_terms(source: Path) -> tuple[str, list[Sequence[str]]]:
    """Return the six lists of tico-19 with Chinese and English as one table."""
    rows: list[Sequence[str]] = [("zh", "en", "variant", "pos", "description", "source_file")]
    for path in sorted(source.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                pair = {
                    row["sourceLang"]: row["sourceString"],
                    row["targetLang"]: row["targetString"],
                }
                zh = next((lang for lang in pair if lang.startswith("zh")), "")
                if zh and "en" in pair:
                    variant = {"Hans": "zh-CN", "Hant": "zh-TW"}.get(zh[3:], f"zh-{zh[3:]}")
                    more = (variant, row.get("pos") or "", row.get("description") or "", path.name)
                    rows.append(tuple(map(_line, (pair[zh], pair["en"], *more))))
    rows[1:] = sorted(rows[1:], key=lambda row: row[2])
    return "tico19-merged.tsv", rows


SETS: dict[str, Callable[[Path], Iterator[Laid]]] = {
    "mac-dev": mac_dev,
    "bible-5k": bible,
    "tico19": tico19,
    "tico19-split": tico19_split,
    "hkma-dev": hkma_dev,
    "open-sdg": open_sdg,
}
TABLES: dict[str, Callable[[Path], tuple[str, list[Sequence[str]]]]] = {
    "hkma-terms": hkma_terms,
    "tico19-terms": tico19_terms,
}


def write_set(documents: Iterable[Laid], folder: Path) -> int:
    """Write the documents of a set; return how many there are."""
    count = 0
    for count, each in enumerate(documents, start=1):  # noqa: B007 - the last one is wanted
        for link in each.links:
            Link(tuple(link[0]), tuple(link[1]))
        links = [f"[{_numbers(zh)}]:[{_numbers(en)}]" for zh, en in each.links]
        files = {"zh": each.zh, "en": each.en, "align": links, **each.beside}
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, lines in files.items():
            (folder / f"{each.name}.{suffix}").write_text(
                "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n"
            )
    return count


def _one_to_one(name: str, pairs: Sequence[tuple[str, str]]) -> Laid:
    links = [((n,), (n,)) for n in range(len(pairs))]
    return Laid(name, [zh for zh, _ in pairs], [en for _, en in pairs], links)


def _numbers(side: Sequence[int]) -> str:
    return ",".join(map(str, side))


def _line(text: str) -> str:
    """Return a text as one line; the blanks inside stay, but for those around a break."""
    return re.sub(r"\s*[\r\n]+\s*", " ", text).replace("\t", " ").strip()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _xml(path: Path) -> Any:  # noqa: ANN401 - lxml has no types
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _yaml(path: Path) -> dict[str, Any]:
    try:
        import yaml
    except ModuleNotFoundError:
        sys.exit("error: open-sdg is YAML\n  hint: pip install pyyaml")
    value: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return value


def main() -> int:
    """Lay out the named set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", choices=[*SETS, *TABLES])
    parser.add_argument("source", type=Path, help="a clone, folder or file, as above")
    parser.add_argument("out", type=Path, help="the folder for sets, or for tables of terms")
    args = parser.parse_args()
    if args.set in SETS:
        count = write_set(SETS[args.set](args.source), args.out / args.set)
        print(f"{count} documents in {args.out / args.set}")
    else:
        name, rows = TABLES[args.set](args.source)
        count = len(rows) - 1
        args.out.mkdir(parents=True, exist_ok=True)
        text = "".join("\t".join(row) + "\n" for row in rows)
        (args.out / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{count} terms in {args.out / name}")
    return 0 if count else 2


if __name__ == "__main__":
    sys.exit(main())
