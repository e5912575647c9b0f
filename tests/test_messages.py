"""Every message has its Chinese, and no message that users see is missing from the catalogue."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

import aligner
from aligner import errors, messages
from aligner.errors import SettingError
from aligner.messages import _, language, ngettext, set_language, speaking
from helpers.catalogue import PACKAGE, po_path, texts, updated

CATALOGUE = polib.pofile(str(po_path("zh_CN")))
TRANSLATIONS = [
    (entry.msgid_plural or entry.msgid, text)
    for entry in CATALOGUE
    for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
]
SHORT = [(en, zh) for en, zh in TRANSLATIONS if "\n\n" not in en]  # no help and no pages
ENVIRONMENT = ("ALIGNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

# Whose first arguments, and whose keyword arguments of these names, are for people.
SAYS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {
    "Problem", "RowProblem", "damaged", "failure", "print", "say", "secho", "warn",
}  # fmt: skip
FOR_PEOPLE = {"help", "hint", "message", "note", "rule", "suggestion", "why"}
WRAPPERS = {"_", "N_", "ngettext"}
KEPT = (
    r"pip install 'zh-en-aligner\[\{\}\]'",
    r"pip install 'zh-en-aligner\[ray\]'",
    r"aligner \{\}",  # the version
    r"pip install -U aligner",
    r"(\{\} )?\[\{\}\] No\. \{\}",  # English words for a translation
)


def placeholders(text: str) -> list[str]:
    """Return what a message is filled with."""
    return sorted(re.findall(r"(?<!\{)\{[^{}]*\}(?!\})", text))


def test_the_catalogue_is_up_to_date() -> None:
    """The .po has the messages of the code, and the .mo those of the .po: run scripts/messages."""
    po, mo = texts(updated(CATALOGUE))
    assert po_path("zh_CN").read_bytes() == po
    assert po_path("zh_CN").with_suffix(".mo").read_bytes() == mo
    installed = messages.LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / "aligner.mo"
    assert installed.read_bytes() == mo


def test_no_message_stands_inside_an_f_string() -> None:
    """Babel does not see it there with Python 3.11, and it would have no Chinese."""
    inside = [
        f"{path.name}: {ast.unparse(call)}"
        for path in PACKAGE.rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in WRAPPERS
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert not inside


def test_every_message_has_its_chinese() -> None:
    """No translation is empty."""
    assert not [en for en, zh in TRANSLATIONS if not zh]


def test_both_languages_are_filled_alike() -> None:
    """A translation has the placeholders of its message, with the same formats."""
    filled = [pair for pair in TRANSLATIONS if '{"zh"' not in pair[0] and "{\\rtf" not in pair[0]]
    assert not [en for en, zh in filled if placeholders(en) != placeholders(zh)]


def test_chinese_has_chinese_marks() -> None:
    """Marks behind a Chinese character are full-width, and no blank parts it from Latin."""
    narrow = re.compile(r"[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$")
    parted = re.compile(r"[\u4e00-\u9fff] [A-Za-z{]|[A-Za-z}] [\u4e00-\u9fff]")
    columns = "中文,英文"  # an example of a file
    for _en, zh in SHORT:
        assert not narrow.search(zh.replace(columns, "")), zh
        assert not parted.search(zh.replace("命令 [", "")), zh


def test_the_words_are_those_of_the_trade() -> None:
    """Translators find the words of their programs."""
    words = {
        "unit {value}": "句段", "translation": "译文", "original": "原文", "glossary": "术语表",
        "consistency {consistency:.2f}": "一致性", "bitext": "双语对照", "warning": "警告",
        "info": "提示", "{corpus}: is not a corpus": "语料库", "aligning": "对齐",
    }  # fmt: skip
    with speaking("zh"):
        assert {en: word in _(en) for en, word in words.items()} == dict.fromkeys(words, True)


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"ALIGNER_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"ALIGNER_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_environment_names_the_language(
    environment: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALIGNER_LANG goes before the locale, whose variables have their usual order."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == wanted


def test_a_program_sets_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set goes before the environment, until it is taken back."""
    monkeypatch.setenv("ALIGNER_LANG", "en")
    assert ngettext("{count} place", "{count} places", 1).format(count=1) == "1 place"
    set_language("zh-CN")
    assert ngettext("{count} place", "{count} places", 1).format(count=1) == "1处"
    set_language(None)
    assert language() == "en"
    with pytest.raises(SettingError, match="no messages in the language 'fr'"):
        set_language("fr")


def test_a_message_that_nobody_translated_is_said_in_english() -> None:
    """A message without Chinese is better than none."""
    with speaking("zh"):
        assert _("nobody has said this") == "nobody has said this"


def test_importing_reads_no_catalogue(tmp_path: Path) -> None:
    """A catalogue is read with the first message, not before."""
    code = (
        "import sys, aligner, aligner.messages, aligner.errors\n"
        "assert 'gettext' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


def said(node: ast.expr) -> Iterator[str]:
    """Yield the texts of an expression that are not looked up, `{}` for what is put in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            pieces = [v.value if isinstance(v, ast.Constant) else "{}" for v in values]
            yield "".join(map(str, pieces))
            for value in values:
                if isinstance(value, ast.FormattedValue):
                    yield from said(value.value)
        case ast.BinOp(left=left, right=right):
            yield from said(left)
            yield from said(right)
        case ast.IfExp(body=body, orelse=other):
            yield from said(body)
            yield from said(other)
        case ast.BoolOp(values=values):
            for value in values:
                yield from said(value)
        case ast.Call(func=ast.Attribute(value=inner, attr="format" | "strip")):
            yield from said(inner)
        case _other:
            pass


def is_prose(text: str) -> bool:
    """Tell whether a text has words, and not only what is put in."""
    bare = re.sub(r"\{[^{}]*\}", "", text)
    return bool(re.search(r"[A-Za-z]{2}", bare)) and not any(
        re.fullmatch(kept, text) for kept in KEPT
    )


def for_people(tree: ast.Module) -> Iterator[tuple[int, ast.expr]]:
    """Yield the expressions that users see, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", None) or getattr(function, "attr", "")
            if name in WRAPPERS:
                continue
            if name in SAYS:
                yield from ((node.lineno, each) for each in node.args)
            yield from (
                (node.lineno, each.value) for each in node.keywords if each.arg in FOR_PEOPLE
            )
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id in FOR_PEOPLE for t in targets):
                yield node.lineno, node.value


def test_nothing_is_said_without_being_looked_up() -> None:
    """What users see stands inside _("..."), or N_("...") where it is looked up later.

    An f-string cannot be looked up: _("{name}: is empty").format(name=name).
    """
    bare = [
        f"{path.relative_to(PACKAGE)}:{line}: {text!r}"
        for path in sorted(Path(aligner.__file__).parent.rglob("*.py"))
        for line, expression in for_people(ast.parse(path.read_text(encoding="utf-8")))
        for text in said(expression)
        if is_prose(text)
    ]
    assert not bare


def test_no_function_hides_the_lookup() -> None:
    """A function that calls `_` gives no variable of its own this name."""
    for path in Path(aligner.__file__).parent.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.Lambda):
                names = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == "_"]
                stored = [n for n in names if isinstance(n.ctx, ast.Store)]
                own = [a.arg for a in function.args.args if a.arg == "_"]
                called = len(names) > len(stored)
                assert not (called and (stored or own)), f"{path}:{function.lineno}"


def test_every_kind_of_finding_has_a_name() -> None:
    """A kind that a check gives is said in Chinese."""
    kinds = {
        value.value
        for path in (PACKAGE / "check").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "kind"
        for value in ast.walk(node.value)
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value
    }
    assert "not closed" in kinds
    with speaking("zh"):
        assert not [kind for kind in kinds - {"zh", "en"} if _(kind) == kind]
