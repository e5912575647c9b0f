"""Look formats up in the registry: by suffix or name, their functions, their names in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from aligner.formats.registry import FORMATS, TEXT, Ability, Format, Use
from aligner.messages import _


def formats_that(ability: Ability) -> tuple[Format, ...]:
    """Return our own formats that have an ability, in the order of `FORMATS`."""
    return tuple(form for form in FORMATS if form.use(ability))


def all_formats() -> tuple[Format, ...]:
    """Return our own formats and those that other packages read."""
    from aligner.formats.plugin_formats import plugin_formats

    return (*FORMATS, *plugin_formats())


@cache
def by_suffix(ability: Ability) -> dict[str, Format]:
    """Return the format of each suffix, such as `.tmx`, for an ability."""
    return {suffix: form for form, use in _uses(ability) for suffix in use.suffixes}


@cache
def by_name(ability: Ability) -> dict[str, Format]:
    """Return the format of each name and alias, in alphabetical order."""
    named = {name: form for form, _other in _uses(ability) for name in form.names}
    return dict(sorted(named.items()))


def format_for(ability: Ability, suffix: str, name: str | None) -> Format | None:
    """Return the format that a user names, or else that of a suffix; None if there is none."""
    if name:
        return by_name(ability).get(name.lower())
    return by_suffix(ability).get(suffix.lower())


def load(form: Format, ability: Ability) -> Any:  # noqa: ANN401 - of six kinds, see `registry`
    """Import the function of a format for an ability.

    Raises:
        KeyError: The format has no such ability.
    """
    use = form.use(ability)
    if use is None:
        raise KeyError(ability)
    if form.is_plugin:
        from aligner.formats.plugin_formats import load_reader

        return load_reader(form, ability)
    return load_function(use.function)


def load_function(name: str) -> Any:  # noqa: ANN401 - whatever it is
    """Import a function that is named as `module:name`, below `aligner.formats`."""
    module, _other, function = name.partition(":")
    return getattr(import_module(f"aligner.formats.{module}"), function)


@cache
def families() -> dict[str, str]:
    """Return the family of formats that each name and suffix (without its dot) says.

    A suffix that texts of any kind may have says nothing, and is not there.
    """
    found: dict[str, str] = {}
    for form in FORMATS:
        family = form.family or form.name
        for name in (*form.names, *(suffix.removeprefix(".") for suffix in form.suffixes)):
            found.setdefault(name, family)
    return {name: family for name, family in found.items() if family != TEXT}


def listed(ability: Ability, *, last: str = "or") -> str:
    """Return the names of formats for a help text.

    >>> listed("document_in")
    'txt, md, html, docx, doc, odt, rtf, pptx, epub, srt, ass, pdf or xlsx'
    """
    *names, end = (form.name for form in formats_that(ability))
    return f"{', '.join(names)} {last} {end}"


def listed_suffixes(ability: Ability) -> str:
    """Return the suffixes of an ability for a help text, without their dots.

    >>> listed_suffixes("glossary_in")
    'txt, tsv, tab, csv, xlsx, xlsm, tbx'
    """
    uses = (form.use(ability) for form in formats_that(ability))
    suffixes = dict.fromkeys(suffix for use in uses if use for suffix in use.suffixes)
    return ", ".join(suffix.removeprefix(".") for suffix in suffixes)


def table(formats: Iterable[Format] = FORMATS) -> str:
    """Return formats as a table in Markdown, as README has our own."""
    head = (
        _("format"), _("suffixes"), _("document"), _("bitext"), _("glossary"), _("check"),
        _("what it is"),
    )  # fmt: skip
    rows = [head, ("---",) * len(head), *map(_row, formats)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(form: Format) -> tuple[str, ...]:
    ways = [
        ", ".join(way for way, use in ((_("in"), read), (_("out"), write)) if use)
        for read, write in (
            (form.document_in, None),
            (form.bitext_in, form.bitext_out),
            (form.glossary_in, form.glossary_out),
        )
    ]
    suffixes = " ".join(f"`{suffix}`" for suffix in form.suffixes)
    return (f"`{form.name}`", suffixes, *ways, _("yes") if form.check else "", _(form.what))


def _uses(ability: Ability) -> Iterator[tuple[Format, Use]]:
    for form in all_formats():
        if use := form.use(ability):
            yield form, use
