"""Turn a sample file into one that no program would write.

Bytes are flipped, cut, copied, swapped, repeated and spliced with those of another
sample; numbers become huge; marks of one parser or another are strewn in. Of a ZIP
package the members are changed and packed again, so that its checks hold; of XML,
elements and attributes are doubled, renamed and nested; a text comes in one encoding or
another.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

from _formats import ENCODINGS, FORMS, TEXTS, XML, ZIPPED, Input

INSIDE = 0.7  # share of the inputs that are changed below the encoding or the packing
WRONG_FORM = 0.03  # share of the inputs that are given to another reader
SPLICED = 0.1  # share that is spliced with another sample
# the members of packages that hold the text
MAIN = ("document.xml", "sheet1.xml", "content.xml", "slide1.xml", "c1.xhtml", ".opf")
HUGE = (b"2147483648", b"-1", b"99999999999999999999", b"1e999", b"0", b"NaN", b"4294967295")
WORDS = (
    b"<", b">", b"&", b'"', b"'", b"\0", b"\r", b"\t", b"\n", b"|", b";", b",", b"%s%n", b"|-|",
    b"&#x110000;", b"&#x1F;", b"&#0;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"<![CDATA[",
    b"<?xml version='1.0' encoding='utf-7'?>", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0" * 9,
    b"<div>" * 900, b"[" * 900, b"> " * 900, b"{" * 900, b"<w:p>", b"</w:p>", b"<w:tbl>" * 300,
    b"*a " * 900, b"`" * 900, b"<seg>", b"</seg>", b"<x/>" * 900, b"xmlns:q='q'", b" endobj ",
    b" 1 0 R ", b"<<" * 500, b"[" * 5000, b"q " * 9000, b"/Kids", b"stream\n", b"null", b"\\ud800",
    b"{\\" * 900, b"\\bin999999999 ", b"\\u-1", b"\\'", b"}" * 900, b" --> ", b"00:00:01,000 --> 9",
    b"\xf0\x9f\x98\x80", b"\x81\x30\x81\x30", b"\xed\xa0\x80", b"_xD800_", b"[0,1]:[0]:0.5\n",
)  # fmt: skip

Chance = random.Random
Change = Callable[[bytearray, Chance], None]


def flip(raw: bytearray, chance: Chance) -> None:
    """Turn some bits."""
    for _ in range(chance.choice((1, 3, 10, 100))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def cut(raw: bytearray, chance: Chance) -> None:
    """Cut off the end, or take out a piece."""
    at = chance.randrange(len(raw))
    del raw[at : len(raw) if chance.random() < 0.5 else at + chance.randrange(1, 2000)]


def copy(raw: bytearray, chance: Chance) -> None:
    """Copy a piece over another place."""
    size = chance.randrange(1, max(2, len(raw) // 2))
    start, at = chance.randrange(len(raw)), chance.randrange(len(raw))
    raw[at : at + size] = raw[start : start + size]


def swap(raw: bytearray, chance: Chance) -> None:
    """Let two pieces change places."""
    a, b, c = sorted(chance.randrange(len(raw) + 1) for _ in range(3))
    raw[a:c] = raw[b:c] + raw[a:b]


def repeat(raw: bytearray, chance: Chance) -> None:
    """Repeat a piece many times."""
    size = chance.choice((1, 4, 30, 1000))
    at = chance.randrange(len(raw))
    raw[at:at] = raw[at : at + size] * chance.choice((10, 300, 100_000 // size))


def strew(raw: bytearray, chance: Chance) -> None:
    """Put in what means something to one parser or another."""
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(raw) + 1)
        raw[at:at] = chance.choice(WORDS)


def enlarge(raw: bytearray, chance: Chance) -> None:
    """Make numbers huge."""
    numbers = list(re.finditer(rb"\d+", raw))
    for found in sorted(chance.sample(numbers, min(len(numbers), 3)), key=lambda m: -m.start()):
        raw[slice(*found.span())] = chance.choice(HUGE)


CHANGES: tuple[Change, ...] = (flip, cut, copy, swap, repeat, strew, enlarge)


def changed(raw: bytes, chance: Chance) -> bytes:
    """Return bytes with one to three changes."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if out:
            chance.choice(CHANGES)(out, chance)
    return bytes(out)


def changed_text(raw: bytes, chance: Chance) -> bytes:
    """Return a changed text that is still a text, in one encoding or another."""
    text = changed(raw, chance).decode("utf-8", "ignore")
    return text.encode(chance.choice(ENCODINGS), "replace")


def changed_xml(raw: bytes, chance: Chance) -> bytes:
    """Return XML in which elements or attributes are renamed, doubled or nested."""
    elements = list(re.finditer(rb"<([A-Za-z][\w:.-]*)([^<>]*)>", raw))
    if len(elements) < 2:
        return changed(raw, chance)
    one, other = chance.sample(elements, 2)
    kind = chance.randrange(4)
    if kind == 0:  # another name for all elements of one
        return re.sub(rb"(</?)" + re.escape(one[1]) + rb"\b", rb"\1" + other[1], raw)
    if kind == 1:  # the attributes of another, or its own twice
        at = one.start(2)
        return raw[:at] + chance.choice((other[2], one[2])) + raw[at:]
    stop = raw.find(b"</" + one[1] + b">", one.end())
    stop = stop + len(one[1]) + 3 if stop >= 0 else one.end()
    whole, times = raw[one.start() : stop], chance.choice((2, 30, 300, 3000))
    if kind == 2:  # the element many times
        return raw[: one.start()] + whole * min(times, 3_000_000 // len(whole)) + raw[stop:]
    opening, closing = b"<" + one[1] + b">", b"</" + one[1] + b">"
    return raw[: one.start()] + opening * times + whole + closing * times + raw[stop:]


def changed_package(raw: bytes, chance: Chance) -> bytes:
    """Return a package of which some members are changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        spoilt = set(chance.sample(names, k=chance.choice((1, 1, 2))))
        if chance.random() < 0.7:
            spoilt |= {name for name in names if name.endswith(MAIN)}
        for name in names:
            if name in spoilt and chance.random() < 0.05:
                continue
            data = old.read(name)
            if name in spoilt:
                data = chance.choice((changed, changed_xml, changed_xml))(data, chance)
            new.writestr(name, data)
    return out.getvalue()


def mutant(sample: Input, others: Sequence[Input], chance: Chance) -> bytes:
    """Return a changed sample."""
    raw, form = sample.raw, sample.form
    if chance.random() < SPLICED:
        other = chance.choice(others).raw
        raw = raw[: chance.randrange(len(raw))] + other[chance.randrange(len(other)) :]
        return raw if chance.random() < 0.5 else changed(raw, chance)
    if chance.random() >= INSIDE:
        return changed(raw, chance)
    if form in ZIPPED:
        return changed_package(raw, chance)
    if form in XML and chance.random() < 0.6:
        return changed_xml(raw, chance)
    return changed_text(raw, chance) if form in TEXTS else changed(raw, chance)


def mutants(
    samples: Mapping[str, Sequence[Input]], forms: Sequence[str], count: int, seed: int
) -> Iterator[Input]:
    """Yield mutated files of every format in turn, the same for the same seed."""
    every = [one for its in samples.values() for one in its]
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - a sample
        form = forms[number % len(forms)]
        sample = chance.choice(samples[form])
        raw = mutant(sample, every, chance)
        given = chance.choice(list(FORMS)) if chance.random() < WRONG_FORM else form
        beside = tuple(
            (suffix, changed(its, chance) if chance.random() < 0.2 else its)
            for suffix, its in sample.beside
        )
        yield Input(f"{number}-{form}", given, raw, beside)
