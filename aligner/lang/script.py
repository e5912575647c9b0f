"""Tell from its script which language a text is in, and which variant of Chinese.

Only the two languages of this package are told apart; other scripts are named in the
error, so that the user sees at once which file is the wrong one. Texts are long enough
for counting: there is no model.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from aligner.errors import LanguageError
from aligner.lang.variants import simplified, traditional
from aligner.messages import N_, _
from aligner.span import Lang

# A Chinese character says as much as three or four Latin letters, and Chinese texts on
# science or business hold many Latin names; an English text holds a few Chinese ones.
_HAN_WEIGHT: Final = 4
# Japanese prose is half kana; a Chinese text may hold a Japanese name or title.
_KANA_SHARE: Final = 0.2
_SCRIPTS: Final = {
    "CJK": "Han",
    "IDEOGRAPHIC": "Han",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "KATAKANA-HIRAGANA": "kana",
}
_LANGUAGES: Final = {"kana": N_("Japanese"), "HANGUL": N_("Korean")}


def detect_language(text: str) -> Lang:
    """Return the language of a text by the share of its scripts.

    Raises:
        LanguageError: The text is in neither language, or holds no letters.

    Cost: one pass over the text, then one look at each different character.

    >>> detect_language("PCT专利申请量超过2.5万件")
    'zh'
    """
    scripts = _scripts(Counter(text))
    if not scripts:
        raise LanguageError(
            _("no letters in the text"), hint=_("give a Chinese and an English text")
        )
    han, latin, kana = scripts["Han"], scripts["LATIN"], scripts["kana"]
    if kana > _KANA_SHARE * (han + kana) and kana * _HAN_WEIGHT > latin:
        scripts["kana"] += han
    elif han * _HAN_WEIGHT >= latin and han:
        scripts["Han"] = han * _HAN_WEIGHT
    main = scripts.most_common(1)[0][0]
    if main == "Han":
        return "zh"
    if main == "LATIN":
        return "en"
    named = _LANGUAGES.get(main)
    name = _(named) if named else _("{name} script").format(name=main.capitalize())
    raise LanguageError(
        _("the text looks like {name}, not Chinese or English").format(name=name),
        hint=_("check the file; if it is right, name the languages with --langs"),
    )


def detect_variant(text: str) -> str:
    """Return `zh-TW` if a Chinese text is in traditional characters, else `zh-CN`.

    Counts the characters that the other variant would write in another way. A text
    without such characters is taken for simplified.

    >>> detect_variant("促進經濟發展"), detect_variant("促进经济发展")
    ('zh-TW', 'zh-CN')
    """
    balance = 0
    for character, count in Counter(text).items():
        if _script(character) == "Han":
            balance += count * _leaning(character)
    return "zh-TW" if balance > 0 else "zh-CN"


def _scripts(characters: Counter[str]) -> Counter[str]:
    """Count the letters of each script."""
    scripts: Counter[str] = Counter()
    for character, count in characters.items():
        if character.isalpha():
            scripts[_script(character)] += count
    return scripts


def _script(character: str) -> str:
    """Return the script of a letter: the first word of its Unicode name but for its width."""
    words = unicodedata.name(character, "UNNAMED").split()
    first = words[1] if words[0] in {"FULLWIDTH", "HALFWIDTH"} else words[0]
    return _SCRIPTS.get(first, first)


@cache
def _leaning(character: str) -> int:
    """Return 1 for a traditional character, -1 for a simplified one, 0 for a common one.

    One that both use, but for different words (后, 里), counts as simplified: it stands
    for several traditional ones.
    """
    if simplified(character) != character:
        return 1
    return -1 if traditional(character) != character else 0
