"""Crafted Word documents and workbooks."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Iterator, Mapping

from _crafted_xml import LAUGHS
from _formats import Input

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARAGRAPH = "<w:p><w:r><w:t>会议于上午九时开始。</w:t></w:r></w:p>"
GOOD_ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{zh}</t></is></c>'
    f'<c r="B{n}" t="inlineStr"><is><t>{en}</t></is></c></row>'
    for n, zh, en in ((1, "zh", "en"), (2, "湿地", "wetland"))
)


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    for made, kinds in (
        (_docx, ("docx",)),
        (_xlsx, ("xlsx", "glossary-xlsx", "manifest-xlsx")),
        (_archives, ("docx", "xlsx")),
    ):
        chosen = [form for form in kinds if form in forms]
        for name, raw in made() if chosen else ():
            for form in chosen:
                yield Input(f"{form}: {name}", form, raw)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def relations(*rows: str) -> str:
    """Return a part of relationships."""
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def relation(number: int, kind: str, target: str, mode: str = "Internal") -> str:
    """Return a relationship."""
    kind = f"{OFFICE}/{kind}"
    return f'<Relationship Id="r{number}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'


def word(body: str, **parts: str | bytes) -> bytes:
    """Return a Word document; further parts by their names, with `__` for the slash."""
    head = f'xmlns:w="{WORDS}" xmlns:r="{OFFICE}"'
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(relation(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(relation(2, "footnotes", "footnotes.xml")),
        "word/document.xml": f"<w:document {head}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {head}/>",
    }
    return packed(every | {f"word/{name}.xml": data for name, data in parts.items()})


def _docx() -> Iterator[tuple[str, bytes]]:  # noqa: PLR0915 - a list of inputs
    head = f'xmlns:w="{WORDS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    yield "100,000 paragraphs", word(PARAGRAPH * 100_000)
    yield "600,000 paragraphs", word("<w:p/>" * 600_000)
    yield "empty paragraphs with runs", word("<w:p><w:r/></w:p>" * 300_000)
    yield "a run for each letter", word("<w:p>" + "<w:r><w:t>会</w:t></w:r>" * 200_000 + "</w:p>")
    yield "a text of 9 MB", word(f"<w:p><w:r><w:t>{'会' * 9_000_000}</w:t></w:r></w:p>")
    yield "eight texts of 9 MB", word(f"<w:p><w:r><w:t>{'a' * 9_000_000}</w:t></w:r></w:p>" * 8)
    yield (
        "tables in tables",
        word("<w:tbl><w:tr><w:tc>" * 80 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 80),
    )
    yield "deep tables", word("<w:tbl><w:tr><w:tc>" * 30_000 + PARAGRAPH)
    yield (
        "a row of 100,000 cells",
        word(f"<w:tbl><w:tr>{f'<w:tc>{PARAGRAPH}</w:tc>' * 50_000}</w:tr></w:tbl>"),
    )
    yield (
        "100,000 rows",
        word(f"<w:tbl>{f'<w:tr><w:tc>{PARAGRAPH}</w:tc></w:tr>' * 50_000}</w:tbl>"),
    )
    merged = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr>{PARAGRAPH}</w:tc>'
    yield "merged cells", word(f"<w:tbl>{f'<w:tr>{merged}</w:tr>' * 50_000}</w:tbl>")
    boxes = "<w:p><w:r><w:pict><w:txbxContent>"
    yield "text boxes in text boxes", word(boxes * 50 + PARAGRAPH)
    yield (
        "paragraphs in paragraphs",
        word("<w:p>" * 240 + "<w:r><w:t>a</w:t></w:r>" * 90_000 + "</w:p>" * 240),
    )
    yield (
        "runs in runs",
        word("<w:p>" + "<w:r>" * 240 + "<w:t>a</w:t>" * 90_000 + "</w:r>" * 240 + "</w:p>"),
    )
    fields = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    yield "fields", word(f"<w:p>{fields * 60_000}<w:r><w:t>a</w:t></w:r></w:p>" + PARAGRAPH)
    yield (
        "fields and texts",
        word(f"<w:p>{fields * 60}" + "<w:r><w:t>a</w:t></w:r>" * 90_000 + "</w:p>"),
    )
    yield "properties", word(f"<w:p><w:pPr>{'<w:b/>' * 200_000}</w:pPr></w:p>" + PARAGRAPH)
    yield (
        "properties in properties",
        word("<w:p>" + "<w:rPr>" * 240 + "</w:rPr>" * 240 + "</w:p>" + PARAGRAPH),
    )
    many = " ".join(f'w:a{n}="1"' for n in range(200_000))
    yield "attributes", word(f"<w:p {many}/>" + PARAGRAPH)
    spaces = " ".join(f'xmlns:a{n}="b{n}"' for n in range(50_000))
    yield "namespaces", word(f"<w:p {spaces}/>" + PARAGRAPH)
    deep = "".join(f'<w:sdt xmlns:a{n}="b">' for n in range(240))
    yield "namespaces in depth", word(deep + PARAGRAPH * 9_000 + "</w:sdt>" * 240)
    gone = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    yield "paragraphs that were joined", word(gone * 60_000)
    yield "breaks", word(f"<w:p><w:r>{'<w:br/>' * 400_000}</w:r></w:p>" + PARAGRAPH)
    yield (
        "symbols",
        word("<w:p><w:r>" + '<w:sym w:char="FFFFFFFFFF"/>' * 100_000 + "</w:r></w:p>" + PARAGRAPH),
    )
    yield (
        "formulas",
        word(f"<w:p><m:oMath {head}>{'<m:t>x</m:t>' * 200_000}</m:oMath></w:p>" + PARAGRAPH),
    )
    yield "ligatures", word(f"<w:p><w:r><w:t>{'ﬁ⼀' * 3_000_000}</w:t></w:r></w:p>")
    yield "chunks of other files", word('<w:altChunk r:id="r9"/>' * 100_000 + PARAGRAPH)
    yield "comments", word("<!-- a -->" * 500_000 + PARAGRAPH)
    yield "forbidden references", word(f"<w:p><w:r><w:t>{'&#x1F;' * 9}</w:t></w:r></w:p>")
    laughs = f"<!DOCTYPE x [{LAUGHS}]><x>&l9;</x>"
    yield (
        "laughs in the document",
        packed({"[Content_Types].xml": "<a/>", "word/document.xml": laughs}),
    )
    yield "laughs in the styles", word(PARAGRAPH, styles=laughs)
    yield (
        "laughs in UTF-7",
        word(PARAGRAPH, styles='<?xml version="1.0" encoding="utf-7"?>+ADw-!DOCTYPE x'),
    )
    yield (
        "styles of 70 MB",
        word(PARAGRAPH, styles=f"<w:styles {head}>{'<w:style/>' * 7_000_000}</w:styles>"),
    )
    yield "styles of 90 MB", word(PARAGRAPH, styles=b" " * 90_000_000)
    note = f'<w:footnote w:id="1">{PARAGRAPH}</w:footnote>'
    yield (
        "footnotes",
        word(PARAGRAPH, footnotes=f"<w:footnotes {head}>{note * 60_000}</w:footnotes>"),
    )
    again = relations(*(relation(n, "footnotes", "footnotes.xml") for n in range(20_000)))
    yield (
        "one part of footnotes again and again",
        word(
            PARAGRAPH,
            **{"_rels/document.xml.rels".removesuffix(".xml"): again},
            footnotes=f"<w:footnotes {head}>{note * 9_000}</w:footnotes>",
        ),
    )
    many = PARAGRAPH * 9_000
    itself = relations(*(relation(n, "footnotes", "document.xml") for n in range(2_000)))
    yield "a document that is its own footnotes", packed({
        "[Content_Types].xml": "<a/>",
        "word/_rels/document.xml.rels": itself,
        "word/document.xml": f"<w:document {head}><w:body>{many}</w:body></w:document>",
    })  # fmt: skip
    yield from _numbered(head)
    for name, target, mode in (
        ("outside", "http://127.0.0.1:9/", "External"),
        ("on the disk", "file:///dev/zero", "External"),
        ("out of the package", "../../../../dev/zero", "Internal"),
        ("to itself", "_rels/document.xml.rels", "Internal"),
    ):
        yield f"relations {name}", packed({
            "[Content_Types].xml": "<a/>",
            "word/_rels/document.xml.rels": relations(relation(1, "footnotes", target, mode)),
            "word/document.xml": f"<w:document {head}><w:body>{PARAGRAPH}</w:body></w:document>",
        })  # fmt: skip
    yield "relations by the million", packed({
        "[Content_Types].xml": "<a/>",
        "_rels/.rels": relations(*[relation(1, "officeDocument", "nothing")] * 300_000),
        "word/document.xml": f"<w:document {head}><w:body>{PARAGRAPH}</w:body></w:document>",
    })  # fmt: skip


def _numbered(head: str) -> Iterator[tuple[str, bytes]]:
    """Yield documents with lists."""
    item = PARAGRAPH.replace("<w:r>", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r>')

    def listed(level: str, more: str = "", body: str = item * 60_000) -> bytes:
        lists = (
            f'<w:numbering {head}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{level}'
            f'</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
            "</w:numbering>"
        )
        beside = relations(relation(1, "numbering", "numbering.xml"))
        return packed({
            "[Content_Types].xml": "<a/>",
            "word/_rels/document.xml.rels": beside,
            "word/numbering.xml": lists,
            "word/document.xml": f"<w:document {head}><w:body>{body}</w:body></w:document>",
        })  # fmt: skip

    yield "numbers with a text of 1 MB", listed(f'<w:lvlText w:val="{"%1" * 500_000}"/>')
    letters = '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%1%1%1%1%1%1%1%1%1%1%1"/>'
    yield "numbers in letters", listed(letters)
    yield "300,000 lists", listed('<w:lvlText w:val="%1."/>', '<w:num w:numId="1"/>' * 300_000)


def workbook(  # noqa: PLR0913 - its parts
    rows: str,
    strings: str = "",
    *,
    behind: str = "",
    styles: str = "",
    names: str = "",
    sheets: int = 1,
) -> bytes:
    """Return a workbook, with its parts as they are given."""
    main = f'xmlns="{SHEETS}" xmlns:r="{OFFICE}"'
    kinds = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    kinds |= {f"sheet{n}": "worksheet" for n in range(sheets)}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{XLSX}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    listed = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(sheets))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>',
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            *(relation(n, "worksheet", f"sheet{n}.xml") for n in range(sheets))
        ),
        "xl/workbook.xml": f"<workbook {main}><sheets>{listed}</sheets>{names}</workbook>",
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
    }
    for n in range(sheets):
        data = f"<worksheet {main}><sheetData>{rows}</sheetData>{behind}</worksheet>"
        parts[f"xl/sheet{n}.xml"] = data
    return packed(parts)


def _xlsx() -> Iterator[tuple[str, bytes]]:  # noqa: PLR0915 - a list of inputs
    named = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    for size, count in ((8_000, 30_000), (400_000, 900), (9_000_000, 50)):
        strings = f"<si><t>{'甲' * size}</t></si><si><t>{'a' * size}</t></si>"
        yield f"{2 * count} cells of {size} shared characters", workbook(named * count, strings)
    wide = "<row>" + '<c t="s"><v>0</v></c>' * 16_000 + "</row>"
    yield "a row of long shared texts", workbook(wide * 3, f"<si><t>{'甲' * 90_000}</t></si>")
    yield "a million shared texts", workbook(GOOD_ROWS, "<si><t>a</t></si>" * 1_000_000)
    yield "rich texts", workbook(GOOD_ROWS, f"<si>{'<r><t>a</t></r>' * 300_000}</si>")
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 300_000))
    yield "300,000 merged ranges", workbook(GOOD_ROWS, behind=f"<mergeCells>{merges}</mergeCells>")
    whole = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "one merged range of all cells", workbook(GOOD_ROWS, behind=whole)
    yield "a far cell a row", workbook(GOOD_ROWS + '<row><c r="XFD9"><v>1</v></c></row>' * 500_000)
    yield "a far row", workbook(GOOD_ROWS + '<row r="999999999999"><c><v>1</v></c></row>')
    yield (
        "rows from 1,048,576 on",
        workbook(GOOD_ROWS + '<row r="1048576"><c><v>1</v></c></row>' * 9),
    )
    yield (
        "rows backwards",
        workbook("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(200_000, 0, -1))),
    )
    yield "a row of three million cells", workbook(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>")
    yield "a million rows", workbook(GOOD_ROWS + "<row/>" * 1_000_000)
    yield "500,000 rows of text", workbook(named * 500_000, "<si><t>甲</t></si><si><t>a</t></si>")
    dimension = GOOD_ROWS.replace(
        "<row", '</sheetData><dimension ref="A1:XFD1048576"/><sheetData><row', 1
    )
    yield "a dimension that is none", workbook(dimension)
    formula = '<row><c><f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>甲</v></c></row>'
    yield "formulas", workbook(GOOD_ROWS + formula * 100_000)
    yield (
        "numbers of many digits",
        workbook(GOOD_ROWS + f"<row><c><v>{'9' * 5_000_000}</v></c></row>"),
    )
    yield (
        "a number beyond floats",
        workbook(GOOD_ROWS + "<row><c><v>1e999</v></c><c><v>nan</v></c></row>"),
    )
    yield "a shared text that is not there", workbook('<row><c t="s"><v>99999</v></c></row>')
    yield "dates that are none", workbook(GOOD_ROWS + '<row><c t="d"><v>99999-99-99</v></c></row>')
    dated = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    yield (
        "dates out of bounds",
        workbook(GOOD_ROWS + '<row><c s="0"><v>1e15</v></c></row>' * 9_000, styles=dated),
    )
    yield "styles", workbook(GOOD_ROWS, styles=f"<cellXfs>{'<xf/>' * 400_000}</cellXfs>")
    fonts = "<fonts>" + '<font><b/><sz val="1"/></font>' * 200_000 + "</fonts>"
    yield "fonts", workbook(GOOD_ROWS, styles=fonts)
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="dddddddddd"/>' for n in range(200_000))
    yield "formats", workbook(GOOD_ROWS, styles=f"<numFmts>{formats}</numFmts>")
    defined = "".join(f'<definedName name="n{n}">s0!A1</definedName>' for n in range(200_000))
    yield "names", workbook(GOOD_ROWS, names=f"<definedNames>{defined}</definedNames>")
    yield "2,000 sheets", workbook(GOOD_ROWS, sheets=2_000)
    yield "sheets of noise", workbook("<row><c><v>1</v></c></row>" * 40_000, sheets=9)
    rules = "<conditionalFormatting sqref='A1:XFD9'><cfRule priority='1'/></conditionalFormatting>"
    yield "conditional formats", workbook(GOOD_ROWS, behind=rules * 100_000)
    links = "<hyperlink ref='A1:XFD1048576'/>"
    yield "links", workbook(GOOD_ROWS, behind=f"<hyperlinks>{links * 200_000}</hyperlinks>")
    valid = "<dataValidation sqref='" + "A1 " * 100_000 + "'/>"
    yield (
        "validations",
        workbook(GOOD_ROWS, behind=f"<dataValidations>{valid * 9}</dataValidations>"),
    )
    yield (
        "columns",
        workbook(
            GOOD_ROWS, behind="<cols>" + "<col min='1' max='999999999'/>" * 200_000 + "</cols>"
        ),
    )
    yield "depth", workbook(GOOD_ROWS + "<row>" + "<c>" * 240 + "</c>" * 240 + "</row>")
    yield "elements that mean nothing", workbook(GOOD_ROWS + "<a/>" * 3_000_000)
    yield (
        "a row of elements that mean nothing",
        workbook(f"{GOOD_ROWS}<row>{'<a/>' * 3_000_000}</row>"),
    )
    yield "escapes", workbook(GOOD_ROWS, f"<si><t>{'_xD800_' * 900_000}</t></si>")
    many = " ".join(f'a{n}="1"' for n in range(200_000))
    yield "attributes", workbook(f"{GOOD_ROWS}<row {many}/>")
    yield "laughs", workbook(f"<!DOCTYPE x [{LAUGHS}]>&l9;")
    yield "a chart sheet", workbook(GOOD_ROWS).replace(b"worksheet+xml", b"chartshee+xml")
    yield "no text", workbook("<row/>")


def _archives() -> Iterator[tuple[str, bytes]]:
    main = {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>", "xl/workbook.xml": "<a/>"}
    yield "an archive in an archive", packed(main | {"a.zip": packed({"b": bytes(90_000_000)})})
    yield "500 MB of nothing", packed(main | {"a.xml": bytes(490_000_000)})
    yield "XML parts of 70 MB", packed(main | {f"a{n}.xml": b" " * 70_000_000 for n in range(6)})
    yield "100,000 entries", packed(main | {f"a{n}": "" for n in range(60_000)})
    yield "empty XML parts", packed(main | {f"a{n}.xml": "" for n in range(19_000)})
    yield "names out of the archive", packed(main | {"../../a": "", "/etc/a": "", "C:\\a": ""})
    yield "names of 60,000 characters", packed(main | {"a" * 60_000 + ".xml": ""})
    raw = packed(main)
    at = raw.index(b"PK\x01\x02")
    yield (
        "sizes that are not true",
        raw[: at + 24] + struct.pack("<I", 400_000_000) + raw[at + 28 :],
    )
    yield "small sizes that are not true", raw[: at + 24] + struct.pack("<I", 1) + raw[at + 28 :]
    yield "an unknown way of packing", raw[: at + 10] + b"\x63" + raw[at + 11 :]
    yield "locked", raw[: at + 8] + b"\x01" + raw[at + 9 :]
    yield "a comment of 60,000 bytes", raw[:-2] + struct.pack("<H", 60_000) + b"PK\x05\x06" * 15_000
    yield "overlapping entries", _overlapping()
    yield "two directories", raw + raw
    yield "bytes before the archive", b"PK" + bytes(5_000_000) + raw
    with_lzma = io.BytesIO()
    with zipfile.ZipFile(with_lzma, "w", zipfile.ZIP_LZMA) as package:
        for name, text in (main | {"a.xml": " " * 15_000_000}).items():
            package.writestr(name, text)
    yield "LZMA", with_lzma.getvalue()
    yield "LZMA that asks for 4 GB", with_lzma.getvalue().replace(b"\x5d\0\0", b"\x5d\xff\xff")


def _overlapping() -> bytes:
    """Return an archive of which many entries are the same bytes."""
    raw = packed({"word/document.xml": "<a/>", "a.xml": " " * 10_000_000})
    at = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 1)
    end = raw.index(b"PK\x05\x06")
    entry, count = raw[at:end], 1_000
    entries = b"".join(
        entry.replace(b"a.xml", b"%05d.xml" % n).replace(
            struct.pack("<HHH", 5, 0, 0), struct.pack("<HHH", 9, 0, 0)
        )
        for n in range(count)
    )
    size = end - raw.index(b"PK\x01\x02") + len(entries)
    tail = struct.pack("<HHHHII", 0, 0, count + 2, count + 2, size, raw.index(b"PK\x01\x02"))
    return raw[:end] + entries + b"PK\x05\x06" + tail + b"\0\0"
