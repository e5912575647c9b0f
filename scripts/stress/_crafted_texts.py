"""Crafted plain texts, Markdown and web pages."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

from _formats import Input

MANY = 50_000
ZH, EN = "会议于上午九时开始。", "The meeting is open. "


def inputs(forms: Collection[str]) -> Iterator[Input]:
    """Yield the inputs of some formats."""
    for name, raw in _txt() if "txt" in forms else ():
        yield Input(f"txt: {name}", "txt", raw)
    for form, made in (("md", _md), ("html", _html)):
        for name, text in made() if form in forms else ():
            yield Input(f"{form}: {name}", form, text.encode())


def _txt() -> Iterator[tuple[str, bytes]]:  # noqa: PLR0915 - a list of inputs
    chance = random.Random(1)  # noqa: S311 - a sample
    yield "random bytes", chance.randbytes(3_000_000)
    yield "null bytes alone", b"\0" * 20_000_000
    yield "text and null bytes", (EN * 100).encode() + b"\0" * 20_000_000
    yield "a line of 20 MB", (EN * 1_000_000).encode()[:20_000_000]
    yield "a Chinese line of 18 MB", (ZH * 600_000).encode()
    yield "a line without a blank", b"a" * 20_000_000
    yield "five million lines", b"a\n" * 5_000_000
    yield "a million lines", (ZH + "\n").encode() * 900_000
    yield "a million paragraphs", (EN + "\n\n").encode() * 450_000
    yield "carriage returns alone", b"a\r" * 400_000
    yield "blanks alone", b" " * 20_000_000
    yield "wide blanks alone", ("\u3000" * 6_000_000).encode()
    yield "blanks and one letter", b" " * 10_000_000 + b"a" + b" " * 9_000_000
    yield "tabs", (ZH + "\t" * 5_000_000 + EN).encode()
    yield "line ends alone", b"\n" * 20_000_000
    yield "combining marks", (EN + "\u0301" * 5_000_000 + ZH).encode()
    yield "zero-width characters", ("会\u200b" * 3_000_000).encode()
    yield "zero-width lines", ("\u200b \u200b\n" * 900_000 + EN).encode()
    yield "soft hyphens", ("\xad" * 5_000_000 + EN).encode()
    yield "soft hyphens and line ends", ("a\xad\n   " * 900_000).encode()
    yield "surrogates", b"\xed\xa0\x80" * 3_000_000
    yield "surrogates in UTF-16", b"\xff\xfe" + b"\x00\xd8" * 5_000_000
    yield "odd UTF-16", b"\xff\xfe" + EN.encode("utf-16-le") * 1_000 + b"a"
    yield "UTF-32", (EN + ZH).encode("utf-32") * 3
    yield "UTF-32 by its mark, and nothing of it", b"\xff\xfe\0\0" + EN.encode() * 99
    yield "UTF-7", (ZH * 99).encode("utf-7")
    yield "two marks", b"\xef\xbb\xbf\xff\xfe" + (EN * 9).encode("utf-16-le")
    yield "marks in the middle", (ZH + "\ufeff").encode() * 500_000
    yield "GB 18030 of four bytes", b"\x81\x30\x81\x30" * 3_000_000
    yield "Big5 lead bytes alone", b"\xa4" * 5_000_000
    yield "nearly UTF-8", ZH.encode() * 100_000 + b"\xff" + ZH.encode() * 100_000
    yield "Chinese and one bad byte at the end", ZH.encode("gb18030") * 300_000 + b"\x81"
    yield "full stops", (ZH + "。" * 5_000_000).encode()
    yield "opening quotes", ("“" * 3_000_000 + EN).encode()
    yield "straight quotes", (EN + '"' * 5_000_000).encode()
    yield "brackets", ("（" * 2_000_000 + ZH + "）" * 2_000_000).encode()
    yield "brackets of all kinds", ("（《“「【" * 600_000 + ZH).encode()
    yield "abbreviations", b"e.g. U.S. No. 1.2.3 " * 500_000
    yield "dots and letters", b"a." * 5_000_000
    yield "one word of dots", b"." * 10_000_000 + b" a"
    yield "digits", b"1" * 10_000_000 + EN.encode()
    yield "list markers", b"1. 2. 3. (a) (b) " * 500_000
    yield "bullets", "• a • b ".encode() * 800_000
    yield "ellipses and dashes", ("……——" * 1_000_000 + ZH).encode()
    yield "sides in turn", (ZH + "\n" + EN + "\n").encode() * 200_000
    yield "sides in cells", (ZH + "\t" + EN + "\n").encode() * 200_000
    yield "sides in one paragraph of cells", (ZH + "\t" + EN + "\t").encode() * 200_000
    yield "addresses", (ZH + "http://" + "a" * 5_000_000 + "<" * 5_000_000).encode()
    yield "tags in a text", (ZH + "<a" * 3_000_000).encode()
    yield "wrapped lines", (("word " * 15) + "\n").encode() * 200_000
    yield "lines that go on", (("a" * 70) + "-\n").encode() * 200_000


def _md() -> Iterator[tuple[str, str]]:  # noqa: PLR0915 - a list of inputs
    yield "opening brackets", "[" * MANY
    yield "bracket pairs", "[](" * MANY
    yield "images", "![" * MANY
    yield "nested links", "[a](" * MANY + ")" * MANY
    yield "brackets that close", "[" * 19_000 + "a" + "]" * 19_000
    yield "links of nothing", "[a][b]" * 19_000
    yield "stars", "*a " * MANY
    yield "stars and underscores", "*a_ " * MANY
    yield "stars that open", "*" * 140_000 + "a"
    yield "stars of three lengths", "*a **b ***c " * 12_000
    yield "stars around words", "**a *b* c** " * 20_000
    yield "underscores", "_a __b " * 25_000
    yield "tildes", "~~a ~b " * 25_000
    yield "quotations", "> " * MANY
    yield "quotations in lines", "> " * 60 + "a\n" + "> a\n" * MANY
    yield "quotations without blanks", ">" * MANY + "a"
    yield "lists", "- " * MANY + "a"
    yield "lists in lists", "".join(" " * (2 * n) + "- a\n" for n in range(1_500))
    yield "ordered lists", "1. " * MANY + "a"
    yield "list items", "- a\n" * 140_000
    yield "numbers of lists", "".join(f"{n}. a\n" for n in range(140_000))
    yield "a long number", "9" * 5_000_000 + ". a"
    yield "backticks", "".join("`" * n + "a" for n in range(500))
    yield "backticks that open", "`a" * 70_000
    yield "fences", "```\n" * 70_000
    yield "fences of all lengths", "".join("`" * n + "\n" for n in range(3, 540))
    yield "definitions of links", "".join(f"[a{n}]: b\n" for n in range(19_000))
    yield "definitions and uses", "[a]: b\n" * 5_000 + "[a] " * 14_000
    yield "a definition without end", "[a]: b '" + "a\n" * 140_000
    yield "a label without end", "[" + "a" * 5_000_000
    yield "headings", "# a\n" * 70_000
    yield "underlined headings", "a\n=\n" * 70_000
    yield "rows of a table", "|a|b|\n|-|-|\n" + "|a|b|\n" * 20_000
    yield "columns of a table", "|a" * 10_000 + "\n" + "|-" * 10_000 + "\n" + "|a" * 10_000
    yield "a wide table with empty rows", "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "a\n" * 20_000
    yield "hard breaks", "a  \n" * 140_000
    yield "backslashes", "\\" * 140_000
    yield "entities", "&amp;" * 140_000
    yield "entities without end", "&a" * 140_000
    yield "numbers of characters", "&#x110000;" * 70_000
    yield "tags in a line", "<a b='c'>" * 40_000
    yield "tags without end", "<a " * 70_000
    yield "comments without end", "<!--" * 35_000
    yield "processing instructions without end", "<?" * 70_000
    yield "declarations without end", "<!A " * 70_000
    yield "CDATA without end", "<![CDATA[" * 16_000
    yield "blocks of HTML", "<div>\n\n" * 40_000
    yield "automatic links", "<http://a" * 40_000
    yield "front matter without end", "---\n" + "a: b\n" * 140_000
    yield "front matter of colons", "---\n" + "a" * 2_000_000 + "\n---\n"
    yield "indentation", "".join(" " * (n % 300) + "a\n" for n in range(100_000))
    yield "blanks in a line", "a" + " " * 5_000_000 + "b"
    yield "blanks at the end of lines", ("a" + " " * 1_000 + "\n") * 5_000


def _html() -> Iterator[tuple[str, str]]:  # noqa: PLR0915 - a list of inputs
    body = f"<p>{EN * 20}</p>" * 20
    for count in (10_000, 60_000, 140_000):
        many = " ".join(f"a{n}=1" for n in range(count))
        yield f"{count} attributes", f"<body {many}>{body}"
    some = " ".join(f"a{n}='>'" for n in range(1_000))
    yield "a thousand attributes a tag", f"<p {some}>{EN}" * 150
    yield "attributes of one name", "<p " + "a=1 " * 100_000 + ">" + body
    yield "an attribute of 7 MB", f"<p a='{'b' * 7_000_000}'>{body}"
    yield "attributes without a value", "<p " + "a " * 1_000_000 + ">" + body
    yield "a quote without end", f"<p a='{body}"
    yield "depth", "<div>" * 1_900 + EN * 99 + "</div>" * 1_900
    yield "depth without end", "<div>" * 140_000 + EN
    yield "depth and text", ("<div>" + EN * 20) * 1_900
    yield "bold and italic", "<b><i>" * 900 + EN + "</b></i>" * 900
    yield "misnested", "<b><p>" * 1_000 + EN
    yield "links in links", "<a href=b>" * 40_000 + EN
    yield "forms and fonts", "<font><form>" * 900 + EN
    yield "tables in tables", "<table><tr><td>" * 600 + EN
    yield "text in tables", "<table>a" * 1_900
    yield "a row of many cells", "<table><tr>" + "<td>a" * 140_000
    yield "rows", "<table>" + "<tr><td>a<td>b" * 45_000
    yield "spans", "<table><tr><td colspan=999999999 rowspan=999999999>a</table>" + body
    yield "paragraphs", "<p>a" * 140_000
    yield "line breaks", "<br>" * 149_000
    yield "line breaks and indents", "a<br>\u3000" * 100_000
    yield "lists", "<ul><li>" * 900 + EN
    yield "options", "<select>" + "<option>a" * 140_000
    yield "scripts", f"<script>{'a<b' * 1_000_000}</script>{body}"
    yield "scripts without end", "<script>" * 100_000 + body
    yield "styles and titles", "<style><title><textarea>" * 40_000 + body
    yield "comments", "<!--" * 1_000_000 + body
    yield "conditional comments", "<!--[if IE]>" * 140_000 + body
    yield "entities", "&amp;" * 1_500_000
    yield "entities without end", "&a" * 3_000_000
    yield "numbers of characters", "&#99999999999;" * 500_000
    yield (
        "a DTD",
        '<!DOCTYPE html [<!ENTITY a "b">' + "<!ENTITY c '&a;&a;'>" * 9_000 + "]>&c;" + body,
    )
    yield "an external DTD", '<!DOCTYPE html SYSTEM "file:///etc/passwd">' + body
    yield "declared in vain", '<meta charset="utf-7">' + body
    yield "declared as a codec of bytes", '<meta charset="hex">' + body
    yield "a declaration without end", "<meta " * 1_000 + body
    yield "blanks", body + " " * 7_000_000 + body
    yield "blanks and line ends", body + " \n" * 3_000_000
    yield "preformatted", "<pre>" + " \n" * 3_000_000 + EN
    yield "hidden", "<p style='display:none'>" * 100_000 + body
    yield "a style of blanks", f"<p style='display{' ' * 5_000_000}'>{body}"
    yield "frames", "<frameset><frame><iframe>" * 40_000 + body
    yield "templates", "<template><svg><math>" * 900 + body
    yield "one word", "a" * 7_900_000
    yield "null bytes", "\0" * 1_000_000 + body
    yield "processing instructions", "<?a " * 1_000_000 + body
    yield "tags of odd names", "".join(f"<a{n}>" for n in range(1_900)) + body
    yield "namespaces", "".join(f"<p xmlns:a{n}='b'>" for n in range(1_900)) + body
    yield "links in a menu", "<nav><ul>" + "<li><a href=b>word</a>" * 30_000 + body
    yield "an article of spans", "<article>" + "<span>word </span>" * 70_000
    yield "classes", "".join(f"<div class='comment-{n} main'>{EN}</div>" for n in range(30_000))
    yield "alike blocks", body * 40
