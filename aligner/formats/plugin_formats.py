"""Formats that other packages read, in the shape of `registry`.

A reader of the group `aligner.readers` is a function `(Source) -> Document`
(`aligner.formats.common.source` has `document_from_text` and `document_from_blocks` for
it), one of `aligner.bitext_readers` a function `(BitextSource, BitextHead) ->
Iterator[RawPair]` (`aligner.formats.common.raw_pairs`). Its name is that of the format and,
with a dot before it, the suffix of its files. Bad files are for it to refuse, by an
`AlignerError`; any other exception is told as its failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from aligner.bitext import Document
from aligner.errors import AlignerError, PluginError
from aligner.formats.common.raw_pairs import BitextHead, BitextSource, RawPair
from aligner.formats.common.source import Source
from aligner.formats.registry import FORMATS, Format, Use
from aligner.messages import _
from aligner.plugins import Plugin, failed, load_plugin, plugins


@cache
def own_names() -> frozenset[str]:
    """Return the names and suffixes of our own formats, which no other can have."""
    return frozenset(
        name.removeprefix(".") for form in FORMATS for name in (*form.names, *form.suffixes)
    )


@cache
def plugin_formats() -> tuple[Format, ...]:
    """Return the formats that other packages read, without importing them."""
    readers, bitexts = plugins("readers"), plugins("bitext_readers")
    return tuple(
        Format(
            name,
            _("by {package}").format(package=(readers.get(name) or bitexts[name]).package),
            document_in=Use(readers[name].target, (f".{name}",)) if name in readers else None,
            bitext_in=Use(bitexts[name].target, (f".{name}",)) if name in bitexts else None,
            is_plugin=True,
        )
        for name in sorted({*readers, *bitexts} - own_names())
    )


def load_reader(form: Format, ability: str) -> Callable[..., Any]:
    """Import the reader of a format that another package reads.

    Raises:
        PluginError: It cannot be imported.
    """
    if ability == "document_in":
        return _documents(plugins("readers")[form.name])
    return _pairs(plugins("bitext_readers")[form.name])


def _documents(plugin: Plugin) -> Callable[[Source], Document]:
    read = load_plugin(plugin)

    def parse(source: Source) -> Document:
        try:
            found = read(source)
        except AlignerError:
            raise
        except Exception as error:
            raise failed(plugin, _("failed on {name}").format(name=source.name), error) from error
        if not isinstance(found, Document):
            raise PluginError(
                _("the plug-in {plugin} gave no document for {name}").format(
                    plugin=plugin, name=source.name
                ),
                hint=_("tell its authors: a reader returns an aligner.bitext.Document"),
            )
        return found

    return parse


def _pairs(plugin: Plugin) -> Callable[[BitextSource, BitextHead], Iterator[RawPair]]:
    read = load_plugin(plugin)

    def parse(source: BitextSource, head: BitextHead) -> Iterator[RawPair]:
        try:
            yield from read(source, head)
        except AlignerError:
            raise
        except Exception as error:
            raise failed(plugin, _("failed on {name}").format(name=source.name), error) from error

    return parse
