"""The scripts: each can be named, and whatever names one names one that is there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
PAGES = [
    *(path for path in SCRIPTS.rglob("*.py") if path.parent.name != "helpers"),
    *(ROOT / "aligner").rglob("*.py"),
    ROOT / "README.md",
    ROOT / "corpora" / "README.md",
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command that finds scripts."""
    command = [sys.executable, str(SCRIPTS), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_script_is_listed_with_what_it_does() -> None:
    """Without a name the scripts are listed; an unknown name gives the list and status 2."""
    done, unknown = run(), run("measure.nothing")
    listed = {line.split()[0] for line in done.stdout.splitlines() if len(line.split()) > 3}
    there = {
        f"{folder}.{path.stem}"
        for folder in ("fit", "measure", "corpora_tools")
        for path in (SCRIPTS / folder).glob("[!_]*.py")
    }
    assert listed == there
    assert (done.returncode, unknown.returncode) == (0, 2)
    assert unknown.stdout == done.stdout


def test_a_script_gets_its_arguments() -> None:
    """What stands behind the name is the script's own; so is its help."""
    done = run("corpora_tools.make", "--help")
    assert done.returncode == 0
    assert "--into" in done.stdout


def test_whatever_names_a_script_names_one_that_is_there() -> None:
    """Usage lines, pages and hints follow when a script moves."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"python scripts ([a-z_]+\.[a-z_]+)", text)
        paths = [f"scripts/{name.replace('.', '/')}.py" for name in named]
        paths += re.findall(r"scripts/[a-z_/]+\.(?:py|sh)", text)
        missing = [path for path in paths if not (ROOT / path).is_file()]
        assert not missing, page


def test_every_script_says_how_it_is_run() -> None:
    """The first lines of each hold its own command."""
    for path in SCRIPTS.rglob("[!_]*.py"):
        name = ".".join(path.relative_to(SCRIPTS).with_suffix("").parts)
        command = (
            f"scripts/stress/{path.name}" if path.parent.name == "stress" else f"scripts {name}"
        )
        if path.parent.name != "helpers":
            assert f"python {command}" in path.read_text(encoding="utf-8"), path


TREEBANK = """# newdoc id = a
# newpar
# text = The pump runs.
1\tThe\tthe\tDET\t_\t_\t0\troot\t_\t_
2\truns\trun\tVERB\t_\t_\t1\tdep\t_\tSpaceAfter=No

# text = It hums.They mind
1\tIt\tit\tPRON\t_\t_\t0\troot\t_\t_

# newpar
# text = nothing else
1\tminds\tmind\tVERB\t_\t_\t0\troot\t_\t_
"""


def test_segmentation_is_measured_on_a_treebank(tmp_path: Path) -> None:
    """Running text is put together from the comments, and a sentence is right by its ends."""
    (tmp_path / "tiny.conllu").write_text(TREEBANK, encoding="utf-8")
    (tmp_path / "lines.zh").write_text("水泵运转。\n没有人在意！\n", encoding="utf-8")
    done = run("measure.segmentation", str(tmp_path), "--wrong", "3")
    _, chinese, english, *wrong = done.stdout.splitlines()
    assert chinese.split()[1:4] == ["2", "2", "2"]
    assert english.split()[1:4] == ["3", "4", "2"]
    assert [line.strip() for line in wrong] == ["It hums.", "They mind"]
