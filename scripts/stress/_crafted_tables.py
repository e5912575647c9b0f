"""Crafted tables of text: bitexts, links, glossaries, baselines and manifests."""

from __future__ import annotations

import io
import random
from collections.abc import Collection, Iterator

import polars as pl
from _formats import Input

HEAD = "zh\ten\n"
ROW = "甲\ta\n"
TEXTS = ((".zh", "甲\n".encode() * 9), (".en", b"a\n" * 9))


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    for form, made in (
        ("tsv", _tsv),
        ("csv", _commas),
        ("glossary-tsv", _tsv),
        ("glossary-csv", _commas),
        ("jsonl", _jsonl),
        ("align", _align),
        ("glossary-csv", _glossaries),
        ("baseline", _baselines),
        ("manifest-csv", _manifests),
    ):
        for name, text in made() if form in forms else ():
            raw = text.encode("utf-8", "surrogatepass")
            yield Input(f"{form}: {name}", form, raw, TEXTS if form == "align" else ())
    chosen = [form for form in ("parquet", "manifest-parquet") if form in forms]
    for name, raw in _parquet() if chosen else ():
        for form in chosen:
            yield Input(f"{form}: {name}", form, raw)


def _tsv() -> Iterator[tuple[str, str]]:
    yield "100,000 columns", "\t".join(["zh", "en", *["x"] * 100_000]) + "\n" + ROW * 9
    yield "100,000 named columns", "\t".join(["zh", "en", *map(str, range(100_000))]) + "\n" + ROW
    yield "100,000 columns without names", ("甲\ta" + "\tx" * 100_000 + "\n") * 5
    yield "columns of Chinese", ("甲\t" * 50_000 + "\n") * 5
    yield "a huge cell", HEAD + "甲" * 6_000_000 + "\ta\n"
    yield "a cell beyond bounds", HEAD + "甲" * 11_000_000 + "\ta\n"
    yield "600,000 rows", HEAD + ROW * 600_000
    yield "blank rows", HEAD + "\n" * 10_000_000 + ROW
    yield "rows of blanks", HEAD + "\t\n" * 5_000_000 + ROW
    yield "a head alone", HEAD
    yield "tabs alone", "\t" * 9_000_000
    yield "carriage returns", HEAD + ROW.replace("\n", "\r") * 500_000
    yield "null bytes", HEAD + "\0" * 5_000_000 + ROW
    yield "separators", HEAD + "甲" + "|" * 5_000_000 + "\ta\n"
    yield "ids", "zh\ten\tsrc_ids\n" + f"甲\ta\t{'1,' * 3_000_000}1\n" * 2
    yield "probabilities", "zh\ten\tp\n" + f"甲\ta\t{'9' * 3_000_000}\n" * 2
    yield "spans", "zh\ten\tsrc_span\n" + "甲\ta\t0-999999999999\n" * 50_000
    yield "marks of a quotation", HEAD + '甲"\ta\n' * 300_000
    yield "one language", HEAD + "甲\t乙\n" * 300_000
    yield "no language", "1\t2\n" * 300_000


def _commas() -> Iterator[tuple[str, str]]:
    for name, text in _tsv():
        yield name, text.replace("\t", ",")
    yield from _csv()


def _csv() -> Iterator[tuple[str, str]]:
    yield "a quotation without end", 'zh,en\n"' + "甲,a\n" * 1_000_000
    yield "quotations in quotations", "zh,en\n" + '"' * 5_000_000
    yield "a cell of a million lines", 'zh,en\n"' + "甲\n" * 1_000_000 + '",a\n'
    yield "semicolons and commas", ";,;," * 1_000_000 + "\n" + "甲,a\n"


def _jsonl() -> Iterator[tuple[str, str]]:
    good = '{"zh": "甲", "en": "a"}\n'
    yield "arrays in arrays", "[" * 1_000_000
    yield "objects in objects", '{"a":' * 1_000_000
    yield "depth in an object", '{"zh": "甲", "en": ' + "[" * 900 + "]" * 900 + "}\n"
    yield "a huge number", good + '{"zh": "甲", "en": "a", "p": ' + "9" * 4_000_000 + "}\n"
    yield "a number of 4,000 digits", '{"zh": "甲", "en": "a", "p": ' + "9" * 4_000 + "}\n"
    yield "a huge exponent", '{"zh": "甲", "en": "a", "p": 1e999999999}\n'
    yield "numbers that are none", '{"zh": "甲", "en": "a", "p": NaN, "src_ids": [-Infinity]}\n'
    yield "keys twice", "{" + '"zh": "甲",' * 500_000 + '"en": "a"}\n'
    yield "many keys", "{" + "".join(f'"k{n}": "x",' for n in range(300_000)) + '"zh": "甲"}\n'
    yield (
        "other keys in each line",
        "".join(f'{{"k{n}": "甲", "j{n}": "a"}}\n' for n in range(99_000)),
    )
    yield "surrogates", '{"zh": "甲\\ud800", "en": "a\\udfff"}\n' * 9
    yield "escapes", '{"zh": "' + "\\u4e00" * 1_500_000 + '", "en": "a"}\n'
    yield "a text of 9 MB", '{"zh": "' + "a" * 9_000_000 + '", "en": "a"}\n'
    yield "600,000 lines", good * 600_000
    yield "null", "null\n" * 9
    yield "lists as texts", '{"zh": ["甲"], "en": {"a": 1}}\n'
    yield "ids", '{"zh": "甲", "en": "a", "src_ids": [' + "1," * 2_000_000 + "1]}\n"
    yield "huge ids", '{"zh": "甲", "en": "a", "src_ids": [' + "9" * 4_000 + "]}\n"
    yield "truth as ids", '{"zh": "甲", "en": "a", "src_ids": [true, false], "src_span": [true]}\n'
    yield "translation of translation", '{"translation": ' * 900 + "1" + "}" * 900


def _align() -> Iterator[tuple[str, str]]:
    yield "huge numbers", "[0,99999999999999]:[0]\n"
    yield "numbers of many digits", f"[{'9' * 5_000_000}]:[0]\n"
    yield "numbers of 4,000 digits", f"[{'9' * 4_000}]:[0]\n"
    yield "a million numbers", f"[{','.join(map(str, range(1_000_000)))}]:[0]\n"
    yield "one number again and again", f"[{'0,' * 2_000_000}0]:[0]\n"
    yield "commas", f"[{',' * 5_000_000}]:[0]\n"
    yield "blanks", "[" + " " * 5_000_000 + "]:[0]\n"
    yield "blanks before", " " * 5_000_000 + "[0]:[0]\n"
    yield "blanks behind", "[0]:[0]:" + " " * 5_000_000 + "x\n"
    yield "empty links", "[]:[]\n" * 1_000_000
    yield "one link again and again", "[0]:[0]\n" * 500_000
    yield "crossing links", "".join(f"[{n}]:[{8 - n}]\n" for n in range(9))
    yield "brackets", "[" * 5_000_000
    yield "a probability of many digits", f"[0]:[0]:0.{'1' * 5_000_000}\n"
    yield "a probability that is none", "[0]:[0]:nan\n[1]:[1]:inf\n[2]:[2]:-0\n"
    chance = random.Random(1)  # noqa: S311 - a sample
    yield "noise", "".join(chance.choice("[]:,0123 \n") for _ in range(300_000))


def _glossaries() -> Iterator[tuple[str, str]]:
    for zh, en in ((3_000, 3_000), (1, 30_000), (100_000, 1), (100, 100)):
        row = "|".join(f"词{n}" for n in range(zh)) + "," + "|".join(f"t{n}" for n in range(en))
        yield f"{zh} terms by {en} targets", f"zh,en\n{row}\n" * 3
    row = "|".join(f"词{n}" for n in range(99)) + "," + "|".join(f"t{n}" for n in range(99))
    yield "many rows of 99 by 99", f"zh,en\n{row}\n" * 500
    yield "one term, many targets", "zh,en\n" + "".join(f"词,t{n}\n" for n in range(300_000))
    yield "one target, many notes", "zh,en,note\n" + "".join(f"词,t,n{n}\n" for n in range(50_000))
    yield "contradictions", "zh,en,status\n" + "词,t,preferred\n词,t,forbidden\n" * 200_000
    yield "unknown statuses", "zh,en,status\n" + "".join(f"词{n},t,s{n}\n" for n in range(300_000))
    yield "a million terms", "zh,en\n" + "".join(f"词{n},t\n" for n in range(1_100_000))
    yield "many columns of terms", ",".join(["zh"] * 5_000 + ["en"] * 5_000) + "\n" + "词,t\n" * 99
    yield (
        "full columns of terms",
        (
            ",".join(["zh"] * 1_000 + ["en"] * 1_000)
            + "\n"
            + ("词," * 1_000 + "t," * 1_000 + "\n") * 9
        ),
    )
    yield "a long note", "zh,en,note\n" + f"词,t,{'n; ' * 1_000_000}\n" * 3
    yield "letters of which lower case is longer", "zh,en\n" + f"{'İ' * 400},{'ß' * 400}\n" * 9_000
    yield "a header of 20 MB", "zh,en," + "x" * 20_000_000 + "\n词,t\n"


def _baselines() -> Iterator[tuple[str, str]]:
    entry = '[[accepted]]\nterm = "甲"\nrendering = "a"\nreason = "b"\n'
    yield "deep tables", "[" + "a." * 100_000 + "a]\n"
    yield "dotted keys", "a." * 100_000 + "a = 1\n"
    yield "many dotted keys", "".join(f"{'a.' * 200}b{n} = 1\n" for n in range(3_000))
    yield "deep arrays", "accepted = " + "[" * 100_000
    yield "deep arrays that close", "accepted = " + "[" * 900 + "]" * 900 + "\n"
    yield "deep inline tables", "accepted = " + "{a = " * 100_000
    yield "a huge number", entry + "count = " + "9" * 5_000_000 + "\n"
    yield "a number of 4,000 digits", entry + "count = " + "9" * 4_000 + "\n"
    yield "a huge hexadecimal number", entry + "count = 0x" + "f" * 5_000_000 + "\n"
    yield "underscores", entry + "count = " + "1_" * 1_000_000 + "1\n"
    yield "a float of many digits", entry + "count = 0." + "1" * 5_000_000 + "\n"
    yield "dates", entry + "count = 9999-99-99T99:99:99.999999999999Z\n"
    yield "many entries", entry * 200_000
    yield "many tables", "".join(f"[a{n}]\n" for n in range(300_000))
    yield "tables in tables", "".join(f"[{'.'.join('a' * n)}]\n" for n in range(1, 1_500))
    yield (
        "arrays of tables in each other",
        "".join(f"[[{'.'.join('a' * n)}]]\n" for n in range(1, 1_500)),
    )
    yield "a text of 20 MB", entry.replace('"b"', '"' + "b" * 20_000_000 + '"')
    yield "a text without end", entry + 'doc = """' + "a\n" * 5_000_000
    yield "quotation marks", entry + "doc = " + '"' * 5_000_000
    yield "escapes", entry.replace('"b"', '"' + "\\u4e00" * 1_000_000 + '"')
    yield "a surrogate", entry.replace('"b"', '"\\ud800"')
    yield "comments", "#\n" * 5_000_000 + entry
    yield "a comment of 20 MB", "# " + "a" * 20_000_000 + "\n" + entry
    yield "blank lines", "\n" * 20_000_000 + entry
    yield "one key twice", entry + 'term = "a"\n'
    yield "many keys", "[[accepted]]\n" + "".join(f"k{n} = 1\n" for n in range(300_000))
    yield "an array of a million", "accepted = [" + "1," * 2_000_000 + "]\n"
    yield (
        "an inline table of many keys",
        ("accepted = {" + ", ".join(f"k{n} = 1" for n in range(200_000)) + "}\n"),
    )


def _manifests() -> Iterator[tuple[str, str]]:
    head = "original,translation,id\n"
    yield "500,000 rows", head + "".join(f"a{n},b{n},c{n}\n" for n in range(500_000))
    yield (
        "rows without ids",
        "original,translation\n" + "".join(f"a{n},b{n}\n" for n in range(100_000)),
    )
    yield "one pair again and again", "original,translation\n" + "a.zh,a.en\n" * 100_000
    yield "names of 5 MB", head + "a" * 5_000_000 + "," + "b" * 5_000_000 + ",c\n"
    yield "names of many folders", head + "a/" * 1_000_000 + "a," + "b/" * 1_000_000 + "b,\n"
    yield (
        "names of many parts",
        head.replace(",id", "") + "a_" * 500_000 + "a," + "a_" * 500_000 + "b\n",
    )
    yield "names out of the folder", head + "../../../../etc/passwd,/dev/zero,../x\n"
    yield "100,000 columns", "original,translation," + "x," * 100_000 + "\n" + "a,b\n"
    yield "null bytes", head + "a\0b,c\0d,\0\n" * 9
    yield "quotation marks", head + '"""a""","""b""","""c"""\n' * 99_999
    yield "marks alone", head + "".join(f"_{n}.-,...,---{n}\n" for n in range(50_000))


def _parquet() -> Iterator[tuple[str, bytes]]:
    many = 600_000
    yield "one text again and again", _packed({"zh": ["甲" * 5_000] * 50_000, "en": ["a"] * 50_000})
    yield "long texts", _packed({"zh": ["甲" * 9_000_000] * 3, "en": ["a" * 9_000_000] * 3})
    yield "a text of 120 MB", _packed({"zh": ["甲" * 40_000_000], "en": ["a"]})
    yield "600,000 rows", _packed({"zh": ["甲"] * many, "en": ["a"] * many})
    yield "twenty-one million rows", _packed({"zh": pl.repeat("甲", 21_000_000, eager=True)})
    yield "null columns", _packed({"zh": [None] * many, "en": [None] * many})
    yield (
        "categories",
        _packed(
            {"zh": pl.Series(["甲" * 5_000] * 50_000, dtype=pl.Categorical), "en": ["a"] * 50_000}
        ),
    )
    yield "5,000 columns", _packed({f"c{n}": ["甲", "a"] for n in range(5_000)})
    yield "lists", _packed({"zh": [["甲"] * 1_000_000], "en": ["a"]})
    yield "lists in lists", _packed({"zh": [[[[["甲"] * 99] * 99] * 9] * 9], "en": ["a"]})
    yield "structures", _packed({"zh": [{"a": {"b": {"c": "甲" * 9}}}] * 9, "en": ["a"] * 9})
    yield "numbers", _packed({"zh": list(range(99_999)), "en": [0.5] * 99_999})
    yield "bytes", _packed({"zh": [b"\xff" * 9] * 9, "en": ["a"] * 9})
    yield "times", _packed({"zh": ["甲"], "en": ["a"], "p": [2**62]})
    raw = _packed({"zh": ["甲乙丙。"] * 999, "en": ["a b c."] * 999})
    for name, at in (("the footer's length", len(raw) - 8), ("the footer", len(raw) - 60)):
        yield f"{name} is wrong", raw[:at] + b"\xff\xff\xff\x7f" + raw[at + 4 :]
    yield "a footer alone", b"PAR1" + raw[-300:]
    yield "a head alone", b"PAR1"
    yield "pages of other bytes", raw[:8] + bytes(len(raw) // 4) + raw[8 + len(raw) // 4 :]
    yield "cut off", raw[: len(raw) // 2]


def _packed(columns: dict[str, object]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file, compression="zstd")
    return file.getvalue()
