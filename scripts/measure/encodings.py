#!/usr/bin/env python3
"""Measure how often the encoding of a short text is found.

    python scripts measure.encodings FOLDER... [--texts 20] [--seed 1] [--hard] [--list]

Takes pieces of 10 to 200 characters out of the `.zh` and `.en` files in the folders,
writes each in every encoding that can hold it, and reads the bytes back. A piece is
right if its text comes back; an ASCII text is the same in many encodings. Traditional
Chinese for Big5 is made by OpenCC where a file is in simplified characters. With
`--hard`, straight quotation marks become typographic ones and ASCII pieces are passed
over. Prints a table: encoding, language, pieces, share that is right, wrong ones whose
note names the right encoding as nearly as likely, pieces refused.
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

from aligner.errors import EncodingError
from aligner.formats.common.decode import decode

SHORTEST, LONGEST = 10, 200
MARKS = {
    "utf-8 with mark": ("utf-8", codecs.BOM_UTF8),
    "utf-16-le with mark": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be with mark": ("utf-16-be", codecs.BOM_UTF16_BE),
}
PLAIN = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs")
ENCODINGS = {name: (name, b"") for name in PLAIN} | MARKS


@dataclass(slots=True)
class Count:
    """What came of the pieces in one encoding and language."""

    pieces: int = 0
    right: int = 0
    told: int = 0  # wrong, but the note names the right one as a rival
    refused: int = 0


def pieces(texts: list[str], count: int, chance: random.Random) -> Iterator[str]:
    """Yield pieces of random texts, lengths and places."""
    for _ in range(count):
        size = chance.randint(SHORTEST, LONGEST)
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - size))
        yield text[start : start + size]


def judge(piece: str, label: str, count: Count) -> str:
    """Count what comes of a piece in an encoding; return what was guessed if it is wrong."""
    codec, mark = ENCODINGS[label]
    count.pieces += 1
    try:
        decoded = decode(mark + piece.encode(codec), "piece")
    except EncodingError:
        count.refused += 1
        return "refused"
    if decoded.text == piece:
        count.right += 1
        return ""
    count.told += codec.removesuffix("hkscs") in "".join(decoded.notes)
    return decoded.encoding


def typographic(text: str) -> str:
    """Return a text with typographic quotation marks for straight ones.

    >>> typographic("the 'old' ferry")
    'the ‘old’ ferry'
    """
    text = re.sub(r'(?<![^\s(])"', "“", text).replace('"', "”")
    return re.sub(r"(?<![^\s(])'", "‘", text).replace("'", "’")


def holds(codec: str, text: str) -> bool:
    """Tell whether an encoding has all characters of a text."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--texts", type=int, default=20, help="pieces in each encoding, 20")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hard", action="store_true", help="no ASCII pieces")
    parser.add_argument("--list", action="store_true", help="show each wrong piece")
    options = parser.parse_args()
    traditional = opencc.OpenCC("s2tw")
    print(f"{'encoding':20} lang pieces  right   told refused")
    for lang in ("zh", "en"):
        files = [path for folder in options.folders for path in sorted(folder.glob(f"*.{lang}"))]
        texts = [path.read_text(encoding="utf-8") for path in files]
        texts = list(map(typographic, texts)) if options.hard else texts
        for label, (codec, _) in ENCODINGS.items():
            chance = random.Random(f"{options.seed} {lang} {label}")  # noqa: S311 - a sample
            source = list(map(traditional.convert, texts)) if codec.startswith("big5") else texts
            count = Count()
            for piece in pieces(source, options.texts * 20, chance):
                if options.hard and piece.isascii():
                    continue
                if count.pieces < options.texts and holds(codec, piece):
                    guess = judge(piece, label, count)
                    if guess and options.list:
                        print(f"    {guess}: {piece!r}")
            print(
                f"{label:20} {lang:4} {count.pieces:6} {count.right / count.pieces:6.1%}"
                f" {count.told:6} {count.refused:7}"
            )


if __name__ == "__main__":
    main()
