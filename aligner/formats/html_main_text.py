"""Which blocks of a web page are its main text.

trafilatura finds the main text well but returns it without some of its own parts:
a short title outside the article, a document number, a caption, a list inside a
list. So its text is used to find where the main text begins and ends among the
blocks of the page, and what lies between belongs to it too unless it is made of
links or stands in a menu.
"""

from __future__ import annotations

from typing import Any

from aligner.formats.common.html_blocks import Block
from aligner.messages import N_, _, ngettext

_SURE = 8  # characters: a shorter block may stand elsewhere on the page by chance
_WINDOW = 5_000  # characters of the main text searched for the next block
_LINKED = 0.5  # share of link text from which a block is a menu
_MIN_CHARS = 80  # below it trafilatura takes the whole page; its 250 is meant for Latin script
_TITLE_REACH = 10  # blocks before the main text in which its title is looked for
_MIN_FOUND = 0.5  # share of the main text that must be found among the blocks
_MOST_BLOCKS = 20_000  # a long novel has 10,000
# For each element, all that lies in it is gone through: the sums of the depths count.
_MOST_DEPTHS = 1_000_000  # of elements; 60,000 of them are 15 deep or so on a large page
_MOST_TEXT_DEPTHS = 40_000_000  # of characters
_TOO_MUCH = N_("the page is too large to look for its main text: all visible text is kept")
_ALL = N_("no main text found on the page: all visible text is kept")


def main_blocks(tree: Any, blocks: list[Block]) -> tuple[list[Block], tuple[str, ...]]:  # noqa: ANN401
    """Return the blocks of the main text, and a note if none was found, or on what is left out."""
    if len(blocks) > _MOST_BLOCKS or _is_too_deep(tree):
        return blocks, (_(_TOO_MUCH),)
    text = _main_text(tree)
    found = _found(blocks, text)
    if not found or sum(_length(blocks[at]) for at in found) < _MIN_FOUND * len(text):
        return blocks, (_(_ALL),)
    start = _title(blocks, found[0], _page_title(tree))
    sure = set(found)
    chosen = [
        block
        for at, block in enumerate(blocks[start : found[-1] + 1], start=start)
        if at in sure or not (block.furniture or block.linked > _LINKED)
    ]
    return chosen, _left_out(blocks, chosen)


def _left_out(blocks: list[Block], chosen: list[Block]) -> tuple[str, ...]:
    """Return a note on what of the page is no main text, if there is any."""
    count = len(blocks) - len(chosen)
    if not count:
        return ()
    size = sum(len(block.text) for block in blocks) - sum(len(block.text) for block in chosen)
    return (
        ngettext(
            "left out: {count} block of the page beside its main text, such as a menu ({size}"
            " characters); --keep-furniture keeps it",
            "left out: {count} blocks of the page beside its main text, such as menus ({size}"
            " characters); --keep-furniture keeps them",
            count,
        ).format(count=count, size=size),
    )


def _is_too_deep(tree: Any) -> bool:  # noqa: ANN401
    """Tell a page on which finding the main text would take minutes."""
    from lxml import etree

    depth = elements = text = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += depth
        text += depth * len((element.text if event == "start" else element.tail) or "")
    return elements > 2 * _MOST_DEPTHS or text > _MOST_TEXT_DEPTHS


def _main_text(tree: Any) -> str:  # noqa: ANN401
    """Return what trafilatura takes for the main text, without white space."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor

    options = Extractor(comments=False, tables=True)
    options.min_extracted_size = _MIN_CHARS
    options.min_output_size = 0  # nothing found is for us to report, not for its log
    try:
        result = bare_extraction(tree, options=options)
    except Exception:  # noqa: BLE001 - whatever a page does to it, all visible text is left to us
        return ""
    body = getattr(result, "body", None)
    return "" if body is None else "".join("".join(body.itertext()).split())


def _found(blocks: list[Block], text: str) -> list[int]:
    """Return the indices of the blocks that are in the main text, in order.

    A block counts where it goes on exactly from the last, or, if it is long enough
    to be no chance, where it stands a little further on.
    """
    found, at = [], 0
    for index, block in enumerate(blocks):
        bare = "".join(block.text.split())
        if text.startswith(bare, at):
            place = at
        elif len(bare) >= _SURE:
            place = text.find(bare, at, at + len(bare) + _WINDOW)
        else:
            place = -1
        if place >= 0:
            found.append(index)
            at = place + len(bare)
    return found


def _title(blocks: list[Block], first: int, page_title: str) -> int:
    """Return where the main text begins if a title stands shortly before it."""
    for at in range(first - 1, max(-1, first - 1 - _TITLE_REACH), -1):
        block = blocks[at]
        if block.furniture or block.linked > _LINKED:
            continue
        bare = "".join(block.text.split())
        if block.heading or (len(bare) >= _SURE and bare in page_title):
            return at
    return first


def _page_title(tree: Any) -> str:  # noqa: ANN401
    return "".join((tree.findtext(".//title") or "").split())


def _length(block: Block) -> int:
    return len("".join(block.text.split()))
