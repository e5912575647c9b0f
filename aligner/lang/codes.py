"""Language codes of files: which language one names, and how it is written.

Programs write `zh-CN`, `ZH_cn`, `zho` or `en`; formats want BCP 47 (RFC 5646), where
the language is in small letters, a script begins with a capital and a region is in
capitals, with hyphens between them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from aligner.errors import SettingError
from aligner.messages import N_, _
from aligner.span import Lang

# ISO 639-1 and 639-2; Cantonese and Mandarin texts are both written Chinese.
_LANGUAGES: Final[dict[str, Lang]] = {
    "zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "en": "en", "eng": "en",
}  # fmt: skip
SIDE_NAMES: Final = (N_("Chinese"), N_("English"))  # of the source and the target
_NAMES: Final = dict(zip(("zh", "en"), SIDE_NAMES, strict=True))
_EXAMPLES: Final = {"zh": N_("zh-CN, zh-TW or zh-HK"), "en": N_("en-US or en-GB")}
_SHAPE: Final = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*",
    re.IGNORECASE | re.ASCII,
)


def lang_of(code: str) -> Lang | None:
    """Return the language that a code names; None for any other than our two.

    >>> lang_of("ZH_TW"), lang_of("en-GB"), lang_of("de"), lang_of("*all*")
    ('zh', 'en', None, None)
    """
    return _LANGUAGES.get(re.split("[-_]", code.strip().lower(), maxsplit=1)[0])


@cache
def tidy(code: str) -> str:
    """Return a code with hyphens and with the letters' case as BCP 47 recommends.

    >>> tidy("ZH_cn"), tidy("zh-hant-tw"), tidy("EN")
    ('zh-CN', 'zh-Hant-TW', 'en')
    """
    first, *rest = re.split("[-_]", code.strip())
    return "-".join([first.lower(), *map(_subtag, rest)])


def is_well_formed(code: str) -> bool:
    """Tell whether a code is language, script, region and variants by BCP 47.

    The letters' case says nothing there (RFC 5646, 2.1.1).

    >>> [is_well_formed(code) for code in ("zh-Hant-TW", "ZH-cn", "zh_CN", "*all*")]
    [True, True, False, False]
    """
    return bool(_SHAPE.fullmatch(code))


def code_for(code: str, lang: Lang) -> str:
    """Return a code as the user gave it, in the shape of BCP 47.

    Raises:
        SettingError: It is no code, or of another language.
    """
    found = tidy(code)
    if lang_of(found) != lang or not is_well_formed(found):
        raise SettingError(
            _("{code!r} is not a language code of {names}").format(
                code=code, names=_(_NAMES[lang])
            ),
            hint=_("give one such as {examples}").format(examples=_(_EXAMPLES[lang])),
        )
    return found


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
