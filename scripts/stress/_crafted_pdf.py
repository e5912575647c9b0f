"""Crafted PDFs."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator

from _formats import Input

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 50 700 Td (The meeting is open. It began at nine.) Tj ET\n"


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    if "pdf" not in forms:
        return
    for name, raw in _pdf():
        yield Input(f"pdf: {name}", "pdf", raw)


def stream(data: bytes, head: str = "", *, times: int = 1) -> bytes:
    """Return a stream object, packed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = "/FlateDecode " * times
    words = f"<<{head}/Filter[{filters}]/Length {len(data)}>>stream\n"
    return words.encode() + data + b"\nendstream"


def pdf(*objects: str | bytes, trailer: str = "") -> bytes:
    """Return a file of objects, numbered from 1, of which the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, data in enumerate(objects, start=1):
        offsets.append(len(out))
        raw = data.encode() if isinstance(data, str) else data
        out += b"%d 0 obj\n" % number + raw + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    words = f"trailer<</Root 1 0 R/Size {len(objects) + 1}{trailer}>>\nstartxref\n{start}\n%%EOF"
    return bytes(out) + words.encode()


def page(
    content: bytes, box: str = "0 0 595 842", resources: str = "", *more: str | bytes
) -> bytes:
    """Return a file of one page; further objects are numbered from 6."""
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>{resources}>>>>",
        content if content.startswith(b"<<") else stream(content),
        FONT,
        *more,
    )


def _pdf() -> Iterator[tuple[str, bytes]]:  # noqa: PLR0915 - a list of inputs
    yield "a page", page(TEXT)
    yield "a page of 500,000 texts", page(TEXT * 200_000)
    yield "a text of 7 MB", page(b"BT /F 1 Tf (" + b"a" * 7_000_000 + b") Tj ET")
    yield "characters all over", page(b"".join(
        b"BT /F 1 Tf %d %d Td (a) Tj ET\n" % (n * 7 % 590, n * 13 % 840) for n in range(200_000)
    ))  # fmt: skip
    yield "lines in columns", page(b"".join(
        b"BT /F 1 Tf %d %d Td (words and more words) Tj ET\n" % (20 + 25 * (n % 24), 840 - n / 40)
        for n in range(30_000)
    ))  # fmt: skip
    yield "texts on each other", page(TEXT.replace(b"The meeting is open.", b"a") * 300_000)
    yield "turned texts", page(b"".join(
        b"BT /F 9 Tf %d 1 -1 %d 99 99 Tm (turned) Tj ET\n" % (n % 3, n % 2) for n in range(90_000)
    ))  # fmt: skip
    yield (
        "numbers beyond floats",
        page(b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (a) Tj ET\n" * 9 + TEXT),
    )
    yield "a stream of 500 MB", page(bytes(500_000_000))
    yield "a stream packed five times", page(stream(b" " * 300_000_000, times=5))
    yield "q without Q", page(b"q " * 5_000_000 + TEXT)
    yield "arrays", page(b"[" * 5_000_000 + TEXT)
    yield "dictionaries", page(b"<<" * 1_000_000 + TEXT)
    yield "paths", page(b"0 0 m 9 9 l S\n" * 1_000_000 + TEXT)
    yield "pictures in line", page(b"BI /W 1 /H 1 ID a EI\n" * 300_000 + TEXT)
    for box in (
        "0 0 1e38 1e38",
        "-1e9 -1e9 1e9 1e9",
        "0 0 0 0",
        "nan inf 1 2",
        "9 9",
        "500 800 0 0",
    ):
        yield f"a page of {box}", page(TEXT, box)
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>"
    calls = b"/X Do " * 9
    yield "a form in itself", page(b"/X Do", "0 0 595 842", "/XObject<</X 6 0 R>>",
        form.encode() + b"/Length %d>>stream\n" % len(calls) + calls + b"\nendstream")  # fmt: skip
    deep = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {n + 1} 0 R>>"
        f"/Font<</F 5 0 R>>>>/Length {len(calls + TEXT)}>>stream\n".encode()
        + calls + TEXT + b"\nendstream"
        for n in range(6, 40)
    ]  # fmt: skip
    yield "forms in forms", page(b"/X Do", "0 0 595 842", "/XObject<</X 6 0 R>>", *deep)
    for count in (4_000, 100_000):
        kids = " ".join(["3 0 R"] * count)
        yield f"one page {count} times", pdf(
            "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            "/Resources<</Font<</F 5 0 R>>>>>>", stream(TEXT), FONT,
        )  # fmt: skip
    kids = "<</Type/Pages/Parent 2 0 R/Count 1/Kids["
    yield (
        "a deep tree of pages",
        pdf(
            "<</Type/Catalog/Pages 2 0 R>>",
            *(f"<</Type/Pages/Count 1/Kids[{n} 0 R]>>" for n in range(3, 20_003)),
            "<</Type/Page/MediaBox[0 0 9 9]>>",
        ),
    )
    yield "a tree that is its own branch", pdf("<</Type/Catalog/Pages 2 0 R>>", f"{kids} 2 0 R]>>")
    yield (
        "a count that is not true",
        pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 2147483647>>"),
    )
    yield (
        "a negative count",
        pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count -9>>"),
    )
    yield "no pages", pdf("<</Type/Catalog>>")
    yield "a catalogue that is itself", pdf("1 0 R")
    packed = b"".join(b"%d %d " % (n, 0) for n in range(10, 200_000)) + b"<<>>"
    yield "a stream of objects", pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>",
        stream(packed, "/Type/ObjStm/N 2147483647/First 99999"),
    )  # fmt: skip
    yield "references to references", pdf(*(f"{n} 0 R" for n in range(2, 50_000)), "null")
    yield "200,000 objects", pdf("<</Type/Catalog/Pages 2 0 R>>", *["<<>>"] * 200_000)
    yield "depth", pdf("<</Type/Catalog/Pages " + "[" * 1_000_000 + ">>")
    yield "locked", pdf("<</Type/Catalog>>", trailer=(
        f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1/O<{'00' * 32}>/U<{'00' * 32}>>>"
        "/ID[<00><00>]"
    ))  # fmt: skip
    yield "locked in an unknown way", pdf("<</Type/Catalog>>", trailer="/Encrypt<</Filter/X/V 99>>")
    yield "tables in a ring", pdf("<</Type/Catalog>>", trailer="/Prev 9") + b"\nstartxref\n9\n%%EOF"
    yield "a table of 2 billion", page(TEXT).replace(b"xref\n0 6", b"xref\n0 2147483647")
    yield "no table", page(TEXT).partition(b"xref")[0]
    yield "a head alone", b"%PDF-1.7\n"
    yield "a head and noise", b"%PDF-1.7\n" + bytes(range(256)) * 60_000
    yield "objects without a table", b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 500_000
    yield "comments", b"%PDF-1.7\n" + b"%\n" * 9_000_000
    names = " ".join(f"/a{n} 1" for n in range(1_000_000))
    yield "a dictionary of a million names", pdf(f"<</Type/Catalog {names}>>")
    cmap = b"begincmap " + b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n" * 100_000
    to_unicode = (
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R"
        "/DescendantFonts[7 0 R]>>"
    )
    child = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>/W[0["
        + "9 " * 500_000
        + "]]>>"
    )
    body = page(b"BT /F 9 Tf 50 700 Td <00010002> Tj ET", "0 0 595 842", "", stream(cmap), child)
    yield "a font of 100,000 ranges", body.replace(FONT.encode(), to_unicode.encode())
    broken = "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontFile2 6 0 R>>>>"
    yield (
        "a broken font",
        page(TEXT, "0 0 595 842", "", stream(b"\0\1\0\0" + b"\xff" * 9_000_000)).replace(
            FONT.encode(), broken.encode()
        ),
    )
    glyphs = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 4 0 R>>"
        "/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]"
        "/Resources<</Font<</F 5 0 R>>>>>>"
    )
    yield (
        "a font that draws with itself",
        page(b"BT /F 9 Tf (aaaaaaaaaaaaaaaaaaa) Tj ET").replace(FONT.encode(), glyphs.encode()),
    )
    yield "scans", page(b"/X Do", "0 0 595 842", "/XObject<</X 6 0 R>>", stream(
        bytes(100_000_000), "/Type/XObject/Subtype/Image/Width 10000/Height 10000"
        "/ColorSpace/DeviceGray/BitsPerComponent 8"
    ))  # fmt: skip
    yield "JavaScript", pdf("<</Type/Catalog/OpenAction<</S/JavaScript/JS(while(1);)>>>>")
    yield "noise in a stream", page(bytes(range(256)) * 40_000)
    yield "private characters", page(b"BT /F 9 Tf 50 700 Td (\\001\\002\\003) Tj ET\n" * 60_000)
