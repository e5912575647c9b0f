"""PDF: what a reader sees on its pages, as running text; or a named error.

The pages are written here, line by line, without a library: text at a place, in a
font that is not embedded and whose encoding is that of Unicode.
"""

from __future__ import annotations

import difflib
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from case_files import load_cases
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import Document
from aligner.errors import FormatError, ReadError
from aligner.formats import pdf as pdf_module
from aligner.formats.documents import Source, parse, read_document
from aligner.formats.pdf.furniture import strip_furniture
from aligner.formats.pdf.joining import join_paragraphs
from aligner.formats.pdf.layout import Line, Page, Run, columns, page_lines
from aligner.formats.pdf.reflow import paragraphs as split_paragraphs
from aligner.segment import segment

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
WIDTH, HEIGHT = 420, 600
LEFT, RIGHT = 50, 370
LEADING = 14.0


class At(NamedTuple):
    """Text at a place, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10.0
    turn: bool = False


def pdf(pages: Sequence[Sequence[At]], *, extra: str = "", trailer: str = "") -> bytes:
    """Return a PDF with these texts; Han characters are one size wide, others half."""
    fonts = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000"
        "/W[1[500]2 95 500]"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/ItalicAngle 0"
        "/FontBBox[-25 -254 1000 880]/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    objects = [fonts]
    numbers = []
    for page in pages:
        content = extra + "".join(map(shown, page))
        packed = zlib.compress(content.encode("ascii")).decode("latin-1")
        objects.append(f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream")
        objects.append(
            f"<</Type/Page/Parent {{tree}} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F 1 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        numbers.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    tree = len(objects) + 1
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
    objects.append(f"<</Type/Catalog/Pages {tree} 0 R>>")
    return packed_objects([text.replace("{tree}", str(tree)) for text in objects], trailer)


def packed_objects(objects: Sequence[str], trailer: str = "") -> bytes:
    """Return a file of these objects, the last of which is the catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root {len(objects)} 0 R{trailer}>>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def shown(spot: At) -> str:
    """Return the operators that show a text."""
    matrix = "0 1 -1 0" if spot.turn else "1 0 0 1"
    code = spot.text.encode("utf-16-be").hex()
    return f"BT /F {spot.size} Tf {matrix} {spot.x} {spot.y} Tm <{code}> Tj ET\n"


def lines(text: str, *, x: float = LEFT, y: float = 500, size: float = 10.0) -> list[At]:
    """Place lines below each other; leading `>` sets a line in by two characters."""
    found = []
    for number, line in enumerate(text.split("\n")):
        inner = line.lstrip(">")
        shift = 2 * size * (len(line) - len(inner))
        if inner:
            found.append(At(x + shift, y - LEADING * number, inner, size))
    return found


def read(raw: bytes) -> Document:
    """Read a PDF under a name."""
    return parse(Source(raw, "a.pdf"))


def paragraphs(document: Document) -> list[str]:
    """Return the text of each paragraph."""
    return [document.text[slice(*span)] for span in document.paragraphs]


# Paragraphs


@pytest.mark.parametrize("case", load_cases("read_pdf.jsonl"))
def test_lines_become_paragraphs(case: dict[str, Any]) -> None:
    """A page's lines become the paragraphs that a reader sees."""
    page = [spot for text, size, y in case["input"] for spot in lines(text, size=size, y=y)]
    assert paragraphs(read(pdf([page]))) == case["wanted"]


@pytest.mark.parametrize("case", load_cases("read_pdf_join.jsonl"))
def test_lines_are_joined(case: dict[str, Any]) -> None:
    """Words get a blank, Han characters none, and a printer's hyphen goes."""
    assert join_paragraphs(case["input"]) == case["wanted"]


ZH = "各区应当在三年内建成便民书屋，书屋的开放时间由街道办事处按照居民的需要来定。"
EN = "Every district shall open book rooms within three years, and the subdistrict "


def wrapped(text: str, width: int) -> str:
    """Return a text in lines of so many characters."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def column(count: int, width: int) -> str:
    """Return Chinese paragraphs with a first line set in, numbered."""
    return "\n".join(">" + wrapped(f"甲{number}" + ZH, width) for number in range(count))


def test_two_columns_are_read_one_after_the_other() -> None:
    """A title across both columns comes first, then the left one, then the right one."""
    left, right = column(3, 14), column(3, 14).replace("甲", "乙")
    page = [
        *lines("关于建设便民书屋的若干规定", x=110, y=560, size=16),
        *lines(left, x=50),
        *lines(right, x=230, y=497),
    ]
    wanted = ["关于建设便民书屋的若干规定"]
    wanted += [f"{side}{number}{ZH}" for side in "甲乙" for number in range(3)]
    assert paragraphs(read(pdf([page]))) == wanted


def test_table_is_read_row_by_row() -> None:
    """Two columns whose blocks begin together are the cells of a table."""
    page = []
    for row in range(3):
        y = 550 - 70 * row
        page += lines(wrapped(f"甲{row}" + ZH, 14), x=50, y=y)
        page += lines(wrapped(f"乙{row}" + ZH, 14), x=230, y=y)
    wanted = [f"{side}{row}{ZH}" for row in range(3) for side in "甲乙"]
    assert paragraphs(read(pdf([page]))) == wanted


def test_paragraph_goes_on_over_the_page() -> None:
    """A line that is full and ends no sentence goes on at the top of the next page."""
    first, second = ZH[:30], ZH[30:]
    pages = [lines(first + "\n", y=60), lines(second + "\n\n" + first, y=560)]
    assert paragraphs(read(pdf(pages))) == [ZH, first]


def test_small_print_at_the_foot_comes_last() -> None:
    """A footnote does not part the sentence that goes on over the page."""
    foot = lines("1 指公共阅览处。", y=40, size=7)
    pages = [[*lines(ZH[:30], y=110), *foot], lines(ZH[30:] + "\n" + wrapped(ZH, 30), y=560)]
    assert paragraphs(read(pdf(pages))) == [ZH, ZH, "1 指公共阅览处。"]


def test_words_shown_one_by_one() -> None:
    """Where the file has no blanks, the gaps between words are blanks; letters stay together."""
    page = [At(50, 500, "open"), At(72.5, 500, "b"), At(77.5, 500, "ook"), At(95, 500, "rooms")]
    page += [At(50 + 11 * number, 470, text) for number, text in enumerate("便民书屋")]
    assert paragraphs(read(pdf([page]))) == ["open book rooms", "便民书屋"]


def test_text_in_fonts_that_the_file_does_not_hold() -> None:
    """Each character is read that is set by itself, whatever fonts the machine has."""
    codes = {f"{code:04x}": character for code, character in enumerate("便民书屋①№", start=5)}
    tables = "".join(f"<{code}><{ord(character):04x}>" for code, character in codes.items())
    to_unicode = (
        "1 begincodespacerange<0000><ffff>endcodespacerange "
        f"{len(codes)} beginbfchar{tables}endbfchar"
    )
    descriptor = (
        "/Flags 4/ItalicAngle 0/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200/StemV 80>>"
    )
    fonts = (
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
        (
            "<</Type/Font/Subtype/Type0/BaseFont/KaiTi/Encoding/Identity-H/ToUnicode 1 0 R"
            "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/KaiTi/DW 1000"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor<</Type/FontDescriptor/FontName/KaiTi{descriptor}>>]>>"
        ),
        (
            "<</Type/Font/Subtype/TrueType/BaseFont/Garamond/Encoding/WinAnsiEncoding"
            f"/FirstChar 97/LastChar 122/Widths[{'500 ' * 26}]"
            f"/FontDescriptor<</Type/FontDescriptor/FontName/Garamond{descriptor}>>"
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    )
    words = ((1, 10, list(codes)), (2, 5, ["62", "6f", "6f", "6b"]), (3, 6, ["31", "32", "33"]))
    content = "".join(
        f"BT /F{font} 10 Tf {50 + step * at} {520 - 50 * font} Td <{code}> Tj ET\n"
        for font, step, word in words
        for at, code in enumerate(word)
    )
    page = (
        f"<</Length {len(content)}>>stream\n{content}endstream",
        (
            f"<</Type/Page/Parent 7 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 5 0 R"
            "/Resources<</Font<</F1 2 0 R/F2 3 0 R/F3 4 0 R>>>>>>"
        ),
        "<</Type/Pages/Count 1/Kids[6 0 R]>>",
        "<</Type/Catalog/Pages 7 0 R>>",
    )
    document = read(packed_objects([*fonts, *page]))
    assert paragraphs(document) == ["便民书屋①№", "book", "123"]
    assert document.notes == ()


def test_turned_text_is_left_out() -> None:
    """A watermark across the page is no part of the text, and the note counts it."""
    page = [*lines(ZH[:30] + "\n" + ZH[30:]), At(200, 300, "内部资料", 30, turn=True)]
    document = read(pdf([page]))
    assert paragraphs(document) == [ZH]
    assert document.notes == ("turned text is left out: 4 characters",)


def test_page_set_sideways_is_read() -> None:
    """A page all of whose text is turned is read as it stands when turned back."""
    page = [At(100, 50, ZH[:30], 16, turn=True), At(120, 50, ZH[30:], 16, turn=True)]
    assert paragraphs(read(pdf([page]))) == [ZH]


RUNS = st.lists(
    st.builds(
        Run,
        text=st.text("甲乙，。ab1 \x1f", min_size=1, max_size=12),
        left=st.integers(0, 40).map(lambda n: 10.0 * n),
        right=st.just(0.0),
        base=st.integers(0, 40).map(lambda n: 14.0 * n),
        size=st.sampled_from([8.0, 10.0, 16.0]),
    ).map(lambda run: run._replace(right=run.left + run.size * len(run.text))),
    max_size=60,
)


@given(RUNS)
def test_no_character_is_lost_or_made(runs: list[Run]) -> None:
    """Wherever the runs stand, their characters are those of the paragraphs, but for blanks."""
    page = Page(1, 0, HEIGHT, WIDTH, page_lines(runs))
    found = split_paragraphs(columns(page))
    texts = join_paragraphs([[line.text for line in its] for its in found])
    wanted = Counter("".join(run.text for run in runs).replace("\x1f", " "))
    assert Counter("".join("".join(texts).split())) == wanted - Counter({" ": wanted[" "]})


# What stands on every page


def book(pages: int, *, header: str = "便民书屋规定", footer: str = "{n}") -> bytes:
    """Return a PDF with a header and a page number on each page."""
    made = []
    for number in range(1, pages + 1):
        body = lines(">" + wrapped(f"甲{number}" + ZH, 30), y=500)
        head = At(150, 580, header.format(n=number), 8)
        made.append([head, *body, At(200, 20, footer.format(n=number), 8)])
    return pdf(made)


@pytest.mark.parametrize("footer", ["{n}", "- {n} -", "第{n}页", "Page {n} of 3", "2024 | {n}"])
def test_header_and_page_number_go(footer: str) -> None:
    """What comes again on the pages is left out and told, but for the number."""
    document = read(book(3, footer=footer))
    assert paragraphs(document) == [f"甲{number}{ZH}" for number in (1, 2, 3)]
    assert "“便民书屋规定” (3)" in document.notes[0]


def page_of(number: int, *rows: tuple[float, str]) -> Page:
    """Return a page with these rows."""
    found = tuple(Line(text, LEFT, RIGHT, y, 10.0) for y, text in rows)
    return Page(number, 0, HEIGHT, WIDTH, found)


def kept(*pages: Page) -> list[list[str]]:
    """Return the texts of the lines that stay."""
    return [[line.text for line in page.lines] for page in strip_furniture(pages).pages]


def test_chapter_numbers_stay() -> None:
    """A heading that differs in a number that does not count the pages is text."""
    rows = [
        page_of(number, (580, f"Chapter {number // 3 + 1}"), (300, "x")) for number in (1, 4, 7)
    ]
    assert kept(*rows) == [["Chapter 1", "x"], ["Chapter 2", "x"], ["Chapter 3", "x"]]


def test_roman_page_numbers_go() -> None:
    """The pages of a preface are counted in Roman numbers."""
    rows = [page_of(n, (300, f"x{n}"), (20, text)) for n, text in enumerate(["ix", "x", "xi"], 1)]
    assert kept(*rows) == [["x1"], ["x2"], ["x3"]]


def test_repeated_line_inside_the_page_stays() -> None:
    """What comes again at the same height, but inside the text, is text."""
    rows = [page_of(n, (560, f"甲{n * n}"), (545, "小计"), (300, "x")) for n in (1, 2, 3)]
    assert kept(*rows)[0][1:] == ["小计", "x"]


# Refused


PICTURE = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS/G /BPC 8 ID x EI Q\n"


def test_scanned_pdf_is_an_error() -> None:
    """Pages that hold only pictures give an error that names the way out."""
    with pytest.raises(ReadError, match=r"a\.pdf: its 2 pages hold only pictures") as caught:
        read(pdf([[], []], extra=PICTURE))
    assert "OCR" in caught.value.hint


def test_scanned_page_is_told() -> None:
    """One scanned page among others is in the notes."""
    document = read(pdf([lines(ZH[:30]), []], extra=PICTURE))
    assert "no text is read of pages 2: only a picture" in document.notes


def test_locked_pdf_is_an_error() -> None:
    """A PDF with a password is refused."""
    lock = f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1/O<{'ab' * 32}>/U<{'cd' * 32}>>>"
    with pytest.raises(FormatError, match="locked with a password"):
        read(pdf([lines(ZH)], trailer=f"{lock}/ID[<{'00' * 16}><{'00' * 16}>]"))


def nested_forms(depth: int, width: int) -> bytes:
    """Return a page whose forms draw each other: width to the power of depth times."""
    objects = []
    for level in range(depth):
        inner = f"/X {level} 0 R" if level else ""
        draw = "/X Do " * width if level else "n"
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<{inner}>>>>"
            f"/Length {len(draw)}>>stream\n{draw}\nendstream"
        )
    draw = "/X Do"
    objects.append(f"<</Length {len(draw)}>>stream\n{draw}\nendstream")
    objects.append(
        f"<</Type/Page/Parent {depth + 3} 0 R/MediaBox[0 0 9 9]"
        f"/Resources<</XObject<</X {depth} 0 R>>>>/Contents {depth + 1} 0 R>>"
    )
    objects.append(f"<</Type/Pages/Count 1/Kids[{depth + 2} 0 R]>>")
    objects.append(f"<</Type/Catalog/Pages {depth + 3} 0 R>>")
    return packed_objects(objects)


def blown_up(megabytes: int) -> bytes:
    """Return a page whose content unpacks to so many megabytes."""
    packed = zlib.compress(b"q Q " * (megabytes * 250_000), 9).decode("latin-1")
    return packed_objects(
        [
            f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream",
            "<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]/Contents 1 0 R>>",
            "<</Type/Pages/Count 1/Kids[2 0 R]>>",
            "<</Type/Catalog/Pages 3 0 R>>",
        ]
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"%PDF-1.7\n", "not a readable PDF"),
        (b"PK\x03\x04", "ZIP"),
        ("就是一行字".encode(), "is not a PDF"),
        (pdf([lines(ZH)])[:300], "not a readable PDF"),
        (pdf([[]]), "no text to read"),
        (nested_forms(12, 12), "takes more"),
        (blown_up(900), "takes more"),
        (pdf([lines(ZH)]).replace(b"/Kids[3 0 R]", b"/Kids[4 0 R]"), "PDF"),
    ],
    ids=["stub", "zip", "text", "cut", "empty", "nested", "bomb", "loop"],
)
def test_bad_pdf_files(raw: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged, dangerous or foreign PDF is an error with its name and a hint."""
    monkeypatch.setattr(pdf_module, "_SECONDS", 2.0)
    with pytest.raises(ReadError, match=message) as caught:
        read(raw)
    assert str(caught.value).startswith("a.pdf: ")
    assert caught.value.hint


def test_wrong_count_of_pages_is_seen_through() -> None:
    """A file that says that it has millions of pages has those that it has."""
    raw = pdf([lines(ZH[:30])]).replace(b"/Count 1", b"/Count 99999999")
    assert paragraphs(read(raw)) == [ZH[:30]]


def test_missing_library_is_not_taken_for_a_bad_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A worker that cannot start is a fault of the installation, and keeps its traceback."""
    worker = tmp_path / "worker.py"
    worker.write_text("import no_such_module")
    monkeypatch.setattr(pdf_module, "_WORKER", worker)
    with pytest.raises(RuntimeError, match="no_such_module"):
        read(pdf([lines(ZH)]))


# Real files


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pdf_has_the_sentences_of_the_word_file(lang: Any) -> None:  # noqa: ANN401 - a literal
    """At least 97 % of the sentences of a Word file come back from its PDF."""
    texts = []
    for suffix in ("docx", "pdf"):
        document = read_document(CORPORA / "notice" / f"notice.{lang}.{suffix}")
        texts.append([sentence.text for sentence in segment(document, lang)])
    matcher = difflib.SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    assert same >= 0.97 * max(map(len, texts))
