"""Crafted TMX, XLIFF and TBX."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from _formats import Input

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


class Frame(NamedTuple):
    """A format: a file around units, and a unit around a text."""

    head: str
    unit: str
    tail: str

    def around(self, *texts: str, before: str = "", extra: str = "") -> str:
        """Return a file with a unit for each text."""
        return before + self.head + extra + "".join(map(self.unit.format, texts)) + self.tail


TMX = Frame(
    '<tmx version="1.4"><header srclang="zh"/><body>',
    '<tu><tuv xml:lang="zh"><seg>{0}甲</seg></tuv><tuv xml:lang="en"><seg>A</seg></tuv></tu>\n',
    "</body></tmx>",
)
XLIFF12 = Frame(
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
    ' source-language="zh" target-language="en" datatype="x"><body>',
    '<trans-unit id="1"><source>{0}甲</source><target>A</target></trans-unit>\n',
    "</body></file></xliff>",
)
XLIFF20 = Frame(
    '<xliff version="2.0" srcLang="zh" trgLang="en"'
    ' xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">',
    '<unit id="1"><segment><source>{0}甲</source><target>A</target></segment></unit>\n',
    "</file></xliff>",
)
TBX2 = Frame(
    '<martif type="TBX"><text><body>',
    '<termEntry><langSet xml:lang="zh"><tig><term>{0}甲</term></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>A</term></tig></langSet></termEntry>\n',
    "</body></text></martif>",
)
TBX3 = Frame(
    '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text>'
    "<body>",
    '<conceptEntry><langSec xml:lang="zh"><termSec><term>{0}甲</term></termSec></langSec>'
    '<langSec xml:lang="en"><termSec><term>A</term></termSec></langSec></conceptEntry>\n',
    "</body></text></tbx>",
)
FRAMES = {"tmx": TMX, "xliff12": XLIFF12, "xliff20": XLIFF20, "tbx2": TBX2, "tbx3": TBX3}


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    for form, frame in FRAMES.items():
        if form not in forms:
            continue
        for name, text in _any(frame):
            yield Input(f"{form}: {name}", form, text.encode())
        for name, raw in _encoded(frame):
            yield Input(f"{form}: {name}", form, raw)
    for form, made in (("tmx", _memories), ("sdlxliff", _xliffs), ("tbx2", _termbases)):
        for name, text in made() if form in forms else ():
            yield Input(f"{form}: {name}", form, text.encode())


def _any(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield what is as bad in one format as in another."""
    around = frame.around
    yield "billion laughs", around("&l9;", before=f"<!DOCTYPE x [{LAUGHS}]>")
    yield "laughs in an attribute", around("<x a='&l9;'/>", before=f"<!DOCTYPE x [{LAUGHS}]>")
    external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>'
    yield "an external entity", around("&a;", before=external)
    parameter = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>'
    yield "an external parameter entity", around("", before=parameter)
    yield "an external DTD", around("", before='<!DOCTYPE x SYSTEM "/dev/zero">')
    yield "a DTD of 9 MB", around("", before="<!DOCTYPE x [" + "<!ELEMENT a (b)>" * 600_000 + "]>")
    yield (
        "default attributes",
        around("<x/>" * 99_000, before=f"<!DOCTYPE x [<!ATTLIST x a CDATA '{'b' * 90_000}'>]>"),
    )
    yield "depth in a text", around("<hi>" * 250 + "</hi>" * 250)
    yield "depth beyond bounds", around("<hi>" * 100_000 + "</hi>" * 100_000)
    yield "depth around units", around("", extra="<a>" * 100_000)
    yield "elements in a text", around("<x/>a" * 90_000)
    yield "elements in many texts", around(*["<x/>a" * 5_000] * 40)
    yield "marks in a text", around("<g>a</g>" * 90_000)
    attributes = " ".join(f"a{n}='1'" for n in range(200_000))
    yield "many attributes", around(f"<x {attributes}/>")
    yield "attributes of the root", around("").replace(" ", f" {attributes} ", 1)
    spaces = " ".join(f"xmlns:a{n}='b{n}'" for n in range(50_000))
    yield "many namespaces", around(f"<x {spaces}/>")
    yield (
        "namespaces in depth",
        around(
            "".join(f"<hi xmlns:a{n}='b{n}'>" for n in range(200)) + "</hi>" * 200,
            *["<a1:x/>"] * 999,
        ),
    )
    yield "one namespace again and again", around("<x xmlns:a='b'/>" * 90_000)
    yield "a text of 9 MB", around("a" * 9_000_000)
    yield "a text beyond bounds", around("a" * 11_000_000)
    yield "three long texts", around(*["甲" * 3_000_000] * 3)
    yield "CDATA", around("<![CDATA[<]]>" * 500_000)
    yield "comments", around("<!-- a -->" * 500_000)
    yield "a comment of 20 MB", around("<!--" + "a" * 20_000_000 + "-->")
    yield "processing instructions", around("<?a b?>" * 500_000)
    yield "references", around("&amp;" * 1_000_000)
    yield "references to characters", around("&#x4e00;" * 500_000)
    yield "forbidden references", around("&#x1F;" * 500_000, "b")
    yield "forbidden references in many units", around(*["&#x1F;"] * 50_000, "b")
    yield "forbidden characters", around("\x01" * 5_000_000, "b")
    yield "ampersands", around("&" * 1_000_000)
    yield "references without end", around("&#x" + "0" * 5_000_000)
    yield "a line of 300,000 units", around(*["乙"] * 200_000).replace("\n", "")
    yield "empty units", around(*[""] * 200_000).replace("甲", "")
    yield "line ends", around("\n" * 5_000_000)
    yield "elements around units", around("", extra="<a b='c'/>" * 500_000)
    yield "text around units", around("", extra="a" * 9_000_000)
    yield "cut off", around(*["乙"] * 50_000)[:-200]
    yield "nothing in it", frame.head + frame.tail
    yield "no end of the root", frame.head + "<a>" * 200 + " " * 5_000_000


def _encoded(frame: Frame) -> Iterator[tuple[str, bytes]]:
    text = frame.around("乙" * 99)
    for codec in ("utf-16", "utf-32", "gb18030", "utf-7", "ebcdic-cp-us", "hex", "iso-2022-cn"):
        declared = f'<?xml version="1.0" encoding="{codec}"?>' + text
        yield f"declared as {codec}", declared.encode()
    yield "UTF-32", ('<?xml version="1.0"?>' + text).encode("utf-32")
    yield "UTF-16 without a mark", ('<?xml version="1.0"?>' + text).encode("utf-16-le")
    yield "odd UTF-16", ('<?xml version="1.0"?>' + text).encode("utf-16") + b"a"
    yield "bad UTF-8", text.encode().replace("甲".encode(), b"\xff\xfe")
    yield "surrogates", text.encode().replace("甲".encode(), b"\xed\xa0\x80")
    yield "gzip", b"\x1f\x8b\x08\0" + text.encode()


def _memories() -> Iterator[tuple[str, str]]:
    tuv = '<tuv xml:lang="{}"><seg>a</seg></tuv>'
    yield "tuvs of one language", TMX.head + f"<tu>{tuv.format('zh') * 30_000}</tu>" + TMX.tail
    every = "".join(tuv.format(f"x-{n}") for n in range(30_000))
    yield "tuvs of many languages", TMX.head + f"<tu>{every}</tu>" + TMX.tail
    odd = "".join(f"<tu>{tuv.format(f'zh-x{n}')}</tu>" for n in range(100_000))
    yield "units of many languages", TMX.head + odd + TMX.tail
    long = tuv.format("zh-" + "a" * 5_000_000)
    yield "a long language", TMX.head + f"<tu>{long}</tu>" + TMX.tail
    props = "<prop type='x-src-ids'>" + "1," * 2_000_000 + "1</prop>"
    yield "many ids", TMX.around("").replace("<tu>", "<tu>" + props)
    span = "<prop type='x-src-span'>0-999999999999</prop>"
    yield "huge spans", TMX.around(*["乙"] * 9_000).replace("<tu>", "<tu>" + span)
    many = "<prop type='x-src-ids'>1,2,3,4</prop>" + "<prop type='a'>b</prop>" * 20_000
    yield "many props", TMX.around("").replace("<tu>", "<tu>" + many)
    notes = "<note>p=0.5 score</note>" * 30_000
    yield "many notes", TMX.around("").replace("<tu>", "<tu>" + notes)
    note = "<note>" + "p" * 5_000_000 + " =" * 1_000_000 + "</note>"
    yield "a note of nothing", TMX.around("").replace("<tu>", "<tu>" + note)
    ids = "<prop type='x-src-ids'>" + ",".join(map(str, range(100))) + "</prop>"
    yield (
        "a hundred segments of a letter",
        TMX.around(*["乙"] * 5_000).replace("<tu>", "<tu>" + ids),
    )
    yield (
        "a hundred segments of a long text",
        TMX.around("乙。" * 1_000_000).replace("<tu>", "<tu>" + ids),
    )
    docs = "".join(
        TMX.unit.format("").replace("<tu>", f"<tu><prop type='x-doc'>d{n}</prop>")
        for n in range(100_000)
    )
    yield "many documents", TMX.head + docs + TMX.tail
    yield "pairs of codes", TMX.around("<bpt i='1'/><ept i='1'/>" * 45_000)


def _xliffs() -> Iterator[tuple[str, str]]:
    marks = "".join(f'<mrk mtype="seg" mid="{n}">乙</mrk>' for n in range(30_000))
    unit = f"<seg-source>{marks}</seg-source><target>{marks}</target>"
    yield "many segments", XLIFF12.around("").replace("<target>A</target>", unit)
    nested = '<mrk mtype="seg" mid="1">' * 200 + "乙" * 20_000 + "</mrk>" * 200
    unit = f"<seg-source>{nested}</seg-source>"
    yield "segments in segments", XLIFF12.around("").replace("<target>", unit + "<target>")
    inner = "".join(f'<mrk mtype="seg" mid="{n}">' for n in range(200))
    inner += '<x id="1"/>乙' * 40_000 + "</mrk>" * 200
    unit = f"<seg-source>{inner}</seg-source>"
    yield (
        "elements in segments in segments",
        XLIFF12.around("").replace("<target>", unit + "<target>"),
    )
    yield "files", XLIFF12.head + '<file original="b" source-language="zh"/>' * 200_000
    group = "<context-group name='aligner-a'>" + "<context context-type='x-p'>1</context>" * 40_000
    unit = f"<target>A</target>{group}</context-group>"
    yield "contexts", XLIFF12.around("").replace("<target>A</target>", unit)
    groups = "<group>" * 240
    yield "groups", XLIFF12.around("", extra=groups)
    yield "headers", XLIFF12.around("", extra="<header><note>a</note></header>" * 100_000)
    yield "characters by number", XLIFF20.around('<cp hex="FFFFFFFF"/>' * 80_000)
    yield (
        "segments of a unit",
        XLIFF20.around("").replace(
            "</unit>",
            "<segment><source>甲</source><target>A</target></segment>" * 20_000 + "</unit>",
        ),
    )


def _termbases() -> Iterator[tuple[str, str]]:
    for count in (100, 3_000):
        sides = "".join(
            f"<langSet xml:lang='{lang}'>"
            + "".join(f"<tig><term>{lang}词{n}</term></tig>" for n in range(count))
            + "</langSet>"
            for lang in ("zh", "en")
        )
        concepts = f"<termEntry>{sides}</termEntry>" * (300_000 // count**2 + 1)
        yield f"{count} terms with as many targets", TBX2.head + concepts + TBX2.tail
    sets = "<langSet xml:lang='zh'>" * 200 + "<tig><term>甲</term></tig>" * 4_000
    nested = f"<termEntry>{sets}{'</langSet>' * 200}</termEntry>"
    yield "languages in languages", TBX2.head + nested + TBX2.tail
    sections = "<tig>" * 200 + "<term>甲</term>" * 20_000 + "</tig>" * 200
    inside = f"<termEntry><langSet xml:lang='zh'>{sections}</langSet></termEntry>"
    yield "terms in terms", TBX2.head + inside + TBX2.tail
    notes = "<note>a</note>" * 50_000
    entry = TBX2.unit.format("").replace("<tig>", "<tig>" + notes)
    yield "notes", TBX2.head + entry + TBX2.tail
    yield "a term of 9 MB", TBX2.around("a" * 9_000_000)
    yield "one term again and again", TBX2.around(*[""] * 150_000)
    one = "".join(TBX2.unit.format("").replace("<term>A", f"<term>A{n}") for n in range(150_000))
    yield "one term with many targets", TBX2.head + one + TBX2.tail
    noted = "".join(
        TBX2.unit.format("").replace("<tig>", f"<tig><note>n{n}</note>") for n in range(50_000)
    )
    yield "one target with many notes", TBX2.head + noted + TBX2.tail
