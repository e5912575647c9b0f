"""Run a script of the folders beside this one.

    python scripts                                   lists them
    python scripts measure.alignment FOLDER...       runs scripts/measure/alignment.py

Python puts this folder on the path of such a run, so that the scripts find each other
and the packages `fit`, `measure`, `corpora_tools` and `helpers` need no installation. Those
of `stress` stand alone: python scripts/stress/kills.py.
"""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDERS = ("fit", "measure", "corpora_tools")


def scripts() -> dict[str, str]:
    """Return the scripts by name, and the first line of what each says of itself."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((HERE / folder).glob("[!_]*.py")):
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            found[f"{folder}.{path.stem}"] = said.partition("\n")[0]
    return found


def main() -> int:
    """Run the named script with the arguments behind its name."""
    known = scripts()
    if len(sys.argv) > 1 and sys.argv[1] in known:
        name = sys.argv.pop(1)
        runpy.run_module(name, run_name="__main__", alter_sys=True)
        return 0
    for name, said in known.items():
        print(f"{name:28} {said}")
    return 2 if len(sys.argv) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
