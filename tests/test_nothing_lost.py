"""Nothing is lost on the way: 40 pairs of nasty documents, in every format, two settings.

Every segment is in one link; what is written and read again is equal; and every character
of both files stands in the links, in order. White space, and characters that are not
seen (zero width, direction), are all that may go. Where a format has no place for a
one-sided unit, it is in the table beside it, which is read here by hand, as are the
formats that the package only writes.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from lxml import etree

from aligner import pipeline
from aligner.bitext import Bitext, Unit
from aligner.formats.bitexts import read_bitext
from aligner.formats.outputs import write_bitext

PAIRS = 40
FORMATS = (
    "align", "csv", "intertext", "jsonl", "moses", "parquet", "tmx", "tsv", "xliff12", "xliff20",
    "xlsx",
)  # fmt: skip
SETTINGS = ("default", "other")  # other: --min-p .9 or --pre-split, in turn

ZH = (
    "今天下雨。",
    "她说：“走吧。”他没有回答。",
    "=SUM(A1:A9)是一个公式。",
    "+86是国际区号。",
    "-5度的早晨很冷。",
    "@编辑部请看这一行。",
    "价格<100且质量>平均。",
    "]]>和<b>粗体</b>都是文字。",
    "表格里\t有一个制表符。",
    "𠀀和𠮷都是汉字。",
    "ＡＢＣ１２３是全角。",
    "臺灣的天氣很好，請帶雨傘。",
    "表情😀👩‍👩‍👧放在句中。",
    "控制\x01字符\x1f在这里。",
    "零宽\u200b空格在此。",
    "_x0041_不是转义。",
    "第一章　总则",
    "1.5%的人同意。",
    '‘单引号’和"双引号"并用。',
    "&amp;不是实体。",
    "“",
    "（见下页）",
    "\u202e从右到左\u202c的标记。",
    "路径是C:\\新建\\文件。",
    "问：为什么？！答：不知道……",
    "；分号开头；",
    "'单引号开头。",
    '"双引号开头，没有结尾。',
    "一、总体要求",
    "《条例》第十条规定：应当登记。",
    "𝒳是数学字母。",
    "e\u0301是组合字符。",
    "nbsp\xa0在这里。",
    "#井号*星号_下划线`反引号。",
)
EN = (
    "It is raining today.",
    '"Let\'s go," she said. He did not answer.',
    "=SUM(A1:A9) is a formula.",
    "+86 is a country code.",
    "-5 degrees in the morning.",
    "@editors, see this line.",
    "Price < 100 & quality > average.",
    "]]> and <b>bold</b> are text.",
    "A table\thas a tab.",
    "Caf\xe9 na\xefve r\xe9sum\xe9.",
    "Full width ＡＢＣ stays.",
    "The weather in Taiwan is fine.",
    "An emoji 😀👩‍👩‍👧 stands here.",
    "Control\x02 characters\x1e are here.",
    "Zero\u200bwidth is here.",
    "_x0041_ is no escape.",
    "Chapter I General Provisions",
    "1.5% of people agreed.",
    "'Single' and \"double\" quotes.",
    "&amp; is no entity.",
    '"',
    "(see overleaf)",
    "\u202eRight to left\u202c marks.",
    "The path is C:\\new\\file.",
    "Q: Why?! A: Who knows...",
    "; starts with a semicolon;",
    "'Tis a quote that opens.",
    '"A quote that never closes.',
    "I. General requirements",
    "Article 10: registration is required.",
    "𝒳 is a letter of maths.",
    "e\u0301 is combining.",
    "A no-break\xa0space.",
    "# hash * star _ underscore ` tick.",
)


def text_of(side: tuple[str, ...], order: list[int], number: int, chance: random.Random) -> str:
    """Return a document: some sentences to a line, blank lines, alone standing parts."""
    end = "\r\n" if number % 4 == 1 else "\n"
    joiner = "" if side is ZH else " "
    lines, line = [], ""
    for index in order:
        line = f"{line}{joiner}{side[index]}" if line else side[index]
        if chance.random() < 0.6:
            lines += [line] + [""] * chance.choice([0, 0, 1, 3])
            line = ""
    if number % 5 == 2:  # a stretch without partner, at the end
        lines += [f"{side[k]}{joiner}{side[k + 1]}" for k in range(0, 20, 2) if side is ZH]
    if number % 8 == 3:  # a sentence without end
        lines.append(("长句，" if side is ZH else "long words, ") * 700)
    return ("\ufeff" if number % 7 == 6 else "") + end.join([*lines, line]) + end * (number % 3)


def documents(number: int) -> tuple[str, str]:
    """Return the Chinese and the English text of a pair, the same on every run."""
    chance = random.Random(number)  # noqa: S311 - no secret
    order = chance.sample(range(len(ZH)), chance.randint(4, 16))
    left_out = {index for index in order if chance.random() < 0.15}
    zh = text_of(ZH, order, number, chance)
    return zh, text_of(EN, [k for k in order if k not in left_out] or order, number, chance)


@cache
def aligned(number: int, setting: str) -> tuple[Bitext, tuple[str, str]]:
    """Return the alignment of a pair, and the texts of its two files."""
    texts = documents(number)
    encodings = ("gb18030", "utf-16") if number % 10 == 9 else ("utf-8", "utf-8")
    other = setting == "other"
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"p{number}.{lang}.txt" for lang in ("zh", "en")]
        for path, text, encoding in zip(paths, texts, encodings, strict=True):
            path.write_bytes(text.encode(encoding))
        value = pipeline.align(
            *paths,
            encoder="length",
            langs=("zh", "en"),
            min_p=0.9 if other and number % 2 else 0.0,
            pre_split=other and not number % 2,
        )
    return value, texts


def seen(text: str) -> str:
    """Return what one sees of a text: no white space, nothing of zero width."""
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")
    )


@pytest.mark.parametrize("setting", SETTINGS)
def test_links_hold_every_segment_and_every_character(setting: str) -> None:
    """Segments are in one link each, in order, and hold all that one sees of both files."""
    for number in range(PAIRS):
        value, texts = aligned(number, setting)
        units = list(value.units())
        for k, side in enumerate(("src", "tgt")):
            ids = [n for unit in units for n in getattr(unit, f"{side}_ids")]
            assert ids == list(range(len(getattr(value, side))))
            text = "".join(getattr(unit, side) for unit in units)
            assert seen(text) == seen(texts[k]), (number, side)


def test_the_pairs_have_all_kinds_of_units() -> None:
    """One-sided, withheld and joined units are all there, or the test would prove little."""
    units = [
        unit
        for setting in SETTINGS
        for k in range(PAIRS)
        for unit in aligned(k, setting)[0].units()
    ]
    kinds = {unit.kind for unit in units}
    assert {"1-1", "1-0", "0-1", "2-1", "1-2"} <= kinds
    assert sum("0" in unit.kind for unit in units) > 200
    withheld = [unit for k in range(1, PAIRS, 2) for unit in aligned(k, "other")[0].units()]
    assert all(unit.p >= 0.9 or "0" in unit.kind for unit in withheld)
    assert max(len(unit.src) for unit in units) > 2_000


def one_line(text: str) -> str:
    """Return a text as formats of lines hold it."""
    return " ".join(text.replace("\t", " ").splitlines())


def xml(text: str) -> str:
    """Return a text as XML can hold it: a control character is U+FFFD."""
    return "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in text)


def shown(unit: Unit, change: Callable[[str], str] = str) -> tuple[object, ...]:
    """Return what a format has of a unit."""
    p = f"{unit.p:.4f}"
    return change(unit.src), change(unit.tgt), unit.src_ids, unit.tgt_ids, unit.kind, p


def numbers(text: str) -> tuple[int, ...]:
    """Return numbers with commas between them."""
    return tuple(map(int, text.split(","))) if text else ()


def beside(folder: Path) -> list[list[str]]:
    """Return the rows of the table of one-sided units, by hand."""
    path = folder / "out.unpaired.tsv"
    if not path.exists():
        return []
    lines = path.read_bytes().decode().split("\n")
    assert lines.pop() == ""
    rows = [line.split("\t") for line in lines if not line.startswith("doc\t")]
    return [[*map(unquoted, row)] for row in rows]


def unquoted(cell: str) -> str:
    """Return a cell as programs read it that know quotation marks."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def check_read(value: Bitext, folder: Path, form: str) -> None:
    """Read with the package, which finds the table beside the file by itself."""
    change = {"tmx": xml, "xliff12": xml, "xliff20": xml, "tsv": one_line}.get(form, str)
    found = list(read_bitext(folder / f"out.{form}", from_=form).units())
    for unit, other in zip(value.units(), found, strict=True):
        wanted = shown(unit, change)
        if change is xml and not (unit.src.strip() and unit.tgt.strip()):
            wanted = shown(unit, one_line)
        assert shown(other) == wanted


def check_parquet(value: Bitext, folder: Path) -> None:
    """Read with polars, which is faster than the package's process of its own."""
    found = pl.read_parquet(folder / "out.parquet").to_dicts()
    for unit, row in zip(value.units(), found, strict=True):
        ids = tuple(row["src_ids"]), tuple(row["tgt_ids"])
        assert (row["src"], row["tgt"], *ids, row["kind"], f"{row['p']:.4f}") == shown(unit)


def check_align(value: Bitext, folder: Path) -> None:
    """Read the links by hand: every number of both sides, and p."""
    lines = (folder / "out.align").read_bytes().decode().split("\n")
    assert lines.pop() == ""
    for unit, line in zip(value.units(), lines, strict=True):
        assert line == f"{list(unit.src_ids)}:{list(unit.tgt_ids)}:{unit.p:.4f}".replace(" ", "")


def check_moses(value: Bitext, folder: Path) -> None:
    """Read two files of as many lines, and what is beside them."""
    sides = [(folder / f"out.{lang}").read_bytes().decode().split("\n") for lang in ("zh", "en")]
    assert [side.pop() for side in sides] == ["", ""]
    both = [unit for unit in value.units() if unit.src.strip() and unit.tgt.strip()]
    wanted = [(one_line(unit.src), one_line(unit.tgt)) for unit in both]
    assert list(zip(*sides, strict=True)) == wanted
    check_beside(value, folder)


def check_beside(value: Bitext, folder: Path) -> None:
    """Find each one-sided unit in the table beside the file, with its numbers and p."""
    alone = [unit for unit in value.units() if not (unit.src.strip() and unit.tgt.strip())]
    wanted = [
        [unit.doc, lang, ids, unit.kind, f"{unit.p:.4f}", one_line(text)]
        for unit in alone
        for lang, numbers, text in (("zh", unit.src_ids, unit.src), ("en", unit.tgt_ids, unit.tgt))
        if (ids := ",".join(map(str, numbers)))
    ]
    # the sixth column holds spans, the last one whose list it is
    assert [row[:5] + row[6:7] for row in beside(folder)] == wanted


def check_intertext(value: Bitext, folder: Path) -> None:
    """Read both texts and the links between their sentences."""
    sentences = []
    for lang, segments in (("zh", value.src), ("en", value.tgt)):
        tree = etree.parse(folder / f"out.{lang}.xml")
        found = {s.get("id"): s.text or "" for s in tree.iter("s")}
        assert list(found.values()) == [xml(segment.text) for segment in segments]
        sentences.append({name: number for number, name in enumerate(found)})
    links = etree.parse(folder / "out.zh.en.xml").getroot()
    for unit, link in zip(value.units(), links, strict=True):
        en, zh = (side.split() for side in link.get("xtargets").split(";"))
        assert tuple(sentences[0][name] for name in zh) == unit.src_ids
        assert tuple(sentences[1][name] for name in en) == unit.tgt_ids


CHECKS = {
    "align": check_align,
    "intertext": check_intertext,
    "moses": check_moses,
    "parquet": check_parquet,
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_there(form: str, setting: str, tmp_path: Path) -> None:
    """Texts, order, numbers, kinds and p are in the file, or in the table beside it."""
    for number in range(PAIRS):
        value, _ = aligned(number, setting)
        folder = tmp_path / str(number)
        folder.mkdir()
        write_bitext(value, folder / f"out.{form}", to=form)
        if form in CHECKS:
            CHECKS[form](value, folder)
        else:
            check_read(value, folder, form)
            if form in ("tmx", "xliff12", "xliff20"):
                check_beside(value, folder)


@pytest.mark.parametrize("number", [0, 3, 9])
def test_the_package_reads_its_parquet_and_its_links(number: int, tmp_path: Path) -> None:
    """The two formats that are read by hand above are read by the package as well."""
    value, _ = aligned(number, "default")
    write_bitext(value, tmp_path / "out.parquet")
    check_read(value, tmp_path, "parquet")
    write_bitext(value, tmp_path / "out.align")
    for lang, segments in (("zh", value.src), ("en", value.tgt)):
        lines = "".join(f"{one_line(segment.text)}\n" for segment in segments)
        (tmp_path / f"out.{lang}").write_bytes(lines.encode())
    found = read_bitext(tmp_path / "out.align")
    wanted = [(b.src, b.tgt, f"{b.p:.4f}") for b in value.alignment.beads]
    assert [(b.src, b.tgt, f"{b.p:.4f}") for b in found.alignment.beads] == wanted
