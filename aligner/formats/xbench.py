"""A checklist for Xbench: where the term stands and a rendering that is out of line.

One check for each deprecated or forbidden target: the source holds the term and the
target text holds that rendering, as whole words, in any case. Where a rendering is part
of one that may be used, the check looks for it in texts without the longer one.

The format has no schema. Elements and attributes are those that ApSIC, the makers of
Xbench, describe under "Xbench checklist file", version 1.0; in their search language
PowerSearch a blank joins conditions, `-` negates one and `"` stands round a phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from aligner.formats.common.writing import writing_bytes
from aligner.formats.common.xml_elements import XML_SPACE
from aligner.formats.common.xml_writing import xml_text
from aligner.glossary.entries import Entry, Glossary, Target, target_key
from aligner.messages import _

_WRONG: Final = frozenset({"deprecated", "forbidden"})
_TIME: Final = "2000-01-01 00:00"  # the same bytes on every run


def write_xbench(glossary: Glossary, path: Path) -> tuple[Path, ...]:
    """Write one check for each rendering that should not be used; there may be none."""
    root = etree.Element("xbench-checklist", version="1.0")
    checks = etree.SubElement(root, "checklist", name="aligner: terms")
    for entry in glossary.entries:
        for target in entry.targets:
            if target.status in _WRONG:
                _check(checks, entry, target)
    with writing_bytes(path) as file:
        etree.ElementTree(root).write(
            file, encoding="UTF-8", xml_declaration=True, pretty_print=True
        )
    return (path,)


def _longer(entry: Entry, target: Target) -> Iterator[str]:
    """Yield the targets that may be used and that hold the words of this one."""
    inside = f" {target_key(target.text)} "
    for other in entry.targets:
        if other.status not in _WRONG and inside in f" {target_key(other.text)} ":
            yield other.text


def _advice(entry: Entry, target: Target) -> str:
    """Return what to write in its place, and what the glossary says of it."""
    instead = " or ".join(f'"{other.text}"' for other in entry.preferred)
    advice = (
        _("Use {instead}.").format(instead=instead)
        if instead
        else _('Do not use "{text}".').format(text=target.text)
    )
    return f"{advice} ({target.note})" if target.note else advice


def _quoted(text: str) -> str:
    """Return a phrase as it stands between quotation marks in a PowerSearch."""
    return text.replace('"', '""')


def _check(checks: Any, entry: Entry, target: Target) -> None:  # noqa: ANN401 - lxml untyped
    check = etree.SubElement(
        checks,
        "check",
        name=xml_text(f"{entry.src}: {target.text}"),
        categories=f"term, {target.status}",
    )
    longer = list(_longer(entry, target))
    if longer:
        source = f'"{_quoted(entry.src)}"'
        wanted = " ".join([f'"{_quoted(target.text)}"', *(f'-"{_quoted(t)}"' for t in longer)])
    else:
        source, wanted = entry.src, target.text
    power = "yes" if longer else "no"
    for side, text, whole in (("source", source, "no"), ("target", wanted, "yes")):
        term = etree.SubElement(
            check,
            "term",
            {"type": side, XML_SPACE: "preserve", "casecheck": "no", "wholeword": whole,
             "powersearch": power, "searchmode": "simple"},
        )  # fmt: skip
        term.text = xml_text(text)
    description = etree.SubElement(check, "description", {XML_SPACE: "preserve"})
    description.text = xml_text(_advice(entry, target))
    etree.SubElement(check, "timestamp").text = _TIME
